"""What a pack holds, what it lacks, and what must come back; values only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.model import Edition
from generator.printrun.quantities import PrintLine
from generator.problem import Problem
from generator.review.printing import Printing
from generator.review.recall_rules import RecallVerdict


@dataclass(frozen=True)
class LeftOut:
    """One edition that is not in the pack, why, and who is needed."""

    edition: Edition
    state: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class RecalledPrinting:
    """One printing that earlier packs brought to the site and that must come back."""

    printed: Printing
    copies: int
    verdict: RecallVerdict


@dataclass(frozen=True)
class Pack:
    """What a pack holds: its folder, the lines to print, what is missing."""

    site: str
    folder: Path
    lines: tuple[PrintLine, ...]
    left: tuple[LeftOut, ...] = ()
    wanted: tuple[str, ...] = ()
    """What is needed, in words, for languages that people at the site asked for."""
    collect: tuple[RecalledPrinting, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything that the site asks for is in the pack."""
        return bool(self.lines) and not self.left and not self.problems
