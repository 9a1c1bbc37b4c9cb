"""White space as it is set: one space between words, whatever a keyboard or web page left."""

from __future__ import annotations

import re

# Spaces at which no line ends; typography puts them before marks and inside numbers.
_NO_BREAK = "\u00a0\u2007\u202f"

# The space of scripts that write no spaces between words.
WIDE_SPACE = "\u3000"

# What is set as a space, for a class of a regular expression; other controls are errors.
SPACES = f" \t\n\r\f\u1680\u2000-\u2006\u2008-\u200a\u205f{WIDE_SPACE}{_NO_BREAK}"
_RUN = re.compile(f"[{SPACES}]+")
# More letters than a line of a narrow sheet holds, with none but no-break spaces.
_STRETCH = re.compile(rf"[^{SPACES.replace(_NO_BREAK, '')}]{{41,}}")
_BESIDE = re.compile(r"[:;!?»›%)]")
_OPENED = "«‹("
_EDGES = re.compile(rf"\A[{SPACES}]+|[{SPACES}]+\Z")
# Two spaces with a tag between them: the one outside stays.
_TAG_EDGES = (
    (re.compile(r" ((?:</(?:b|em)>)+) "), r"\1 "),
    (re.compile(r" ((?:<(?:b|em)>)+) "), r" \1"),
)


def collapse_spaces(text: str, spaced: bool = True) -> str:
    r"""Return a text with single spaces between its words and none at its ends.

    A single no-break space stays where a line can still end, a wide one where the language writes
    no spaces between words (`spaced` tells).

    >>> collapse_spaces(" Venez\u00a0!\n  Vite\t"), collapse_spaces("Venez \u00a0! Vite\u00a0 ici")
    ('Venez\xa0! Vite', 'Venez\xa0! Vite ici')
    """
    words = _RUN.sub(lambda match: _set_space(match, spaced), _EDGES.sub("", text))
    for pattern, kept in _TAG_EDGES:
        words = pattern.sub(kept, words)
    if not spaced:
        return words
    return _STRETCH.sub(lambda match: re.sub(f"[{_NO_BREAK}]", " ", match[0]), words)


def _set_space(match: re.Match[str], spaced: bool) -> str:
    """Return the space that a run of white space is set as."""
    run, text = match[0], match.string
    if set(run) == {WIDE_SPACE}:
        return " " if spaced else WIDE_SPACE
    kept = [char for char in run if char in _NO_BREAK]
    beside = _BESIDE.match(text, match.end()) or text[match.start() - 1] in _OPENED
    return kept[0] if kept and (len(kept) == len(run) or beside) else " "


def unbreakable_stretch(text: str) -> str:
    """Return the first stretch that no-break spaces make too long for a line, "" for none."""
    stretches = (match[0] for match in _STRETCH.finditer(text))
    return next((stretch for stretch in stretches if set(stretch) & set(_NO_BREAK)), "")
