"""An entry of a PO file that keeps every line it came from, and how it is written.

Babel and polib each lose something that a translator or another tool wrote: previous msgids,
flags of obsolete entries, headers, long comments. So an entry keeps its own lines and gives them
back unless it was changed. Names are gettext's: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

# What gettext takes for a space; no other invisible character is one.
SPACE = " \t\r\f\v"
KEYWORDS = ("msgctxt", "msgid", "msgid_plural", "msgstr")
KEYWORD = re.compile(
    rf"(msgctxt|msgid_plural|msgid|msgstr(?:[{SPACE}]*\[[{SPACE}]*[0-9]{{1,3}}[{SPACE}]*\])?)"
    rf"(?![A-Za-z0-9_$])[{SPACE}]*"
)
STRING = re.compile(rf'"((?:[^"\\]|\\.)*)"[{SPACE}]*$')

# A quoted text among other words of a line.
STRING_PART = re.compile(r'"(?:[^"\\]|\\.)*"')
ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)")

# What may follow a backslash, and what it stands for.
ESCAPES = dict(zip('ntrabfv"\\', '\n\t\r\a\b\f\v"\\', strict=True))
_QUOTED = str.maketrans({ESCAPES[code]: f"\\{code}" for code in 'ntr"\\'})


@dataclass(frozen=True)
class Entry:
    """One entry; `lines` are its own lines as long as nothing was changed."""

    msgid: str
    msgstr: str = ""
    msgctxt: str = ""
    comments: tuple[str, ...] = ()
    """Lines for people, each with its `#`."""
    extracted: tuple[str, ...] = ()
    """Notes of the source for the translator, without `#.`."""
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: str = ""
    """The English this translation was made for, where that has changed since."""
    obsolete: bool = False
    plural: bool = False
    """Another tool's plural entry: kept as it is, never printed."""
    msgid_plural: str = ""
    forms: tuple[str, ...] = ()
    """Its translations, `msgstr[0]` first."""
    line: int = field(default=0, compare=False)
    lines: tuple[str, ...] = field(default=(), compare=False)

    @property
    def fuzzy(self) -> bool:
        """Whether other tools are told that this entry needs work."""
        return "fuzzy" in self.flags

    @property
    def header(self) -> bool:
        """Whether this is the file's header."""
        return not self.msgid and not self.msgctxt

    @property
    def remark(self) -> bool:
        """Whether this is a block of comments without an entry."""
        return bool(self.lines) and self.comments == self.lines

    def changed(self, **fields: object) -> Entry:
        """Return the entry with other fields, its lines written anew only if something differs."""
        if self.plural or all(getattr(self, name) == value for name, value in fields.items()):
            return self
        new = replace(self, **fields)  # type: ignore[arg-type]
        return replace(new, lines=tuple(_lines(new)))

    def retired(self) -> Entry:
        """Return the entry as obsolete; its texts are kept for the day the sentence comes back."""
        if self.plural:
            return replace(self, obsolete=True, lines=tuple(map(_retired_line, self.lines)))
        return self.changed(obsolete=True, extracted=(), references=())


def quote_string(text: str) -> str:
    r"""Return text as one quoted PO string.

    A carriage return is escaped: some programs end a line there.

    >>> print(quote_string('say "no"\n'))
    "say \"no\"\n"
    """
    return f'"{text.translate(_QUOTED)}"'


def unquote_string(quoted: str) -> str:
    r"""Return the text of one quoted PO string; an empty one if it is not whole.

    >>> unquote_string(r'"say \"no\""'), unquote_string('"cut')
    ('say "no"', '')
    """
    found = STRING.match(quoted)
    return ESCAPE.sub(lambda match: ESCAPES.get(match[1], match[0]), found[1]) if found else ""


def _retired_line(line: str) -> str:
    """Return a line of a living entry as one of an obsolete entry; comments stay as they are."""
    if line.startswith("#|"):
        return "#~" + line[1:]
    return line if line.startswith("#") else "#~ " + line


def _lines(entry: Entry) -> Iterator[str]:
    mark = "#~ " if entry.obsolete else ""
    yield from entry.comments
    yield from (f"#. {note}" for note in entry.extracted)
    yield from (f"#: {place}" for place in entry.references)
    if entry.flags:
        yield "#, " + ", ".join(entry.flags)
    if entry.previous:
        yield ("#~| " if entry.obsolete else "#| ") + f"msgid {quote_string(entry.previous)}"
    if entry.msgctxt:
        yield f"{mark}msgctxt {quote_string(entry.msgctxt)}"
    yield f"{mark}msgid {quote_string(entry.msgid)}"
    yield f"{mark}msgstr {quote_string(entry.msgstr)}"


def dump_catalogue(entries: Iterable[Entry]) -> str:
    """Return the text of a PO file, entries apart by one empty line, strings never wrapped."""
    return "\n\n".join("\n".join(entry.lines or _lines(entry)) for entry in entries) + "\n"


def header_entry(fields: dict[str, str]) -> Entry:
    """Return a new file's header entry."""
    body = [quote_string(f"{name}: {value}\n") for name, value in fields.items()]
    msgstr = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return Entry("", msgstr, lines=('msgid ""', 'msgstr ""', *body))


def header_fields(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the header of a file as names and values, empty without a header."""
    text = next((entry.msgstr for entry in entries if entry.header), "")
    lines = (line.partition(":") for line in text.split("\n"))
    return {name.strip(): value.strip() for name, _, value in lines if name}
