"""Sign, correct, reject and take back: each binds to the exact wording that the reader saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from enum import StrEnum

from generator.base.files import locked_folder
from generator.campaign import glossary as campaign_glossary
from generator.campaign.glossary import GLOSSARY
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.problem import LeafletsError, Problem, errors_among, refusal
from generator.review.ledger import append_effective, read_ledger
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.merge import annotate_entries
from generator.review.support import support_by_key
from generator.signing.sentence_task import SentenceTask

# Letters of a reason: fewer are a slip of the finger.
SHORTEST_REASON = 3
NO_REASON = Problem(
    "sign-reason", "no reason", hint="say in a few words what is wrong, for whoever corrects it"
)
NO_WORDS = Problem(
    "report-says",
    "no words",
    hint='say what the person said: --says "the number does not answer"',
)


class ReaderAction(StrEnum):
    """What a reader does with a sentence, by the words that buttons, files and `--json` use."""

    SIGN = "sign"
    WROTE = "wrote"
    """Sign a text of unknown origin as its writer."""
    CORRECT = "correct"
    REJECT = "reject"
    ASK = "ask"
    """Say something to the other readers, in a comment."""


def sign_wording(
    project: Project,
    task: SentenceTask,
    who: str,
    day: date,
    dismissed: Mapping[str, str],
    wrote: bool = False,
) -> list[LedgerEvent]:
    """Record a signature, and why the warnings in `dismissed` are wrong; return the events.

    It answers whoever said that the wording is wrong. Raise LeafletsError over an error, over a
    warning without a reason, and if the text is not the one that was seen.
    """
    refuse_unsignable(task, dismissed)
    action = LedgerAction.WRITE if wrote else LedgerAction.SIGN
    events = _signature(task, action, who, day, dismissed) + doubt_answers(task, who, day)
    return _record(project, task, task, events)


def correct_wording(
    project: Project,
    before: SentenceTask,
    after: SentenceTask,
    who: str,
    day: date,
    dismissed: Mapping[str, str],
) -> list[LedgerEvent]:
    """Write the wording of `after` in the place of `before`, signed by `who`; return the events.

    Raise LeafletsError as `sign_wording` does; then nothing was written.
    """
    refuse_unsignable(after, dismissed)
    events = _signature(after, LedgerAction.WRITE, who, day, dismissed)
    return _record(project, before, after, events)


def _signature(
    task: SentenceTask, action: LedgerAction, who: str, day: date, dismissed: Mapping[str, str]
) -> list[LedgerEvent]:
    reasons = sorted(dismissed.items())
    return [
        task.event(action, who, day),
        *(task.event(LedgerAction.DISMISS, who, day, why, check) for check, why in reasons),
    ]


def reject_wording(
    project: Project, task: SentenceTask, who: str, day: date, why: str
) -> list[LedgerEvent]:
    """Record that a wording must not be used; raise LeafletsError without a reason."""
    event = task.event(LedgerAction.REJECT, who, day, require_reason(why))
    return _record(project, task, task, [event])


def doubt_answers(task: SentenceTask, who: str, day: date, why: str = "") -> list[LedgerEvent]:
    """Return the events that answer everybody who said that a wording is wrong."""
    return [
        task.event(LedgerAction.ANSWER, who, day, why, doubt) for doubt, _ in task.support.doubts
    ]


def record_doubt(
    project: Project, task: SentenceTask, who: str, day: date, says: str
) -> list[LedgerEvent]:
    """Record what somebody who holds the leaflet says is wrong; `who` entered it.

    The sentence is not ready until a reader answers. Raise LeafletsError without words.
    """
    words = require_reason(says, NO_WORDS)
    return record_events(project, task, [task.event(LedgerAction.DOUBT, who, day, words)])


def record_events(
    project: Project, task: SentenceTask, events: list[LedgerEvent]
) -> list[LedgerEvent]:
    """Add events about a wording that stays as it is, and return what was added."""
    if task.language != "en":
        return _record(project, task, task, events)
    path = project.ledger(task.language)  # the English has a ledger and no catalogue
    with locked_folder(path.parent):
        return append_effective(path, events)


def undo_events(
    project: Project, before: SentenceTask, after: SentenceTask, events: Iterable[LedgerEvent]
) -> None:
    """Take back one's own events, and the wording too if it was corrected.

    Nothing is erased from the ledger.
    """
    _record(project, after, before, [event.withdrawal() for event in events])


def refuse_unsignable(task: SentenceTask, dismissed: Mapping[str, str]) -> None:
    """Raise LeafletsError over what nobody can sign.

    That is no text, fake text, an error, and a warning or question without an answer.
    """
    if not task.text.msgstr.strip():
        hint = "write the translation, or skip the sentence"
        raise refusal("sign-missing", "there is no text to sign", hint=hint)
    if any(engine.startswith("pseudo-") for engine in task.support.engines):
        what = "this is fake text for designers, no translation"
        hint = f"leaflets draft {task.language} --engine pseudo --clear takes all of it back"
        raise refusal("sign-fake", what, hint=hint)

    wrong, advice = errors_among(task.problems), "nobody can sign over an error"
    if not wrong:
        advice = "or say why it is right"
        wrong = [
            problem
            for problem in task.problems
            if len(dismissed.get(problem.code, "").strip()) < SHORTEST_REASON
        ]
    if wrong:
        raise LeafletsError(
            *(replace(problem, hint=f"{problem.hint}; {advice}") for problem in wrong)
        )


def require_reason(why: str, refusal: Problem = NO_REASON) -> str:
    """Return a reason on one line; raise LeafletsError with `refusal` where it says nothing."""
    if len(why.strip()) < SHORTEST_REASON:
        raise LeafletsError(refusal)
    return " ".join(why.split())


def _record(
    project: Project, seen: SentenceTask, task: SentenceTask, events: list[LedgerEvent]
) -> list[LedgerEvent]:
    """Write the events, then the wording of `task` in the place of `seen`; return what was added.

    The ledger comes first: killed between the two, it knows a signature of a wording that stands
    nowhere, which does no harm. Raise LeafletsError if the catalogue does not say `seen` any more.
    """
    with ExitStack() as locks:
        # The glossary is one file for all languages, so its folder is held besides.
        if task.domain == GLOSSARY:
            locks.enter_context(locked_folder(project.locales, deep=False))
        path = project.ledger(task.language)
        locks.enter_context(locked_folder(path.parent))
        entries = _entries_as_seen(project, seen)
        known = read_ledger(path)
        added = append_effective(path, events, known)
        if task.domain == GLOSSARY:
            glossary = project.locales / "glossary.yaml"
            campaign_glossary.correct_term(
                glossary, task.message.msgid, task.language, task.text.msgstr
            )
        else:
            _save_wording(project, task, entries, [*known, *added])
        return added


def _entries_as_seen(project: Project, seen: SentenceTask) -> list[Entry]:
    """Return the entries of a catalogue; raise LeafletsError unless it says what was seen."""
    path = project.catalogue(seen.language, seen.domain)
    if seen.domain == GLOSSARY:
        entries = Project(project.root).glossary.entries(seen.language)
    else:
        entries = pofile.read_catalogue(path, project.languages[seen.language])
    now = next((entry for entry in entries if _is_active(entry, seen)), None)
    if not now or (now.msgid, now.msgstr) != (seen.message.msgid, seen.text.msgstr):
        hint = f"it says now: {now.msgstr}" if now and now.msgstr else "run the command again"
        what = "somebody changed this sentence meanwhile"
        raise refusal("sign-conflict", what, path, hint)
    return entries


def _is_active(entry: Entry, task: SentenceTask) -> bool:
    return entry.msgctxt == task.message.msgctxt and not entry.obsolete


def _save_wording(
    project: Project, task: SentenceTask, entries: list[Entry], events: list[LedgerEvent]
) -> None:
    text = task.text
    new = [
        entry.changed(msgstr=text.msgstr, previous=text.old or entry.previous)
        if _is_active(entry, task)
        else entry
        for entry in entries
    ]
    known, readers = support_by_key(events), project.campaign.readers
    annotated = annotate_entries(new, [task.message], task.language, known, readers, {})
    pofile.save_catalogue(project.catalogue(task.language, task.domain), list(annotated))
