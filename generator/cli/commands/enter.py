"""Take in what came back from paper, spreadsheet or phone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import (
    campaign_of,
    completion_of,
    json_option,
    meant_code,
    refuse_language,
)
from generator.cli.output import progress_bar, write_json, write_next_step, write_note, write_text
from generator.problem import Problem, UsageError

if TYPE_CHECKING:
    from generator.campaign.project import Project
    from generator.worksheet.answer_verdict import AnswerVerdict
    from generator.worksheet.rows import FilledWorksheet

ACTION_WORDS = {"sign": "signed", "correct": "corrected", "reject": "rejected", "": ""}


@click.command("enter")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--as",
    "code",
    metavar="CODE",
    default="",
    help="The code of the reader whose sheet it is, if the sheet does not say it.",
)
@click.option(
    "-l",
    "--language",
    metavar="LANG",
    default="",
    shell_complete=completion_of("language"),
    callback=meant_code,
    help="The language of the sheet.",
)
@click.option("--apply", is_flag=True, help="Write what can be taken, instead of only looking.")
@json_option
@click.pass_context
def command(
    context: click.Context, file: Path | None, code: str, language: str, apply: bool, json_: bool
) -> None:
    """Take in the answers of one reader: from FILE, or without it typed from paper.

    FILE is .xlsx, .csv, or what a phone sent. Nothing is written until you add --apply; each row
    says what becomes of it, and why it is refused. From paper you type the code of a sentence,
    then t for a tick or c for a cross; each answer is kept at once, and the last one can be taken
    back. The rules are those of `leaflets sign`. Entering a file twice adds nothing.

    \b
    Example:
      leaflets enter --as r17
      leaflets enter ar_7K3M-QA1B-2C3D.xlsx
      leaflets enter ar_7K3M-QA1B-2C3D.xlsx --apply
    """
    project = campaign_of(context)
    if file is not None:
        sys.exit(_file(project, file, code, language, apply, json_))
    if json_ or apply:
        typing = "Without a file you type from paper, and each answer is kept at once."
        raise click.UsageError(f"Name the file: leaflets enter FILE --apply. {typing}")
    _typed(project, code, language)


def _typed(project: Project, code: str, language: str) -> None:
    from generator.cli.paper_typing import PaperTyping

    if language:
        refuse_language(project, language, "enter -l")
    PaperTyping(project, language, _who(project, code, "")).go()
    write_next_step("leaflets status")


def _file(project: Project, file: Path, code: str, language: str, apply: bool, json_: bool) -> int:
    """Enter a file and show a verdict for each row; return the exit code."""
    from generator.base.clock import today
    from generator.review.snapshot import Snapshot
    from generator.worksheet.answers import read_answers
    from generator.worksheet.enter import EntryBatch, enter_answers, outcome_counts

    found = read_answers(file)
    who = _who(project, code, found.who)
    language = _language(project, found, language)
    entering = EntryBatch(Snapshot(project), language, who, today(), found.version)
    with progress_bar("Entering" if apply else "Looking") as progress:
        verdicts = enter_answers(entering, found.rows, apply, progress)

    told = [verdict for verdict in verdicts if verdict.outcome != "empty"]
    if json_:
        head = {"reader": who, "language": language, "version": found.version, "written": apply}
        write_json(head | {"answers": [verdict.row() for verdict in told]})
    else:
        for verdict in told:
            _show(verdict)
    number = outcome_counts(verdicts)
    verb = "taken" if apply else "can be taken"
    write_note(
        f"{who}, {language}: {number['taken']} {verb}, {number['already']} known already, "
        f"{number['refused']} refused, {number['empty']} without an answer."
    )
    if number["taken"] and not apply:
        write_note("Nothing was written yet.")
        write_next_step(f"leaflets enter {file}{' --as ' + who if code else ''} --apply")
    else:
        write_next_step(f"leaflets status -l {language}")
    return 1 if number["refused"] else 0


def _who(project: Project, code: str, on_sheet: str) -> str:
    """Return the one reader of a sheet; raise UsageError if nobody or somebody else is named."""
    from generator.review.reader_code import admit_code
    from generator.review.snapshot import Snapshot

    if not (code or on_sheet):
        hint = "write the code into the sheet, or add --as and the code, such as --as r17"
        raise UsageError(Problem("reader-code", "whose sheet is this?", hint=hint))
    codes = Snapshot(project).codes
    found = {admit_code(text, codes) for text in (code, on_sheet) if text}
    if len(found) > 1:
        what = f"the sheet is {on_sheet}'s, not {code}'s"
        hint = "leave out --as; two people need two sheets"
        raise UsageError(Problem("reader-other", what, hint=hint))
    return found.pop()


def _language(project: Project, found: FilledWorksheet, wanted: str) -> str:
    from generator.worksheet.rows import sheet_language

    language = sheet_language(found.version, project.campaign.languages)
    if wanted:
        refuse_language(project, wanted, "enter -l")
    if wanted and language and wanted != language:
        what = f"the sheet {found.version} is for {language}, not {wanted}"
        raise UsageError(Problem("sheet-language", what, hint="leave out -l"))
    if not (wanted or language):
        what = f"{found.version or 'no version'!r} is no version of a sheet"
        hint = "add -l and its language, such as -l ar"
        raise UsageError(Problem("sheet-language", what, hint=hint))
    return wanted or language


def _show(verdict: AnswerVerdict) -> None:
    task = verdict.after or verdict.before
    place = f"{task.domain}/{task.message.msgctxt}" if task else ""
    what = (
        f"{verdict.outcome:8} {verdict.answer.code:10} {place} {ACTION_WORDS[verdict.action or '']}"
    )
    write_text(f"{what.rstrip():60} {verdict.answer.place}".rstrip())
    for problem in verdict.problems:
        write_text(f"         {problem.what} → {problem.hint} [{problem.code}]")
