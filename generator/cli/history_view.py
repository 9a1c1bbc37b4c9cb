"""The history of a sentence on the terminal."""

from collections.abc import Iterable, Iterator

from generator.catalogue.change import marked_runs
from generator.cli.dialogue import show_field
from generator.cli.output import write_text
from generator.review.ledger_event import LedgerAction
from generator.signing.history import PastAction, PastWording

# What people and machines did, in words.
ACTION_WORDS = {
    LedgerAction.MACHINE: "made a draft",
    LedgerAction.WRITE: "wrote it",
    LedgerAction.SIGN: "signed it",
    LedgerAction.REJECT: "rejected it",
    LedgerAction.DISMISS: "looked at a warning",
    LedgerAction.CARRY: "carried signatures over from an older source text",
    LedgerAction.DOUBT: "was told that it is wrong",
}
NO_TEXT = "(its text is not kept)"
DELETED = "(deleted for good)"


def show_history(found: Iterable[PastWording], source: bool = False) -> None:
    """Show the wordings of a sentence with their numbers, the newest last.

    Those of the `source` are written in its file, others in catalogues.
    """
    for number, past in enumerate(found, 1):
        text = past.text or (DELETED if past.deleted else NO_TEXT)
        write_text(f"\n{number:3}  {text}")
        show_field("state", f"{past.state}, stands now" if past.standing else past.state)
        show_field("changed", marked_runs(past.diff))
        show_field("source", marked_runs(past.source_diff))
        for line in _action_lines(past, source):
            show_field("", line)


def _action_lines(past: PastWording, source: bool) -> Iterator[str]:
    if past.text and not past.actions:
        where = "written in the source file" if source else "typed in another program"
        yield f"nobody signed it: {where}"
    yield from map(_action_line, past.actions)


def _action_line(action: PastAction) -> str:
    check = f" ({action.check})" if action.check else ""
    why = f": {action.why}" if action.why else ""
    back = " - taken back" if action.taken_back else ""
    words = ACTION_WORDS.get(action.action, str(action.action))
    return f"{action.day}  {action.who} {words}{check}{why}{back}"
