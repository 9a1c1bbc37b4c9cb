"""The print desk: how far every leaflet is in every language, why something is withheld, and the finished PDFs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.base.names import pick
from generator.campaign.printers import PRINTERS
from generator.campaign.sheets import SHEETS
from generator.editions import manifest
from generator.editions.layouts import layouts
from generator.editions.manifest import Record
from generator.editions.print_jobs import bundle
from generator.layout.stage import NAMES
from generator.model import State
from generator.overview.matrix import Cell, matrix, reasons, sheets_of
from generator.web.desk import desk, organisers_only, snapshot
from generator.web.helpers import SHAPES
from generator.web.layout import attachment
from generator.worksheet.forms import FORMS
from generator.worksheet.worksheet import note, path_of, worksheet

if TYPE_CHECKING:
    from flask import Blueprint, Response
    from werkzeug.datastructures import MultiDict

GOOD = ("ready",)
"""The states of editions that are handed out; drafts only to whoever asks for them by name."""


@dataclass(frozen=True)
class Choice:
    """What an organiser chose to see and to print; nothing means everything."""

    leaflets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    state: str = ""
    drafts: bool = False
    printer: str = ""

    def cells(self) -> list[Cell]:
        """Return the cells chosen."""
        found = matrix(snapshot(), self.leaflets, self.languages)
        return [cell for cell in found if self.state in ("", cell.state)]

    def records(self, cells: Iterable[Cell]) -> list[Record]:
        """Return what was built of some cells on the sheets chosen, and may be taken away."""
        found = (
            record
            for cell in cells
            for record in cell.records
            if not self.sheets or record.sheet in self.sheets
        )
        return [record for record in found if takes(record, self.drafts)]

    def fields(self) -> list[tuple[str, str]]:
        """Return the choice as the fields of a form."""
        named = (("leaflet", self.leaflets), ("language", self.languages), ("sheet", self.sheets))
        return [(name, value) for name, values in named for value in values] + [
            ("state", self.state)
        ] * bool(self.state)


def takes(record: Record, drafts: bool) -> bool:
    """Tell whether a PDF may be taken away: a ready one, or a draft that was asked for by name."""
    return bool(record.path) and (record.state in GOOD or (drafts and record.state in NAMES))


def chosen(form: MultiDict[str, str]) -> Choice:
    """Return the choice in a form or an address; raise UsageError for a name that does not exist."""
    project = snapshot().project
    known: Mapping[str, Iterable[str]] = {
        "leaflet": project.leaflets,
        "language": project.campaign.languages,
        "sheet": SHEETS,
        "state": list(State),
        "printer": PRINTERS,
    }
    found = {kind: [value for value in form.getlist(kind) if value] for kind in known}
    for kind, values in found.items():
        pick(kind, values, known[kind])
    state = found["state"][0] if found["state"] else ""
    printer = found["printer"][0] if found["printer"] else ""
    return Choice(
        tuple(found["leaflet"]),
        tuple(found["language"]),
        tuple(found["sheet"]),
        state,
        "drafts" in form,
        printer,
    )


def tools() -> dict[str, Any]:
    """Return what the templates of the desk use."""
    project = snapshot().project
    return {
        "shapes": SHAPES,
        "states": [str(state) for state in State],
        "rows": [project.languages[code] for code in project.campaign.languages],
        "leaflets": project.leaflets,
        "sheets": SHEETS,
        "printers": PRINTERS,
        "printer": project.campaign.printer,
        "minutes": lambda seconds: max(1, round(seconds / 60)),
        "running": desk().jobs.running,
        "made_up": sorted(snapshot().made_up),
        "sites": sorted(path.stem for path in (project.root / "sites").glob("*.yaml")),
    }


def screen() -> Blueprint:
    """Return the desk; all of it is for the organiser at this computer."""
    from flask import Blueprint, abort, render_template, request

    printdesk = Blueprint("printdesk", __name__)

    @printdesk.get("/desk")
    @organisers_only
    def table() -> str:
        choice = chosen(request.args)
        cells = choice.cells()
        return render_template(
            "desk.html",
            choice=choice,
            cells=by_place(cells),
            found=cells,
            ready=choice.records(cells),
            **tools(),
        )

    @printdesk.get("/desk/leaflet/<leaflet>/<code>")
    @organisers_only
    def cell(leaflet: str, code: str) -> str:
        if code not in snapshot().project.campaign.languages:
            abort(404)
        (found,) = matrix(snapshot(), [leaflet], [code])
        return render_template(
            "deskcell.html",
            cell=found,
            row=snapshot().project.languages[code],
            reasons=list(reasons(snapshot(), found)) if found.started or found.problems else [],
            built=[
                (name, [record for record in found.records if record.sheet == name])
                for name in sheets_shown(found)
            ],
            looked=layouts(snapshot().project, found.records),
            forms=FORMS,
            **tools(),
        )

    @printdesk.get("/desk/pdf/<edition>")
    @printdesk.get("/desk/pdf/<edition>/<int:number>")
    @organisers_only
    def pdf(edition: str, number: int = 0) -> Response:
        record = manifest.read(snapshot().project.output).get(edition)
        if record is None or record.site or not takes(record, "drafts" in request.args):
            abort(404)
        return sent(record, number)

    @printdesk.get("/desk/worksheet/<leaflet>/<language>/<form>")
    @organisers_only
    def sheet(leaflet: str, language: str, form: str) -> Response:
        return worksheet_of(leaflet, language, form) if form in FORMS else abort(404)

    @printdesk.get("/desk/zip")
    @organisers_only
    def take() -> Response:
        choice = chosen(request.args)
        return zipped(choice.records(choice.cells()))

    return printdesk


def sheets_shown(cell: Cell) -> list[str]:
    """Return the sheets of a leaflet, and those it was built on besides."""
    return list(
        dict.fromkeys(
            [*sheets_of(snapshot(), cell.leaflet), *(record.sheet for record in cell.records)]
        )
    )


def worksheet_of(leaflet: str, language: str, form: str) -> Response:
    """Return a sheet to read and sign away from the computer; raise LeafletsError if nothing is left to read."""
    from flask import Response

    made = worksheet(snapshot(), language, [leaflet])
    name = path_of(snapshot().project, made, [leaflet], form).name
    note(snapshot().project, made)
    data = FORMS[form].make(snapshot(), made)
    return Response(
        data,
        mimetype=FORMS[form].kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def by_place(cells: Iterable[Cell]) -> dict[tuple[str, str], Cell]:
    """Return cells by leaflet and language."""
    return {(cell.leaflet.slug, cell.language): cell for cell in cells}


def sent(record: Record, number: int = 0) -> Response:
    """Return an edition to save, or with a number one of its files to print; 404 if it is not on the disk as it was built."""
    from flask import Response, abort

    output = snapshot().project.output
    if not manifest.intact(output, record) or number >= len(record.paths):
        abort(404)
    path = record.paths[number]
    return Response(
        (output / path).read_bytes(), mimetype="application/pdf", headers=attachment(path)
    )


def zipped(records: Iterable[Record]) -> Response:
    """Return PDFs as one zip; raise LeafletsError if there is none."""
    from flask import Response

    data = bundle(snapshot().project, records)
    return Response(
        data,
        mimetype="application/zip",
        headers={"Content-Disposition": 'attachment; filename="leaflets.zip"'},
    )
