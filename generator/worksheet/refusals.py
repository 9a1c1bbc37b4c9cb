"""Say why an answer from paper, spreadsheet or phone cannot count, before anything is written."""

from __future__ import annotations

from generator.base.message_text import on_one_line
from generator.base.short_codes import row_code, row_digest
from generator.model import Translation
from generator.problem import Problem, refusal
from generator.signing.sentence_task import SentenceTask
from generator.worksheet.rows import AnswerMark, SheetAnswer
from generator.worksheet.table import in_cell

UNKNOWN_SHEET = Problem(
    "sheet-unknown-version",
    "no sheet of this version was made in this campaign, so nobody can tell which words stood "
    "on it",
    hint="look at the version below the square again; a sheet made before versions had twelve "
    "letters must be printed again, or the reader compares sentence by sentence on the screen: "
    "leaflets review",
)
OTHER_WORDS = Problem(
    "sheet-words",
    "these words are not the ones on the sheet",
    hint="nothing was signed: ask the reader about the words that stand there now, on a new sheet "
    "or on the screen",
)

# Characters of a new text or reason: more is no sentence of a leaflet.
_LONGEST = 4_000


def text_code(language: str, domain: str, text: Translation) -> str:
    """Return the code of a sentence in its wording."""
    message = text.message
    return row_code(language, domain, message.msgctxt, message.msgid, text.msgstr)


def task_code(task: SentenceTask) -> str:
    """Return the code of the sentence in front of a reader."""
    return text_code(task.language, task.domain, task.text)


def task_digest(task: SentenceTask) -> str:
    """Return the digest of the sentence in front of a reader."""
    message = task.message
    return row_digest(task.language, task.domain, message.msgctxt, message.msgid, task.text.msgstr)


def refuse_edited(answer: SheetAnswer, task: SentenceTask) -> None:
    """Raise LeafletsError where the file shows other words than those the code stands for."""
    if not answer.shown:
        return
    known_words = (task.message.msgid, task.text.msgstr)
    names = ("English", "Translation")
    for name, shown, known in zip(names, answer.shown, known_words, strict=True):
        if on_one_line(shown) != on_one_line(in_cell(known)):
            hint = "put another wording into the column 'New text'; this one is only for reading"
            raise refusal("sheet-locked", f"somebody typed into the column {name!r}", hint=hint)


def refuse_unclear(mark: AnswerMark, text: str, answer: SheetAnswer) -> None:
    """Raise LeafletsError where nobody can tell what the reader meant."""
    if mark is AnswerMark.SIGN and text:
        hint = "a tick means that the old text is right: take away the tick, or the new text"
        raise refusal("sheet-unclear", "there is a tick and a new text", hint=hint)
    if not mark and not text:
        what = "there is a reason, but no tick, cross or new text"
        raise refusal("sheet-unclear", what, hint="add one of them")
    if max(len(text), len(answer.reason)) > _LONGEST:
        hint = "this is no sentence: look at the cell again"
        raise refusal("sheet-long", f"more than {_LONGEST} characters", hint=hint)


def changed_problem(language: str, code: str, domain: str, text: Translation) -> Problem:
    """Return the problem of a sentence that says something else than on the sheet."""
    now = f"it says now: {text.msgstr}" if text.msgstr else "it has no text now"
    what = f"{code}: this sentence has changed since the sheet was made"
    asking = "Nothing was signed; ask the reader about the new text"
    hint = f"{now} (English: {text.message.msgid}). {asking}"
    problem = Problem("sheet-changed", what, hint=hint)
    return problem.at(leaflet=domain, msgctxt=text.message.msgctxt, language=language)
