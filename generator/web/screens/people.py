"""The screen on which the organiser makes links for readers, and sees who is in."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from generator.layout import qr
from generator.problem import Problem, UsageError
from generator.review.reader_code import admit_code, draw_code
from generator.web.helpers import Area
from generator.web.serve import entry_link
from generator.web.server_state import (
    current_snapshot,
    current_user,
    organisers_only,
    server_state,
)
from generator.web.visitors import User, UserRole
from generator.web.words import word_text

screen = Blueprint("people", __name__)
AREA = Area(4, "people.everybody", "people-title", organisers_only=True)


@screen.get("/people")
@organisers_only
def everybody() -> str:
    """Show who has a link."""
    return people_page()


@screen.post("/people")
@organisers_only
def invite() -> ResponseReturnValue:
    """Make a link for a reader, or without a code for another browser of the organiser's."""
    code = request.form.get("code", "")
    if not code:
        return people_page(made=entry_link(server_state(), current_user()))
    try:
        user = User(admit_code(code, current_snapshot().codes), UserRole.READER)
    except UsageError as error:
        return people_page(problems=error.problems), 400
    return people_page(made=entry_link(server_state(), user), whose=user.code)


@screen.post("/people/end")
@organisers_only
def end() -> ResponseReturnValue:
    """End a reader's link, and the browser that it let in."""
    server_state().visitors.end(request.form.get("code", ""))
    return redirect("/people", 303)


def people_page(made: str = "", whose: str = "", problems: tuple[Problem, ...] = ()) -> str:
    """Return the list of readers with a link; `made` is a new link, shown this once."""
    visitors = server_state().visitors
    # A copy, because another thread may change the list meanwhile.
    links = sorted(
        (link for link in list(visitors.links) if link.user.role is UserRole.READER),
        key=lambda link: link.user.code,
    )
    taken = {*current_snapshot().codes.readers, *(link.user.code for link in links)}
    return render_template(
        "people.html",
        rows=[(link, visitors.link_state(link), visitors.minutes(link)) for link in links],
        made=made,
        picture=qr.svg(made, word_text("people-qr")) if whose else "",
        whose=whose,
        problems=problems,
        away=server_state().away,
        proposed=draw_code(taken),
    )
