"""The screen on which the organiser makes links for readers, and sees who is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.layout import qr
from generator.problem import UsageError
from generator.review.reader_code import admit_code, draw_code
from generator.web.desk import current_snapshot, current_user, organisers_only, server_state
from generator.web.serve import entry_link
from generator.web.visitors import User
from generator.web.words import word_text

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response as Answer


def screen() -> Blueprint:
    """Return the screen."""
    from flask import Blueprint, redirect, request

    people = Blueprint("people", __name__)

    @people.get("/people")
    @organisers_only
    def everybody() -> ResponseReturnValue:
        return people_page()

    @people.post("/people")
    @organisers_only
    def invite() -> ResponseReturnValue:
        code = request.form.get("code", "")
        if not code:  # another browser of the organiser's
            return people_page(made=entry_link(server_state(), current_user()))
        try:
            someone = User(admit_code(code, current_snapshot().codes), "reader")
        except UsageError as error:
            return people_page(error=error), 400
        return people_page(made=entry_link(server_state(), someone), whose=someone.code)

    @people.post("/people/end")
    @organisers_only
    def end() -> Answer:
        server_state().visitors.end(request.form.get("code", ""))
        return redirect("/people", 303)

    return people


def people_page(made: str = "", whose: str = "", error: UsageError | None = None) -> str:
    """Return the list of readers with a link; `made` is a new link, shown this once."""
    from flask import render_template

    visitors = server_state().visitors
    links = sorted(
        (link for link in list(visitors.links) if link.person.role == "reader"),
        key=lambda link: link.person.code,
    )
    rows = [
        (
            link,
            "over" if visitors.over(link) else "in" if link.cookie else "new",
            visitors.minutes(link),
        )
        for link in links
    ]
    problems = error.problems if error else ()
    proposed = draw_code({*current_snapshot().codes.people, *(link.person.code for link in links)})
    picture = qr.svg(made, word_text("people-qr")) if whose else ""
    return render_template(
        "people.html",
        rows=rows,
        made=made,
        picture=picture,
        whose=whose,
        problems=problems,
        away=server_state().away,
        proposed=proposed,
    )
