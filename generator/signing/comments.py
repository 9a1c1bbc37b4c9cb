"""Comment on a sentence for its other readers; comments stay in the ledger beside signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from generator.base.files import locked_folder
from generator.base.message_text import on_one_line
from generator.campaign.project import Project
from generator.problem import refusal
from generator.review.conversation import comment_key, comment_threads
from generator.review.ledger import append_effective, ledger_reading
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.signing.sentence_task import SentenceTask

# Characters of a comment: it is a conversation, not a letter.
LONGEST_COMMENT = 600

# Control characters and marks that turn text around.
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def add_comment(
    project: Project, task: SentenceTask, who: str, day: date, text: str
) -> list[LedgerEvent]:
    """Add a comment to the conversation about a sentence; return the events.

    Raise LeafletsError for an empty text, a long one, and one with a number, an address or a name.
    """
    text = on_one_line(HIDDEN.sub(" ", text))
    if not text:
        hint = "write what you want to ask or say"
        raise refusal("comment-empty", "there is no text", hint=hint)
    if len(text) > LONGEST_COMMENT:
        hint = f"say it in {LONGEST_COMMENT} characters, or in two comments"
        raise refusal("comment-long", f"{len(text)} characters are too many", hint=hint)

    path = project.ledger(task.language)
    key = comment_key(task.language, task.domain, task.message.msgctxt)
    with locked_folder(path.parent):
        known = ledger_reading(path)
        thread = comment_threads(known.events).get(key, ())
        old = thread[-1].id if thread else ""
        event = LedgerEvent(key, LedgerAction.COMMENT, who, str(day), text, old)
        if thread and replace(event, old=thread[-1].old).id == thread[-1].id:
            return []  # sent twice
        return append_effective(path, [event], known)


def withdraw_comments(project: Project, language: str, events: Iterable[LedgerEvent]) -> None:
    """Take back comments of one's own; nothing is erased from the ledger."""
    path = project.ledger(language)
    with locked_folder(path.parent):
        append_effective(path, [event.withdrawal() for event in events])
