"""Turn guesses of a machine into drafts that are safe to show a reader.

Each text is masked, translated and verified; what fails is tried another way, or refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.drafting.engine import Guess
from generator.drafting.mask import (
    MASK_STYLES,
    MaskError,
    MaskStyle,
    TextSegment,
    join_segments,
    mask_text,
    needs_translation,
    text_segments,
    unmask_text,
    usable_styles,
)

_SENTENCE_END = re.compile(r"(?<=[.!?])(?:</\w+>)?[”\"')]*\s+")
TranslateBatch = Callable[[Sequence[str]], Sequence[Guess]]

# From an English text and its translation to what is wrong with it.
FindFaults = Callable[[str, str], Sequence[str]]


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


def split_sentences(text: str) -> list[str]:
    """Return the sentences of an English text, each with its marks and closing tags.

    >>> split_sentences("<b>Free.</b> Call us. Now!")
    ['<b>Free.</b>', 'Call us.', 'Now!']
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return [
        text[start:end].strip() for start, end in zip([0, *ends], [*ends, len(text)], strict=True)
    ]


@dataclass(frozen=True)
class _Attempt:
    """One way to have a text translated."""

    msgid: str
    path: str
    pieces: tuple[str, ...]
    """What the machine is given."""
    assemble: Callable[[Mapping[str, Guess]], str]
    """Puts the guesses together; raises MaskError where something protected is lost."""


def verified_drafts(
    texts: Iterable[str],
    names: tuple[str, ...],
    translate: TranslateBatch,
    find_faults: FindFaults,
    glue: str = " ",
) -> list[Draft]:
    """Return a draft for each distinct text, in order; `glue` joins translated sentences.

    All texts go to the machine in one batch. Only those that come back damaged are tried with the
    next style of mask, then in segments between what must not change.
    What still fails has no text, and reasons.
    """
    reasons: dict[str, list[str]] = {text: [] for text in texts}
    done = {
        text: Draft(text, text, "copied") for text in reasons if not needs_translation(text, names)
    }

    def run(attempts: list[_Attempt]) -> None:
        for draft in _run_attempts(attempts, translate, find_faults):
            if draft.reasons:
                reasons[draft.msgid] += draft.reasons
            else:
                done[draft.msgid] = draft

    for place in range(len(MASK_STYLES)):
        run(
            [
                _masked_attempt(text, names, styles[place], glue)
                for text in reasons
                if text not in done and len(styles := usable_styles(text)) > place
            ]
        )
    segmented = {text: text_segments(text, names) for text in reasons if text not in done}
    run([_segments_attempt(*one) for one in segmented.items() if len(one[1]) > 1])
    return [
        done.get(text) or Draft(text, reasons=tuple(dict.fromkeys(why)))
        for text, why in reasons.items()
    ]


def _masked_attempt(text: str, names: tuple[str, ...], style: MaskStyle, glue: str) -> _Attempt:
    """Translate whole sentences whose protected parts are masked."""
    masked = [mask_text(sentence, names, style) for sentence in split_sentences(text)]

    def assemble(guesses: Mapping[str, Guess]) -> str:
        return glue.join(unmask_text(guesses[one.text].text, one).strip() for one in masked)

    return _Attempt(text, f"masked {style.name}", tuple(one.text for one in masked), assemble)


def _segments_attempt(text: str, segments: Sequence[TextSegment]) -> _Attempt:
    """Translate the stretches between protected parts one by one.

    Word order may suffer; what is protected cannot.
    """

    def assemble(guesses: Mapping[str, Guess]) -> str:
        return join_segments(segments, {piece: guess.text for piece, guess in guesses.items()})

    pieces = tuple(segment.text for segment in segments if segment.wanted)
    return _Attempt(text, "segments", pieces, assemble)


def _run_attempts(
    attempts: Sequence[_Attempt], translate: TranslateBatch, find_faults: FindFaults
) -> Iterator[Draft]:
    """Translate the pieces of all attempts in one batch; yield what became of each."""
    pieces = list(dict.fromkeys(piece for attempt in attempts for piece in attempt.pieces))
    guesses = dict(zip(pieces, translate(pieces), strict=True)) if pieces else {}
    for attempt in attempts:
        msgid, own = attempt.msgid, [guesses[piece] for piece in attempt.pieces]
        try:
            if faults := [guess.fault for guess in own if guess.fault]:
                raise MaskError(faults)
            msgstr = attempt.assemble(guesses)
        except MaskError as error:
            yield Draft(msgid, path=attempt.path, reasons=error.reasons)
            continue
        score = min((guess.score for guess in own if guess.score is not None), default=None)
        yield Draft(msgid, msgstr, attempt.path, score, tuple(find_faults(msgid, msgstr)))
