"""Type what came back on paper: several codes at once, a verdict for each; and hand in a file from a spreadsheet or a phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.base.clock import today
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.person import admitted
from generator.web.desk import person, snapshot
from generator.worksheet.answers import parse
from generator.worksheet.enter import Entering, Verdict, enter, take_back
from generator.worksheet.refusals import code_of
from generator.worksheet.rows import Answer, Answers, Mark, language_of, read_mark

if TYPE_CHECKING:
    from flask import Blueprint

ROWS = 8
"""Answers that one form takes."""


def screen() -> Blueprint:
    """Return the screen; refusals stand beside what was typed, so that it can be mended."""
    from flask import Blueprint, request

    quick = Blueprint("worksheets", __name__)

    @quick.get("/enter")
    def empty() -> str:
        return shown()

    @quick.post("/enter")
    def typed() -> str:
        answers = [answer for answer in map(row, range(ROWS)) if answer.code or not answer.empty]
        return judged(Answers(request.form.get("version", ""), "", tuple(answers)), write=True)

    @quick.post("/enter/file")
    def upload() -> str:
        file = request.files.get("file")
        try:
            return judged(
                parse(file.read() if file else b""),
                write=bool(request.form.get("write")),
                again=False,
            )
        except LeafletsError as error:
            return shown(problems=error.problems)

    @quick.post("/enter/undo")
    def back() -> str:
        form = request.form
        try:
            entering = opened(form.get("language", ""), form.get("reader", ""))
            take_back(
                entering,
                form.get("code", ""),
                form.get("before", ""),
                form.get("after", ""),
                form.getlist("event"),
            )
        except LeafletsError as error:
            return shown(problems=error.problems)
        return shown(taken_back=form.get("after", ""))

    return quick


def row(number: int) -> Answer:
    """Return one line of the form."""
    from flask import request

    def field(name: str) -> str:
        return request.form.get(f"{name}{number}", "").strip()

    return Answer(
        field("code"),
        read_mark(field("mark")) or Mark.NONE,
        field("text"),
        field("reason"),
        bool(field("compared")),
    )


def opened(version: str, who: str) -> Entering:
    """Return what answers are judged against: a reader enters only their own, the organiser at this computer anybody's."""
    project = snapshot().project
    languages = [code for code in project.campaign.languages if code != "en"]
    language = language_of(version, languages)
    if not language:
        hint = "type the version that stands below the square code, such as AR-7K3M-QA1B-2C3D"
        raise UsageError(
            Problem("sheet-language", f"{version!r} is no version of a sheet", hint=hint)
        )
    if person().role == "reader" and who.strip() and who.strip().casefold() != person().code:
        raise UsageError(
            Problem(
                "reader-other",
                f"this browser is {person().code}'s",
                hint="each reader enters their own sheet",
            )
        )
    code = person().code if person().role == "reader" else who
    return Entering(snapshot(), language, admitted(code, snapshot().codes), today(), version)


def judged(answers: Answers, write: bool, again: bool = True) -> str:
    """Return the page with a verdict for each answer; those refused can be typed `again`."""
    from flask import request

    who = answers.who or request.form.get("reader", "")
    try:
        entering = opened(answers.version, who)
        verdicts = enter(entering, answers.rows, write)
    except LeafletsError as error:
        return shown(answers.rows if again else (), problems=error.problems)
    left = [verdict.answer for verdict in verdicts if verdict.outcome == "refused"]
    return shown(
        left if again else (),
        [verdict for verdict in verdicts if verdict.outcome != "empty"],
        entering,
        write,
    )


def shown(
    left: Sequence[Answer] = (),
    verdicts: Sequence[Verdict] = (),
    entering: Entering | None = None,
    written: bool = False,
    problems: Sequence[Problem] = (),
    taken_back: str = "",
) -> str:
    """Return the page: what became of the last answers, and a form for more."""
    from flask import render_template, request

    rows = [*left, *(Answer("") for _ in range(max(0, ROWS - len(left))))]
    who = person().code if person().role == "reader" else request.form.get("reader", "")
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
        own=person().role == "reader",
        code_of=code_of,
        target=entering.project.languages[entering.language] if entering else None,
    )
