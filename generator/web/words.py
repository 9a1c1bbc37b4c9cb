"""The page's own words: in the reader's language once people have signed them, else in English."""

from functools import cache

from flask import Response, request
from markupsafe import Markup, escape

from generator.base.message_text import fill_placeholders
from generator.campaign.language_table import read_languages
from generator.campaign.settings import read_words
from generator.campaign.shipped import shipped_folder, shipped_templates
from generator.model import Language, Message, State
from generator.problem import LeafletsError
from generator.web.server_state import current_snapshot

WORDS_DOMAIN = "review"

# Which language somebody chose last; their browser keeps it.
LANGUAGE_COOKIE = "leaflets-language"


@cache
def english_words() -> dict[str, Message]:
    """Return the words that the templates of this program use."""
    words = read_words(shipped_templates(WORDS_DOMAIN) / "words.yaml")
    return {message.msgctxt: message for message in words}


def page_language() -> Language:
    """Return the language of the address, else that of the last screens if it has words."""
    try:
        project = current_snapshot().project
        last = request.cookies.get(LANGUAGE_COOKIE, "")
        wanted = (request.view_args or {}).get("language") or (last if _has_words(last) else "en")
        return project.languages[wanted if wanted in project.campaign.languages else "en"]
    except LeafletsError:  # the page that says what is broken still needs a language
        return read_languages(shipped_folder("locales") / "languages.yaml")["en"]


def _has_words(code: str) -> bool:
    """Tell whether any word is ready: else a screen would be English from right to left."""
    if code not in current_snapshot().project.campaign.languages:
        return False
    texts = current_snapshot().texts(code, WORDS_DOMAIN).values()
    return any(text.state is State.READY for text in texts)


def remember_language(answer: Response) -> Response:
    """Let the browser keep the language of an address for the screens without one."""
    wanted = (request.view_args or {}).get("language", "")
    if answer.status_code == 200 and wanted and wanted != request.cookies.get(LANGUAGE_COOKIE):
        answer.set_cookie(LANGUAGE_COOKIE, wanted, httponly=True, samesite="Strict", path="/")
    return answer


def find_word(name: str) -> tuple[str, str, str]:
    """Return English, text and language code of a word; raise KeyError if there is none."""
    msgctxt = f"word.{name}"
    msgid = english_words()[msgctxt].msgid
    code = page_language().code
    try:
        text = current_snapshot().texts(code, WORDS_DOMAIN).get(msgctxt) if code != "en" else None
    except LeafletsError:
        text = None
    if text and text.state is State.READY and text.message.msgid == msgid:
        return msgid, text.msgstr, code
    return msgid, msgid, "en"


def word_markup(name: str, **values: object) -> Markup:
    """Return a word as markup with its `{values}`; English says that it is, on other screens."""
    msgid, text, code = find_word(name)
    filled = {key: Markup("<bdi>{}</bdi>").format(value) for key, value in values.items()}
    markup = fill_placeholders(msgid, text, filled)
    if code == page_language().code:
        return markup
    return Markup('<span lang="en" dir="ltr">{}</span>').format(markup)


def word_text(name: str, **values: object) -> str:
    """Return a word as plain text, for titles, and for attributes such as `aria-label`."""
    msgid, text, _ = find_word(name)
    filled = {key: escape(str(value)) for key, value in values.items()}
    return str(fill_placeholders(msgid, text, filled).unescape())
