"""No sentence whose words were typed without the spaces between them."""

import re
from collections.abc import Iterator

from generator.base.message_text import MARKUP_PART
from generator.checks import Doubt, Finding, Subject, check
from generator.checks.wrong_language import is_well_known

WORDS = 3
"""English words from which on a translation of one word is doubtful; with one more, none was right in 117,000 texts of programs."""
LETTERS = 12
"""Letters from which on one word for three English ones is no word: Kurdish "parlamenter" (Member of Parliament) has eleven."""
SURE, MANY = 6, 8
"""English words that no language says in one; the second for a language that builds long words, or that is hardly known.

With fewer it may be right: "Get in touch with us" is "Contáctenos".
"""
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
PARTED = re.compile(r"[\s\u200b\u2010-\u2015/·-]+")
"""What parts words; a hyphen does."""


@check(
    why="A keyboard or a program that swallows spaces makes one long word of a sentence, and nobody can read it.",
    hint="put a space between the words",
    passes=(
        ("es", "You are not alone", "No estás solo"),
        ("es", "Write to us", "Escríbanos"),
        ("fr", "Write to us", "Écrivez-nous"),
        ("ku", "Member of Parliament", "parlamenter"),
        ("ar", "As a picture", "كصورة"),
        ("tr", "You can come", "Gelebilirsiniz"),
        ("zh_Hans", "You are not alone", "你并不孤单"),
        ("es", "Call {line} for free", "{line}"),
        ("vi", "Free of charge", "Miễn phí"),
        ("hu", "You can come", "Eljöhetnek"),
    ),
    fails=(
        ("es", "You are not alone, we are here", "Noestássoloestamosaquí"),
        ("fr", "We help you and your family", "Nousvousaidonsetvotrefamille"),
        ("ar", "You are not alone, we are here", "لستوحدكنحنهنا"),
        ("ti", "We are your neighbours and we help.", "ጎረባብትኹምኢናንሕግዝ።"),
        ("vi", "Call {line} now. You are not alone.", "Gọi{line}.Bạnkhôngcôđơn."),
        ("tr", "You can come to us whenever you need help", "Yardımgerekirsebizegelebilirsiniz"),
    ),
)
def joined_words(subject: Subject) -> Iterator[Finding]:
    """Does one unbroken word stand for three or more English ones?"""
    language = subject.language
    if not language.spaced:
        return
    english = len(WORD.findall(MARKUP_PART.sub(" ", subject.msgid)))
    own = [
        part
        for part in PARTED.split(MARKUP_PART.sub("", subject.msgstr))
        if any(map(str.isalpha, part))
    ]
    least = 1 if english > WORDS else LETTERS
    if (
        english >= WORDS + language.joins
        and len(own) == 1
        and sum(map(str.isalpha, own[0])) >= least
    ):
        sure = english >= (SURE if is_well_known(language) and not language.joins else MANY)
        what = f"{english} English words, and one without a space: {own[0]!r}"
        yield what if sure else Doubt(what)
