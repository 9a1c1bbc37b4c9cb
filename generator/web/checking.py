"""Look at a text while it is typed, and keep it: two addresses that the page's script asks, the same rules as everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.base.message_text import on_one_line
from generator.signing.reading import find_line
from generator.signing.sign import corrected_task
from generator.web import form_actions
from generator.web.desk import current_snapshot
from generator.web.form_actions import SentenceForm
from generator.web.helpers import reader_code, reading_context
from generator.web.words import word_text

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def screen() -> Blueprint:
    """Return the two addresses."""
    from flask import Blueprint

    pages = Blueprint("checking", __name__)
    pages.add_url_rule(
        "/check/<language>/<domain>/<msgctxt>", "check", check_typing, methods=["POST"]
    )
    pages.add_url_rule("/keep/<language>/<domain>/<msgctxt>", "keep", keep_typing, methods=["POST"])
    return pages


def check_typing(language: str, domain: str, msgctxt: str) -> ResponseReturnValue:
    """Return what the checks find in a text that is being typed, as markup and as a sentence to be read aloud."""
    from flask import render_template

    form = _form(language, domain, msgctxt)
    task = find_line(current_snapshot(), language, domain, msgctxt, reader_code()).task
    found = (
        corrected_task(current_snapshot(), task, form.text, reader_code())
        if form_actions.differs_from(form.text, task)
        else task
    )
    groups = form_actions.problem_groups(found.problems if form.text else ())
    counts = {
        "wrong": sum(group.kind == "error" for group in groups),
        "doubtful": sum(group.kind != "error" for group in groups),
    }
    said = word_text("problems-found", **counts) if groups else word_text("problems-none")
    row = current_snapshot().project.languages[language]
    markup = render_template(
        "_problems.html",
        groups=groups,
        answers={},
        row=row,
        meant=form_actions.meant_text(form.text, row),
        **reading_context(),
    )
    return {"said": said, "markup": markup, "moved": form.key != task.key, **counts}


def keep_typing(language: str, domain: str, msgctxt: str) -> ResponseReturnValue:
    """Keep a text that is being typed."""
    form = _form(language, domain, msgctxt)
    form_actions.keep_typed(form, reader_code(), form.text)
    return {
        "kept": True,
        "said": word_text("notice-kept") if form.text != on_one_line(form.seen) else "",
    }


def _form(language: str, domain: str, msgctxt: str) -> SentenceForm:
    from flask import request

    return SentenceForm.of(request.form, language, domain, msgctxt)
