"""Stand between every request and the screens: the guard's rules, links that let people in, headers on every answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from generator.review.snapshot import Snapshot
from generator.signing.reading import readable_catalogues
from generator.web import guard, stamp
from generator.web.desk import current_snapshot, current_user, server_state
from generator.web.visitors import User

if TYPE_CHECKING:
    from flask import Blueprint, Flask, Request, Response
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response as Answer

OPEN_ENDPOINTS = ("static", "door.start", "door.enter")
"""Endpoints for somebody who is not in yet."""
KNOWN_NAMES: dict[str, Callable[[Snapshot], Iterable[str]]] = {
    "language": lambda snapshot: [
        code for code in snapshot.project.campaign.languages if code != "en"
    ],
    "leaflet": lambda snapshot: snapshot.project.leaflets,
    "domain": lambda snapshot: readable_catalogues(snapshot.project),
    "sheet": lambda snapshot: snapshot.project.sheets,
    "site": lambda snapshot: [
        path.stem for path in (snapshot.project.root / "sites").glob("*.yaml")
    ],
}
"""What a part of an address with this name may be: one of the campaign's own, never a path."""


def install_guard(app: Flask) -> None:
    """Put the guard before every request of a page, and its headers on every answer."""
    app.before_request(check_request)
    app.after_request(seal_answer)
    app.register_blueprint(entry_screen())


def request_head(request: Request) -> guard.RequestHead:
    """Return what the guard looks at; from the server's own variables, because Flask would repair some of it."""
    return guard.RequestHead(
        request.method,
        request.environ.get("HTTP_HOST", ""),
        request.environ.get("PATH_INFO", ""),
        request.headers.get("Origin", ""),
        request.headers.get("Sec-Fetch-Site", ""),
        request.environ.get("REMOTE_ADDR", ""),
    )


def check_request() -> ResponseReturnValue | None:
    """Refuse a request that breaks a rule, and find out who sends the others."""
    from flask import abort, g, request

    found = request_head(request)
    if status := guard.refusal_status(found, server_state().hosts):
        abort(status)
    request.max_content_length = guard.byte_limit(request.endpoint)
    if (request.content_length or 0) > request.max_content_length:
        abort(413)
    someone = user_of(found, request.cookies.get(server_state().cookie, ""))
    if someone:
        g.person = someone
    elif request.endpoint not in OPEN_ENDPOINTS:
        abort(401)
    if request.routing_exception or request.endpoint in OPEN_ENDPOINTS:
        return None
    refuse_unknown_names(request.view_args or {})
    return stamp.refused_form()


def user_of(found: guard.RequestHead, cookie: str) -> User | None:
    """Return who holds a cookie; the organiser is one at this computer alone."""
    someone = server_state().visitors.person(cookie) if cookie else None
    if someone and someone.role == "organiser" and not from_this_computer(found):
        return None
    return someone


def refuse_unknown_names(names: dict[str, str]) -> None:
    """End with 404 if a part of the address is none of the campaign's own."""
    from flask import abort

    for name, value in names.items():
        if name == "site" and current_user().role != "organiser":
            abort(403, "organisers")  # whether the place exists or not
        if name in KNOWN_NAMES and value not in KNOWN_NAMES[name](current_snapshot()):
            abort(404)


def seal_answer(answer: Response) -> Response:
    """Put the guard's headers on an answer, whatever it is; only font files may stay in a browser, everybody has them."""
    from flask import request

    lasting = (
        answer.headers.get("Cache-Control") if (answer.mimetype or "").startswith("font/") else None
    )
    answer.headers.update(guard.headers_for(request.endpoint))
    if lasting:
        answer.headers["Cache-Control"] = lasting
    return answer


def entry_screen() -> Blueprint:
    """Return the way in: a link shows who it is for, and a button uses it up.

    A GET must change nothing: messengers fetch links to show a preview, and would use up what was meant for a reader. The organiser's
    own link goes from this program to this computer's browser, so it leads in at once.
    """
    from flask import Blueprint, abort, render_template, request

    screen = Blueprint("door", __name__)

    @screen.get("/start/<token>")
    def start(token: str) -> Answer | str:
        link = server_state().visitors.find(refuse_guess(token))
        if link is None or link.cookie or server_state().visitors.over(link):
            abort(401, "link")
        if link.person.role == "organiser":
            return let_in(token)
        return render_template(
            "start.html", code=link.person.code, token=token, other=other_user(link.person)
        )

    @screen.post("/start")
    def enter() -> Answer:
        return let_in(refuse_guess(request.form.get("token", "")))

    return screen


def other_user(someone: User) -> str:
    """Return the code of another person whose browser this is until now; "" if there is none."""
    from flask import g

    return current_user().code if "person" in g and current_user().code != someone.code else ""


def refuse_guess(token: str) -> str:
    """Return a token if there is such a link; end with 401, or with 429 for an address that tried too many."""
    from flask import abort, request

    peer = request.environ.get("REMOTE_ADDR", "")
    if server_state().visitors.blocked(peer):
        abort(429)
    if server_state().visitors.find(token) is None:
        server_state().visitors.guessed(peer)
        abort(401, "link")
    return token


def let_in(token: str) -> Answer:
    """Use up a link and send its browser to the first screen with a cookie; end with 401 if it was used or is over."""
    from flask import abort, redirect, request

    link = server_state().visitors.find(token)
    if link and link.person.role == "organiser" and not from_this_computer(request_head(request)):
        abort(403, "organisers")
    cookie = server_state().visitors.admit(token, request.cookies.get(server_state().cookie, ""))
    if not cookie or link is None:
        abort(401, "link")
    answer = redirect(link.first, 303)
    answer.set_cookie(server_state().cookie, cookie, httponly=True, samesite="Strict", path="/")
    return answer


def from_this_computer(found: guard.RequestHead) -> bool:
    """Tell whether a request comes from this computer to this computer's own address."""
    return found.host == server_state().home and guard.is_local(found.peer)
