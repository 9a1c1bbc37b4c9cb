"""Pages for what went wrong, in plain words with what to do next."""

import logging
import traceback
from dataclasses import replace

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from generator.problem import LeafletsError, Problem
from generator.web import guard
from generator.web.server_state import server_state
from generator.web.words import english_words

# The HTTP status of some problems; all others are 500, a file of the campaign to be corrected.
PROBLEM_STATUS = {
    "sign-conflict": 409,
    "unknown-name": 404,
    "print-nothing": 404,
    "print-busy": 409,
    "sheet-empty": 404,
    "layout-none": 404,
}

# The English changed and was not extracted: no fault, but nobody can sign until somebody does.
EXTRACT_FIRST = "extract-first"
STATUS_PAGES = (400, 401, 403, 404, 405, 409, 413, 421, 429, 500)
_log = logging.getLogger(__name__)


def register_error_pages(app: Flask) -> None:
    """Show a page of ours for every refusal, problem and error of the program."""
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(LeafletsError, problem_page)
    app.register_error_handler(Exception, broken)


def refused(error: HTTPException) -> ResponseReturnValue:
    """Return the page for a request that is refused; redirects go on as they are."""
    code = error.code or 500
    if code < 400:
        return error.get_response()
    return error_page(code if code in STATUS_PAGES else 400, f"{code}-{error.description}")


def problem_page(error: LeafletsError) -> ResponseReturnValue:
    """Return the page for work that cannot go on."""
    code = error.problems[0].code
    if code == EXTRACT_FIRST:
        page = render_template("extract_first.html", back=request.path)
        return page, 409, guard.GUARD_HEADERS
    return error_page(PROBLEM_STATUS.get(code, 500), "problem", error.problems)


def broken(error: Exception) -> ResponseReturnValue:
    """Return the page for an error of the program, and log where it happened."""
    # The message may hold what is private, so it is not logged; the lines tell where to look.
    lines = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s in the review page\n%s", type(error).__name__, lines)
    return error_page(500, "500")


def error_page(code: int, name: str, problems: tuple[Problem, ...] = ()) -> ResponseReturnValue:
    """Return the page for an HTTP status; `name` may say more exactly which words it shows."""
    words = name if f"word.error-{name}" in english_words() else str(code)
    root = f"{server_state().root}/"
    shown = [replace(problem, where=problem.where.replace(root, "")) for problem in problems]
    page = render_template("error.html", code=code, name=words, problems=shown, inside="user" in g)
    return page, code, guard.GUARD_HEADERS
