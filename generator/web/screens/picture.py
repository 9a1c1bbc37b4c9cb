"""Pictures of the pages that are read: of what is saved, and of what somebody is typing."""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from generator.base.message_text import on_one_line
from generator.editions.preview import NoPicture, edition_for
from generator.problem import LeafletsError, Problem
from generator.web.server_state import current_snapshot, current_user, server_state
from generator.web.words import page_language, word_text

screen = Blueprint("picture", __name__)

# The HTTP status of a picture that was not drawn.
PICTURE_STATUS = {
    "preview-unknown": 404,
    "preview-overtaken": 409,
    "preview-busy": 503,
    "worker-lost": 503,
}


@screen.errorhandler(NoPicture)
def no_picture(error: NoPicture) -> ResponseReturnValue:
    """Tell the script why there is no picture, and that it may ask again."""
    status = PICTURE_STATUS[error.problems[0].code]
    return {"problems": problem_rows(error.problems)}, status, {"Retry-After": "1"}


@screen.get("/picture/<token>/sentence/<name>.png")
def sentence(token: str, name: str) -> Response:
    """Return the page on which a sentence stands, with the sentence marked."""
    picture = server_state().studio.marked(token, name, current_user().code)
    return Response(picture, mimetype="image/png")


@screen.get("/picture/<token>/page/<int:number>.png")
def page(token: str, number: int) -> Response:
    """Return one page."""
    picture = server_state().studio.page(token, current_user().code, number)
    return Response(picture, mimetype="image/png")


@screen.get("/picture/<token>")
def whole(token: str) -> str:
    """Show all pages."""
    try:
        picture = server_state().studio.picture(token, current_user().code)
    except NoPicture:
        abort(404)
    return render_template("picture.html", picture=picture, token=token)


@screen.post("/picture/<language>/<domain>/<name>")
def typed(language: str, domain: str, name: str) -> ResponseReturnValue:
    """Draw the unsaved text of a form; return its picture and what is wrong with the page."""
    text = on_one_line(request.form.get("text", ""))
    token = order_picture(language, domain, {name: text}, name)
    if not token:
        abort(404)
    picture = server_state().studio.picture(token, current_user().code)
    return {
        "url": url_for(".sentence", token=token, name=name) if picture.pages else "",
        "whole": url_for(".whole", token=token),
        "pages": picture.pages,
        "problems": problem_rows(picture.problems),
    }


def problem_rows(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Return problems as the scripts of the page show them."""
    keys = ("code", "what", "hint", "severity")
    return [{key: getattr(problem, key) for key in keys} for problem in problems]


def order_picture(code: str, domain: str, typed: Mapping[str, str], name: str = "") -> str:
    """Order a picture and return its token; "" if there is no page, or it cannot be composed."""
    try:
        edition = edition_for(current_snapshot(), code, domain, name)
        return server_state().studio.order(current_snapshot(), edition, typed) if edition else ""
    except LeafletsError:  # the reading screens say what is wrong with the files
        return ""


@screen.app_template_global()
def picture_url(code: str, domain: str, name: str = "", text: str | None = None) -> str:
    """Return the address of the page on which a message stands, marked there; "" if there is none.

    Without `name` it is the first page. `text` is a wording that is not saved; None shows what is
    saved. The address holds a token that follows from everything on the page, so another text has
    another address.
    """
    token = order_picture(code, domain, {} if text is None else {name: on_one_line(text)}, name)
    if not token:
        return ""
    if name:
        return url_for("picture.sentence", token=token, name=name)
    return url_for("picture.page", token=token, number=1)


@screen.app_template_global()
def picture_whole(address: str) -> str:
    """Return the address of the screen with all pages, from that of one of its pictures."""
    return "/".join(address.split("/")[:3])


@screen.app_template_global()
def picture_alt(domain: str) -> str:
    """Return what a picture shows, for those who do not see it.

    The title of the leaflet is in the language of the screen, if it has one.
    """
    leaflet = current_snapshot().project.leaflets.get(domain)
    if leaflet is None:
        return word_text("picture-alt-shared")
    title = ""
    with suppress(LeafletsError):
        title = current_snapshot().texts(page_language().code, domain)["title"].msgstr
    return word_text("picture-alt", title=title or leaflet.title.msgid)
