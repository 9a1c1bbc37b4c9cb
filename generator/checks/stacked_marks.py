"""No pile of accents on a letter, and no accent without one."""

import re
import unicodedata

from generator.base.words import code_points
from generator.checks import Findings, Rule, Subject

_MOST = 3
# Marks a letter may carry in scripts that need more, by the name of the script.
_MORE = {"Mymr": 5, "Khmr": 4, "Tibt": 4}
_NOTHING = re.compile(r"[\s>}]")


def highest_pile(text: str) -> int:
    """Return the highest number of marks above or below one letter.

    >>> highest_pile("Đồng ý"), highest_pile("q\u0301\u0302\u0303\u0304")
    (0, 4)
    """
    stacked = ("Mn", "Me")
    composed = unicodedata.normalize("NFC", text)
    marks = "".join("m" if unicodedata.category(char) in stacked else " " for char in composed)
    return max(map(len, marks.split()), default=0)


@Rule(
    why="Piled accents print over the lines above; an accent on nothing prints a dotted circle.",
    hint="delete the marks, and type the word again",
    passes=(
        ("vi", "We agree.", "Chúng tôi đồng ý."),
        ("ar", "Free", "مجَّانًا"),
        ("bn", "Help", "সাহায্য"),
        ("my", "Help", "ကျွန်ုပ်တို့"),
        ("pa", "Phone", "ਫ਼ੋਨ ਵਿੱਚ"),
    ),
    fails=(
        ("fr", "Come", "Ve\u0301\u0302\u0303\u0304\u0305nez"),
        ("ar", "Free", "مجا\u064b\u064e\u064f\u0650\u0651نا"),
        ("bn", "Help", "\u09beহায্য"),
        ("fr", "Come here", "Venez \u0301ici"),
        ("ta", "Call {line}.", "{line}\u0bcd அழைக்கவும்."),
        ("bn", "Help", "সাা\u09beহায্য"),
    ),
)
def stacked_marks(subject: Subject) -> Findings:
    """Do too many marks stand on a letter, or one on nothing?"""
    text = unicodedata.normalize("NFC", subject.msgstr)
    marks = [
        index
        for index, char in enumerate(text)
        if unicodedata.category(char)[0] == "M" and not "\ufe00" <= char <= "\ufe0f"
    ]
    pile = highest_pile(text)
    twice = [text[index] for index in marks if index and text[index] == text[index - 1]]
    if pile > max(_MORE.get(script, _MOST) for script in subject.language.unicode_scripts):
        yield f"{pile} marks on one letter"
    elif any(index == 0 or _NOTHING.match(text[index - 1]) for index in marks):
        yield "a mark stands on no letter"
    elif twice:
        yield f"the same mark twice: {code_points(twice[:1])}"
