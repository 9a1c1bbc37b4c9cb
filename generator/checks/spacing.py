"""Spaces where they belong: one between words, none before a full stop, one after it."""

import re
from collections.abc import Iterator

from generator.base.message_text import INLINE_TAG, PLACEHOLDER
from generator.base.spaces import SPACES, WIDE_SPACE, collapse_spaces, unbreakable_stretch
from generator.checks import Finding, Subject, check
from generator.problem import Severity

RULES = (
    ("a tab or a line break", re.compile(r"[\t\n\r\v\f\u0085\u2028\u2029]")),
    ("two spaces in a row", re.compile(rf"[{SPACES}]{{2,}}")),
    ("a space at the start or the end", re.compile(rf"\A[{SPACES}]|[{SPACES}]\Z")),
    (
        "a space before a mark",
        re.compile(r"[ \u3000](?=[.,،۔።፣၊။](?:\s|$)|[。，、])| (?=[;:!?؛؟!?؛፤](?:\s|$))"),
    ),
    ("a space after an opening bracket", re.compile(r"[(\[（] |[ ][)\]）]")),
)
NEEDLESS = re.compile(r"[ \u3000](?=[.,،۔።፣၊။](?:\s|$)|[。，、])|(?<=[(\[（]) | (?=[)\]）])")
"""Spaces that no language writes."""
LONGEST = 240
"""A longer text is not shown again: nobody would compare it."""


def glued_sentences(text: str, ends: str) -> re.Match[str] | None:
    """Find a sentence that begins without a space after the one before."""
    marks = re.escape("".join(dict.fromkeys(ends + "!?")))
    return re.search(
        rf"(?:[^\W\d_]\w|[\u0900-\u0dff]{{2}}|\u0001)[{marks}]+[“«„(¿¡]?(?:[^\W\d_][\w\u0900-\u0dff]|\u0001)",
        text,
    )


def repaired_spaces(text: str, spaced: bool) -> str:
    """Return the text with the spaces that were meant; as it is where that is not certain."""
    return NEEDLESS.sub("", collapse_spaces(text, spaced))


@check(
    why="A missing space makes one word of two, and lines break in the wrong place.",
    hint="one space between words, none before . and , and one after the end of a sentence",
    passes=(
        ("fr", "Are you safe? Call: {line}", "Êtes-vous en sécurité\u00a0? Appelez\u202f: {line}"),
        ("zh_Hans", "Stay inside. Close the door.", "待在室内。关上门。"),
        ("zh_Hans", "A place", "地方\u3000地址"),
        ("fr", "Read this, e.g. at home.", "Lisez, p.ex. à la maison. 2,5 km, U.E."),
        ("ur", "Come. Stay.", "آئیں۔ رہیں۔"),
        ("en", "Stay inside. Close the door.", ""),
    ),
    fails=(
        ("en", "Stay  inside.", ""),
        ("fr", "Stay inside.", "Restez  à l'intérieur."),
        ("fr", "Stay inside.", "Restez à l'intérieur. "),
        ("fr", "Stay inside.", "Restez\tà l'intérieur."),
        ("fr", "Stay inside.", "Restez\nà l'intérieur."),
        ("fr", "Stay inside.", "Restez\u00a0 à l'intérieur."),
        ("fr", "Stay inside.", "Restez\u2009\u2009à l'intérieur."),
        ("fr", "Stay inside.", "Restez\u3000à l'intérieur."),
        (
            "fr",
            "Stay inside.",
            "Restez\u00a0à\u00a0l'intérieur\u00a0et\u00a0gardez\u00a0la\u00a0porte\u00a0fermée.",
        ),
        ("fr", "Stay inside.", "Restez à l'intérieur ."),
        ("fr", "<b>Stay</b> inside.", "<b>Restez </b> à l'intérieur."),
        ("ar", "Come, all.", "تعالوا ، جميعًا."),
        ("zh_Hans", "Stay inside. Close the door.", "待在室内 。关上门。"),
        ("ur", "Come. Stay.", "آئیں۔رہیں۔"),
        ("fr", "Stay. Call {line}. Wait.", "Restez. Appelez {line}.Attendez."),
        ("bn", "Come. Stay.", "আসুন।থাকুন।"),
        ("fr", "Come. “Stay.”", "Venez.“Restez.”"),
        ("fr", "Come (all).", "Venez ( tous )."),
    ),
    on="both",
    severity=Severity.WARNING,
)
def spacing(subject: Subject) -> Iterator[Finding]:
    """Is a space missing, or one too many?"""
    text = INLINE_TAG.sub("", subject.msgstr)
    source = "" if subject.msgid == subject.msgstr else INLINE_TAG.sub("", subject.msgid)
    for what, pattern in RULES:
        if (found := pattern.search(text)) and not pattern.search(source):
            yield f"{what}: {text[max(0, found.start() - 8) : found.end() + 8]!r}{_offer(subject)}"
    if subject.language.spaced:
        yield from _held(subject, text)
        if touching := glued_sentences(PLACEHOLDER.sub("\u0001", text), subject.language.ends):
            yield f"no space between two sentences: {touching[0]!r}".replace("\\x01", "{…}")


def _held(subject: Subject, text: str) -> Iterator[Finding]:
    """Yield what keeps words together that need none."""
    if held := unbreakable_stretch(text):
        yield f"spaces at which no line can end (U+00A0) hold {len(held)} letters together: {held[:20]!r}{_offer(subject)}"
    if WIDE_SPACE in text.strip():
        yield f"a wide space (U+3000): {text[max(0, text.index(WIDE_SPACE) - 8) :][:17]!r}{_offer(subject)}"


def _offer(subject: Subject) -> str:
    """Return the text that was meant, to be copied, if spaces alone are to be changed and it is short."""
    meant = repaired_spaces(subject.msgstr, subject.language.spaced)
    return f"; meant is {meant!r}" if meant != subject.msgstr and len(meant) <= LONGEST else ""
