"""How alike two texts are, and where they differ.

For people to look at: no translation is ever chosen by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from generator.base.message_text import MARKUP_PART

# Share of words in common from which two English sentences are shown side by side.
LEAST_SIMILAR = 0.6
# Words of a sentence for which likeness says anything.
_FEWEST_WORDS = 4
_LETTERS = re.compile(rf"{MARKUP_PART.pattern}|\s+|.", re.DOTALL)
_WORDS = re.compile(rf"{MARKUP_PART.pattern}|\s+|(?:(?!{MARKUP_PART.pattern})\S)+")


def word_similarity(one: str, other: str) -> float:
    """Return the share of words that two sentences have in the same order, 0 for short ones.

    >>> round(word_similarity("Call us between nine and ten.", "Call us between nine and six."), 2)
    0.83
    """
    words, others = one.lower().split(), other.lower().split()
    if min(len(words), len(others)) < _FEWEST_WORDS:
        return 0.0
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    # Both bounds are far cheaper than the ratio, and most pairs of sentences fail them.
    promising = (
        matcher.real_quick_ratio() >= LEAST_SIMILAR and matcher.quick_ratio() >= LEAST_SIMILAR
    )
    return matcher.ratio() if promising else 0.0


def text_diff(old: str, new: str, spaced: bool) -> list[tuple[str, str]]:
    """Return a text as runs, in reading order: ("=", kept), ("-", gone) and ("+", new).

    Whole words are compared, or single letters where no spaces part the words; placeholders and
    tags stay whole. Joined, the runs are the two texts.

    >>> text_diff("请今天来。", "请明天来。", spaced=False)
    [('=', '请'), ('-', '今'), ('+', '明'), ('=', '天来。')]
    """
    piece = _WORDS if spaced else _LETTERS
    before, after = ([match[0] for match in piece.finditer(text)] for text in (old, new))
    return diff_runs(before, after, "")


def diff_runs(before: Sequence[str], after: Sequence[str], joint: str) -> list[tuple[str, str]]:
    """Return the runs of a diff: ("=", kept), ("-", gone) and ("+", new), in reading order."""
    runs: list[tuple[str, str]] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        kept = (("=", before[i1:i2]),)
        sides = kept if what == "equal" else (("-", before[i1:i2]), ("+", after[j1:j2]))
        runs += [(mark, joint.join(parts)) for mark, parts in sides if parts]
    return runs
