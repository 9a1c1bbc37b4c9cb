"""How far a campaign is: sentences by state, facts, finished pages; and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.audio.take_back import unasked_problems
from generator.base.names import pick_names
from generator.campaign.project import Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.editions import manifest
from generator.editions.content import printed_facts
from generator.editions.layouts import SignedLayout, signed_layouts
from generator.editions.lost import find_losses
from generator.editions.obstacles import problems_of_fact
from generator.model import State
from generator.problem import LeafletsError, Problem, errors_among
from generator.review.counts import SentenceCount, count_sentences
from generator.review.ledger_problems import ledger_problems
from generator.review.needs_extract import holds_two_versions, needs_extract
from generator.review.one_key import alone_words, one_key_problems
from generator.review.snapshot import Snapshot
from generator.review.source_obstacles import source_obstacles
from generator.review.source_texts import POLICY_DOMAIN
from generator.review.translation_obstacles import contested_in

# Problems of the source whose hint is the next command.
_FIRST = ("source-unsigned", "source-changed")


@dataclass(frozen=True)
class StatusReport:
    """The counts of all catalogues asked for, the states of facts, and what cannot be read."""

    counts: tuple[SentenceCount, ...]
    facts: dict[str, State]
    problems: tuple[Problem, ...]
    behind: bool = False
    """Whether some source text was never extracted, or a merge is not settled."""
    layouts: tuple[SignedLayout, ...] = ()
    """The finished PDFs, and who signed how each looks."""
    made_up: tuple[str, ...] = ()
    """The facts that are still made up."""
    voices: tuple[Problem, ...] = ()
    """Recordings of which nobody has said where they may be heard."""
    remarks: tuple[Problem, ...] = ()
    """What of the source and of the facts is not signed, and what readers wait for."""
    labels: str = ""
    """A language whose labels, which stand on the leaflets asked for, are not all ready."""
    alone: str = ""
    """What to say of a campaign that one computer alone signs."""

    @property
    def next_step(self) -> str:
        """The command to type next."""
        if self.problems:
            return "leaflets check"
        if self.behind:
            return "leaflets extract"
        # The source comes first: no page is ready before it.
        if unsigned := next(
            (one for one in self.remarks if one.language and one.code in _FIRST), None
        ):
            return unsigned.hint
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
        if self.labels:
            return f"leaflets sign {self.labels} {SHARED_DOMAIN} --as YOUR-CODE"
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
    """Return the counts by leaflet and language; raise UsageError for wrong names.

    Of the source the campaign's rules are counted too.

    The words around leaflets (`PAGE_DOMAINS`) are counted only where they are named: no paper waits
    for them. A `snapshot` that the caller has already read is used again.
    """
    snapshot = snapshot or Snapshot(project)
    source, leaflets = project.campaign.source, list(leaflets)
    domains = pick_names("leaflet", leaflets or project.leaflet_domains, project.domains)
    codes = pick_names("language", languages, project.campaign.languages)
    counts, problems = [], []
    for language in codes:
        policy = [POLICY_DOMAIN] if language == source and not leaflets else []
        for domain in [*policy, *domains]:
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

    told = _signing_problems(snapshot, domains, codes)
    wrong = errors_among(told)
    built = manifest.read_manifest(project.output).values()
    layouts = tuple(
        one
        for one in signed_layouts(project, built).values()
        if one.record.language in codes and one.record.leaflet in domains
    )
    return StatusReport(
        tuple(counts),
        facts,
        (*find_losses(snapshot, codes), *project.broken, *dict.fromkeys([*wrong, *problems])),
        needs_extract(snapshot, domains) or holds_two_versions(snapshot, domains, codes),
        layouts,
        made_up,
        tuple(unasked_problems(project)),
        tuple(one for one in told if one not in wrong),
        _unread_labels(snapshot, codes) if leaflets else "",
        alone_words(project.campaign),
    )


def _unread_labels(snapshot: Snapshot, languages: Iterable[str]) -> str:
    """Return the first language in which the words around every leaflet are not all ready."""
    for language in languages:
        try:
            texts = snapshot.texts(language, SHARED_DOMAIN).values()
        except LeafletsError:  # what cannot be read is told already
            continue
        if any(text.state in (State.STALE, State.DRAFT, State.READ) for text in texts):
            return language
    return ""


def _signing_problems(
    snapshot: Snapshot, domains: Iterable[str], languages: Iterable[str]
) -> list[Problem]:
    """Return what is wrong with signatures, and what of the source nobody has signed."""
    languages = list(languages)
    try:
        return [
            *ledger_problems(snapshot, languages),
            *source_obstacles(snapshot, domains),
            *one_key_problems(snapshot, languages),
            *contested_in(snapshot, languages),
        ]
    except LeafletsError:  # what cannot be read is told already
        return []
