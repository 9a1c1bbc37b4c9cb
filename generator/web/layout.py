"""The screen on which a person looks at a finished page and stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.base.clock import today
from generator.campaign.sheets import SHEETS
from generator.editions import manifest
from generator.editions.layouts import Layout, layouts
from generator.model import Edition
from generator.problem import LeafletsError
from generator.signing.sign_layout import finished, sign_layout, withdraw_layout
from generator.web.desk import desk, person, snapshot

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response as Answer


def finished_pages(code: str, leaflet: str) -> list[Layout]:
    """Return the finished public PDFs of a leaflet in a language with who stands behind them, in the order of the sheets."""
    project = snapshot().project
    records = [
        one
        for one in manifest.read(project.output).values()
        if (one.leaflet, one.language) == (leaflet, code)
    ]
    found = layouts(project, records).values()
    return sorted(
        found,
        key=lambda one: (
            list(SHEETS).index(one.record.sheet) if one.record.sheet in SHEETS else len(SHEETS)
        ),
    )


def screen() -> Blueprint:
    """Return the screen, its two buttons, and the PDF."""
    from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

    layout = Blueprint("layout", __name__)

    @layout.get("/layout/<edition>")
    def look(edition: str) -> ResponseReturnValue:
        project, wanted = snapshot().project, known(edition)
        row, leaflet = project.languages[wanted.language], project.leaflets[wanted.leaflet]
        try:
            record, pdf = finished(project, edition)
        except LeafletsError as error:
            return render_template(
                "layout.html",
                edition=wanted,
                row=row,
                leaflet=leaflet,
                record=None,
                problems=error.problems,
            )
        token = desk().studio.show(project, wanted, pdf)
        shown = desk().studio.picture(token, person().code)
        return render_template(
            "layout.html",
            edition=wanted,
            row=row,
            leaflet=leaflet,
            record=record,
            token=token,
            pages=shown.pages,
            people=layouts(project, [record])[edition].people,
            problems=shown.problems,
        )

    @layout.post("/layout/<edition>/sign")
    def sign(edition: str) -> Answer:
        sign_layout(
            snapshot().project,
            known(edition).name,
            request.form.get("sha256", ""),
            person().code,
            today(),
        )
        return redirect(url_for("layout.look", edition=edition), 303)

    @layout.post("/layout/<edition>/withdraw")
    def withdraw(edition: str) -> Answer:
        withdraw_layout(
            snapshot().project, known(edition).name, request.form.get("sha256", ""), person().code
        )
        return redirect(url_for("layout.look", edition=edition), 303)

    @layout.get("/layout/<edition>.pdf")
    def pdf(edition: str) -> Response:
        record, data = finished(snapshot().project, known(edition).name)
        return Response(data, mimetype="application/pdf", headers=attachment(record.path))

    def known(name: str) -> Edition:
        return edition_of(name) or abort(404)

    return layout


def edition_of(name: str) -> Edition | None:
    """Return a public edition of the campaign by its name, built or not; None if there is none."""
    project = snapshot().project
    if record := manifest.read(project.output).get(name):
        return (
            None
            if record.site
            else Edition(record.leaflet, record.language, record.sheet, printer=record.printer)
        )
    leaflet, _, rest = name.partition("_")
    code, _, sheet = rest.rpartition("_")
    found = leaflet in project.leaflets and code in project.campaign.languages and sheet in SHEETS
    return Edition(leaflet, code, sheet) if found else None


def attachment(path: str) -> dict[str, str]:
    """Return the header that saves a PDF under the name it has in output/."""
    return {"Content-Disposition": f'attachment; filename="{path.rpartition("/")[2]}"'}
