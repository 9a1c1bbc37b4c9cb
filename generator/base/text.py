"""Turn a message and facts into safe markup: escape first, then only what the msgid itself has comes back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from markupsafe import Markup, escape

NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""A placeholder: the name of a fact in braces."""
TAG = re.compile(r"<(/?)(b|em)>")
"""The inline tags a message may have: bold and emphasis, without attributes."""
SEEN = 8192
"""How many texts a function remembers what it found in: the same English is looked at once for each language."""
CUT = re.compile(r"\{[a-z][a-z0-9_]*\}|</?(?:b|em)>")
ESCAPED_TAG = re.compile(r"&lt;(/?)(b|em)&gt;")


def names(text: str) -> list[str]:
    """Return the placeholders of a text in order.

    >>> names("Call {hotline} or {text_line}.")
    ['hotline', 'text_line']
    """
    return NAME.findall(text)


def tags(text: str) -> list[str]:
    """Return the inline tags of a text in order.

    >>> tags("<b>Free</b> help")
    ['b', '/b']
    """
    return [slash + name for slash, name in TAG.findall(text)]


def same_names(msgid: str, msgstr: str) -> bool:
    """Tell whether both have the same placeholders, each as often, and no other brace."""
    return Counter(names(msgid)) == Counter(names(msgstr)) and not set("{}") & set(
        NAME.sub("", msgstr)
    )


def same_tags(msgid: str, msgstr: str) -> bool:
    """Tell whether both have the same tags, each closed in the right order, and no other angle-bracket tag."""
    return sorted(tags(msgid)) == sorted(tags(msgstr)) and _nested(tags(msgstr))


def _nested(found: list[str]) -> bool:
    open_tags: list[str] = []
    for tag in found:
        if not tag.startswith("/"):
            open_tags.append(tag)
        elif not open_tags or open_tags.pop() != tag[1:]:
            return False
    return not open_tags


def fill(msgid: str, msgstr: str, values: Mapping[str, Markup]) -> Markup:
    """Return `msgstr` as safe HTML with the placeholders of `msgid` filled from `values`.

    The one way from text to markup: values are never scanned again, nothing in a translation
    is a format string, and an attribute never comes from a translation. Raises ValueError if placeholders or tags
    differ from the source.
    """
    if not same_names(msgid, msgstr):
        raise ValueError("the placeholders differ from the English")
    if not same_tags(msgid, msgstr):
        raise ValueError("the tags differ from the English")
    safe = str(escape(msgstr))
    if tags(msgid):
        safe = ESCAPED_TAG.sub(r"<\1\2>", safe)
    return Markup(NAME.sub(lambda match: str(escape(values[match[1]])), safe))  # noqa: S704 - escaped above


def pieces(msgstr: str) -> list[str]:
    """Return the visible text of a translation, cut where a placeholder or a tag stands.

    >>> pieces("<b>Free.</b> Call {hotline} now")
    ['Free.', ' Call ', ' now']
    """
    return [piece for piece in CUT.split(msgstr) if piece.strip()]


def runs(markup: Markup) -> list[str]:
    """Return the text of markup between its tags, as a reader meets it.

    >>> runs(Markup('<b>A &amp; B</b> until <bdi dir="ltr">18:00</bdi>.'))
    ['A & B', ' until ', '18:00', '.']
    """
    return [str(Markup(run).unescape()) for run in re.split("<[^>]*>", markup) if run.strip()]  # noqa: S704 - unescaped at once


def page_runs(html: str) -> list[str]:
    """Return the texts of a whole page in HTML, its body alone.

    >>> page_runs("<title>A</title><body><p>B <b>C</b></p></body>")
    ['B ', 'C']
    """
    return runs(Markup(html.partition("<body")[2].partition(">")[2]))  # noqa: S704 - read, never printed


def tidy(text: str) -> str:
    r"""Return a typed text on one line, with single spaces; spaces that do not break are letters of the text and stay.

    >>> tidy(" Venez\u00a0!\n  Vite ")
    'Venez\xa0! Vite'
    """
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
