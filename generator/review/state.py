"""The state of a message, computed from the ledger: missing, stale, draft, read or ready."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.base.bulk import bulk_work
from generator.base.digests import wording_key
from generator.catalogue.entry import Entry
from generator.model import Message, Risk, SigningRule, State, Translation
from generator.review.support import Support, support_at, wording_support


def wording_state(msgstr: str, support: Support, rule: SigningRule, old: str = "") -> State:
    """Return the state of a wording that needs the people and keys of `rule`.

    `old` is the source text it was made for, where that is another one.
    """
    if not msgstr.strip():
        return State.MISSING
    if old and (support.rejected or not support.known):
        return State.STALE
    if support.rejected or not support.signers:
        return State.DRAFT
    return State.READY if support.meets(rule) and not support.doubts else State.READ


def older_english(
    entry: Entry,
    msgid: str,
    found: Support,
    ledger: Mapping[str, Support],
    language: str,
    older: Iterable[str],
) -> str:
    """Return the English that a text was made for, "" if that is `msgid` or nothing tells.

    What other tools write as `#| msgid` is believed. Where a tool dropped it, the ledger knows the
    text with its older English.
    """
    if not entry.msgstr.strip():
        return ""
    if entry.msgid != msgid:  # `leaflets extract` has not run since the English changed
        return entry.previous or entry.msgid
    if entry.previous and entry.previous != msgid:
        return entry.previous
    if found.known and not found.rejected:
        return ""
    # A text that was rejected or signed for an older English is known to be old by that alone.
    for old in older:
        key = wording_key(language, entry.msgctxt, old, entry.msgstr)
        support = support_at(ledger, key)
        if old != msgid and (support.known or support.rejected):
            return old
    return ""


def message_translation(
    message: Message,
    entry: Entry | None,
    ledger: Mapping[str, Support],
    language: str,
    rule: SigningRule,
    older: Iterable[str] = (),
) -> Translation:
    """Return the translation of a message with its state.

    `older` is its former English, newest first.
    """
    if entry is None:
        return Translation(message, "", State.MISSING)
    found = wording_support(ledger, language, message.msgctxt, message.msgid, entry.msgstr)
    old = older_english(entry, message.msgid, found, ledger, language, older)
    made = found
    if old and not found.known:
        made = wording_support(ledger, language, message.msgctxt, old, entry.msgstr)
    return Translation(
        message,
        entry.msgstr,
        wording_state(entry.msgstr, found, rule, old),
        old,
        doubted=bool(found.doubts),
        rejected=found.rejected,
        machine=bool(made.engines),
        one_key=found.lacks_key(rule),
        contested=found.contested,
    )


def is_disputed(text: Translation) -> bool:
    """Tell whether a reader, or somebody who holds the leaflet, says that a text is wrong."""
    return text.doubted or text.rejected


def source_translation(
    message: Message, ledger: Mapping[str, Support], language: str, rule: SigningRule
) -> Translation:
    """Return a message in the source language, which is signed like any other."""
    found = wording_support(ledger, language, message.msgctxt, message.msgid, message.msgid)
    return Translation(
        message,
        message.msgid,
        wording_state(message.msgid, found, rule),
        doubted=bool(found.doubts),
        rejected=found.rejected,
        one_key=found.lacks_key(rule),
    )


@bulk_work()
def catalogue_translations(
    messages: Iterable[Message],
    entries: Iterable[Entry],
    ledger: Mapping[str, Support],
    language: str,
    rules: Mapping[Risk, SigningRule],
    older: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Translation]:
    """Return the translation of each message, found by its id; `older` too is by id."""
    by_id = {entry.msgctxt: entry for entry in entries if not entry.obsolete and not entry.plural}
    older = older or {}
    return [
        message_translation(
            message,
            by_id.get(message.msgctxt),
            ledger,
            language,
            rules[message.risk],
            older.get(message.msgctxt, ()),
        )
        for message in messages
    ]
