"""Why a translation is not ready: two texts for one sentence, and sentences that wait for readers.

It is pure but for the catalogues that the snapshot reads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress

from generator.base.words import count_words
from generator.model import State, Translation
from generator.problem import LeafletsError, Problem, Severity
from generator.review.snapshot import Snapshot

# States of sentences that readers can end.
_WAITING = (State.STALE, State.DRAFT, State.READ)


def contested_in(snapshot: Snapshot, languages: Iterable[str]) -> Iterator[Problem]:
    """Yield one warning for each sentence that has two texts; a broken catalogue is told elsewhere.

    In the source no sentence has two: its file says what it says.
    """
    for language in languages:
        for domain in snapshot.project.leaflet_domains:
            with suppress(LeafletsError):
                yield from contested_problems(snapshot, language, domain)


def contested_problems(
    snapshot: Snapshot, language: str, domain: str, only: Collection[str] | None = None
) -> Iterator[Problem]:
    """Yield one warning for each sentence of a catalogue, or of `only` these ids, with two texts.

    Raise LeafletsError if the catalogue cannot be read.
    """
    for text in _texts(snapshot, language, domain, only):
        if text.contested and text.state is not State.READY:
            name = text.message.msgctxt
            yield Problem(
                "contested",
                f"{name}: people signed two different texts, so neither is ready",
                _place(snapshot, language, domain, text),
                f"one more reader decides: {_command(language, domain)}",
                Severity.WARNING,
                domain,
                language,
                name,
            )


def unread_problem(
    snapshot: Snapshot, language: str, domain: str, only: Collection[str]
) -> Problem | None:
    """Return one warning for the sentences of `only` these ids that wait for readers, if any do.

    Raise LeafletsError if the catalogue cannot be read.
    """
    waiting = [
        text
        for text in _texts(snapshot, language, domain, only)
        if text.state in _WAITING and not text.contested
    ]
    if not waiting:
        return None
    many = count_words(len(waiting), "sentence waits", "sentences wait")
    return Problem(
        "unread",
        f"{many} for readers, the first is {waiting[0].message.msgctxt}",
        _place(snapshot, language, domain, waiting[0]),
        _command(language, domain),
        Severity.WARNING,
        domain,
        language,
    )


def _texts(
    snapshot: Snapshot, language: str, domain: str, only: Collection[str] | None
) -> Iterator[Translation]:
    for name, text in snapshot.texts(language, domain).items():
        if only is None or name in only:
            yield text


def _place(snapshot: Snapshot, language: str, domain: str, text: Translation) -> str:
    """Return the file and line where a translation stands."""
    name, path = text.message.msgctxt, snapshot.project.catalogue(language, domain)
    entries = snapshot.entries(language, domain)
    line = next((entry.line for entry in entries if entry.msgctxt == name), 0)
    return f"{path}:{line}" if line else str(path)


def _command(language: str, domain: str) -> str:
    return f"leaflets sign {language} {domain} --as YOUR-CODE"
