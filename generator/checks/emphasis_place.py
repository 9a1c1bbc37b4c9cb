"""Bold stands in the same sentence as in the English."""

import re
from itertools import pairwise

from generator.base.sentences import has_full_stop, letters_and_facts, sentence_edges
from generator.checks import Findings, Rule, Severity, Subject
from generator.model import Language

# A marked piece of a text.
BOLD = re.compile(r"<(b|em)>(.*?)</\1>", re.DOTALL)


def marked_sentences(text: str, language: Language | None = None) -> list[bool]:
    """Return for each sentence of a text whether a tag marks some of it.

    >>> marked_sentences("<b>Free.</b> Come. Stay <b>here</b>.")
    [True, False, True]
    """
    pieces = [
        (letters_and_facts(text[: found.start()]), letters_and_facts(text[: found.end()]))
        for found in BOLD.finditer(text)
    ]
    return [
        any(first < end and start < last for first, last in pieces)
        for start, end in pairwise(sentence_edges(text, language))
    ]


@Rule(
    why="The sentence in bold is the one that must be seen first; on another one it shouts what "
    "matters less.",
    hint="put <b> and </b> around the same sentence as in the English",
    passes=(
        (
            "fr",
            "<b>Our help is free.</b> Nobody may ask for money.",
            "<b>Notre aide est gratuite.</b> Personne n’a le droit de demander de l’argent.",
        ),
        ("tr", "Call <b>{line}</b> now. It is free.", "Şimdi arayın: <b>{line}</b>. Ücretsizdir."),
        (
            "fr",
            "<b>Are you hurt?</b> Call us. We come.",
            "<b>Êtes-vous blessé\u00a0?</b> Appelez-nous et nous venons.",
        ),
        ("fr", "Call <b>us</b>.", "Appelez. <b>Nous</b> sommes là."),
        ("th", "<b>Stay inside.</b> Call us.", "อยู่ข้างใน <b>โทรหาเรา</b>"),
    ),
    fails=(
        (
            "fr",
            "<b>Our help is free.</b> Nobody may ask for money.",
            "Notre aide est gratuite. <b>Personne n’a le droit de demander de l’argent.</b>",
        ),
        (
            "ar",
            "They film people. <b>You did nothing wrong.</b>",
            "<b>إنهم يصورون الناس.</b> لم ترتكبوا أي خطأ.",
        ),
        (
            "zh_Hans",
            "<b>Our help is free.</b> Come. Stay.",
            "我们的帮助是免费的。<b>请来。</b>请留下。",
        ),
        (
            "fr",
            "<b>Are you hurt?</b> Call us. We come.",
            "Êtes-vous blessé\u00a0? <b>Appelez-nous et nous venons.</b>",
        ),
    ),
    severity=Severity.WARNING,
)
def emphasis_place(subject: Subject) -> Findings:
    """Is another sentence marked than in the English?"""
    language = subject.language
    english, own = marked_sentences(subject.msgid), marked_sentences(subject.msgstr, language)
    if not (any(english) and any(own) and len(english) > 1 and has_full_stop(language)):
        return
    # Where sentences were joined or cut, only the first and the last can be compared.
    first_and_last = (english[0], english[-1]) == (own[0], own[-1])
    if not (english == own if len(english) == len(own) else first_and_last):
        places = (
            ", ".join(str(place) for place, bold in enumerate(found, 1) if bold)
            for found in (own, english)
        )
        yield "the tags mark sentence {}, in the English sentence {}".format(*places)
