"""Make the files that go through a printer from a proved edition, and prove each of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.base.files import read_bytes
from generator.campaign.printers import PrintOrder
from generator.campaign.sheets import Sheet
from generator.imposition.edge_notes import edge_note_page
from generator.imposition.geometry import Imposition, Side, direction_suffix, impose_sides
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
    """One file to print."""

    suffix: str
    """The end of its name, which tells it from the others of its edition."""
    pdf: bytes
    papers: int
    """How many sheets of paper a copy takes."""


class PrintFileMaker:
    """Makes the files to print in one process; equal lines at the edges are drawn once."""

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
        """Return the files to print of an edition, or of a pair whose sides are given.

        There are none if the edition is printed as it is. Raises LeafletsError if a proof fails.
        """
        printer = order.printer
        sides = pair or impose_sides(sheet, proved.pages, direction)
        order_of_pages = [place.page for side in sides for place in side.placements]
        in_order = order_of_pages == list(range(1, proved.pages + 1))
        single_leaf = sheet.layout.paper == (sheet.width, sheet.height)
        if single_leaf and in_order and not printer.singles:
            return ()

        imposition = Imposition(sheet, sides, direction, printer, order.marks)
        notes = [self._note(edge_note_page(imposition, side)) for side in sides if printer.notes]
        pdf = impose_pages(proved.pdf, imposition, notes)
        if problems := prove_print_file(pdf, proved.pdf, proved.codes, imposition):
            raise LeafletsError(*problems)
        binding = "" if pair else direction_suffix(sheet, direction)
        return tuple(
            PrintFile(
                "_".join(filter(None, (binding, ink))), _finish(pdf, ink, order), sides[-1].paper
            )
            for ink in printer.inks
        )

    def _note(self, html: str) -> bytes:
        if html not in self.drawn:
            self.drawn[html] = self.renderer.note(html, (fonts.FAMILY_PREFIX + fonts.LATIN_FAMILY,))
        return self.drawn[html]


def _finish(pdf: bytes, ink: str, order: PrintOrder) -> bytes:
    """Return a file in its inks: one plate, PDF/X-4 for a profile, or as it is."""
    if ink:
        return separate_ink(pdf, ink)
    return make_pdfx(pdf, read_bytes(Path(order.profile)), order.dated) if order.profile else pdf
