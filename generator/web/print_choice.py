"""What the screens of the print desk share: what an organiser chose, and the PDFs to take away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, abort
from werkzeug.datastructures import MultiDict

from generator.base.names import pick_names
from generator.editions import manifest
from generator.editions.manifest import EditionRecord
from generator.editions.plan import BuildRequest
from generator.editions.print_jobs import zip_editions
from generator.layout.stage import STAGE_NAMES, EditionState
from generator.model import State
from generator.overview.matrix import MatrixCell, leaflet_matrix
from generator.problem import LeafletsError, Problem
from generator.web.helpers import STATE_SHAPES, attachment_header, reading_minutes
from generator.web.server_state import current_snapshot, server_state

NOTHING_STARTED = Problem(
    "print-nothing", "nobody has translated any of these", hint="choose other languages or leaflets"
)
DRAFTS_ONLY = Problem(
    "print-nothing",
    "none of these is ready",
    hint="choose drafts too, which nobody has checked, or others",
)


@dataclass(frozen=True)
class PrintChoice:
    """What an organiser chose to see and to print; nothing means everything."""

    leaflets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    state: str = ""
    drafts: bool = False
    printer: str = ""

    @classmethod
    def of(cls, form: MultiDict[str, str]) -> PrintChoice:
        """Return the choice in a form or an address; raise UsageError for an unknown name."""
        project = current_snapshot().project
        known: Mapping[str, Iterable[str]] = {
            "leaflet": project.leaflets,
            "language": project.campaign.languages,
            "sheet": project.sheets,
            "state": list(State),
            "printer": project.printers,
        }
        found = {kind: tuple(filter(None, form.getlist(kind))) for kind in known}
        for kind, values in found.items():
            pick_names(kind, values, known[kind])
        return cls(
            found["leaflet"],
            found["language"],
            found["sheet"],
            state=next(iter(found["state"]), ""),
            drafts="drafts" in form,
            printer=next(iter(found["printer"]), ""),
        )

    def cells(self) -> list[MatrixCell]:
        """Return the cells chosen."""
        found = leaflet_matrix(current_snapshot(), self.leaflets, self.languages)
        return [cell for cell in found if self.state in ("", cell.state)]

    def records(self, cells: Iterable[MatrixCell]) -> list[EditionRecord]:
        """Return what was built of some cells on the sheets chosen, and may be taken away."""
        return [
            record
            for cell in cells
            for record in cell.records
            if not self.sheets or record.sheet in self.sheets
            if may_take(record, self.drafts)
        ]

    def fields(self) -> list[tuple[str, str]]:
        """Return the choice as the fields of a form."""
        fields = {
            "leaflet": self.leaflets,
            "language": self.languages,
            "sheet": self.sheets,
            "state": (self.state,) if self.state else (),
        }
        return [(name, value) for name, values in fields.items() for value in values]

    def build_request(self, site: str = "") -> BuildRequest:
        """Return what to build; raise LeafletsError if there is nothing to print."""
        started = [cell for cell in self.cells() if cell.started]
        cells = [cell for cell in started if cell.printable or self.drafts]
        if not cells:
            raise LeafletsError(DRAFTS_ONLY if started else NOTHING_STARTED)
        return BuildRequest(
            leaflets=tuple(dict.fromkeys(cell.leaflet.slug for cell in cells)),
            sheets=self.sheets,
            site=site,
            pairs=frozenset((cell.leaflet.slug, cell.language) for cell in cells),
            printer=self.printer,
        )


def may_take(record: EditionRecord, drafts: bool) -> bool:
    """Tell whether a PDF may be taken away: a ready one, or a draft that was asked for by name."""
    draft = drafts and record.state in STAGE_NAMES
    return bool(record.path) and (record.state is EditionState.READY or draft)


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
        "minutes": reading_minutes,
        "running": server_state().jobs.running,
        "made_up": sorted(current_snapshot().made_up),
        "sites": sorted(path.stem for path in (project.root / "sites").glob("*.yaml")),
    }


def send_edition(edition: str, number: int, site: str = "", drafts: bool = True) -> Response:
    """Return a file of an edition, to be saved; end with 404 if it is not what was built."""
    output = current_snapshot().project.output
    record = manifest.read_manifest(output).get(edition)
    if record is None or record.site != site or not may_take(record, drafts):
        abort(404)
    if not manifest.is_intact(output, record) or number >= len(record.paths):
        abort(404)
    path = record.paths[number]
    pdf = (output / path).read_bytes()
    return Response(pdf, mimetype="application/pdf", headers=attachment_header(path))


def send_zip(records: Iterable[EditionRecord]) -> Response:
    """Return PDFs as one zip; raise LeafletsError if there is none."""
    data = zip_editions(current_snapshot().project, records)
    return Response(data, mimetype="application/zip", headers=attachment_header("leaflets.zip"))
