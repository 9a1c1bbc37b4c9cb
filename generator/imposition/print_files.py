"""Make the files that go through a printer from a proved edition, and prove each of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.base.files import read_bytes
from generator.campaign.printers import PrintOrder
from generator.campaign.sheets import Sheet
from generator.imposition import edge_notes
from generator.imposition.geometry import Side, direction_suffix, impose_sides
from generator.imposition.impose import impose_pages
from generator.imposition.pdfx import make_pdfx
from generator.imposition.print_proof import prove_print_file
from generator.imposition.separations import separate_ink
from generator.layout import fonts
from generator.layout.render import Renderer
from generator.model import Direction
from generator.problem import LeafletsError


@dataclass(frozen=True)
class ProvedEdition:
    """A finished edition: its PDF, and what the QR codes of each page say."""

    pdf: bytes
    codes: tuple[tuple[str, ...], ...]

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.codes)


@dataclass(frozen=True)
class PrintFile:
    """One file to print; `suffix` tells it from its sisters, `papers` is how many sheets of paper a copy takes."""

    suffix: str
    pdf: bytes
    papers: int


class PrintFileMaker:
    """One process's imposition; the lines at the edges are drawn once."""

    def __init__(self, renderer: Renderer) -> None:
        self.renderer = renderer
        self.drawn: dict[str, bytes] = {}

    def files(
        self,
        proved: ProvedEdition,
        sheet: Sheet,
        direction: Direction,
        order: PrintOrder,
        pair: tuple[Side, ...] = (),
    ) -> tuple[PrintFile, ...]:
        """Return the files to print of an edition, or of a pair whose sides are given; none if it is printed as it is.

        Raises LeafletsError if a proof fails.
        """
        printer = order.printer
        sides = pair or impose_sides(sheet, proved.pages, direction)
        in_order = [place.page for side in sides for place in side.placements] == list(
            range(1, proved.pages + 1)
        )
        if is_single_leaf(sheet) and in_order and not printer.singles:
            return ()
        over = (
            [
                self._note(edge_notes.edge_note_page(sheet, side, sides, direction, printer))
                for side in sides
            ]
            if printer.notes
            else []
        )
        pdf = impose_pages(proved.pdf, sheet, direction, printer, over, order.marks, sides)
        if problems := prove_print_file(pdf, proved.pdf, proved.codes, sheet, sides, printer):
            raise LeafletsError(*problems)
        return tuple(
            PrintFile(
                "_".join(filter(None, ("" if pair else direction_suffix(sheet, direction), ink))),
                _finished(pdf, ink, order),
                sides[-1].paper,
            )
            for ink in printer.inks
        )

    def _note(self, html: str) -> bytes:
        if html not in self.drawn:
            self.drawn[html] = self.renderer.note(html, (fonts.FAMILY_PREFIX + fonts.LATIN_FAMILY,))
        return self.drawn[html]


def _finished(pdf: bytes, ink: str, order: PrintOrder) -> bytes:
    """Return a file in its inks: one plate, PDF/X-4 for a profile, or as it is."""
    if ink:
        return separate_ink(pdf, ink)
    return make_pdfx(pdf, read_bytes(Path(order.profile)), order.dated) if order.profile else pdf


def is_single_leaf(sheet: Sheet) -> bool:
    """Tell whether a sheet is one leaf that is printed on paper of its own size."""
    return sheet.layout.paper == (sheet.width, sheet.height)
