"""Count the sentences of a catalogue or a page by state, and the people who are still needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator.catalogue.change import reading_seconds
from generator.model import State, Translation
from generator.review.snapshot import Snapshot
from generator.review.source_texts import WHOLE_ID


@dataclass(frozen=True)
class SentenceCount:
    """How many sentences of one leaflet in one language are in each state."""

    leaflet: str
    language: str
    states: Counter[State]
    readers: int = 0
    """How many people are still needed, each for some of the sentences."""
    seconds: int = 0
    """About how long they will read, all together."""
    one_key: int = 0
    """Sentences that enough people signed on one computer alone."""
    contested: int = 0
    """Sentences of which two texts stand, each with people behind it."""

    @property
    def total(self) -> int:
        """All sentences."""
        return sum(self.states.values())

    @property
    def translated(self) -> int:
        """Sentences that have a text, whoever wrote it; never merged with those that are ready."""
        return self.total - self.states[State.MISSING]

    @property
    def ready(self) -> int:
        """Sentences that enough people signed."""
        return self.states[State.READY]

    @property
    def unread(self) -> int:
        """Sentences that have a text and wait for readers."""
        return self.translated - self.ready

    @property
    def worst(self) -> State:
        """The lowest state among the sentences."""
        return min(self.states, key=tuple(State).index, default=State.MISSING)

    def __add__(self, other: SentenceCount) -> SentenceCount:
        """Return both together, under the name of the first."""
        return SentenceCount(
            self.leaflet,
            self.language,
            self.states + other.states,
            max(self.readers, other.readers),
            self.seconds + other.seconds,
            self.one_key + other.one_key,
            self.contested + other.contested,
        )


def count_sentences(
    snapshot: Snapshot, leaflet: str, language: str, texts: Iterable[Translation]
) -> SentenceCount:
    """Count some sentences of a leaflet in a language."""
    states: Counter[State] = Counter()
    readers, seconds, whole = 0, 0, 0
    one_key, contested = 0, 0
    for text in texts:
        people = people_needed(snapshot, language, text)
        states[text.state] += 1
        readers = max(readers, people)
        one_key += text.one_key
        contested += text.contested
        needed = reading_seconds(text.message.msgid) * people
        # A leaflet as a whole in the source holds its sentences, which nobody reads twice.
        whole, seconds = (
            (needed, seconds) if text.message.msgctxt == WHOLE_ID else (whole, seconds + needed)
        )
    seconds = max(whole, seconds)
    return SentenceCount(leaflet, language, states, readers, seconds, one_key, contested)


def people_needed(snapshot: Snapshot, language: str, text: Translation) -> int:
    """Return how many people must still sign a sentence: at least one, unless it is ready."""
    if text.state is State.READY:
        return 0
    signers = snapshot.support(language, text).signers
    rule = snapshot.signed_rules.rule(text.message, language == snapshot.project.campaign.source)
    return max(1, rule.people + text.contested - len(signers))


def reading_time(texts: Iterable[Translation]) -> int:
    """Return about how many seconds one person takes to read some sentences."""
    return sum(reading_seconds(text.message.msgid) for text in texts)


def sum_by_language(counts: Iterable[SentenceCount]) -> list[SentenceCount]:
    """Return one count a language, in order."""
    total: dict[str, SentenceCount] = {}
    for one in counts:
        total[one.language] = total[one.language] + one if one.language in total else one
    return [total[language] for language in sorted(total)]
