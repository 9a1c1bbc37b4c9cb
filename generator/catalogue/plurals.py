"""Plural rules of headers and format flags of entries, checked as GNU msgfmt does, for catalogues that other tools touched too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py

from generator.catalogue.entry import Entry

RULE = re.compile(r"nplurals=[ \t]*([0-9]{1,2})[ \t]*;[ \t]*plural=([^;\n]+);?[ \t]*")
NUMBERS = 1_001
"""How many numbers msgfmt tries a plural rule with."""
RARE = 5
"""A form used for so few numbers may spell the number as a word."""
MOST = 6
"""No language has more plural forms."""
PERCENT = re.compile(
    r"%(?:%|(?:\([^()%]*\)|[0-9]+\$)?[-+ #0']*(?:[0-9]+|\*)?(?:\.(?:[0-9]+|\*))?(?:hh|ll|[hlqLjzt])?(?:<[^<>%]*>|.|$))",
    re.DOTALL,
)
KINDS = {
    "percent": (
        PERCENT,
        "c objc python php perl ruby tcl awk lua elisp librep object-pascal gcc-internal gfc-internal java-printf boost javascript",
    ),
    "place": (
        re.compile(r"%(?:[0-9]+|L[0-9]+|.|$)", re.DOTALL),
        "qt qt-plural kde kde-kuit smalltalk ycp boost",
    ),
    "brace": (re.compile(r"\{\{|\}\}|\{[^{}]*\}|[{}]|'+"), "python-brace perl-brace csharp java"),
    "tilde": (re.compile(r"~[^a-zA-Z~]*(?:.|$)", re.DOTALL), "lisp scheme"),
    "dollar": (re.compile(r"\$(?:\{[^${}]*\}|\w+|.|$)", re.DOTALL), "sh"),
}
"""What counts as a part of a format, and in which formats."""
ESCAPED = ("%%", "{{", "}}", "'", "~~")


@dataclass(frozen=True)
class PluralRule:
    """A plural rule: how many forms, and for how many of the first numbers each is used."""

    count: int
    uses: Counter[int]


@lru_cache(64)
def plural_rule(text: str) -> PluralRule | None:
    """Return the rule of a Plural-Forms header; None if it cannot be used: bad syntax, forms without end, a form that is none.

    >>> plural_rule("nplurals=2; plural=(n > 1);").plural_count
    2
    >>> plural_rule("nplurals=2; plural=n;"), plural_rule("nplurals=20000000; plural=0;"), plural_rule("nplurals=7; plural=0;"), plural_rule("nplurals=2; plural=n%0;")
    (None, None, None, None)
    """
    found = RULE.fullmatch(text)
    if not found or not 0 < int(found[1]) <= MOST or len(found[2]) > 1000:
        return None
    try:
        choose = c2py(found[2])
        uses = Counter(choose(number) for number in range(NUMBERS))
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return PluralRule(int(found[1]), uses) if set(uses) <= set(range(int(found[1]))) else None


def plural_count(text: str) -> int:
    """Return how many forms the plural rule of a header has, 0 for a bad one."""
    found = plural_rule(text)
    return found.count if found else 0


def is_compiled(entry: Entry) -> bool:
    """Whether msgfmt compiles an entry, and so checks it: it looks for fuzzy in the last line of flags only, and in no line with #=."""
    marks = [
        line for line in (line.strip() for line in entry.lines) if line.startswith(("#,", "#!"))
    ]
    fuzzy = "fuzzy" in re.split(r"[\s,]+", marks[-1][2:]) if marks else False
    return not (entry.obsolete or fuzzy) and bool(entry.msgstr or any(entry.forms[:1]))


def broken_format(entry: Entry, plural: PluralRule | None = None) -> str:
    """Return the format flag that the texts of an entry break, "" for none.

    >>> broken_format(Entry("%d of %d", "%d", flags=("c-format",))), broken_format(Entry("%d", "un", flags=("no-c-format",)))
    ('c-format', '')
    """
    for flag in entry.flags:
        name = flag.removeprefix("possible-").removesuffix("-format")
        for pattern, names in KINDS.values():
            if (
                flag.endswith("-format")
                and name in names.split()
                and any(_differs(pattern, *pair) for pair in _pairs(entry, plural))
            ):
                return flag
    return ""


def _pairs(entry: Entry, plural: PluralRule | None) -> Iterator[tuple[str, str, bool]]:
    """Yield the texts to compare, and whether the second may leave everything out."""
    if not entry.plural:
        yield entry.msgid, entry.msgstr, False
    for index, text in enumerate(entry.forms):
        yield entry.msgid_plural, text, plural is not None and plural.uses[index] <= RARE


def _differs(pattern: re.Pattern[str], msgid: str, msgstr: str, free: bool) -> bool:
    one, two = (
        [part for part in pattern.findall(text) if part not in ESCAPED] for text in (msgid, msgstr)
    )
    if free and not two:
        return False
    named = all(re.match(r"%\(|%[0-9]+\$|%L?[0-9]|\{|\$", part) for part in one)
    return set(one) != set(two) if named else one != two
