"""Type what came back on paper, or hand in the file from a spreadsheet or a phone."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request

from generator.base.clock import today
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.reader_code import admit_code
from generator.web.helpers import Area
from generator.web.server_state import current_snapshot, current_user
from generator.web.source_view import is_source, may_read_source
from generator.web.visitors import UserRole
from generator.worksheet.answer_verdict import AnswerVerdict
from generator.worksheet.answers import parse_answers
from generator.worksheet.enter import EntryBatch, enter_answers, take_back_entry
from generator.worksheet.refusals import task_code
from generator.worksheet.rows import (
    AnswerMark,
    FilledWorksheet,
    SheetAnswer,
    read_mark,
    sheet_language,
)

screen = Blueprint("enter", __name__)
AREA = Area(2, "enter.empty", "enter-title")

# Answers that one form takes.
FORM_ROWS = 8


@screen.get("/enter")
def empty() -> str:
    """Show an empty form."""
    return enter_page()


@screen.post("/enter")
def typed() -> str:
    """Enter what was typed; what is refused stands in the form again, to be corrected."""
    rows = map(typed_answer, range(FORM_ROWS))
    answers = tuple(row for row in rows if row.code or not row.empty)
    return judged_page(FilledWorksheet(request.form.get("version", ""), "", answers), write=True)


@screen.post("/enter/file")
def upload() -> str:
    """Look at a file, or enter it."""
    file = request.files.get("file")
    try:
        answers = parse_answers(file.read() if file else b"")
    except LeafletsError as error:
        return enter_page(problems=error.problems)
    return judged_page(answers, write=bool(request.form.get("write")), again=False)


@screen.post("/enter/undo")
def back() -> str:
    """Take an answer back."""
    form = request.form
    before, after = form.get("before", ""), form.get("after", "")
    try:
        entering = entering_for(form.get("language", ""), form.get("reader", ""))
        take_back_entry(entering, form.get("code", ""), before, after, form.getlist("event"))
    except LeafletsError as error:
        return enter_page(problems=error.problems)
    return enter_page(taken_back=after)


def typed_answer(number: int) -> SheetAnswer:
    """Return one line of the form."""

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
    """Return what answers to a sheet are judged against.

    A reader enters only their own sheet, the organiser at this computer anybody's.
    """
    user, snapshot = current_user(), current_snapshot()
    languages = [
        code
        for code in snapshot.project.campaign.languages
        if not is_source(code) or may_read_source()
    ]
    language = sheet_language(version, languages)
    if not language:
        hint = "type the version that stands below the square code, such as AR-7K3M-QA1B-2C3D"
        what = f"{version!r} is no version of a sheet"
        raise UsageError(Problem("sheet-language", what, hint=hint))
    if user.role is UserRole.READER:
        if who.strip() and who.strip().casefold() != user.code:
            hint = "each reader enters their own sheet"
            raise UsageError(Problem("reader-other", f"this browser is {user.code}'s", hint=hint))
        who = user.code
    return EntryBatch(snapshot, language, admit_code(who, snapshot.codes), today(), version)


def judged_page(answers: FilledWorksheet, write: bool, again: bool = True) -> str:
    """Return the page with a verdict for each answer; those refused can be typed `again`."""
    try:
        who = answers.who or request.form.get("reader", "")
        entering = entering_for(answers.version, who)
        verdicts = enter_answers(entering, answers.rows, write)
    except LeafletsError as error:
        return enter_page(answers.rows if again else (), problems=error.problems)
    left = [verdict.answer for verdict in verdicts if verdict.outcome == "refused"]
    told = [verdict for verdict in verdicts if verdict.outcome != "empty"]
    return enter_page(left if again else (), told, entering, write)


def enter_page(
    left: Sequence[SheetAnswer] = (),
    verdicts: Sequence[AnswerVerdict] = (),
    entering: EntryBatch | None = None,
    written: bool = False,
    problems: Sequence[Problem] = (),
    taken_back: str = "",
) -> str:
    """Return the page: what became of the last answers, and a form for more."""
    own = current_user().role is UserRole.READER
    who = current_user().code if own else request.form.get("reader", "")
    return render_template(
        "enter.html",
        rows=[*left, *(SheetAnswer("") for _ in range(max(0, FORM_ROWS - len(left))))],
        verdicts=verdicts,
        entering=entering,
        written=written,
        problems=problems,
        taken_back=taken_back,
        reader=entering.who if entering else who,
        version=request.form.get("version", ""),
        own=own,
        code_of=task_code,
        target=entering.project.languages[entering.language] if entering else None,
    )
