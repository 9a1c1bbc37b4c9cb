"""Which texts of a catalogue are worth keeping for ever, and which were deleted; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.base.digests import wording_key
from generator.catalogue.entry import Entry
from generator.review.merge import emptied_entry
from generator.review.state import older_english
from generator.review.support import Support, wording_support
from generator.review.wordings import KeptWording


def typed_texts(
    entries: Iterable[Entry],
    language: str,
    known: Mapping[str, Support],
    older: Mapping[str, tuple[str, ...]],
) -> Iterator[KeptWording]:
    """Yield the texts that no machine alone is known to have made, obsolete ones too.

    `known` is what the ledger says, `older` the former source texts by id.
    """
    for entry in entries:
        if entry.plural or not (entry.msgctxt and entry.msgstr.strip()):
            continue
        name, text = entry.msgctxt, entry.msgstr
        made = wording_support(known, language, name, entry.msgid, text)
        history = older.get(name, ())
        old = older_english(entry, entry.msgid, made, known, language, history)
        if old and not made.known:
            made = wording_support(known, language, name, old, text)
        if made.signers or made.rejected or not made.engines:
            yield KeptWording(name, old or entry.msgid, text)


def without_deleted(
    entries: Iterable[Entry],
    language: str,
    gone: frozenset[str],
    is_gone_source: Callable[[str, str], bool] = lambda msgctxt, text: False,
) -> list[Entry]:
    """Return the entries without texts that were deleted for good.

    `gone` are their hashes; `is_gone_source` tells by id and text whether a former source text is
    one.
    """
    found = []
    for entry in entries:
        if entry.obsolete and is_gone_source(entry.msgctxt, entry.msgid):
            continue
        sources = [one for one in (entry.msgid, entry.previous) if one]
        keys = {wording_key(language, entry.msgctxt, one, entry.msgstr) for one in sources}
        if keys & gone and not entry.obsolete:
            entry = emptied_entry(entry)
        elif keys & gone:
            continue
        if entry.previous and is_gone_source(entry.msgctxt, entry.previous):
            entry = entry.changed(previous="")
        found.append(entry)
    return found
