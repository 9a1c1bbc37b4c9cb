"""The same inline tags as in the English, rightly nested, never inside a word of a joining script."""

import re
from collections.abc import Iterator

from generator.checks import Finding, Subject, check
from generator.core.text import same_tags

INSIDE = re.compile("[\u0620-\u06d3\u06fa-\u06ff]</?(?:b|em)>[\u0620-\u06d3\u06fa-\u06ff]")


@check(
    why="Bold marks what must be seen first; a tag inside an Arabic word breaks the joined letters apart.",
    hint="put <b> and </b> around the same words as in the English, whole words only",
    passes=(("fr", "<b>Free.</b> Come.", "<b>Gratuit.</b> Venez."), ("ar", "<b>No</b> fee", "<b>بلا</b> رسوم")),
    fails=(
        ("fr", "<b>Free.</b>", "Gratuit."),
        ("fr", "<b>Free.</b>", "<b>Gratuit."),
        ("fr", "<b>Free.</b>", "</b>Gratuit.<b>"),
        ("fr", "Free.", "<em>Gratuit.</em>"),
        ("ar", "<b>No</b> fee", "<b>بلا ر</b>سوم"),
    ),
)
def inline_tags(subject: Subject) -> Iterator[Finding]:
    """Are the tags the same?"""
    if not same_tags(subject.msgid, subject.msgstr):
        yield "the tags are not those of the English, or are not closed in order"
    elif INSIDE.search(subject.msgstr):
        yield "a tag stands inside a word"
