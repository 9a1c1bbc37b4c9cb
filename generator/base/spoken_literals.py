"""Days, hours and prices as people say them, where no digit or sign gives them away: rows of patterns for `core.literals`."""

from __future__ import annotations

import unicodedata

ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
TEENS = "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
SAID = rf"(?:{ONES}|{TEENS}|(?:{TENS})(?:[ -](?:{ONES}))?|(?:a|one|two|five) hundred)"
CLOCK = rf"(?:{ONES}|1[0-2]|[1-9])"
"""An hour of a clock face, in words or digits."""
HOUR = rf"(?:{ONES}|[01]?\d|2[0-4])"
UNTIL = r"(?:on|until|till|by|since|before|after|from)"
MONTHS = r"(?-i:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
DAY_OF = r"(?:0?[1-9]|[12]\d|3[01])"
MONTH_OF = r"(?:0?[1-9]|1[0-2])"
TIMED = r"(?:open|opens|opened|here|there|closed|available|daily|weekdays|weekends|call|call us|ring|phone|come|visit|day)"
"""What stands before “9 to 5” where that says hours; “3 to 5 people” are no hours."""
ENDS = r"(?=\s*(?:$|[.,;:!?)]|(?:on|at|in|every|each|daily|and|or|but|we|you)\b))"
"""What follows a number that counts nothing."""
COINS = (
    r"(?:pounds?|dollars?|euros?|quid)\b(?! of\b|s?-)|pence\b|cents\b|livres sterling|libras esterlinas|sterlin\b|euro\b|جنيهات|جنيهًا"
    "|يورو|ليرة|پوند|پونډ|پاوند|پاؤنڈ|یورو|ਪੌਂਡ|পাউন্ড|பவுண்டு?|பவுண்ட்|ፓውንድ|英镑|英鎊|欧元|歐元|bảng anh|paund|gini"
)
NUMBERS = unicodedata.normalize(
    "NFKC",
    f"{SAID}|deux|trois|quatre|cinq|sept|huit|neuf|dix|vingt|trente|cent|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|veinte|cien"
    "|dois|duas|três|quatro|sete|oito|nove|dez|vinte|cem|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|yirmi|elli|yüz|du|sê|çar|pênc|şeş|heft|heşt|neh|deh"
    "|dy|tre|katër|pesë|gjashtë|shtatë|tetë|nëntë|dhjetë|laba|saddex|afar|shan|lix|toddoba|siddeed|sagaal|toban|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
    "|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة|عشرة|عشرين|خمسين|مئة|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|بیست|پنجاه|صد|دوه|درې|څلور|پنځه|شپږ|اووه|اته|لس"
    "|دوو|سێ|چوار|پێنج|شەش|حەوت|هەشت|نۆ|تین|چار|پانچ|چھ|سات|آٹھ|نو|دس|بیس|پچاس|سو|ਦੋ|ਤਿੰਨ|ਚਾਰ|ਪੰਜ|ਛੇ|ਸੱਤ|ਅੱਠ|ਨੌਂ|ਦਸ|ਵੀਹ"
    "|দুই|তিন|চার|পাঁচ|ছয়|সাত|আট|নয়|দশ|বিশ|இரண்டு|மூன்று|நான்கு|ஐந்து|ஆறு|ஏழு|எட்டு|ஒன்பது|பத்து"
    "|ክልተ|ሰለስተ|ኣርባዕተ|ሓሙሽተ|ሽዱሽተ|ሸውዓተ|ሸሞንተ|ትሽዓተ|ዓሰርተ|ሁለት|ሦስት|ሶስት|አራት|አምስት|ስድስት|ሰባት|ስምንት|ዘጠኝ|አስር",
)
"""How two and more are said; one is also “a”."""
HAN = "[一二两兩三四五六七八九十百]{1,4}"
ORDINALS = "الواحدة|الثانية|الثالثة|الرابعة|الخامسة|السادسة|السابعة|الثامنة|التاسعة|العاشرة"
KINDS = (
    (
        "a date",
        rf"(?<![\d.-]){DAY_OF}(?:st|nd|rd|th)?[ .-]{{1,2}}{MONTHS}(?!\w)|(?<!\w){MONTHS}\s?{DAY_OF}(?!\d|[.:]\d)"
        rf"|(?<![\d/.]){DAY_OF}/0[1-9](?![\d/])|(?<![\d/.])0[1-9]/{MONTH_OF}(?![\d/])|(?<![\d/.])(?:[12]\d|3[01])/1[0-2](?![\d/%])"
        rf"|\b(?:{UNTIL}|le|el|am|dia|día|ngày|يوم) {DAY_OF}([/.-]){MONTH_OF}\1?{ENDS}|(?<![\d.]){DAY_OF}\.{MONTH_OF}\.(?=\s+[a-z\d])"
        rf"|\bon the {DAY_OF}(?:st|nd|rd|th)\b(?: of\b)?{ENDS}"
        r"|\b(?:in|by|until|till|since|during|early|late|mid|next|last)[ -]"
        r"(?-i:January|February|July|September|October|November|December)\b"
        r"|\b(?:in|by|until|till|since|during|early|late|mid)[ -](?-i:March|April|May|June|August)\b",
    ),
    (
        "a time",
        rf"\bhalf[ -]past {CLOCK}(?!\w)|\bat half {CLOCK}(?!\w)|\bquarter[ -](?:past|to) {CLOCK}(?!\w)|\b{CLOCK} past {CLOCK}\b"
        rf"|\b(?:at|by|until|till) {CLOCK} to {CLOCK}{ENDS}|\b{CLOCK} ?o['’]?clock\b|\b(?:{ONES}) ?[ap]\.?m\b"
        rf"|\bat {CLOCK} (?:in the (?:morning|afternoon|evening)|at night)\b"
        r"|\b(?:at|by|until|till|before|after|from) (?:noon|midday|midnight)\b"
        rf"|\b{TIMED},? (?:from |between )?{HOUR} ?(?:to|and|until|till|[-–]) ?{HOUR}{ENDS}"
        rf"|\bà (?:{NUMBERS}|une) heures?\b|\b(?:a las|às) (?:{NUMBERS}|uma|onze|once)\b(?! personas| pessoas)|\ba la una\b|\bà uma hora\b"
        rf"|\b(?:saat|saet|lúc|saacadda|në orën) (?:{NUMBERS})(?!\w)|(?<!\w)(?:الساعة|بالساعة) (?:{ORDINALS})(?!\w)"
        rf"|(?<!\w)ساعت (?:{NUMBERS})(?!\w)"
        rf"|(?<!\w)(?:{NUMBERS}|ایک|یوه|ਇੱਕ) ?(?:بجے|بجې|ਵਜੇ)(?!\w)|(?<!\w)ሰዓት (?:{NUMBERS})(?!\w)|(?<!\w)(?:{NUMBERS})টা(?:য়|য়)"
        rf"|(?:上午|中午|下午|晚上|早上|凌晨|傍晚)\s?{HAN}[点點时時]|{HAN}[点點](?:半|整|钟|鐘)",
    ),
    (
        "a price",
        rf"(?<!\w)(?:{NUMBERS})[ -](?:{COINS})|\d\s?cents\b|{HAN}(?:英镑|英鎊|欧元|歐元)|\bfive[- ]pound notes?\b",
    ),
)
