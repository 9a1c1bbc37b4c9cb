"""What every form carries: whose page it stood on, and when it was shown.

A form of another reader's page, and the second press of a double one, are refused.
"""

import re

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from generator.review.ledger import READER_CODE
from generator.signing.pace import SHORTEST_PAUSE
from generator.web import guard
from generator.web.server_state import current_user, server_state

STAMP_FIELDS = Markup(
    '<input type="hidden" name="you" value="{}"><input type="hidden" name="at" value="{}">'
)

# Endpoints whose button can stand where another one stood a moment before.
#
# The second press of a double one is not meant for it.
MOVING_BUTTONS = (
    *("sentence.undo", "layout.sign", "layout.withdraw", "enter.back", "people.end"),
    "recording.take_back",
)

# Fields in which somebody typed.
TYPED_FIELDS = re.compile(r"(?:text|code|reason|comment|version|why-[a-z-]+)\d*")

# What boxes send.
TICK_VALUES = ("seen", "yes")


def stamp_time() -> str:
    """Return the time that a form carries: milliseconds of the page's clock."""
    return str(int(server_state().clock() * 1000))


def stamp(shown: str = "") -> Markup:
    """Return the hidden fields of a form; `shown` is the time of one that is only shown again."""
    return STAMP_FIELDS.format(current_user().code, shown or stamp_time())


def seconds_shown(shown: str) -> float:
    """Return for how many seconds a form has been there.

    0 if it does not say; for ever if the clock began anew since.
    """
    if not re.fullmatch(r"\d{1,18}", shown, re.ASCII):
        return 0.0
    seconds = server_state().clock() - int(shown) / 1000
    # A time to come is of another clock: the computer was restarted since, so the form is old.
    return float("inf") if seconds < -1 else max(0.0, seconds)


def refused_form() -> ResponseReturnValue | None:
    """Return the answer to a form that may not write, None if it may."""
    if request.method in guard.SAFE_METHODS:
        return None
    if request.form.get("you", "") != current_user().code:
        return other_reader_page()
    if (
        request.endpoint in MOVING_BUTTONS
        and seconds_shown(request.form.get("at", "")) < SHORTEST_PAUSE
    ):
        abort(409, "soon")
    return None


def other_reader_page() -> ResponseReturnValue:
    """Return the page that says whose form this was, and gives back what was typed in it."""
    theirs = request.form.get("you", "")
    typed = [
        text
        for name, text in request.form.items(multi=True)
        if TYPED_FIELDS.fullmatch(name) and text.strip() and text not in TICK_VALUES
    ]
    here = current_app.url_map.bind("").test(request.path, "GET")
    page = render_template(
        "other.html",
        theirs=theirs if READER_CODE.fullmatch(theirs) else "",
        typed=typed,
        again=request.path if here else "/",
    )
    return page, 403
