"""Pictures of the pages that are read: of what is saved, and of what somebody types just now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from generator.base.message_text import on_one_line
from generator.editions.preview import NoPicture, edition_for
from generator.problem import LeafletsError, Problem
from generator.web.desk import current_snapshot, current_user, server_state
from generator.web.words import page_language, word_text

if TYPE_CHECKING:
    from flask import Blueprint, Response
    from flask.typing import ResponseReturnValue

PICTURE_STATUS = {
    "preview-unknown": 404,
    "preview-overtaken": 409,
    "preview-busy": 503,
    "worker-lost": 503,
}
"""The HTTP status of a picture that was not drawn."""


def picture_url(code: str, domain: str, name: str = "", text: str | None = None) -> str:
    """Return the address of the picture of the page on which a message stands, with the message marked; "" if there is none.

    Without `name` it is the first page. `text` is a wording that is not saved; None shows what is saved. The address holds a token
    that follows from everything on the page, so another text has another address.
    """
    from flask import url_for

    token = order_picture(code, domain, {} if text is None else {name: on_one_line(text)}, name)
    if not token:
        return ""
    return (
        url_for("picture.sentence", token=token, name=name)
        if name
        else url_for("picture.page", token=token, number=1)
    )


def picture_whole(address: str) -> str:
    """Return the address of the screen with all pages, from that of one of its pictures."""
    return "/".join(address.split("/")[:3])


def order_picture(code: str, domain: str, typed: Mapping[str, str], name: str = "") -> str:
    """Order a picture and return its token; "" where there is no page, or none that can be composed."""
    try:
        edition = edition_for(current_snapshot(), code, domain, name)
        return server_state().studio.order(current_snapshot(), edition, typed) if edition else ""
    except LeafletsError:  # the reading screens say what is wrong with the files
        return ""


def picture_alt(domain: str) -> str:
    """Return what a picture shows, for those who do not see it; the leaflet's title in the language of the screen if it has one."""
    leaflet = current_snapshot().project.leaflets.get(domain)
    if leaflet is None:
        return word_text("picture-alt-shared")
    with suppress(LeafletsError):
        return word_text(
            "picture-alt",
            title=current_snapshot().texts(page_language().code, domain)["title"].msgstr
            or leaflet.title.msgid,
        )
    return word_text("picture-alt", title=leaflet.title.msgid)


def screen() -> Blueprint:
    """Return the addresses of pictures."""
    from flask import Blueprint, Response, abort, render_template

    pictures = Blueprint("picture", __name__)

    @pictures.errorhandler(NoPicture)
    def none(error: NoPicture) -> ResponseReturnValue:
        return (
            {"problems": problem_rows(error.problems)},
            PICTURE_STATUS[error.problems[0].code],
            {"Retry-After": "1"},
        )

    @pictures.get("/picture/<token>/sentence/<name>.png")
    def sentence(token: str, name: str) -> Response:
        return Response(
            server_state().studio.marked(token, name, current_user().code), mimetype="image/png"
        )

    @pictures.get("/picture/<token>/page/<int:number>.png")
    def page(token: str, number: int) -> Response:
        return Response(
            server_state().studio.page(token, current_user().code, number), mimetype="image/png"
        )

    @pictures.get("/picture/<token>")
    def whole(token: str) -> str:
        try:
            found = server_state().studio.picture(token, current_user().code)
        except NoPicture:
            abort(404)
        return render_template("picture.html", picture=found, token=token)

    @pictures.post("/picture/<language>/<domain>/<name>")
    def typed(language: str, domain: str, name: str) -> ResponseReturnValue:
        return draw_typed(language, domain, name)

    return pictures


def draw_typed(code: str, domain: str, name: str) -> ResponseReturnValue:
    """Draw the unsaved text of a form and return where its picture is and what is wrong with the page, as JSON."""
    from flask import abort, request, url_for

    token = order_picture(code, domain, {name: on_one_line(request.form.get("text", ""))}, name)
    if not token:
        abort(404)
    found = server_state().studio.picture(token, current_user().code)
    return {
        "url": url_for("picture.sentence", token=token, name=name) if found.pages else "",
        "whole": url_for("picture.whole", token=token),
        "pages": found.pages,
        "problems": problem_rows(found.problems),
    }


def problem_rows(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Return problems as the page's scripts show them."""
    return [
        {
            "code": problem.code,
            "what": problem.what,
            "hint": problem.hint,
            "severity": problem.severity,
        }
        for problem in problems
    ]
