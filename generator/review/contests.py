"""Two texts for one sentence: when people stand behind both, one signature more decides; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator.review.ledger_event import SIGNING_ACTIONS, LedgerEvent

# People who have seen two wordings and chose one of them: so many end the contest.
ENDING_CHOICES = 2


def contested_keys(
    events: Iterable[LedgerEvent], signers: Mapping[str, frozenset[str]]
) -> dict[str, bool]:
    """Return the keys of wordings that have a rival; True for one that was beaten.

    `signers` are the people behind each wording that nobody rejected. A rival is another wording
    of the same sentence with people behind it, over which not enough people chose this one.
    """
    sentences: defaultdict[str, set[str]] = defaultdict(set)
    choices: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for event in events:
        if event.action in SIGNING_ACTIONS and event.src and signers.get(event.key):
            sentences[event.src].add(event.key)
            for other in event.over.split():
                choices[event.key, other].add(event.person)

    def beats(one: str, other: str) -> bool:
        return len(choices.get((one, other), ())) >= ENDING_CHOICES

    found: dict[str, bool] = {}
    for keys in sentences.values():
        for key in keys if len(keys) > 1 else ():
            others = keys - {key}
            beaten = any(beats(other, key) for other in others)
            if beaten or not all(beats(key, other) for other in others):
                found[key] = beaten
    return found
