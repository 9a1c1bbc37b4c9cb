"""Spaces where they belong: one between words, none before a full stop, one after it."""

import re

from generator.base.message_text import INLINE_TAG, PLACEHOLDER
from generator.base.spaces import SPACES, WIDE_SPACE, collapse_spaces, unbreakable_stretch
from generator.checks import Findings, Rule, Severity, Subject

_RULES = (
    ("a tab or a line break", re.compile(r"[\t\n\r\v\f\u0085\u2028\u2029]")),
    ("two spaces in a row", re.compile(rf"[{SPACES}]{{2,}}")),
    ("a space at the start or the end", re.compile(rf"\A[{SPACES}]|[{SPACES}]\Z")),
    (
        "a space before a mark",
        re.compile(r"[ \u3000](?=[.,،۔።፣၊။](?:\s|$)|[。，、])| (?=[;:!?؛؟!?؛፤](?:\s|$))"),
    ),
    ("a space after an opening bracket", re.compile(r"[(\[（] |[ ][)\]）]")),
)
# Spaces that no language writes.
_NEEDLESS = re.compile(r"[ \u3000](?=[.,،۔።፣၊။](?:\s|$)|[。，、])|(?<=[(\[（]) | (?=[)\]）])")
# A longer text is not shown again: nobody would compare it.
_LONGEST = 240


def glued_sentences(text: str, ends: str) -> re.Match[str] | None:
    """Find a sentence that begins without a space after the one before."""
    marks = re.escape("".join(dict.fromkeys(ends + "!?")))
    before, after = (
        r"(?:[^\W\d_]\w|[\u0900-\u0dff]{2}|\u0001)",
        r"(?:[^\W\d_][\w\u0900-\u0dff]|\u0001)",
    )
    return re.search(rf"{before}[{marks}]+[“«„(¿¡]?{after}", text)


def repaired_spaces(text: str, spaced: bool) -> str:
    """Return the text with the spaces that were meant; as it is where that is not certain."""
    return _NEEDLESS.sub("", collapse_spaces(text, spaced))


@Rule(
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
def spacing(subject: Subject) -> Findings:
    """Is a space missing, or one too many?"""
    text = INLINE_TAG.sub("", subject.msgstr)
    source = "" if subject.is_source else INLINE_TAG.sub("", subject.msgid)
    offer = _offer(subject)
    for what, pattern in _RULES:
        if (found := pattern.search(text)) and not pattern.search(source):
            yield f"{what}: {text[max(0, found.start() - 8) : found.end() + 8]!r}{offer}"
    if not subject.language.spaced:
        return
    if held := unbreakable_stretch(text):
        what = f"spaces at which no line can end (U+00A0) hold {len(held)} letters together"
        yield f"{what}: {held[:20]!r}{offer}"
    if WIDE_SPACE in text.strip():
        start = max(0, text.index(WIDE_SPACE) - 8)
        yield f"a wide space (U+3000): {text[start : start + 17]!r}{offer}"
    if touching := glued_sentences(PLACEHOLDER.sub("\u0001", text), subject.language.ends):
        yield f"no space between two sentences: {touching[0]!r}".replace("\\x01", "{…}")


def _offer(subject: Subject) -> str:
    """Return the text that was meant, to be copied, if only spaces change and it is short."""
    meant = repaired_spaces(subject.msgstr, subject.language.spaced)
    return f"; meant is {meant!r}" if meant != subject.msgstr and len(meant) <= _LONGEST else ""
