"""Spaces where they belong: one between words, none before a full stop, one after it."""

import re
from collections.abc import Iterator

from generator.checks import Finding, Subject, check
from generator.core.text import NAME, TAG

WIDE = " \u00a0\u202f\u3000"
RULES = (
    ("a tab or a line break", re.compile(r"[\t\n\r\v\f\u0085\u2028\u2029]")),
    ("two spaces in a row", re.compile(rf"[{WIDE}]{{2,}}")),
    ("a space at the start or the end", re.compile(rf"\A[{WIDE}]|[{WIDE}]\Z")),
    ("a space before a mark", re.compile(r"[ \u3000](?=[.,،۔።፣၊။](?:\s|$)|[。，、])| (?=[;:!?؛؟!?؛፤](?:\s|$))")),
    ("a space after an opening bracket", re.compile(r"[(\[（] |[ ][)\]）]")),
)


def glued(text: str, ends: str) -> re.Match[str] | None:
    """Find a sentence that begins without a space after the one before."""
    marks = re.escape("".join(dict.fromkeys(ends + "!?")))
    return re.search(rf"(?:[^\W\d_]\w|[\u0900-\u0dff]{{2}}|\u0001)[{marks}]+[“«„(¿¡]?(?:[^\W\d_][\w\u0900-\u0dff]|\u0001)", text)


@check(
    why="A missing space makes one word of two, and lines break in the wrong place.",
    hint="one space between words, none before . and , and one after the end of a sentence",
    passes=(
        ("fr", "Are you safe? Call: {line}", "Êtes-vous en sécurité\u00a0? Appelez\u202f: {line}"),
        ("zh_Hans", "Stay inside. Close the door.", "待在室内。关上门。"),
        ("fr", "Read this, e.g. at home.", "Lisez, p.ex. à la maison. 2,5 km, U.E."),
        ("ur", "Come. Stay.", "آئیں۔ رہیں۔"),
    ),
    fails=(
        ("fr", "Stay inside.", "Restez  à l'intérieur."),
        ("fr", "Stay inside.", "Restez à l'intérieur. "),
        ("fr", "Stay inside.", "Restez\tà l'intérieur."),
        ("fr", "Stay inside.", "Restez à l'intérieur ."),
        ("ar", "Come, all.", "تعالوا ، جميعًا."),
        ("zh_Hans", "Stay inside. Close the door.", "待在室内 。关上门。"),
        ("ur", "Come. Stay.", "آئیں۔رہیں۔"),
        ("fr", "Stay. Call {line}. Wait.", "Restez. Appelez {line}.Attendez."),
        ("bn", "Come. Stay.", "আসুন।থাকুন।"),
        ("fr", "Come. “Stay.”", "Venez.“Restez.”"),
        ("fr", "Come (all).", "Venez ( tous )."),
    ),
    severity="warning",
)
def spacing(subject: Subject) -> Iterator[Finding]:
    """Is a space missing, or one too many?"""
    text = TAG.sub("", subject.msgstr)
    for what, pattern in RULES:
        if (found := pattern.search(text)) and not pattern.search(TAG.sub("", subject.msgid)):
            yield f"{what}: {text[max(0, found.start() - 8) : found.end() + 8]!r}"
    if subject.language.spaced and (touching := glued(NAME.sub("\u0001", text), subject.language.ends)):
        yield f"no space between two sentences: {touching[0]!r}".replace("\\x01", "{…}")
