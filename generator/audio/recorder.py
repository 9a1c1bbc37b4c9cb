"""Keep recordings of a leaflet's sentences: which there are and how far, add one, let a machine make drafts."""

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
from generator.base.message_text import MARKUP_PART
from generator.base.message_text import PLACEHOLDER as PLACEHOLDER
from generator.campaign.facts import printed_value
from generator.campaign.project import Project
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.snapshot import Snapshot


@dataclass(frozen=True)
class Recording:
    """One sound file: what it says, how far it is, who stands behind it."""

    message: str
    """The msgctxt, or `leaflet` for all of it."""
    path: Path
    state: Voice
    who: str
    sha256: str


@dataclass(frozen=True)
class RecordingLine:
    """One sentence to record: its id, English, wording as it is spoken, today's key, and its recording if there is one."""

    message: str
    english: str
    text: str
    key: str
    recording: Recording | None


def recordings_folder(project: Project, language: str, leaflet: str = "") -> Path:
    """Return where the recordings of a language or a leaflet are; never in git."""
    return project.root / "audio" / language / leaflet


def leaflet_recordings(project: Project, language: str, leaflet: str) -> list[Recording]:
    """Return every recording of a leaflet, sentences in page order and the whole leaflet last, with its state.

    Offer to residents only what is `Voice.READ`: a machine's voice is a draft, and an old recording says an old wording.
    Raises LeafletsError if a catalogue or the ledger of recordings cannot be read.
    """
    return _found(Snapshot(project), language, leaflet)


def fully_recorded(snapshot: Snapshot, language: str, leaflet: str) -> bool:
    """Tell whether people have read all of a leaflet aloud as it stands today, in one recording or sentence by sentence."""
    read = {one.message for one in _found(snapshot, language, leaflet) if one.state is Voice.READ}
    return (
        WHOLE_LEAFLET in read
        or {message.msgctxt for message in snapshot.project.leaflets[leaflet].messages} <= read
    )


def _found(snapshot: Snapshot, language: str, leaflet: str) -> list[Recording]:
    project, known = snapshot.project, wording_keys(snapshot, language, leaflet)
    ledger = sound_files.recording_signatures(
        recordings_folder(project, language) / sound_files.RECORDINGS_LEDGER
    )
    found = []
    for path, sha256 in sound_files.sounds_in(recordings_folder(project, language, leaflet)):
        deed = ledger.get(f"{leaflet}/{path.name}")
        message = path.name.split(".")[:-2]
        found.append(
            Recording(
                ".".join(message),
                path,
                recording_voice(path.name, known, deed, sha256),
                deed.who if deed else "",
                sha256,
            )
        )
    order = {name: place for place, name in enumerate(known)}
    return sorted(found, key=lambda one: (order.get(one.message, len(order)), one.path.name))


def wording_keys(snapshot: Snapshot, language: str, leaflet: str) -> dict[str, str]:
    """Return the keys of a leaflet's wordings today by message, in page order; those of missing sentences are left out."""
    texts = snapshot.texts(language, leaflet)
    messages = snapshot.project.leaflets[leaflet].messages
    pairs = [
        (message, message.msgid if language == "en" else texts[message.msgctxt].msgstr)
        for message in messages
    ]
    return recording_keys(
        {
            message.msgctxt: wording_key(language, message.msgctxt, message.msgid, text)
            for message, text in pairs
            if text
        }
    )


def recording_lines(project: Project, language: str, leaflet: str) -> list[RecordingLine]:
    """Return what can be recorded of a leaflet, in page order, the whole of it last."""
    snapshot = Snapshot(project)
    known, texts = wording_keys(snapshot, language, leaflet), snapshot.texts(language, leaflet)
    facts = {name: printed_value(fact) for name, fact in snapshot.facts.items()}
    now = {
        one.message: one
        for one in leaflet_recordings(project, language, leaflet)
        if one.state is not Voice.OLD
    }
    found = []
    for message in project.leaflets[leaflet].messages:
        if message.msgctxt in known:
            text = message.msgid if language == "en" else texts[message.msgctxt].msgstr
            found.append(
                RecordingLine(
                    message.msgctxt,
                    spoken_text(message.msgid, facts),
                    spoken_text(text, facts),
                    known[message.msgctxt],
                    now.get(message.msgctxt),
                )
            )
    whole = RecordingLine(WHOLE_LEAFLET, "", "", known[WHOLE_LEAFLET], now.get(WHOLE_LEAFLET))
    return [*found, whole]


def spoken_text(text: str, facts: Mapping[str, str]) -> str:
    r"""Return a text as somebody reads it aloud: without tags, facts filled in and isolated, or hours would stand in the wrong order.

    >>> spoken_text("<b>Call</b> {line}.", {"line": "020 7946 0123"})
    'Call \u2066020 7946 0123\u2069.'
    """
    filled = PLACEHOLDER.sub(lambda match: f"\u2066{facts.get(match[1], match[0])}\u2069", text)
    return re.sub(MARKUP_PART, "", filled)


def _playable(data: bytes) -> str:
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
        hint = "record one sentence at a time, or save it as Opus (.ogg)"
        raise UsageError(
            Problem(
                "recording-large",
                f"the recording has {len(data):,} bytes, more than {LARGEST_RECORDING:,}",
                hint=hint,
            )
        )
    return kind


def keep_recording(
    project: Project,
    language: str,
    leaflet: str,
    message: str,
    key: str,
    data: bytes,
    who: str,
    machine: bool = False,
) -> Path:
    """Keep a recording of a wording, signed by whoever read it, in the place of an older one; return its file.

    Raises UsageError for what is no sound, too long, or was made for a wording that is another one by now.
    """
    kind = _playable(data)
    if wording_keys(Snapshot(project), language, leaflet).get(message) != key:
        hint = "open the page again and read what stands there now"
        raise UsageError(
            Problem("recording-old", "the sentence has changed since it was shown", hint=hint)
        )
    name = f"{message}.{key}.{kind}"
    if not SOUND_NAME.fullmatch(name):
        raise UsageError(Problem("recording-name", f"{message!r} is no sentence of the leaflet"))
    home = recordings_folder(project, language)
    with locked_folder(home):
        path = home / leaflet / name
        write_file(path, data)
        deed = RecordingSignature(
            f"{leaflet}/{name}", hashlib.sha256(data).hexdigest(), who, str(today()), machine
        )
        sound_files.sign_recording(home / sound_files.RECORDINGS_LEDGER, deed)
        for other in path.parent.glob(f"{message}.*"):
            if (
                other != path
                and (match := SOUND_NAME.fullmatch(other.name))
                and match["message"] == message
            ):
                other.unlink()
    return path


def speak_missing(project: Project, language: str, leaflet: str) -> Iterator[Path]:
    """Yield machine recordings of the sentences that nobody has recorded, as they are made: drafts, never offered as read.

    Raises LeafletsError where the machine has no voice for the language, or is not installed.
    """
    row = project.languages[language]
    if not row.voice:
        what = f"{sound_files.VOICE_MACHINE} has no voice for {row.english}"
        raise LeafletsError(
            Problem(
                "no-voice", what, hint=f"let somebody read it: leaflets record {language} {leaflet}"
            )
        )
    for line in recording_lines(project, language, leaflet):
        if line.text and line.recording is None:
            yield keep_recording(
                project,
                language,
                leaflet,
                line.message,
                line.key,
                sound_files.machine_speech(re.sub("[\u2066\u2069]", "", line.text), row.voice),
                sound_files.VOICE_MACHINE,
                True,
            )
