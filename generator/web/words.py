"""The page's own words, in the volunteer's language where people have read them, else in English that says it is English."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator.base.text import fill
from generator.campaign.project import shipped, shipped_templates
from generator.campaign.settings import read_languages, read_words
from generator.model import Language, Message, State
from generator.problem import LeafletsError
from generator.web.desk import snapshot

if TYPE_CHECKING:
    from flask import Response

DOMAIN = "review"
COOKIE = "leaflets-language"
"""Which language somebody chose last; their browser keeps it."""


@cache
def english() -> dict[str, Message]:
    """Return the words that the templates of this program use."""
    return {
        message.msgctxt: message for message in read_words(shipped_templates(DOMAIN) / "words.yaml")
    }


def language() -> Language:
    """Return the language somebody chose: that of the address, else that of the last screens if it has words, else English."""
    from flask import request

    try:
        project = snapshot().project
        last = request.cookies.get(COOKIE, "")
        wanted = (request.view_args or {}).get("language") or (last if _spoken(last) else "en")
        return project.languages[wanted if wanted in project.campaign.languages else "en"]
    except (
        LeafletsError
    ):  # the campaign's own files are broken; the page that says so still has words
        return read_languages(shipped("locales") / "languages.yaml")["en"]


def _spoken(code: str) -> bool:
    """Tell whether any word of the page is ready in a language: else a screen would be English from right to left."""
    campaign = snapshot().project.campaign
    return code in campaign.languages and any(
        text.state is State.READY for text in snapshot().texts(code, DOMAIN).values()
    )


def remember(answer: Response) -> Response:
    """Let the browser keep the language of an address for the screens without one."""
    from flask import request

    wanted = (request.view_args or {}).get("language", "")
    if answer.status_code == 200 and wanted and wanted != request.cookies.get(COOKIE):
        answer.set_cookie(COOKIE, wanted, httponly=True, samesite="Strict", path="/")
    return answer


def found(name: str) -> tuple[str, str, str]:
    """Return English, text and language code of a word; raise KeyError if the program has no such word."""
    msgctxt = f"word.{name}"
    message = english()[msgctxt]
    code = language().code
    try:
        text = snapshot().texts(code, DOMAIN).get(msgctxt) if code != "en" else None
    except LeafletsError:
        text = None
    if text and text.state is State.READY and text.message.msgid == message.msgid:
        return message.msgid, text.msgstr, code
    return message.msgid, message.msgid, "en"


def word(name: str, **values: object) -> Markup:
    """Return a word as markup with its `{values}` filled; marked as English where it is not yet in the chosen language."""
    msgid, text, code = found(name)
    markup = fill(
        msgid, text, {key: Markup("<bdi>{}</bdi>").format(value) for key, value in values.items()}
    )
    if code == language().code:
        return markup
    return Markup('<span lang="en" dir="ltr">{}</span>').format(markup)


def plain(name: str, **values: object) -> str:
    """Return a word as plain text, for attributes such as `aria-label`, and for titles."""
    msgid, text, _ = found(name)
    return str(
        fill(msgid, text, {key: escape(str(value)) for key, value in values.items()}).unescape()
    )
