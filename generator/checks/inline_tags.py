"""The same inline tags as in the English, rightly nested, around the same part.

Never inside a word of a script that joins its letters.
"""

import re

from generator.base.message_text import INLINE_TAG, same_tags, tag_names
from generator.checks import Findings, Rule, Subject

_INSIDE = re.compile("[\u0620-\u06d3\u06fa-\u06ff]</?(?:b|em)>[\u0620-\u06d3\u06fa-\u06ff]")
_OTHER = re.compile(r"<(?!/?(?:b|em)>)[/!]?[a-zA-Z][^<>]*>?")
_EMPTY = re.compile(r"<(b|em)>[^\w{]*</\1>")
_TWICE = re.compile(r"<(b|em)>(?:(?!</\1>).)*<\1>")


def marked_share(text: str) -> str:
    """Return how much of a text its tags mark: nothing, a part or all.

    >>> marked_share("<b>Free.</b> Come"), marked_share("<b>Free</b>."), marked_share("Free")
    ('a part', 'all', 'nothing')
    """
    outside, depth, start = "", 0, 0
    for tag in INLINE_TAG.finditer(text):
        outside += "" if depth else text[start : tag.start()]
        depth, start = depth + (-1 if tag[1] else 1), tag.end()
    outside += "" if depth else text[start:]
    return (
        "nothing" if not tag_names(text) else "a part" if any(map(str.isalnum, outside)) else "all"
    )


@Rule(
    why="Bold marks what must be seen first; a tag inside an Arabic word breaks the joined "
    "letters apart.",
    hint="put <b> and </b> around the same words as in the English, whole words only",
    passes=(
        ("fr", "<b>Free.</b> Come.", "<b>Gratuit.</b> Venez."),
        ("ar", "<b>No</b> fee", "<b>بلا</b> رسوم"),
        ("fr", "<b>Free</b>.", "<b>Gratuit.</b>"),
        ("fr", "Call <b>{line}</b>", "<b>{line}</b> : appelez"),
    ),
    fails=(
        ("fr", "<b>Free.</b>", "Gratuit."),
        ("fr", "<b>Free.</b>", "<b>Gratuit."),
        ("fr", "<b>Free.</b>", "</b>Gratuit.<b>"),
        ("fr", "Free.", "<em>Gratuit.</em>"),
        ("fr", "Free.", "<i>Gratuit.</i>"),
        ("fr", "<b>Free.</b> Come.", "Gratuit.<b> </b> Venez."),
        ("fr", "<b>Free.</b> <b>Come.</b> Now", "<b>Gratuit. <b>Venez.</b></b> Maintenant"),
        ("fr", "<b>Free.</b> Come.", "<b>Gratuit. Venez.</b>"),
        ("fr", "<b>Free. Come.</b>", "<b>Gratuit.</b> Venez."),
        ("ar", "<b>No</b> fee", "<b>بلا ر</b>سوم"),
    ),
)
def inline_tags(subject: Subject) -> Findings:
    """Are the tags the same?"""
    english, own = marked_share(subject.msgid), marked_share(subject.msgstr)
    if not same_tags(subject.msgid, subject.msgstr):
        yield "the tags are not those of the English, or are not closed in order"
    elif other := _OTHER.search(subject.msgstr):
        yield f"only <b> and <em> are known: {other[0]!r}"
    elif _EMPTY.search(subject.msgstr):
        yield "a tag stands around nothing"
    elif _TWICE.search(subject.msgstr):
        yield "a tag stands inside the same tag"
    elif english != own:
        yield f"the tags mark {own} of the text, in the English {english}"
    elif _INSIDE.search(subject.msgstr):
        yield "a tag stands inside a word"
