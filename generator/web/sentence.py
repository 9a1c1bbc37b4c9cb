"""One sentence in front of a reader: everything needed to judge it, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.base.text import tidy
from generator.campaign.respell import respelt
from generator.catalogue.change import classify
from generator.problem import LeafletsError
from generator.signing import undo as review_undo
from generator.signing import unsaved
from generator.signing.pace import pause
from generator.signing.reading import Line, following, line_of
from generator.signing.sign import corrected
from generator.signing.suggestions import former, neighbours
from generator.signing.unsaved import Typed
from generator.web import form_actions, stamp
from generator.web.desk import desk, snapshot
from generator.web.form_actions import Form
from generator.web.helpers import reader, show

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

CONFLICT = "sign-conflict"


def screen() -> Blueprint:
    """Return the screens of one sentence."""
    from flask import Blueprint

    pages = Blueprint("sentence", __name__)
    address = "/read/<language>/<domain>/<msgctxt>"
    pages.add_url_rule(address, "sentence", read)
    pages.add_url_rule(address, "answer", answer, methods=["POST"])
    pages.add_url_rule("/undo/<language>", "undo", undo, methods=["POST"])
    return pages


def read(language: str, domain: str, msgctxt: str) -> ResponseReturnValue:
    """Show a sentence, with the text that this reader typed before and did not sign."""
    line = _line(language, domain, msgctxt)
    typed, notice = _typed(language, domain, msgctxt), "typed"
    if not typed and (
        mine := review_undo.overwritten(snapshot(), reader(), language, domain).get(msgctxt)
    ):
        typed, notice = (
            Typed(mine.after, line.task.text.msgstr, line.task.message.msgid),
            "overwritten",
        )
    if typed and not form_actions.changed(typed.text, line.task):
        typed = None
    return _page(
        line, typed, typed.text if typed else line.task.text.msgstr, notice=notice if typed else ""
    )


def answer(language: str, domain: str, msgctxt: str) -> ResponseReturnValue:
    """Do what a button says; whatever goes wrong, the typed text is kept first."""
    from flask import redirect, request, url_for

    form = Form.of(request.form, language, domain, msgctxt)
    form_actions.keep(form, reader(), form.text)
    line = _line(language, domain, msgctxt)
    if form.do == "look":
        return _page(line, None, form.text, form=form)
    if form.do == "mend":
        text = respelt(form.text, snapshot().project.languages[language])
        form_actions.keep(form, reader(), text)
        return _page(line, None, text, form=form, notice="kept")
    if form.do in form_actions.WORDING and form.key != line.task.key:
        return _conflict(form, line)
    if stamp.age(form.at) < form_actions.pause(form.do, line.task):
        return _page(line, None, form.text, notice="soon", form=form, status=422)
    if form.do == "drop":
        form_actions.keep(form, reader(), "")
        return redirect(
            url_for(".sentence", language=language, domain=domain, msgctxt=msgctxt), 303
        )
    try:
        notice = form_actions.do(snapshot(), line.task, form, reader())
    except LeafletsError as error:
        if error.problems[0].code == CONFLICT:
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


def undo(language: str) -> ResponseReturnValue:
    """Take back the reader's last answer, and show its sentence again."""
    from flask import redirect, request, url_for

    try:
        back = review_undo.take_back(snapshot(), reader(), request.form.get("which", ""))
    except LeafletsError as error:
        return show(
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

    after = following(desk().live.snapshot(language), language, domain, msgctxt, reader())
    if after:
        return redirect(url_for(".sentence", language=language, domain=domain, msgctxt=after), 303)
    return redirect(url_for("reading.done", language=language, domain=domain), 303)


def _line(language: str, domain: str, msgctxt: str) -> Line:
    from flask import abort

    try:
        return line_of(snapshot(), language, domain, msgctxt, reader())
    except LeafletsError as error:
        if error.problems[0].code == "sentence-gone":
            abort(404)
        raise


def _again(language: str, domain: str, msgctxt: str) -> Line:
    """Return a sentence as the files are now, after somebody else was quicker."""
    return line_of(desk().live.snapshot(language), language, domain, msgctxt, reader())


def _typed(language: str, domain: str, msgctxt: str) -> Typed | None:
    return unsaved.read(desk().root, reader()).texts.get(
        review_undo.place(language, domain, msgctxt)
    )


def _page(
    line: Line, typed: Typed | None, text: str, form: Form | None = None, **values: Any
) -> ResponseReturnValue:
    task = line.task
    looked_at = (
        corrected(snapshot(), task, text, reader()) if form_actions.changed(text, task) else task
    )
    names = list(snapshot().texts(task.language, task.domain))
    seen = stamp.age(form.at) if form else 0.0  # seconds for which the sentence was there already
    moved = bool(typed and (typed.seen, typed.english) != (task.text.msgstr, task.message.msgid))
    return show(
        "sentence.html",
        status=values.pop("status", 200),
        row=snapshot().project.languages[task.language],
        domain=task.domain,
        line=line,
        task=task,
        text=text,
        typed=typed,
        moved=moved,
        groups=form_actions.groups(looked_at.problems if text.strip() else ()),
        meant=form_actions.meant(text, snapshot().project.languages[task.language]),
        answers=form.why if form else {},
        form=form,
        shown_at=form.at if form and seen else stamp.now(),
        wait=round(1000 * max(0, form_actions.pause("sign", task) - seen)),
        former=former(snapshot(), task),
        kind=classify(task.text.old, task.message.msgid).kind if task.text.old else "",
        neighbours=neighbours(snapshot(), task.language, task.domain, task.message),
        number=names.index(task.message.msgctxt) + 1,
        total=len(names),
        after=following(snapshot(), task.language, task.domain, task.message.msgctxt, reader()),
        undo=review_undo.last(snapshot().project, reader()),
        **{"notice": "", "refused": (), **values},
    )


def _conflict(form: Form, line: Line) -> ResponseReturnValue:
    """Show both versions of a sentence side by side; nothing was written."""
    mine = form.text or form.seen
    return show(
        "conflict.html",
        status=409,
        row=snapshot().project.languages[form.language],
        domain=form.domain,
        line=line,
        task=line.task,
        form=form,
        mine=mine,
        wrote=form.text != tidy(form.seen),
        wait=round(1000 * pause(line.task.message.msgid, line.task.text.msgstr, mine)),
        groups=form_actions.groups(
            corrected(snapshot(), line.task, mine, reader()).problems if mine.strip() else ()
        ),
        answers=form.why,
    )
