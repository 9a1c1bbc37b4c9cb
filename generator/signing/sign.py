"""Read sentences and stand behind them: sign, correct, reject, take back; each binds to the exact wording that was seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date

from generator.base.digests import source_key, wording_key
from generator.base.files import locked_folder
from generator.base.message_text import on_one_line
from generator.campaign import glossary as campaign_glossary
from generator.campaign.glossary import GLOSSARY
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.checks import all_checks, check_translation
from generator.checks.glossary import term_pattern
from generator.editions.overflow import overflow_warnings
from generator.model import Message, State, Translation
from generator.problem import LeafletsError, Problem, errors_among
from generator.review import ledger
from generator.review.merge import annotate_entries
from generator.review.snapshot import Snapshot
from generator.review.state import (
    LedgerEvent,
    Support,
    effective_events,
    support_by_key,
    wording_support,
)

ORIGINS = {
    True: "unknown: edited in another program, signed by nobody",
    False: "not translated yet",
}


QUESTION_CHECKS = frozenset(rule.id for rule in all_checks() if rule.asks)
"""Checks that every reader answers anew."""
SHORTEST_REASON = 3
"""Letters of a reason: fewer are a slip of the finger."""


@dataclass(frozen=True)
class SentenceTask:
    """One sentence in front of a reader, with everything needed to judge it."""

    language: str
    domain: str
    text: Translation
    standing: Support
    needed: int
    problems: tuple[Problem, ...] = ()
    """What the checks find, and what they ask; without what somebody dismissed."""
    back: str = ""
    """What a machine makes of the translation in English: a guess."""
    terms: tuple[tuple[str, str, State], ...] = ()
    """Terms of the glossary in the English, their word, and its state."""

    @property
    def message(self) -> Message:
        """The English with its note and risk."""
        return self.text.message

    @property
    def key(self) -> str:
        """What signatures of this wording bind to."""
        return wording_key(
            self.language, self.message.msgctxt, self.message.msgid, self.text.msgstr
        )

    @property
    def origin(self) -> str:
        """Where the text comes from, in words."""
        people, engines = sorted(self.standing.people), sorted(self.standing.engines)
        parts = [f"machine draft by {', '.join(engines)}"] if engines else []
        parts += [f"signed by {', '.join(people)}"] if people else []
        return "; ".join(parts) or ORIGINS[bool(self.text.msgstr)]


def sentence_tasks(
    snapshot: Snapshot, language: str, domains: Iterable[str], who: str, everything: bool = False
) -> Iterator[SentenceTask]:
    """Yield what `who` can still do something about, or `everything`, in page order.

    Raises LeafletsError if a catalogue cannot be read or is behind the English.
    """
    for domain in domains:
        refuse_outdated(snapshot, language, domain)
        for text in snapshot.texts(language, domain).values():
            task = task_for(snapshot, language, domain, text, who)
            if (
                everything
                or task.standing.doubts
                or (text.state is not State.READY and who not in task.standing.people)
            ):
                yield task


def task_for(
    snapshot: Snapshot, language: str, domain: str, text: Translation, who: str
) -> SentenceTask:
    """Return one sentence with everything `who` needs to judge it; a question is open until this person answered it."""
    message = text.message
    found = wording_support(
        snapshot.ledger(language), language, message.msgctxt, message.msgid, text.msgstr
    )
    context = replace(
        snapshot.context(language),
        translations={message.msgid: snapshot.elsewhere(language, domain, message)},
    )
    asked = [
        *check_translation(message, text.msgstr, context, asks=True),
        *overflow_warnings(snapshot).get((language, domain, message.msgctxt), ()),
    ]
    task = SentenceTask(
        language, domain, text, found, snapshot.project.campaign.readers[message.risk]
    )
    terms = snapshot.texts(language, GLOSSARY).values() if domain != GLOSSARY else ()
    return replace(
        task,
        problems=tuple(
            problem
            for problem in asked
            if problem.severity == "error" or not _answered(problem.code, found, who)
        ),
        back=snapshot.back(language).get(task.key, ""),
        terms=tuple(
            (term.message.msgid, term.msgstr, term.state)
            for term in terms
            if term.msgstr and term_pattern(term.message.msgid).search(message.msgid)
        ),
    )


def _answered(check: str, found: Support, who: str) -> bool:
    return (check, who) in found.answers if check in QUESTION_CHECKS else check in found.dismissed


def refuse_outdated(snapshot: Snapshot, language: str, domain: str) -> None:
    """Raise LeafletsError if a catalogue holds an older English: what a reader saw there is not what will be printed."""
    entries = {
        entry.msgctxt: entry.msgid
        for entry in snapshot.entries(language, domain)
        if not entry.obsolete
    }
    behind = [
        message
        for message in snapshot.project.domain(domain)
        if entries.get(message.msgctxt, message.msgid) != message.msgid
    ]
    if behind:
        where = str(snapshot.project.catalogue(language, domain))
        raise LeafletsError(
            Problem(
                "extract-first",
                "the English has changed since the last extract",
                where,
                "leaflets extract",
            )
        )


def sign_wording(
    project: Project,
    task: SentenceTask,
    who: str,
    day: date,
    dismissed: Mapping[str, str],
    wrote: bool = False,
) -> list[LedgerEvent]:
    """Record that a person stands behind a wording, and why the warnings in `dismissed` are none; return the events.

    It answers whoever said that the wording is wrong.

    Raises LeafletsError over an error, over a warning without a reason, and if the text is not the one that was seen.
    """
    refuse_unsignable(task, dismissed)
    deeds = [
        ("write" if wrote else "approve", ""),
        *((f"dismiss:{check}", why) for check, why in sorted(dismissed.items())),
    ]
    with _holding(project, task) as entries:
        events = [
            *(_event(task, deed, who, day, why) for deed, why in deeds),
            *doubt_answers(task, who, day),
        ]
        return _record(project, task, entries, events)


def doubt_answers(task: SentenceTask, who: str, day: date, why: str = "") -> list[LedgerEvent]:
    """Return the events that answer everybody who said that a wording is wrong."""
    return [_event(task, f"answer:{name}", who, day, why) for name, _ in task.standing.doubts]


def record_doubt(
    project: Project, task: SentenceTask, who: str, day: date, says: str
) -> list[LedgerEvent]:
    """Record what somebody who holds the leaflet says is wrong; `who` entered it. Until a reader answers it is not ready.

    Raises LeafletsError without words.
    """
    if len(says.strip()) < SHORTEST_REASON:
        raise LeafletsError(
            Problem(
                "report-says",
                "no words",
                hint='say what the person said: --says "the number does not answer"',
            )
        )
    return record_events(project, task, [_event(task, "doubt", who, day, " ".join(says.split()))])


def record_events(
    project: Project, task: SentenceTask, events: list[LedgerEvent]
) -> list[LedgerEvent]:
    """Add events about a wording that stays as it is; the English has a ledger and no catalogue."""
    if task.language != "en":
        with _holding(project, task) as entries:
            return _record(project, task, entries, events)
    path = project.ledger(task.language)
    with locked_folder(path.parent):
        added = effective_events(ledger.read_ledger(path), events)
        ledger.append_events(path, added)
    return added


def refuse_unsignable(task: SentenceTask, dismissed: Mapping[str, str]) -> None:
    """Raise LeafletsError over what nobody can sign: no text, fake text, an error, a warning or question without an answer."""
    if not task.text.msgstr.strip():
        raise LeafletsError(
            Problem(
                "sign-missing",
                "there is no text to sign",
                hint="write the translation, or skip the sentence",
            )
        )
    if any(engine.startswith("pseudo-") for engine in task.standing.engines):
        hint = f"leaflets draft {task.language} --engine pseudo --clear takes all of it back"
        raise LeafletsError(
            Problem("sign-fake", "this is fake text for designers, no translation", hint=hint)
        )
    if wrong := errors_among(task.problems):
        raise LeafletsError(
            *(
                replace(problem, hint=f"{problem.hint}; nobody can sign over an error")
                for problem in wrong
            )
        )
    if left := [
        problem
        for problem in task.problems
        if len(dismissed.get(problem.code, "").strip()) < SHORTEST_REASON
    ]:
        raise LeafletsError(
            *(replace(problem, hint=f"{problem.hint}; or say why it is right") for problem in left)
        )


def corrected_task(snapshot: Snapshot, task: SentenceTask, msgstr: str, who: str) -> SentenceTask:
    """Return the task with another wording, its spaces made single, as its reader will see it."""
    return task_for(
        snapshot,
        task.language,
        task.domain,
        replace(task.text, msgstr=on_one_line(msgstr), state=State.DRAFT, old=""),
        who,
    )


def correct_wording(
    project: Project,
    before: SentenceTask,
    after: SentenceTask,
    who: str,
    day: date,
    dismissed: Mapping[str, str],
) -> list[LedgerEvent]:
    """Write the wording of `after` in the place of `before`, and that `who` stands behind it; return the events.

    Raises LeafletsError as `sign_wording` does; then nothing was written.
    """
    refuse_unsignable(after, dismissed)
    deeds = [
        ("write", ""),
        *((f"dismiss:{check}", why) for check, why in sorted(dismissed.items())),
    ]
    with _holding(project, before) as entries:
        return _record(
            project, after, entries, [_event(after, deed, who, day, why) for deed, why in deeds]
        )


def reject_wording(
    project: Project, task: SentenceTask, who: str, day: date, why: str
) -> list[LedgerEvent]:
    """Record that a wording must not be used; raise LeafletsError without a reason."""
    require_reason(why)
    with _holding(project, task) as entries:
        return _record(
            project, task, entries, [_event(task, "reject", who, day, " ".join(why.split()))]
        )


def require_reason(why: str) -> None:
    """Raise LeafletsError where a rejection says nothing to whoever corrects the sentence."""
    if len(why.strip()) < SHORTEST_REASON:
        raise LeafletsError(
            Problem(
                "sign-reason",
                "no reason",
                hint="say in a few words what is wrong, for whoever corrects it",
            )
        )


def _event(task: SentenceTask, deed: str, who: str, day: date, why: str) -> LedgerEvent:
    return LedgerEvent(
        task.key, deed, who, str(day), why, src=source_key(task.message.msgctxt, task.message.msgid)
    )


def undo_events(
    project: Project, before: SentenceTask, after: SentenceTask, events: Iterable[LedgerEvent]
) -> None:
    """Take back events of one's own, and the wording too if it was corrected; nothing is erased from the ledger."""
    with _holding(project, after) as entries:
        back = [
            LedgerEvent(event.key, f"withdraw:{event.id}", event.who, event.at) for event in events
        ]
        _record(project, before, entries, back)


@contextmanager
def _holding(project: Project, task: SentenceTask) -> Iterator[list[Entry]]:
    """Hold the language, and yield its entries; raise LeafletsError if the wording is not the one that was seen."""
    with ExitStack() as locks:
        if task.domain == GLOSSARY:
            locks.enter_context(locked_folder(project.locales, deep=False))
        locks.enter_context(locked_folder(project.ledger(task.language).parent))
        language = project.languages[task.language]
        path = project.catalogue(task.language, task.domain)
        glossary = (
            Project(project.root).glossary.entries(task.language)
            if task.domain == GLOSSARY
            else None
        )
        entries = pofile.read_catalogue(path, language) if glossary is None else glossary
        now = [
            entry
            for entry in entries
            if entry.msgctxt == task.message.msgctxt and not entry.obsolete
        ]
        if not now or (now[0].msgid, now[0].msgstr) != (task.message.msgid, task.text.msgstr):
            theirs = now[0].msgstr if now else ""
            hint = f"it says now: {theirs}" if theirs else "run the command again"
            raise LeafletsError(
                Problem(
                    "sign-conflict", "somebody changed this sentence meanwhile", str(path), hint
                )
            )
        yield entries


def _record(
    project: Project, task: SentenceTask, entries: list[Entry], events: list[LedgerEvent]
) -> list[LedgerEvent]:
    """Write the ledger first, then the catalogue with the wording of `task`; return what was added."""
    path = project.ledger(task.language)
    before = ledger.read_ledger(path)
    added = effective_events(before, events)
    ledger.append_events(path, added, before)
    if task.domain == GLOSSARY:
        campaign_glossary.correct_term(
            project.locales / "glossary.yaml", task.message.msgid, task.language, task.text.msgstr
        )
        return added
    known = support_by_key([*before, *added])
    new = [
        entry.changed(msgstr=task.text.msgstr, previous=task.text.old or entry.previous)
        if entry.msgctxt == task.message.msgctxt and not entry.obsolete
        else entry
        for entry in entries
    ]
    pofile.save_catalogue(
        project.catalogue(task.language, task.domain),
        list(
            annotate_entries(
                new, [task.message], task.language, known, project.campaign.readers, {}
            )
        ),
    )
    return added
