"""Bold stands in the same sentence as in the English."""

import re
from collections.abc import Iterator

from generator.base.message_text import INLINE_TAG, PLACEHOLDER
from generator.checks import Finding, Subject, check
from generator.checks.sentence_count import ENGLISH_ENDS, has_full_stop, split_sentences
from generator.problem import Severity

TAGS = re.compile(f"({INLINE_TAG.pattern.replace('(', '(?:')})")


def marked_sentences(text: str, ends: str = ENGLISH_ENDS, spaced: bool = True) -> list[bool]:
    """Return for each sentence of a text whether a tag marks some of it.

    >>> marked_sentences("<b>Free.</b> Come. Stay <b>here</b>.")
    [True, False, True]
    """
    flags: list[bool] = []
    depth = 0
    for piece in TAGS.split(PLACEHOLDER.sub("Xx", text)):
        if TAGS.fullmatch(piece):
            depth += -1 if "/" in piece else 1
        else:
            flags += [depth > 0] * sum(map(str.isalnum, piece))
    found, start = [], 0
    for sentence in split_sentences(text, ends, spaced):
        end = start + sum(map(str.isalnum, PLACEHOLDER.sub("Xx", sentence)))
        found.append(any(flags[start:end]))
        start = end
    return found


@check(
    why="The sentence in bold is the one that must be seen first; on another one it shouts what matters less.",
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
def emphasis_place(subject: Subject) -> Iterator[Finding]:
    """Is another sentence marked than in the English?"""
    language = subject.language
    english, own = (
        marked_sentences(subject.msgid),
        marked_sentences(subject.msgstr, language.ends, language.spaced),
    )
    if not (any(english) and any(own) and len(english) > 1 and has_full_stop(language.ends)):
        return
    same = (
        english == own
        if len(english) == len(own)
        else (english[0], english[-1]) == (own[0], own[-1])
    )
    if not same:
        places = (
            ", ".join(str(at) for at, here in enumerate(found, 1) if here)
            for found in (own, english)
        )
        yield "the tags mark sentence {}, in the English sentence {}".format(*places)
