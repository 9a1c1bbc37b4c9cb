"""Find the sentences that make a leaflet too long, and by how much to shorten each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

# Letters of English below which a sentence is too short to give anything away.
_LEAST_ENGLISH = 30
# Sentences named at a time: who shortened these looks again.
_MOST_CUTS = 4


@dataclass(frozen=True)
class PageSentence:
    """One sentence on the page, and its English."""

    name: str
    english: str
    text: str

    @property
    def ratio(self) -> float:
        """How long it is against its English."""
        return len(self.text) / max(1, len(self.english))


@dataclass(frozen=True)
class SentenceCut:
    """A sentence, and how many letters too long it is."""

    said: PageSentence
    letters: int
    usual: float
    """How long the sentences of the page usually are against their English."""


def sentence_cuts(
    page: Sequence[PageSentence], over: float, spilled: Collection[str]
) -> list[SentenceCut]:
    """Return the sentences to shorten so that a page loses the part `over` (0 to 1) of its letters.

    First those that are longer against their English than the others are, the longest first; then
    the longest of those that are on a page too many (`spilled`), then the longest of all.
    """
    usual = median([said.ratio for said in page] or [1])
    need = round(over * sum(len(said.text) for said in page)) or 1
    long = [said for said in page if len(said.english) >= _LEAST_ENGLISH]
    found: list[SentenceCut] = []
    for said, letters in (*_wordy(long, usual), *_longest(long, spilled)):
        if need > 0 and len(found) < _MOST_CUTS and said not in [cut.said for cut in found]:
            found.append(SentenceCut(said, min(letters, need), usual))
            need -= letters
    return found


def _wordy(long: Sequence[PageSentence], usual: float) -> Iterator[tuple[PageSentence, int]]:
    """Yield the wordiest sentences, with the letters that they have more than usual."""
    for said in sorted(long, key=lambda said: -said.ratio):
        letters = round(len(said.text) - usual * len(said.english))
        if letters >= 0.1 * len(said.text):
            yield said, letters


def _longest(
    long: Sequence[PageSentence], spilled: Collection[str]
) -> Iterator[tuple[PageSentence, int]]:
    """Yield the longest sentences, `spilled` ones first, with a third of their letters.

    Nobody can say the same in less.
    """
    for said in sorted(long, key=lambda said: (said.name not in spilled, -len(said.text))):
        yield said, len(said.text) // 3
