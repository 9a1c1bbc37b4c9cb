"""Replace letters of another keyboard by those of the language, where it is certain which."""

from __future__ import annotations

import re
import unicodedata

from generator.base.message_text import MARKUP_PART
from generator.model import Language

# Brackets and quotation marks hold a foreign word that readers will meet; its letters stay.
QUOTATION = re.compile(
    r"\([^()]*\)|（[^（）]*）|“[^“”]*”|”[^”“]*[”“]|»[^»«]*«|„[^„“”]*[“”]|«[^«»]*»|「[^「」]*」|\"[^\"]*\""
)
RESPELL_WORD = re.compile(r"[\w\u200c\u0300-\u036f\u064b-\u0655]+")
# May stand between the end of a sentence and the first letter of the next.
OPENING_MARKS = "\"'“”„‟«»(¿¡‘’"


def respelt_text(text: str, language: Language) -> str:
    """Return a text as it was meant, in composed letters.

    The pairs of letters are those that the language's row calls certain.

    Names, quotations, placeholders and words with other letters of a neighbour stay as they are.
    """
    kept = [found.span() for found in (*QUOTATION.finditer(text), *MARKUP_PART.finditer(text))]

    def one(found: re.Match[str]) -> str:
        inside = any(start <= found.start() < end for start, end in kept)
        return (
            found[0]
            if inside or _named(text, found.start(), language.ends)
            else respelt_word(found[0], language)
        )

    return RESPELL_WORD.sub(one, text)


def respelt_word(word: str, language: Language) -> str:
    """Return a word in the letters of the language; itself if it has others of a neighbour's."""
    composed = unicodedata.normalize("NFC", word)
    found = composed if len(composed) < len(word) else word
    for typed, letter in language.meant:
        found = found.replace(typed, letter)
    return word if set(found.lower()) & set(language.foreign) else found


def _named(text: str, start: int, ends: str) -> bool:
    """Tell whether a word is a name, whose letters are its own.

    It begins with a capital, and does not open a sentence.
    """
    before = text[:start].rstrip().rstrip(OPENING_MARKS).rstrip()
    return text[start].isupper() and bool(before) and before[-1] not in ends


def respelt_words(text: str, language: Language) -> dict[str, str]:
    """Return the words that were meant otherwise, each as it stands there with what was meant."""
    pairs = zip(
        RESPELL_WORD.findall(text), RESPELL_WORD.findall(respelt_text(text, language)), strict=False
    )
    return {word: other for word, other in pairs if word != other}
