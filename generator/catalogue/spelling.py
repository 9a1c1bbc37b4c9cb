"""Ways to write one thing in English: what a change between two of them says nothing new with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

TOKEN = re.compile(r"\{[a-z][a-z0-9_]*\}|</?\w+>|[-−]?\d+(?:[.,:/-]\d+)*|\w+(?:['’-]\w+)*|[^\w\s]")
DOTTED = re.compile(r"(?<![\w.])([A-Za-z](?:\.[A-Za-z])+)(?!\w)\.?")
APART = re.compile(r"(?<![\w.])([AaPp])\. (?=[Mm]\.)")
"""How some write a.m. and p.m."""
GOES_ON = re.compile(r"\s+[a-z\d({<]|\s*[,;:)]")
"""What follows an abbreviation whose last point ends no sentence."""
THOUSANDS = re.compile(
    r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d.,]*\d)|(?<![\d.,])[1-9]\d?(?:[ \u00a0\u202f]\d{3})+(?![\d.,]*\d)"
)
"""A large number with its groups parted; three groups of three with spaces could be a telephone number."""
PER_CENT = re.compile(r"\bper[ \u00a0]cent\b", re.IGNORECASE)
SHORT = {"n't": " not", "'re": " are", "'m": " am", "'ve": " have", "'ll": " will"}
IRREGULAR = {
    "can't": "can not",
    "cannot": "can not",
    "won't": "will not",
    "shan't": "shall not",
    "let's": "let us",
}
IS = frozenset(
    ["it's", "he's", "she's", "that's", "there's", "here's", "what's", "who's", "where's", "how's"]
)
"""Words whose “'s” is an “is”; behind a name it tells whose something is."""
SPELT = {
    **dict.fromkeys(("wi-fi", "wifi"), "wifi"),
    **dict.fromkeys(("okay", "ok"), "ok"),
    "percent": "%",
    "&": "and",
    "whilst": "while",
    "amongst": "among",
}
CLOSED = frozenset(
    [
        "e-mail",
        "e-mails",
        "e-mailed",
        "on-line",
        "off-line",
        "web-site",
        "web-sites",
        "co-operate",
        "co-operation",
        "co-ordinate",
        "co-ordinator",
    ]
)
"""Words that may be written without their hyphen; to re-sign is not to resign."""
BRITISH = (
    ("neighbour colour honour labour favour behaviour harbour rumour humour", "our", "or"),
    ("centre theatre metre litre", "re", "er"),
    (
        "organis realis recognis authoris apologis emphasis prioritis summaris minimis maximis criticis finalis",
        "is",
        "iz",
    ),
    ("travell cancell counsell labell", "ll", "l"),
    ("defence offence licence", "ce", "se"),
    ("programme", "mme", "m"),
    ("judgement", "dge", "dg"),
    ("grey", "ey", "ay"),
    ("learnt", "nt", "ned"),
)
"""Beginnings of words that America spells otherwise: what they end in there and here."""


def english_tokens(text: str) -> list[str]:
    """Return the words, numbers, placeholders, tags and punctuation marks of an English text, each way to write one as one.

    >>> english_tokens("Don't sign: e-mail {line} at 9 a.m.")
    ['Do', 'not', 'sign', ':', 'email', '{line}', 'at', '9', 'am', '.']
    """
    simple = unicodedata.normalize("NFC", text).replace("’", "'")
    simple = PER_CENT.sub("%", DOTTED.sub(_undotted, APART.sub(r"\1.", simple)))
    simple = THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), simple)
    return [word for token in TOKEN.findall(simple) for word in _spelt(token)]


def _undotted(match: re.Match[str]) -> str:
    """Return an abbreviation without its points, with one where it ends a sentence too."""
    ends = (
        match[0].endswith(".")
        and match[1].lower() not in ("e.g", "i.e")
        and not GOES_ON.match(match.string, match.end())
    )
    return match[1].replace(".", "") + ("." if ends else "")


def _spelt(token: str) -> Iterator[str]:
    """Yield the words of a token in the one way that all others are written in here; names keep their capitals."""
    low = token.lower()
    if token[0] in "{<":
        yield token
    elif low in SPELT:
        yield SPELT[low]
    elif "'" in low or low == "cannot":
        yield from _as_written(token, _opened(low).split())
    else:
        yield from _as_written(token, [_american(low.replace("-", "") if low in CLOSED else low)])


def _as_written(token: str, words: list[str]) -> Iterator[str]:
    """Yield words with the capitals of the token that they stand for."""
    if words == [token.lower()]:
        yield token
        return
    first, *rest = words
    yield (
        first.upper()
        if len(token) > 1 and token.isupper()
        else first.capitalize()
        if token[0].isupper()
        else first
    )
    yield from (word.upper() if len(token) > 1 and token.isupper() else word for word in rest)


def _opened(low: str) -> str:
    """Return a contraction as the words that it is made of; as it is if it is none, or could be two."""
    if low in IRREGULAR:
        return IRREGULAR[low]
    if low in IS:
        return low.removesuffix("'s") + " is"
    return next(
        (
            low.removesuffix(end) + words
            for end, words in SHORT.items()
            if low.endswith(end) and low != end
        ),
        low,
    )


@cache
def _american(low: str) -> str:
    for beginnings, here, there in BRITISH:
        for start in beginnings.split():
            if low.startswith(start):
                return start.removesuffix(here) + there + low.removeprefix(start)
    return low
