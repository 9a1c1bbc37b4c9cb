"""Ask the reader whether the same words are in bold, where a mark moved or stands on a “not”."""

from generator.base.message_text import MARKUP_PART
from generator.base.sentences import letters_and_facts, sentence_edges
from generator.checks import Findings, Rule, Severity, Subject
from generator.checks.emphasis_place import BOLD
from generator.checks.negation import TURNING
from generator.model import Language


def bold_edges(text: str, language: Language | None = None) -> list[tuple[bool, bool]]:
    """Return for each bold piece whether it begins, and whether it ends, with a sentence.

    >>> bold_edges("<b>Do not</b> open. <b>Stay.</b>"), bold_edges("Do <b>not</b> open.")
    ([(True, False), (True, True)], [(False, False)])
    """
    edges = set(sentence_edges(text, language))
    return [
        (
            letters_and_facts(text[: found.start()]) in edges,
            letters_and_facts(text[: found.end()]) in edges,
        )
        for found in BOLD.finditer(text)
    ]


@Rule(
    why="“Do not <b>open</b>” shouts the contrary of “<b>Do not</b> open” to whoever reads the "
    "bold words only.",
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
def emphasis_words(subject: Subject) -> Findings:
    """Are other words in bold than in the English?"""
    english, own = bold_edges(subject.msgid), bold_edges(subject.msgstr, subject.language)
    bold = [found[2] for found in BOLD.finditer(subject.msgid)]
    turns = any(
        TURNING.search(words) and edges != (True, True)
        for words, edges in zip(bold, english, strict=True)
    )
    if own and (english != own or turns):
        words = ", ".join(f"“{MARKUP_PART.sub('', piece)}”" for piece in bold)
        yield f"the words in bold in the English are {words}"
