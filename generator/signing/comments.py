"""Say something about a sentence to its other readers; comments stay in the ledger beside the signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from generator.base.files import locked_folder
from generator.base.message_text import on_one_line
from generator.campaign.project import Project
from generator.problem import LeafletsError, Problem
from generator.review import ledger
from generator.review.conversation import comment_key, comment_threads
from generator.review.state import LedgerEvent, effective_events

LONGEST_COMMENT = 600
"""Characters of a comment: a conversation, no letters."""
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters and marks that turn text around."""


def add_comment(
    project: Project, language: str, domain: str, msgctxt: str, who: str, day: date, text: str
) -> list[LedgerEvent]:
    """Add a comment to the conversation about a sentence; return the events.

    Raises LeafletsError for an empty text, a long one, and one with a number, an address or a name.
    """
    text = on_one_line(HIDDEN.sub(" ", text))
    _refuse(text)
    path = project.ledger(language)
    with locked_folder(path.parent):
        old = ledger.read_ledger(path)
        key = comment_key(language, domain, msgctxt)
        thread = comment_threads(old).get(key, ())
        event = LedgerEvent(
            key, "comment", who, str(day), text, old=thread[-1].id if thread else ""
        )
        if thread and replace(event, old=thread[-1].old) == thread[-1]:
            return []  # sent twice
        added = effective_events(old, [event])
        ledger.append_events(path, added)
    return added


def _refuse(text: str) -> None:
    if not text:
        raise LeafletsError(
            Problem("comment-empty", "there is no text", hint="write what you want to ask or say")
        )
    if len(text) > LONGEST_COMMENT:
        hint = f"say it in {LONGEST_COMMENT} characters, or in two comments"
        raise LeafletsError(
            Problem("comment-long", f"{len(text)} characters are too many", hint=hint)
        )


def withdraw_comments(project: Project, language: str, events: Iterable[LedgerEvent]) -> None:
    """Take back comments of one's own; nothing is erased from the ledger."""
    path = project.ledger(language)
    with locked_folder(path.parent):
        back = [
            LedgerEvent(event.key, f"withdraw:{event.id}", event.who, event.at) for event in events
        ]
        ledger.append_events(path, effective_events(ledger.read_ledger(path), back))
