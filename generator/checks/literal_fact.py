"""No phone number, link, e-mail address, date, time, price or postcode typed into a sentence."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from generator.checks import Finding, Subject, check
from generator.core.text import NAME, SEEN

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
    r"pounds?\b|pence\b|(?-i:p\b)|euros?\b|dollars?\b|libras esterlinas|livres sterling|sterlin|paund|bảng anh|bảng\b"
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
KINDS = (
    (
        "a date",
        r"(?<!\d)\d{1,4}\s?([./\-–·])\s?\d{1,2}\s?\1\s?\d{1,4}(?!\d)|(?<![\w-])(?:19|20)\d\d(?!\d)"
        r"|(?<!\d)\d{1,4}\s?[年月日號号](?!数|數)|[一二三四五六七八九十]{1,2}月(?:初|廿)?[一二三四五六七八九十]{1,3}[日号號]?",
    ),
    ("a phone number", rf"\+?\d(?:{GAP}\d){{5,20}}|{READ_OUT}"),
    ("an emergency number", rf"(?<!\d)(?:{EMERGENCY})(?!\d)|\bnine[ -]nine[ -]nine\b"),
    (
        "a link",
        rf"\bh(?:tt|xx)ps?\b\s*:|(?<![a-z])w{{3}}[.。]\w|\bxn--\w"
        rf"|\b(?!\d{{1,63}}\.)[\w-]{{2,63}}\.(?-i:[a-z]{{2,24}}){AFTER}|\b[\w-]{{1,63}}\.(?-i:{ENDINGS.upper()}|{ENDINGS.title()}|{ENDINGS}|co|me|ly|gd|cc|gl|to|be){AFTER}"
        rf"|\w\s\.(?:{ENDINGS}){AFTER}|[\w\u0900-\u0dff]{{1,63}}[.。](?:{FOREIGN_ENDINGS})(?!\w)"
        rf"|\w\s?[\[(]?\s?\b(?:{DOT})\b\s?[\])]?\s?(?:{SPOKEN})(?!\w)|\w point (?:com|org|uk|info)\b",
    ),
    ("an e-mail address", r"\S{0,64}\s?@\s?\S{1,64}|\w\s?[\[({]\s?(?:at|arroba|arobase|chez|ät)\s?[\])}]\s?\w+|\w (?:arroba|arobase) \w"),
    (
        "a time",
        rf"(?<![\d.:]){HOUR}\s?[:.٫h：]\s?{MINUTE}(?![\d%]|[.:]\d)|(?<!\d){HOUR}\s?(?:[ap]\.?m\b|o[’']?\s?clock|uhr\b|h\b|giờ\b|点|點)"
        rf"|(?:الساعة|ساعت|ساعە?ت|saet|\bat|saati)\s?(?<!\d){HOUR}(?!\d)",
    ),
    ("a price", rf"(?:{MONEY})\s?\d[\d.,]{{0,20}}|\d[\d.,]{{0,20}}\s?(?:{MONEY}|{COINS})|\b(?:Rs|US\$)\.?\s?\d"),
    ("a postcode", r"\b(?-i:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b"),
)
PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in KINDS)
THOUSANDS = re.compile(r"(?<![\d+])[1-9]\d{0,2}(?:([.,'’])\d{3})(?:\1\d{3})?(?!\d|[.,'’]\d)")


def ascii_digits(text: str) -> str:
    """Return the text with the digits of every script as ASCII, without characters that nobody can see."""
    seen = (char for char in text if unicodedata.category(char) != "Cf" and not "\ufe00" <= char <= "\ufe0f" and char != "\u20e3")
    return "".join(char if (value := unicodedata.digit(char, None)) is None else str(value) for char in seen)


@lru_cache(SEEN)
def plain(text: str) -> str:
    """Return what a reader dials or types: no tags, no placeholders, compatibility forms and digits made simple."""
    return ascii_digits(unicodedata.normalize("NFKC", TAGS.sub("", NAME.sub(" ¶ ", text))))


@lru_cache(SEEN)
def facts(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return kind, words and core (digits, then letters) of every fact in a text.

    >>> facts("Call ٠١١٧ ٤٩٦ ٠١٢٣")
    (('a phone number', '0117 496 0123', '01174960123'),)
    """
    return tuple(_facts(text))


def _facts(text: str) -> Iterator[tuple[str, str, str]]:
    simple = THOUSANDS.sub("1", plain(text))
    for kind, pattern in PATTERNS:
        for found in pattern.finditer(simple):
            words = found[0].strip()
            digits = "".join(char for char in words if char.isdigit())
            letters = "".join(char for char in words.casefold() if char.isalpha() or unicodedata.category(char) == "Sc")
            yield kind, words, digits + letters


@check(
    why="A number in a sentence can be mistyped in one language and is missed when it changes; facts are data.",
    hint="put it into facts.yaml and write its name in braces",
    passes=(
        ("en", "Call {line}.", "Call {line}."),
        ("fr", "Calls 2 people.", "Appelle 2 personnes."),
        ("tr", "3 things", "3 şey"),
        ("es", "More than 20,000 people, 3 in 4 of us.", "Más de 20.000 personas, 3 de cada 4 de nosotros."),
        ("ar", "Day and night. Free.", "ليلًا ونهارًا. مجانًا."),
        ("vi", "It is free, e.g. for you.", "Miễn phí, v.v. cho bạn."),
        ("fr", "Wait… then come.", "Attendez...puis venez. Il y a un point net."),
        ("zh_Hans", "In 2 months", "2个月后"),
        ("zh_Hans", "One or two months, in the first month", "一二个月，一个月，一月"),
        ("fr", "One, two or three people", "Un, deux, trois ou quatre personnes"),
        ("es", "Pages 0, 90, 180 and 270", "Páginas 0, 90, 180, 270"),
        ("fr", "Call 0117 496 0123.", "Appelez le 0117-496-0123."),
        ("fa", "Call 0117 496 0123.", "با ۰۱۱۷۴۹۶۰۱۲۳ تماس بگیرید."),
    ),
    fails=(
        ("en", "Call 0808 801 0503.", "Call 0808 801 0503."),
        ("ar", "Call {line}.", "اتصلوا ٠٨٠٨٨٠١٠٥٠٣ أو {line}."),
        ("ar", "Call 0117 496 0123.", "اتصلوا بالرقم ٠١١٧ ٤٩٦ ٠١٣٢."),
        ("fr", "Call {line}.", "Appelez {line} ou le 999."),
        ("fr", "Call {line}.", "Appelez {line} ou le 9-9-9."),
        ("fr", "Call {line}.", "{line} : 0117 <b>496</b> 0123"),
        ("fr", "Call {line}.", "{line} : 01\u200b17\u00ad496\u200e0123"),
        ("zh_Hans", "Call {line}.", "请拨打{line}或０１１７－４９６－０１２３。"),
        ("fr", "Call {line}.", "{line}, 07.70.09.00.12"),
        ("fr", "Call {line}.", "{line} (+44) 117/496/0123"),
        ("bn", "Call {line}.", "{line} বা ০১১৭ ৪৯৬ ০১২৩ নম্বরে ফোন করুন।"),
        ("fr", "Call {line}.", "{line}, zéro sept neuf quatre six neuf"),
        ("ar", "Call {line}.", "{line} صفر سبعة تسعة أربعة ستة تسعة"),
        ("pa", "Call {line}.", "{line} ਸਿਫ਼ਰ ਸੱਤ ਨੌਂ ਚਾਰ ਛੇ ਨੌਂ"),
        ("zh_Hans", "Call {line}.", "{line}零七九四六九"),
        ("zh_Hans", "Come.", "四月二十日请来。"),
        ("fr", "See {web}.", "Voir {web} ou exemple.org."),
        ("fr", "See {web}.", "Voir {web} ou bit.ly/3x."),
        ("zh_Hans", "See {web}.", "请看{web}或example.solidarity网站。"),
        ("fr", "See {web}.", "Voir {web} ou aide.solidaire."),
        ("fr", "See {web}.", "Voir {web} ou hxxps://exemple"),
        ("fr", "See {web}.", "Voir {web} ou exemple point com."),
        ("es", "See {web}.", "Vea {web} o ejemplo (punto) org."),
        ("uk", "See {web}.", "Дивіться {web} або допомога.укр."),
        ("zh_Hans", "See {web}.", "请看{web}或www。example。com。"),
        ("es", "Write to {mail}.", "Escriba a {mail} o a@b.es."),
        ("es", "Write to {mail}.", "Escriba a {mail} o ayuda＠ejemplo"),
        ("es", "Write to {mail}.", "Escriba a {mail} o ayuda [at] ejemplo."),
        ("en", "On 20/03/2027", "On 20/03/2027"),
        ("fr", "Come.", "Venez le 20.3.27."),
        ("zh_Hans", "Come.", "3月20日请来。"),
        ("en", "At 18:00", "At 18:00"),
        ("fr", "Come.", "Venez à 18 h 30."),
        ("en", "Come at 6 pm.", "Come at 6 pm."),
        ("ar", "Come.", "تعالوا الساعة ٦."),
        ("en", "It costs £5.", "It costs £5."),
        ("tr", "It is free.", "5 sterlin."),
        ("fa", "It is free.", "۵ پوند."),
        ("en", "Come to BS1 4ST.", "Come to BS1 4ST."),
    ),
    on="both",
)
def literal_fact(subject: Subject) -> Iterator[Finding]:
    """Does the sentence type out what belongs into the facts?"""
    known = set() if subject.msgid == subject.msgstr else {(kind, core) for kind, _, core in facts(subject.msgid)}
    seen = set()
    for kind, words, core in facts(subject.msgstr):
        if (kind, core) not in known and kind not in seen:
            seen.add(kind)
            yield f"{kind} stands in the text: {words!r}"
