"""The dialogue of `leaflets sign` in the source language: rules, whole leaflets, words."""

from collections import Counter
from dataclasses import dataclass

import click

from generator.base.clock import today
from generator.base.names import place_inside
from generator.base.words import count_words
from generator.campaign.project import Project
from generator.catalogue.change import reading_seconds
from generator.cli.dialogue import (
    ANSWER_KEYS,
    QuitReading,
    ask_line,
    doubts_shown,
    show_field,
    show_findings,
)
from generator.cli.history_view import show_history
from generator.cli.output import note_problems, write_note, write_text
from generator.cli.reader_list import tell_waiting
from generator.cli.sentence_signing import SentenceSigning
from generator.problem import LeafletsError
from generator.review.one_key import ONE_KEY_HINT, ONE_KEY_WORDS, alone_words
from generator.review.snapshot import Snapshot
from generator.review.source_changes import changed_lines, signed_before, source_lines
from generator.review.source_texts import POLICY_DOMAIN, POLICY_ID, WHOLE_ID
from generator.signing.history import sentence_history
from generator.signing.sentence_task import SentenceTask, named_tasks, task_for
from generator.signing.source_tasks import (
    SourceLeft,
    in_one_list,
    sign_together,
    source_left,
    source_tasks,
    take_back_together,
)

_LIST_KEYS = "[s]ign all  [s] 3 7: all but 3 and 7  [o]ne at a time  s[k]ip  [q]uit"


@dataclass
class SourceSigning(SentenceSigning):
    """What organisers sign, in front of one of them."""

    def go(self) -> None:
        """Go through what this organiser can still sign, and say what is left for others."""
        self.snapshot = Snapshot(self.project)
        todo = (
            list(named_tasks(self.snapshot, self.language, self.domains, self.sentence, self.who))
            if self.sentence
            else source_tasks(self.snapshot, self.domains, self.who)
        )
        minutes = sum(reading_seconds(task.message.msgid) for task in todo) / 60
        stop = "Stop when you like: each answer is kept at once."
        time = count_words(max(1, round(minutes)), "minute")
        write_note(f"{_counted(todo)} for {self.who}, about {time}. {stop}")
        listed = [] if self.sentence else in_one_list(self.snapshot, todo)
        if len(listed) > 1:
            self.go_through([task for task in todo if task not in listed])
            listed = [] if self.stopped else self.sign_list(listed)
        else:
            listed = todo
        if listed:
            self.go_through(listed)
        write_note(self.kept())
        if not tell_waiting(self.project.root):
            self.tell_left()

    def sign_list(self, tasks: list[SentenceTask]) -> list[SentenceTask]:
        """Show labels and words as one list and sign them; return what to show one by one."""
        write_text("\nLabels and words:")
        for number, task in enumerate(tasks, 1):
            write_text(f"{number:4}  {task.message.msgid}   ({task.message.msgctxt})")
        while True:
            try:
                answer = ask_line(_LIST_KEYS, default="k").lower()
            except click.Abort:
                return []
            key, *numbers = answer.replace(",", " ").split() or ["k"]
            if key in ("k", "q") and not numbers:
                return []
            if key == "o" and not numbers:
                return tasks
            out = [tasks[int(one) - 1] for one in numbers if _is_number(one, len(tasks))]
            signed = [task for task in tasks if task not in out]
            if key == "s" and signed and len(out) == len(numbers):
                return out if self.sign_all(signed) else []
            write_note("Type s, or s and the numbers to take out, such as: s 3 7")

    def sign_all(self, tasks: list[SentenceTask]) -> bool:
        """Sign what was shown in a list, a line of the ledger each; return whether it worked."""
        try:
            events = sign_together(self.project, tasks, self.who, today())
        except LeafletsError as error:
            note_problems(error.problems)
            return False
        count = count_words(len(tasks), "label or word", "labels and words")
        self.keep(count, lambda: take_back_together(self.project, tasks, events))
        write_note(f"Signed: {count}.")
        return True

    def tell_left(self) -> None:
        """Say what is left, and for whom."""
        left = source_left(Snapshot(Project(self.project.root)), self.domains, self.who)
        command = f"leaflets sign {self.language} --as"
        if left.mine:
            write_note(f"Left for you: {count_words(left.mine, 'text')}: {command} {self.who}")
        if left.people:
            more = "on another computer, in a copy of this folder"
            write_note(
                f"Left for another person: {count_words(left.people, 'text')}: "
                f"{command} THEIR-CODE, {more}."
            )
        if left.keys:
            write_note(f"{count_words(left.keys, 'text')}: {ONE_KEY_WORDS}. {ONE_KEY_HINT}.")
        if left == SourceLeft():
            write_note(f"All of this is signed. {alone_words(self.project.campaign)}".strip())

    def show(self, task: SentenceTask, place: str) -> None:
        """Show a text, and what changed where people signed it before in another form."""
        message, support = task.message, task.support
        name = {WHOLE_ID: "the whole leaflet", POLICY_ID: "the campaign's rules"}
        what = name.get(message.msgctxt, message.msgctxt)
        people = f"{len(support.signers)} of {task.rule.people} people"
        write_text(f"\n{task.domain} / {what}   {place}   risk: {message.risk}, {people}")
        if message.msgctxt not in name:
            show_field("file", self.place(message.where))
            show_field("note", message.note)
        if not self.show_change(task):
            self.show_text(task)
        show_field("signed by", ", ".join(sorted(support.signers)))
        show_field("rejected", "; ".join(support.reasons))
        show_field("doubted", doubts_shown(support.doubts))
        show_findings(task.problems)

    def show_text(self, task: SentenceTask) -> None:
        """Show a text as it is today."""
        for line in task.message.msgid.split("\n"):
            write_text(f"    {line}")

    def show_change(self, task: SentenceTask) -> bool:
        """Show what changed since people signed it; return whether anybody did."""
        before = signed_before(self.snapshot, task.domain, task.text)
        if before is None:
            return False
        people = ", ".join(before.people)
        write_text(f"  changed since {people} signed it on {before.day}:")
        lines = source_lines(self.snapshot, task.domain, task.message)
        for line in changed_lines(before.text, lines):
            place = f"   ({self.place(line.where)})" if line.mark in ("+", "-") else ""
            write_text(f"  {line.mark or ' ':1} {line.text}{place}")
        return True

    def place(self, where: str) -> str:
        """Return a place as it is seen from the campaign's folder."""
        return place_inside(self.project.root, where)

    def keys(self, task: SentenceTask) -> str:
        """Return the keys that may be typed."""
        whole = task.message.msgctxt in (WHOLE_ID, POLICY_ID)
        parts = "[o]ne sentence at a time  " if task.parts else ""
        text = "[t]he whole text  " if whole else ""
        return f"[s]ign  {text}{parts}[c]orrect  [h]istory  {ANSWER_KEYS}"

    def act(self, key: str, task: SentenceTask) -> bool:
        """Sign or reject a text, or go through the sentences of a leaflet."""
        if key == "t":
            self.show_text(task)
            return False
        if key == "o":
            return self.one_by_one(task)
        if key == "c":
            write_note(f"Change it in {self.place(task.message.where)}, then sign it.")
            return False
        return super().act(key, task)

    def past(self, task: SentenceTask) -> bool:
        """Show the texts there were; a former one comes back in its file alone."""
        show_history(sentence_history(self.snapshot, task), source=True)
        return False

    def one_by_one(self, task: SentenceTask) -> bool:
        """Go through the sentences of a leaflet, then come back to the whole."""
        parts = [
            task_for(self.snapshot, self.language, task.domain, part.text, self.who)
            for part in task.parts
            if part.open_for(self.who)
        ]
        try:
            for number, part in enumerate(parts, 1):
                self.show(part, f"{number} of {len(parts)}")
                while not self.answered(part):
                    pass
        except QuitReading:
            write_note("Back to the whole leaflet.")
        write_note("Signing the whole leaflet signs its order, its risks and all its sentences.")
        return False

    def meant(self, task: SentenceTask) -> str:
        """Return nothing: the source is corrected in its file."""
        return ""


def _is_number(text: str, last: int) -> bool:
    return text.isdecimal() and 0 < int(text) <= last


def _counted(todo: list[SentenceTask]) -> str:
    """Return how many texts of which kind are to be signed."""
    kinds = Counter(
        "rules" if task.domain == POLICY_DOMAIN else "whole" if task.parts else "other"
        for task in todo
    )
    words = [
        "the campaign's rules" if kinds["rules"] else "",
        count_words(kinds["whole"], "leaflet") if kinds["whole"] else "",
        count_words(kinds["other"], "text") if kinds["other"] else "",
    ]
    return ", ".join(filter(None, words)) or "Nothing"
