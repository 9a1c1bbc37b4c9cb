"""The translation is not the English itself, nor the English but for one word."""

import re
from collections import Counter

from generator.base.message_text import without_markup
from generator.checks import Findings, Rule, Severity, Subject

# English words from which one changed word does not make a translation.
_ALMOST = 4


def translatable_words(text: str, names: tuple[str, ...]) -> list[str]:
    """Return the words of a text that are no placeholder and no name.

    >>> translatable_words("Call <b>Migrant Help</b> now, {line}!", ("Migrant Help",))
    ['call', 'now']
    """
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
    return re.findall(r"[^\W\d_]+", without_markup(text).lower())


@Rule(
    why="A copied English sentence looks translated in every list.",
    hint="translate it, or leave it empty",
    passes=(
        ("fr", "NHS", "NHS"),
        ("fr", "Come here", "Venez ici"),
        ("fr", "Migrant Help: {line}", "Migrant Help: {line}"),
        ("fr", "Photo, phone or message", "Photo, téléphone ou message"),
    ),
    fails=(
        ("fr", "Come here now", "Come here now"),
        ("sq", "Our phone tree", "our phone tree."),
        ("fr", "Tell the hotel staff at once.", "Tell the hôtel staff at once."),
        ("fr", "<b>Come</b> here {line}", "Come <b>here</b> {line}"),
    ),
    severity=Severity.WARNING,
    risky=Severity.ERROR,
)
def same_as_source(subject: Subject) -> Findings:
    """Is the text still English?"""
    english, own = (
        translatable_words(text, subject.names) for text in (subject.msgid, subject.msgstr)
    )
    if len(english) > 1 and english == own:
        yield "the translation is the English sentence"
    elif len(english) >= _ALMOST and (Counter(english) - Counter(own)).total() <= 1:
        yield "the translation is the English sentence but for one word"
