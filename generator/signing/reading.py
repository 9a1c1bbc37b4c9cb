"""What one reader finds: languages and leaflets with the minutes left, and the sentences of one leaflet in page order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.campaign.glossary import GLOSSARY
from generator.campaign.project import PAGE_DOMAINS, Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.catalogue.change import reading_seconds
from generator.model import Leaflet, State, Translation
from generator.problem import LeafletsError, Problem, errors_among
from generator.review.snapshot import Snapshot
from generator.review.state import LedgerEvent, Support, wording_support
from generator.signing.sign import SentenceTask, refuse_outdated, task_for


@dataclass(frozen=True)
class SentenceLine:
    """One sentence in the list of a leaflet, as one reader sees it."""

    task: SentenceTask
    comments: tuple[LedgerEvent, ...]
    open: bool
    """Whether this reader can still do something about it."""

    @property
    def wrong(self) -> int:
        """How many errors the checks find."""
        return len(errors_among(self.task.problems)) if self.task.text.msgstr else 0

    @property
    def doubtful(self) -> int:
        """How many warnings and questions wait for an answer."""
        return len(self.task.problems) - self.wrong if self.task.text.msgstr else 0


@dataclass(frozen=True)
class CatalogueProgress:
    """One catalogue in front of one reader: how far it is, and what is left to do."""

    domain: str
    total: int
    ready: int
    mine: int
    """Sentences this reader stands behind."""
    left: int
    """Sentences this reader can still do something about."""
    seconds: int
    asked: int
    """Sentences about which somebody else had the last word, and that are not ready."""
    problems: tuple[Problem, ...] = ()
    """Why the catalogue cannot be read."""


def readable_catalogues(project: Project) -> list[str]:
    """Return the names of all catalogues, the leaflets first, then the words around them, and the glossary last."""
    return [*project.domains, GLOSSARY]


def catalogue_leaflet(project: Project, domain: str) -> Leaflet | None:
    """Return the leaflet of a catalogue, None for the words around leaflets."""
    return None if domain in (SHARED_DOMAIN, GLOSSARY, *PAGE_DOMAINS) else project.leaflets[domain]


def catalogue_progress(
    snapshot: Snapshot, language: str, who: str, domains: Iterable[str] = ()
) -> list[CatalogueProgress]:
    """Return some catalogues of a language or all, those that cannot be read too."""
    found = []
    for domain in domains or readable_catalogues(snapshot.project):
        try:
            found.append(_pile(snapshot, language, domain, who))
        except LeafletsError as error:
            found.append(CatalogueProgress(domain, 0, 0, 0, 0, 0, 0, error.problems))
    return found


def _pile(snapshot: Snapshot, language: str, domain: str, who: str) -> CatalogueProgress:
    texts = list(snapshot.texts(language, domain).values())
    mine = [text for text in texts if who in _people(snapshot, language, text).people]
    left = [text for text in texts if text.state is not State.READY and text not in mine]
    asked = [
        text
        for text in texts
        if text.state is not State.READY and _asked(snapshot, language, domain, text, who)
    ]
    ready = sum(text.state is State.READY for text in texts)
    seconds = sum(reading_seconds(text.message.msgid) for text in left)
    return CatalogueProgress(domain, len(texts), ready, len(mine), len(left), seconds, len(asked))


def _people(snapshot: Snapshot, language: str, text: Translation) -> Support:
    message = text.message
    return wording_support(
        snapshot.ledger(language), language, message.msgctxt, message.msgid, text.msgstr
    )


def _asked(snapshot: Snapshot, language: str, domain: str, text: Translation, who: str) -> bool:
    comments = snapshot.comments(language, domain, text.message.msgctxt)
    return bool(comments) and comments[-1].person != who


def sentence_lines(snapshot: Snapshot, language: str, domain: str, who: str) -> list[SentenceLine]:
    """Return all sentences of a catalogue in page order.

    Raises LeafletsError if it cannot be read or is behind the English.
    """
    refuse_outdated(snapshot, language, domain)
    return list(_lines(snapshot, language, domain, who))


def _lines(snapshot: Snapshot, language: str, domain: str, who: str) -> Iterator[SentenceLine]:
    for text in snapshot.texts(language, domain).values():
        task = task_for(snapshot, language, domain, text, who)
        comments = snapshot.comments(language, domain, text.message.msgctxt)
        yield SentenceLine(
            task, comments, text.state is not State.READY and who not in task.standing.people
        )


def find_line(
    snapshot: Snapshot, language: str, domain: str, msgctxt: str, who: str
) -> SentenceLine:
    """Return one sentence of a catalogue; raise LeafletsError if there is none of that id."""
    refuse_outdated(snapshot, language, domain)
    text = snapshot.texts(language, domain).get(msgctxt)
    if text is None:
        raise LeafletsError(
            Problem(
                "sentence-gone",
                "this sentence is no longer in the leaflet",
                hint="go back to the leaflet",
            )
        )
    task = task_for(snapshot, language, domain, text, who)
    comments = snapshot.comments(language, domain, msgctxt)
    return SentenceLine(
        task, comments, text.state is not State.READY and who not in task.standing.people
    )


def next_open(snapshot: Snapshot, language: str, domain: str, msgctxt: str, who: str) -> str:
    """Return the id of the next sentence in page order that this reader can do something about, an empty string if there is none."""
    names = list(snapshot.texts(language, domain))
    after = names[names.index(msgctxt) + 1 :] if msgctxt in names else names
    texts = snapshot.texts(language, domain)
    open_ = (name for name in after if texts[name].state is not State.READY)
    return next(
        (name for name in open_ if who not in _people(snapshot, language, texts[name]).people), ""
    )
