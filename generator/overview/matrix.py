"""How far every leaflet is in every language: what holds it back, who is needed and for how long, and what was printed of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.campaign.made_up import CAMPAIGN_ADDRESS
from generator.campaign.sheets import SHIPPED_SHEETS
from generator.catalogue.change import reading_seconds
from generator.editions import manifest
from generator.editions.manifest import EditionRecord
from generator.editions.plan import (
    BuildRequest,
    edition_errors,
    fact_names,
    printed_messages,
    wanted_editions,
)
from generator.layout.stage import EditionState
from generator.model import Edition, Leaflet, State, Translation
from generator.overview.status import people_needed
from generator.problem import LeafletsError, Problem
from generator.review.snapshot import Snapshot

ORDER = tuple(State)
"""The states from the worst to the best."""


@dataclass(frozen=True)
class MatrixCell:
    """One leaflet in one language."""

    leaflet: Leaflet
    language: str
    state: State
    """The lowest state among the sentences that its pages print."""
    counts: dict[State, int]
    readers: int = 0
    """How many people are needed, each for some of the sentences."""
    seconds: int = 0
    """About how long they read, all together."""
    facts: tuple[str, ...] = ()
    """Facts that not enough people stand behind."""
    made_up: tuple[str, ...] = ()
    """Facts that are still made up."""
    records: tuple[EditionRecord, ...] = ()
    """What was built of it, by sheet."""
    problems: tuple[Problem, ...] = ()
    """Why its catalogue cannot be read."""
    started: bool = False
    """Whether anything of the leaflet itself is translated."""

    @property
    def total(self) -> int:
        """How many sentences its pages print."""
        return sum(self.counts.values())

    @property
    def ready(self) -> int:
        """How many of them are ready."""
        return self.counts.get(State.READY, 0)

    @property
    def printable(self) -> bool:
        """Whether its editions will be ready, and not drafts."""
        return (
            self.state is State.READY and not self.facts and not self.made_up and not self.problems
        )


def leaflet_matrix(
    snapshot: Snapshot, leaflets: Iterable[str] = (), languages: Iterable[str] = ()
) -> list[MatrixCell]:
    """Return the cells of some leaflets and languages, all if none is named, in the campaign's order; a site's PDFs are not among them."""
    project, records = snapshot.project, manifest.read_manifest(snapshot.project.output).values()
    slugs, codes = (
        set(leaflets) or set(project.leaflets),
        set(languages) or set(project.campaign.languages),
    )
    public: dict[tuple[str, str], list[EditionRecord]] = {}
    for record in records:
        if not record.site:
            public.setdefault((record.leaflet, record.language), []).append(record)
    return [
        matrix_cell(snapshot, leaflet, code, public.get((slug, code), []))
        for slug, leaflet in project.leaflets.items()
        if slug in slugs
        for code in project.campaign.languages
        if code in codes
    ]


def matrix_cell(
    snapshot: Snapshot, leaflet: Leaflet, language: str, records: Iterable[EditionRecord]
) -> MatrixCell:
    """Return one leaflet in one language; `records` are what was built of it."""
    built = tuple(
        sorted(
            records,
            key=lambda record: (
                list(SHIPPED_SHEETS).index(record.sheet)
                if record.sheet in SHIPPED_SHEETS
                else len(SHIPPED_SHEETS)
            ),
        )
    )
    try:
        texts = snapshot.edition_texts(Edition(leaflet.slug, language, ""))
    except LeafletsError as error:
        return MatrixCell(
            leaflet, language, State.MISSING, {}, records=built, problems=error.problems
        )
    found = [texts[name] for name in printed_messages(leaflet, texts)]
    facts = fact_names(leaflet, texts) & snapshot.facts.keys()
    needed = [people_needed(snapshot, language, text) for text in found]
    return MatrixCell(
        leaflet,
        language,
        min((text.state for text in found), key=ORDER.index),
        dict(Counter(text.state for text in found)),
        max(needed),
        sum(_seconds(text, people) for text, people in zip(found, needed, strict=True)),
        tuple(
            sorted(
                name
                for name in facts - snapshot.made_up
                if snapshot.fact_states[name] is not State.READY
            )
        ),
        tuple(sorted((facts | {CAMPAIGN_ADDRESS}) & snapshot.made_up)),
        built,
        started=snapshot.started(language, leaflet.slug),
    )


def _seconds(text: Translation, people: int) -> int:
    return reading_seconds(text.message.msgid) * people


def withheld_reasons(snapshot: Snapshot, found: MatrixCell) -> Iterator[Problem]:
    """Yield what withholds the editions of a cell whoever reads it: errors that must be corrected first."""
    if found.problems:
        yield from found.problems
        return
    sheets = sheets_of_leaflet(snapshot, found.leaflet)
    wrong = (
        problem
        for sheet in sheets
        for problem in edition_errors(snapshot, Edition(found.leaflet.slug, found.language, sheet))
    )
    yield from dict.fromkeys(wrong)
    withheld = [record for record in found.records if record.state is EditionState.FAILED]
    seen: set[Any] = set()
    for problem in (problem for record in withheld for problem in record.problems):
        if (problem.code, problem.what) not in seen:
            seen.add((problem.code, problem.what))
            yield problem


def sheets_of_leaflet(snapshot: Snapshot, leaflet: Leaflet) -> list[str]:
    """Return the sheets that a leaflet is laid out for."""
    return [
        edition.sheet
        for edition in wanted_editions(snapshot.project, BuildRequest((leaflet.slug,), ("en",)))
    ]
