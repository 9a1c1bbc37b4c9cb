"""The text of a PO file read as entries, line by line, stricter than GNU msgfmt where leniency has lost text.

Every refusal names file and line, says what is wrong, and shows the line that was meant where that is nearly certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.catalogue.entry import (
    ESCAPE,
    ESCAPES,
    KEYWORDS,
    SPACE,
    STRING,
    WORD,
    Entry,
    dump,
    header,
    header_fields,
    quote,
)
from generator.catalogue.suggest_fix import LONGEST, mend, mend_flag
from generator.problem import LeafletsError, Problem

__all__ = ["LIMIT", "Entry", "dump", "header", "header_fields", "parse", "quote"]
LIMIT = 20_000
"""Longest string of an entry, in code points."""
KEPT = 512
"""How many files are remembered: one command reads the same catalogue several times."""
FLAGS = re.compile(
    r"(?:fuzzy|(?:no-)?wrap|[a-z-]+-format)(?:\s+(?:fuzzy|(?:no-)?wrap|[a-z-]+-format))+"
)
"""Flags with a space between them, as GNU reads them, too."""
LOST = "get the lost lines back from git or a backup"
STARTS = ("msgctxt", "msgid", "msgstr")
FOLLOWS = {
    "msgctxt": ('"', "msgid"),
    "msgid": ('"', "msgid_plural", "msgstr"),
    "msgstr": ('"', "msgstr"),
}
"""What may follow in the same entry, also after an empty line."""
BINDING = ("#,", "#=", "#|", "#~|")
"""Comments that belong to the entry after them, also over an empty line: else its fuzzy would be lost."""
AFTER = {
    "msgctxt": ("",),
    "msgid": ("", "msgctxt"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid",),
}
"""The keywords after which a keyword may stand."""
SEPARATOR = "\x04"
"""What gettext puts between msgctxt and msgid."""


def parse(text: str, where: str) -> list[Entry]:
    """Return the entries of a PO file; raise LeafletsError with `file:line` and how to mend it."""
    try:
        return list(_parsed(text))
    except LeafletsError as error:
        raise LeafletsError(
            *(problem.at(where=where + problem.where) for problem in error.problems)
        ) from None


@lru_cache(KEPT)
def _parsed(text: str) -> tuple[Entry, ...]:
    return tuple(_Reader(number, lines).entry() for number, lines in _blocks(text))


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Cut a file into entries: at empty lines, and where a finished entry is followed by another's first line."""
    block: list[str] = []
    gap: list[str] = []
    start, last, bound = 1, "", False
    for number, line in enumerate(text.split("\n"), 1):
        bare = _bare(line)
        if not bare:
            gap.append(line)
            continue
        if block and _ends(last, bare, bool(gap), bound):
            yield start, block
            block, last, bound = [], "", False
        start = start if block else number
        block += [*gap, line] if block else [line]
        gap = []
        last = next((name for name in STARTS if bare.startswith(name)), last)
        bound = bound or bare.startswith(BINDING)
    if block:
        yield start, block


def _bare(line: str) -> str:
    """Return a line without spaces around it and without the mark of obsolete entries."""
    line = line.strip(SPACE)
    return (
        line[2:].lstrip(SPACE) or "#"
        if line.startswith("#~") and not line.startswith("#~|")
        else line
    )


def _ends(last: str, bare: str, gap: bool, bound: bool) -> bool:
    """Whether an entry is over before a line; an empty line inside an entry that is not finished does not end it."""
    if bound and not last:
        return False
    goes_on = bare.startswith(FOLLOWS.get(last, ()))
    return not goes_on or last == "msgstr" if gap else last == "msgstr" and not goes_on


class _Part:
    """The keywords of an entry, or of its previous texts, in the order in which they may stand."""

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {}
        self.places: dict[str, int] = {}
        self.last = ""

    def begin(self, name: str, offset: int) -> bool:
        """Begin a keyword; return False if it may not stand here."""
        index = re.search(r"[0-9]+", name)
        after = f"msgstr[{int(index[0]) - 1}]" if index and int(index[0]) else "msgid_plural"
        name = f"msgstr[{int(index[0])}]" if index else name
        if name in self.texts or self.last not in ((after,) if index else AFTER[name]):
            return False
        self.last = name
        self.texts[name] = []
        self.places[name] = offset
        return True

    def values(self) -> dict[str, str]:
        """Return the texts by keyword."""
        return {name: "".join(strings) for name, strings in self.texts.items()}


class _Reader:
    """Reads the lines of one entry."""

    def __init__(self, number: int, lines: list[str]) -> None:
        self.number, self.lines = number, lines
        self.own, self.earlier = _Part(), _Part()
        self.notes: dict[str, list[str]] = {"": [], ".": [], ":": [], ",": []}
        self.live: list[int] = []
        self.obsolete = False

    def fail(self, offset: int, what: str, hint: str, mended: str = "") -> LeafletsError:
        if mended and len(mended) <= LONGEST:
            hint = "write: " + mended.replace("\n", "  and on the next line: ")
        return LeafletsError(Problem("po-syntax", what, f":{self.number + offset}", hint))

    def entry(self) -> Entry:
        """Return the entry, or raise LeafletsError."""
        for offset, line in enumerate(self.lines):
            self.read(offset, line.strip(SPACE))
        lines = tuple(self.lines)
        if not self.own.last and not self.earlier.last:
            return Entry(
                "", obsolete=True, comments=lines, plural=True, line=self.number, lines=lines
            )
        self.refuse_incomplete()
        values = self.own.values()
        self.refuse_texts(values)
        return Entry(
            msgid=values["msgid"],
            msgstr=values.get("msgstr", ""),
            msgctxt=values.get("msgctxt", ""),
            comments=tuple(self.notes[""]),
            extracted=tuple(self.notes["."]),
            references=tuple(self.notes[":"]),
            flags=tuple(flag for line in self.notes[","] for flag in _flags(line)),
            previous=self.earlier.values().get("msgid", ""),
            obsolete=self.obsolete,
            plural="msgid_plural" in values,
            msgid_plural=values.get("msgid_plural", ""),
            forms=tuple(text for name, text in values.items() if name.startswith("msgstr[")),
            line=self.number,
            lines=lines,
        )

    def refuse_incomplete(self) -> None:
        if self.obsolete and self.live:
            hint = "take #~ away everywhere, or put it everywhere"
            raise self.fail(
                self.live[0], "a part of this entry is obsolete (#~) and a part is not", hint
            )
        end = len(self.lines) - 1
        if self.earlier.last and not self.own.last:
            raise self.fail(
                end,
                "a previous text (#|) without an entry",
                "delete the empty line after it, or the lines with #|",
            )
        if self.earlier.last and "msgid" not in self.earlier.texts:
            raise self.fail(
                self.earlier.places[self.earlier.last],
                "a previous context without its msgid",
                "delete this line",
            )
        for needed in ("msgid", "msgstr[0]" if "msgid_plural" in self.own.texts else "msgstr"):
            if needed not in self.own.texts:
                raise self.fail(end, f"an entry without {needed}", LOST)

    def refuse_texts(self, values: dict[str, str]) -> None:
        for name, value in values.items():
            if len(value) > LIMIT:
                what = f"{len(value)} characters in one text, at most {LIMIT}"
                raise self.fail(self.own.places[name], what, "split the sentence in the leaflet")
        if "msgctxt" in values and not values["msgctxt"] and not values["msgid"]:
            raise self.fail(
                self.own.places["msgctxt"], "the header has a msgctxt", "delete this line"
            )
        if (
            not self.obsolete
            and values["msgid"]
            and (values.get("msgstr") or values.get("msgstr[0]"))
        ):
            self.refuse_line_ends(values)

    def refuse_line_ends(self, values: dict[str, str]) -> None:
        """Raise LeafletsError unless all texts begin with a line end, or none, and the same at their ends."""
        msgid = values["msgid"]
        for name, value in values.items():
            meant = _ends_like(msgid, value)
            if name not in ("msgctxt", "msgid") and value != meant:
                what = f"msgid and {name} do not both begin, or both end, with a new line (\\n)"
                mended = f"{name} {quote(meant)}" if len(self.own.texts[name]) == 1 else ""
                raise self.fail(
                    self.own.places[name], what, "put \\n there in both, or in neither", mended
                )

    def read(self, offset: int, line: str) -> None:
        if line.startswith(("#~|", "#|")):
            self.mark(offset, line.startswith("#~"))
            if self.own.last:
                raise self.fail(
                    offset,
                    "a previous text (#|) after the entry's own",
                    "move it up, above msgctxt and msgid",
                )
            self.keyword(offset, line.partition("|")[2].strip(SPACE), self.earlier)
        elif line.startswith("#~"):
            if mended := mend_flag(line):
                raise self.fail(offset, "the flag fuzzy behind #~", "", mended)
            if body := line[2:].strip(SPACE):
                self.mark(offset, True)
                self.keyword(offset, body, self.own)
        elif line.startswith("#"):
            self.comment(offset, line)
        elif line:
            self.mark(offset, False)
            self.keyword(offset, line, self.own)

    def mark(self, offset: int, obsolete: bool) -> None:
        self.obsolete = self.obsolete or obsolete
        if not obsolete:
            self.live.append(offset)

    def comment(self, offset: int, line: str) -> None:
        if self.own.last or self.earlier.last:
            raise self.fail(
                offset,
                "a comment inside an entry",
                "move this line up, above the entry's first line and above #|",
            )
        if self.lines[offset].endswith("\\"):
            hint = "take the backslash at its end away"
            raise self.fail(
                offset,
                "a comment ending in a backslash hides the next line from gettext",
                hint,
                line.rstrip("\\"),
            )
        if mended := mend_flag(line):
            raise self.fail(offset, "the flag fuzzy is misspelt", "write #, fuzzy", mended)
        kind = line[1:2].replace("=", ",")
        if kind in (".", ":", ","):
            self.notes[kind].append(line[2:].strip())
        else:
            self.notes[""].append(self.lines[offset])

    def keyword(self, offset: int, line: str, part: _Part) -> None:
        if not line:
            return
        if not line.startswith('"'):
            found = WORD.match(line)
            if not found or (part is self.earlier and found[1].startswith("msgstr")):
                hint = f"a line starts with #, with a quote, or with {', '.join(KEYWORDS)}: compare it with its neighbours"
                raise self.fail(
                    offset,
                    f"this line is not understood: {line[:40]!r}",
                    hint,
                    mend(self.lines[offset]),
                )
            if not part.begin(re.sub(rf"[{SPACE}]", "", found[1]), offset):
                if "msgid" not in part.texts and found[1] != "msgctxt":
                    raise self.fail(offset, f"an entry without msgid before its {found[1]}", LOST)
                what = f"{found[1]} stands here a second time or in the wrong place"
                raise self.fail(offset, what, "keep one, in the order msgctxt, msgid, msgstr")
            line = line[found.end() :]
        elif not part.last:
            raise self.fail(
                offset, "a text without msgid or msgstr before it", "put msgid or msgstr before it"
            )
        part.texts[part.last].append(self.string(offset, line))

    def string(self, offset: int, text: str) -> str:
        found = STRING.match(text)
        if not found:
            wrong = (
                "typographic quotes"
                if text[:1] in "“”„«»" and text
                else "the text is not between two straight quotes"
            )
            raise self.fail(
                offset,
                wrong,
                'write "…" around it, and \\" for a quote inside',
                mend(self.lines[offset]),
            )
        if SEPARATOR in text:
            raise self.fail(
                offset,
                "the invisible character U+0004 in a text",
                "delete it",
                self.lines[offset].replace(SEPARATOR, ""),
            )
        for code in ESCAPE.findall(found[1]) if "\\" in text else ():
            if code not in ESCAPES:
                hint = 'write \\\\ for a backslash, \\n for a new line, \\" for a quote'
                raise self.fail(
                    offset, f"\\{code} is not allowed here", hint, mend(self.lines[offset])
                )
        return ESCAPE.sub(lambda match: ESCAPES[match[1]], found[1]) if "\\" in text else found[1]


def _ends_like(msgid: str, text: str) -> str:
    """Return a text with a line end at its beginning and end where the msgid has one, and nowhere else there."""
    if (msgid[:1] == "\n") != (text[:1] == "\n"):
        text = "\n" + text if msgid[:1] == "\n" else text.lstrip("\n")
    if (msgid[-1:] == "\n") != (text[-1:] == "\n"):
        text = text + "\n" if msgid[-1:] == "\n" else text.rstrip("\n")
    return text


def _flags(line: str) -> list[str]:
    pieces = [piece for piece in re.split(r"\s*,\s*", line.strip()) if piece]
    return [
        flag
        for piece in pieces
        for flag in (
            piece.split() if FLAGS.fullmatch(piece) or "fuzzy" in piece.split() else [piece]
        )
    ]
