"""What must not stand in words that everybody with the campaign can read: numbers, addresses, links and names of people.

Names are found where a text says that one comes (a title, "my name is"), never guessed from a capital letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache

from generator.core.literals import COINS, DOT, FOREIGN_ENDINGS, GAP, HOUR, MINUTE, MONEY, READ_OUT, SPOKEN, plain
from generator.core.text import SEEN
from generator.problem import LeafletsError, Problem

HINT = (
    "everybody who has the campaign can read this, for ever: no names, no numbers, no addresses; "
    "for a number or link of the leaflet write its name in braces, such as {alert_line}"
)
YEAR, MONTH, DAY = r"(?:1[349]|20)\d\d", r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
TIME = rf"(?<![\d.:]){HOUR}\s?[:h]\s?{MINUTE}(?![\d:.]\d|\d)"
HARMLESS = re.compile(
    "|".join(
        (
            rf"{TIME}|(?<![\d.:]){HOUR}\.{MINUTE}\s?[-–]\s?{HOUR}\.{MINUTE}(?!\.?\d)",
            rf"(?<![\d+])(?<!\d[ ./-])(?:{YEAR}\s?([./-])\s?{MONTH}\s?\1\s?{DAY}|{DAY}\s?([./-])\s?{MONTH}\s?\2\s?{YEAR})(?![./-]?\d)",
            rf"(?<![\d+])(?<!\d[ ./-])(?:{DAY}([./-]){MONTH}|{MONTH}([./-]){DAY})(?:\3|\4)\d\d(?![\s./-]{{0,2}}\d)",
            r"(?<![\d+-])(?:19[5-9]|20[0-4])\d\s?[-–/]\s?(?:(?:19[5-9]|20[0-4])\d|\d\d)(?![\s-]?\d)",
            r"(?<![\d+])[1-9]\d{0,2}(?:[ .,'’]000){1,3}(?!\d)|(?<![\d+])[1-9]\d{0,2}(?:([.,'’])\d{3})(?:\5\d{3})?(?!\d|[.,'’]\d)",
            rf"(?:{MONEY})\s?\d{{1,3}}(?:[.,]?\d{{2,3}})*|(?<!\d)\d{{1,3}}(?:[.,]\d{{2,3}})*\s?(?:{MONEY}|{COINS})",
        )
    ),
    re.IGNORECASE,
)
"""Dates, times, years, large round numbers and prices: many digits, and nobody's."""
CODE = re.compile(
    r"(?<![\w+-])(?=[\w-]*[A-Za-z])(?![\w-]*(?:\d-?){8})(?![A-Za-z]{1,6}-?\d{6,}(?![\w-]))[0-9A-Za-z]+(?:[-_.][0-9A-Za-z]+)*(?![\w-])"
)
"""Codes of sentences, papers and readers, keys and ids: letters and digits mixed, never as many digits in a row as a number has."""
FILE = r"yaml|po|pot|pdf|html|jsonl?|md|csv|xlsx|txt|py"
HOSTS = "com|org|net|uk|eu|gov|edu"
APPS = "telegram|whats\\s?app|signal|instagram|insta|facebook|fb|messenger|tiktok|snapchat|viber|wechat|微信|تلگرام|واتس ?اب|واتساپ"
A_NAME = "a name"
CONTACTS = (
    ("a phone number", rf"\+?\d(?:{GAP}\d){{5,20}}|{READ_OUT}"),
    (
        "an e-mail address or the name of an account",
        r"@\w|\w@\s\w|\w\s?[\[({]\s?(?:at|arroba|arobase|chez|ät)\s?[\])}]\s?\w|\w (?:arroba|arobase) \w"
        rf"|(?<!\w)(?:{APPS})\s*(?:id|name|user)?\s*[:=]?\s*(?=\S*[a-z])[a-z0-9.]*[\d_][\w.]*",
    ),
    (
        "a link",
        rf"\b(?:h(?:tt|xx)ps?|mailto|tel)\s?:\s?[/\w+]|(?<![a-z])w{{3}}[.。]\w|\bxn--\w"
        rf"|(?<![\w.-])(?:[\w-]{{1,63}}\.){{1,5}}(?:(?:{HOSTS})(?![\w-])|(?!(?:{FILE})/)[a-z]{{2,6}}/\w)"
        rf"|[\w\u0900-\u0dff]\.(?:{FOREIGN_ENDINGS})(?!\w)"
        rf"|\w\s?[\[(]?\s?\b(?:{DOT})\b\s?[\])]?\s?(?:{SPOKEN})(?!\w)|\w point (?:com|org|uk|info)\b",
    ),
)
INTRODUCED = (
    "my name is|my name's|i am called|je m['’]appelle|mon (?:pré)?nom est|me llamo|mi nombre es|meu nome é|chamo-me|me chamo"
    "|benim adım|ismim|navê min|emri im është|quhem|më quajnë|magacaygu(?: waa)?|tên (?:của )?(?:tôi|em|mình) là|tôi tên(?: là)?"
    "|ich heiße|mein name ist|اسمي|إسمي|(?:نام|اسم) من|اسمم|نامم|میرا نام|زما نوم|ناوم"
    "|ਮੇਰਾ ਨਾ(?:ਂ|ਮ|ਮ੍ਹ)|আমার নাম|என் பெயர்|எனது பெயர்|ስመይ|ሽመይ|ስሜ|мене звати|меня зовут"
)
"""What people say before their own name."""
ORDINARY = (
    "not|no|wrong|right|missing|spelled|spelt|misspell?ed|misspelt|written|never|in|on|at|the|a|an|of|too|above|below|here|there|one|still"
)
"""English words after "name is" that are none."""
CAPITAL = (
    "[Mm]onsieur|M\\.|[Mm]me|[Mm]lle|[Mm]adame|[Ss]r(?:ta|a)?\\.|[Ss]eñor(?:a|ita)?|[Ss]enhora?|[Ss]ayın|[Zz]oti|[Zz]onja|[Zz]nj?\\.|[Mm]udane"
    "|[Mm]arwo|[Bb]irêz|[Xx]atûn|[Mm]iss|[Mm]s|[Ss]ir|[Mm]adam|[Dd]r|[Pp]rof|[Hh]err|[Ff]rau|ông|bà|anh|chị|cô|adım|пан|пані|call me"
)
"""Words before a name that stand before other words too: then the name begins with a capital letter."""
ANY = (
    "السيد|السيدة|الأستاذ|الأستاذة|الدكتور|الدكتورة|آقای|جناب|مسٹر|مسز|محترمہ|ښاغلی|ښاغلي|مېرمن|اغلې|بەڕێز|کاک|خاتوو|خانم|ਸ੍ਰੀ|ਸ਼੍ਰੀ|ਸ੍ਰੀਮਤੀ|ਸ਼੍ਰੀਮਤੀ|ਸਰਦਾਰ"
    "|জনাব|জনাবা|বেগম|শ্রী|শ্রীমতী|திரு|திருமதி|செல்வி|ኣይተ|አቶ|ወይዘሮ|ወይዘሪት|ወ/ሮ"
)
"""Titles in scripts without capitals."""
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范石姚谭廖邹熊陆郝孔崔康毛邱秦江史顾侯邵孟龙"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻鍾譚鄒陸顧龍"
)
NAMES = tuple(
    re.compile(unicodedata.normalize("NFKC", pattern))
    for pattern in (
        rf"(?<!\w)(?i:{INTRODUCED})\s*[:：]?\s+(?!(?i:{ORDINARY})(?!\w))(?=[^\W\d_])\S{{2,}}",
        r"我叫(?!你|他|她|它|们|做|作)[\u4e00-\u9fff]|我的名字[是叫][\u4e00-\u9fff\w]|我姓[\u4e00-\u9fff]",
        r"(?<![\w.])(?i:mr|mrs|mx)\.?\s+(?=[^\W\d_])\S{2,}",
        rf"(?<![\w.])(?:{CAPITAL})(?<=\S)\.?\s+(?P<capital>(?=[^\W\d_])\S+)",
        rf"(?<!\w)(?:{ANY})\.?\s+(?!ال)(?=[^\W\d_])\S{{2,}}",
        r"(?<!\w)(?P<before>(?=[^\W\d_])[\w'’]+)\s(?:Bey|Hanım|Abla|Abi|Efendi)(?!\w)",
        rf"[{SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:先生|女士|小姐|太太)",
    )
)


def private(text: str, names: Collection[str] = ()) -> tuple[str, ...]:
    """Return what kinds of private things stand in a text; `names` are names of people and places, as they are written.

    >>> private("Call me on ٠٧٧٠٠ ٩٠٠١٢٣, Mr Example"), private("Not EN-P5PR7: since 2026-12-07, 18:00-21:00")
    (('a phone number', 'a name'), ())
    """
    found = _kinds(text)
    known = any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names)
    return (*found, A_NAME) if known and A_NAME not in found else found


@lru_cache(SEEN)
def _kinds(text: str) -> tuple[str, ...]:
    bare = text.translate(str.maketrans("<>", "  "))  # what stands in <angles> is no tag of ours, or it would not be free text
    return tuple(dict.fromkeys(kind for one in dict.fromkeys((text, bare)) for kind in _found(plain(one))))


def _found(simple: str) -> Iterator[str]:
    counted = CODE.sub(lambda code: " ¶ " if re.search(r"\d", code[0]) else code[0], HARMLESS.sub(" ¶ ", simple))
    for number, (kind, pattern) in enumerate(CONTACTS):
        if re.search(pattern, simple if number else counted, re.IGNORECASE):
            yield kind
    if any(_is_name(match) for pattern in NAMES for match in pattern.finditer(simple)):
        yield A_NAME


def _is_name(match: re.Match[str]) -> bool:
    """Tell whether the word beside a title begins with a capital, where it must."""
    groups = match.groupdict()
    word = groups.get("capital") or groups.get("before")
    return not word or word[0].isupper()


def refuse_private(text: str, names: Collection[str] = (), code: str = "text-private") -> None:
    """Raise LeafletsError where a text that everybody can read holds something private; the text itself is not repeated."""
    if found := private(text, names):
        raise LeafletsError(Problem(code, f"there is {' and '.join(found)} in it", hint=HINT))
