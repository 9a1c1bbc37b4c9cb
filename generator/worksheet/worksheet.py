"""List what a reader can answer away from the computer, and write it to a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from generator.base.files import forget_time, locked_folder, write_file
from generator.campaign.project import Project
from generator.problem import LeafletsError, Problem, Severity, errors_among
from generator.review.snapshot import Snapshot
from generator.review.source_texts import POLICY_DOMAIN
from generator.signing.sentence_task import (
    QUESTION_CHECKS,
    SentenceTask,
    corrected_task,
    sentence_tasks,
)
from generator.worksheet import versions
from generator.worksheet.refusals import task_code, task_digest
from generator.worksheet.rows import Worksheet, WorksheetRow

WORKSHEETS_FOLDER = "worksheets"


def sheet_domains(project: Project, language: str) -> list[str]:
    """Return the catalogues of a sheet where none is named: leaflets, the rules before them."""
    policy = [POLICY_DOMAIN] if language == project.campaign.source else []
    return [*policy, *project.leaflet_domains]


def make_worksheet(
    snapshot: Snapshot,
    language: str,
    domains: Iterable[str],
    who: str = "",
    everything: bool = False,
) -> Worksheet:
    """Return the sentences that a reader, or anybody, can still sign, or `everything`.

    Raise LeafletsError if a catalogue cannot be read or is behind the English, and if there is
    nothing left to read.
    """
    rows = tuple(
        worksheet_row(snapshot, task, who)
        for task in sentence_tasks(snapshot, language, domains, who, everything)
    )
    if not rows:
        what = f"nothing is left to read{' for ' + who if who else ''}"
        hint = "everything is signed; `--all` shows it all the same"
        raise LeafletsError(Problem("sheet-empty", what, hint=hint, language=language))
    return Worksheet(snapshot.project.languages[language], rows, who)


def worksheet_row(snapshot: Snapshot, task: SentenceTask, who: str) -> WorksheetRow:
    """Return a sentence as a row.

    Where nobody has translated it, with the questions that whoever does will be asked.
    """
    message, text = task.message, task.text
    asked = task if text.msgstr else corrected_task(snapshot, task, message.msgid, who)
    found = [
        problem for problem in asked.problems if text.msgstr or problem.code in QUESTION_CHECKS
    ]
    doubts = [problem for problem in found if problem.severity != Severity.ERROR]
    return WorksheetRow(
        task_code(task),
        task_digest(task),
        task.domain,
        message.msgctxt,
        message.msgid,
        text.msgstr,
        message.note,
        message.risk,
        text.state,
        signed=len(task.support.signers),
        needed=task.rule.people,
        old=text.old,
        errors=tuple(problem.what for problem in errors_among(found)),
        warnings=tuple(one.what for one in doubts if one.code not in QUESTION_CHECKS),
        source=task.language == snapshot.project.campaign.source,
        questions=tuple(one.what for one in doubts if one.code in QUESTION_CHECKS),
    )


def worksheet_path(
    project: Project, sheet: Worksheet, leaflets: Iterable[str], suffix: str
) -> Path:
    """Return where a worksheet goes: by language, version, reader and, if alone, leaflet."""
    chosen = list(leaflets)
    parts = (
        sheet.language.code,
        chosen[0] if len(chosen) == 1 else "",
        sheet.version.partition("-")[2],
        sheet.who,
    )
    return (
        project.output / WORKSHEETS_FOLDER / f"{'_'.join(part for part in parts if part)}.{suffix}"
    )


def note_worksheet(project: Project, sheet: Worksheet) -> None:
    """Note which words stand on a sheet, so that answers on it count for them alone."""
    language, digests = sheet.language.code, [row.digest for row in sheet.rows]
    with locked_folder(project.ledger(language).parent):
        versions.add_version(project.worksheet_versions(language), sheet.version, digests)


def save_worksheet(
    project: Project,
    sheet: Worksheet,
    leaflets: Iterable[str],
    suffix: str,
    make: Callable[[], bytes | str],
) -> Path:
    """Write a worksheet whole or not at all, and return where it is.

    What its rows say is noted first.
    """
    note_worksheet(project, sheet)
    path = worksheet_path(project, sheet, leaflets, suffix)
    with locked_folder(path.parent):
        write_file(path, make())
        forget_time(path)
    return path
