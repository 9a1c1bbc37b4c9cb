"""How alike two texts are, and where they differ: for people to look at, never to choose a translation by."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from generator.base.message_text import MARKUP_PART

LEAST = 0.6
"""Share of words in common from which two English sentences are shown side by side."""
FEWEST = 4
"""Words of a sentence for which likeness says anything."""
PIECE = re.compile(rf"{MARKUP_PART.pattern}|\s+|.", re.DOTALL)
RUN = re.compile(rf"{MARKUP_PART.pattern}|\s+|(?:(?!{MARKUP_PART.pattern})\S)+")


def word_similarity(one: str, other: str) -> float:
    """Return the share of words that two sentences have in common and in the same order, 0 for short ones.

    >>> word_similarity("Call us between nine and ten.", "Call us between nine and six.") > LEAST
    True
    """
    words, others = one.lower().split(), other.lower().split()
    if min(len(words), len(others)) < FEWEST:
        return 0.0
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    return (
        matcher.ratio()
        if matcher.real_quick_ratio() >= LEAST and matcher.quick_ratio() >= LEAST
        else 0.0
    )


def text_diff(old: str, new: str, spaced: bool) -> list[tuple[str, str]]:
    """Return a text as runs: ("=", kept), ("-", gone) and ("+", new), in reading order; joined, they are the two texts.

    Whole words are compared, or single letters where words are not parted by spaces; placeholders and tags stay whole.

    >>> text_diff("请今天来。", "请明天来。", spaced=False)
    [('=', '请'), ('-', '今'), ('+', '明'), ('=', '天来。')]
    """
    cut = RUN if spaced else PIECE
    before, after = ([match[0] for match in cut.finditer(text)] for text in (old, new))
    runs: list[tuple[str, str]] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        sides = (
            (("=", before[i1:i2]),)
            if what == "equal"
            else (("-", before[i1:i2]), ("+", after[j1:j2]))
        )
        runs += [(mark, "".join(parts)) for mark, parts in sides if parts]
    return runs
