"""Keep recordings of a leaflet's sentences: list them, add one, let a machine make drafts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.audio import sound_files
from generator.audio.recording_state import (
    ANSWERS,
    LARGEST_RECORDING,
    SOUND_NAME,
    WHOLE_LEAFLET,
    Heard,
    RecordingEntry,
    Voice,
    recording_keys,
    recording_voice,
    recording_words,
    sound_kind,
)
from generator.audio.sound_metadata import without_notes
from generator.audio.voice_ledger import enter, recording_entries
from generator.base.digests import wording_key
from generator.base.files import forget_time, locked_folder, write_file
from generator.base.message_text import MARKUP_PART, PLACEHOLDER
from generator.campaign.facts import printed_value
from generator.campaign.project import Project
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.snapshot import Snapshot

UNASKED = Problem(
    "recording-unasked",
    "nobody has said where this voice may be heard",
    hint="ask the speaker, and choose an answer: house, website or never",
)

# Around a fact in right-to-left text; without them, hours would stand in the wrong order.
ISOLATES = "\u2066\u2069"


@dataclass(frozen=True)
class Recording:
    """One sound file: what it says, whether a person speaks, and where it may be heard."""

    message: str
    """The msgctxt, or `leaflet` for all of it."""
    path: Path
    state: Voice
    heard: Heard
    sha256: str
    voice: str = ""
    """The digest of the speaker's code."""
    confirmed: bool = False
    """Whether a key that may sign stands behind exactly this sound, or a machine made it."""

    @property
    def published(self) -> bool:
        """Whether residents may hear it on the website."""
        return self.state is Voice.READ and self.heard is Heard.WEBSITE


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
    """What somebody hands in: a sound, its wording, and where the voice may be heard."""

    language: str
    leaflet: str
    message: str
    key: str
    data: bytes
    heard: Heard
    voice: str = ""
    """The digest of the speaker's code, with which the voice can be taken back."""
    machine: bool = False


def recordings_folder(project: Project, language: str, leaflet: str = "") -> Path:
    """Return where the recordings of a language or a leaflet are; never in git."""
    return project.root / "audio" / language / leaflet


def recordings_ledger(project: Project, language: str) -> Path:
    """Return the file that says of each recording of a language where it may be heard."""
    return recordings_folder(project, language) / sound_files.RECORDINGS_LEDGER


def leaflet_recordings(project: Project, language: str, leaflet: str) -> list[Recording]:
    """Return every recording of a leaflet: sentences in page order, then the whole leaflet.

    Offer residents only those that are `published`: a machine's voice is a draft, an old
    recording says an old wording, and not every voice is for everybody. Raises LeafletsError if a
    catalogue or the ledger of recordings cannot be read.
    """
    return _recordings(Snapshot(project), language, leaflet)


def fully_recorded(snapshot: Snapshot, language: str, leaflet: str) -> bool:
    """Tell whether all of a leaflet can be heard on the website as it stands today.

    In one recording, or sentence by sentence.
    """
    found = _recordings(snapshot, language, leaflet)
    read = {one.message for one in found if one.published}
    messages = {message.msgctxt for message in snapshot.project.leaflets[leaflet].messages}
    return WHOLE_LEAFLET in read or messages <= read


def _recordings(snapshot: Snapshot, language: str, leaflet: str) -> list[Recording]:
    project, wordings = snapshot.project, _wordings(snapshot, language, leaflet)
    known, words = recording_keys(wordings), recording_words(wordings)
    entries = recording_entries(recordings_ledger(project, language))
    found = []
    for path, sha256 in sound_files.sounds_in(recordings_folder(project, language, leaflet)):
        entry = entries.get(f"{leaflet}/{path.name}", RecordingEntry(""))
        state = recording_voice(path.name, known, words, entry, sha256)
        name = path.name.rsplit(".", 2)[0]
        sure = (entry.confirmed or entry.machine) and entry.sha256 == sha256
        found.append(Recording(name, path, state, entry.heard, sha256, entry.voice, sure))
    order = {name: place for place, name in enumerate(known)}
    return sorted(found, key=lambda one: (order.get(one.message, len(order)), one.path.name))


def wording_keys(snapshot: Snapshot, language: str, leaflet: str) -> dict[str, str]:
    """Return the keys of today's wordings by message, in page order; a missing text has none."""
    return recording_keys(_wordings(snapshot, language, leaflet))


def spoken_words(snapshot: Snapshot, language: str, leaflet: str) -> dict[str, str]:
    """Return the whole digests of what is read today, by message and key as files name them."""
    wordings = _wordings(snapshot, language, leaflet)
    words = recording_words(wordings)
    return {f"{name}.{key}": words[name] for name, key in recording_keys(wordings).items()}


def _wordings(snapshot: Snapshot, language: str, leaflet: str) -> dict[str, str]:
    """Return the digests of today's wordings by message, in page order."""
    texts = snapshot.texts(language, leaflet)
    wordings = {}
    for message in snapshot.project.leaflets[leaflet].messages:
        name, english = message.msgctxt, message.msgid
        if text := english if language == "en" else texts[name].msgstr:
            wordings[name] = wording_key(language, name, english, text)
    return wordings


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
    """Keep a recording in place of an older one; return its file.

    What a phone wrote into it (times, places, names) is left out. Raises UsageError for what is no
    sound, or too long, for a wording that has changed since, and where nobody has said where the
    voice may be heard.
    """
    if not new.machine and new.heard not in ANSWERS:
        raise UsageError(UNASKED)
    kind = _playable_kind(new.data)
    data, name = without_notes(new.data, kind), f"{new.message}.{new.key}.{kind}"
    words = _refuse_other_words(project, new, name)
    home, file = recordings_folder(project, new.language), f"{new.leaflet}/{name}"
    sha256 = hashlib.sha256(data).hexdigest()
    entry = RecordingEntry(file, sha256, new.heard, new.voice, new.machine, words=words)
    with locked_folder(home):
        write_file(home / file, data)
        forget_time(home / file)
        _enter(project, new, entry)
        for other in (home / new.leaflet).glob(f"{new.message}.*"):
            if other.name != name and _says(other.name, new.message):
                sound_files.delete_file(other)
    return home / file


def _refuse_other_words(project: Project, new: NewRecording, name: str) -> str:
    """Return the whole digest of what was read."""
    wordings = _wordings(Snapshot(project), new.language, new.leaflet)
    if recording_keys(wordings).get(new.message) != new.key:
        hint = "open the page again and read what stands there now"
        raise UsageError(
            Problem("recording-old", "the sentence has changed since it was shown", hint=hint)
        )
    if not SOUND_NAME.fullmatch(name):
        raise UsageError(
            Problem("recording-name", f"{new.message!r} is no sentence of the leaflet")
        )
    return recording_words(wordings)[new.message]


def _enter(project: Project, new: NewRecording, entry: RecordingEntry) -> None:
    """Enter a new recording in place of all that the ledger had of its sentence."""
    ledger = recordings_ledger(project, new.language)
    others = [
        RecordingEntry(one.file)
        for one in recording_entries(ledger).values()
        if one.file.partition("/")[0] == new.leaflet
        and one.file != entry.file
        and _says(one.file.partition("/")[2], new.message)
        and (one.sha256 or one.withdrawn)
    ]
    enter(ledger, [*others, entry])


def _says(name: str, message: str) -> bool:
    """Tell whether a file's name is that of a sentence: `say.inside` is not `say`."""
    match = SOUND_NAME.fullmatch(name)
    return match is not None and match["message"] == message


def _playable_kind(data: bytes) -> str:
    """Return the kind of a sound; raise UsageError for what is none, or too long."""
    kind = sound_kind(data)
    if not kind:
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
            heard = Heard.NEVER
            new = NewRecording(language, leaflet, line.message, line.key, speech, heard, "", True)
            yield keep_recording(project, new)
