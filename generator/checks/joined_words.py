"""No sentence whose words were typed without the spaces between them."""

import re

from generator.base.message_text import MARKUP_PART, without_markup
from generator.checks import Doubt, Findings, Rule, Subject, is_well_known

# English words from which on a translation of one word is doubtful.
#
# With one more, none was right in 117,000 texts of programs.
_WORDS = 3
# Letters from which on one word for three English ones is no word.
#
# Kurdish "parlamenter" (Member of Parliament) has eleven.
_LETTERS = 12
# English words that no language says in one.
#
# The second is for a language that builds long words, or that is hardly known. With fewer it may
# be right: "Get in touch with us" is "Contáctenos".
_SURE, _MANY = 6, 8
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# What parts words; a hyphen does.
_PARTED = re.compile(r"[\s\u200b\u2010-\u2015/·-]+")


@Rule(
    why="A keyboard or a program that swallows spaces makes one long word of a sentence, and "
    "nobody can read it.",
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
def joined_words(subject: Subject) -> Findings:
    """Does one unbroken word stand for three or more English ones?"""
    language = subject.language
    if not language.spaced:
        return
    english = len(_WORD.findall(without_markup(subject.msgid)))
    parts = _PARTED.split(MARKUP_PART.sub("", subject.msgstr))
    own = [part for part in parts if any(map(str.isalpha, part))]
    if english < _WORDS + language.joins or len(own) != 1:
        return
    letters = sum(map(str.isalpha, own[0]))
    if letters >= (1 if english > _WORDS else _LETTERS):
        what = f"{english} English words, and one without a space: {own[0]!r}"
        usual = is_well_known(language) and not language.joins
        yield what if english >= (_SURE if usual else _MANY) else Doubt(what)
