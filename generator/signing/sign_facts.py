"""Stand behind facts: a number or a date is ready when enough people looked it up and found it right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from generator.base.files import locked_folder
from generator.campaign.facts import check_fact, fact_key
from generator.campaign.made_up import still_made_up
from generator.campaign.project import Project
from generator.model import Fact
from generator.problem import LeafletsError, Problem, Severity, errors_among
from generator.review import ledger
from generator.review.snapshot import Snapshot
from generator.review.state import (
    NO_SUPPORT,
    LedgerEvent,
    Support,
    effective_events,
    support_by_key,
)

AGE = ("fact-old", "fact-due")
"""The problems of a fact that was looked up long ago."""


@dataclass(frozen=True)
class FactTask:
    """One fact in front of somebody who looks it up."""

    fact: Fact
    site: str
    standing: Support
    needed: int
    problems: tuple[Problem, ...]

    @property
    def key(self) -> str:
        """What signatures of this value bind to."""
        return fact_key(self.fact, self.site)


def fact_tasks(project: Project, site: str, who: str, today: date) -> Iterator[FactTask]:
    """Yield the facts that `who` has not signed, those of a site or the shared ones; last those that count already, as a baseline.

    A fact whose file names no day counts as looked up on the day of its newest signature: whoever signed it is asked again in time.
    """
    own = project.own_facts(site) if site else project.facts
    snapshot = Snapshot(project, site, today)
    facts = {name: snapshot.facts[name] for name in own}
    known = support_by_key(ledger.read_ledger(project.fact_ledger(site)))
    needed = project.campaign.fact_readers
    found = {name: known.get(fact_key(fact, site), NO_SUPPORT) for name, fact in facts.items()}
    for name in sorted(facts, key=lambda name: found[name].baseline and not found[name].rejected):
        by_signature = not own[name].verified
        problems = _problems(snapshot, facts[name], by_signature)
        again = by_signature and any(problem.code in AGE for problem in problems)
        if again or (
            who not in found[name].people
            and (found[name].rejected or len(found[name].people) < needed)
        ):
            yield FactTask(facts[name], site, found[name], needed, problems)


def _problems(snapshot: Snapshot, fact: Fact, by_signature: bool) -> tuple[Problem, ...]:
    """Return what is wrong with a fact, that it is made up among it, so that no signature waits for the day on which it is not.

    Where signatures say when a fact was looked up, the next one mends its age.
    """
    found = check_fact(fact, snapshot.today)
    if by_signature:
        found = [
            replace(problem, severity=Severity.WARNING) if problem.code in AGE else problem
            for problem in found
        ]
    invented = still_made_up({fact.name} & snapshot.made_up)
    return (*found, *((replace(invented, severity=Severity.ERROR),) if invented else ()))


def sign_fact(
    project: Project, task: FactTask, who: str, today: date, deed: str = "approve", why: str = ""
) -> list[LedgerEvent]:
    """Record that a person looked a fact up and found it right, or with `reject` and a reason wrong; return the events.

    Raises LeafletsError over an error, and if the file says something else by now.
    """
    if deed == "approve" and (wrong := errors_among(task.problems)):
        raise LeafletsError(*wrong)
    path = project.fact_ledger(task.site)
    with locked_folder(path.parent, deep=False):
        fresh = Project(project.root)
        now = (fresh.own_facts(task.site) if task.site else fresh.facts).get(task.fact.name)
        if now is None or fact_key(now, task.site) != task.key:
            raise LeafletsError(
                Problem(
                    "sign-conflict",
                    "somebody changed this fact meanwhile",
                    task.fact.where,
                    "run the command again",
                )
            )
        added = effective_events(
            ledger.read_ledger(path), [LedgerEvent(task.key, deed, who, str(today), why)]
        )
        ledger.append_events(path, added)
        return added


def undo_fact(project: Project, task: FactTask, events: list[LedgerEvent]) -> None:
    """Take back one's own signatures of a fact."""
    path = project.fact_ledger(task.site)
    with locked_folder(path.parent, deep=False):
        back = [
            LedgerEvent(event.key, f"withdraw:{event.id}", event.who, event.at) for event in events
        ]
        ledger.append_events(path, effective_events(ledger.read_ledger(path), back))
