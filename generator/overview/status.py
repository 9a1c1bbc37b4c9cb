"""Count the sentences of every catalogue by state, and say what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator.base.names import pick_names
from generator.campaign.project import Project
from generator.catalogue.change import reading_seconds
from generator.editions import manifest
from generator.editions.layouts import SignedLayout, signed_layouts
from generator.editions.lost import find_losses
from generator.editions.plan import printed_facts, problems_of_fact
from generator.model import State, Translation
from generator.problem import LeafletsError, Problem, errors_among
from generator.review.needs_extract import needs_extract
from generator.review.snapshot import Snapshot
from generator.review.state import wording_support


@dataclass(frozen=True)
class SentenceCount:
    """How many sentences of one catalogue are in each state."""

    leaflet: str
    language: str
    total: int
    missing: int
    stale: int
    draft: int
    read: int
    ready: int
    seconds: int = 0
    """About how long the people who are still needed will read, all together."""

    @property
    def translated(self) -> int:
        """Sentences that have a text, whoever wrote it; the other number is `ready`, and the two are never merged."""
        return self.total - self.missing

    def __add__(self, other: SentenceCount) -> SentenceCount:
        """Return both together, under the name of the first."""
        numbers = (
            getattr(self, name) + getattr(other, name)
            for name in ("total", "missing", "stale", "draft", "read", "ready", "seconds")
        )
        return SentenceCount(self.leaflet, self.language, *numbers)


@dataclass(frozen=True)
class StatusReport:
    """The counts of all catalogues asked for, the state of every fact, and what could not be read."""

    counts: tuple[SentenceCount, ...]
    facts: dict[str, State]
    problems: tuple[Problem, ...]
    behind: bool = False
    """Whether some English was never extracted."""
    layouts: tuple[SignedLayout, ...] = ()
    """The finished PDFs, and who stands behind how each looks."""
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
            self.counts, key=lambda count: (count.stale, count.draft + count.read), default=None
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
    """Return the counts per leaflet × language, English left out; raise UsageError for unknown names.

    The words around leaflets (`PAGES`) are counted only by name: nobody waits for them on paper.

    `source`, if given, was read from the project before.
    """
    snapshot = snapshot or Snapshot(project)
    counts, problems = [], []
    domains = pick_names("leaflet", list(leaflets) or project.leaflet_domains, project.domains)
    for language in pick_names("language", languages, project.campaign.languages):
        for domain in domains if language != "en" else ():
            try:
                counts.append(count_sentences(snapshot, language, domain))
            except LeafletsError as error:
                problems += [
                    problem.at(leaflet=domain, language=language) for problem in error.problems
                ]
    made_up: tuple[str, ...] = ()
    try:
        facts, made_up = snapshot.fact_states, tuple(sorted(snapshot.made_up))
        problems += [
            problem
            for name in sorted(printed_facts(snapshot))
            for problem in errors_among(problems_of_fact(snapshot, name))
        ]
    except LeafletsError as error:
        facts, problems = {}, [*problems, *error.problems]
    known, looked = (
        pick_names("language", languages, project.campaign.languages),
        signed_layouts(project, manifest.read_manifest(project.output).values()),
    )
    shown = tuple(
        one
        for one in looked.values()
        if one.record.language in known and one.record.leaflet in domains
    )
    gone = find_losses(snapshot, known)
    return StatusReport(
        tuple(counts),
        facts,
        (*gone, *project.broken, *dict.fromkeys(problems)),
        needs_extract(snapshot, domains),
        shown,
        made_up,
    )


def count_sentences(snapshot: Snapshot, language: str, domain: str) -> SentenceCount:
    """Return the counts of one catalogue; raise LeafletsError if it cannot be read."""
    texts = snapshot.texts(language, domain).values()
    found = Counter(text.state for text in texts)
    states = {str(state): found[state] for state in State}
    return SentenceCount(
        domain,
        language,
        found.total(),
        seconds=sum(_seconds(snapshot, language, text) for text in texts),
        **states,
    )


def _seconds(snapshot: Snapshot, language: str, text: Translation) -> int:
    """Return how long the people who are still needed will read one sentence."""
    return reading_seconds(text.message.msgid) * people_needed(snapshot, language, text)


def people_needed(snapshot: Snapshot, language: str, text: Translation) -> int:
    """Return how many people must still stand behind one sentence; whatever is not ready needs one at least."""
    if text.state is State.READY:
        return 0
    message = text.message
    people = wording_support(
        snapshot.ledger(language), language, message.msgctxt, message.msgid, text.msgstr
    ).people
    return max(1, snapshot.project.campaign.readers[message.risk] - len(people))


def sum_by_language(counts: Iterable[SentenceCount]) -> list[SentenceCount]:
    """Return one count a language, in order."""
    total: dict[str, SentenceCount] = {}
    for one in counts:
        total[one.language] = total[one.language] + one if one.language in total else one
    return [total[language] for language in sorted(total)]
