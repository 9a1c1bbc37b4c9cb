"""Spellings of the same English words: changing one for another says nothing new."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

_TOKEN = re.compile(r"\{[a-z][a-z0-9_]*\}|</?\w+>|[-−]?\d+(?:[.,:/-]\d+)*|\w+(?:['’-]\w+)*|[^\w\s]")
_DOTTED = re.compile(r"(?<![\w.])([A-Za-z](?:\.[A-Za-z])+)(?!\w)\.?")
# How some write a.m. and p.m.
_APART = re.compile(r"(?<![\w.])([AaPp])\. (?=[Mm]\.)")
# What follows an abbreviation whose last point ends no sentence.
_GOES_ON = re.compile(r"\s+[a-z\d({<]|\s*[,;:)]")
# A large number with its groups parted; three groups of three could be a telephone number.
_THOUSANDS = re.compile(
    r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d.,]*\d)"
    r"|(?<![\d.,])[1-9]\d?(?:[ \u00a0\u202f]\d{3})+(?![\d.,]*\d)"
)
_PER_CENT = re.compile(r"\bper[ \u00a0]cent\b", re.IGNORECASE)
_SHORT = {"n't": " not", "'re": " are", "'m": " am", "'ve": " have", "'ll": " will"}
_IRREGULAR = {
    "can't": "can not",
    "cannot": "can not",
    "won't": "will not",
    "shan't": "shall not",
    "let's": "let us",
}
_CONTRACTED_IS = "it's he's she's that's there's here's what's who's where's how's"
# Words whose “'s” is an “is”; behind a name it tells whose something is.
_IS = frozenset(_CONTRACTED_IS.split())
_SPELT = {
    "wi-fi": "wifi",
    "wifi": "wifi",
    "okay": "ok",
    "ok": "ok",
    "percent": "%",
    "&": "and",
    "whilst": "while",
    "amongst": "among",
}
_HYPHENED = "e-mail e-mails e-mailed on-line off-line web-site web-sites co-operate co-operation"
# Words that may be written without their hyphen; to re-sign is not to resign.
_CLOSED = frozenset(f"{_HYPHENED} co-ordinate co-ordinator".split())
# Beginnings of words that America spells otherwise: what they end in there and here.
_BRITISH = (
    ("neighbour colour honour labour favour behaviour harbour rumour humour", "our", "or"),
    ("centre theatre metre litre", "re", "er"),
    ("organis realis recognis authoris apologis emphasis prioritis", "is", "iz"),
    ("summaris minimis maximis criticis finalis", "is", "iz"),
    ("travell cancell counsell labell", "ll", "l"),
    ("defence offence licence", "ce", "se"),
    ("programme", "mme", "m"),
    ("judgement", "dge", "dg"),
    ("grey", "ey", "ay"),
    ("learnt", "nt", "ned"),
)


def english_tokens(text: str) -> list[str]:
    """Return the words, numbers, placeholders, tags and marks of an English text, in one spelling.

    >>> english_tokens("Don't sign: e-mail {line} at 9 a.m.")
    ['Do', 'not', 'sign', ':', 'email', '{line}', 'at', '9', 'am', '.']
    """
    simple = unicodedata.normalize("NFC", text).replace("’", "'")
    simple = _PER_CENT.sub("%", _DOTTED.sub(_undotted, _APART.sub(r"\1.", simple)))
    simple = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), simple)
    return [word for token in _TOKEN.findall(simple) for word in _spelt(token)]


def _undotted(match: re.Match[str]) -> str:
    """Return an abbreviation without its points, with one where it ends a sentence too."""
    latin = match[1].lower() in ("e.g", "i.e")
    goes_on = _GOES_ON.match(match.string, match.end())
    ends_sentence = match[0].endswith(".") and not latin and not goes_on
    return match[1].replace(".", "") + ("." if ends_sentence else "")


def _spelt(token: str) -> Iterator[str]:
    """Yield the words of a token in the spelling chosen here; names keep their capitals."""
    low = token.lower()
    if token[0] in "{<":
        yield token
    elif low in _SPELT:
        yield _SPELT[low]
    elif "'" in low or low == "cannot":
        yield from _with_capitals(token, _opened(low).split())
    else:
        plain = low.replace("-", "") if low in _CLOSED else low
        yield from _with_capitals(token, [_american(plain)])


def _with_capitals(token: str, words: list[str]) -> Iterator[str]:
    """Yield words with the capitals of the token that they stand for."""
    if words == [token.lower()]:
        yield token
    elif len(token) > 1 and token.isupper():
        yield from map(str.upper, words)
    else:
        first, *rest = words
        yield first.capitalize() if token[0].isupper() else first
        yield from rest


def _opened(low: str) -> str:
    """Return a contraction as the words it is made of; others, and what may be two, as they are."""
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low in _IS:
        return low.removesuffix("'s") + " is"
    ends = (end for end in _SHORT if low.endswith(end) and low != end)
    end = next(ends, "")
    return low.removesuffix(end) + _SHORT.get(end, "")


@cache
def _american(low: str) -> str:
    for beginnings, here, there in _BRITISH:
        for start in beginnings.split():
            if low.startswith(start):
                return start.removesuffix(here) + there + low.removeprefix(start)
    return low
