"""What travels to the process that draws an edition, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass

from generator.campaign.printers import OFFICE_ORDER, PrintOrder
from generator.campaign.sheets import Sheet
from generator.imposition.pairs import SheetPair
from generator.imposition.print_files import PrintFile
from generator.layout.copyfit import PageSentence
from generator.layout.expected import Expected
from generator.model import Language
from generator.problem import Problem


@dataclass(frozen=True)
class EditionJob:
    """Everything one edition needs, small enough to travel to another process."""

    name: str
    html: str
    language: Language
    sheet: Sheet
    expected: Expected
    order: PrintOrder = OFFICE_ORDER
    page: tuple[PageSentence, ...] = ()
    """The sentences it prints, to name those that are too long."""
    also: EditionJob | None = None
    """The edition of a second language on the same sheet."""
    pair: SheetPair | None = None
    """How both languages share the sheet."""
    quiet: EditionJob | None = None
    """The same without the code to its recording, printed where there is no room for it."""


@dataclass(frozen=True)
class JobResult:
    """What came of a job: the PDF if nothing is wrong, else the problems."""

    pdf: bytes = b""
    thumbnail: bytes = b""
    pages: int = 0
    size: float = 0
    """Type size used, in pt, before the language's factor."""
    filled: float = 0
    """Part of the sheet's pages that is filled, 0 to 1."""
    seconds: float = 0
    problems: tuple[Problem, ...] = ()
    codes: tuple[tuple[str, ...], ...] = ()
    """What the QR codes of each page say, for whoever works on the PDF next."""
    prints: tuple[PrintFile, ...] = ()
    """The files to print, where the edition itself does not go through the printer."""
    quiet: bool = False
    """Whether it was printed without the code to its recording, for want of room."""
