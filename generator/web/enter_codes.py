"""Type what came back on paper: several codes at once, a verdict for each; and hand in a file from a spreadsheet or a phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.base.clock import today
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.reader_code import admit_code
from generator.web.desk import current_snapshot, current_user
from generator.worksheet.answers import parse_answers
from generator.worksheet.enter import AnswerVerdict, EntryBatch, enter_answers, take_back_entry
from generator.worksheet.refusals import task_code
from generator.worksheet.rows import (
    AnswerMark,
    FilledWorksheet,
    SheetAnswer,
    read_mark,
    sheet_language,
)

if TYPE_CHECKING:
    from flask import Blueprint

FORM_ROWS = 8
"""Answers that one form takes."""


def screen() -> Blueprint:
    """Return the screen; refusals stand beside what was typed, so that it can be mended."""
    from flask import Blueprint, request

    quick = Blueprint("worksheets", __name__)

    @quick.get("/enter")
    def empty() -> str:
        return enter_page()

    @quick.post("/enter")
    def typed() -> str:
        answers = [
            answer
            for answer in map(typed_answer, range(FORM_ROWS))
            if answer.code or not answer.empty
        ]
        return judged_page(
            FilledWorksheet(request.form.get("version", ""), "", tuple(answers)), write=True
        )

    @quick.post("/enter/file")
    def upload() -> str:
        file = request.files.get("file")
        try:
            return judged_page(
                parse_answers(file.read() if file else b""),
                write=bool(request.form.get("write")),
                again=False,
            )
        except LeafletsError as error:
            return enter_page(problems=error.problems)

    @quick.post("/enter/undo")
    def back() -> str:
        form = request.form
        try:
            entering = entering_for(form.get("language", ""), form.get("reader", ""))
            take_back_entry(
                entering,
                form.get("code", ""),
                form.get("before", ""),
                form.get("after", ""),
                form.getlist("event"),
            )
        except LeafletsError as error:
            return enter_page(problems=error.problems)
        return enter_page(taken_back=form.get("after", ""))

    return quick


def typed_answer(number: int) -> SheetAnswer:
    """Return one line of the form."""
    from flask import request

    def field(name: str) -> str:
        return request.form.get(f"{name}{number}", "").strip()

    return SheetAnswer(
        field("code"),
        read_mark(field("mark")) or AnswerMark.NONE,
        field("text"),
        field("reason"),
        bool(field("compared")),
    )


def entering_for(version: str, who: str) -> EntryBatch:
    """Return what answers are judged against: a reader enters only their own, the organiser at this computer anybody's."""
    project = current_snapshot().project
    languages = [code for code in project.campaign.languages if code != "en"]
    language = sheet_language(version, languages)
    if not language:
        hint = "type the version that stands below the square code, such as AR-7K3M-QA1B-2C3D"
        raise UsageError(
            Problem("sheet-language", f"{version!r} is no version of a sheet", hint=hint)
        )
    if (
        current_user().role == "reader"
        and who.strip()
        and who.strip().casefold() != current_user().code
    ):
        raise UsageError(
            Problem(
                "reader-other",
                f"this browser is {current_user().code}'s",
                hint="each reader enters their own sheet",
            )
        )
    code = current_user().code if current_user().role == "reader" else who
    return EntryBatch(
        current_snapshot(), language, admit_code(code, current_snapshot().codes), today(), version
    )


def judged_page(answers: FilledWorksheet, write: bool, again: bool = True) -> str:
    """Return the page with a verdict for each answer; those refused can be typed `again`."""
    from flask import request

    who = answers.who or request.form.get("reader", "")
    try:
        entering = entering_for(answers.version, who)
        verdicts = enter_answers(entering, answers.rows, write)
    except LeafletsError as error:
        return enter_page(answers.rows if again else (), problems=error.problems)
    left = [verdict.answer for verdict in verdicts if verdict.outcome == "refused"]
    return enter_page(
        left if again else (),
        [verdict for verdict in verdicts if verdict.outcome != "empty"],
        entering,
        write,
    )


def enter_page(
    left: Sequence[SheetAnswer] = (),
    verdicts: Sequence[AnswerVerdict] = (),
    entering: EntryBatch | None = None,
    written: bool = False,
    problems: Sequence[Problem] = (),
    taken_back: str = "",
) -> str:
    """Return the page: what became of the last answers, and a form for more."""
    from flask import render_template, request

    rows = [*left, *(SheetAnswer("") for _ in range(max(0, FORM_ROWS - len(left))))]
    who = current_user().code if current_user().role == "reader" else request.form.get("reader", "")
    return render_template(
        "enter.html",
        rows=rows,
        verdicts=verdicts,
        entering=entering,
        written=written,
        problems=problems,
        taken_back=taken_back,
        reader=entering.who if entering else who,
        version=request.form.get("version", ""),
        own=current_user().role == "reader",
        code_of=task_code,
        target=entering.project.languages[entering.language] if entering else None,
    )
