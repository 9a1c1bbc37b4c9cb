"""Every character has a glyph in the language's fonts, regular and bold."""

from collections.abc import Iterator

from generator.base.spaces import SPACES
from generator.checks import Finding, Subject, check

NEEDLESS = frozenset(map(ord, SPACES)) | {0x200B, 0x200C, 0x200D}
"""What prints without a glyph of its own."""


@check(
    why="A character without a glyph prints as an empty box.",
    hint="correct the character, or give the language another font in locales/languages.yaml",
    passes=(("fr", "Come", "Venez"), ("ti", "Come", "ንዑ"), ("fr", "Come now", "Venez\u3000vite")),
    fails=(("fr", "Come", "ቬኔዝ"), ("fr", "Phone", "☎ Tel")),
)
def coverage(subject: Subject) -> Iterator[Finding]:
    """Can the fonts print every character?"""
    if subject.covers is None:
        return
    if missing := sorted(
        {
            char
            for char in subject.msgstr
            if ord(char) not in subject.covers and ord(char) not in NEEDLESS
        }
    ):
        yield "no glyph for " + ", ".join(f"{char} U+{ord(char):04X}" for char in missing)
