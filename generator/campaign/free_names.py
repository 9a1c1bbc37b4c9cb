"""Find names of people and places: after words that announce one, and those of private files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from generator.campaign.free_words import (
    ALSO_WORDS,
    COMMON,
    INTRODUCED,
    NAME_FIELDS,
    NO_TURKS,
    ORDINARY,
    SURNAMES,
    TITLES,
    TITLES_AFTER,
    TITLES_CAPITAL,
    TITLES_UNCASED,
    TURKS,
)

# The fewest letters of a name, of one in a script without spaces, and of a part that is looked
# for alone. What is shorter is too often an ordinary word.
SHORTEST_NAME, SHORTEST_JOINED, SHORTEST_PART = 3, 2, 4
NO_NAME = rf"(?!(?i:{ORDINARY})(?!\w|['’][A-Z]))"
NAME_WORD = r"(?=[^\W\d_])\S{2,}"
TITLED = tuple(
    re.compile(unicodedata.normalize("NFKC", pattern))
    for pattern in (
        rf"(?<!\w)(?i:{INTRODUCED})\s*[:：]?\s+{NO_NAME}{NAME_WORD}",
        r"我叫(?!你|他|她|它|们|做|作|不|没|错|得|这|那|是|什|对)[\u4e00-\u9fff]|我的名字[是叫](?!错|不|对)[\u4e00-\u9fff\w]|我姓(?!不|错|对)[\u4e00-\u9fff]",
        rf"(?<![\w.])(?i:{TITLES})\.?\s+{NO_NAME}{NAME_WORD}",
        rf"(?<![\w.])(?<!\d\s)(?i:ms)\.?\s+{NO_NAME}(?=[^\W\d_])\w{{3,}}",
        rf"(?<![\w.])(?:{TITLES_CAPITAL})(?<=\S)\.?\s+{NO_NAME}(?P<capital>(?=[^\W\d_])[^\W\d_]\S*)",
        rf"(?<![\w.])(?i:{TITLES_CAPITAL})\.?\s+(?i:{COMMON})(?!\w)",
        rf"(?<![\w-])(?i:{NAME_FIELDS})\s?[:：]\s?{NO_NAME}(?P<field>[^\W\d_]{{2,}})(?![\w@])",
        rf"(?i:last-translator)\s?:\s?(?!(?i:automatically|weblate|language-model)(?!\w)|\S*\d){NO_NAME}{NAME_WORD}",
        rf"(?<!\w)(?:{TITLES_UNCASED})\.?\s+(?!ال){NO_NAME}{NAME_WORD}",
        rf"(?<!\w)(?!(?i:{NO_TURKS})\s)(?P<before>(?=[^\W\d_])[\w'’]+)\s(?i:{TITLES_AFTER})(?!\w)",
        rf"(?<!\w)(?i:{TURKS})\s(?i:{TITLES_AFTER})(?!\w)",
        rf"[{SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:先生|女士|小姐|太太)|[{SURNAMES}](?:医生|醫生|老师|老師|律师|律師|大夫|阿姨|叔叔)",
    )
)
LEADING_ARTICLE = re.compile(r"(?:the|la|le|el|los|las|les|die|der|das)\s+", re.IGNORECASE)
# Scripts that put no spaces between words.
JOINED_SCRIPTS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class PrivateNames:
    """What the private files of a campaign call people and places."""

    people: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


def announces_name(simple: str) -> bool:
    """Tell whether a text announces a name: after a title, "my name is" or "signed"."""
    for match in (match for pattern in TITLED for match in pattern.finditer(simple)):
        # Some patterns need a word that begins with a capital; the others name none.
        if all(word[0].isupper() for word in match.groupdict().values() if word):
            return True
    return False


def holds_name(text: str, names: PrivateNames) -> bool:
    """Tell whether a text holds a name of somebody or of a place, however it is written.

    >>> names = PrivateNames(frozenset({"Amina K."}), frozenset({"The Old Mill"}))
    >>> [holds_name(text, names) for text in ("ask _AMINA  K_", "at the Old Mill", "the old mill")]
    [True, True, False]
    """
    spelled, (anybody, capital) = _kept(text), _wanted(names)
    return _holds(_small(spelled), anybody) or _holds(spelled, capital)


def _kept(text: str) -> str:
    """Return a text in which only letters, digits and single blanks are left.

    Marks, and what nobody sees, vanish; all else is a blank.
    """
    found = ""
    for char in unicodedata.normalize("NFKD", text).replace("\u2800", " "):
        kind = unicodedata.category(char)
        if kind not in ("Mn", "Me", "Cf") and char not in "\u115f\u1160\u3164\uffa0":
            found += char if kind[0] in "LNM" else " "
    return " ".join(found.split())


def _small(spelled: str) -> str:
    """Return the same without capitals."""
    return _kept(spelled.casefold()).replace("ı", "i")


@lru_cache(64)
def _wanted(names: PrivateNames) -> tuple[frozenset[str], frozenset[str]]:
    """Return names in small letters, and those that are ordinary words or places.

    The latter are found only with a capital letter, in all their spellings.
    """
    ordinary = {_small(_kept(word)) for word in ALSO_WORDS.split("|")}
    people = {_small(_kept(name)) for name in names.people}
    parts = {word for name in people for word in name.split() if _letters(word) >= SHORTEST_PART}
    # Of an address, also what stands between its commas, if that is more than a word.
    pieces = {piece for place in names.places for piece in re.split("[,،、;]", place)}
    pieces = {piece for piece in pieces if " " in piece.strip()} | names.places
    places = {LEADING_ARTICLE.sub("", _kept(piece), count=1) for piece in pieces}
    capital = {
        form
        for name in places | people & ordinary
        for form in (name, name.upper(), name.title(), name.capitalize())
    }
    return _long_enough((people | parts) - ordinary), _long_enough(
        form for form in capital if form != form.lower() or form == form.upper()
    )


def _long_enough(wanted: Iterable[str]) -> frozenset[str]:
    return frozenset(
        name
        for name in wanted
        if _letters(name) >= (SHORTEST_JOINED if JOINED_SCRIPTS.match(name) else SHORTEST_NAME)
    )


def _letters(name: str) -> int:
    return sum(map(str.isalpha, name))


def _holds(text: str, wanted: Collection[str]) -> bool:
    """Tell whether a text holds any of the names, as words where the script has spaces."""
    padded, words, joined = f" {text} ", frozenset(text.split()), text.replace(" ", "")
    for name in wanted:
        bare = name.replace(" ", "")
        if bare in joined if JOINED_SCRIPTS.match(name) else bare in words or f" {name} " in padded:
            return True
    return False
