"""One print job: start it, watch it, stop it, take the result away."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from generator.editions.manifest import EditionRecord
from generator.editions.print_jobs import PrintJob
from generator.layout.stage import EditionState
from generator.web.print_choice import PrintChoice, desk_context, may_take, send_zip
from generator.web.server_state import organisers_only, server_state

screen = Blueprint("print_job", __name__)


@screen.post("/desk/print")
@screen.post("/desk/sites/<site>/print")
@organisers_only
def begin(site: str = "") -> ResponseReturnValue:
    """Build what was chosen, or show the job that runs already."""
    # One build at a time: it holds the lock of the output folder.
    choice, jobs = PrintChoice.of(request.form), server_state().jobs
    job = jobs.running or jobs.start(choice.build_request(site), choice.drafts)
    return redirect(url_for(".watch", job=job.id), 303)


@screen.get("/desk/print/<job>")
@organisers_only
def watch(job: str) -> str:
    """Show how far a job is, and what came of it."""
    found = job_called(job)
    return render_template(
        "print_job.html",
        job=found,
        withheld=[record for record in built(found) if record.state is EditionState.FAILED],
        taken=[record for record in built(found) if may_take(record, found.drafts)],
        **desk_context(),
    )


@screen.get("/desk/print/<job>/progress")
@organisers_only
def progress(job: str) -> dict[str, object]:
    """Return how far a job is, for the script of the page."""
    found = job_called(job)
    return {key: getattr(found, key) for key in ("running", "done", "total", "left")}


@screen.post("/desk/print/<job>/stop")
@organisers_only
def stop(job: str) -> ResponseReturnValue:
    """Let a job end after the edition it is drawing."""
    job_called(job).wanted = False
    return redirect(url_for(".watch", job=job), 303)


@screen.get("/desk/print/<job>/zip")
@organisers_only
def take(job: str) -> Response:
    """Return what a job made, as one zip."""
    found = job_called(job)
    return send_zip(record for record in built(found) if may_take(record, found.drafts))


def job_called(name: str) -> PrintJob:
    """Return a job of this page; end with 404 if there is none."""
    return server_state().jobs.jobs.get(name) or abort(404)


def built(job: PrintJob) -> list[EditionRecord]:
    """Return what a job made, nothing before it ends."""
    return [outcome.record for outcome in job.report.outcomes] if job.report else []
