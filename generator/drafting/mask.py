r"""Masks stand for what a machine must not change while it translates.

That is placeholders, tags, numbers and names. A machine may lose, double, bend or move a mask.
`unmask_text` gives back a text with every protected span exactly once, or none at all. Whether tags
nest and the words are right is for the caller to check.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from unicodedata import decimal

_SPACE = "[ \u00a0\u202f]"
_HOST = r"\w[\w-]*(?:\.\w[\w-]*)*"

# The rest of a link; the punctuation of the sentence does not belong to it.
_LINK_REST = r"[^\s<>{}\"“”«»]*[^\s<>{}\"“”«».,;:!?()\[\]…]"

# What is protected; the first that fits counts.
#
# The campaign fills in "name". A number takes every digit that is left.
_PROTECTED = {
    "tag": r"</?[A-Za-z][^<>]*>",
    "entity": r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});",
    "placeholder": r"\{\{[^{}]*\}\}|\$?\{[^{}]*\}",
    "named printf": r"%\(\w+\)[-#0+]{0,3}\d{0,3}(?:\.\d{0,3})?[A-Za-z]",
    "printf": r"%(?:\d{1,3}\$)?[-#0+]{0,3}\d{0,3}(?:\.\d{0,3})?[sdiufFeEgGxXocr](?![^\W\d_])|%%",
    "link": rf"(?:[Hh][Tt][Tt][Pp][Ss]?://|(?<!\w)[Ww]{{3}}\.){_LINK_REST}",
    "e-mail": rf"(?<![\w.+-])[\w.+-]+@{_HOST}\.\w[\w-]*",
    "domain": rf"(?<![\w.@-]){_HOST}\.(?:org|com|net|info|uk)(?![\w-])(?:/{_LINK_REST})?",
    "name": "",
    "number": rf"(?:\(\+?\d{{1,6}}\){_SPACE}?(?=\d))?\+?\d+"
    rf"(?:(?:[.,/:\u2010-\u2013-]|{_SPACE}(?:[\u2013-]{_SPACE})?|{_SPACE}?\(0\){_SPACE}?)\d+)*",
}
_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True)
class ProtectedSpan:
    """A stretch of a text that is never translated, and where it stands."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class MaskStyle:
    """A way to write masks: the signs around the number, and how a machine may write the same."""

    before: str
    after: str
    shape: re.Pattern[str]
    """A mask as it may come back; its one group is the number."""
    broken: re.Pattern[str]
    """What is left of a mask that a machine broke."""

    def mask(self, number: int) -> str:
        """Return the mask with a number."""
        return f"{self.before}{number}{self.after}"

    @property
    def name(self) -> str:
        """The first mask of this style, by which people know it."""
        return self.mask(0)


# In the order in which to try them.
#
# Models differ in what they keep, and an underscore is what they keep least.
MASK_STYLES = (
    MaskStyle(
        "X", "", re.compile(r"X(\d+)", re.IGNORECASE), re.compile(r"(?<!\w)X\s+\d", re.IGNORECASE)
    ),
    MaskStyle("[", "]", re.compile(r"\[\s*(\d+)\s*\]"), re.compile(r"\[\s*\d|\d\s*\]")),
    MaskStyle(
        "Q", "Q", re.compile(r"Q(\d+)Q", re.IGNORECASE), re.compile(r"Q\s*\d|\d\s*Q", re.IGNORECASE)
    ),
)


@dataclass(frozen=True)
class MaskedText:
    """A text with masks in place of its spans; mask n stands for span n."""

    text: str
    spans: tuple[ProtectedSpan, ...]
    style: MaskStyle


@dataclass(frozen=True)
class TextSegment:
    """A stretch of a text, protected or not."""

    text: str
    protected: bool

    @property
    def wanted(self) -> bool:
        """Whether it has words to translate."""
        return not self.protected and bool(_WORD.search(self.text))


class MaskError(Exception):
    """A translation does not hold every protected part exactly once; `reasons` say which."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(self.reasons)

    def __str__(self) -> str:
        """Return the reasons as one line."""
        return "; ".join(self.reasons)


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
    kinds = {**_PROTECTED, "name": rf"(?<!\w)(?:{known})(?!\w)" if known else ""}
    return re.compile("|".join(kind for kind in kinds.values() if kind))


def protected_spans(text: str, names: tuple[str, ...]) -> list[ProtectedSpan]:
    """Return what is protected in a text, in order; nothing overlaps, and no digit stands outside.

    >>> text = "<b>Free:</b> call {line} or the NHS, 24/7."
    >>> [span.text for span in protected_spans(text, ("NHS",))]
    ['<b>', '</b>', '{line}', 'NHS', '24/7']
    """
    return [
        ProtectedSpan(found.start(), found.end(), found[0])
        for found in _pattern(names).finditer(text)
    ]


def usable_styles(text: str) -> list[MaskStyle]:
    """Return the styles that cannot be mistaken for a part of the text, in the order to try them.

    >>> [style.name for style in usable_styles("Take bus x5.")]
    ['[0]', 'Q0Q']
    """
    return [style for style in MASK_STYLES if not style.shape.search(text)]


def mask_text(text: str, names: tuple[str, ...], style: MaskStyle) -> MaskedText:
    """Return the text with a mask for each protected span.

    >>> mask_text("Call {line}, it is <b>free</b>.", (), MASK_STYLES[0]).text
    'Call X0, it is X1freeX2.'
    """
    found = protected_spans(text, names)
    starts = [0, *(span.end for span in found)]
    ends = [*(span.start for span in found), len(text)]
    masks = [*(style.mask(number) for number in range(len(found))), ""]
    parts = (text[start:end] + sign for start, end, sign in zip(starts, ends, masks, strict=True))
    return MaskedText("".join(parts), tuple(found), style)


def unmask_text(translation: str, masked: MaskedText) -> str:
    """Return a translation with the spans in place of their masks, wherever the machine moved them.

    Other case, other digits, spaces inside brackets and letters that touch a mask are accepted.
    Raises MaskError if a mask is lost, doubled, invented or broken, or if a digit or a sign of the
    style came to touch one.

    >>> masked = mask_text("<b>Free:</b> call {line}.", (), MASK_STYLES[0])
    >>> unmask_text("X0Gratis:x1 bel X2.", masked)
    '<b>Gratis:</b> bel {line}.'
    """
    pieces = masked.style.shape.split(translation)
    texts, numbers = pieces[::2], [_ascii_digits(number) for number in pieces[1::2]]
    if reasons := (*_count_problems(numbers, masked), *_touch_problems(texts, masked)):
        raise MaskError(reasons)
    values = [masked.spans[int(number)].text for number in numbers]
    return "".join(text + value for text, value in zip(texts, [*values, ""], strict=True))


def _ascii_digits(number: str) -> str:
    """Return a number with ASCII digits; a leading zero stays, so that `05` is no mask."""
    return "".join(str(decimal(char)) for char in number)


def _count_problems(numbers: Sequence[str], masked: MaskedText) -> Iterator[str]:
    """Yield which spans do not come back exactly once, and which masks nobody gave."""
    counts = Counter(numbers)
    for number, span in enumerate(masked.spans):
        times = counts.pop(str(number), 0)
        if times != 1:
            yield f"{span.text} stands there {times} times" if times else f"{span.text} is lost"
    yield from (
        f"{masked.style.before}{number[:9]}{masked.style.after} stands for nothing"
        for number in counts
    )


def _touch_problems(texts: Sequence[str], masked: MaskedText) -> Iterator[str]:
    """Yield what between the masks makes it doubtful where one ends."""
    style = masked.style
    if any(char.isdecimal() for char in _edges(texts)):
        yield "a digit touches a protected part"
    before, after = (
        sum(char in (style.before, style.after) for char in _edges(side))
        for side in (style.shape.split(masked.text)[::2], texts)
    )
    if after > before:
        yield "a sign of a mask is left beside a protected part"
    broken = next((found for text in texts if (found := style.broken.search(text))), None)
    if broken:
        yield f"a broken mask is left: {broken[0][:20]}"


def _edges(texts: Sequence[str]) -> list[str]:
    """Return the characters that touch a mask."""
    return [text[-1] for text in texts[:-1] if text] + [text[0] for text in texts[1:] if text]


def split_space(text: str) -> tuple[str, str, str]:
    r"""Return a text as outer white space, body, outer white space.

    >>> split_space("\nCome in. ")
    ('\n', 'Come in.', ' ')
    """
    body = text.strip()
    start = len(text) - len(text.lstrip())
    return text[:start], body, text[start + len(body) :]


def text_segments(text: str, names: tuple[str, ...]) -> list[TextSegment]:
    """Return a text cut at its protected spans; put together the segments are the text.

    >>> [segment.text for segment in text_segments("Call {line} now.", ())]
    ['Call ', '{line}', ' now.']
    """
    found, place = [], 0
    for span in protected_spans(text, names):
        found += [TextSegment(text[place : span.start], False), TextSegment(span.text, True)]
        place = span.end
    return [segment for segment in (*found, TextSegment(text[place:], False)) if segment.text]


def join_segments(found: Sequence[TextSegment], drafts: Mapping[str, str]) -> str:
    """Return segments with the drafts of their texts in place, spaced as the source is.

    Raises MaskError if a segment with words has no draft, or an empty one.

    >>> join_segments(text_segments("Call {line} now.", ()), {"Call ": "Bel", " now.": "nu. "})
    'Bel {line} nu.'
    """
    if empty := [
        segment.text.strip()
        for segment in found
        if segment.wanted and not drafts.get(segment.text, "").strip()
    ]:
        raise MaskError(f"nothing came back for {text!r}" for text in empty)
    texts = []
    for segment in found:
        lead, body, tail = split_space(segment.text)
        texts += [lead, drafts[segment.text].strip() if segment.wanted else body, tail]
    return "".join(texts)


def needs_translation(text: str, names: tuple[str, ...]) -> bool:
    """Tell whether two letters are side by side outside the protected spans; else copy the source.

    >>> needs_translation("{line} (24/7)", ()), needs_translation("Call {line}", ())
    (False, True)
    >>> needs_translation("NHS: {line}", ("NHS",))
    False
    """
    return any(segment.wanted for segment in text_segments(text, names))
