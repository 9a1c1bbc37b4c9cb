"""Six sentences in many languages, and what the checks say of each in its own file and in those of its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.base.yaml import load_yaml
from generator.checks import CheckContext, check_translation
from generator.model import Language, Message, Risk
from generator.problem import Problem

FOLDER = Path(__file__).resolve().parent / "languages"
CLOSE = {
    "cs": "sk", "nb": "da sv", "da": "nb sv", "sv": "nb da", "gl": "pt es", "ca": "es it", "mk": "bg sr ru", "bg": "mk ru", "sr": "mk ru",
    "nl": "de", "de": "nl", "yi": "he", "he": "yi", "es": "pt it gl ca", "pt": "es gl", "it": "es pt ro", "sk": "cs", "fi": "et",
    "et": "fi", "lv": "lt", "lt": "lv", "pl": "cs sk", "ja": "zh_Hans", "zh_Hans": "ja zh_Hant", "sd": "ur ar", "hr": "sr_Latn",
    "sr_Latn": "hr", "id": "ms", "ms": "id",
}  # fmt: skip
"""Languages and those that are most easily taken for them."""
ALIKE = {frozenset(("hr", "sr_Latn")), frozenset(("id", "ms"))}
"""Pairs that share nearly all short words: so short a sentence may be right in both."""


def sentences() -> dict[str, list[str]]:
    """Return the sentences by language code, the English ones under `source`."""
    rows = load_yaml(FOLDER / "sentences.yaml").mapping(optional=None)
    return {code: [item.text() for item in value.items()] for code, value in rows.items()}


def found(file: Language, english: str, text: str, table: dict[str, Language]) -> list[Problem]:
    """Return what the checks find in a text in the file of a language, as if a wrong sentence could hurt."""
    return check_translation(Message("six", english, Risk.SAFETY), text, CheckContext(file, languages=tuple(table.values())))


def neighbours(file: Language, table: dict[str, Language], codes: dict[str, list[str]]) -> Iterator[str]:
    """Yield the other languages there are sentences of that share letters with a language."""
    own = set(file.unicode_scripts)
    yield from (code for code in codes if code != file.code and own & set(table[code].unicode_scripts))


def wrong(texts: dict[str, list[str]], file: str, text: str, table: dict[str, Language]) -> int:
    """Return how many sentences of one language are found in the file of another to be of another language."""
    pairs = zip(texts["source"], texts[text], strict=True)
    return sum(any(problem.code == "wrong-language" for problem in found(table[file], english, own, table)) for english, own in pairs)
