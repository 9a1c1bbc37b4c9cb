"""What in a text is a number, link, address, date, time or price, in any script.

Such literals belong into the facts: typed into a sentence they can be mistyped in one language, and
are missed when they change. The patterns hold what the languages of the table write and say.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from generator.base import spoken_literals
from generator.base.message_text import CACHED_TEXTS, PLACEHOLDER

_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
# What may part the digits of a phone number.
_GAP = r"(?:[\s().:/·•*_~'’|–—−-]|[,;](?!\s)){0,3}"
_ENDINGS = "com|org|net|uk|info"
# A Latin name ends where another script begins.
_AFTER = r"(?![a-z\d_\u00c0-\u024f-])"

# Top domains that are written in other scripts.
FOREIGN_DOMAINS = (
    "рф|рус|укр|бел|срб|мкд|бг|мон|қаз|ком|орг|онлайн|сайт|ευ|ελ|հայ|գե|გე|中国|中國|香港|台灣"
    "|公司|网络|网址|भारत|संगठन|ভারত|বাংলা|ਭਾਰਤ|ભારત|భారత్|இந்தியா|இலங்கை|ලංකා|ไทย|ລາວ|امارات|ایران"
    "|ايران|السعودية|مصر|عمان|شبكة|موقع|قطر|فلسطين|سوريا|سورية|العراق|عراق|المغرب|الجزائر|تونس"
    "|پاکستان|پاكستان|بھارت|السودان|الاردن|اليمن"
)
SPOKEN_DOT = (
    "dot|punto|ponto|nokta|pik[eë]|chấm|nuqta|нокта|точка|крапка|نقطة|نقطه|دات|ڈاٹ|خاڵ|ডট|ਡਾਟ|ਡੌਟ"
    "|டாட்|புள்ளி|ነጥብ|点|點"
)
SPOKEN_ENDINGS = "com|org|net|uk|co|info|ком|орг|كوم|کام|کوم|কম|ਕਾਮ|ਕੌਮ|காம்|ኮም"
EMERGENCY_NUMBERS = (
    r"9[\s.-]?9[\s.-]?9|9[\s.-]?1[\s.-]?1|1[\s.-]?1[\s.-]?[12]|1[\s.-]?0[\s.-]?1"
    r"|1\s?1\s?6[\s.-]?\d{3}|18000"
)
MONEY_SIGNS = r"[$¢£¤¥֏؋৲৳৻૱௹฿៛₠-⃀]|\b(?:GBP|EUR|USD)\b"
COIN_WORDS = (
    r"pounds?\b(?! of\b)|pence\b|cents\b|(?-i:p\b)|euros?\b|dollars?\b|libras esterlinas"
    r"|livres sterling|sterlin|paund|bảng anh|bảng\b"
    "|英镑|英鎊|镑|欧元|歐元|元|جنيه|ليرة|يورو|پوند|پونډ|پاوند|پاؤنڈ|یورو|ਪੌਂਡ|ਪਾਊਂਡ|পাউন্ড|পাউণ্ড"
    "|பவுண்ட்|ፓውንድ|ባውንድ|фунт"
)

# How a digit is read out on the telephone.
READ_DIGITS = unicodedata.normalize(
    "NFKC",
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|zéro|une?|deux|trois|quatre|cinq|sept"
    "|huit|neuf|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|um|dois|três|quatro|sete"
    "|oito|nove|meia|sıfır|bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|sifir|yek|du|sê|çar|pênc|şeş"
    "|heft|heşt|neh|një|dy|tre|katër|pesë|gjashtë|shtatë|tetë|nëntë|eber|kow|hal|laba|saddex|afar"
    "|shan|lix|toddoba|siddeed|sagaal|không|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|صفر|واحد|اثنان"
    "|اثنين|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة|یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|یو|دوه|درې|څلور"
    "|پنځه|شپږ|اووه|اته|نهه|سفر|یەک|دوو|سێ|چوار|پێنج|شەش|حەوت|هەشت|نۆ|ایک|تین|چار|پانچ|چھے?|سات"
    "|آٹھ|نو|ਸਿਫ਼ਰ|ਜ਼ੀਰੋ|ਇੱਕ|ਇਕ|ਦੋ|ਤਿੰਨ|ਚਾਰ|ਪੰਜ|ਛੇ|ਸੱਤ|ਅੱਠ|ਨੌਂ?|শূন্য|এক|দুই|তিন|চার|পাঁচ|ছয়|সাত|আট|নয়|பூஜ்ஜியம்"
    "|பூஜ்யம்|சுழியம்|ஒன்று|இரண்டு|மூன்று|நான்கு|ஐந்து|ஆறு|ஏழு|எட்டு|ஒன்பது|ባዶ|ሓደ|ክልተ|ሰለስተ|ኣርባዕተ|ሓሙሽተ|ሽዱሽተ"
    "|ሸውዓተ|ሸሞንተ|ትሽዓተ|ዜሮ|አንድ|ሁለት|ሦስት|ሶስት|አራት|አምስት|ስድስት|ሰባት|ስምንት|ዘጠኝ|ноль|нуль|один|два|три|четыре"
    "|пять|шесть|семь|восемь|девять|чотири|п.?ять|шість|сім|вісім|дев.?ять|शून्य|एक|दो|तीन|चार|पाँच"
    "|पांच|छह|सात|आठ|नौ",
)
_READ_OUT = (
    rf"(?<!\w)(?:{READ_DIGITS})(?:[\s,،.·–-]{{1,3}}(?:{READ_DIGITS})){{4,20}}(?!\w)"
    r"|[零〇○一二三四五六七八九幺]{5,20}"
)
HOUR_DIGITS, MINUTE_DIGITS = r"(?:[01]?\d|2[0-4])", r"[0-5]\d"
EMERGENCY_KIND = "an emergency number"
_KINDS = (
    (
        "a date",
        r"(?<!\d)\d{1,4}\s?([./\-–·])\s?\d{1,2}\s?\1\s?\d{1,4}(?!\d)"
        r"|(?<![\w-])(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,4}\s?[年月日號号](?!数|數)"
        r"|[一二三四五六七八九十]{1,2}月(?:初|廿)?[一二三四五六七八九十]{1,3}[日号號]?",
    ),
    ("a phone number", rf"\+?\d(?:{_GAP}\d){{5,20}}|{_READ_OUT}"),
    (EMERGENCY_KIND, rf"(?<!\d)(?:{EMERGENCY_NUMBERS})(?!\d)|\bnine[ -]nine[ -]nine\b"),
    (
        "a link",
        rf"\bh(?:tt|xx)ps?\b\s*:|(?<![a-z])w{{3}}[.。]\w|\bxn--\w"
        rf"|\b(?!\d{{1,63}}\.)[\w-]{{2,63}}\.(?-i:[a-z]{{2,24}}){_AFTER}"
        rf"|\b[\w-]{{1,63}}\.(?-i:{_ENDINGS.upper()}|{_ENDINGS.title()}"
        rf"|{_ENDINGS}|co|me|ly|gd|cc|gl|to|be){_AFTER}"
        rf"|\w\s\.(?:{_ENDINGS}){_AFTER}|[\w\u0900-\u0dff]{{1,63}}[.。](?:{FOREIGN_DOMAINS})(?!\w)"
        rf"|\w\s?[\[(]?\s?\b(?:{SPOKEN_DOT})\b\s?[\])]?\s?(?:{SPOKEN_ENDINGS})(?!\w)"
        rf"|\w point (?:com|org|uk|info)\b",
    ),
    (
        "an e-mail address",
        r"\S{0,64}\s?@\s?\S{1,64}|\w\s?[\[({]\s?(?:at|arroba|arobase|chez|ät)\s?[\])}]\s?\w+"
        r"|\w (?:arroba|arobase) \w",
    ),
    (
        "a time",
        rf"(?<![\d.:]){HOUR_DIGITS}\s?[:.٫h：]\s?{MINUTE_DIGITS}(?![\d%]|[.:]\d)"
        rf"|(?<!\d){HOUR_DIGITS}\s?(?:[ap]\.?m\b|o[’']?\s?clock|uhr\b|h\b|giờ\b|点|點)"
        rf"|(?:الساعة|ساعت|ساعە?ت|saet|\bat|saati)\s?(?<!\d){HOUR_DIGITS}(?!\d)",
    ),
    (
        "a price",
        rf"(?:{MONEY_SIGNS})\s?\d[\d.,]{{0,20}}|\d[\d.,]{{0,20}}\s?(?:{MONEY_SIGNS}|{COIN_WORDS})"
        rf"|\b(?:Rs|US\$)\.?\s?\d",
    ),
    ("a postcode", r"\b(?-i:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b"),
)
# What stands before a number that nobody dials.
_COUNTED = re.compile(
    r"(?:room|flat|house|page|section|article|form|floor|bus|route|platform|ward|unit|block"
    r"|building|box|chapter|paragraph|act)s?\s*\Z",
    re.IGNORECASE,
)
_PATTERNS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (*_KINDS, *spoken_literals.SPOKEN_KINDS)
)
_THOUSANDS = re.compile(r"(?<![\d+])[1-9]\d{0,2}(?:([.,'’])\d{3})(?:\1\d{3})?(?!\d|[.,'’]\d)")


def ascii_digits(text: str) -> str:
    """Return the text with the digits of every script as ASCII, without invisible characters."""
    seen = (char for char in text if not _is_invisible(char))
    return "".join(str(unicodedata.digit(char, char)) for char in seen)


def _is_invisible(char: str) -> bool:
    """Tell whether a character is a control, a variation selector or the box of a keycap digit."""
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or char == "\u20e3"


@lru_cache(CACHED_TEXTS)
def simple_text(text: str) -> str:
    """Return what a reader dials or types, in plain letters and ASCII digits.

    Tags are gone, and a placeholder is a ¶.
    """
    return ascii_digits(unicodedata.normalize("NFKC", _TAGS.sub("", PLACEHOLDER.sub(" ¶ ", text))))


@lru_cache(CACHED_TEXTS)
def literal_facts(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return kind, words and core (digits, then letters) of every fact in a text.

    >>> literal_facts("Call ٠١١٧ ٤٩٦ ٠١٢٣")
    (('a phone number', '0117 496 0123', '01174960123'),)
    """
    return tuple(_literal_facts(_THOUSANDS.sub("1", simple_text(text))))


def _literal_facts(simple: str) -> Iterator[tuple[str, str, str]]:
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(simple):
            if kind == EMERGENCY_KIND and _COUNTED.search(simple, 0, found.start()):
                continue
            words = found[0].strip()
            core = words.casefold()
            digits = "".join(filter(str.isdigit, words))
            # A currency sign is part of a price as its letters are.
            letters = (c for c in core if c.isalpha() or unicodedata.category(c) == "Sc")
            yield kind, words, digits + "".join(letters)
