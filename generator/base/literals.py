"""What in a text is a number, link, address, date, time or price, in the digits and words of every script."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from generator.base import spoken_literals
from generator.base.message_text import CACHED_TEXTS, PLACEHOLDER

TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
GAP = r"(?:[\s().:/·•*_~'’|–—−-]|[,;](?!\s)){0,3}"
"""What may part the digits of a phone number."""
ENDINGS = "com|org|net|uk|info"
AFTER = r"(?![a-z\d_\u00c0-\u024f-])"
"""A Latin name ends where another script begins."""
FOREIGN_ENDINGS = (
    "рф|рус|укр|бел|срб|мкд|бг|мон|қаз|ком|орг|онлайн|сайт|ευ|ελ|հայ|գե|გე|中国|中國|香港|台灣|公司|网络|网址|भारत|संगठन|ভারত|বাংলা|ਭਾਰਤ|ભારત|భారత్"
    "|இந்தியா|இலங்கை|ලංකා|ไทย|ລາວ|امارات|ایران|ايران|السعودية|مصر|عمان|شبكة|موقع|قطر|فلسطين|سوريا|سورية|العراق|عراق|المغرب|الجزائر|تونس"
    "|پاکستان|پاكستان|بھارت|السودان|الاردن|اليمن"
)
"""Top domains that are written in other scripts."""
DOT = "dot|punto|ponto|nokta|pik[eë]|chấm|nuqta|нокта|точка|крапка|نقطة|نقطه|دات|ڈاٹ|خاڵ|ডট|ਡਾਟ|ਡੌਟ|டாட்|புள்ளி|ነጥብ|点|點"
SPOKEN = "com|org|net|uk|co|info|ком|орг|كوم|کام|کوم|কম|ਕਾਮ|ਕੌਮ|காம்|ኮም"
EMERGENCY = r"9[\s.-]?9[\s.-]?9|9[\s.-]?1[\s.-]?1|1[\s.-]?1[\s.-]?[12]|1[\s.-]?0[\s.-]?1|1\s?1\s?6[\s.-]?\d{3}|18000"
MONEY = r"[$¢£¤¥֏؋৲৳৻૱௹฿៛₠-⃀]|\b(?:GBP|EUR|USD)\b"
COINS = (
    r"pounds?\b(?! of\b)|pence\b|cents\b|(?-i:p\b)|euros?\b|dollars?\b|libras esterlinas|livres sterling|sterlin|paund|bảng anh|bảng\b"
    "|英镑|英鎊|镑|欧元|歐元|元|جنيه|ليرة|يورو|پوند|پونډ|پاوند|پاؤنڈ|یورو|ਪੌਂਡ|ਪਾਊਂਡ|পাউন্ড|পাউণ্ড|பவுண்ட்|ፓውንድ|ባውንድ|фунт"
)
DIGITS = unicodedata.normalize(
    "NFKC",
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|zéro|une?|deux|trois|quatre|cinq|sept|huit|neuf|cero|uno|dos|tres|cuatro|cinco|seis"
    "|siete|ocho|nueve|um|dois|três|quatro|sete|oito|nove|meia|sıfır|bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|sifir|yek|du|sê|çar|pênc|şeş|heft"
    "|heşt|neh|një|dy|tre|katër|pesë|gjashtë|shtatë|tetë|nëntë|eber|kow|hal|laba|saddex|afar|shan|lix|toddoba|siddeed|sagaal|không|một|hai|ba"
    "|bốn|năm|sáu|bảy|tám|chín|صفر|واحد|اثنان|اثنين|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة|یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|یو|دوه|درې|څلور|پنځه"
    "|شپږ|اووه|اته|نهه|سفر|یەک|دوو|سێ|چوار|پێنج|شەش|حەوت|هەشت|نۆ|ایک|تین|چار|پانچ|چھے?|سات|آٹھ|نو|ਸਿਫ਼ਰ|ਜ਼ੀਰੋ|ਇੱਕ|ਇਕ|ਦੋ|ਤਿੰਨ|ਚਾਰ|ਪੰਜ|ਛੇ|ਸੱਤ|ਅੱਠ|ਨੌਂ?"
    "|শূন্য|এক|দুই|তিন|চার|পাঁচ|ছয়|সাত|আট|নয়|பூஜ்ஜியம்|பூஜ்யம்|சுழியம்|ஒன்று|இரண்டு|மூன்று|நான்கு|ஐந்து|ஆறு|ஏழு|எட்டு|ஒன்பது|ባዶ|ሓደ|ክልተ|ሰለስተ|ኣርባዕተ|ሓሙሽተ"
    "|ሽዱሽተ|ሸውዓተ|ሸሞንተ|ትሽዓተ|ዜሮ|አንድ|ሁለት|ሦስት|ሶስት|አራት|አምስት|ስድስት|ሰባት|ስምንት|ዘጠኝ|ноль|нуль|один|два|три|четыре|пять|шесть|семь|восемь|девять"
    "|чотири|п.?ять|шість|сім|вісім|дев.?ять|शून्य|एक|दो|तीन|चार|पाँच|पांच|छह|सात|आठ|नौ",
)
"""How a digit is read out on the telephone."""
READ_OUT = rf"(?<!\w)(?:{DIGITS})(?:[\s,،.·–-]{{1,3}}(?:{DIGITS})){{4,20}}(?!\w)|[零〇○一二三四五六七八九幺]{{5,20}}"
HOUR, MINUTE = r"(?:[01]?\d|2[0-4])", r"[0-5]\d"
DIALLED = "an emergency number"
KINDS = (
    (
        "a date",
        r"(?<!\d)\d{1,4}\s?([./\-–·])\s?\d{1,2}\s?\1\s?\d{1,4}(?!\d)|(?<![\w-])(?:19|20)\d\d(?!\d)"
        r"|(?<!\d)\d{1,4}\s?[年月日號号](?!数|數)|[一二三四五六七八九十]{1,2}月(?:初|廿)?[一二三四五六七八九十]{1,3}[日号號]?",
    ),
    ("a phone number", rf"\+?\d(?:{GAP}\d){{5,20}}|{READ_OUT}"),
    (DIALLED, rf"(?<!\d)(?:{EMERGENCY})(?!\d)|\bnine[ -]nine[ -]nine\b"),
    (
        "a link",
        rf"\bh(?:tt|xx)ps?\b\s*:|(?<![a-z])w{{3}}[.。]\w|\bxn--\w"
        rf"|\b(?!\d{{1,63}}\.)[\w-]{{2,63}}\.(?-i:[a-z]{{2,24}}){AFTER}|\b[\w-]{{1,63}}\.(?-i:{ENDINGS.upper()}|{ENDINGS.title()}|{ENDINGS}|co|me|ly|gd|cc|gl|to|be){AFTER}"
        rf"|\w\s\.(?:{ENDINGS}){AFTER}|[\w\u0900-\u0dff]{{1,63}}[.。](?:{FOREIGN_ENDINGS})(?!\w)"
        rf"|\w\s?[\[(]?\s?\b(?:{DOT})\b\s?[\])]?\s?(?:{SPOKEN})(?!\w)|\w point (?:com|org|uk|info)\b",
    ),
    (
        "an e-mail address",
        r"\S{0,64}\s?@\s?\S{1,64}|\w\s?[\[({]\s?(?:at|arroba|arobase|chez|ät)\s?[\])}]\s?\w+|\w (?:arroba|arobase) \w",
    ),
    (
        "a time",
        rf"(?<![\d.:]){HOUR}\s?[:.٫h：]\s?{MINUTE}(?![\d%]|[.:]\d)|(?<!\d){HOUR}\s?(?:[ap]\.?m\b|o[’']?\s?clock|uhr\b|h\b|giờ\b|点|點)"
        rf"|(?:الساعة|ساعت|ساعە?ت|saet|\bat|saati)\s?(?<!\d){HOUR}(?!\d)",
    ),
    (
        "a price",
        rf"(?:{MONEY})\s?\d[\d.,]{{0,20}}|\d[\d.,]{{0,20}}\s?(?:{MONEY}|{COINS})|\b(?:Rs|US\$)\.?\s?\d",
    ),
    ("a postcode", r"\b(?-i:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b"),
)
COUNTED = re.compile(
    r"(?:room|flat|house|page|section|article|form|floor|bus|route|platform|ward|unit|block|building|box|chapter|paragraph|act)s?\s*\Z",
    re.IGNORECASE,
)
"""What stands before a number that nobody dials."""
PATTERNS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in (*KINDS, *spoken_literals.KINDS)
)
THOUSANDS = re.compile(r"(?<![\d+])[1-9]\d{0,2}(?:([.,'’])\d{3})(?:\1\d{3})?(?!\d|[.,'’]\d)")


def ascii_digits(text: str) -> str:
    """Return the text with the digits of every script as ASCII, without characters that nobody can see."""
    seen = (
        char
        for char in text
        if unicodedata.category(char) != "Cf"
        and not "\ufe00" <= char <= "\ufe0f"
        and char != "\u20e3"
    )
    return "".join(
        char if (value := unicodedata.digit(char, None)) is None else str(value) for char in seen
    )


@lru_cache(CACHED_TEXTS)
def simple_text(text: str) -> str:
    """Return what a reader dials or types: no tags, no placeholders, compatibility forms and digits made simple."""
    return ascii_digits(unicodedata.normalize("NFKC", TAGS.sub("", PLACEHOLDER.sub(" ¶ ", text))))


@lru_cache(CACHED_TEXTS)
def literal_facts(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return kind, words and core (digits, then letters) of every fact in a text.

    >>> literal_facts("Call ٠١١٧ ٤٩٦ ٠١٢٣")
    (('a phone number', '0117 496 0123', '01174960123'),)
    """
    return tuple(_facts(text))


def _facts(text: str) -> Iterator[tuple[str, str, str]]:
    simple = THOUSANDS.sub("1", simple_text(text))
    for kind, pattern in PATTERNS:
        for found in pattern.finditer(simple):
            if kind == DIALLED and COUNTED.search(simple, 0, found.start()):
                continue
            words = found[0].strip()
            digits = "".join(char for char in words if char.isdigit())
            letters = "".join(
                char
                for char in words.casefold()
                if char.isalpha() or unicodedata.category(char) == "Sc"
            )
            yield kind, words, digits + letters
