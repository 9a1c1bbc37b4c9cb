"""What a change of the English means for its translations, with a diff of words.

Cosmetic, meaning or critical: the class decides what becomes of translations of the old English.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache

from generator.catalogue.similarity import diff_runs
from generator.catalogue.spelling import english_tokens

_WORD = re.compile(r"\w|[{<]")
_NUMBER = re.compile(r"\d|[£$€¥%‰°+]")
# Marks that are words; signs such as ✓ and ≥ are too.
_SYMBOLS = "/"
# Marks that part sentences: moving one changes who does what.
_ENDS = ".!?:;"
# Marks that part a sentence: beside a word of _HINGES they tell what it belongs to.
_PAUSES = ",;:–—"


class ChangeKind(StrEnum):
    """How much a change of the English can hurt whoever reads the old translation."""

    COSMETIC = "cosmetic"
    MEANING = "meaning"
    CRITICAL = "critical"


# Words that decide what somebody does, with whom, where and when: changing one is critical.
_WORDS = {
    "number": """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
        ninety hundred thousand million once twice both half quarter double dozen pair couple
        second third fourth fifth sixth seventh eighth ninth tenth less fewer least maximum
        minimum
    """,
    "date": """
        january february april june july august september october november december monday tuesday
        wednesday thursday friday saturday sunday today tomorrow tonight yesterday day days week
        weeks month months year years hour hours minute minutes before after until till by since
        during within deadline late early now soon always again first last next morning afternoon
        evening night noon midnight am pm o'clock
    """,
    "negation": """
        not no never none nobody nothing nowhere neither nor without refuse refused forbid
        forbidden illegal unlawful stop avoid against hardly barely scarcely rarely seldom unable
    """,
    "modal": """
        must may can could should shall will would might need needs have has ought only unless
        except if when or all any every some most even allowed allow required right rights free
        optional legal lawful
    """,
    "who and where": """
        i you we they he she us them me him her our your their someone anyone everyone somebody
        anybody everybody who police staff guard guards officer officers manager solicitor lawyer
        doctor nurse neighbour neighbours child children family employer landlord council court
        judge home office embassy here there where inside outside door room hotel hostel house
        street hospital station centre in out at from to into onto up down left near behind
    """,
}
# What people read in the place of a kind of change, of eight letters, and of its reasons.
KIND_WORDS = {
    ChangeKind.COSMETIC: "spelling",
    ChangeKind.MEANING: "meaning",
    ChangeKind.CRITICAL: "can hurt",
}
REASON_WORDS = {
    "number": "a number",
    "date": "a date or time",
    "negation": "“not” or “never”",
    "modal": "“must” or “may”",
    "who and where": "who or where",
    "placeholder": "a fact",
}
# Words that belong to what stands before or after them: a comma beside one tells to which.
_HINGES = frozenset(["only", "even", "unless", "except", "however", "just", "otherwise", "instead"])
_CAPITALS = (
    "us may march august polish who it turkey job reading nice hope will mark grace faith joy"
)
# Words that are another word with a capital letter.
_CASED = frozenset(f"{_CAPITALS} rose bill sue".split())


@dataclass(frozen=True)
class WordingChange:
    """The class of a change, and the reasons for the highest class."""

    kind: ChangeKind
    reasons: tuple[str, ...] = ()


def reasons_in_words(reasons: Iterable[str]) -> str:
    """Return why a change can hurt, in the words of people.

    >>> reasons_in_words(["number", "modal"])
    'a number, “must” or “may”'
    """
    return ", ".join(REASON_WORDS.get(reason, reason) for reason in reasons)


@cache
def classify_change(old: str, new: str) -> WordingChange:
    """Return what happened between two English wordings of one message.

    Cosmetic: the same words in the same order; spelling, case, spaces or punctuation differ.
    Critical: a number, a placeholder, or a word of `_WORDS` came, went or moved, or a mark beside
    a negation or a word such as "only" did. Everything else changes the meaning.
    """
    before, after = english_tokens(old), english_tokens(new)
    reasons = tuple(dict.fromkeys([*_reasons(before, after), *_reasons(after, before)]))
    if reasons:
        return WordingChange(ChangeKind.CRITICAL, reasons)
    same = list(_words(before)) == list(_words(after))
    return WordingChange(ChangeKind.COSMETIC if same else ChangeKind.MEANING)


def _words(side: list[str]) -> Iterator[str]:
    """Yield the words and tags in lower case, with a mark where a sentence ends.

    At the end of the whole text only a question mark counts.
    """
    last = max((place for place, part in enumerate(side) if _WORD.match(part)), default=-1)
    for place, part in enumerate(side):
        if _WORD.match(part):
            yield part.lower()
        elif part == "?" or (part in _ENDS and place < last):
            yield "?" if part == "?" else "."


def _reasons(before: list[str], after: list[str]) -> Iterator[str]:
    """Yield why a change is critical."""
    for token, near in _changed_tokens(before, after):
        yield from _class(token, near)
    old, new = ([token.lower() for token in side if _WORD.match(token)] for side in (before, after))
    if old != new and sorted(old) == sorted(new):  # nothing came or went: something moved
        for word in old:
            yield from (name for name in _class(word, []) if name in ("negation", "modal"))
    known = {token.lower() for token in after}
    yield from (f"name {name}" for name in sorted(_names(before)) if name.lower() not in known)
    for word in sorted(_CASED):
        was, now = _cased(before, word), _cased(after, word)
        if was.total() == now.total() and was != now:
            yield f"word {word}"


def _class(token: str, near: list[str]) -> Iterator[str]:
    """Yield what makes a changed token critical; `near` are its lower-case neighbours."""
    if token.startswith("{"):
        yield "fact"
    elif _NUMBER.search(token):
        yield "number"
    elif not _WORD.match(token) and (token in _SYMBOLS or unicodedata.category(token)[0] == "S"):
        yield "symbol"
    elif not _WORD.match(token):
        yield from ("negation",) if _NEGATIONS & set(near) else ()
        yield from ("modal",) if token in _PAUSES and _HINGES & set(near) else ()
    else:
        word = token.lower()
        parts = {word, *word.split("-")}
        for name, listed in _TABLE.items():
            if word in listed or (name in _IN_PARTS and listed & parts):
                yield name


_TABLE = {
    name: frozenset(token.lower() for token in english_tokens(words))
    for name, words in _WORDS.items()
}
# What a word with a hyphen may hold: twenty-one, half-day.
_IN_PARTS = ("number", "date")
_NEGATIONS = _TABLE["negation"]


def _changed_tokens(before: list[str], after: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each token that came, went or moved, with its lower-case neighbours on both sides."""
    old, new = [token.lower() for token in before], [token.lower() for token in after]
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield from ((old[i], old[max(0, i - 1) : i + 2]) for i in range(i1, i2))
            yield from ((new[j], new[max(0, j - 1) : j + 2]) for j in range(j1, j2))


def _names(side: list[str]) -> set[str]:
    """Return the words with a capital that do not begin a sentence."""
    plain = [token for token in side if not token.startswith("<")]
    pairs = zip([".", *plain], plain, strict=False)
    return {token for last, token in pairs if token[0].isupper() and last not in _ENDS}


def _cased(side: list[str], word: str) -> Counter[str]:
    """Return how a word is written; a capital at the start of the text says nothing."""
    words = (place for place, token in enumerate(side) if _WORD.match(token) and token[0] != "<")
    first = next(words, 0)
    return Counter(
        token.lower() if place == first and token.istitle() else token
        for place, token in enumerate(side)
        if token.lower() == word
    )


def word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """Return a text as runs of words: ("=", kept), ("-", gone) and ("+", new), in reading order.

    >>> word_diff("You may sign.", "You must sign.")
    [('=', 'You'), ('-', 'may'), ('+', 'must'), ('=', 'sign.')]
    """
    return diff_runs(old.split(), new.split(), " ")


def marked_diff(old: str, new: str) -> str:
    """Return the word diff as text that needs no colour.

    >>> marked_diff("You may sign.", "You must sign.")
    'You [-may-] {+must+} sign.'
    """
    return marked_runs(word_diff(old, new))


def marked_runs(runs: Iterable[tuple[str, str]]) -> str:
    """Return runs of words, as `word_diff` gives them, as one text."""
    marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return " ".join(marks[mark].format(words) for mark, words in runs)


def reading_seconds(msgid: str) -> int:
    """Return about how long one person needs to compare a sentence with its translation.

    An estimate, not a measurement: 10 seconds to look and to decide, and a second and a half for
    each word of both texts.
    """
    return round(10 + 1.5 * len(msgid.split()))
