"""Look at a text while it is typed, and keep it: two addresses that the page's script asks, the same rules as everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.core.text import tidy
from generator.usecases.reading import line_of
from generator.usecases.sign import corrected
from generator.web import deeds
from generator.web.deeds import Form
from generator.web.desk import source
from generator.web.places import reader, tools
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
    task = line_of(source(), language, domain, msgctxt, reader()).task
    found = corrected(source(), task, form.text, reader()) if deeds.changed(form.text, task) else task
    groups = deeds.groups(found.problems if form.text else ())
    counts = {"wrong": sum(group.kind == "error" for group in groups), "doubtful": sum(group.kind != "error" for group in groups)}
    said = plain("problems-found", **counts) if groups else plain("problems-none")
    row = source().project.languages[language]
    markup = render_template("_problems.html", groups=groups, answers={}, row=row, meant=deeds.meant(form.text, row), **tools())
    return {"said": said, "markup": markup, "moved": form.key != task.key, **counts}


def keep(language: str, domain: str, msgctxt: str) -> ResponseReturnValue:
    """Keep a text that is being typed."""
    form = _form(language, domain, msgctxt)
    deeds.keep(form, reader(), form.text)
    return {"kept": True, "said": plain("notice-kept") if form.text != tidy(form.seen) else ""}


def _form(language: str, domain: str, msgctxt: str) -> Form:
    from flask import request

    return Form.of(request.form, language, domain, msgctxt)
