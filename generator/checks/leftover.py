"""Nothing left over from a tool: codes, marks, broken encodings, a machine's chatter."""

import re

from generator.checks import Findings, Rule, Subject

_TAIL = "".join(
    bytes([code]).decode("cp1252", "replace").replace("\ufffd", chr(code))
    for code in range(0x80, 0xC0)
)
# What the later bytes of a UTF-8 letter look like when they are read as Windows-1252.
#
# Without marks that may follow a letter.
_SURE = "".join(char for char in _TAIL if char not in "\u00a0«»“”‘’…–—•")
_SIGNS = "€‚ƒ„†‡ˆ‰‹Œ™›œ¢£¤¥¦§¨©¬®¯°±²³´µ¶¸¹¼½¾"
# What the later bytes of an Arabic letter look like in Windows-1256.
#
# Signs follow no letter; letters may.
_LETTERS = "پٹچژڈگکڑںھ"
_ARABIC = rf"[طظعغ][{_SIGNS}]|(?:[طظعغ][{_SIGNS}{_LETTERS}‘’“”•–—،؛؟«»]){{3}}"
# Letters of an old code page: a capital or a sign inside a word.
#
# Irish writes h, n and t before a capital.
_DOS = (
    r"(?<=[a-z])(?:(?<!\b[hnt])[ÁÉÍÓÚ]|[ÀÂ-ÈÊ-ÌÎ-ÒÔ-ÖØÙÛ-Þ])(?=[a-zà-ÿ])|(?<=[a-zA-Z])[¢£¤¥¦§©¬®¯°±µ¶¸¹¼½¾¿¡÷─-▟](?=[a-z])"
    r"|(?<=[a-z])[─-▟¶¨¯¸]|[─-▟¦÷](?=[a-z])"
)
# What machines write before a translation.
_LABELS = (
    "translation|translated text|here is the translation|traduction|traducción|tradução|traduzione"
    "|übersetzung|çeviri|bản dịch"
    "|përkthimi|turjumaad|turjumid|werger|перевод|переклад|الترجمة|ترجمة|ترجمه|ترجمہ|ژباړه|وەرگێڕان"
    "|অনুবাদ|ਅਨੁਵਾਦ|மொழிபெயர்ப்பு"
    "|अनुवाद|ትርጉም|译文|翻译|譯文|翻譯"
)
_CHATTER = (
    rf"\A\W*(?:{_LABELS})\s*[:：]|\b(?:sure|certainly|of course)\b[,!.]? .{{0,30}}\btranslat"
    r"|\bhere(?: is|['’]s) (?:the|your|a) .{0,20}translation|\bas an ai\b|language model"
    r"|\bi (?:cannot|can['’]t|am unable to) translate"
    r"|\bvoici (?:la|une|votre) traduction|\baqu[ií] (?:está|tienes?|tiene) la tradu"
    r"|\bi hope this helps|^note:.*translat"
    r"|以下是.{0,8}翻译|إليك الترجمة|translator['’]?s? note|\bN\.\s?d\.\s?T\b"
)
_KINDS = (
    ("an HTML code", re.compile(r"&(?:#x?[0-9a-f]+|[a-z]{2,8}\d{0,2});", re.IGNORECASE)),
    (
        "a program's placeholder",
        re.compile(
            r"%\(\w+\)\w?|%\d*\$?[sdif](?![^\W\d_])|\$\{?\w*\{?\w+\}|\{\{|\}\}|\{\d*\}|\$[a-z]\w+|%%\w+%%|__\w+__"
        ),
    ),
    (
        "a mark of Markdown",
        re.compile(
            r"\*\*|(?<!\w)__|__(?!\w)|``|`[^`\s][^`]*`|^\s*#{1,6}\s|\]\(|(?<!\w)\*\w[^*]*\w\*(?!\w)"
        ),
    ),
    (
        "a typed code",
        re.compile(r"\\(?:[nrt\"']|u[0-9a-f]{4}|x[0-9a-f]{2}|U[0-9a-f]{8})", re.IGNORECASE),
    ),
    (
        "a note to do",
        re.compile(
            r"\b(?:FIXME|XXX+|TBD|TKTK|T0DO)\b|\bTODO\b(?=\s*(?:[:(\])\-]|$|translat|check|fix))|\?{3,}|？{3,}|¿{2,}|_{3,}"
        ),
    ),
    (
        "a broken letter",
        re.compile(
            rf"{_ARABIC}|{_DOS}|(?<!\w)Ã[–—](?=[a-z])|\ufffd|ï»¿|[Â-ß][{re.escape(_SURE)}]|â€|(?<=[a-z])[Â-Þ](?![a-zà-ÿ])|[Â-Þ][«»“”‘•](?=\w)"
            rf"|[à-ï](?:[{re.escape(_SURE)}][{re.escape(_TAIL)}]|[{re.escape(_TAIL)}][{re.escape(_SURE)}])"
        ),
    ),
    ("a note in square brackets", re.compile(r"\[[^\]]*\]?|【[^】]*】?")),
    ("words of the translating machine", re.compile(_CHATTER, re.IGNORECASE)),
)


@Rule(
    why="What a tool left behind prints as it stands, in front of somebody who needs help.",
    hint="delete it; write only what the English says",
    passes=(
        ("fr", "Tea & food, 100 % free", "Thé & repas, gratuit à 100 %"),
        ("es", "Everyone is welcome.", "TODO el mundo es bienvenido."),
        ("fr", "“CAFÉ” – come", "«\u00a0CAFÉ\u00a0» – venez, «CAFÉ», É… À»"),
        ("vi", "We agree. You too?", "Chúng tôi đồng ý. Còn bạn? ÂÃ"),
        ("tr", "50 of 100", "%50'si ve %de"),
        ("ar", "The lesson is free.", "الدرس «مجاني»، وطريق عكس، موقع: ع."),
        ("fa", "photo, poetry", "عکس، شعر، عکاس"),
        ("en", "Sinn Féin na hÉireann", ""),
        ("fr", "Translation at the meeting", "Traduction à la réunion"),
        ("fr", "[Name]", "[Nom]"),
    ),
    fails=(
        ("fr", "Tea & food", "Thé &amp; repas"),
        ("fr", "Our help", "L&#39;aide"),
        ("fr", "Call {line}.", "Appelez %s."),
        ("fr", "Call {line}.", "Appelez %(line)s."),
        ("fr", "Call {line}.", "Appelez ${line}."),
        ("fr", "Call {line}.", "Appelez {{line}}."),
        ("fr", "<b>Free</b>", "**Gratuit**"),
        ("fr", "Free", "`Gratuit`"),
        ("fr", "Stay. Wait.", "Restez.\\nAttendez."),
        ("fr", "Our help", "L\\u0027aide"),
        ("fr", "Our help", "Notre aide TODO: relire"),
        ("fr", "Our help", "Notre ??? gratuite"),
        ("en", "Our help TODO", ""),
        ("fr", "Our help", "Notre aid\ufffd"),
        ("fr", "Freed", "LibÃ©rÃ©s"),
        ("fr", "Our help", "Lâ€™aide"),
        ("vi", "The day", "NgÃ\u00a0y"),
        ("vi", "Do not", "Ä‘á»«ng"),
        ("ar", "Come", "ØªØ¹Ø§Ù„ÙˆØ§"),
        ("fr", "Easy to reach", "Facile dÆaccÞs"),
        ("fr", "Hostel", "H¶tel"),
        ("fr", "A doctor", "Un mÚdecin"),
        ("tr", "Before you give it", "Vermeden ÷nce"),
        ("tr", "Ask first", "Ã–nce bize sorun"),
        ("ur", "Phone", "ظپظˆظ†"),
        ("fa", "Why", "ع†ط±ط§"),
        ("ar", "Languages", "ط§ظ„ظ„ط؛ط§طھ"),
        ("uk", "Come", "ÐŸÑ€Ð¸Ñ…Ð¾Ð´ÑŒ"),
        ("fr", "Our help", "Notre aide [translation needed]"),
        ("fr", "Our help", "Sure, here is the translation: Notre aide"),
        ("fr", "Our help", "Traduction : Notre aide"),
        ("zh_Hans", "Our help", "翻译：我们的帮助"),
        ("fr", "Our help", "As an AI, I cannot translate this."),
    ),
    on="both",
)
def leftover(subject: Subject) -> Findings:
    """Is there anything that no person would write on a leaflet?"""
    for what, pattern in _KINDS:
        found = pattern.search(subject.msgstr)
        if not found:
            continue
        if subject.is_source:
            wrong = not found[0].startswith(("[", "{"))
        else:
            wrong = not pattern.search(subject.msgid)
        if wrong:
            yield f"{what}: {found[0]!r}"
