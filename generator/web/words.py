"""The page's own words, in the volunteer's language where people have read them, else in English that says it is English."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator.base.message_text import fill_placeholders
from generator.campaign.language_table import read_languages
from generator.campaign.settings import read_words
from generator.campaign.shipped import shipped_folder, shipped_templates
from generator.model import Language, Message, State
from generator.problem import LeafletsError
from generator.web.desk import current_snapshot

if TYPE_CHECKING:
    from flask import Response

WORDS_DOMAIN = "review"
LANGUAGE_COOKIE = "leaflets-language"
"""Which language somebody chose last; their browser keeps it."""


@cache
def english_words() -> dict[str, Message]:
    """Return the words that the templates of this program use."""
    return {
        message.msgctxt: message
        for message in read_words(shipped_templates(WORDS_DOMAIN) / "words.yaml")
    }


def page_language() -> Language:
    """Return the language somebody chose: that of the address, else that of the last screens if it has words, else English."""
    from flask import request

    try:
        project = current_snapshot().project
        last = request.cookies.get(LANGUAGE_COOKIE, "")
        wanted = (request.view_args or {}).get("language") or (last if _spoken(last) else "en")
        return project.languages[wanted if wanted in project.campaign.languages else "en"]
    except (
        LeafletsError
    ):  # the campaign's own files are broken; the page that says so still has words
        return read_languages(shipped_folder("locales") / "languages.yaml")["en"]


def _spoken(code: str) -> bool:
    """Tell whether any word of the page is ready in a language: else a screen would be English from right to left."""
    campaign = current_snapshot().project.campaign
    return code in campaign.languages and any(
        text.state is State.READY for text in current_snapshot().texts(code, WORDS_DOMAIN).values()
    )


def remember_language(answer: Response) -> Response:
    """Let the browser keep the language of an address for the screens without one."""
    from flask import request

    wanted = (request.view_args or {}).get("language", "")
    if answer.status_code == 200 and wanted and wanted != request.cookies.get(LANGUAGE_COOKIE):
        answer.set_cookie(LANGUAGE_COOKIE, wanted, httponly=True, samesite="Strict", path="/")
    return answer


def find_word(name: str) -> tuple[str, str, str]:
    """Return English, text and language code of a word; raise KeyError if the program has no such word."""
    msgctxt = f"word.{name}"
    message = english_words()[msgctxt]
    code = page_language().code
    try:
        text = current_snapshot().texts(code, WORDS_DOMAIN).get(msgctxt) if code != "en" else None
    except LeafletsError:
        text = None
    if text and text.state is State.READY and text.message.msgid == message.msgid:
        return message.msgid, text.msgstr, code
    return message.msgid, message.msgid, "en"


def word_markup(name: str, **values: object) -> Markup:
    """Return a word as markup with its `{values}` filled; marked as English where it is not yet in the chosen language."""
    msgid, text, code = find_word(name)
    markup = fill_placeholders(
        msgid, text, {key: Markup("<bdi>{}</bdi>").format(value) for key, value in values.items()}
    )
    if code == page_language().code:
        return markup
    return Markup('<span lang="en" dir="ltr">{}</span>').format(markup)


def word_text(name: str, **values: object) -> str:
    """Return a word as plain text, for attributes such as `aria-label`, and for titles."""
    msgid, text, _ = find_word(name)
    return str(
        fill_placeholders(
            msgid, text, {key: escape(str(value)) for key, value in values.items()}
        ).unescape()
    )
