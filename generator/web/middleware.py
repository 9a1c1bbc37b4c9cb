"""Stand between every request and the screens: the guard's rules, who sends it, the headers."""

from collections.abc import Callable, Iterable

from flask import Flask, Response, abort, g, request
from flask.typing import ResponseReturnValue

from generator.review.snapshot import Snapshot
from generator.review.source_texts import POLICY_DOMAIN
from generator.signing.reading import readable_catalogues
from generator.web import guard, stamp
from generator.web.server_state import current_snapshot, current_user, server_state
from generator.web.source_view import is_source, may_read_source
from generator.web.visitors import User, UserRole

# Endpoints for somebody who is not in yet.
OPEN_ENDPOINTS = ("static", "start.show", "start.enter")

# What a part of an address with this name may be: one of the campaign's own, never a path.
KNOWN_NAMES: dict[str, Callable[[Snapshot], Iterable[str]]] = {
    "language": lambda snapshot: snapshot.project.campaign.languages,
    "leaflet": lambda snapshot: snapshot.project.leaflets,
    "domain": lambda snapshot: [POLICY_DOMAIN, *readable_catalogues(snapshot.project)],
    "sheet": lambda snapshot: snapshot.project.sheets,
    "site": lambda snapshot: [
        path.stem for path in (snapshot.project.root / "sites").glob("*.yaml")
    ],
}


def install_guard(app: Flask) -> None:
    """Put the guard before every request of a page, and its headers on every answer."""
    app.before_request(check_request)
    app.after_request(seal_answer)


def request_head() -> guard.RequestHead:
    """Return what the guard looks at, from the server's own variables: Flask would repair some."""
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
    head = request_head()
    if status := guard.refusal_status(head, server_state().hosts):
        abort(status)
    request.max_content_length = guard.byte_limit(request.endpoint)
    if (request.content_length or 0) > request.max_content_length:
        abort(413)

    user = user_of(head, request.cookies.get(server_state().cookie, ""))
    if user:
        g.user = user
    elif request.endpoint not in OPEN_ENDPOINTS:
        abort(401)
    # Only somebody who is in learns which addresses there are.
    if request.routing_exception or request.endpoint in OPEN_ENDPOINTS:
        return None
    refuse_unknown_names(request.view_args or {})
    return stamp.refused_form()


def user_of(head: guard.RequestHead, cookie: str) -> User | None:
    """Return who holds a cookie; the organiser is one at this computer alone."""
    user = server_state().visitors.user(cookie)
    if user and user.role is UserRole.ORGANISER and not from_this_computer(head):
        return None
    return user


def refuse_unknown_names(names: dict[str, str]) -> None:
    """End with 404 if a part of the address is none of the campaign's own."""
    for name, value in names.items():
        if name == "site" and current_user().role is not UserRole.ORGANISER:
            abort(403, "organisers")  # whether the place exists or not
        if name in KNOWN_NAMES and value not in KNOWN_NAMES[name](current_snapshot()):
            abort(404)
    source = "language" in names and is_source(names["language"])
    if names.get("domain") == POLICY_DOMAIN and not source:
        abort(404)
    if source and not may_read_source():
        abort(403, "organisers")


def seal_answer(answer: Response) -> Response:
    """Put the guard's headers on every answer; browsers may keep fonts, which everybody has."""
    font = (answer.mimetype or "").startswith("font/")
    lasting = answer.headers.get("Cache-Control") if font else None
    answer.headers.update(guard.headers_for(request.endpoint))
    if lasting:
        answer.headers["Cache-Control"] = lasting
    return answer


def from_this_computer(head: guard.RequestHead) -> bool:
    """Tell whether a request comes from this computer to this computer's own address."""
    return head.host == server_state().home and guard.is_local(head.peer)
