"""Pages for what went wrong, in plain words with what to do next."""

from __future__ import annotations

import logging
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.problem import LeafletsError, Problem
from generator.web import guard
from generator.web.desk import server_state
from generator.web.words import english_words

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

PROBLEM_STATUS = {
    "sign-conflict": 409,
    "unknown-name": 404,
    "print-nothing": 404,
    "print-busy": 409,
    "sheet-empty": 404,
    "layout-none": 404,
}
"""The HTTP status of some problems; the others are 500: a file of the campaign that must be mended."""
EXTRACT_FIRST = "extract-first"
"""The English was changed and not passed on: no fault, but nobody can sign until somebody has done it."""
PAGES = (400, 401, 403, 404, 405, 409, 413, 421, 429, 500)
error_log = logging.getLogger(__name__)


def register_error_pages(app: Flask) -> None:
    """Show a page of ours for every refusal, problem and error of the program."""
    from werkzeug.exceptions import HTTPException

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        code = error.code or 500
        if code < 400:
            return error.get_response()
        return error_page(code if code in PAGES else 400, f"{code}-{error.description}")

    @app.errorhandler(LeafletsError)
    def problem(error: LeafletsError) -> ResponseReturnValue:
        if error.problems[0].code == EXTRACT_FIRST:
            return extract_first_page()
        return error_page(
            PROBLEM_STATUS.get(error.problems[0].code, 500), "problem", error.problems
        )

    @app.errorhandler(Exception)
    def broken(error: Exception) -> ResponseReturnValue:
        # The message may hold what is private, so it is not logged; the lines tell where to look.
        error_log.error(
            "%s in the review page\n%s",
            type(error).__name__,
            "".join(traceback.format_tb(error.__traceback__)),
        )
        return error_page(500, "500")


def error_page(code: int, name: str, problems: tuple[Problem, ...] = ()) -> ResponseReturnValue:
    """Return the page for an HTTP status; `name` may say more exactly which words it shows."""
    from flask import g, render_template

    words = name if f"word.error-{name}" in english_words() else str(code)
    shown = [
        replace(problem, where=problem.where.replace(f"{server_state().root}/", ""))
        for problem in problems
    ]
    return (
        render_template("error.html", code=code, name=words, problems=shown, inside="person" in g),
        code,
        guard.GUARD_HEADERS,
    )


def extract_first_page() -> ResponseReturnValue:
    """Return the page that explains why a changed English must be extracted first."""
    from flask import render_template, request

    return render_template("behind.html", back=request.path), 409, guard.GUARD_HEADERS
