"""The print desk: how far every leaflet is in every language, and the finished PDFs."""

from flask import Blueprint, Response, render_template, request

from generator.web.helpers import Area
from generator.web.print_choice import PrintChoice, desk_context, send_edition, send_zip
from generator.web.server_state import organisers_only

screen = Blueprint("print_desk", __name__)
AREA = Area(3, "print_desk.table", "desk-title", organisers_only=True)


@screen.get("/desk")
@organisers_only
def table() -> str:
    """Show leaflets and languages, each cell with its state."""
    choice = PrintChoice.of(request.args)
    cells = choice.cells()
    return render_template(
        "print_desk.html",
        choice=choice,
        cells={(cell.leaflet.slug, cell.language): cell for cell in cells},
        found=cells,
        ready=choice.records(cells),
        **desk_context(),
    )


@screen.get("/desk/pdf/<edition>")
@screen.get("/desk/pdf/<edition>/<int:number>")
@organisers_only
def pdf(edition: str, number: int = 0) -> Response:
    """Return an edition, or one of its files to print; drafts only to whoever names them."""
    return send_edition(edition, number, drafts="drafts" in request.args)


@screen.get("/desk/zip")
@organisers_only
def take() -> Response:
    """Return what is shown and may be taken away, as one zip."""
    choice = PrintChoice.of(request.args)
    return send_zip(choice.records(choice.cells()))
