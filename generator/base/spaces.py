"""White space as it is set: one space between words, whatever a keyboard, a spreadsheet or a web page left there."""

from __future__ import annotations

import re

NO_BREAK = "\u00a0\u2007\u202f"
"""Spaces at which no line ends; typography puts them before marks and inside numbers."""
WIDE_SPACE = "\u3000"
"""The space of scripts that write no spaces between words."""
SPACES = f" \t\n\r\f\u1680\u2000-\u2006\u2008-\u200a\u205f{WIDE_SPACE}{NO_BREAK}"
"""What is set as a space, for a class of a regular expression; other control characters are errors."""
RUN = re.compile(f"[{SPACES}]+")
STRETCH = re.compile(rf"[^{SPACES.replace(NO_BREAK, '')}]{{41,}}")
"""More letters than one line holds of a narrow sheet, with no place to end it but no-break spaces."""
BESIDE = re.compile(r"[:;!?»›%)]")
OPENED = "«‹("
EDGES = re.compile(rf"\A[{SPACES}]+|[{SPACES}]+\Z")
TAG_EDGES = (
    (re.compile(r" ((?:</(?:b|em)>)+) "), r"\1 "),
    (re.compile(r" ((?:<(?:b|em)>)+) "), r" \1"),
)
"""Two spaces with a tag between them: the one outside stays."""


def collapse_spaces(text: str, spaced: bool = True) -> str:
    r"""Return a text with single spaces between its words and none at its ends; `spaced` tells whether the language writes spaces.

    A single no-break space stays where a line can still end, a wide one where words have no spaces between them.

    >>> collapse_spaces(" Venez\u00a0!\n  Vite\t"), collapse_spaces("Venez \u00a0! Vite\u00a0 ici")
    ('Venez\xa0! Vite', 'Venez\xa0! Vite ici')
    """
    words = RUN.sub(lambda match: _one(match, spaced), EDGES.sub("", text))
    for pattern, kept in TAG_EDGES:
        words = pattern.sub(kept, words)
    return (
        STRETCH.sub(lambda match: re.sub(f"[{NO_BREAK}]", " ", match[0]), words)
        if spaced
        else words
    )


def _one(match: re.Match[str], spaced: bool) -> str:
    """Return the space that a run of white space is set as."""
    run, text = match[0], match.string
    if set(run) == {WIDE_SPACE}:
        return " " if spaced else WIDE_SPACE
    kept = [char for char in run if char in NO_BREAK]
    beside = BESIDE.match(text, match.end()) or text[match.start() - 1] in OPENED
    return kept[0] if kept and (len(kept) == len(run) or beside) else " "


def unbreakable_stretch(text: str) -> str:
    """Return the first stretch that no-break spaces make too long for a line, "" if there is none."""
    return next(
        (
            match[0]
            for match in STRETCH.finditer(text)
            if any(char in NO_BREAK for char in match[0])
        ),
        "",
    )
