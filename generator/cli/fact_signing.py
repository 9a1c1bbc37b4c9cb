"""The dialogue of `leaflets sign facts`: one fact after the other."""

import re
from dataclasses import dataclass

from generator.base.clock import today
from generator.base.message_text import PLACEHOLDER
from generator.base.words import count_words
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
from generator.cli.reader_list import tell_waiting
from generator.review.former_facts import change_in_words
from generator.review.ledger_event import LedgerAction
from generator.review.ledger_snapshot import LedgerSnapshot
from generator.review.one_key import ONE_KEY_HINT, ONE_KEY_WORDS
from generator.signing.sign_facts import FactTask, fact_tasks, facts_left, sign_fact, undo_fact


@dataclass
class FactSigning(SigningDialogue[FactTask]):
    """The facts in front of one person, who looks each up where it is published."""

    project: Project
    site: str
    who: str

    def go(self) -> None:
        """Go through all facts the person has not signed."""
        found = list(fact_tasks(self.project, self.site, self.who, today()))
        todo = [task for task in found if not task.made_up]
        if made_up := len(found) - len(todo):
            facts = count_words(made_up, "fact is", "facts are")
            hint = "put your own in first, then sign it (leaflets check says which)"
            write_note(f"{facts} still made up: {hint}.")
        look_up = "Look each one up where it is published, then sign it."
        write_note(f"{count_words(len(todo), 'fact')} for {self.who}. {look_up}")
        self.go_through(todo)
        write_note(self.kept())
        if not tell_waiting(self.project.root):
            self.tell_left()

    def tell_left(self) -> None:
        """Say which facts still need a signature, and whose."""
        rule = LedgerSnapshot(self.project).signed_rules.fact_rule
        left = facts_left(self.project, self.site)
        if lonely := [name for name, support in left.items() if support.lacks_key(rule)]:
            write_note(f"{', '.join(lonely)}: {ONE_KEY_WORDS}. {ONE_KEY_HINT}")
        if waiting := [name for name in left if name not in lonely]:
            few = f"{rule.people} people must look each one up"
            write_note(f"Not ready yet: {', '.join(waiting)}. {few}.")

    def show(self, task: FactTask, place: str) -> None:
        """Show one fact with its source."""
        fact, support = task.fact, task.support
        people = f"{len(support.signers)} of {task.rule.people} people"
        write_text(f"\n{fact.name}   {place}   {people}")
        show_field(fact.kind, fact.value)
        show_field("printed", printed_value(fact))
        show_field("changed", change_in_words(task.before, fact) if task.before else "")
        show_field("what", self.with_facts(" ".join((fact.label, fact.detail)).strip()))
        show_field("source", f"{fact.source}, looked up {fact.verified or 'never'}")
        show_field("rejected", "; ".join(support.reasons))
        show_findings(task.problems)

    def with_facts(self, text: str) -> str:
        """Return a text with the value of each fact that it names, and the fact's name."""
        known = {**self.project.facts, **(self.project.own_facts(self.site) if self.site else {})}

        def value(match: re.Match[str]) -> str:
            found = known.get(match[1])
            return f"{printed_value(found)} (the fact {match[1]})" if found else match[0]

        return PLACEHOLDER.sub(value, text)

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
