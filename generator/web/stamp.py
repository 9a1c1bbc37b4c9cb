"""What every form carries: whose page it stood on and when that was shown; a form of another reader's, or a second press, is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.review.ledger import CODE
from generator.signing.pace import SHORTEST
from generator.web import guard
from generator.web.desk import desk, person

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

FIELDS = Markup(
    '<input type="hidden" name="you" value="{}"><input type="hidden" name="at" value="{}">'
)
MOVING = ("sentence.undo", "layout.sign", "layout.withdraw", "worksheets.back", "people.end")
"""Endpoints whose button can stand where another one stood a moment before: the second press of a double one is not meant for it."""
TYPED = re.compile(r"(?:text|code|reason|comment|version|why-[a-z-]+)\d*")
"""Fields in which somebody typed."""
TICKS = ("seen", "yes")
"""What boxes send."""


def now() -> str:
    """Return the time that a form carries: milliseconds of the page's clock."""
    return str(int(desk().clock() * 1000))


def stamp(shown: str = "") -> Markup:
    """Return the hidden fields of a form; `shown` is the time of one that is only shown again."""
    return FIELDS.format(person().code, shown or now())


def age(shown: str) -> float:
    """Return for how many seconds a form has been there; 0 if it does not say, and long if the clock began anew since."""
    if not re.fullmatch(r"\d{1,18}", shown, re.ASCII):
        return 0.0
    seconds = desk().clock() - int(shown) / 1000
    return float("inf") if seconds < -1 else max(0.0, seconds)


def refused() -> ResponseReturnValue | None:
    """Return the answer to a form that may not write, None if it may; what was typed in it comes back with the answer."""
    from flask import abort, request

    if request.method in guard.READS:
        return None
    if request.form.get("you", "") != person().code:
        return others()
    if request.endpoint in MOVING and age(request.form.get("at", "")) < SHORTEST:
        abort(409, "soon")
    return None


def others() -> ResponseReturnValue:
    """Return the page that says whose form this was, whose browser it is now, and what was typed: nothing is lost, nothing written."""
    from flask import current_app, render_template, request

    theirs = request.form.get("you", "")
    typed = [
        text
        for name, text in request.form.items(multi=True)
        if TYPED.fullmatch(name) and text.strip() and text not in TICKS
    ]
    here = current_app.url_map.bind("").test(request.path, "GET")
    values = {
        "theirs": theirs if CODE.fullmatch(theirs) else "",
        "typed": typed,
        "again": request.path if here else "/",
    }
    return render_template("other.html", **values), 403
