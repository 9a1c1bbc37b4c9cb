"""The screen on which a person looks at a finished page and signs it."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from generator.base.clock import today
from generator.editions import manifest
from generator.editions.layouts import SignedLayout, signed_layouts
from generator.model import Edition
from generator.problem import LeafletsError
from generator.signing.sign_layout import finished_pdf, sign_layout, withdraw_layout
from generator.web.helpers import attachment_header
from generator.web.server_state import current_snapshot, current_user, server_state

screen = Blueprint("layout", __name__)


@screen.get("/layout/<edition>")
def look(edition: str) -> str:
    """Show every page of an edition as it was printed, with who signed it."""
    project, wanted = current_snapshot().project, public_edition(edition)
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


@screen.post("/layout/<edition>/sign")
def sign(edition: str) -> ResponseReturnValue:
    """Sign exactly the PDF that was shown."""
    name, sha256 = public_edition(edition).name, request.form.get("sha256", "")
    sign_layout(current_snapshot().project, name, sha256, current_user().code, today())
    return redirect(url_for(".look", edition=edition), 303)


@screen.post("/layout/<edition>/withdraw")
def withdraw(edition: str) -> ResponseReturnValue:
    """Take the signature of a page back."""
    name, sha256 = public_edition(edition).name, request.form.get("sha256", "")
    withdraw_layout(current_snapshot().project, name, sha256, current_user().code)
    return redirect(url_for(".look", edition=edition), 303)


@screen.get("/layout/<edition>.pdf")
def pdf(edition: str) -> Response:
    """Return the PDF, to be saved."""
    record, data = finished_pdf(current_snapshot().project, public_edition(edition).name)
    return Response(data, mimetype="application/pdf", headers=attachment_header(record.path))


def public_edition(name: str) -> Edition:
    """Return a public edition of the campaign by its name, built or not; end with 404 else."""
    project = current_snapshot().project
    if record := manifest.read_manifest(project.output).get(name):
        if record.site:
            abort(404)
        return Edition(record.leaflet, record.language, record.sheet, printer=record.printer)
    leaflet, _, rest = name.partition("_")
    code, _, sheet = rest.rpartition("_")
    known = leaflet in project.leaflets and code in project.campaign.languages
    return Edition(leaflet, code, sheet) if known and sheet in project.sheets else abort(404)


@screen.app_template_global()
def finished_pages(code: str, leaflet: str) -> list[SignedLayout]:
    """Return the finished public PDFs of a leaflet in a language, in the order of the sheets."""
    project = current_snapshot().project
    records = [
        record
        for record in manifest.read_manifest(project.output).values()
        if (record.leaflet, record.language) == (leaflet, code)
    ]
    pages = signed_layouts(project, records).values()
    return sorted(pages, key=lambda page: project.sheet_place(page.record.sheet))
