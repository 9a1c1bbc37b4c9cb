"""The line can be broken between words that no space parts."""

import unicodedata

from generator.base.words import words_of
from generator.checks import Findings, Rule, Severity, Subject

# Letters that are shown of the beginning and of the end of a row.
_QUOTED = 12


@Rule(
    why="The typesetter does not know the words of this language: a long row runs over the edge "
    "of the paper.",
    hint="between two words of it type a zero-width space (U+200B; Linux: Ctrl+Shift+U, 200b, "
    "Enter; Word: 200B, then Alt+X; Khmer keyboards: the space bar), or a plain space between two "
    "phrases",
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
def break_opportunities(subject: Subject) -> Findings:
    """Is there a row of letters longer than a line may need?"""
    language = subject.language
    for row in words_of(subject.msgstr) if language.run else ():
        # Marks above and below the letters take no room of their own.
        count = sum(unicodedata.category(char)[0] == "L" for char in row)
        if count > language.run:
            where = f"from “{row[:_QUOTED]}…” to “…{row[-_QUOTED:]}”"
            yield (
                f"{count} letters in a row, {where}, with no place to end a line. The typesetter "
                f"knows no words of {language.english}: it ends a line at spaces, zero-width "
                f"spaces and punctuation alone. Up to {language.run} fit any line; whether these "
                "fit is seen on the page, and `leaflets build` withholds it if not"
            )
