"""The screen on which the organiser makes links for readers, and sees who is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.layout import qr
from generator.problem import UsageError
from generator.review.person import admitted, drawn
from generator.web.desk import desk, organisers_only, person, snapshot
from generator.web.serve import link_for
from generator.web.visitors import User
from generator.web.words import plain

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
        return listed()

    @people.post("/people")
    @organisers_only
    def invite() -> ResponseReturnValue:
        code = request.form.get("code", "")
        if not code:  # another browser of the organiser's
            return listed(made=link_for(desk(), person()))
        try:
            someone = User(admitted(code, snapshot().codes), "reader")
        except UsageError as error:
            return listed(error=error), 400
        return listed(made=link_for(desk(), someone), whose=someone.code)

    @people.post("/people/end")
    @organisers_only
    def end() -> Answer:
        desk().visitors.end(request.form.get("code", ""))
        return redirect("/people", 303)

    return people


def listed(made: str = "", whose: str = "", error: UsageError | None = None) -> str:
    """Return the list of readers with a link; `made` is a new link, shown this once."""
    from flask import render_template

    visitors = desk().visitors
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
    proposed = drawn({*snapshot().codes.people, *(link.person.code for link in links)})
    picture = qr.svg(made, plain("people-qr")) if whose else ""
    return render_template(
        "people.html",
        rows=rows,
        made=made,
        picture=picture,
        whose=whose,
        problems=problems,
        away=desk().away,
        proposed=proposed,
    )
