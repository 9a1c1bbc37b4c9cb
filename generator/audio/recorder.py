"""Keep recordings of a leaflet's sentences: list them, add one, let a machine make drafts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.audio import sound_files
from generator.audio.recording_state import (
    LARGEST_RECORDING,
    SOUND_NAME,
    WHOLE_LEAFLET,
    RecordingSignature,
    Voice,
    recording_keys,
    recording_voice,
    sound_kind,
)
from generator.base.clock import today
from generator.base.digests import wording_key
from generator.base.files import locked_folder, write_file
from generator.base.message_text import MARKUP_PART, PLACEHOLDER
from generator.campaign.facts import printed_value
from generator.campaign.project import Project
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.snapshot import Snapshot

# Around a fact in right-to-left text; without them, hours would stand in the wrong order.
ISOLATES = "\u2066\u2069"


@dataclass(frozen=True)
class Recording:
    """One sound file: what it says, who speaks, and who signed it."""

    message: str
    """The msgctxt, or `leaflet` for all of it."""
    path: Path
    state: Voice
    who: str
    sha256: str


@dataclass(frozen=True)
class RecordingLine:
    """One sentence to record, with the recording that it has today."""

    message: str
    english: str
    text: str
    """The wording as it is spoken."""
    key: str
    recording: Recording | None


@dataclass(frozen=True)
class NewRecording:
    """What somebody hands in: a sound, the wording that it was made for, and who read it."""

    language: str
    leaflet: str
    message: str
    key: str
    data: bytes
    who: str
    machine: bool = False


def recordings_folder(project: Project, language: str, leaflet: str = "") -> Path:
    """Return where the recordings of a language or a leaflet are; never in git."""
    return project.root / "audio" / language / leaflet


def leaflet_recordings(project: Project, language: str, leaflet: str) -> list[Recording]:
    """Return every recording of a leaflet: sentences in page order, then the whole leaflet.

    Offer residents only those that are `Voice.READ`: a machine's voice is a draft, and an old
    recording says an old wording. Raises LeafletsError if a catalogue or the ledger of recordings
    cannot be read.
    """
    return _recordings(Snapshot(project), language, leaflet)


def fully_recorded(snapshot: Snapshot, language: str, leaflet: str) -> bool:
    """Tell whether people have read all of a leaflet aloud as it stands today.

    In one recording, or sentence by sentence.
    """
    found = _recordings(snapshot, language, leaflet)
    read = {one.message for one in found if one.state is Voice.READ}
    messages = {message.msgctxt for message in snapshot.project.leaflets[leaflet].messages}
    return WHOLE_LEAFLET in read or messages <= read


def _recordings(snapshot: Snapshot, language: str, leaflet: str) -> list[Recording]:
    project, known = snapshot.project, wording_keys(snapshot, language, leaflet)
    ledger = recordings_folder(project, language) / sound_files.RECORDINGS_LEDGER
    signatures = sound_files.recording_signatures(ledger)
    found = []
    for path, sha256 in sound_files.sounds_in(recordings_folder(project, language, leaflet)):
        signature = signatures.get(f"{leaflet}/{path.name}")
        state = recording_voice(path.name, known, signature, sha256)
        who = signature.who if signature else ""
        found.append(Recording(path.name.rsplit(".", 2)[0], path, state, who, sha256))
    order = {name: place for place, name in enumerate(known)}
    return sorted(found, key=lambda one: (order.get(one.message, len(order)), one.path.name))


def wording_keys(snapshot: Snapshot, language: str, leaflet: str) -> dict[str, str]:
    """Return the keys of today's wordings by message, in page order; a missing text has none."""
    texts = snapshot.texts(language, leaflet)
    wordings = {}
    for message in snapshot.project.leaflets[leaflet].messages:
        name, english = message.msgctxt, message.msgid
        if text := english if language == "en" else texts[name].msgstr:
            wordings[name] = wording_key(language, name, english, text)
    return recording_keys(wordings)


def recording_lines(project: Project, language: str, leaflet: str) -> list[RecordingLine]:
    """Return what can be recorded of a leaflet, in page order, the whole of it last."""
    snapshot = Snapshot(project)
    known, texts = wording_keys(snapshot, language, leaflet), snapshot.texts(language, leaflet)
    facts = {name: printed_value(fact) for name, fact in snapshot.facts.items()}
    recordings = _recordings(snapshot, language, leaflet)
    now = {one.message: one for one in recordings if one.state is not Voice.OLD}
    messages = {message.msgctxt: message for message in project.leaflets[leaflet].messages}
    lines = []
    for name, message in messages.items():
        if name in known:
            text = message.msgid if language == "en" else texts[name].msgstr
            spoken = spoken_text(message.msgid, facts), spoken_text(text, facts)
            lines.append(RecordingLine(name, *spoken, known[name], now.get(name)))
    whole = RecordingLine(WHOLE_LEAFLET, "", "", known[WHOLE_LEAFLET], now.get(WHOLE_LEAFLET))
    return [*lines, whole]


def spoken_text(text: str, facts: Mapping[str, str]) -> str:
    r"""Return a text as somebody reads it aloud: without tags, with the facts filled in.

    >>> spoken_text("<b>Call</b> {line}.", {"line": "020 7946 0123"})
    'Call \u2066020 7946 0123\u2069.'
    """
    filled = PLACEHOLDER.sub(lambda match: f"\u2066{facts.get(match[1], match[0])}\u2069", text)
    return re.sub(MARKUP_PART, "", filled)


def keep_recording(project: Project, new: NewRecording) -> Path:
    """Keep a recording, signed by whoever read it, in place of an older one; return its file.

    Raises UsageError for what is no sound, or too long, or for a wording that has changed since.
    """
    kind = _playable_kind(new.data)
    if wording_keys(Snapshot(project), new.language, new.leaflet).get(new.message) != new.key:
        hint = "open the page again and read what stands there now"
        raise UsageError(
            Problem("recording-old", "the sentence has changed since it was shown", hint=hint)
        )
    name = f"{new.message}.{new.key}.{kind}"
    if not SOUND_NAME.fullmatch(name):
        raise UsageError(
            Problem("recording-name", f"{new.message!r} is no sentence of the leaflet")
        )
    home = recordings_folder(project, new.language)
    file, sha256 = f"{new.leaflet}/{name}", hashlib.sha256(new.data).hexdigest()
    signature = RecordingSignature(file, sha256, new.who, str(today()), new.machine)
    with locked_folder(home):
        path = home / file
        write_file(path, new.data)
        sound_files.sign_recording(home / sound_files.RECORDINGS_LEDGER, signature)
        for other in path.parent.glob(f"{new.message}.*"):
            # The pattern also finds `say.inside.…` beside `say.…`.
            match = SOUND_NAME.fullmatch(other.name)
            if other != path and match and match["message"] == new.message:
                other.unlink()
    return path


def _playable_kind(data: bytes) -> str:
    """Return the kind of a sound; raise UsageError for what is none, or too long."""
    kind = sound_kind(data)
    if not kind:
        what = "this file is no sound that browsers play"
        hint = (
            "record in the browser, or hand in a file that ends in .ogg, .webm, .m4a, .mp3 or .wav"
        )
        raise UsageError(
            Problem("recording-kind", "this file is no sound that browsers play", hint=hint)
        )
    if len(data) > LARGEST_RECORDING:
        what = f"the recording has {len(data):,} bytes, more than {LARGEST_RECORDING:,}"
        hint = "record one sentence at a time, or save it as Opus (.ogg)"
        raise UsageError(Problem("recording-large", what, hint=hint))
    return kind


def speak_missing(project: Project, language: str, leaflet: str) -> Iterator[Path]:
    """Yield machine recordings of the sentences that nobody has recorded, as they are made.

    They are drafts, never offered as read. Raises LeafletsError where the machine has no voice for
    the language, or is not installed.
    """
    row, machine = project.languages[language], sound_files.VOICE_MACHINE
    if not row.voice:
        what = f"{machine} has no voice for {row.english}"
        hint = f"let somebody read it: leaflets record {language} {leaflet}"
        raise LeafletsError(Problem("no-voice", what, hint=hint))
    for line in recording_lines(project, language, leaflet):
        if line.text and line.recording is None:
            bare = re.sub(f"[{ISOLATES}]", "", line.text)
            speech = sound_files.machine_speech(bare, row.voice)
            new = NewRecording(language, leaflet, line.message, line.key, speech, machine, True)
            yield keep_recording(project, new)
