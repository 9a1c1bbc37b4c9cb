"""Every character has a glyph in the language's fonts, regular and bold."""

from generator.base.spaces import SPACES
from generator.base.words import code_points
from generator.checks import Findings, Rule, Subject

# What prints without a glyph of its own.
_NEEDLESS = frozenset(map(ord, SPACES)) | {0x200B, 0x200C, 0x200D}


@Rule(
    why="A character without a glyph prints as an empty box.",
    hint="correct the character, or give the language another font in locales/languages.yaml",
    passes=(("fr", "Come", "Venez"), ("ti", "Come", "ንዑ"), ("fr", "Come now", "Venez\u3000vite")),
    fails=(("fr", "Come", "ቬኔዝ"), ("fr", "Phone", "☎ Tel")),
)
def coverage(subject: Subject) -> Findings:
    """Can the fonts print every character?"""
    if subject.covers is None:
        return
    missing = {
        char
        for char in subject.msgstr
        if ord(char) not in subject.covers and ord(char) not in _NEEDLESS
    }
    if missing:
        yield f"no glyph for {code_points(missing, shown=True)}"
