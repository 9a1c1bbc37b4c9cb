"""Look for what every page must say of its state, in the band and at the foot, and for whatever nobody wrote for the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.campaign.sheets import Sheet
from generator.layout.expected import Expected
from generator.layout.state_in_words import PageMark
from generator.problem import Problem
from generator.proof.glyphs import DrawnWord, Shaper
from generator.proof.surplus import ExplainedWords, PageWords, ways_to_set

_STATE_HINT = "look at the foot and the band of the page; a theme must print them as templates/themes/community does"
_SURPLUS_HINT = "look at the page: what it says must come from the leaflet, the facts or the theme's words, not from the template"


def mark_problems(
    pages: Sequence[Sequence[DrawnWord]], sheet: Sheet, expected: Expected, shaper: Shaper
) -> Iterator[Problem]:
    """Yield what the words of the pages do not say of their state, and what nobody wrote for them."""
    explained = ExplainedWords(_texts(len(pages), sheet, expected, shaper))
    words = explained.words(pages)
    yield from _unsaid(words, sheet, expected, shaper)
    yield from surplus_problems(explained, words)


def surplus_problems(explained: ExplainedWords, words: PageWords) -> Iterator[Problem]:
    """Yield a problem for words and numbers that no text of the edition explains."""
    if left := [*map(explained.read, words.strange), *explained.often(words)]:
        yield Problem(
            "proof-surplus",
            f"nobody wrote this for the page, or not so often: {' · '.join(left[:8])}",
            hint=_SURPLUS_HINT,
        )
    if words.torn:
        hint = "use a shorter word, or a larger sheet; a theme must give words room, as templates/themes/community does"
        yield Problem("proof-torn", f"torn over two lines: {' · '.join(words.torn[:8])}", hint=hint)


def _texts(
    count: int, sheet: Sheet, expected: Expected, shaper: Shaper
) -> Iterator[tuple[Shaper, str, int]]:
    """Yield all that may stand on the pages, and how often."""
    yield from ((shaper, text, 1) for text in (*expected.pieces, *expected.beside))
    yield from ((shaper, mark.text, len(_whole(count, sheet))) for mark in expected.marks)
    yield shaper, expected.stamp, count
    if expected.numbered:
        yield from ((shaper, f"{number} {count}", 1) for number in range(1, count + 1))


def _whole(count: int, sheet: Sheet) -> list[int]:
    """Return the pages that carry band and foot, counted from 0: all but a strip to tear off."""
    return [number for number in range(count) if not (sheet.tab and number + 1 == sheet.pages)]


def _unsaid(
    words: PageWords, sheet: Sheet, expected: Expected, shaper: Shaper
) -> Iterator[Problem]:
    """Yield a problem for each line that a page lacks, and for words of these lines that stand somewhere else in their place."""
    whole, least = _whole(len(words.pages), sheet), Counter[str]()
    for mark in (mark for mark in expected.marks if mark.must):
        said = _said(mark, words.pages[0], shaper)
        least.update({word: times * len(whole) for word, times in said.items()})
        for number in whole:
            if said - words.pages[number]:
                yield Problem(
                    "proof-state", f"page {number + 1} does not say {mark.text!r}", hint=_STATE_HINT
                )
    least.update(
        word for piece in expected.pieces for _, word, _ in shaper.expected(piece) if word in least
    )
    if short := least - sum(words.pages, Counter[str]()):
        yield Problem(
            "proof-state",
            f"the pages do not say often enough: {' · '.join(list(short)[:5])}",
            hint=_STATE_HINT,
        )


def _said(mark: PageMark, page: Counter[str], shaper: Shaper) -> Counter[str]:
    """Return the words of a line in the way it is set on a page."""
    found = [Counter(word for word, _ in way) for way in ways_to_set(shaper, mark.text)]
    return min(found, key=lambda words: (words - page).total())
