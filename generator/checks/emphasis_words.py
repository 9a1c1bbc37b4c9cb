"""Ask the reader whether the same words are in bold where the mark stands at another place of its sentence, or on a “not”."""

import re
from collections.abc import Iterator
from itertools import accumulate

from generator.base.message_text import MARKUP_PART
from generator.checks import Finding, Subject, check
from generator.checks.fact_order import letters_and_facts
from generator.checks.negation import WORDS
from generator.checks.sentence_count import ENGLISH_ENDS, split_sentences
from generator.problem import Severity

BOLD = re.compile(r"<(b|em)>(.*?)</\1>", re.DOTALL)


def bold_edges(text: str, ends: str = ENGLISH_ENDS, spaced: bool = True) -> list[tuple[bool, bool]]:
    """Return for each marked piece of a text whether it begins, and whether it ends, with a sentence.

    >>> bold_edges("<b>Do not</b> open. <b>Stay.</b>"), bold_edges("Do <b>not</b> open.")
    ([(True, False), (True, True)], [(False, False)])
    """
    edges = {0, *accumulate(map(letters_and_facts, split_sentences(text, ends, spaced)))}
    return [
        (
            letters_and_facts(text[: found.start()]) in edges,
            letters_and_facts(text[: found.end()]) in edges,
        )
        for found in BOLD.finditer(text)
    ]


@check(
    why="“Do not <b>open</b>” shouts the contrary of “<b>Do not</b> open” to whoever reads the bold words only.",
    hint="see which words are in bold in both, and sign only if they say the same",
    passes=(
        ("fr", "<b>Our help is free.</b> Come.", "<b>Notre aide est gratuite.</b> Venez."),
        ("fr", "<b>Do not open the door.</b>", "<b>N'ouvrez pas la porte.</b>"),
        ("fr", "Call <b>{line}</b> now.", "Appelez le <b>{line}</b> maintenant."),
        ("fr", "Do not open.", "N'ouvrez pas."),
        (
            "zh_Hans",
            "<b>An agency may not take money.</b> Keep papers.",
            "<b>中介不可以收钱。</b>请保留文件。",
        ),
    ),
    fails=(
        ("fr", "<b>Do not</b> open the door.", "N'<b>ouvrez</b> pas la porte."),
        ("fr", "<b>Do not</b> open the door.", "<b>Ouvrez</b> sans peur la porte."),
        ("ar", "<b>Never</b> sign.", "لا <b>توقع</b> أبدًا."),
        ("fr", "Do <b>not</b> open.", "N'<b>ouvrez</b> pas."),
        ("fr", "<b>Call</b> us.", "<b>Appelez-nous.</b>"),
    ),
    severity=Severity.WARNING,
    asks=True,
)
def emphasis_words(subject: Subject) -> Iterator[Finding]:
    """Are other words in bold than in the English?"""
    language = subject.language
    english, own = (
        bold_edges(subject.msgid),
        bold_edges(subject.msgstr, language.ends, language.spaced),
    )
    bold = [found[2] for found in BOLD.finditer(subject.msgid)]
    turns = any(
        WORDS.search(words) and place != (True, True)
        for words, place in zip(bold, english, strict=True)
    )
    if own and (english != own or turns):
        yield "the words in bold in the English are " + ", ".join(
            f"“{MARKUP_PART.sub('', words)}”" for words in bold
        )
