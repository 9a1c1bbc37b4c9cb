"""The screen on which a person looks at a finished page and stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.base.clock import today
from generator.editions import manifest
from generator.editions.layouts import SignedLayout, signed_layouts
from generator.model import Edition
from generator.problem import LeafletsError
from generator.signing.sign_layout import finished_pdf, sign_layout, withdraw_layout
from generator.web.desk import current_snapshot, current_user, server_state

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response as Answer


def finished_pages(code: str, leaflet: str) -> list[SignedLayout]:
    """Return the finished public PDFs of a leaflet in a language with who stands behind them, in the order of the sheets."""
    project = current_snapshot().project
    records = [
        one
        for one in manifest.read_manifest(project.output).values()
        if (one.leaflet, one.language) == (leaflet, code)
    ]
    found = signed_layouts(project, records).values()
    return sorted(
        found,
        key=lambda one: project.sheet_place(one.record.sheet),
    )


def screen() -> Blueprint:
    """Return the screen, its two buttons, and the PDF."""
    from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

    layout = Blueprint("layout", __name__)

    @layout.get("/layout/<edition>")
    def look(edition: str) -> ResponseReturnValue:
        project, wanted = current_snapshot().project, known(edition)
        row, leaflet = project.languages[wanted.language], project.leaflets[wanted.leaflet]
        try:
            record, pdf = finished_pdf(project, edition)
        except LeafletsError as error:
            return render_template(
                "layout.html",
                edition=wanted,
                row=row,
                leaflet=leaflet,
                record=None,
                problems=error.problems,
            )
        token = server_state().studio.show(project, wanted, pdf)
        shown = server_state().studio.picture(token, current_user().code)
        return render_template(
            "layout.html",
            edition=wanted,
            row=row,
            leaflet=leaflet,
            record=record,
            token=token,
            pages=shown.pages,
            people=signed_layouts(project, [record])[edition].people,
            problems=shown.problems,
        )

    @layout.post("/layout/<edition>/sign")
    def sign(edition: str) -> Answer:
        sign_layout(
            current_snapshot().project,
            known(edition).name,
            request.form.get("sha256", ""),
            current_user().code,
            today(),
        )
        return redirect(url_for("layout.look", edition=edition), 303)

    @layout.post("/layout/<edition>/withdraw")
    def withdraw(edition: str) -> Answer:
        withdraw_layout(
            current_snapshot().project,
            known(edition).name,
            request.form.get("sha256", ""),
            current_user().code,
        )
        return redirect(url_for("layout.look", edition=edition), 303)

    @layout.get("/layout/<edition>.pdf")
    def pdf(edition: str) -> Response:
        record, data = finished_pdf(current_snapshot().project, known(edition).name)
        return Response(data, mimetype="application/pdf", headers=attachment_header(record.path))

    def known(name: str) -> Edition:
        return public_edition(name) or abort(404)

    return layout


def public_edition(name: str) -> Edition | None:
    """Return a public edition of the campaign by its name, built or not; None if there is none."""
    project = current_snapshot().project
    if record := manifest.read_manifest(project.output).get(name):
        return (
            None
            if record.site
            else Edition(record.leaflet, record.language, record.sheet, printer=record.printer)
        )
    leaflet, _, rest = name.partition("_")
    code, _, sheet = rest.rpartition("_")
    found = (
        leaflet in project.leaflets
        and code in project.campaign.languages
        and sheet in project.sheets
    )
    return Edition(leaflet, code, sheet) if found else None


def attachment_header(path: str) -> dict[str, str]:
    """Return the header that saves a PDF under the name it has in output/."""
    return {"Content-Disposition": f'attachment; filename="{path.rpartition("/")[2]}"'}
