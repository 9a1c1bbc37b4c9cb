"""The text of a PO file as entries that keep every line they came from.

Babel and polib each lose something a translator or another tool wrote: previous msgids,
flags of obsolete entries, headers, long comments. So an entry keeps its own lines and gives them back unless it was
changed. Names are gettext's: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from generator.problem import LeafletsError, Problem

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"\s*$')
ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", '"': '"', "\\": "\\"}
KEYWORDS = ("msgctxt", "msgid", "msgid_plural", "msgstr")
WORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s*")
LIMIT = 20_000
"""Longest string of an entry, in code points."""


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

    def changed(self, **fields: object) -> Entry:
        """Return the entry with other fields, its lines written anew only if something differs."""
        new = replace(self, **fields)  # type: ignore[arg-type]
        return self if new == self or self.plural else replace(new, lines=tuple(_lines(new)))

    def retired(self) -> Entry:
        """Return the entry as obsolete: flags, comments and texts are kept for the day the sentence comes back."""
        if self.plural:
            lines = [
                line if line.startswith("#") and not line.startswith("#|") else "#~" + (line[1:] if line[0] == "#" else " " + line)
                for line in self.lines
            ]
            return replace(self, obsolete=True, lines=tuple(lines))
        return self.changed(obsolete=True, extracted=(), references=())


def quote(text: str) -> str:
    r"""Return text as one quoted PO string.

    >>> print(quote('say "no"\n'))
    "say \"no\"\n"
    """
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{text}"'


def _lines(entry: Entry) -> Iterator[str]:
    mark = "#~ " if entry.obsolete else ""
    yield from entry.comments
    yield from (f"#. {note}" for note in entry.extracted)
    yield from (f"#: {place}" for place in entry.references)
    if entry.flags:
        yield "#, " + ", ".join(entry.flags)
    if entry.previous:
        yield ("#~| " if entry.obsolete else "#| ") + f"msgid {quote(entry.previous)}"
    if entry.msgctxt:
        yield f"{mark}msgctxt {quote(entry.msgctxt)}"
    yield f"{mark}msgid {quote(entry.msgid)}"
    yield f"{mark}msgstr {quote(entry.msgstr)}"


def dump(entries: Iterable[Entry]) -> str:
    """Return the text of a PO file, entries apart by one empty line, strings never wrapped."""
    return "\n\n".join("\n".join(entry.lines or _lines(entry)) for entry in entries) + "\n"


def header(fields: dict[str, str]) -> Entry:
    """Return a new file's header entry."""
    body = [quote(f"{name}: {value}\n") for name, value in fields.items()]
    msgstr = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return Entry("", msgstr, lines=('msgid ""', 'msgstr ""', *body))


def header_fields(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the header of a file as names and values, empty without a header."""
    text = next((entry.msgstr for entry in entries if entry.header), "")
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in text.split("\n")) if name}


def parse(text: str, where: str) -> list[Entry]:
    """Return the entries of a PO file; raise LeafletsError with `file:line` and how to mend it.

    Stricter than GNU msgfmt where leniency has lost text.
    """
    return [_Reader(where, number, lines).entry() for number, lines in _blocks(text)]


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Cut a file into entries: at empty lines, and where a finished entry is followed by another's first line."""
    block: list[str] = []
    start, done = 1, False
    for number, line in enumerate(text.split("\n"), 1):
        bare = line[2:].lstrip() if line.startswith("#~") and not line.startswith("#~|") else line
        begins = done and not bare.startswith(('"', "msgstr")) and line.strip() != ""
        if (not line.strip() or begins) and block and (done or not line.strip()):
            yield start, block
            block, done = [], False
        if line.strip():
            start = start if block else number
            block.append(line)
            done = done or bare.startswith("msgstr")
    if block:
        yield start, block


class _Reader:
    """Reads the lines of one entry."""

    def __init__(self, where: str, number: int, lines: list[str]) -> None:
        self.where, self.number, self.lines = where, number, lines
        self.parts: dict[str, list[str]] = {}
        self.places: dict[str, int] = {}
        self.last = ""
        self.notes: dict[str, list[str]] = {"": [], ".": [], ":": [], ",": [], "|": []}
        self.obsolete = False

    def fail(self, offset: int, what: str, hint: str) -> LeafletsError:
        return LeafletsError(Problem("po-syntax", what, f"{self.where}:{self.number + offset}", hint))

    def entry(self) -> Entry:
        """Return the entry, or raise LeafletsError."""
        for offset, line in enumerate(self.lines):
            self.read(offset, line)
        if not self.parts and all(line.startswith("#") for line in self.lines):
            return Entry("", obsolete=True, comments=tuple(self.lines), plural=True, line=self.number, lines=tuple(self.lines))
        live = [offset for offset, line in enumerate(self.lines) if not line.startswith("#")]
        if self.obsolete and live:
            raise self.fail(
                live[0], "a part of this entry is obsolete (#~) and a part is not", "take #~ away everywhere, or put it everywhere"
            )
        plural = "msgid_plural" in self.parts
        for needed in ("msgid", "msgstr[0]" if plural else "msgstr"):
            if needed not in self.parts:
                raise self.fail(len(self.lines) - 1, f"an entry without {needed}", "get the lost lines back from git or a backup")
        values = {name: "".join(strings) for name, strings in self.parts.items()}
        for name, value in values.items():
            if len(value) > LIMIT:
                raise self.fail(
                    self.places[name], f"{len(value)} characters in one text, at most {LIMIT}", "split the sentence in the leaflet"
                )
        return Entry(
            msgid=values["msgid"],
            msgstr=values.get("msgstr", ""),
            msgctxt=values.get("msgctxt", ""),
            comments=tuple(self.notes[""]),
            extracted=tuple(self.notes["."]),
            references=tuple(self.notes[":"]),
            flags=tuple(flag for line in self.notes[","] for flag in re.split(r"\s*,\s*", line.strip()) if flag),
            previous=_previous(self.notes["|"]),
            obsolete=self.obsolete,
            plural=plural,
            line=self.number,
            lines=tuple(self.lines),
        )

    def read(self, offset: int, line: str) -> None:
        if line.startswith("#~"):
            self.obsolete = True
            if line.startswith("#~|"):
                self.notes["|"].append(line[3:].strip())
                return
            line = line[2:].strip()
            self.keyword(offset, line)
        elif line.startswith("#"):
            self.comment(line)
        else:
            self.keyword(offset, line.strip())

    def comment(self, line: str) -> None:
        kind = line[1:2]
        if kind in (".", ":", "|"):
            self.notes[kind].append(line[2:].strip())
        elif kind in (",", "="):
            self.notes[","].append(line[2:])
        else:
            self.notes[""].append(line)

    def keyword(self, offset: int, line: str) -> None:
        if not line.startswith('"'):
            found = WORD.match(line)
            if not found:
                hint = f"a line starts with #, with a quote, or with {', '.join(KEYWORDS)}: compare it with its neighbours"
                raise self.fail(offset, f"this line is not understood: {line[:40]!r}", hint)
            name, line = found[1], line[found.end() :]
            if name in self.parts or (name == "msgctxt" and self.parts) or (name == "msgid" and "msgstr" in self.parts):
                raise self.fail(
                    offset, f"{name} stands here a second time or in the wrong place", "keep one, in the order msgctxt, msgid, msgstr"
                )
            self.last = name
            self.parts[name] = []
            self.places[name] = offset
        elif not self.last:
            raise self.fail(offset, "a text without msgid or msgstr before it", "put msgid or msgstr before it")
        self.parts[self.last].append(self.string(offset, line))

    def string(self, offset: int, text: str) -> str:
        found = STRING.match(text)
        if not found:
            wrong = "typographic quotes" if text[:1] in "“”„«»" and text else "the text is not between two straight quotes"
            raise self.fail(offset, wrong, 'write "…" around it, and \\" for a quote inside')
        return ESCAPE.sub(lambda match: self.escape(offset, match[1]), found[1]) if "\\" in text else found[1]

    def escape(self, offset: int, code: str) -> str:
        if code not in ESCAPES:
            raise self.fail(offset, f"\\{code} is not allowed here", 'write \\\\ for a backslash, \\n for a new line, \\" for a quote')
        return ESCAPES[code]


def _previous(lines: list[str]) -> str:
    strings, inside = [], False
    for line in lines:
        found = WORD.match(line)
        inside = found[1] == "msgid" if found else inside
        if inside and (string := STRING.match(line[found.end() :] if found else line)):
            strings.append(ESCAPE.sub(lambda match: ESCAPES.get(match[1], match[0]), string[1]))
    return "".join(strings)
