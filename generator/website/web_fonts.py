"""Fonts for phones that lack a script, cut to what the website says, and their style rules."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO

from generator.base.digests import digest
from generator.layout import fonts
from generator.model import Language

# Before the names of our families, so that no other font is meant; and the phone's own font.
_TEXT, _NAME, _SYSTEM = "S ", "N ", "system-ui,sans-serif"

# Least line height on a screen (WCAG 2.2, 1.4.12).
_READABLE = 1.5


def web_font_file(language: Language, chars: str) -> str:
    """Return the name of a font file with the letters `chars`, which changes with its content."""
    path = fonts.font_files([language.face])[fonts.asset_name(language.face, 400)]
    return f"fonts/{language.tag.lower()}-{digest(fonts.font_digest(path), chars)[:8]}.woff2"


def font_letters(text: str) -> str:
    """Return the characters of a text that a font must have; the phone has Latin ones and digits.

    >>> font_letters("ትግርኛ (Tigrinya) 12")
    ' ()ርትኛግ'
    """
    return "".join(
        sorted(
            char
            for char in set(text)
            if char.isprintable() and not (char.isascii() and char.isalnum())
        )
    )


@lru_cache(maxsize=64)
def cut_font(language: Language, chars: str) -> bytes:
    """Return the regular font of a language with the letters `chars` in all shapes, as WOFF2."""
    from fontTools import subset, ttLib

    path = fonts.font_files([language.face])[fonts.asset_name(language.face, 400)]
    options = subset.Options(layout_features=["*"], hinting=False)
    data = BytesIO()
    with ttLib.TTFont(path, lazy=True, recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=chars)
        cutter.subset(font)
        font.flavor = "woff2"
        font.save(data)
    return data.getvalue()


def font_rules(languages: Iterable[Language], files: dict[str, str], names: dict[str, str]) -> str:
    """Return the style of each language: size, line height, and its font if the website sends one.

    `files` are the fonts by language; `names` those of its own name alone, for lists of languages.
    """
    rules = []
    for language in languages:
        tag, text, name = language.tag, _SYSTEM, _SYSTEM
        if language.code in files:
            text, name = f'"{_TEXT}{tag}",{_SYSTEM}', f'"{_NAME}{tag}",{_SYSTEM}'
            rules.append(_font_face(f"{_TEXT}{tag}", language, files[language.code]))
            rules.append(_font_face(f"{_NAME}{tag}", language, names[language.code]))
        height = max(_READABLE, language.line_height)
        heights = f"line-height:{height};--heading:{language.heading_line_height}"
        rules.append(
            f":lang({tag}){{font-family:{text};{heights}}}"
            f"html:lang({tag}){{font-size:{100 * language.size:.0f}%}}"
        )
        if name != _SYSTEM:
            rules.append(f".names :lang({tag}){{font-family:{name}}}")
    return "\n".join([*rules, f".ltr{{font-family:{_SYSTEM}}}", ""])


def _font_face(family: str, language: Language, path: str) -> str:
    source = f'local("{language.face.family}"),url({path})'
    return f'@font-face{{font-family:"{family}";font-display:swap;src:{source}}}'
