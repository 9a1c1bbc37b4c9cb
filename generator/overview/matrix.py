"""How far every leaflet is in every language: what holds it back, and who is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.campaign.made_up import CAMPAIGN_ADDRESS
from generator.editions import manifest
from generator.editions.content import fact_names, printed_messages
from generator.editions.draft_reasons import DraftReasons
from generator.editions.manifest import EditionRecord
from generator.editions.obstacles import edition_errors
from generator.editions.plan import BuildRequest, wanted_editions
from generator.layout.stage import EditionState
from generator.model import Edition, Leaflet, State
from generator.problem import LeafletsError, Problem
from generator.review.counts import SentenceCount, count_sentences
from generator.review.snapshot import Snapshot


@dataclass(frozen=True)
class MatrixCell:
    """One leaflet in one language."""

    leaflet: Leaflet
    sentences: SentenceCount
    """Those that its pages print."""
    facts: tuple[str, ...] = ()
    """Facts that too few people signed."""
    made_up: tuple[str, ...] = ()
    """Facts that are still made up."""
    records: tuple[EditionRecord, ...] = ()
    """What was built of it, by sheet."""
    problems: tuple[Problem, ...] = ()
    """Why its catalogue cannot be read."""
    reasons: tuple[Problem, ...] = ()
    """Why its editions will be drafts, each with its place."""
    started: bool = False
    """Whether anything of the leaflet itself is translated."""

    @property
    def language(self) -> str:
        """The code of its language."""
        return self.sentences.language

    @property
    def state(self) -> State:
        """The lowest state among its sentences."""
        return self.sentences.worst

    @property
    def printable(self) -> bool:
        """Whether its editions will be ready, and not drafts."""
        held_back = self.facts or self.made_up or self.problems or self.reasons
        return self.state is State.READY and not held_back


def leaflet_matrix(
    snapshot: Snapshot, leaflets: Iterable[str] = (), languages: Iterable[str] = ()
) -> list[MatrixCell]:
    """Return the cells of some leaflets and languages, or of all, in the campaign's order.

    PDFs of a site are not among them.
    """
    project = snapshot.project
    slugs = set(leaflets) or set(project.leaflets)
    codes = set(languages) or set(project.campaign.languages)
    public: dict[tuple[str, str], list[EditionRecord]] = {}
    for record in manifest.read_manifest(project.output).values():
        if not record.site:
            public.setdefault((record.leaflet, record.language), []).append(record)
    reasons = DraftReasons(snapshot)
    return [
        replace(
            matrix_cell(snapshot, leaflet, code, public.get((slug, code), [])),
            reasons=reasons.of(Edition(slug, code, "")),
        )
        for slug, leaflet in project.leaflets.items()
        if slug in slugs
        for code in project.campaign.languages
        if code in codes
    ]


def matrix_cell(
    snapshot: Snapshot, leaflet: Leaflet, language: str, records: Iterable[EditionRecord]
) -> MatrixCell:
    """Return one leaflet in one language; `records` are what was built of it."""
    place = snapshot.project.sheet_place
    built = tuple(sorted(records, key=lambda record: place(record.sheet)))
    try:
        texts = snapshot.edition_texts(Edition(leaflet.slug, language, ""))
    except LeafletsError as error:
        nothing = count_sentences(snapshot, leaflet.slug, language, ())
        return MatrixCell(leaflet, nothing, records=built, problems=error.problems)

    printed = [texts[name] for name in printed_messages(leaflet, texts)]
    facts = fact_names(leaflet, texts) & snapshot.facts.keys()
    unsigned = [
        name for name in facts - snapshot.made_up if snapshot.fact_states[name] is not State.READY
    ]
    return MatrixCell(
        leaflet,
        count_sentences(snapshot, leaflet.slug, language, printed),
        tuple(sorted(unsigned)),
        tuple(sorted((facts | {CAMPAIGN_ADDRESS}) & snapshot.made_up)),
        built,
        started=snapshot.started(language, leaflet.slug),
    )


def withheld_reasons(snapshot: Snapshot, cell: MatrixCell) -> Iterator[Problem]:
    """Yield what withholds the editions of a cell whoever reads it: errors to correct first."""
    if cell.problems:
        yield from cell.problems
        return
    sheets = sheets_of_leaflet(snapshot, cell.leaflet)
    editions = [Edition(cell.leaflet.slug, cell.language, sheet) for sheet in sheets]
    yield from dict.fromkeys(one for each in editions for one in edition_errors(snapshot, each))

    told: dict[tuple[str, str], Problem] = {}
    for record in cell.records:
        for problem in record.problems if record.state is EditionState.FAILED else ():
            told.setdefault((problem.code, problem.what), problem)
    yield from told.values()


def sheets_of_leaflet(snapshot: Snapshot, leaflet: Leaflet) -> list[str]:
    """Return the sheets that a leaflet is laid out for."""
    return [
        edition.sheet
        for edition in wanted_editions(snapshot.project, BuildRequest((leaflet.slug,), ("en",)))
    ]
