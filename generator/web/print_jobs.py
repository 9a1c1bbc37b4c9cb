"""Print from the desk: start a build, watch it, stop it, take the result away; also for a site, whose facts only its own screen shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.editions import manifest
from generator.editions.plan import BuildRequest
from generator.editions.print_jobs import PrintJob
from generator.layout.stage import EditionState
from generator.problem import LeafletsError, Problem
from generator.web.desk import current_snapshot, organisers_only, server_state
from generator.web.print_desk import (
    PrintChoice,
    chosen_from,
    desk_context,
    may_take,
    send_edition,
    send_zip,
)

if TYPE_CHECKING:
    from flask import Blueprint, Response
    from werkzeug.wrappers import Response as Answer

NOTHING_STARTED = Problem(
    "print-nothing", "nobody has translated any of these", hint="choose other languages or leaflets"
)
DRAFTS_ONLY = Problem(
    "print-nothing",
    "none of these is ready",
    hint="choose drafts too, which nobody has checked, or others",
)


def request_for_choice(choice: PrintChoice, site: str = "") -> BuildRequest:
    """Return what to build, drafts only if they were asked for; raise LeafletsError if there is nothing to print."""
    started = [cell for cell in choice.cells() if cell.started]
    cells = [cell for cell in started if cell.printable or choice.drafts]
    if not cells:
        raise LeafletsError(DRAFTS_ONLY if started else NOTHING_STARTED)
    slugs = tuple(dict.fromkeys(cell.leaflet.slug for cell in cells))
    return BuildRequest(
        slugs,
        (),
        choice.sheets,
        site,
        frozenset((cell.leaflet.slug, cell.language) for cell in cells),
        choice.printer,
    )


def screen() -> Blueprint:
    """Return the screens of jobs and sites; all of them are for the organiser at this computer."""
    from flask import Blueprint, abort, redirect, render_template, request, url_for

    jobs = Blueprint("printjobs", __name__)

    @jobs.post("/desk/print")
    @organisers_only
    def begin() -> Answer:
        return started(chosen_from(request.form), "")

    @jobs.post("/desk/sites/<site>/print")
    @organisers_only
    def begin_site(site: str) -> Answer:
        return started(chosen_from(request.form), site)

    def started(choice: PrintChoice, site: str) -> Answer:
        job = server_state().jobs.running or server_state().jobs.start(
            request_for_choice(choice, site), choice.drafts
        )
        return redirect(url_for("printjobs.watch", job=job.id), 303)

    def found(name: str) -> PrintJob:
        return server_state().jobs.jobs.get(name) or abort(404)

    @jobs.get("/desk/print/<job>")
    @organisers_only
    def watch(job: str) -> str:
        one = found(job)
        outcomes = [outcome.record for outcome in one.report.outcomes] if one.report else []
        withheld = [record for record in outcomes if record.state is EditionState.FAILED]
        taken = [record for record in outcomes if may_take(record, one.drafts)]
        return render_template(
            "deskjob.html", job=one, withheld=withheld, taken=taken, **desk_context()
        )

    @jobs.get("/desk/print/<job>/progress")
    @organisers_only
    def progress(job: str) -> dict[str, object]:
        one = found(job)
        return {"running": one.running, "done": one.done, "total": one.total, "left": one.left}

    @jobs.post("/desk/print/<job>/stop")
    @organisers_only
    def stop(job: str) -> Answer:
        found(job).wanted = False
        return redirect(url_for("printjobs.watch", job=job), 303)

    @jobs.get("/desk/print/<job>/zip")
    @organisers_only
    def take(job: str) -> Response:
        one = found(job)
        return send_zip(
            outcome.record
            for outcome in (one.report.outcomes if one.report else ())
            if may_take(outcome.record, one.drafts)
        )

    @jobs.get("/desk/sites/<site>")
    @organisers_only
    def place(site: str) -> str:
        records = manifest.read_manifest(current_snapshot().project.output).values()
        built = sorted(
            (record for record in records if record.site == site and record.path),
            key=lambda record: record.edition,
        )
        own = current_snapshot().project.own_facts(site)
        return render_template(
            "desksite.html", site=site, own=own, built=built, choice=PrintChoice(), **desk_context()
        )

    @jobs.get("/desk/sites/<site>/pdf/<edition>")
    @jobs.get("/desk/sites/<site>/pdf/<edition>/<int:number>")
    @organisers_only
    def site_pdf(site: str, edition: str, number: int = 0) -> Response:
        record = manifest.read_manifest(current_snapshot().project.output).get(edition)
        if record is None or record.site != site or not may_take(record, True):
            abort(404)
        return send_edition(record, number)

    return jobs
