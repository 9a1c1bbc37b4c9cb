"""Plural rules of headers and format flags of entries, checked as GNU msgfmt does.

Our own sentences have no plural forms; other programs that touch a catalogue may add some.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py

from generator.catalogue.entry import Entry

_RULE = re.compile(r"nplurals=[ \t]*([0-9]{1,2})[ \t]*;[ \t]*plural=([^;\n]+);?[ \t]*")
# How many numbers msgfmt tries a plural rule with.
_NUMBERS = 1_001
# A form used for so few numbers may spell the number as a word.
_RARE = 5

# No language has more plural forms.
MOST_FORMS = 6
_PERCENT = re.compile(
    r"%(?:%|(?:\([^()%]*\)|[0-9]+\$)?[-+ #0']*(?:[0-9]+|\*)?(?:\.(?:[0-9]+|\*))?"
    r"(?:hh|ll|[hlqLjzt])?(?:<[^<>%]*>|.|$))",
    re.DOTALL,
)
# What counts as a part of a format, and in which formats.
_KINDS = (
    (
        _PERCENT,
        "c objc python php perl ruby tcl awk lua elisp librep object-pascal gcc-internal "
        "gfc-internal java-printf boost javascript",
    ),
    (
        re.compile(r"%(?:[0-9]+|L[0-9]+|.|$)", re.DOTALL),
        "qt qt-plural kde kde-kuit smalltalk ycp boost",
    ),
    (re.compile(r"\{\{|\}\}|\{[^{}]*\}|[{}]|'+"), "python-brace perl-brace csharp java"),
    (re.compile(r"~[^a-zA-Z~]*(?:.|$)", re.DOTALL), "lisp scheme"),
    (re.compile(r"\$(?:\{[^${}]*\}|\w+|.|$)", re.DOTALL), "sh"),
)
_ESCAPED = ("%%", "{{", "}}", "'", "~~")


@dataclass(frozen=True)
class PluralRule:
    """A plural rule: how many forms, and for how many of the first numbers each is used."""

    count: int
    uses: Counter[int]


@lru_cache(64)
def plural_rule(text: str) -> PluralRule | None:
    """Return the rule of a Plural-Forms header, None if it cannot be used.

    That is bad syntax, too many forms, or a number whose form there is not.

    >>> plural_rule("nplurals=2; plural=(n > 1);").count
    2
    >>> plural_rule("nplurals=2; plural=n;"), plural_rule("nplurals=20000000; plural=0;")
    (None, None)
    >>> plural_rule("nplurals=7; plural=0;"), plural_rule("nplurals=2; plural=n%0;")
    (None, None)
    """
    found = _RULE.fullmatch(text)
    if not found or not 0 < int(found[1]) <= MOST_FORMS or len(found[2]) > 1000:
        return None
    try:
        choose = c2py(found[2])
        uses = Counter(choose(number) for number in range(_NUMBERS))
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return PluralRule(int(found[1]), uses) if set(uses) <= set(range(int(found[1]))) else None


def plural_count(text: str) -> int:
    """Return how many forms the plural rule of a header has, 0 for a bad one."""
    found = plural_rule(text)
    return found.count if found else 0


def is_compiled(entry: Entry) -> bool:
    """Whether msgfmt compiles an entry, and so checks it.

    It looks for fuzzy in the last line of flags only, and in no line with `#=`.
    """
    lines = [line.strip() for line in entry.lines]
    flags = [line for line in lines if line.startswith(("#,", "#!"))]
    fuzzy = bool(flags) and "fuzzy" in re.split(r"[\s,]+", flags[-1][2:])
    return not (entry.obsolete or fuzzy) and bool(entry.msgstr or any(entry.forms[:1]))


def broken_format(entry: Entry, plural: PluralRule | None = None) -> str:
    """Return the format flag that the texts of an entry break, "" for none.

    >>> broken_format(Entry("%d of %d", "%d", flags=("c-format",)))
    'c-format'
    >>> broken_format(Entry("%d", "un", flags=("no-c-format",)))
    ''
    """
    for flag in entry.flags:
        name = flag.removeprefix("possible-").removesuffix("-format")
        for pattern, names in _KINDS:
            fits = flag.endswith("-format") and name in names.split()
            if fits and any(_differs(pattern, *pair) for pair in _pairs(entry, plural)):
                return flag
    return ""


def _pairs(entry: Entry, plural: PluralRule | None) -> Iterator[tuple[str, str, bool]]:
    """Yield the texts to compare, and whether the second may leave everything out."""
    if not entry.plural:
        yield entry.msgid, entry.msgstr, False
    for index, text in enumerate(entry.forms):
        yield entry.msgid_plural, text, plural is not None and plural.uses[index] <= _RARE


def _differs(pattern: re.Pattern[str], msgid: str, msgstr: str, free: bool) -> bool:
    one, two = (
        [part for part in pattern.findall(text) if part not in _ESCAPED] for text in (msgid, msgstr)
    )
    if free and not two:
        return False
    named = all(re.match(r"%\(|%[0-9]+\$|%L?[0-9]|\{|\$", part) for part in one)
    return set(one) != set(two) if named else one != two
