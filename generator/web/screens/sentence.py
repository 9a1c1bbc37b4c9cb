"""One sentence in front of a reader: all that is needed to judge it, and the answers to it."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from generator.base.message_text import on_one_line
from generator.campaign.respell import respelt_text
from generator.catalogue.change import classify_change
from generator.problem import LeafletsError
from generator.signing import undo as review_undo
from generator.signing import unsaved
from generator.signing.pace import reading_pause
from generator.signing.reading import SentenceLine, find_line, next_open
from generator.signing.record_answer import text_instead
from generator.signing.sentence_task import corrected_task
from generator.signing.suggestions import former_wording, similar_signed
from generator.signing.unsaved import TypedText
from generator.web import form_actions, stamp
from generator.web.form_actions import Button, SentenceForm
from generator.web.helpers import reader_code, show_screen
from generator.web.server_state import current_snapshot, server_state
from generator.web.source_view import is_source, source_values

screen = Blueprint("sentence", __name__)
_ADDRESS = "/read/<language>/<domain>/<msgctxt>"


@screen.get(_ADDRESS)
def sentence(language: str, domain: str, msgctxt: str) -> ResponseReturnValue:
    """Show a sentence, with the text that this reader typed before and did not sign."""
    line = _line(language, domain, msgctxt)
    typed, notice = _typed(language, domain, msgctxt), "typed"
    if not typed:
        typed, notice = _overwritten(line), "overwritten"
    if typed and form_actions.differs_from(typed.text, line.task):
        return _page(line, typed.text, typed=typed, notice=notice)
    return _page(line, line.task.text.msgstr, notice="aside" if "aside" in request.args else "")


@screen.post(_ADDRESS)
def answer(language: str, domain: str, msgctxt: str) -> ResponseReturnValue:
    """Do what a button says; whatever goes wrong, a typed translation is kept first."""
    form = SentenceForm.of(request.form, language, domain, msgctxt)
    if is_source(language):
        return _answer_source(form, _line(language, domain, msgctxt))
    # First of all: whatever happens below, nobody has to type it again.
    form_actions.keep_typed(form, reader_code(), form.text)
    line = _line(language, domain, msgctxt)
    if form.do == Button.LOOK:
        return _page(line, form.text, form)
    if form.do == Button.MEND:
        text = respelt_text(form.text, current_snapshot().project.languages[language])
        form_actions.keep_typed(form, reader_code(), text)
        return _page(line, text, form, notice="kept")
    if chosen := form_actions.chosen_text(form, line.task):
        form_actions.keep_typed(form, reader_code(), chosen)
        return _page(line, chosen, form, notice="kept")
    # Another wording stands there by now: a signature would be for words that nobody saw.
    if form.do in form_actions.WORDING_BUTTONS and form.key != line.task.key:
        return _conflict(form, line)
    if stamp.seconds_shown(form.at) < form_actions.seconds_before(form.do, line.task):
        return _page(line, form.text, form, notice="soon", status=422)
    if form.do == Button.DROP:
        form_actions.keep_typed(form, reader_code(), "")
        return _to_sentence(language, domain, msgctxt)
    return _act(form, line)


def _answer_source(form: SentenceForm, line: SentenceLine) -> ResponseReturnValue:
    """Do what a button says about a text of the source, which nobody types here."""
    form = replace(form, text=line.task.text.msgstr)
    if form.do in form_actions.WORDING_BUTTONS and form.key != line.task.key:
        return _page(line, form.text, form, notice="moved", status=409)
    if stamp.seconds_shown(form.at) < form_actions.seconds_before(form.do, line.task):
        return _page(line, form.text, form, notice="soon", status=422)
    return _act(form, line)


def _act(form: SentenceForm, line: SentenceLine) -> ResponseReturnValue:
    where = (form.language, form.domain, form.msgctxt)
    try:
        notice = form_actions.perform_action(current_snapshot(), line.task, form, reader_code())
    except LeafletsError as error:
        if error.problems[0].code != "sign-conflict":
            problems = error.problems
            return _page(line, form.text, form, notice="refused", refused=problems, status=422)
        # Somebody else was quicker: show the sentence as the files are now.
        now = server_state().live.snapshot(form.language)
        if is_source(form.language):
            line = find_line(now, *where, reader_code())
            return _page(line, line.task.text.msgstr, notice="moved", status=409)
        return _conflict(form, find_line(now, *where, reader_code()))
    if notice:
        return _page(line, form.text, form, notice=notice, status=422)
    if form.do == Button.ASK:
        return _to_sentence(*where, anchor="talk")

    if form.do == Button.CORRECT and text_instead(current_snapshot().project, line.task, form.text):
        address = url_for(
            ".sentence", language=form.language, domain=form.domain, msgctxt=form.msgctxt, aside=1
        )
        return redirect(address, 303)
    after = next_open(server_state().live.snapshot(form.language), *where, reader_code())
    if after:
        return _to_sentence(form.language, form.domain, after)
    return redirect(url_for("done.overview", language=form.language, domain=form.domain), 303)


@screen.post("/undo/<language>")
def undo(language: str) -> ResponseReturnValue:
    """Take back the reader's last answer, and show its sentence again."""
    try:
        which = request.form.get("which", "")
        back = review_undo.take_back_answer(current_snapshot(), reader_code(), which)
    except LeafletsError as error:
        leaflets = url_for("leaflets.choose", language=language)
        return show_screen("sentence_undone.html", 409, problems=error.problems, back=leaflets)
    return _to_sentence(back.language, back.domain, back.msgctxt)


def _to_sentence(
    language: str, domain: str, msgctxt: str, anchor: str | None = None
) -> ResponseReturnValue:
    address = url_for(
        ".sentence", language=language, domain=domain, msgctxt=msgctxt, _anchor=anchor
    )
    return redirect(address, 303)


def _line(language: str, domain: str, msgctxt: str) -> SentenceLine:
    try:
        return find_line(current_snapshot(), language, domain, msgctxt, reader_code())
    except LeafletsError as error:
        if error.problems[0].code == "sentence-gone":
            abort(404)
        raise


def _typed(language: str, domain: str, msgctxt: str) -> TypedText | None:
    mine = unsaved.read_desk(server_state().root, reader_code())
    return mine.texts.get(review_undo.typed_key(language, domain, msgctxt))


def _overwritten(line: SentenceLine) -> TypedText | None:
    """Return this reader's correction, where an open editor saved the older text over it."""
    task = line.task
    lost = review_undo.overwritten_answers(
        current_snapshot(), reader_code(), task.language, task.domain
    )
    mine = lost.get(task.message.msgctxt)
    return TypedText(mine.after, task.text.msgstr, task.message.msgid) if mine else None


def _page(
    line: SentenceLine,
    text: str,
    form: SentenceForm | None = None,
    typed: TypedText | None = None,
    status: int = 200,
    **values: Any,
) -> ResponseReturnValue:
    task, snapshot = line.task, current_snapshot()
    row = snapshot.project.languages[task.language]
    names = list(snapshot.texts(task.language, task.domain))
    # How long the sentence has been there already, where it is shown once more.
    seen = stamp.seconds_shown(form.at) if form else 0.0
    wait = max(0, form_actions.seconds_before(Button.SIGN, task) - seen)
    looked_at = task
    if form_actions.differs_from(text, task):
        looked_at = corrected_task(snapshot, task, text, reader_code())
    moved = typed and (typed.seen, typed.english) != (task.text.msgstr, task.message.msgid)
    source = is_source(task.language)
    return show_screen(
        "sentence_source.html" if source else "sentence.html",
        status=status,
        **(source_values(task) if source else {}),
        row=row,
        domain=task.domain,
        line=line,
        task=task,
        text=text,
        typed=typed,
        moved=bool(moved),
        groups=form_actions.problem_groups(looked_at.problems if text.strip() else ()),
        meant=form_actions.meant_text(text, row),
        answers=form.why if form else {},
        form=form,
        shown_at=form.at if form and seen else stamp.stamp_time(),
        wait=round(1000 * wait),
        former=former_wording(snapshot, task),
        kind=classify_change(task.text.old, task.message.msgid).kind if task.text.old else "",
        neighbours=()
        if source
        else similar_signed(snapshot, task.language, task.domain, task.message),
        number=names.index(task.message.msgctxt) + 1,
        total=len(names),
        after=next_open(snapshot, task.language, task.domain, task.message.msgctxt, reader_code()),
        undo=review_undo.last_answer(snapshot.project, reader_code()),
        **{"notice": "", "refused": (), **values},
    )


def _conflict(form: SentenceForm, line: SentenceLine) -> ResponseReturnValue:
    """Show both versions of a sentence side by side; nothing was written."""
    mine = form.text or form.seen
    both = corrected_task(current_snapshot(), line.task, mine, reader_code())
    wait = reading_pause(line.task.message.msgid, line.task.text.msgstr, mine)
    return show_screen(
        "sentence_conflict.html",
        status=409,
        row=current_snapshot().project.languages[form.language],
        domain=form.domain,
        line=line,
        task=line.task,
        form=form,
        mine=mine,
        wrote=form.text != on_one_line(form.seen),
        wait=round(1000 * wait),
        groups=form_actions.problem_groups(both.problems if mine.strip() else ()),
        answers=form.why,
    )
