"""Days, hours and prices as people say them, where no digit or sign gives them away.

Rows of patterns for `literals`.
"""

from __future__ import annotations

import unicodedata

_ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TEENS = "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_COUNTS = rf"(?:{_ONES}|{_TEENS}|(?:{_TENS})(?:[ -](?:{_ONES}))?|(?:a|one|two|five) hundred)"
# An hour of a clock face, in words or digits.
_CLOCK = rf"(?:{_ONES}|1[0-2]|[1-9])"
_HOUR = rf"(?:{_ONES}|[01]?\d|2[0-4])"
_UNTIL = r"(?:on|until|till|by|since|before|after|from)"
_MONTHS = r"(?-i:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_DAY_OF = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH_OF = r"(?:0?[1-9]|1[0-2])"
# What stands before “9 to 5” where that says hours; “3 to 5 people” are no hours.
_TIMED = (
    r"(?:open|opens|opened|here|there|closed|available|daily|weekdays|weekends|call|call us|ring"
    r"|phone|come|visit|day)"
)
# What follows a number that counts nothing.
_ENDS = r"(?=\s*(?:$|[.,;:!?)]|(?:on|at|in|every|each|daily|and|or|but|we|you)\b))"
_COINS = (
    r"(?:pounds?|dollars?|euros?|quid)\b(?! of\b|s?-)|pence\b|cents\b|livres sterling"
    r"|libras esterlinas|sterlin\b|euro\b|جنيهات|جنيهًا"
    "|يورو|ليرة|پوند|پونډ|پاوند|پاؤنڈ|یورو|ਪੌਂਡ|পাউন্ড|பவுண்டு?|பவுண்ட்|ፓውንድ|英镑|英鎊|欧元|歐元"
    "|bảng anh|paund|gini"
)
# How two and more are said; one is also “a”.
_NUMBERS = unicodedata.normalize(
    "NFKC",
    f"{_COUNTS}|deux|trois|quatre|cinq|sept|huit|neuf|dix|vingt|trente|cent|dos|tres|cuatro|cinco"
    f"|seis|siete|ocho|nueve|diez|veinte|cien"
    "|dois|duas|três|quatro|sete|oito|nove|dez|vinte|cem|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on"
    "|yirmi|elli|yüz|du|sê|çar|pênc|şeş|heft|heşt|neh|deh|dy|tre|katër|pesë|gjashtë|shtatë|tetë"
    "|nëntë|dhjetë|laba|saddex|afar|shan|lix|toddoba|siddeed|sagaal|toban|hai|ba|bốn|năm|sáu|bảy"
    "|tám|chín|mười|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة|عشرة|عشرين|خمسين|مئة|دو|سه|چهار|پنج|شش"
    "|هفت|هشت|نه|ده|بیست|پنجاه|صد|دوه|درې|څلور|پنځه|شپږ|اووه|اته|لس|دوو|سێ|چوار|پێنج|شەش|حەوت"
    "|هەشت|نۆ|تین|چار|پانچ|چھ|سات|آٹھ|نو|دس|بیس|پچاس|سو|ਦੋ|ਤਿੰਨ|ਚਾਰ|ਪੰਜ|ਛੇ|ਸੱਤ|ਅੱਠ|ਨੌਂ|ਦਸ|ਵੀਹ|দুই|তিন|চার"
    "|পাঁচ|ছয়|সাত|আট|নয়|দশ|বিশ|இரண்டு|மூன்று|நான்கு|ஐந்து|ஆறு|ஏழு|எட்டு|ஒன்பது|பத்து|ክልተ|ሰለስተ|ኣርባዕተ|ሓሙሽተ"
    "|ሽዱሽተ|ሸውዓተ|ሸሞንተ|ትሽዓተ|ዓሰርተ|ሁለት|ሦስት|ሶስት|አራት|አምስት|ስድስት|ሰባት|ስምንት|ዘጠኝ|አስር",
)
_HAN = "[一二两兩三四五六七八九十百]{1,4}"
_ORDINALS = "الواحدة|الثانية|الثالثة|الرابعة|الخامسة|السادسة|السابعة|الثامنة|التاسعة|العاشرة"
SPOKEN_KINDS = (
    (
        "a date",
        rf"(?<![\d.-]){_DAY_OF}(?:st|nd|rd|th)?[ .-]{{1,2}}{_MONTHS}(?!\w)"
        rf"|(?<!\w){_MONTHS}\s?{_DAY_OF}(?!\d|[.:]\d)|(?<![\d/.]){_DAY_OF}/0[1-9](?![\d/])"
        rf"|(?<![\d/.])0[1-9]/{_MONTH_OF}(?![\d/])|(?<![\d/.])(?:[12]\d|3[01])/1[0-2](?![\d/%])"
        rf"|\b(?:{_UNTIL}|le|el|am|dia|día|ngày|يوم) {_DAY_OF}([/.-]){_MONTH_OF}\1?{_ENDS}"
        rf"|(?<![\d.]){_DAY_OF}\.{_MONTH_OF}\.(?=\s+[a-z\d])"
        rf"|\bon the {_DAY_OF}(?:st|nd|rd|th)\b(?: of\b)?{_ENDS}"
        r"|\b(?:in|by|until|till|since|during|early|late|mid|next|last)[ -]"
        r"(?-i:January|February|July|September|October|November|December)\b"
        r"|\b(?:in|by|until|till|since|during|early|late|mid)[ -]"
        r"(?-i:March|April|May|June|August)\b",
    ),
    (
        "a time",
        rf"\bhalf[ -]past {_CLOCK}(?!\w)|\bat half {_CLOCK}(?!\w)"
        rf"|\bquarter[ -](?:past|to) {_CLOCK}(?!\w)|\b{_CLOCK} past {_CLOCK}\b"
        rf"|\b(?:at|by|until|till) {_CLOCK} to {_CLOCK}{_ENDS}|\b{_CLOCK} ?o['’]?clock\b"
        rf"|\b(?:{_ONES}) ?[ap]\.?m\b"
        rf"|\bat {_CLOCK} (?:in the (?:morning|afternoon|evening)|at night)\b"
        r"|\b(?:at|by|until|till|before|after|from) (?:noon|midday|midnight)\b"
        rf"|\b{_TIMED},? (?:from |between )?{_HOUR} ?(?:to|and|until|till|[-–]) ?{_HOUR}{_ENDS}"
        rf"|\bà (?:{_NUMBERS}|une) heures?\b"
        rf"|\b(?:a las|às) (?:{_NUMBERS}|uma|onze|once)\b(?! personas| pessoas)|\ba la una\b"
        rf"|\bà uma hora\b|\b(?:saat|saet|lúc|saacadda|në orën) (?:{_NUMBERS})(?!\w)"
        rf"|(?<!\w)(?:الساعة|بالساعة) (?:{_ORDINALS})(?!\w)|(?<!\w)ساعت (?:{_NUMBERS})(?!\w)"
        rf"|(?<!\w)(?:{_NUMBERS}|ایک|یوه|ਇੱਕ) ?(?:بجے|بجې|ਵਜੇ)(?!\w)|(?<!\w)ሰዓት (?:{_NUMBERS})(?!\w)"
        rf"|(?<!\w)(?:{_NUMBERS})টা(?:য়|য়)"
        rf"|(?:上午|中午|下午|晚上|早上|凌晨|傍晚)\s?{_HAN}[点點时時]|{_HAN}[点點](?:半|整|钟|鐘)",
    ),
    (
        "a price",
        rf"(?<!\w)(?:{_NUMBERS})[ -](?:{_COINS})|\d\s?cents\b|{_HAN}(?:英镑|英鎊|欧元|歐元)"
        rf"|\bfive[- ]pound notes?\b",
    ),
)
