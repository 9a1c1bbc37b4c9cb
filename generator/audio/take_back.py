"""Take voices back, or change where they may be heard: the files, their copies, and the ledger."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from generator.audio import sound_files
from generator.audio.recorder import leaflet_recordings, recordings_folder, recordings_ledger
from generator.audio.recording_state import SOUND_NAME, Heard, RecordingEntry
from generator.audio.voice_ledger import VoiceLedger, enter, read_voices, recording_entries
from generator.base.digests import CROCKFORD, digest
from generator.base.files import locked_folder
from generator.base.short_codes import typed_letters
from generator.base.words import count_words
from generator.campaign.project import Project
from generator.problem import LeafletsError, Problem, Severity, UsageError

# Letters of a speaker's code: 50 bits, more than anybody guesses through a page.
_CODE_LETTERS = 10

# What nobody can take back from here.
WHAT_STAYS = (
    "What stays: papers that show the way to the voice, and copies that others have made, such as "
    "on their phones or in a folder of `publish --to`."
)


@dataclass(frozen=True)
class VoiceChoice:
    """Which recordings are meant; an empty field means all."""

    language: str = ""
    leaflet: str = ""
    message: str = ""
    code: str = ""
    """As the speaker typed it."""
    unasked: bool = False
    """Only those from before there was the question where they may be heard."""

    def means(self, entry: RecordingEntry) -> bool:
        """Tell whether a line of a ledger is meant."""
        leaflet, _, name = entry.file.partition("/")
        match = SOUND_NAME.fullmatch(name)
        return bool(
            match
            and self.leaflet in ("", leaflet)
            and self.message in ("", match["message"])
            and (not self.code or entry.voice == voice_digest(self.code))
            and not (self.unasked and (entry.machine or entry.heard is not Heard.UNASKED))
        )


def draw_voice_code() -> str:
    """Return a new code for a speaker; only its digest is ever stored."""
    letters = "".join(secrets.choice(CROCKFORD) for _ in range(_CODE_LETTERS))
    return f"{letters[:5]}-{letters[5:]}"


def voice_digest(code: str) -> str:
    """Return what is stored of a speaker's code, however it was typed.

    >>> voice_digest("o1234-56789") == voice_digest("OI234 56789")
    True
    """
    return digest("voice", typed_letters(code))


def take_back_voices(project: Project, choice: VoiceChoice) -> int:
    """Delete recordings for good, and their copies in the output folder; return how many.

    Raises UsageError if there are none.
    """
    return _change_voices(project, choice, None)


def change_hearing(project: Project, choice: VoiceChoice, heard: Heard) -> int:
    """Let recordings be heard somewhere else from now on; return how many.

    Copies for the website go where it is not for the website any more. Raises UsageError if there
    are none.
    """
    return _change_voices(project, choice, heard)


def _change_voices(project: Project, choice: VoiceChoice, heard: Heard | None) -> int:
    languages = _languages(project, choice)
    with locked_folder(project.output) if project.output.is_dir() else nullcontext():
        count = sum(_change_language(project, code, choice, heard) for code in languages)
    if not count:
        hint = "leaflets record LANG LEAFLET --list shows what there is; look at the code again"
        raise UsageError(Problem("recording-none", "there is no such recording", hint=hint))
    return count


def _languages(project: Project, choice: VoiceChoice) -> list[str]:
    """Return the languages in which something meant could lie."""
    if choice.language:
        return [choice.language]
    folders = recordings_folder(project, "").glob(f"*/{sound_files.RECORDINGS_LEDGER}")
    return sorted(path.parent.name for path in folders)


def _change_language(
    project: Project, language: str, choice: VoiceChoice, heard: Heard | None
) -> int:
    """Change what is meant in one language; return how many recordings that are."""
    home, ledger = recordings_folder(project, language), recordings_ledger(project, language)
    if not home.is_dir():
        return 0
    with locked_folder(home):
        entries = recording_entries(ledger)
        meant = {entry.file: entry for entry in _there(home, entries) if choice.means(entry)}
        if heard is not None:  # a sound that no key stands behind is not entered by an answer
            meant = {name: entry for name, entry in meant.items() if entries.get(name) == entry}
            meant = {name: entry for name, entry in meant.items() if entry.confirmed}
        if not meant:
            return 0
        # The ledger last: after a kill it still knows what is to be deleted.
        if heard is not Heard.WEBSITE:
            _delete_copies(project, {entry.sha256 for entry in meant.values()})
        for name in meant if heard is None else ():
            sound_files.delete_file(home / name)
        enter(ledger, (_after(entry, heard) for entry in meant.values()))
    return len(meant)


def _delete_copies(project: Project, sums: set[str]) -> None:
    """Delete every sound in the output folder with one of these digests, such as the website's."""
    for path, sha256 in sound_files.sounds_below(project.output):
        if sha256 in sums:
            sound_files.delete_file(path)


def _there(home: Path, entries: Mapping[str, RecordingEntry]) -> Iterator[RecordingEntry]:
    """Yield an entry for each sound there is, and for each that the ledger knows."""
    sounds = {
        f"{path.parent.name}/{path.name}": sha256
        for folder in sorted(home.glob("*/"))
        for path, sha256 in sound_files.sounds_in(folder)
    }
    for name in sorted({*sounds, *entries}):
        entry = entries.get(name, RecordingEntry(name, heard=Heard.NEVER))
        if name in sounds or entry.sha256:
            yield replace(entry, sha256=sounds.get(name, entry.sha256))


def _after(entry: RecordingEntry, heard: Heard | None) -> RecordingEntry:
    """Return what the ledger says from now on; of what is deleted only that it was public."""
    withdrawn = (entry.public or entry.withdrawn) and heard is not Heard.WEBSITE
    if heard is None:
        return RecordingEntry(entry.file, withdrawn=withdrawn)
    return replace(entry, heard=heard, withdrawn=withdrawn)


def voice_withdrawn(project: Project, language: str, leaflet: str) -> bool:
    """Tell whether a voice of this leaflet was taken back, and none can be heard in its place."""
    ledger = recordings_ledger(project, language)
    if not ledger.exists():
        return False
    entries = recording_entries(ledger).values()
    gone = any(one.withdrawn for one in entries if one.file.startswith(f"{leaflet}/"))
    return gone and not any(one.published for one in leaflet_recordings(project, language, leaflet))


def unasked_voices(project: Project) -> dict[tuple[str, str], int]:
    """Return how many recordings wait for the answer where they may be heard.

    By language and leaflet. Raises LeafletsError if a ledger of recordings cannot be read.
    """
    found: dict[tuple[str, str], int] = {}
    for language in _languages(project, VoiceChoice()):
        home = recordings_folder(project, language)
        for entry in recording_entries(recordings_ledger(project, language)).values():
            if VoiceChoice(unasked=True).means(entry) and (home / entry.file).is_file():
                place = language, entry.file.partition("/")[0]
                found[place] = found.get(place, 0) + 1
    return found


def recording_problems(project: Project) -> list[Problem]:
    """Return what is wrong with the ledgers of recordings and with sounds, by file and line."""
    found: list[Problem] = []
    for language in _languages(project, VoiceChoice()):
        ledger = recordings_ledger(project, language)
        try:
            voices = read_voices(ledger)
            said = [*voices.problems(), *_exchanged(ledger.parent, voices)]
            found += [problem.at(language=language) for problem in said]
        except LeafletsError as error:
            found += error.problems
    return found


def _exchanged(home: Path, voices: VoiceLedger) -> Iterator[Problem]:
    """Yield the sounds that are not those that the ledger says were read."""
    for entry in _there(home, {}):
        known = voices.entries.get(entry.file)
        if known is None or known.sha256 != entry.sha256:
            what = "this sound is not the one that was recorded, so it is not played"
            hint = "delete the file, or get the recorded one back, or read the sentence again"
            yield Problem("recording-exchanged", what, str(home / entry.file), hint)


def unasked_problems(project: Project) -> list[Problem]:
    """Return a warning for each leaflet with recordings that wait for that answer."""
    try:
        waiting = unasked_voices(project)
    except LeafletsError as error:
        return [problem.as_warning() for problem in error.problems]
    return [
        Problem(
            "recording-unasked",
            f"{count_words(count, 'recording is', 'recordings are')} not on the website: "
            "nobody has said where they may be heard",
            hint=f"ask the speaker, then: leaflets record {language} {leaflet}",
            severity=Severity.WARNING,
            leaflet=leaflet,
            language=language,
        )
        for (language, leaflet), count in waiting.items()
    ]
