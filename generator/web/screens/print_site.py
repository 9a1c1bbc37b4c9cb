"""The screen of one site, the only one that shows its facts; its editions are printed from here."""

from flask import Blueprint, Response, render_template

from generator.editions import manifest
from generator.web.print_choice import PrintChoice, desk_context, send_edition
from generator.web.server_state import current_snapshot, organisers_only

screen = Blueprint("print_site", __name__)


@screen.get("/desk/sites/<site>")
@organisers_only
def place(site: str) -> str:
    """Show the facts of a site, and what was built for it."""
    project = current_snapshot().project
    records = manifest.read_manifest(project.output).values()
    built = [record for record in records if record.site == site and record.path]
    return render_template(
        "print_site.html",
        site=site,
        own=project.own_facts(site),
        built=sorted(built, key=lambda record: record.edition),
        choice=PrintChoice(),
        **desk_context(),
    )


@screen.get("/desk/sites/<site>/pdf/<edition>")
@screen.get("/desk/sites/<site>/pdf/<edition>/<int:number>")
@organisers_only
def pdf(site: str, edition: str, number: int = 0) -> Response:
    """Return an edition of a site, or one of its files to print."""
    return send_edition(edition, number, site)
