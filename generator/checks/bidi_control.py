"""No control character that turns the order of the text."""

from collections.abc import Iterator

from generator.checks import Finding, Subject, check

REFUSED = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
MARKS = set("\u200e\u200f\u061c")


@check(
    why="A hidden control can print a phone number backwards (CVE-2021-42574); direction is the template's work.",
    hint="delete the invisible character; type the sentence again if you cannot find it",
    passes=(("ar", "Come.", "تعالوا\u200f."), ("fr", "Come.", "Venez.")),
    fails=(
        ("ar", "Come.", "\u202eتعالوا."),
        ("fr", "Come.", "Venez\u2066."),
        ("fr", "Come.", "Venez\u200f."),
    ),
    on="both",
)
def bidi_control(subject: Subject) -> Iterator[Finding]:
    """Does the text hold a direction control?"""
    refused = REFUSED if subject.language.direction == "rtl" else REFUSED | MARKS
    if found := sorted(refused & set(subject.msgstr)):
        yield "a hidden direction control: " + ", ".join(f"U+{ord(char):04X}" for char in found)
