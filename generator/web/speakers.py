"""Who reads aloud in front of each browser: the answer and the code of a speaker.

Nothing of it is written anywhere.
"""

from dataclasses import dataclass, field

from generator.audio.recording_state import Heard
from generator.audio.take_back import draw_voice_code, voice_digest


@dataclass(frozen=True)
class Speaker:
    """Somebody who has said where their voice may be heard."""

    heard: Heard
    code: str
    """With it they can take their voice back; they alone keep it."""

    @property
    def voice(self) -> str:
        """The digest of the code, which is stored beside each recording."""
        return voice_digest(self.code)


@dataclass
class Speakers:
    """The speakers of a running page, each by the code of whoever came in."""

    now: dict[str, Speaker] = field(default_factory=dict)

    def begin(self, user: str, heard: Heard) -> None:
        """Let a speaker begin, with a new code."""
        self.now[user] = Speaker(heard, draw_voice_code())

    def end(self, user: str) -> None:
        """Forget a speaker: the next one is asked again."""
        self.now.pop(user, None)
