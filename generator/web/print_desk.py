"""The print desk: how far every leaflet is in every language, why something is withheld, and the finished PDFs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.base.names import pick_names
from generator.editions import manifest
from generator.editions.layouts import signed_layouts
from generator.editions.manifest import EditionRecord
from generator.editions.print_jobs import zip_editions
from generator.layout.stage import STAGE_NAMES, EditionState
from generator.model import State
from generator.overview.matrix import (
    MatrixCell,
    leaflet_matrix,
    sheets_of_leaflet,
    withheld_reasons,
)
from generator.web.desk import current_snapshot, organisers_only, server_state
from generator.web.helpers import STATE_SHAPES
from generator.web.layout import attachment_header
from generator.worksheet.formats import WORKSHEET_FORMATS
from generator.worksheet.worksheet import make_worksheet, note_worksheet, worksheet_path

if TYPE_CHECKING:
    from flask import Blueprint, Response
    from werkzeug.datastructures import MultiDict

HANDED_OUT = (EditionState.READY,)
"""The states of editions that are handed out; drafts only to whoever asks for them by name."""


@dataclass(frozen=True)
class PrintChoice:
    """What an organiser chose to see and to print; nothing means everything."""

    leaflets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    state: str = ""
    drafts: bool = False
    printer: str = ""

    def cells(self) -> list[MatrixCell]:
        """Return the cells chosen."""
        found = leaflet_matrix(current_snapshot(), self.leaflets, self.languages)
        return [cell for cell in found if self.state in ("", cell.state)]

    def records(self, cells: Iterable[MatrixCell]) -> list[EditionRecord]:
        """Return what was built of some cells on the sheets chosen, and may be taken away."""
        found = (
            record
            for cell in cells
            for record in cell.records
            if not self.sheets or record.sheet in self.sheets
        )
        return [record for record in found if may_take(record, self.drafts)]

    def fields(self) -> list[tuple[str, str]]:
        """Return the choice as the fields of a form."""
        named = (("leaflet", self.leaflets), ("language", self.languages), ("sheet", self.sheets))
        return [(name, value) for name, values in named for value in values] + [
            ("state", self.state)
        ] * bool(self.state)


def may_take(record: EditionRecord, drafts: bool) -> bool:
    """Tell whether a PDF may be taken away: a ready one, or a draft that was asked for by name."""
    return bool(record.path) and (
        record.state in HANDED_OUT or (drafts and record.state in STAGE_NAMES)
    )


def chosen_from(form: MultiDict[str, str]) -> PrintChoice:
    """Return the choice in a form or an address; raise UsageError for a name that does not exist."""
    project = current_snapshot().project
    known: Mapping[str, Iterable[str]] = {
        "leaflet": project.leaflets,
        "language": project.campaign.languages,
        "sheet": project.sheets,
        "state": list(State),
        "printer": project.printers,
    }
    found = {kind: [value for value in form.getlist(kind) if value] for kind in known}
    for kind, values in found.items():
        pick_names(kind, values, known[kind])
    state = found["state"][0] if found["state"] else ""
    printer = found["printer"][0] if found["printer"] else ""
    return PrintChoice(
        tuple(found["leaflet"]),
        tuple(found["language"]),
        tuple(found["sheet"]),
        state,
        "drafts" in form,
        printer,
    )


def desk_context() -> dict[str, Any]:
    """Return what the templates of the desk use."""
    project = current_snapshot().project
    return {
        "shapes": STATE_SHAPES,
        "states": [str(state) for state in State],
        "rows": [project.languages[code] for code in project.campaign.languages],
        "leaflets": project.leaflets,
        "sheets": project.sheets,
        "printers": project.printers,
        "printer": project.campaign.printer,
        "minutes": lambda seconds: max(1, round(seconds / 60)),
        "running": server_state().jobs.running,
        "made_up": sorted(current_snapshot().made_up),
        "sites": sorted(path.stem for path in (project.root / "sites").glob("*.yaml")),
    }


def screen() -> Blueprint:
    """Return the desk; all of it is for the organiser at this computer."""
    from flask import Blueprint, abort, render_template, request

    printdesk = Blueprint("printdesk", __name__)

    @printdesk.get("/desk")
    @organisers_only
    def table() -> str:
        choice = chosen_from(request.args)
        cells = choice.cells()
        return render_template(
            "desk.html",
            choice=choice,
            cells=cells_by_place(cells),
            found=cells,
            ready=choice.records(cells),
            **desk_context(),
        )

    @printdesk.get("/desk/leaflet/<leaflet>/<code>")
    @organisers_only
    def cell(leaflet: str, code: str) -> str:
        if code not in current_snapshot().project.campaign.languages:
            abort(404)
        (found,) = leaflet_matrix(current_snapshot(), [leaflet], [code])
        return render_template(
            "deskcell.html",
            cell=found,
            row=current_snapshot().project.languages[code],
            reasons=list(withheld_reasons(current_snapshot(), found))
            if found.started or found.problems
            else [],
            built=[
                (name, [record for record in found.records if record.sheet == name])
                for name in sheets_shown(found)
            ],
            looked=signed_layouts(current_snapshot().project, found.records),
            forms=WORKSHEET_FORMATS,
            **desk_context(),
        )

    @printdesk.get("/desk/pdf/<edition>")
    @printdesk.get("/desk/pdf/<edition>/<int:number>")
    @organisers_only
    def pdf(edition: str, number: int = 0) -> Response:
        record = manifest.read_manifest(current_snapshot().project.output).get(edition)
        if record is None or record.site or not may_take(record, "drafts" in request.args):
            abort(404)
        return send_edition(record, number)

    @printdesk.get("/desk/worksheet/<leaflet>/<language>/<form>")
    @organisers_only
    def sheet(leaflet: str, language: str, form: str) -> Response:
        return send_worksheet(leaflet, language, form) if form in WORKSHEET_FORMATS else abort(404)

    @printdesk.get("/desk/zip")
    @organisers_only
    def take() -> Response:
        choice = chosen_from(request.args)
        return send_zip(choice.records(choice.cells()))

    return printdesk


def sheets_shown(cell: MatrixCell) -> list[str]:
    """Return the sheets of a leaflet, and those it was built on besides."""
    return list(
        dict.fromkeys(
            [
                *sheets_of_leaflet(current_snapshot(), cell.leaflet),
                *(record.sheet for record in cell.records),
            ]
        )
    )


def send_worksheet(leaflet: str, language: str, form: str) -> Response:
    """Return a sheet to read and sign away from the computer; raise LeafletsError if nothing is left to read."""
    from flask import Response

    made = make_worksheet(current_snapshot(), language, [leaflet])
    name = worksheet_path(current_snapshot().project, made, [leaflet], form).name
    note_worksheet(current_snapshot().project, made)
    data = WORKSHEET_FORMATS[form].make(current_snapshot(), made)
    return Response(
        data,
        mimetype=WORKSHEET_FORMATS[form].kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def cells_by_place(cells: Iterable[MatrixCell]) -> dict[tuple[str, str], MatrixCell]:
    """Return cells by leaflet and language."""
    return {(cell.leaflet.slug, cell.language): cell for cell in cells}


def send_edition(record: EditionRecord, number: int = 0) -> Response:
    """Return an edition to save, or with a number one of its files to print; 404 if it is not on the disk as it was built."""
    from flask import Response, abort

    output = current_snapshot().project.output
    if not manifest.is_intact(output, record) or number >= len(record.paths):
        abort(404)
    path = record.paths[number]
    return Response(
        (output / path).read_bytes(), mimetype="application/pdf", headers=attachment_header(path)
    )


def send_zip(records: Iterable[EditionRecord]) -> Response:
    """Return PDFs as one zip; raise LeafletsError if there is none."""
    from flask import Response

    data = zip_editions(current_snapshot().project, records)
    return Response(
        data,
        mimetype="application/zip",
        headers={"Content-Disposition": 'attachment; filename="leaflets.zip"'},
    )
