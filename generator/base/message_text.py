"""Placeholders and inline tags of a message, and the one way from it to safe markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from markupsafe import Markup, escape

# A placeholder: the name of a fact in braces.
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")

# The inline tags a message may have: bold and emphasis, without attributes.
INLINE_TAG = re.compile(r"<(/?)(b|em)>")

# How many texts a function remembers: each language asks about the same English again.
CACHED_TEXTS = 8192

# A placeholder or an inline tag.
MARKUP_PART = re.compile(r"\{[a-z][a-z0-9_]*\}|</?(?:b|em)>")
_ESCAPED_TAG = re.compile(r"&lt;(/?)(b|em)&gt;")


def placeholder_names(text: str) -> list[str]:
    """Return the placeholders of a text in order.

    >>> placeholder_names("Call {hotline} or {text_line}.")
    ['hotline', 'text_line']
    """
    return PLACEHOLDER.findall(text)


def tag_names(text: str) -> list[str]:
    """Return the inline tags of a text in order.

    >>> tag_names("<b>Free</b> help")
    ['b', '/b']
    """
    return [slash + name for slash, name in INLINE_TAG.findall(text)]


def without_markup(text: str) -> str:
    """Return a text with a space in place of each placeholder and tag.

    >>> without_markup("Call <b>{hotline}</b>!").split()
    ['Call', '!']
    """
    return MARKUP_PART.sub(" ", text)


def same_placeholders(msgid: str, msgstr: str) -> bool:
    """Tell whether both have the same placeholders, each as often, and no other brace."""
    same = Counter(placeholder_names(msgid)) == Counter(placeholder_names(msgstr))
    return same and not set("{}") & set(PLACEHOLDER.sub("", msgstr))


def same_tags(msgid: str, msgstr: str) -> bool:
    """Tell whether both have the same tags, each of the second closed in the right order."""
    own = tag_names(msgstr)
    return sorted(tag_names(msgid)) == sorted(own) and _is_nested(own)


def _is_nested(tags: list[str]) -> bool:
    open_tags: list[str] = []
    for tag in tags:
        if not tag.startswith("/"):
            open_tags.append(tag)
        elif not open_tags or open_tags.pop() != tag[1:]:
            return False
    return not open_tags


def fill_placeholders(msgid: str, msgstr: str, values: Mapping[str, Markup]) -> Markup:
    """Return `msgstr` as safe HTML with the placeholders of `msgid` filled from `values`.

    Everything is escaped first; then only the tags that the msgid itself has come back. Values are
    never scanned again, nothing in a translation is a format string, and no attribute comes from a
    translation. Raises ValueError if placeholders or tags differ from the source.
    """
    if not same_placeholders(msgid, msgstr):
        raise ValueError("the placeholders differ from the English")
    if not same_tags(msgid, msgstr):
        raise ValueError("the tags differ from the English")
    safe = str(escape(msgstr))
    if tag_names(msgid):
        safe = _ESCAPED_TAG.sub(r"<\1\2>", safe)
    return Markup(PLACEHOLDER.sub(lambda match: str(escape(values[match[1]])), safe))  # noqa: S704 - escaped above


def text_pieces(msgstr: str) -> list[str]:
    """Return the visible text of a translation, cut where a placeholder or a tag stands.

    >>> text_pieces("<b>Free.</b> Call {hotline} now")
    ['Free.', ' Call ', ' now']
    """
    return [piece for piece in MARKUP_PART.split(msgstr) if piece.strip()]


def markup_runs(markup: Markup) -> list[str]:
    """Return the text of markup between its tags, as a reader meets it.

    >>> markup_runs(Markup('<b>A &amp; B</b> until <bdi dir="ltr">18:00</bdi>.'))
    ['A & B', ' until ', '18:00', '.']
    """
    return [str(Markup(run).unescape()) for run in re.split("<[^>]*>", markup) if run.strip()]  # noqa: S704 - unescaped at once


def page_runs(html: str) -> list[str]:
    """Return the texts of a whole page in HTML, its body alone.

    >>> page_runs("<title>A</title><body><p>B <b>C</b></p></body>")
    ['B ', 'C']
    """
    return markup_runs(Markup(html.partition("<body")[2].partition(">")[2]))  # noqa: S704 - read, never printed


def on_one_line(text: str) -> str:
    r"""Return a typed text on one line, with single spaces; no-break spaces stay as they are.

    >>> on_one_line(" Venez\u00a0!\n  Vite ")
    'Venez\xa0! Vite'
    """
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
