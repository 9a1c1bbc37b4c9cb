"""The way in: a link shows whom it is for, and a button uses it up.

A GET must change nothing: messengers fetch links to show a preview, and would use up a reader's.
The organiser's own link goes from this program to this computer's browser, so it leads in at once.
"""

from flask import Blueprint, abort, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from generator.web.middleware import from_this_computer, request_head
from generator.web.server_state import current_user, server_state
from generator.web.visitors import LinkState, User, UserRole

screen = Blueprint("start", __name__)


@screen.get("/start/<token>")
def show(token: str) -> ResponseReturnValue:
    """Ask a reader whether the link is theirs; let the organiser in."""
    link = server_state().visitors.find(refuse_guess(token))
    if link is None or server_state().visitors.link_state(link) is not LinkState.NEW:
        abort(401, "link")
    if link.user.role is UserRole.ORGANISER:
        return let_in(token)
    return render_template(
        "start.html", code=link.user.code, token=token, other=other_user(link.user)
    )


@screen.post("/start")
def enter() -> ResponseReturnValue:
    """Let a reader in."""
    return let_in(refuse_guess(request.form.get("token", "")))


def other_user(user: User) -> str:
    """Return the code of another person whose browser this was until now; "" if there is none."""
    return current_user().code if "user" in g and current_user().code != user.code else ""


def refuse_guess(token: str) -> str:
    """Return a token that has a link; end with 401, or with 429 after too many wrong ones."""
    visitors, peer = server_state().visitors, request.environ.get("REMOTE_ADDR", "")
    if visitors.blocked(peer):
        abort(429)
    if visitors.find(token) is None:
        visitors.guessed(peer)
        abort(401, "link")
    return token


def let_in(token: str) -> ResponseReturnValue:
    """Use up a link, and send its browser to the first screen with a cookie."""
    state = server_state()
    link = state.visitors.find(token)
    if link and link.user.role is UserRole.ORGANISER and not from_this_computer(request_head()):
        abort(403, "organisers")
    cookie = state.visitors.admit(token, request.cookies.get(state.cookie, ""))
    if not cookie or link is None:
        abort(401, "link")
    answer = redirect(link.first, 303)
    # No script reads the cookie, and no link on another page brings it along.
    answer.set_cookie(state.cookie, cookie, httponly=True, samesite="Strict", path="/")
    return answer
