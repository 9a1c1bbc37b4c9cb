"""The lines of one entry of a PO file, each understood or refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from generator.catalogue.entry import ESCAPE, ESCAPES, KEYWORD, KEYWORDS, SPACE, STRING, Entry
from generator.problem import LeafletsError, refusal

# Longest text of an entry, in code points.
_LONGEST_TEXT = 20_000
# Flags with a space between them instead of a comma, which GNU reads too.
_SPACED_FLAGS = re.compile(
    r"(?:fuzzy|(?:no-)?wrap|[a-z-]+-format)(?:\s+(?:fuzzy|(?:no-)?wrap|[a-z-]+-format))+"
)
_LONE_FLAG = re.compile(r"[#,=\s.:;!~|*-]*([\w-]+)[\s,.;]*")
_LOST = "get the lost lines back from git or a backup"
# The keywords after which a keyword may stand.
_AFTER = {
    "msgctxt": ("",),
    "msgid": ("", "msgctxt"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid",),
}
# What gettext puts between msgctxt and msgid.
_SEPARATOR = "\x04"


class _Keywords:
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
        if name in self.texts or self.last not in ((after,) if index else _AFTER[name]):
            return False
        self.last = name
        self.texts[name] = []
        self.places[name] = offset
        return True

    def values(self) -> dict[str, str]:
        """Return the texts by keyword."""
        return {name: "".join(strings) for name, strings in self.texts.items()}


class EntryReader:
    """Reads the lines of one entry, the first of which has the number `number` in its file."""

    def __init__(self, number: int, lines: list[str]) -> None:
        self.number, self.lines = number, lines
        self.own, self.previous = _Keywords(), _Keywords()
        self.comments: dict[str, list[str]] = {"": [], ".": [], ":": [], ",": []}
        self.live: list[int] = []
        self.obsolete = False

    def entry(self) -> Entry:
        """Return the entry, or raise LeafletsError."""
        for offset, line in enumerate(self.lines):
            self._read_line(offset, line.strip(SPACE))
        lines = tuple(self.lines)
        if not self.own.last and not self.previous.last:
            return Entry(
                "", obsolete=True, comments=lines, plural=True, line=self.number, lines=lines
            )

        self._refuse_half_obsolete()
        self._refuse_missing_keywords()
        values = self.own.values()
        self._refuse_bad_texts(values)
        return Entry(
            msgid=values["msgid"],
            msgstr=values.get("msgstr", ""),
            msgctxt=values.get("msgctxt", ""),
            comments=tuple(self.comments[""]),
            extracted=tuple(self.comments["."]),
            references=tuple(self.comments[":"]),
            flags=tuple(flag for line in self.comments[","] for flag in _flags(line)),
            previous=self.previous.values().get("msgid", ""),
            obsolete=self.obsolete,
            plural="msgid_plural" in values,
            msgid_plural=values.get("msgid_plural", ""),
            forms=tuple(text for name, text in values.items() if name.startswith("msgstr[")),
            line=self.number,
            lines=lines,
        )

    def _error(self, offset: int, what: str, hint: str) -> LeafletsError:
        return refusal("po-syntax", what, f":{self.number + offset}", hint)

    def _refuse_half_obsolete(self) -> None:
        if self.obsolete and self.live:
            what = "a part of this entry is obsolete (#~) and a part is not"
            raise self._error(self.live[0], what, "take #~ away everywhere, or put it everywhere")

    def _refuse_missing_keywords(self) -> None:
        end = len(self.lines) - 1
        previous = self.previous
        if previous.last and not self.own.last:
            hint = "delete the empty line after it, or the lines with #|"
            raise self._error(end, "a previous text (#|) without an entry", hint)
        if previous.last and "msgid" not in previous.texts:
            what = "a previous context without its msgid"
            raise self._error(previous.places[previous.last], what, "delete this line")
        for needed in ("msgid", "msgstr[0]" if "msgid_plural" in self.own.texts else "msgstr"):
            if needed not in self.own.texts:
                raise self._error(end, f"an entry without {needed}", _LOST)

    def _refuse_bad_texts(self, values: dict[str, str]) -> None:
        for name, value in values.items():
            if len(value) > _LONGEST_TEXT:
                what = f"{len(value)} characters in one text, at most {_LONGEST_TEXT}"
                raise self._error(self.own.places[name], what, "split the sentence in the leaflet")
        if values.get("msgctxt") == "" and not values["msgid"]:
            place = self.own.places["msgctxt"]
            raise self._error(place, "the header has a msgctxt", "delete this line")
        translated = values.get("msgstr") or values.get("msgstr[0]")
        if not self.obsolete and values["msgid"] and translated:
            self._refuse_other_line_ends(values)

    def _refuse_other_line_ends(self, values: dict[str, str]) -> None:
        """Raise LeafletsError unless all texts begin with a line end, or none, and end alike."""
        msgid = values["msgid"]
        for name, value in values.items():
            alike = _line_ends(msgid) == _line_ends(value)
            if name not in ("msgctxt", "msgid") and not alike:
                what = f"msgid and {name} do not both begin, or both end, with a new line (\\n)"
                hint = "put \\n there in both, or in neither"
                raise self._error(self.own.places[name], what, hint)

    def _read_line(self, offset: int, line: str) -> None:
        if line.startswith(("#~|", "#|")):
            self._mark(offset, line.startswith("#~"))
            if self.own.last:
                what = "a previous text (#|) after the entry's own"
                raise self._error(offset, what, "move it up, above msgctxt and msgid")
            self._read_keyword(offset, line.partition("|")[2].strip(SPACE), self.previous)
        elif line.startswith("#~"):
            if _means_fuzzy(line):
                raise self._error(offset, "the flag fuzzy behind #~", "write #, fuzzy")
            if body := line[2:].strip(SPACE):
                self._mark(offset, True)
                self._read_keyword(offset, body, self.own)
        elif line.startswith("#"):
            self._read_comment(offset, line)
        elif line:
            self._mark(offset, False)
            self._read_keyword(offset, line, self.own)

    def _mark(self, offset: int, obsolete: bool) -> None:
        self.obsolete = self.obsolete or obsolete
        if not obsolete:
            self.live.append(offset)

    def _read_comment(self, offset: int, line: str) -> None:
        if self.own.last or self.previous.last:
            hint = "move this line up, above the entry's first line and above #|"
            raise self._error(offset, "a comment inside an entry", hint)
        if self.lines[offset].endswith("\\"):
            what = "a comment ending in a backslash hides the next line from gettext"
            raise self._error(offset, what, "delete the backslash at its end")
        if _means_fuzzy(line):
            raise self._error(offset, "the flag fuzzy is misspelt", "write #, fuzzy")
        kind = line[1:2].replace("=", ",")
        if kind in (".", ":", ","):
            self.comments[kind].append(line[2:].strip())
        else:
            self.comments[""].append(self.lines[offset])

    def _read_keyword(self, offset: int, line: str, part: _Keywords) -> None:
        if not line:
            return
        if not line.startswith('"'):
            line = self._begin_keyword(offset, line, part)
        elif not part.last:
            what = "a text without msgid or msgstr before it"
            raise self._error(offset, what, "put msgid or msgstr before it")
        part.texts[part.last].append(self._string(offset, line))

    def _begin_keyword(self, offset: int, line: str, part: _Keywords) -> str:
        """Begin the keyword of a line; return what follows it."""
        found = KEYWORD.match(line)
        if not found or (part is self.previous and found[1].startswith("msgstr")):
            starts = f"a line starts with #, with a quote, or with {', '.join(KEYWORDS)}"
            hint = f"{starts}: compare it with its neighbours"
            raise self._error(offset, f"this line is not understood: {line[:40]!r}", hint)
        if not part.begin(re.sub(rf"[{SPACE}]", "", found[1]), offset):
            if "msgid" not in part.texts and found[1] != "msgctxt":
                raise self._error(offset, f"an entry without msgid before its {found[1]}", _LOST)
            what = f"{found[1]} stands here a second time or in the wrong place"
            raise self._error(offset, what, "keep one, in the order msgctxt, msgid, msgstr")
        return line[found.end() :]

    def _string(self, offset: int, text: str) -> str:
        """Return what stands between the quotes of a line."""
        found = STRING.match(text)
        if not found:
            typographic = bool(text) and text[0] in "“”„«»"
            wrong = "the text is not between two straight quotes"
            what = "typographic quotes" if typographic else wrong
            raise self._error(offset, what, 'write "…" around it, and \\" for a quote inside')
        if _SEPARATOR in text:
            what = "the invisible character U+0004 in a text"
            raise self._error(offset, what, "delete it and type the text again")
        if "\\" not in text:
            return found[1]
        for code in ESCAPE.findall(found[1]):
            if code not in ESCAPES:
                hint = 'write \\\\ for a backslash, \\n for a new line, \\" for a quote'
                raise self._error(offset, f"\\{code} is not allowed here", hint)
        return ESCAPE.sub(lambda match: ESCAPES[match[1]], found[1])


def _line_ends(text: str) -> tuple[bool, bool]:
    return text.startswith("\n"), text.endswith("\n")


def _flags(line: str) -> Iterator[str]:
    for piece in filter(None, re.split(r"\s*,\s*", line.strip())):
        apart = _SPACED_FLAGS.fullmatch(piece) or "fuzzy" in piece.split()
        yield from piece.split() if apart else [piece]


def _means_fuzzy(line: str) -> bool:
    """Tell whether somebody meant the flag fuzzy and wrote it so that gettext reads no flag.

    Read as a plain comment, it would turn a text that needs work into a finished one.

    >>> _means_fuzzy("#, fuzy"), _means_fuzzy("# fuzzy"), _means_fuzzy("#,no-wrap, Fuzzy")
    (True, True, True)
    >>> _means_fuzzy("#,fuzzy,"), _means_fuzzy("# fuzzy words")
    (False, False)
    """
    if line.startswith(("#,", "#=")):
        flags = [flag for flag in re.split(r"[\s,]+", line[2:]) if flag != "fuzzy"]
        return any(get_close_matches(flag.lower(), ["fuzzy"], cutoff=0.8) for flag in flags)
    found = _LONE_FLAG.fullmatch(line) if len(line) < 40 else None
    return found is not None and found[1].lower() == "fuzzy"
