"""What the page shows of the source: texts line by line, what changed, who may sign."""

from typing import Any

from generator.base.names import place_inside
from generator.review.source_changes import changed_lines, signed_before, source_lines
from generator.review.source_texts import POLICY_ID, WHOLE_ID
from generator.signing.sentence_task import SentenceTask
from generator.web.helpers import reader_code
from generator.web.server_state import current_snapshot, current_user
from generator.web.visitors import UserRole


def is_source(language: str) -> bool:
    """Tell whether a language is the one in which the campaign writes."""
    return language == current_snapshot().project.campaign.source


def may_read_source() -> bool:
    """Tell whether whoever sits there signs the source: an organiser, or who has before."""
    snapshot = current_snapshot()
    events = snapshot.events(snapshot.project.campaign.source)
    signed = any(event.person == reader_code() for event in events)
    return current_user().role is UserRole.ORGANISER or signed


def source_values(task: SentenceTask) -> dict[str, Any]:
    """Return what the screen of one source text shows besides what all sentences have."""
    snapshot, message = current_snapshot(), task.message
    lines = source_lines(snapshot, task.domain, message)
    before = signed_before(snapshot, task.domain, task.text)
    return {
        "whole": message.msgctxt in (WHOLE_ID, POLICY_ID),
        "lines": [line.text for line in lines],
        "before": before,
        "changes": [
            (line.mark, line.text, shown_place(line.where))
            for line in changed_lines(before.text, lines)
        ]
        if before
        else [],
        "place": shown_place(message.where),
    }


def shown_place(where: str) -> str:
    """Return a place as seen from the campaign's folder."""
    return place_inside(current_snapshot().project.root, where)
