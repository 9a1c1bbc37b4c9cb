"""About as many sentences as in the English."""

import re
from collections.abc import Iterator

from generator.base.message_text import MARKUP_PART
from generator.checks import Finding, Subject, check
from generator.problem import Severity

CLOSERS = "\"'”’“»«)]）」』›"
"""What may follow the mark of a sentence's end."""
ABBREVIATION = re.compile(r"\b[A-Z]\.$")
QUESTION_MARKS = "?؟፧？⁇⁉՞;"
ENGLISH_ENDS = ".!?…"
ALLOWED = 1 / 4
"""Share of the English sentences from which a difference is told: one of four is a lost sentence, one of five a translator's comma."""


def has_full_stop(ends: str) -> bool:
    """Tell whether a script has a mark for the end of a statement at all.

    >>> has_full_stop(".!?"), has_full_stop("?!")
    (True, False)
    """
    return bool(set(ends) - set(QUESTION_MARKS) - set("!！…"))


def starts_small(text: str) -> bool:
    """Tell whether the first letter or digit of a text is a small letter."""
    return next(filter(str.isalnum, text), "").islower()


def split_sentences(text: str, ends: str = ENGLISH_ENDS, spaced: bool = True) -> list[str]:
    """Return the sentences of a text, each with its end mark; a full stop before a small letter ends none.

    >>> split_sentences("Stay inside, e.g. here. Call {line}!")
    ['Stay inside, e.g. here.', ' Call Xx!']
    """
    simple = MARKUP_PART.sub(lambda cut: "Xx" if cut[0][0] == "{" else "", text)
    marks = re.escape(ends)
    after = rf"(?=[{re.escape(CLOSERS)}\s]|$)" if spaced else ""
    found: list[str] = []
    for part in re.split(rf"(?<=[{marks}])(?![{marks}]){after}", simple):
        if (
            found
            and found[-1].endswith(".")
            and (ABBREVIATION.search(found[-1]) or starts_small(part))
        ):
            found[-1] += part
        else:
            found.append(part)
    return [part for part in found if any(map(str.isalnum, part))]


@check(
    why="A sentence was left out, or one was added that the English does not say.",
    hint="compare with the English, sentence by sentence; if nothing is missing, leave it as it is",
    passes=(
        (
            "fr",
            "Stay inside. Keep your door closed.",
            "Restez à l'intérieur. Gardez la porte fermée.",
        ),
        ("ur", "Stay inside. Keep your door closed.", "اندر رہیں۔ دروازہ بند رکھیں۔"),
        ("zh_Hans", "Stay inside. Keep your door closed.", "请待在室内。请关好门。"),
        ("am", "Stay inside. Keep your door closed.", "ውስጥ ይቆዩ። በርዎን ዝግ ያድርጉ።"),
        ("th", "Stay inside. Keep your door closed.", "อยู่ข้างใน ปิดประตูไว้"),
        ("fr", "One. Two. Three. Four. Five.", "Un. Deux, trois. Quatre. Cinq."),
        ("es", "Call {line}. It is free.", "Llame al {line}. Es gratis."),
    ),
    fails=(
        ("fr", "Stay inside. Keep your door closed.", "Restez à l'intérieur."),
        ("ur", "Stay inside. Keep your door closed.", "اندر رہیں۔"),
        ("fr", "Stay inside.", "Restez à l'intérieur. Ayez peur."),
        ("zh_Hans", "Stay inside. Keep your door closed. Call {line}.", "请待在室内。"),
        ("pa", "Stay inside. Keep your door closed.", "ਅੰਦਰ ਰਹੋ।"),
    ),
    severity=Severity.WARNING,
)
def sentence_count(subject: Subject) -> Iterator[Finding]:
    """Is a sentence lost or added?"""
    language = subject.language
    english, own = (
        len(split_sentences(subject.msgid)),
        len(split_sentences(subject.msgstr, language.ends, language.spaced)),
    )
    if has_full_stop(language.ends) and english and own and abs(own - english) >= english * ALLOWED:
        yield f"{own} sentences, in the English {english}"
