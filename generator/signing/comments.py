"""Say something about a sentence to its other readers; comments stay in the ledger beside the signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from generator.base.files import locked
from generator.base.text import tidy
from generator.campaign.project import Project
from generator.problem import LeafletsError, Problem
from generator.review import ledger
from generator.review.conversation import comment_key, threads
from generator.review.state import Event, effective

LONGEST = 600
"""Characters of a comment: a conversation, no letters."""
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters and marks that turn text around."""


def comment(
    project: Project, language: str, domain: str, msgctxt: str, who: str, day: date, text: str
) -> list[Event]:
    """Add a comment to the conversation about a sentence; return the events.

    Raises LeafletsError for an empty text, a long one, and one with a number, an address or a name.
    """
    text = tidy(HIDDEN.sub(" ", text))
    _refuse(text)
    path = project.ledger(language)
    with locked(path.parent):
        old = ledger.read(path)
        key = comment_key(language, domain, msgctxt)
        thread = threads(old).get(key, ())
        event = Event(key, "comment", who, str(day), text, old=thread[-1].id if thread else "")
        if thread and replace(event, old=thread[-1].old) == thread[-1]:
            return []  # sent twice
        added = effective(old, [event])
        ledger.append(path, added)
    return added


def _refuse(text: str) -> None:
    if not text:
        raise LeafletsError(
            Problem("comment-empty", "there is no text", hint="write what you want to ask or say")
        )
    if len(text) > LONGEST:
        hint = f"say it in {LONGEST} characters, or in two comments"
        raise LeafletsError(
            Problem("comment-long", f"{len(text)} characters are too many", hint=hint)
        )


def take_back(project: Project, language: str, events: Iterable[Event]) -> None:
    """Take back comments of one's own; nothing is erased from the ledger."""
    path = project.ledger(language)
    with locked(path.parent):
        back = [Event(event.key, f"withdraw:{event.id}", event.who, event.at) for event in events]
        ledger.append(path, effective(ledger.read(path), back))
