"""Make a picture of how an edition is printed and folded, from the PDFs that were built."""

from __future__ import annotations

from pathlib import Path

from generator.base.files import read_bytes, write_file
from generator.campaign.project import Project
from generator.editions.manifest import EditionRecord
from generator.editions.plan import fold_picture_path
from generator.imposition.fold_picture import FoldedLeaflet, fold_picture
from generator.imposition.geometry import impose_sides, paper_count
from generator.layout import fonts
from generator.problem import LeafletsError, Problem

LARGEST_PDF = 50_000_000


def write_fold_picture(project: Project, record: EditionRecord) -> Path:
    """Write the picture beside the PDF of a built edition, and return its path.

    Raises LeafletsError if the edition was withheld.
    """
    if not record.path:
        withheld = Problem("withheld", f"{record.edition} was not printed", hint="leaflets check")
        raise LeafletsError(*(record.problems or (withheld,)))
    path, sheet = project.output / record.path, project.sheets[record.sheet]
    language, latin = project.languages[record.language], project.languages["en"].face
    pages = record.pages
    if sheet.unit > 1:  # a fold shows its blank pages too
        pages = paper_count(sheet.layout, record.pages) * sheet.layout.pages

    read = read_bytes(path, LARGEST_PDF)
    printed = project.output / record.prints[0][0] if record.prints else None
    folding = FoldedLeaflet(
        f"{project.leaflets[record.leaflet].title.msgid} in {language.english}",
        read,
        read_bytes(printed, LARGEST_PDF) if printed else read,
        sheet,
        impose_sides(sheet, pages, language.direction),
        language.direction,
        pages,
    )
    files = fonts.font_files([latin])
    regular, bold = (files[fonts.asset_name(latin, weight)] for weight in (400, 700))
    target = fold_picture_path(path)
    write_file(target, fold_picture(folding, regular, bold), private=bool(record.site))
    return target
