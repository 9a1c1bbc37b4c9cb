"""Look at a text while it is typed, and keep it: two addresses that the page's script asks, the same rules as everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.base.text import tidy
from generator.signing.reading import line_of
from generator.signing.sign import corrected
from generator.web import form_actions
from generator.web.desk import snapshot
from generator.web.form_actions import Form
from generator.web.helpers import reader, tools
from generator.web.words import plain

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def screen() -> Blueprint:
    """Return the two addresses."""
    from flask import Blueprint

    pages = Blueprint("checking", __name__)
    pages.add_url_rule("/check/<language>/<domain>/<msgctxt>", "check", check, methods=["POST"])
    pages.add_url_rule("/keep/<language>/<domain>/<msgctxt>", "keep", keep, methods=["POST"])
    return pages


def check(language: str, domain: str, msgctxt: str) -> ResponseReturnValue:
    """Return what the checks find in a text that is being typed, as markup and as a sentence to be read aloud."""
    from flask import render_template

    form = _form(language, domain, msgctxt)
    task = line_of(snapshot(), language, domain, msgctxt, reader()).task
    found = (
        corrected(snapshot(), task, form.text, reader())
        if form_actions.changed(form.text, task)
        else task
    )
    groups = form_actions.groups(found.problems if form.text else ())
    counts = {
        "wrong": sum(group.kind == "error" for group in groups),
        "doubtful": sum(group.kind != "error" for group in groups),
    }
    said = plain("problems-found", **counts) if groups else plain("problems-none")
    row = snapshot().project.languages[language]
    markup = render_template(
        "_problems.html",
        groups=groups,
        answers={},
        row=row,
        meant=form_actions.meant(form.text, row),
        **tools(),
    )
    return {"said": said, "markup": markup, "moved": form.key != task.key, **counts}


def keep(language: str, domain: str, msgctxt: str) -> ResponseReturnValue:
    """Keep a text that is being typed."""
    form = _form(language, domain, msgctxt)
    form_actions.keep(form, reader(), form.text)
    return {"kept": True, "said": plain("notice-kept") if form.text != tidy(form.seen) else ""}


def _form(language: str, domain: str, msgctxt: str) -> Form:
    from flask import request

    return Form.of(request.form, language, domain, msgctxt)
