"""How far a campaign is: sentences by state, facts, finished pages; and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.base.names import pick_names
from generator.campaign.project import Project
from generator.editions import manifest
from generator.editions.content import printed_facts
from generator.editions.layouts import SignedLayout, signed_layouts
from generator.editions.lost import find_losses
from generator.editions.obstacles import problems_of_fact
from generator.model import State
from generator.problem import LeafletsError, Problem, errors_among
from generator.review.counts import SentenceCount, count_sentences
from generator.review.needs_extract import needs_extract
from generator.review.snapshot import Snapshot


@dataclass(frozen=True)
class StatusReport:
    """The counts of all catalogues asked for, the states of facts, and what cannot be read."""

    counts: tuple[SentenceCount, ...]
    facts: dict[str, State]
    problems: tuple[Problem, ...]
    behind: bool = False
    """Whether some English was never extracted."""
    layouts: tuple[SignedLayout, ...] = ()
    """The finished PDFs, and who signed how each looks."""
    made_up: tuple[str, ...] = ()
    """The facts that are still made up."""

    @property
    def next_step(self) -> str:
        """The command to type next."""
        if self.problems:
            return "leaflets check"
        if self.behind:
            return "leaflets extract"
        unread = max(
            self.counts,
            key=lambda count: (
                count.states[State.STALE],
                count.states[State.DRAFT] + count.states[State.READ],
            ),
            default=None,
        )
        if unread and unread.ready < unread.translated:
            return f"leaflets sign {unread.language} {unread.leaflet} --as YOUR-CODE"
        if self.made_up:
            return "put your own facts into leaflets/facts.yaml, then leaflets check"
        if any(state is not State.READY for state in self.facts.values()):
            return "leaflets sign facts --as YOUR-CODE"
        return "leaflets build"


def campaign_status(
    project: Project,
    languages: Iterable[str] = (),
    leaflets: Iterable[str] = (),
    snapshot: Snapshot | None = None,
) -> StatusReport:
    """Return the counts by leaflet and language, without English; raise UsageError for wrong names.

    The words around leaflets (`PAGE_DOMAINS`) are counted only where they are named: no paper waits
    for them. A `snapshot` that the caller has already read is used again.
    """
    snapshot = snapshot or Snapshot(project)
    domains = pick_names("leaflet", list(leaflets) or project.leaflet_domains, project.domains)
    codes = pick_names("language", languages, project.campaign.languages)
    counts, problems = [], []
    for language in codes:
        for domain in domains if language != "en" else ():
            try:
                texts = snapshot.texts(language, domain).values()
                counts.append(count_sentences(snapshot, domain, language, texts))
            except LeafletsError as error:
                problems += [one.at(leaflet=domain, language=language) for one in error.problems]

    facts: dict[str, State] = {}
    made_up: tuple[str, ...] = ()
    try:
        facts, made_up = snapshot.fact_states, tuple(sorted(snapshot.made_up))
        for name in sorted(printed_facts(snapshot)):
            problems += errors_among(problems_of_fact(snapshot, name))
    except LeafletsError as error:
        facts, problems = {}, [*problems, *error.problems]

    built = manifest.read_manifest(project.output).values()
    layouts = tuple(
        one
        for one in signed_layouts(project, built).values()
        if one.record.language in codes and one.record.leaflet in domains
    )
    return StatusReport(
        tuple(counts),
        facts,
        (*find_losses(snapshot, codes), *project.broken, *dict.fromkeys(problems)),
        needs_extract(snapshot, domains),
        layouts,
        made_up,
    )
