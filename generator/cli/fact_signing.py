"""The dialogue of `leaflets sign facts`: one fact after the other."""

from dataclasses import dataclass

from generator.base.clock import today
from generator.campaign.facts import printed_value
from generator.campaign.project import Project
from generator.cli.dialogue import (
    ANSWER_KEYS,
    SigningDialogue,
    ask_line,
    show_field,
    show_findings,
)
from generator.cli.output import write_note, write_text
from generator.review.ledger_event import LedgerAction
from generator.signing.sign_facts import FactTask, fact_tasks, sign_fact, undo_fact


@dataclass
class FactSigning(SigningDialogue[FactTask]):
    """The facts in front of one person, who looks each up where it is published."""

    project: Project
    site: str
    who: str

    def go(self) -> None:
        """Go through all facts the person has not signed."""
        todo = list(fact_tasks(self.project, self.site, self.who, today()))
        look_up = "Look each one up where it is published, then sign it."
        write_note(f"{len(todo)} facts for {self.who}. {look_up}")
        self.go_through(todo)
        write_note(f"{self.done} answers by {self.who} are kept.")

    def show(self, task: FactTask, place: str) -> None:
        """Show one fact with its source."""
        fact, support = task.fact, task.support
        as_it_is = ", counts as it is" if support.baseline and not support.rejected else ""
        people = f"{len(support.signers)} of {task.needed} people{as_it_is}"
        write_text(f"\n{fact.name}   {place}   {people}")
        show_field(fact.kind, fact.value)
        show_field("printed", printed_value(fact))
        show_field("what", " ".join((fact.label, fact.detail)).strip())
        show_field("source", f"{fact.source}, looked up {fact.verified or 'never'}")
        show_field("rejected", "; ".join(support.reasons))
        show_findings(task.problems)

    def keys(self, task: FactTask) -> str:
        """Return the keys that may be typed."""
        return f"[s]ign  {ANSWER_KEYS}"

    def act(self, key: str, task: FactTask) -> bool:
        """Sign or reject a fact."""
        if key not in ("s", "r"):
            return False
        why = ask_line("What is wrong with it", default="") if key == "r" else ""
        if key == "r" and not why:
            return False
        action = LedgerAction.REJECT if key == "r" else LedgerAction.SIGN
        events = sign_fact(self.project, task, self.who, today(), action, why)
        return self.keep(task.fact.name, lambda: undo_fact(self.project, task, events))
