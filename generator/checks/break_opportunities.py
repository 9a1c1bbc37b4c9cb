"""The line can be broken between words that no space parts."""

import unicodedata
from collections.abc import Iterator

from generator.base.message_text import MARKUP_PART
from generator.checks import Finding, Subject, check
from generator.model import Language
from generator.problem import Severity

QUOTED = 12
"""Letters that are shown of the beginning and of the end of a row."""


def unbroken_rows(text: str) -> list[str]:
    """Return the rows of letters and marks between places where a line can end."""
    return "".join(
        char if unicodedata.category(char)[0] in "LM" else " "
        for char in MARKUP_PART.sub(" ", text)
    ).split()


def letter_count(row: str) -> int:
    """Return how many letters stand in a row, without the marks above and below them."""
    return sum(unicodedata.category(char)[0] == "L" for char in row)


@check(
    why="The typesetter does not know the words of this language: a long row runs over the edge of the paper.",
    hint="between two words of it type a zero-width space (U+200B; Linux: Ctrl+Shift+U, 200b, Enter; Word: 200B, then Alt+X;"
    " Khmer keyboards: the space bar), or a plain space between two phrases",
    passes=(
        (
            "km",
            "You are not alone. We are with you.",
            "អ្នក\u200bមិន\u200bឯកា\u200bទេ។ យើង\u200bនៅ\u200bជាមួយ\u200bអ្នក\u200bជានិច្ច។",
        ),
        ("km", "You are never alone. We are with you.", "អ្នកមិនឯកាទេយើងនៅជាមួយអ្នកជានិច្ច។"),
        (
            "th",
            "You are not alone. We are with you.",
            "คุณไม่ได้อยู่คนเดียวเราอยู่กับคุณเสมอและจะช่วยเหลือคุณตลอดเวลา",
        ),
        ("fr", "Constitution", "Anticonstitutionnellementissimement"),
    ),
    fails=(
        (
            "km",
            "You are not alone. We are with you.",
            "អ្នកមិនឯកាទេយើងនៅជាមួយអ្នកជានិច្ចហើយយើងនឹងជួយអ្នកគ្រប់ពេលវេលា។",
        ),
        (
            "lo",
            "You are not alone. We are with you.",
            "ທ່ານບໍ່ໄດ້ຢູ່ຄົນດຽວພວກເຮົາຢູ່ກັບທ່ານສະເໝີແລະຈະຊ່ວຍເຫຼືອທ່ານຕະຫຼອດເວລາ",
        ),
        (
            "my",
            "You are not alone. We are with you.",
            "သင်တစ်ယောက်တည်းမဟုတ်ပါကျွန်ုပ်တို့သင်နှင့်အတူအမြဲရှိနေပါသည်သင့်ကိုကူညီပါမည်။",
        ),
    ),
    severity=Severity.WARNING,
)
def break_opportunities(subject: Subject) -> Iterator[Finding]:
    """Is there a row of letters longer than a line may need?"""
    most = subject.language.run
    for row in unbroken_rows(subject.msgstr) if most else ():
        if (count := letter_count(row)) > most:
            yield row_finding(row, count, subject.language)


def row_finding(row: str, count: int, language: Language) -> Finding:
    """Return what is known of a row before it is on a page: how long it is and where, and who decides whether it fits."""
    where = f"from “{row[:QUOTED]}…” to “…{row[-QUOTED:]}”"
    knows = f"The typesetter knows no words of {language.english}: it ends a line at spaces, zero-width spaces and punctuation alone"
    decides = f"Up to {language.run} fit any line; whether these fit is seen on the page, and `leaflets build` withholds it if not"
    return f"{count} letters in a row, {where}, with no place to end a line. {knows}. {decides}"
