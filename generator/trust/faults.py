"""What can be wrong with signed lines, in words that say what to do; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.problem import Problem
from generator.trust import chain
from generator.trust.chain import HEAD_LOST, ChainFault, ChainReading, Heads

_RESTORE = "get the file back from git or from another computer"
_FOR_GOOD = (
    "if there is no newer copy, or the lines were taken out on purpose, an organiser types: "
    "leaflets adopt"
)

# What is wrong, and what to do, by code.
_WORDS: Mapping[str, tuple[str, str]] = {
    chain.MISSING: (
        "a line that stood before this one is gone",
        f"{_RESTORE}; {_FOR_GOOD}",
    ),
    chain.TWICE: (
        "two different lines have one number: somebody signs with a copy of this key",
        "ask the reader; if a computer was lost or stolen, an organiser types: "
        "leaflets readers revoke",
    ),
    chain.FORGED: (
        "this line was changed, or was not signed by the key that it names",
        f"nothing counts by it; {_RESTORE}",
    ),
    chain.ORDER: ("the lines of one signer were moved", _RESTORE),
    HEAD_LOST: (
        "this computer has seen newer lines of this signer, and they are gone",
        f"{_RESTORE}; {_FOR_GOOD}",
    ),
    "other-root": (
        "another organiser stands at the beginning than the one this computer knows",
        f"{_RESTORE}; if your organisers really began anew, type: leaflets adopt",
    ),
    "second-code": (
        "one key was admitted for a second reader: one person cannot be two",
        "nothing counts by it; each reader uses a computer or a link of their own",
    ),
}


def head_faults(reading: ChainReading, known: Heads) -> Iterator[ChainFault]:
    """Yield a fault for each chain of which this computer has seen a line that is gone."""
    ends = {by: reading.links[link] for by, (_, link) in reading.heads.items()}
    for by, (_, link) in known.items():
        if link not in reading.links:
            yield ChainFault(HEAD_LOST, ends.get(by, max(ends.values(), default=0)), by, (link,))


def chain_problem(fault: ChainFault, path: Path, numbers: Sequence[int]) -> Problem:
    """Return what is wrong with a line, with its file and its line, of `numbers`."""
    what, hint = _WORDS[fault.code]
    line = numbers[fault.place] if fault.place < len(numbers) else 1
    return Problem(fault.code, what, f"{path}:{line}", hint)
