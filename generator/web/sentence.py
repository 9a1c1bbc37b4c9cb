"""One sentence in front of a reader: everything needed to judge it, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.base.message_text import on_one_line
from generator.campaign.respell import respelt_text
from generator.catalogue.change import classify_change
from generator.problem import LeafletsError
from generator.signing import undo as review_undo
from generator.signing import unsaved
from generator.signing.pace import reading_pause
from generator.signing.reading import SentenceLine, find_line, next_open
from generator.signing.sign import corrected_task
from generator.signing.suggestions import former_wording, similar_signed
from generator.signing.unsaved import TypedText
from generator.web import form_actions, stamp
from generator.web.desk import current_snapshot, server_state
from generator.web.form_actions import SentenceForm
from generator.web.helpers import reader_code, show_screen

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

SIGN_CONFLICT = "sign-conflict"


def screen() -> Blueprint:
    """Return the screens of one sentence."""
    from flask import Blueprint

    pages = Blueprint("sentence", __name__)
    address = "/read/<language>/<domain>/<msgctxt>"
    pages.add_url_rule(address, "sentence", show_sentence)
    pages.add_url_rule(address, "answer", take_answer, methods=["POST"])
    pages.add_url_rule("/undo/<language>", "undo", undo_last, methods=["POST"])
    return pages


def show_sentence(language: str, domain: str, msgctxt: str) -> ResponseReturnValue:
    """Show a sentence, with the text that this reader typed before and did not sign."""
    line = _line(language, domain, msgctxt)
    typed, notice = _typed(language, domain, msgctxt), "typed"
    if not typed and (
        mine := review_undo.overwritten_answers(
            current_snapshot(), reader_code(), language, domain
        ).get(msgctxt)
    ):
        typed, notice = (
            TypedText(mine.after, line.task.text.msgstr, line.task.message.msgid),
            "overwritten",
        )
    if typed and not form_actions.differs_from(typed.text, line.task):
        typed = None
    return _page(
        line, typed, typed.text if typed else line.task.text.msgstr, notice=notice if typed else ""
    )


def take_answer(language: str, domain: str, msgctxt: str) -> ResponseReturnValue:
    """Do what a button says; whatever goes wrong, the typed text is kept first."""
    from flask import redirect, request, url_for

    form = SentenceForm.of(request.form, language, domain, msgctxt)
    form_actions.keep_typed(form, reader_code(), form.text)
    line = _line(language, domain, msgctxt)
    if form.do == "look":
        return _page(line, None, form.text, form=form)
    if form.do == "mend":
        text = respelt_text(form.text, current_snapshot().project.languages[language])
        form_actions.keep_typed(form, reader_code(), text)
        return _page(line, None, text, form=form, notice="kept")
    if form.do in form_actions.WORDING_ACTIONS and form.key != line.task.key:
        return _conflict(form, line)
    if stamp.seconds_shown(form.at) < form_actions.seconds_before(form.do, line.task):
        return _page(line, None, form.text, notice="soon", form=form, status=422)
    if form.do == "drop":
        form_actions.keep_typed(form, reader_code(), "")
        return redirect(
            url_for(".sentence", language=language, domain=domain, msgctxt=msgctxt), 303
        )
    try:
        notice = form_actions.perform_action(current_snapshot(), line.task, form, reader_code())
    except LeafletsError as error:
        if error.problems[0].code == SIGN_CONFLICT:
            return _conflict(form, _again(language, domain, msgctxt))
        return _page(
            line, None, form.text, notice="refused", refused=error.problems, form=form, status=422
        )
    if notice:
        return _page(line, None, form.text, notice=notice, form=form, status=422)
    if form.do == "ask":
        return redirect(
            url_for(".sentence", language=language, domain=domain, msgctxt=msgctxt, _anchor="talk"),
            303,
        )
    return _onward(language, domain, msgctxt)


def undo_last(language: str) -> ResponseReturnValue:
    """Take back the reader's last answer, and show its sentence again."""
    from flask import redirect, request, url_for

    try:
        back = review_undo.take_back_answer(
            current_snapshot(), reader_code(), request.form.get("which", "")
        )
    except LeafletsError as error:
        return show_screen(
            "undone.html",
            409,
            problems=error.problems,
            back=url_for("reading.leaflets", language=language),
        )
    return redirect(
        url_for(".sentence", language=back.language, domain=back.domain, msgctxt=back.msgctxt), 303
    )


def _onward(language: str, domain: str, msgctxt: str) -> ResponseReturnValue:
    from flask import redirect, url_for

    after = next_open(
        server_state().live.snapshot(language), language, domain, msgctxt, reader_code()
    )
    if after:
        return redirect(url_for(".sentence", language=language, domain=domain, msgctxt=after), 303)
    return redirect(url_for("reading.done", language=language, domain=domain), 303)


def _line(language: str, domain: str, msgctxt: str) -> SentenceLine:
    from flask import abort

    try:
        return find_line(current_snapshot(), language, domain, msgctxt, reader_code())
    except LeafletsError as error:
        if error.problems[0].code == "sentence-gone":
            abort(404)
        raise


def _again(language: str, domain: str, msgctxt: str) -> SentenceLine:
    """Return a sentence as the files are now, after somebody else was quicker."""
    return find_line(
        server_state().live.snapshot(language), language, domain, msgctxt, reader_code()
    )


def _typed(language: str, domain: str, msgctxt: str) -> TypedText | None:
    return unsaved.read_desk(server_state().root, reader_code()).texts.get(
        review_undo.typed_key(language, domain, msgctxt)
    )


def _page(
    line: SentenceLine,
    typed: TypedText | None,
    text: str,
    form: SentenceForm | None = None,
    **values: Any,
) -> ResponseReturnValue:
    task = line.task
    looked_at = (
        corrected_task(current_snapshot(), task, text, reader_code())
        if form_actions.differs_from(text, task)
        else task
    )
    names = list(current_snapshot().texts(task.language, task.domain))
    seen = (
        stamp.seconds_shown(form.at) if form else 0.0
    )  # seconds for which the sentence was there already
    moved = bool(typed and (typed.seen, typed.english) != (task.text.msgstr, task.message.msgid))
    return show_screen(
        "sentence.html",
        status=values.pop("status", 200),
        row=current_snapshot().project.languages[task.language],
        domain=task.domain,
        line=line,
        task=task,
        text=text,
        typed=typed,
        moved=moved,
        groups=form_actions.problem_groups(looked_at.problems if text.strip() else ()),
        meant=form_actions.meant_text(text, current_snapshot().project.languages[task.language]),
        answers=form.why if form else {},
        form=form,
        shown_at=form.at if form and seen else stamp.stamp_time(),
        wait=round(1000 * max(0, form_actions.seconds_before("sign", task) - seen)),
        former=former_wording(current_snapshot(), task),
        kind=classify_change(task.text.old, task.message.msgid).kind if task.text.old else "",
        neighbours=similar_signed(current_snapshot(), task.language, task.domain, task.message),
        number=names.index(task.message.msgctxt) + 1,
        total=len(names),
        after=next_open(
            current_snapshot(), task.language, task.domain, task.message.msgctxt, reader_code()
        ),
        undo=review_undo.last_answer(current_snapshot().project, reader_code()),
        **{"notice": "", "refused": (), **values},
    )


def _conflict(form: SentenceForm, line: SentenceLine) -> ResponseReturnValue:
    """Show both versions of a sentence side by side; nothing was written."""
    mine = form.text or form.seen
    return show_screen(
        "conflict.html",
        status=409,
        row=current_snapshot().project.languages[form.language],
        domain=form.domain,
        line=line,
        task=line.task,
        form=form,
        mine=mine,
        wrote=form.text != on_one_line(form.seen),
        wait=round(1000 * reading_pause(line.task.message.msgid, line.task.text.msgstr, mine)),
        groups=form_actions.problem_groups(
            corrected_task(current_snapshot(), line.task, mine, reader_code()).problems
            if mine.strip()
            else ()
        ),
        answers=form.why,
    )
