"""Check that every page tells its state, and says nothing that nobody wrote for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.campaign.sheets import Sheet
from generator.layout.expected import Expected
from generator.problem import Problem
from generator.proof.glyphs import DrawnWord, Shaper
from generator.proof.surplus import ExplainedWords, PageWords, ways_to_set

_STATE_HINT = (
    "look at the foot and the band of the page;"
    " a theme must print them as templates/themes/community does"
)


def mark_problems(
    pages: Sequence[Sequence[DrawnWord]], sheet: Sheet, expected: Expected, shaper: Shaper
) -> Iterator[Problem]:
    """Yield what the pages do not say of their state, and what nobody wrote for them."""
    explained = ExplainedWords(_allowed_texts(len(pages), sheet, expected, shaper))
    words = explained.words(pages)
    yield from _state_problems(words, sheet, expected, shaper)
    yield from surplus_problems(explained, words)


def surplus_problems(explained: ExplainedWords, words: PageWords) -> Iterator[Problem]:
    """Yield a problem for words and numbers that no text of the edition explains."""
    if left := [*map(explained.read, words.strange), *explained.often(words)]:
        yield Problem(
            "proof-surplus",
            f"nobody wrote this for the page, or not so often: {' · '.join(left[:8])}",
            hint="look at the page: what it says must come from the leaflet, the facts"
            " or the theme's words, not from the template",
        )
    if words.torn:
        yield Problem(
            "proof-torn",
            f"torn over two lines: {' · '.join(words.torn[:8])}",
            hint="use a shorter word, or a larger sheet;"
            " a theme must give words room, as templates/themes/community does",
        )


def _allowed_texts(
    count: int, sheet: Sheet, expected: Expected, shaper: Shaper
) -> Iterator[tuple[Shaper, str, int]]:
    """Yield all that may stand on the pages, and how often."""
    yield from ((shaper, text, 1) for text in (*expected.pieces, *expected.beside))
    yield from ((shaper, mark.text, len(_whole_pages(count, sheet))) for mark in expected.marks)
    yield shaper, expected.stamp, count
    if expected.numbered:
        yield from ((shaper, f"{number} {count}", 1) for number in range(1, count + 1))


def _whole_pages(count: int, sheet: Sheet) -> list[int]:
    """Return the pages that carry band and foot, counted from 0: all but a strip to tear off."""
    return [number for number in range(count) if not (sheet.tab and number + 1 == sheet.pages)]


def _state_problems(
    words: PageWords, sheet: Sheet, expected: Expected, shaper: Shaper
) -> Iterator[Problem]:
    """Yield a problem for each line of its state that a page lacks.

    The leaflet's own sentences may hold the same words: all pages together must have enough of them
    for the lines and for the sentences.
    """
    whole, least = _whole_pages(len(words.pages), sheet), Counter[str]()
    for mark in (mark for mark in expected.marks if mark.must):
        ways = [Counter(place.word for place in way) for way in ways_to_set(shaper, mark.text)]
        wanted = min(ways, key=lambda way: (way - words.pages[0]).total())
        least.update({word: times * len(whole) for word, times in wanted.items()})
        for number in whole:
            if wanted - words.pages[number]:
                yield Problem(
                    "proof-state",
                    f"page {number + 1} does not say {mark.text!r}",
                    hint=_STATE_HINT,
                )

    in_sentences = (word for piece in expected.pieces for _, word, _ in shaper.expected(piece))
    least.update(word for word in in_sentences if word in least)
    if short := least - sum(words.pages, Counter[str]()):
        yield Problem(
            "proof-state",
            f"the pages do not say often enough: {' · '.join(list(short)[:5])}",
            hint=_STATE_HINT,
        )
