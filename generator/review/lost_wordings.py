"""Wordings that people stand behind and that no catalogue says any more; pure.

Git can do that: whoever takes one side of a conflict as a whole drops what others wrote.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.catalogue.entry import Entry
from generator.catalogue.two_sides import other_texts
from generator.review.merge import EMPTIED_MARK, SUPPORT_MARKS
from generator.review.standing import Rival, Standing
from generator.review.support import Support, wording_support


class LostWording(NamedTuple):
    """A wording with people behind it that stands nowhere, where another text stands."""

    rival: Rival
    returns: bool
    """Whether `leaflets extract` puts it back: nobody made or took out what stands there."""


def lost_in(standing: Standing, entry: Entry, domain: str) -> LostWording | None:
    """Return what people stand behind instead of the text of an entry.

    That is nothing where anybody stands behind that text itself, and where both texts are there.
    """
    name, msgid, text = entry.msgctxt, entry.msgid, entry.msgstr
    support = wording_support(standing.known, standing.language, name, msgid, text)
    if other_texts(entry) or (support.signers and not support.rejected):
        return None
    rivals = standing.rivals(domain, name, msgid, text)
    return LostWording(rivals[0], _may_go(entry, support)) if rivals else None


def put_back(standing: Standing, entries: Iterable[Entry], domain: str) -> list[Entry]:
    """Return a catalogue in which the lost wordings stand again that may return."""
    return [_put_back(standing, entry, domain) for entry in entries]


def _put_back(standing: Standing, entry: Entry, domain: str) -> Entry:
    if entry.obsolete or entry.plural or entry.header:
        return entry
    lost = lost_in(standing, entry, domain)
    # It was made for the source text of now, whatever the other was made for.
    found = entry.changed(msgstr=lost.rival.msgstr, previous="") if lost else entry
    return found if lost and lost.returns else entry


def _may_go(entry: Entry, support: Support) -> bool:
    """Tell whether a text is a machine's, or was never there, or a reader has rejected it.

    One of unknown origin may be somebody's correction in an editor; whoever takes a text out there
    leaves the program's comments behind.
    """
    if not entry.msgstr.strip():
        marks = (EMPTIED_MARK, *SUPPORT_MARKS)
        return not any(line.startswith(marks) for line in entry.comments)
    return bool(support.engines) or support.rejected
