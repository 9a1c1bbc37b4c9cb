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

LIMIT = 50_000_000


def write_fold_picture(project: Project, record: EditionRecord) -> Path:
    """Write the picture beside the PDF of a built edition and return its path; raise LeafletsError if it was withheld."""
    if not record.path:
        raise LeafletsError(
            *(
                record.problems
                or (
                    Problem("withheld", f"{record.edition} was not printed", hint="leaflets check"),
                )
            )
        )
    path, sheet = project.output / record.path, project.sheets[record.sheet]
    direction = project.languages[record.language].direction
    read = read_bytes(path, LIMIT)
    printed = read_bytes(project.output / record.prints[0][0], LIMIT) if record.prints else read
    title = f"{project.leaflets[record.leaflet].title.msgid} in {project.languages[record.language].english}"
    pages = paper_count(sheet.layout, record.pages) * sheet.layout.pages
    shown = pages if sheet.unit > 1 else record.pages
    folding = FoldedLeaflet(
        title, read, printed, sheet, impose_sides(sheet, shown, direction), direction, shown
    )
    latin = project.languages["en"].face
    files = fonts.font_files([latin])
    picture = fold_picture(
        folding, files[fonts.asset_name(latin, 400)], files[fonts.asset_name(latin, 700)]
    )
    target = fold_picture_path(path)
    write_file(target, picture, private=bool(record.site))
    return target
