"""No control character that turns the order of the text."""

from generator.base.words import code_points
from generator.checks import Findings, Rule, Subject

DIRECTION_CONTROLS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
DIRECTION_MARKS = set("\u200e\u200f\u061c")


@Rule(
    why="A hidden control can print a phone number backwards (CVE-2021-42574); direction is the "
    "template's work.",
    hint="delete the invisible character; type the sentence again if you cannot find it",
    passes=(("ar", "Come.", "تعالوا\u200f."), ("fr", "Come.", "Venez.")),
    fails=(
        ("ar", "Come.", "\u202eتعالوا."),
        ("fr", "Come.", "Venez\u2066."),
        ("fr", "Come.", "Venez\u200f."),
    ),
    on="both",
)
def bidi_control(subject: Subject) -> Findings:
    """Does the text hold a direction control?"""
    refused = (
        DIRECTION_CONTROLS
        if subject.language.direction == "rtl"
        else DIRECTION_CONTROLS | DIRECTION_MARKS
    )
    if found := refused & set(subject.msgstr):
        yield f"a hidden direction control: {code_points(found)}"
