r"""From a bad line of a PO file to the line that was meant, where that is nearly certain.

Nothing here is applied: the corrected line is shown to a person, who writes it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from functools import cache

from generator.catalogue.entry import ESCAPES, KEYWORDS, STRING, WORD

LONGEST = 400
"""A longer line is not shown: nobody would copy it."""
PAIRS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«",
    "”": "”",
    "″": "″",
    "＂": "＂",
    "‘": "’",
    "'": "'",
    "`": "`'",
    "「": "」",
}
"""Quotes that programs for letters put in place of straight ones, with those that close them."""
OPENS = '"' + "".join(PAIRS)
CLOSES = '"' + "".join(sorted(set("".join(PAIRS.values()))))
LINE = re.compile(
    r"(?P<mark>#?~\s*)?(?P<word>[^\W\d_][\w]*)?\s*(?:\[?\s*(?P<index>[0-9]{1,3})\s*\]|\[\s*(?P<open>[0-9]{1,3}))?\s*[:=]?\s*(?P<text>.*)"
)
NUMBERED = re.compile(r"(?:\\x[0-9a-fA-F]{2})+(?![0-9a-fA-F])|(?:\\[0-3][0-7]{2})+")
HIDDEN = "\ufeff\u200b\u200e\u200f\u2060"
"""Invisible characters that come along when a line is pasted."""
FUZZY = re.compile(r"[#,=\s.:;!~|*-]*([\w-]+)[\s,.;]*")
SECOND = re.compile(r'(?<=")\s*(msgctxt|msgid_plural|msgid|msgstr)(?=[\s\["])')


def mend(line: str) -> str:
    r"""Return the line that was meant, "" if that is not nearly certain; two lines where two were joined.

    >>> mend("msgsrt “Venez”")
    'msgstr "Venez"'
    >>> mend('msgstr "dis "non" vite')
    'msgstr "dis \\"non\\" vite"'
    >>> mend('| msgid "Go"'), mend("fuzzy"), mend("Venez")
    ('#| msgid "Go"', '#, fuzzy', '')
    """
    if len(line) > LONGEST or _readable(line):
        return ""
    bare = line.strip().strip(HIDDEN).strip()
    if flag := mend_flag(bare):
        return flag
    if bare.startswith(("#|", "|", "#~|", "~|")):
        mark, rest = bare.split("|", 1)
        return _worth(line, [f"{'#~' if '~' in mark else '#'}| {mend(rest) or rest.strip()}"])
    return _worth(line, _joined(bare) or [_one(bare)])


def _joined(line: str) -> list[str]:
    """Return the two lines of a line that holds two keywords."""
    found = SECOND.search(line)
    if not found:
        return []
    mark = "#~ " if line.startswith("#~") else ""
    return [_one(line[: found.start()]), _one(mark + line[found.start() :].strip())]


def _worth(line: str, meant: list[str]) -> str:
    """Return the lines if each can be read and something changed."""
    good = all(_readable(one) for one in meant) and meant != [line]
    return "\n".join(meant) if good and not meant[0].endswith(' ""') else ""


def _readable(line: str) -> bool:
    body = re.sub(r"^#~?\|\s*|^#~\s*", "", line)
    word = WORD.match(body)
    found = STRING.match(body[word.end() :] if word else body)
    return bool(found) and all(
        code in ESCAPES for code in re.findall(r"\\(.)", found[1] if found else "")
    )


def _one(line: str) -> str:
    found = LINE.match(line)
    word = keyword(found["word"] or "") if found else ""
    if found and found["word"] and not word:
        return f'"{line}' if line.count('"') == 1 and line.endswith('"') else ""
    if not found or found["text"][:1] in ("[", "]"):
        return ""
    text = found["text"]
    if word and (again := re.match(r"(\w+)\s+(?=\W)", text)) and keyword(again[1]) == word:
        text = text[again.end() :]
    if not text or not (word or text[0] in OPENS):
        return ""
    index = found["index"] or found["open"]
    name = f"{word}[{index}]" if index else word
    return ("#~ " if found["mark"] else "") + f"{name} {_string(text)}".strip()


def _string(text: str) -> str:
    """Return text between straight quotes, whatever stands around it now."""
    if re.fullmatch(r'("(?:[^"\\]|\\.)*"\s*){2,}', text):
        return '"' + "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text)) + '"'
    text = re.sub(r'(?<=["”»])\s*[,;\\]$', "", text)
    opened = text[0] if text[0] in OPENS else ""
    inside = text[1:] if opened else text
    if inside and inside[-1] in CLOSES and not _belongs(inside):
        inside = inside[:-1]
    if opened and opened != '"':
        inside = inside.strip()
    if (len(inside) > 1 and inside[0] == inside[-1] == '"') or inside.count('"') == 1:
        inside = inside.strip('"')
    return f'"{"".join(_escaped(inside))}"'


def _belongs(text: str) -> bool:
    """Whether the quote at the end of a text closes one that was opened inside it."""
    last = text[-1]
    openers = [char for char, closers in PAIRS.items() if last in closers and char != last]
    return any(char in text[:-1] for char in openers) and sum(
        text.count(char) for char in openers
    ) >= text.count(last)


def _escaped(text: str) -> Iterator[str]:
    """Yield a text with quotes and backslashes as they must be written."""
    text = NUMBERED.sub(_letters, text)
    place = 0
    while place < len(text):
        char, after = text[place], text[place + 1 : place + 2]
        if char != "\\":
            yield '\\"' if char == '"' else char
        elif after in ESCAPES:
            yield char + after
        elif after:
            yield {"x": "\\"}.get(
                after, "\\" if after in "01234567" else "\\\\" if after.isalnum() else ""
            ) + after
        place += 2 if char == "\\" else 1


def _letters(match: re.Match[str]) -> str:
    try:
        codes = match[0].split("\\")[1:]
        text = bytes(
            int(code[1:], 16) if code[0] == "x" else int(code, 8) for code in codes
        ).decode()
    except UnicodeDecodeError:
        return match[0]
    return text.replace("\\", "\\\\").replace('"', '\\"') if text.isprintable() else match[0]


def _near(words: Iterable[str]) -> dict[str, str]:
    """Return every spelling that is one slip away from one of the words alone, with that word."""
    found: dict[str, set[str]] = {}
    for word in words:
        cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
        letters = string.ascii_lowercase + "_"
        slips = {head + tail[1:] for head, tail in cuts if tail}
        slips |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
        slips |= {head + letter + tail[1:] for head, tail in cuts for letter in letters if tail}
        slips |= {head + letter + tail for head, tail in cuts for letter in letters}
        for slip in slips:
            found.setdefault(slip, set()).add(word)
    return {slip: words.pop() for slip, words in found.items() if len(words) == 1 and slip}


@cache
def _misspelt() -> dict[str, str]:
    return _near([*KEYWORDS, "fuzzy"]) | {word: word for word in (*KEYWORDS, "fuzzy")}


def keyword(word: str) -> str:
    """Return the keyword that was meant, "" for none.

    >>> keyword("MSGID"), keyword("msgsrt"), keyword("mgsid"), keyword("message")
    ('msgid', 'msgstr', 'msgid', '')
    """
    found = _misspelt().get(word.lower(), "")
    doubled = next((name for name in KEYWORDS if word.lower() == name * 2), "")
    return doubled or (found if found in KEYWORDS else "")


def mend_flag(line: str) -> str:
    """Return the flag line that was meant by a line in which `fuzzy` is misspelt or has lost its comma, "" for none.

    >>> mend_flag("#, fuzy"), mend_flag("# fuzzy"), mend_flag("#,no-wrap, Fuzzy"), mend_flag("#,fuzzy,"), mend_flag("# fuzzy words")
    ('#, fuzzy', '#, fuzzy', '#, no-wrap, fuzzy', '', '')
    """
    if line.startswith(("#,", "#=")):
        flags = [flag for flag in re.split(r"[\s,]+", line[2:]) if flag]
        meant = ["fuzzy" if _misspelt().get(flag.lower()) == "fuzzy" else flag for flag in flags]
        return f"{line[:2]} {', '.join(meant)}" if meant != flags else ""
    found = FUZZY.fullmatch(line) if len(line) < 40 else None
    return "#, fuzzy" if found and found[1].lower() == "fuzzy" else ""
