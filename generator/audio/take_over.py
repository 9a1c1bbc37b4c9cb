"""Take recordings of earlier versions over, which no key has signed: once, by an organiser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.audio.recorder import recordings_folder, recordings_ledger, spoken_words
from generator.audio.recording_state import RecordingEntry
from generator.audio.sound_files import sounds_in
from generator.audio.voice_ledger import enter, read_voices
from generator.base.files import locked_folder
from generator.campaign.project import Project
from generator.review.signed_lines import SIDE_FILES, VOICES
from generator.review.snapshot import Snapshot


def old_voices(project: Project) -> dict[str, int]:
    """Return how many recordings of each language carry no key; none where one line carries one.

    After the first signature nobody knows who wrote an unsigned line. Raise LeafletsError for a
    damaged ledger.
    """
    found = {}
    for path in sorted(recordings_folder(project, "").glob(f"*/{SIDE_FILES[VOICES]}")):
        voices = read_voices(path)
        count = sum(not one.machine for one in voices.entries.values())
        if count and not (voices.signed.reading.links or voices.signed.faults):
            found[path.parent.name] = count
    return found


def take_over_voices(project: Project, language: str) -> None:
    """Sign what stands in a ledger of recordings, for the sounds that are as they were entered."""
    home, ledger = recordings_folder(project, language), recordings_ledger(project, language)
    with locked_folder(home):
        entries = read_voices(ledger).entries.values()
        old = [one for one in entries if not (one.machine or one.confirmed)]
        enter(ledger, list(_confirmed(project, language, old)))


def _confirmed(
    project: Project, language: str, entries: list[RecordingEntry]
) -> Iterator[RecordingEntry]:
    """Yield entries with the wording that was read; one whose sound is another is ended."""
    snapshot = Snapshot(project)
    for entry in entries:
        leaflet, _, name = entry.file.partition("/")
        folder = recordings_folder(project, language, leaflet)
        there = {path.name: sha256 for path, sha256 in sounds_in(folder)}
        if entry.sha256 and there.get(name) == entry.sha256:
            words = spoken_words(snapshot, language, leaflet) if leaflet in project.slugs else {}
            yield replace(entry, words=words.get(name.rpartition(".")[0], ""))
        else:
            yield RecordingEntry(entry.file, withdrawn=entry.withdrawn)
