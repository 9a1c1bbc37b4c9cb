"""Sign facts: a number or a date is ready when enough people looked it up and found it right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from generator.base.files import locked_folder
from generator.campaign.facts import check_fact, fact_key
from generator.campaign.made_up import MADE_UP_CODE, still_made_up
from generator.campaign.project import Project
from generator.model import Fact, SigningRule, State
from generator.problem import LeafletsError, Problem, Severity, errors_among, refusal
from generator.review.former_facts import former_fact, kept_fact, signed_values
from generator.review.ledger import append_effective, read_ledger
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.snapshot import Snapshot
from generator.review.source_changes import SignedSource
from generator.review.support import Support, support_at, support_by_key
from generator.review.wordings import remember_facts, wordings_path

# The problems of a fact that was looked up long ago.
AGE = ("fact-old", "fact-due")


@dataclass(frozen=True)
class FactTask:
    """One fact in front of somebody who looks it up."""

    fact: Fact
    site: str
    support: Support
    rule: SigningRule
    problems: tuple[Problem, ...]
    before: SignedSource | None = None
    """The value that people signed before, where this is another one."""

    @property
    def made_up(self) -> bool:
        """Whether nobody can sign it, because it is made up."""
        return any(problem.code == MADE_UP_CODE for problem in self.problems)

    @property
    def key(self) -> str:
        """What signatures of this value bind to."""
        return fact_key(self.fact, self.site)


def fact_tasks(project: Project, site: str, who: str, today: date) -> Iterator[FactTask]:
    """Yield the facts of a site, or the shared ones, that `who` has not signed.

    A fact whose file names no day counts as
    looked up on the day of its newest signature: whoever signed it is asked again in time.
    """
    own = project.own_facts(site) if site else project.facts
    snapshot = Snapshot(project, site, today)
    facts = {name: snapshot.facts[name] for name in own}
    known = support_by_key(read_ledger(project.fact_ledger(site)))
    rule = snapshot.signed_rules.fact_rule
    found = {name: support_at(known, fact_key(fact, site)) for name, fact in facts.items()}
    for name in facts:
        by_signature = not own[name].verified
        problems = _problems(snapshot, facts[name], by_signature)
        again = by_signature and any(problem.code in AGE for problem in problems)
        support = found[name]
        wanted = support.rejected or not support.meets(rule)
        if again or (wanted and who not in support.signers):
            before = former_fact(snapshot, name)
            yield FactTask(facts[name], site, support, rule, problems, before)


def facts_left(project: Project, site: str) -> dict[str, Support]:
    """Return who signed each fact of a site, or of all, that is not ready and not made up."""
    snapshot = Snapshot(Project(project.root), site)
    names = snapshot.own_facts if site else snapshot.project.facts
    return {
        name: support_at(snapshot.fact_support, snapshot.fact_keys[name])
        for name in names
        if snapshot.fact_states[name] is not State.READY and name not in snapshot.made_up
    }


def _problems(snapshot: Snapshot, fact: Fact, by_signature: bool) -> tuple[Problem, ...]:
    """Return what is wrong with a fact.

    That it is made up is an error here: a signature given now must not count on the day on which
    somebody takes the mark away. Where signatures say when a fact was looked up, the next one
    renews its age, so being old only warns.
    """
    found = [
        problem.as_warning() if by_signature and problem.code in AGE else problem
        for problem in check_fact(fact, snapshot.today)
    ]
    invented = still_made_up({fact.name} & snapshot.made_up)
    return (*found, *((replace(invented, severity=Severity.ERROR),) if invented else ()))


def sign_fact(
    project: Project,
    task: FactTask,
    who: str,
    today: date,
    action: LedgerAction = LedgerAction.SIGN,
    why: str = "",
) -> list[LedgerEvent]:
    """Record that a person looked a fact up and found it right, or rejects it; return the events.

    Raise LeafletsError over an error, and if the file says something else by now.
    """
    if action == LedgerAction.SIGN and (wrong := errors_among(task.problems)):
        raise LeafletsError(*wrong)
    path = project.fact_ledger(task.site)
    with locked_folder(path.parent, deep=False):
        fresh = Project(project.root)
        facts = fresh.own_facts(task.site) if task.site else fresh.facts
        now = facts.get(task.fact.name)
        if now is None or fact_key(now, task.site) != task.key:
            what = "somebody changed this fact meanwhile"
            raise refusal("sign-conflict", what, task.fact.where, "run the command again")
        # The values first, also those signed before values were kept: killed between the two, one
        # stands there that no line names.
        kept = signed_values(facts.values(), task.site, support_by_key(read_ledger(path)))
        signed = [kept_fact(now, task.site)] if action == LedgerAction.SIGN else []
        remember_facts(wordings_path(path), [*kept, *signed])
        return append_effective(path, [LedgerEvent(task.key, action, who, str(today), why)])


def undo_fact(project: Project, task: FactTask, events: list[LedgerEvent]) -> None:
    """Take back one's own signatures of a fact."""
    path = project.fact_ledger(task.site)
    with locked_folder(path.parent, deep=False):
        append_effective(path, [event.withdrawal() for event in events])
