"""The dialogue of `leaflets sign`: one sentence after the other."""

from dataclasses import dataclass

import click

from generator.base.clock import today
from generator.base.message_text import on_one_line
from generator.base.words import count_words
from generator.campaign.project import Project
from generator.campaign.respell import respelt_text
from generator.catalogue.change import KIND_WORDS, classify_change, marked_diff, reading_seconds
from generator.cli.dialogue import (
    ANSWER_KEYS,
    SigningDialogue,
    ask_key,
    ask_line,
    doubts_shown,
    show_field,
    show_findings,
)
from generator.cli.history_view import show_history
from generator.cli.output import note_problems, write_note, write_text
from generator.cli.reader_list import tell_waiting
from generator.model import Risk, State
from generator.problem import LeafletsError, Problem, errors_among
from generator.review.catalogue_update import refresh_hints
from generator.review.ledger_event import LedgerEvent
from generator.review.snapshot import Snapshot
from generator.signing.history import past_text, sentence_history
from generator.signing.record_answer import text_instead
from generator.signing.sentence_task import (
    QUESTION_CHECKS,
    SentenceTask,
    corrected_task,
    named_tasks,
    sentence_tasks,
)
from generator.signing.sign import correct_wording, reject_wording, sign_wording, undo_events

KEPT_ASIDE = (
    "Your text is kept and signed. More people stand behind the one that was there, so that one "
    "stays until another reader puts yours in its place: leaflets history"
)


@dataclass
class SentenceSigning(SigningDialogue[SentenceTask]):
    """The sentences of one language in front of one reader."""

    project: Project
    language: str
    domains: list[str]
    who: str
    sentence: str = ""
    """The id of one sentence, to be shown however far it is; "" for all that are open."""

    def go(self) -> None:
        """Go through all sentences the reader can still do something about."""
        self.snapshot = Snapshot(self.project)
        find = (self.snapshot, self.language, self.domains)
        todo = list(
            named_tasks(*find, self.sentence, self.who)
            if self.sentence
            else sentence_tasks(*find, self.who)
        )
        minutes = sum(reading_seconds(task.message.msgid) for task in todo) / 60
        stop = "Stop when you like: each answer is kept at once."
        time = count_words(max(1, round(minutes)), "minute")
        write_note(f"{count_words(len(todo), 'sentence')} for {self.who}, about {time}. {stop}")
        self.go_through(todo)
        # A run before this one may have been killed between ledger and catalogue.
        if self.done or not todo:
            refresh_hints(self.project, self.language)
        write_note(self.kept())
        tell_waiting(self.project.root)

    def show(self, task: SentenceTask, place: str) -> None:
        """Show one sentence with everything needed to judge it."""
        message, text, support = task.message, task.text, task.support
        count = f"{len(support.signers)} of {task.rule.people} people"
        if text.state is State.MISSING:
            count = "not translated"
        head = f"{task.domain} / {message.msgctxt}   {place}   risk: {message.risk}"
        write_text(f"\n{head}, {count}")
        show_field(self.source_name(), message.msgid)
        show_field("note", message.note)
        if text.old:
            kind = KIND_WORDS[classify_change(text.old, message.msgid).kind]
            show_field("changed", f"{marked_diff(text.old, message.msgid)}   ({kind})")
        show_field(self.project.languages[self.language].english[:10], text.msgstr)
        show_field("origin", task.origin)
        if support.engines and not support.signers and message.risk is not Risk.PLAIN:
            hurts = f"a wrong {message.risk} sentence can hurt: compare word by word"
            show_field("careful", f"a machine wrote this, and {hurts}")
        for number, rival in enumerate(task.rivals, 1):
            show_field(
                f"also [{number}]", f"{rival.msgstr}   (signed by {', '.join(rival.signers)})"
            )
        show_field("rejected", "; ".join(support.reasons))
        show_field("doubted", doubts_shown(support.doubts))
        show_field(
            f"in {self.source_name()}", f"{task.back}   (a machine's guess)" if task.back else ""
        )
        for term, word, state in task.terms:
            show_field("glossary", f"{term} = {word} ({state})")
        if meant := self.meant(task):
            show_field("meant", f"{meant}   (m: sign it so)")
        show_findings(task.problems if text.msgstr else ())

    def source_name(self) -> str:
        """Return the name of the source language."""
        return self.project.languages[self.project.campaign.source].english[:10]

    def keys(self, task: SentenceTask) -> str:
        """Return the keys that may be typed; a text nobody signed may be the reader's own."""
        wrote = not task.support.known and bool(task.text.msgstr)
        own = "[w] sign as its writer  " if wrote else ""
        others = "".join(f"[{number}] " for number, _ in enumerate(task.rivals, 1))
        other = f"{others}sign that text instead  " if others else ""
        return f"{own}[s]ign  {other}[c]orrect  [h]istory  {ANSWER_KEYS}"

    def act(self, key: str, task: SentenceTask) -> bool:
        """Sign, correct or reject a sentence."""
        if key in ("s", "w"):
            reasons = self.reasons(task)
            events = sign_wording(self.project, task, self.who, today(), reasons, wrote=key == "w")
            return self.answer(task, task, events)
        if key == "c":
            return self.correct(task)
        if key == "h":
            return self.past(task)
        if key == "m" and (meant := self.meant(task)):
            return self.write(task, meant)
        if key.isdecimal() and 0 < int(key) <= len(task.rivals):
            return self.write(task, task.rivals[int(key) - 1].msgstr)
        if key == "r":
            why = ask_line("What is wrong with it", default="")
            events = reject_wording(self.project, task, self.who, today(), why)
            return self.answer(task, task, events)
        return False

    def reasons(self, task: SentenceTask) -> dict[str, str]:
        """Return why each warning is none, in the reader's words; an error has no reason."""
        if errors_among(task.problems):
            return {}
        answers: dict[str, list[str]] = {}
        for problem in task.problems:
            answers.setdefault(problem.code, []).append(self.reason(problem))
        return {check: "; ".join(found) if all(found) else "" for check, found in answers.items()}

    def reason(self, problem: Problem) -> str:
        """Return a reader's answer to one warning or question; an empty one means it is right."""
        if problem.code in QUESTION_CHECKS:
            return "seen" if ask_key(f"{problem.what}: is it so? y/n", default="n") == "y" else ""
        return ask_line(f"{problem.what}: why is it right all the same? (Enter: it is not)", "")

    def correct(self, task: SentenceTask) -> bool:
        """Let the reader edit the text until it is free of errors, or left alone."""
        text = task.text.msgstr
        while True:
            write_note(
                "Your editor opens: change the text, save it, close it. EDITOR=nano: another."
            )
            written = click.edit(text or task.message.msgid, extension=".txt") or ""
            if not written.strip() or on_one_line(written) == task.text.msgstr:
                write_note("Nothing was changed.")
                return False
            text = written
            try:
                return self.write(task, text)
            except LeafletsError as error:
                note_problems(error.problems)
                if ask_key("Edit again? y/n", default="y") != "y":
                    return False

    def past(self, task: SentenceTask) -> bool:
        """Show every wording there was; sign a former one again if the reader names it."""
        found = sentence_history(self.snapshot, task)
        show_history(found)
        if not any(one.text and not one.standing for one in found):
            write_note("There is no other wording.")
            return False
        number = ask_line("Number of the wording to put back (Enter: none)", default="")
        if not number:
            return False
        return self.write(task, past_text(found, int(number) if number.isdecimal() else 0))

    def meant(self, task: SentenceTask) -> str:
        """Return the text in the letters that were certainly meant; "" if it has them already."""
        found = respelt_text(task.text.msgstr, self.project.languages[self.language])
        return found if found != task.text.msgstr else ""

    def write(self, task: SentenceTask, text: str) -> bool:
        """Put another wording in the place of a sentence's, and sign it."""
        after = corrected_task(self.snapshot, task, text, self.who)
        reasons = self.reasons(after)
        events = correct_wording(self.project, task, after, self.who, today(), reasons)
        if text_instead(self.project, task, text):
            write_note(f"{KEPT_ASIDE} {self.language} {task.domain} {task.message.msgctxt}")
        return self.answer(task, after, events)

    def answer(self, before: SentenceTask, after: SentenceTask, events: list[LedgerEvent]) -> bool:
        """Remember an answer, to take it back if asked."""
        name = f"{before.domain} / {before.message.msgctxt}"
        return self.keep(name, lambda: undo_events(self.project, before, after, events))
