"""What one reader finds: catalogues with the minutes left, and their sentences in page order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.campaign.glossary import GLOSSARY
from generator.campaign.project import PAGE_DOMAINS, Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.catalogue.change import reading_seconds
from generator.model import Leaflet, State, Translation
from generator.problem import LeafletsError, Problem, errors_among, refusal
from generator.review.ledger_event import LedgerEvent
from generator.review.snapshot import Snapshot
from generator.review.source_texts import POLICY_DOMAIN, WHOLE_ID
from generator.signing.sentence_task import SentenceTask, refuse_outdated, task_for


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
    total: int = 0
    ready: int = 0
    mine: int = 0
    """Sentences this reader signed."""
    left: int = 0
    """Sentences this reader can still do something about."""
    seconds: int = 0
    asked: int = 0
    """Sentences about which somebody else had the last word, and that are not ready."""
    problems: tuple[Problem, ...] = ()
    """Why the catalogue cannot be read."""


def readable_catalogues(project: Project, language: str = "") -> list[str]:
    """Return the names of all catalogues: leaflets, the words around them, the glossary.

    In the source language the campaign's rules stand before them.
    """
    policy = [POLICY_DOMAIN] if language == project.campaign.source else []
    return [*policy, *project.domains, GLOSSARY]


def catalogue_leaflet(project: Project, domain: str) -> Leaflet | None:
    """Return the leaflet of a catalogue, None for the words around leaflets."""
    around = (SHARED_DOMAIN, GLOSSARY, POLICY_DOMAIN, *PAGE_DOMAINS)
    return None if domain in around else project.leaflets[domain]


def catalogue_progress(
    snapshot: Snapshot, language: str, who: str, domains: Iterable[str] = ()
) -> list[CatalogueProgress]:
    """Return how far some catalogues of a language are, or all, unreadable ones too."""
    found = []
    for domain in domains or readable_catalogues(snapshot.project, language):
        try:
            found.append(_progress(snapshot, language, domain, who))
        except LeafletsError as error:
            found.append(CatalogueProgress(domain, problems=error.problems))
    return found


def _progress(snapshot: Snapshot, language: str, domain: str, who: str) -> CatalogueProgress:
    texts = snapshot.texts(language, domain)
    unready = [name for name, text in texts.items() if text.state is not State.READY]
    mine = {name for name, text in texts.items() if who in snapshot.support(language, text).signers}
    left = [name for name in unready if name not in mine]
    threads = (snapshot.comments(language, domain, name) for name in unready)
    return CatalogueProgress(
        domain,
        total=len(texts),
        ready=len(texts) - len(unready),
        mine=len(mine),
        left=len(left),
        # A leaflet as a whole holds its sentences, which nobody reads twice.
        seconds=sum(
            reading_seconds(texts[name].message.msgid)
            for name in left
            if name == WHOLE_ID or WHOLE_ID not in left
        ),
        asked=sum(bool(thread) and thread[-1].person != who for thread in threads),
    )


def sentence_lines(snapshot: Snapshot, language: str, domain: str, who: str) -> list[SentenceLine]:
    """Return all sentences of a catalogue in page order.

    Raise LeafletsError if it cannot be read or is behind the English.
    """
    refuse_outdated(snapshot, language, domain)
    texts = snapshot.texts(language, domain).values()
    return [_line(snapshot, language, domain, text, who) for text in texts]


def find_line(
    snapshot: Snapshot, language: str, domain: str, msgctxt: str, who: str
) -> SentenceLine:
    """Return one sentence of a catalogue; raise LeafletsError if there is none of that id."""
    refuse_outdated(snapshot, language, domain)
    text = snapshot.texts(language, domain).get(msgctxt)
    if text is None:
        what = "this sentence is no longer in the leaflet"
        raise refusal("sentence-gone", what, hint="go back to the leaflet")
    return _line(snapshot, language, domain, text, who)


def _line(
    snapshot: Snapshot, language: str, domain: str, text: Translation, who: str
) -> SentenceLine:
    task = task_for(snapshot, language, domain, text, who)
    comments = snapshot.comments(language, domain, text.message.msgctxt)
    return SentenceLine(task, comments, task.open_for(who))


def next_open(snapshot: Snapshot, language: str, domain: str, msgctxt: str, who: str) -> str:
    """Return the id of the next sentence in page order that this reader can do something about.

    An empty string if there is none.
    """
    texts = snapshot.texts(language, domain)
    names = list(texts)
    for name in names[names.index(msgctxt) + 1 :] if msgctxt in texts else names:
        text = texts[name]
        if text.state is not State.READY and who not in snapshot.support(language, text).signers:
            return name
    return ""
