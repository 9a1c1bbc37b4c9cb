"""One cell of the print desk: why a leaflet is withheld in a language, and who is needed."""

from flask import Blueprint, Response, abort, render_template

from generator.editions.layouts import signed_layouts
from generator.overview.matrix import (
    MatrixCell,
    leaflet_matrix,
    sheets_of_leaflet,
    withheld_reasons,
)
from generator.web.helpers import attachment_header
from generator.web.print_choice import desk_context
from generator.web.server_state import current_snapshot, organisers_only
from generator.worksheet.formats import WORKSHEET_FORMATS
from generator.worksheet.worksheet import make_worksheet, note_worksheet, worksheet_path

screen = Blueprint("print_cell", __name__)


@screen.get("/desk/leaflet/<leaflet>/<code>")
@organisers_only
def cell(leaflet: str, code: str) -> str:
    """Show the cell."""
    snapshot = current_snapshot()
    if code not in snapshot.project.campaign.languages:
        abort(404)
    (found,) = leaflet_matrix(snapshot, [leaflet], [code])
    told = found.started or found.problems
    return render_template(
        "print_cell.html",
        cell=found,
        row=snapshot.project.languages[code],
        reasons=list(withheld_reasons(snapshot, found)) if told else [],
        built=[
            (sheet, [record for record in found.records if record.sheet == sheet])
            for sheet in sheets_shown(found)
        ],
        looked=signed_layouts(snapshot.project, found.records),
        forms=WORKSHEET_FORMATS,
        **desk_context(),
    )


def sheets_shown(cell: MatrixCell) -> list[str]:
    """Return the sheets of a leaflet, and those it was built on besides."""
    asked = sheets_of_leaflet(current_snapshot(), cell.leaflet)
    return list(dict.fromkeys([*asked, *(record.sheet for record in cell.records)]))


@screen.get("/desk/worksheet/<leaflet>/<language>/<form>")
@organisers_only
def sheet(leaflet: str, language: str, form: str) -> Response:
    """Return a worksheet; raise LeafletsError if nothing is left to read."""
    if form not in WORKSHEET_FORMATS:
        abort(404)
    snapshot = current_snapshot()
    made = make_worksheet(snapshot, language, [leaflet])
    name = worksheet_path(snapshot.project, made, [leaflet], form).name
    note_worksheet(snapshot.project, made)
    data = WORKSHEET_FORMATS[form].make(snapshot, made)
    return Response(data, mimetype=WORKSHEET_FORMATS[form].kind, headers=attachment_header(name))
