"""Bring a catalogue in line with the English, by id alone, and add the ledger's hints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.base.digests import wording_key
from generator.catalogue.entry import STRING, Entry, unquote_string
from generator.model import Message, Risk, SigningRule, State
from generator.review.state import older_english, wording_state
from generator.review.support import Support, wording_support

# How comments begin that name what the ledger knows of a wording; its key is last.
SUPPORT_MARKS = ("# @draft ", "# @ok ", "# @no ")

# How the comment begins that says why a draft was refused; it stays until there is a text.
REFUSED_MARK = "# @none "

# The same where a person emptied the text in an editor, which left our comments on it.
#
# The key of that text is last.
EMPTIED_MARK = f"{REFUSED_MARK}emptied "

# How all comments begin that this program writes for people and other tools.
OUR_MARKS = (*SUPPORT_MARKS, REFUSED_MARK)

# How Babel writes a line of a former msgid: as a comment for people.
_BABEL_PREVIOUS = re.compile(r"# \| (?:msgid )?")


def source_entry(message: Message, domain: str) -> Entry:
    """Return a message as an untranslated entry with its note and its place."""
    notes = [message.note] if message.note else []
    if message.risk is not Risk.PLAIN:
        notes.insert(0, f"risk: {message.risk}")
    return Entry(
        message.msgid,
        msgctxt=message.msgctxt,
        extracted=tuple(notes),
        references=(f"{domain}:{message.msgctxt}",),
    )


def merge_catalogue(
    messages: Iterable[Message],
    entries: Iterable[Entry],
    domain: str,
    known: Callable[[Entry], bool] = lambda entry: False,
) -> list[Entry]:
    """Return the catalogue brought up to date with the English.

    An entry is found by its msgctxt alone. Changed English keeps the translation, with the English
    it was made for as `#| msgid`; going back to that English forgets it. What is gone becomes
    obsolete and comes back by its id, also where another tool has put an empty entry in its place.
    `known` tells whether the ledger knows an entry's text as made for the entry's own English.
    """
    entries = list(entries)
    header = [entry for entry in entries if entry.header and not entry.plural]
    rest = [entry for entry in entries if entry not in header]
    active = {entry.msgctxt: entry for entry in rest if not entry.obsolete and not entry.plural}
    retired = {
        (entry.msgctxt, name): entry
        for entry in rest
        if entry.obsolete and not entry.plural
        for name in ("", entry.msgid)
    }
    kept, used = [], set()
    for message in messages:
        places = ((message.msgctxt, message.msgid), (message.msgctxt, ""))
        found = [old for old in (active.get(message.msgctxt), *map(retired.get, places)) if old]
        old = next((old for old in found if old.msgstr), found[0] if found else None)
        kept.append(
            _current(restore_previous(old) if old else None, source_entry(message, domain), known)
        )
        used |= {id(old), id(active.get(message.msgctxt))}
    others = [
        entry if entry.obsolete else entry.retired() for entry in rest if id(entry) not in used
    ]
    return header + kept + [entry for entry in others if entry.msgstr or entry.plural]


def restore_previous(entry: Entry) -> Entry:
    """Return an entry with the former English that Babel turned from `#| msgid` into a comment."""
    if entry.previous or not (
        lost := [line for line in entry.comments if _BABEL_PREVIOUS.match(line)]
    ):
        return entry
    parts = [_BABEL_PREVIOUS.sub("", line) for line in lost]
    previous = "".join(unquote_string(part) for part in parts)
    if (
        not previous
        or not lost[0].startswith("# | msgid ")
        or not all(STRING.match(part) for part in parts)
    ):
        return entry  # wrapped, and so cut
    return entry.changed(
        previous=previous, comments=tuple(line for line in entry.comments if line not in lost)
    )


def _current(old: Entry | None, new: Entry, known: Callable[[Entry], bool]) -> Entry:
    if old is None:
        return new
    previous = old.previous
    if old.msgid != new.msgid:
        previous = old.msgid if known(old) else previous or old.msgid
    if previous == new.msgid or not old.msgstr:
        previous = ""
    return old.changed(
        msgid=new.msgid,
        previous=previous,
        extracted=new.extracted,
        references=new.references,
        obsolete=False,
    )


def annotate_entries(
    entries: Iterable[Entry],
    messages: Iterable[Message],
    language: str,
    ledger: Mapping[str, Support],
    rules: Mapping[Risk, SigningRule],
    older: Mapping[str, tuple[str, ...]],
) -> Iterator[Entry]:
    """Yield the entries with `fuzzy`, `#| msgid` and the `# @…` comments that the ledger implies.

    The ledger stays the truth; `older` is the former English by id.
    """
    risks = {message.msgctxt: message.risk for message in messages}
    for entry in entries:
        if entry.obsolete or entry.plural or entry.header or entry.msgctxt not in risks:
            yield entry
            continue
        found = wording_support(ledger, language, entry.msgctxt, entry.msgid, entry.msgstr)
        old = older_english(
            entry, entry.msgid, found, ledger, language, older.get(entry.msgctxt, ())
        )
        now = wording_state(entry.msgstr, found, rules[risks[entry.msgctxt]], old)
        flags = [flag for flag in entry.flags if flag != "fuzzy"]
        if now not in (State.MISSING, State.READY):
            flags.insert(0, "fuzzy")
        theirs = [line for line in entry.comments if not line.startswith(OUR_MARKS)]
        yield entry.changed(
            comments=(*theirs, *_comments(entry, found, language)),
            flags=tuple(flags),
            previous="" if now is State.READY else old,
        )


def emptied_entry(entry: Entry) -> Entry:
    """Return an entry without its text, and without what was noted about it."""
    comments = tuple(line for line in entry.comments if not line.startswith(OUR_MARKS))
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    return entry.changed(msgstr="", previous="", comments=comments, flags=flags)


def _comments(entry: Entry, found: Support, language: str) -> list[str]:
    """Return the ledger's short comments on a wording: at most 70 characters, hash last."""
    if not entry.msgstr:
        ours = [line for line in entry.comments if line.startswith(OUR_MARKS)]
        refused = [line for line in ours if line.startswith(REFUSED_MARK)]
        # Comments on a text that is not there: somebody took it out in an editor.
        return refused or [f"{EMPTIED_MARK}{line.rpartition(' ')[2]}" for line in ours[-1:]]
    key = wording_key(language, entry.msgctxt, entry.msgid, entry.msgstr)[:12]
    drafts = [f"# @draft {engine[:48]} {key}" for engine in sorted(found.engines)]
    rejects = [f"# @no {key}"] if found.rejected else []
    return [*drafts, *([f"# @ok {key}"] if found.signers else []), *rejects]
