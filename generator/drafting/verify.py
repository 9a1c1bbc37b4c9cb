"""Turn guesses of a machine into drafts that are safe to show a reader: mask, translate, verify, fall back, or refuse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from generator.drafting.mask import (
    MASK_STYLES,
    MaskError,
    join_segments,
    mask_text,
    needs_translation,
    text_segments,
    unmask_text,
    usable_styles,
)

SENTENCE = re.compile(r"(?<=[.!?])(?:</\w+>)?[”\"')]*\s+")


class Guess(Protocol):
    """What a machine makes of one text."""

    @property
    def text(self) -> str:
        """The translation."""

    @property
    def score(self) -> float | None:
        """Mean log-probability per token."""

    @property
    def fault(self) -> str:
        """Why there is no usable text."""


@dataclass(frozen=True)
class Draft:
    """A text for a reader, or the reasons why there is none."""

    msgid: str
    msgstr: str = ""
    path: str = ""
    """How it was made: masked with which style, in segments, or copied."""
    score: float | None = None
    """The lowest mean log-probability of its sentences."""
    reasons: tuple[str, ...] = ()


TranslateBatch = Callable[[Sequence[str]], Sequence[Guess]]
FindFaults = Callable[[str, str], Sequence[str]]
"""From an English text and its translation to what is wrong with it."""


def split_sentences(text: str) -> list[str]:
    """Return the sentences of an English text, each with its marks and closing tags.

    >>> split_sentences("<b>Free.</b> Call us. Now!")
    ['<b>Free.</b>', 'Call us.', 'Now!']
    """
    ends = [match.end() for match in SENTENCE.finditer(text)]
    return [
        text[start:end].strip() for start, end in zip([0, *ends], [*ends, len(text)], strict=True)
    ]


def verified_drafts(
    texts: Iterable[str],
    names: tuple[str, ...],
    translate: TranslateBatch,
    judge: FindFaults,
    glue: str = " ",
) -> list[Draft]:
    """Return a draft for each distinct text, in order; `glue` joins sentences in the target language.

    All texts go to the machine in one batch; only those that come back damaged are tried with the next style of mask, then
    in segments between what must not change. What still fails has no text, and reasons.
    """
    texts = list(dict.fromkeys(texts))
    done = {
        text: Draft(text, text, "copied") for text in texts if not needs_translation(text, names)
    }
    reasons: dict[str, list[str]] = {text: [] for text in texts}
    for place in range(len(MASK_STYLES)):
        todo = [text for text in texts if text not in done and len(usable_styles(text)) > place]
        for draft in _masked(todo, names, translate, judge, glue, place):
            _take(draft, done, reasons)
    for draft in _segmented([text for text in texts if text not in done], names, translate, judge):
        _take(draft, done, reasons)
    return [
        done.get(text) or Draft(text, reasons=tuple(dict.fromkeys(reasons[text]))) for text in texts
    ]


def _take(draft: Draft, done: dict[str, Draft], reasons: dict[str, list[str]]) -> None:
    if draft.reasons:
        reasons[draft.msgid] += draft.reasons
    else:
        done[draft.msgid] = draft


def _masked(
    texts: list[str],
    names: tuple[str, ...],
    translate: TranslateBatch,
    judge: FindFaults,
    glue: str,
    place: int,
) -> list[Draft]:
    """Translate whole sentences whose protected parts are masked with each text's style number `place`."""
    masked = {
        text: [
            mask_text(sentence, names, usable_styles(text)[place])
            for sentence in split_sentences(text)
        ]
        for text in texts
    }
    guesses = _translated([one.text for parts in masked.values() for one in parts], translate)
    found = []
    for text, parts in masked.items():
        style = f"masked {usable_styles(text)[place].name}"
        try:
            own = [guesses[one.text] for one in parts]
            if faults := [guess.fault for guess in own if guess.fault]:
                raise MaskError(faults)
            msgstr = glue.join(
                unmask_text(guess.text, one).strip() for guess, one in zip(own, parts, strict=True)
            )
            found.append(_judged(text, msgstr, style, own, judge))
        except MaskError as error:
            found.append(Draft(text, path=style, reasons=error.reasons))
    return found


def _segmented(
    texts: list[str], names: tuple[str, ...], translate: TranslateBatch, judge: FindFaults
) -> list[Draft]:
    """Translate the stretches between protected parts one by one: word order may suffer, what is protected cannot."""
    parts = {text: text_segments(text, names) for text in texts}
    guesses = _translated(
        [one.text for pieces in parts.values() for one in pieces if one.wanted], translate
    )
    found = []
    for text, pieces in parts.items():
        if len(pieces) < 2:
            continue
        own = [guesses[one.text] for one in pieces if one.wanted]
        try:
            if faults := [guess.fault for guess in own if guess.fault]:
                raise MaskError(faults)
            found.append(
                _judged(
                    text,
                    join_segments(pieces, {one: guess.text for one, guess in guesses.items()}),
                    "segments",
                    own,
                    judge,
                )
            )
        except MaskError as error:
            found.append(Draft(text, path="segments", reasons=error.reasons))
    return found


def _translated(texts: Sequence[str], translate: TranslateBatch) -> dict[str, Guess]:
    distinct = list(dict.fromkeys(texts))
    return dict(zip(distinct, translate(distinct), strict=True)) if distinct else {}


def _judged(
    msgid: str, msgstr: str, path: str, guesses: Sequence[Guess], judge: FindFaults
) -> Draft:
    scores = [guess.score for guess in guesses if guess.score is not None]
    return Draft(msgid, msgstr, path, min(scores, default=None), tuple(judge(msgid, msgstr)))
