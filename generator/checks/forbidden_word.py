"""No word that the campaign does not use."""

import re

from generator.base.message_text import without_markup
from generator.base.words import is_word_char
from generator.checks import Findings, Rule, Severity, Subject
from generator.checks.glossary import folded_text


def holds_word(text: str, word: str, spaced: bool) -> bool:
    """Tell whether a word stands in a text, whole where words are parted by spaces.

    >>> holds_word("ILLEGAL work", "illegal", True), holds_word("illegally", "illegal", True)
    (True, False)
    """
    simple = f" {folded_text(without_markup(text))} "
    # A zero-width non-joiner may part the pieces of a Persian word, or be left out.
    places = re.finditer("\u200c?".join(map(re.escape, folded_text(word))), simple)
    return any(
        not spaced
        or not (is_word_char(simple[place.start() - 1]) or is_word_char(simple[place.end()]))
        for place in places
    )


@Rule(
    why="Some words insult the people the leaflet is for, or mean something else to them.",
    hint="use the better word; the list stands in locales/glossary.yaml",
    passes=(
        ("en", "People without papers", ""),
        ("fr", "Come.", "La clandestinité"),
        ("fa", "Come.", "بیایید."),
    ),
    fails=(
        ("en", "Illegal work", ""),
        ("fr", "Come.", "Les <b>Clandestin</b>"),
        ("zh_Hans", "Come.", "不是非法的。"),
        ("fa", "Come.", "کار غیر\u200cقانونی است."),
        ("ar", "Come.", "العمل اللاشرعي"),
        ("tr", "Come.", "İLTİCACI."),
    ),
    on="both",
    severity=Severity.WARNING,
    risky=Severity.ERROR,
    given={
        "avoid": (
            ("illegal", "without papers"),
            ("clandestin", "sans-papiers"),
            ("非法", "无证"),
            ("غیرقانونی", "بدون مدرک"),
            ("لاشرعي", "بلا أوراق"),
            ("ilticacı", "sığınmacı"),
        )
    },
)
def forbidden_word(subject: Subject) -> Findings:
    """Does a word to avoid stand in the text?"""
    for word, better in subject.avoid:
        if holds_word(subject.msgstr, word, subject.language.spaced):
            yield f"{word!r} stands in the text; better: {better}"
