"""Enter what somebody who holds a leaflet says is wrong, and let a reader answer it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.base.digests import same_key
from generator.base.message_text import placeholder_names
from generator.base.short_codes import code_as_printed, name_code, row_code
from generator.campaign.project import Project
from generator.editions.recall import FoundPrinting, printings_to_collect
from generator.model import Message, Translation
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.ledger_event import LedgerEvent
from generator.review.recall_rules import RecallRequest
from generator.review.snapshot import Snapshot
from generator.signing.sentence_task import SentenceTask, task_for
from generator.signing.sign import doubt_answers, record_doubt, record_events, require_reason

# First letters of the ids of messages that stand beside a fact.
_FACT_PREFIX = "fact."


@dataclass(frozen=True)
class ReportedSentence:
    """A sentence that a code names, as it is now."""

    task: SentenceTask
    facts: tuple[str, ...]
    """Facts that stand in it or beside it: what is wrong may be the number."""

    @property
    def name(self) -> str:
        """Catalogue and id, as in the records of printed editions."""
        return f"{self.task.domain}/{self.task.message.msgctxt}"


def find_sentence(project: Project, typed: str, who: str) -> ReportedSentence:
    """Return the sentence that a code names, for the reader `who`.

    Raises UsageError if the code was mistyped or is unknown, LeafletsError if the sentence has
    changed since.
    """
    code = code_as_printed(typed)
    if not code:
        what = f"{typed!r} is no code of a sentence, and of no page that this computer knows"
        hint = (
            "compare it with the page letter by letter; that of a sentence looks like RXB6-2AXG, "
            "that at the foot of a page like AR-1W7GY"
        )
        raise UsageError(Problem("report-code", what, hint=hint))
    snapshot = Snapshot(project)
    named = list(_named(snapshot, code))
    if not named:
        what = f"this campaign has no sentence with the code {code}"
        where = "is this the campaign that printed it? Go to its folder"
        hint = f"{where}, or compare the code letter by letter"
        raise UsageError(Problem("report-unknown", what, hint=hint))
    for language, domain, text in named:
        message = text.message
        if row_code(language, domain, message.msgctxt, message.msgid, text.msgstr) == code:
            task = task_for(snapshot, language, domain, text, who)
            return ReportedSentence(task, facts_beside(message))
    raise LeafletsError(*(_changed(code, *one) for one in named))


def _named(snapshot: Snapshot, code: str) -> Iterator[tuple[str, str, Translation]]:
    """Yield language, catalogue and text of each sentence that the first half of a code names."""
    first = code.partition("-")[0]
    for language in snapshot.project.campaign.languages:
        for domain in snapshot.project.domains:
            ids = {
                message.msgctxt
                for message in snapshot.project.domain(domain)
                if name_code(language, domain, message.msgctxt) == first
            }
            texts = snapshot.texts(language, domain) if ids else {}
            yield from ((language, domain, text) for name, text in texts.items() if name in ids)


def _changed(code: str, language: str, domain: str, text: Translation) -> Problem:
    what = f"the sentence of {code} says something else since: {text.msgstr or text.message.msgid}"
    hint = (
        "the person holds an older page: leaflets publish says on /c/ what to do with it. "
        "Ask whether the new sentence is wrong too"
    )
    where = f"{domain}/{text.message.msgctxt}"
    return Problem("report-changed", what, where, hint, language=language)


def facts_beside(message: Message) -> tuple[str, ...]:
    """Return the facts that stand in a sentence or beside it."""
    found = list(placeholder_names(message.msgid))
    if message.msgctxt.startswith(_FACT_PREFIX):
        found.insert(0, message.msgctxt.removeprefix(_FACT_PREFIX).removesuffix(".detail"))
    return tuple(dict.fromkeys(found))


def enter_report(
    project: Project, found: ReportedSentence, who: str, day: date, says: str
) -> list[LedgerEvent]:
    """Record what the person says: the sentence is not ready until a reader answers it.

    Raises LeafletsError without words.
    """
    return record_doubt(project, found.task, who, day, says)


def settle_report(
    project: Project, found: ReportedSentence, who: str, day: date, why: str
) -> list[LedgerEvent]:
    """Record that a reader leaves the sentence as it is; raise LeafletsError without a reason."""
    if not found.task.support.doubts:
        raise LeafletsError(
            Problem("report-none", "nobody says that this sentence is wrong", found.name)
        )
    hint = 'say why it is right: --why "called the number, it answers"'
    why = require_reason(why, Problem("report-why", "no reason", found.name, hint))
    return record_events(project, found.task, doubt_answers(found.task, who, day, why))


def papers_with(project: Project, found: ReportedSentence) -> list[FoundPrinting]:
    """Return the printings that hold the sentence in this wording, newest first."""
    request = RecallRequest(sentence=found.name, languages=(found.task.language,))
    try:
        papers = printings_to_collect(project, request)
    except UsageError:  # it was never printed
        return []
    held = [
        paper
        for paper in papers
        if same_key(paper.printed.sentences.get(found.name, ""), found.task.key)
    ]
    return sorted(held, key=lambda paper: paper.printed.built, reverse=True)
