"""The sentences of a text, and what stands where in them, by the marks of each language."""

from __future__ import annotations

import re
from itertools import accumulate

from generator.base.message_text import MARKUP_PART
from generator.model import Language

ENGLISH_ENDS = ".!?…"
QUESTION_MARKS = "?؟፧？⁇⁉՞\u037e"

# What may follow the mark of a sentence's end.
CLOSERS = "\"'”’“»«)]）」』›"
_ABBREVIATION = re.compile(r"\b[A-Z]\.$")


def has_full_stop(language: Language) -> bool:
    """Tell whether a script has a mark for the end of a statement at all; Thai has none."""
    return bool(set(language.ends) - set(QUESTION_MARKS) - set("!！…"))


def split_sentences(text: str, language: Language | None = None) -> list[str]:
    """Return the sentences of a text, each with its end mark, and Xx for each placeholder.

    Without a language it is English. A full stop before a small letter ends none.

    >>> split_sentences("Stay inside, e.g. here. Call {line}!")
    ['Stay inside, e.g. here.', ' Call Xx!']
    """
    marks = re.escape(language.ends if language else ENGLISH_ENDS)
    spaced = not language or language.spaced
    after = rf"(?=[{re.escape(CLOSERS)}\s]|$)" if spaced else ""
    found: list[str] = []
    for part in re.split(rf"(?<=[{marks}])(?![{marks}]){after}", _without_tags(text)):
        if found and found[-1].endswith(".") and _goes_on(found[-1], part):
            found[-1] += part
        else:
            found.append(part)
    return [part for part in found if any(map(str.isalnum, part))]


def _goes_on(before: str, part: str) -> bool:
    """Tell whether the full stop of a piece is that of an abbreviation."""
    first = next(filter(str.isalnum, part), "")
    return first.islower() or _ABBREVIATION.search(before) is not None


def letters_and_facts(text: str) -> int:
    """Return how many letters and digits a text has, with two for each placeholder.

    It tells places in two texts apart without the marks and tags between them.

    >>> letters_and_facts("<b>Go</b> to {place}.")
    6
    """
    return sum(map(str.isalnum, _without_tags(text)))


def sentence_edges(text: str, language: Language | None = None) -> list[int]:
    """Return where sentences begin and end, counted as `letters_and_facts` does.

    >>> sentence_edges("Go. Call {line}.")
    [0, 2, 8]
    """
    return [0, *accumulate(map(letters_and_facts, split_sentences(text, language)))]


def _without_tags(text: str) -> str:
    return MARKUP_PART.sub(lambda part: "Xx" if part[0][0] == "{" else "", text)
