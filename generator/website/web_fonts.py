"""Fonts for phones that lack a script: cut to the letters of the site, and the style rules that name them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO

from generator.base.digests import digest
from generator.layout import fonts
from generator.model import Language

TEXT, NAME, SYSTEM = "S ", "N ", "system-ui,sans-serif"
"""Before the names of our families, so that no other font is meant; and the phone's own font."""

READABLE = 1.5
"""Least line height on a screen (WCAG 2.2, 1.4.12)."""


def web_font_file(language: Language, chars: str) -> str:
    """Return the name of a font file with the letters `chars`, which changes with its content."""
    path = fonts.font_files([language.face])[fonts.asset_name(language.face, 400)]
    return f"fonts/{language.tag.lower()}-{digest(fonts.font_digest(path), chars)[:8]}.woff2"


def font_letters(text: str) -> str:
    """Return the characters of a text that a font must have, each once; the phone's own font has Latin letters and digits.

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
    """Return the regular font of a language with the letters of `chars` and all their shapes, as WOFF2."""
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
    """Return the style of each language: size, line height, and its font where the site sends one.

    `files` are the fonts by language, `names` those of the language's own name alone, for lists of languages.
    """
    rules = []
    for language in languages:
        tag = language.tag
        own = [
            (kind, places[language.code])
            for kind, places in ((TEXT, files), (NAME, names))
            if language.code in places
        ]
        rules += [_declared(f"{kind}{tag}", language, path) for kind, path in own]
        text, name = (f'"{kind}{tag}",{SYSTEM}' if own else SYSTEM for kind in (TEXT, NAME))
        heights = f"line-height:{max(READABLE, language.line_height)};--heading:{language.heading_line_height}"
        rules.append(
            f":lang({tag}){{font-family:{text};{heights}}}html:lang({tag}){{font-size:{100 * language.size:.0f}%}}"
        )
        rules += [f".names :lang({tag}){{font-family:{name}}}"] if own else []
    return "\n".join([*rules, f".ltr{{font-family:{SYSTEM}}}", ""])


def _declared(family: str, language: Language, path: str) -> str:
    return f'@font-face{{font-family:"{family}";font-display:swap;src:local("{language.face.family}"),url({path})}}'
