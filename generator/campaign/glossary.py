"""Read the glossary, and correct a word in it.

`locales/glossary.yaml` has names to keep, one word a language for each term, and words to avoid.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.base.files import read_text, write_file
from generator.base.yaml import load_yaml
from generator.catalogue.entry import Entry
from generator.model import Message

# What the glossary is called where a catalogue is named, as in `leaflets sign ar glossary`.
GLOSSARY = "glossary"


@dataclass(frozen=True)
class Glossary:
    """Words to use the same way everywhere."""

    names: tuple[str, ...] = ()
    """Never translated."""
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The word of each language for an English term."""
    avoid: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """By language: a word not to use, and the better one."""
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """File and line of each word, by term and language."""

    def messages(self) -> list[Message]:
        """Return the terms as messages, to be signed like sentences."""
        return [
            Message(term_id(term), term, where=self.places.get((term, ""), ""))
            for term in self.terms
        ]

    def entries(self, language: str) -> list[Entry]:
        """Return the words of a language as entries."""
        return [
            Entry(term, words[language], term_id(term))
            for term, words in self.terms.items()
            if language in words
        ]


def term_id(term: str) -> str:
    """Return the id of a term.

    >>> term_id("leave to remain")
    'term.leave-to-remain'
    """
    return "term." + "-".join(term.lower().split())


def read_glossary(path: Path, known: Iterable[str]) -> Glossary:
    """Return the glossary; no file means an empty one."""
    if not path.exists():
        return Glossary()
    known = set(known)
    keys = load_yaml(path).mapping(("names", "terms"), ("avoid",))
    terms = {
        term: value.mapping(optional=known)
        for term, value in keys["terms"].mapping(optional=None).items()
    }
    avoid = keys["avoid"].mapping(optional=known) if "avoid" in keys else {}
    return Glossary(
        names=tuple(value.text(80) for value in keys["names"].items()),
        terms={
            term: {code: value.text(120) for code, value in words.items()}
            for term, words in terms.items()
        },
        avoid={
            code: tuple(
                (word, better.text(120)) for word, better in value.mapping(optional=None).items()
            )
            for code, value in avoid.items()
        },
        places={
            (term, code): value.where
            for term, words in terms.items()
            for code, value in words.items()
        },
    )


def correct_term(path: Path, term: str, language: str, word: str) -> bool:
    """Write another word for a term, and touch nothing else of the file.

    Call it under the lock of the locales folder. Raises LeafletsError if the term has no line for
    the language yet.
    """
    terms = load_yaml(path).mapping(("names", "terms"), ("avoid",))["terms"].mapping((term,), None)
    node = terms[term].mapping((language,), None)[language].node
    text = read_text(path)
    quoted = json.dumps(word, ensure_ascii=False)
    return write_file(path, text[: node.start_mark.index] + quoted + text[node.end_mark.index :])
