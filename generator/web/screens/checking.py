"""Check and keep a text while it is being typed; only the script of the page asks for it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from generator.base.message_text import on_one_line
from generator.signing.reading import find_line
from generator.signing.sentence_task import corrected_task
from generator.web import form_actions
from generator.web.form_actions import GroupKind, SentenceForm
from generator.web.helpers import reader_code, reading_context
from generator.web.server_state import current_snapshot
from generator.web.words import word_text

screen = Blueprint("checking", __name__)


@screen.post("/check/<language>/<domain>/<msgctxt>")
def check_typing(language: str, domain: str, msgctxt: str) -> ResponseReturnValue:
    """Return what the checks find, as markup and as a sentence to be read aloud."""
    form = SentenceForm.of(request.form, language, domain, msgctxt)
    task = find_line(current_snapshot(), language, domain, msgctxt, reader_code()).task
    typed = task
    if form_actions.differs_from(form.text, task):
        typed = corrected_task(current_snapshot(), task, form.text, reader_code())

    groups = form_actions.problem_groups(typed.problems if form.text else ())
    wrong = sum(group.kind is GroupKind.ERROR for group in groups)
    counts = {"wrong": wrong, "doubtful": len(groups) - wrong}
    row = current_snapshot().project.languages[language]
    markup = render_template(
        "_problems.html",
        groups=groups,
        answers={},
        row=row,
        meant=form_actions.meant_text(form.text, row),
        **reading_context(),
    )
    said = word_text("problems-found", **counts) if groups else word_text("problems-none")
    return {"said": said, "markup": markup, "moved": form.key != task.key, **counts}


@screen.post("/keep/<language>/<domain>/<msgctxt>")
def keep_typing(language: str, domain: str, msgctxt: str) -> ResponseReturnValue:
    """Keep a text that is being typed."""
    form = SentenceForm.of(request.form, language, domain, msgctxt)
    form_actions.keep_typed(form, reader_code(), form.text)
    said = word_text("notice-kept") if form.text != on_one_line(form.seen) else ""
    return {"kept": True, "said": said}
