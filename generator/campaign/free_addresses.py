"""E-mail addresses, accounts, links and places to live in what people write."""

from __future__ import annotations

import re

from generator.base.literals import FOREIGN_DOMAINS, SPOKEN_DOT, SPOKEN_ENDINGS
from generator.campaign.free_words import APPS, MAILERS, ORDINARY

FILE_ENDINGS = r"yaml|po|pot|pdf|html|jsonl?|md|csv|xlsx|txt|py"
HOSTS = "com|org|net|uk|eu|gov|edu"
AT = "at|arroba|arobase|chez|ät"
DOTS = f"{SPOKEN_DOT}|point"
# How the signs of an address are written as words, in brackets, or as the stop of another script.
WRITTEN_OUT = (
    (rf"(?<=\w)\s*[\[{{<]\s*(?:{AT})\s*[\]}}>]\s*(?=\w)|(?<=\w)[\[({{<]@[\])}}>](?=\w)", "@"),
    (
        rf"(?<=\w)\s*(?:\(\s*(?:{AT})\s*\)|[-_]at[-_])\s*"
        rf"(?=(?:{MAILERS}|mail)(?!\w)|[\w-]{{1,63}}?\s?(?:[.。]\s?\w|[\s\[({{_-]{{1,3}}(?:{DOTS}|com|org|net|uk)(?![^\W_])))",
        "@",
    ),
    (rf"(?<=\w)\s*[\[({{<]\s*(?:\.|{DOTS})\s*[\])}}>]\s*(?=\w)", "."),
    (rf"(?<=[\w-])\s?[。｡]\s?(?=(?:{HOSTS}|{SPOKEN_ENDINGS})(?!\w))", "."),
)
SIGN_NAMES = "sign|signe|signo|sinal|symbol|símbolo|zeichen|işareti|character|letter|the|an?"
# Addresses of the state are public, and nobody's own.
STATE_SITES = re.compile(
    r"(?<![\w.@-])(?:https?://)?(?:[\w-]{1,63}\.){0,3}(?:gov|nhs|police)\.uk(?:/[a-z/-]{0,200})?(?![\w@-])",
    re.IGNORECASE,
)
NO_CODE = r"(?!\d+(?:st|nd|rd|th|x)?(?!\w))(?!r[0-9a-z]{1,4}(?!\w))(?=[\w.]{0,64}[^\W\d_])"
WORD_ENDS = r"(?=\s*(?:$|[\n.,;!?)]))"
# Only accounts have such words: with a digit, a line or a dot inside.
MARKED_WORD = r"[a-z0-9.]{0,64}(?:[\d_]|[^\W_]\.[^\W_])[\w.]{0,64}"
ACCOUNT_FORMS = (
    rf"(?<!\w)(?:{APPS})(?:\s(?:id|name|user|is))*\s*[:=]?\s*{NO_CODE}{MARKED_WORD}",
    rf"(?<!\w)signal(?:\s(?:id|name|user|is))*\s*[:=]?\s*{NO_CODE}[a-z_.]*\d[\w.]*",
    rf"(?<!\w)(?:{APPS})(?:\s(?:id|name|user))*\s*[:=]\s*(?!(?:{ORDINARY})(?!\w))[^\W\d_]{{2,}}{WORD_ENDS}",
    rf"(?<![\w.]){NO_CODE}{MARKED_WORD}\s(?:on|at|in|via|auf|sur|en|no|em|su)\s(?:{APPS}|signal)(?!\w)",
    r"(?<![\w#])[^\W\d_][\w.]{1,40}#\d{4}(?!\w)",
)
MAIL_FORMS = (
    rf"@\w|\w@\s\w|(?<![\w.+-])(?!(?:{SIGN_NAMES})\s)[\w.+-]{{1,64}}\s@\s(?!(?:{ORDINARY})(?!\w))\w",
    rf"\w (?:arroba|arobase) \w|\w\s+at\s+(?:{MAILERS})(?!\w)",
)
LINK_FORMS = (
    r"\bh(?:tt|xx)ps?\s?:\s?(?:/|[\w-]+\s?[.。/]\s?\w)|\bmailto\s?:[\w]|\btel\s?:\s?\+?\d|(?<![a-z])w{3}[.。]\w|\bxn--\w",
    rf"(?<![\w.-])(?:[\w-]{{1,63}}\.){{1,5}}(?:(?:{HOSTS})(?![\w-])|(?!(?:{FILE_ENDINGS})/)[a-z]{{2,6}}/\w)",
    rf"[\w\u0900-\u0dff]\.(?:{FOREIGN_DOMAINS})(?!\w)|\w\s\.(?:{HOSTS})(?![\w-])",
    rf"\w\s?[\[(]?\s?\b(?:{SPOKEN_DOT})\b\s?[\])]?\s?(?:{SPOKEN_ENDINGS})(?!\w)|\w[\s_-]{{1,3}}(?:{SPOKEN_DOT})[\s_-]{{1,3}}(?:{SPOKEN_ENDINGS})(?!\w)",
    r"(?<!\w)(?:t|wa)\s?\.\s?me\s?/|\w point (?:com|org|uk|info)\b",
)
OUTWARD = r"(?:[BEGLMNSW]|[A-PR-UWYZ][A-HK-Y])\d[A-Z\d]?"
INWARD = r"\d[ABD-HJLNP-UW-Z]{2}"
NO_ROAD = (
    "the|a|an|of|in|on|to|at|by|per|for|from|and|or|down|across|along|this|that|people|men|women"
    "|sentences?|words?|times?|is|are|not"
)
PLACE_FORMS = (
    rf"(?<![\w-]){OUTWARD}\s(?!(?-i:\dth|\dst|\dnd|\drd|\dup|\dpp))" + INWARD + r"(?!\w)",
    r"(?<![\w-])(?-i:[A-Z]{2}\d[A-Z\d]?"
    + INWARD
    + r"|[BEGLMNSW]\d[A-Z\d]"
    + INWARD
    + r")(?![\w-])",
    rf"(?<![\w.-])\d{{1,4}}[a-z]?,?\s+(?:(?!(?:{NO_ROAD})\s)[^\W\d_][\w'’.-]*\s+){{1,3}}(?:street|road|avenue|lane)(?!\w)",
    r"(?<![\w.-])\d{1,4}[a-z]?,?\s+(?-i:(?:[A-Z][\w'’.-]*\s+){1,3}(?:St|Rd|Ave|Close|Drive|Court|Terrace|Crescent|Gardens|Square|Place|Way|Hill|Row))(?!\w)",
    r"(?<![\w.-])\d{1,4}(?:\s?bis)?,?\s+(?:rue|boulevard|allée|impasse)\s\w|(?<!\w)[^\W\d_]{3,40}(?:straße|strasse)\s\d{1,4}(?!\w)",
    r"(?<!\w)(?:calle|rua|avenida)\s(?:[^\W\d_]+,?\s){1,3}(?:n[.º°]\s?)?\d{1,4}(?!\w)",
)
ADDRESS_KINDS = (
    (
        "an e-mail address or the name of an account",
        re.compile("|".join((*MAIL_FORMS, *ACCOUNT_FORMS)), re.IGNORECASE),
    ),
    ("a link", re.compile("|".join(LINK_FORMS), re.IGNORECASE)),
    ("the address of a place", re.compile("|".join(PLACE_FORMS), re.IGNORECASE)),
)


def written_out(text: str) -> str:
    """Return a text with the signs of an address where they were written as words.

    >>> written_out("anna {at} mail [dot] com"), written_out("look (at) home")
    ('anna@mail.com', 'look (at) home')
    """
    for pattern, sign in WRITTEN_OUT:
        text = re.sub(pattern, sign, text, flags=re.IGNORECASE)
    return text


def address_kinds(simple: str) -> list[str]:
    """Return the kinds of addresses that stand in a text.

    >>> address_kinds("anna_k on Telegram, t.me/anna"), address_kinds("gov.uk has it")
    (['an e-mail address or the name of an account', 'a link'], [])
    """
    private = STATE_SITES.sub(" ¶ ", simple)
    return [kind for kind, pattern in ADDRESS_KINDS if pattern.search(private)]
