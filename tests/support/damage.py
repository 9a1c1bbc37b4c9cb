"""Slips that hands, editors and tools make in catalogues: each takes bytes and a seeded random source and gives bytes."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Slip = Callable[[bytes, random.Random], bytes]
SLIPS: dict[str, Slip] = {}
"""Every kind of damage by name; a kind that finds nothing to break gives the bytes back unchanged."""


FOREIGN = (
    '#~ msgctxt "gone"\n#~ msgid "Gone {x}"\n#~ msgstr "Parti"\n',
    '#, fuzzy\n#~| msgid "We go"\n#~ msgctxt "went"\n#~ msgid "We went"\n#~ msgstr "Nous"\n',
    '#| msgctxt "old"\n#| msgid ""\n#| "Old "\n#| "text"\nmsgctxt "new"\nmsgid "New text"\nmsgstr ""\n"Texte "\n"nouveau"\n',
    '#= fuzzy\n#, no-wrap\nmsgid "One line\\n"\nmsgstr "Une ligne\\n"\n',
    "# the end\n",
)
"""Entries that other tools leave in catalogues."""


def sample(data: bytes, chance: random.Random) -> bytes:
    """Return a smaller catalogue: its header, a few of its entries, sometimes without fuzzy, sometimes with entries of other tools."""
    header, *entries = data.rstrip(b"\n").split(b"\n\n")
    blocks = [header, *chance.sample(entries, min(len(entries), chance.randint(2, 6)))]
    blocks += [text.rstrip("\n").encode() for text in FOREIGN if chance.random() < 0.25]
    text = b"\n\n".join(blocks) + b"\n"
    return text.replace(b"#, fuzzy\n", b"") if chance.random() < 0.6 else text


def slip(change: Slip) -> Slip:
    """Register a kind of damage under its function's name."""
    SLIPS[change.__name__.replace("_", " ")] = change
    return change


def damaged(data: bytes, names: list[str], chance: random.Random) -> bytes:
    """Return data after the named slips, one after the other."""
    for name in names:
        data = SLIPS[name](data, chance)
    return data


def pick(data: bytes, pattern: bytes, chance: random.Random) -> tuple[list[bytes], int]:
    """Return the lines of a file and the number of a random line that matches, -1 for none."""
    lines = data.split(b"\n")
    found = [number for number, line in enumerate(lines) if re.search(pattern, line)]
    return lines, chance.choice(found) if found else -1


def on_line(pattern: str, change: Callable[[bytes, random.Random], bytes]) -> Slip:
    """Return a slip that changes one random line among those that match."""

    def run(data: bytes, chance: random.Random) -> bytes:
        lines, at = pick(data, pattern.encode(), chance)
        if at >= 0:
            lines[at] = change(lines[at], chance)
        return b"\n".join(lines)

    return run


def replacing(pattern: str, *choices: str) -> Slip:
    """Return a slip that replaces the first match in a random line by one of the choices, which may name groups."""
    raw = pattern.encode()
    return on_line(pattern, lambda line, chance: re.sub(raw, chance.choice(choices).encode(), line, count=1))


def in_a_format(data: bytes, chance: random.Random, choices: tuple[str, ...], pattern: str) -> bytes:
    """Call one entry a format, and damage a text of that entry."""
    blocks = data.split(b"\n\n")
    at = chance.randrange(min(1, len(blocks) - 1), len(blocks))
    flag = f"#, {chance.choice(FORMATS)}-format\n".encode()
    block = re.sub(rb"(?m)^(?=msgctxt )", flag, re.sub(rb"(?m)^#, fuzzy\n", b"", blocks[at]))
    blocks[at] = replacing(pattern, *choices)(block, chance)
    return b"\n\n".join(blocks)


KEYWORD = r"^(?:#~ )?(msgctxt|msgid|msgid_plural|msgstr)(?=[ \[])"
FORMATS = (
    *("c", "no-c", "possible-c", "objc", "python", "python-brace", "php", "perl", "perl-brace", "ruby", "tcl", "awk", "lua", "elisp"),
    *("librep", "gcc-internal", "java", "java-printf", "javascript", "csharp", "qt", "qt-plural", "kde", "boost", "lisp", "scheme", "sh"),
    *("smalltalk", "ycp", "object-pascal", "gfc-internal", "impossible-c"),
)
PLACES = (r"\1{\2", r"\1\2}", r"\1{x}", r"\1", r"\1 {\2}{\2}", r"\1{ \2 }", r"\1{\2:3}", r"\1{\2!r}", r"\1{0}", r"\1{{\2}}", r"\1${\2}")
PERCENTS = tuple(
    rf'\1 "{text} ' for text in ("100 %", "%d", "%s %d", "%%", "%", "%1", "%1$s", "%(name)s", "%5.2f", "%-", "~a", "~", "$x", "%n")
)
PLURALS = (
    *(
        r"nplurals=\1; plural=\2)",
        "nplurals=INTEGER; plural=EXPRESSION;",
        r"nplurals=9; plural=\2;",
        "nplurals=1; plural=n;",
        r"nplurals=\1",
    ),
    *(r"plural=\2;", "nplurals=20000000; plural=0;", r"nplurals=\1; plural=n%0;", r"nplurals=\1; plural=(\2;", r"nplurals=; plural=\2;"),
    *(r"nplurals=\1, plural=\2;", r"nplurals=\1; plural=n=1;", r"nplurals=\1; plural=\2; x", r"nplurals=-\1; plural=\2;"),
    *(r"nplurals=\1; plural=" + "(" * 300 + "n" + ")" * 300, r"nplurals=\1; plural=" + "!" * 900 + "n;", r"nplurals=\1; plural=n-1;"),
)
FLAGS = (
    *("#, fuzy", "# fuzzy", "#fuzzy", ", fuzzy", "#,fuzzy,", "#, Fuzzy", "#. fuzzy", "fuzzy", "#, fuzzy\\\\", "#| fuzzy", "#~ fuzzy"),
    *("#; fuzzy", "#, fuzzy, c-format", "#! fuzzy", "#= fuzzy", "#, fuzzy no-wrap", "#,,fuzzy", "#:fuzzy"),
)
PREVIOUS = ('msgid "old"', "old", "", 'msgstr "old"', '"old"', 'msgctxt "old"', 'msgid "old', 'msgid_plural "old"')
CONTROLS = "\x01\x04\x08\x0b\x0c\x1a\x1b\x1c\x7f\u0085\u2028\ufffe"
TEXT = r'"(.*)"$'
ROWS: dict[str, Slip] = {
    "lost first quote": replacing(r'(?<= )"', ""),
    "lost last quote": replacing(r'"$', ""),
    "both quotes lost": replacing(TEXT, r"\1"),
    "typographic quotes": replacing(TEXT, r"“\1”", r"«\1»", r"„\1“", r"“\1“", r"« \1 »"),
    "one typographic quote": replacing(r'(?<= )"(?=.)|"$', "“", "”", "«", "»"),
    "apostrophes for quotes": replacing(TEXT, r"'\1'", r"‘\1’"),
    "quote inside": replacing(r'(?<=[^ "\\])(?=[^"]*"$)', '"', ' "', '" '),
    "doubled quotes": replacing(TEXT, r'""\1""', r'""\1"', r'"\1""'),
    "single quote for double": replacing(r'"$', "'", "`", "″"),
    "junk after text": replacing(r'"$', '" ;', '".', '" x', '"\\\\', '" #'),
    "misspelt keyword": on_line(KEYWORD, lambda line, chance: typo(line, chance)),
    "capital keyword": replacing(r"^msg(id|str|ctxt)", r"Msg\1", r"MSG\1", r"msg \1", r"msg-\1"),
    "doubled keyword": replacing(r"^(msgid|msgstr|msgctxt) ", r"\1 \1 ", r"\1\1 ", r"\1:\1 "),
    "colon after keyword": replacing(r"^(msgid|msgstr|msgctxt) ", r"\1: ", r"\1 = ", r"\1:"),
    "no space": replacing(r'^(msgid|msgstr|msgctxt) "', r'\1"'),
    "wrong keyword": replacing(r"^(msgid|msgstr|msgctxt) ", "msgid ", "msgstr ", "msgctxt ", "msgid_plural ", "msgstr[0] ", "domain "),
    "plural index": replacing(r"^(msgstr)", r"\1[0]", r"\1[1]", r"\1[]", r"\1[n]", r"\1[ 0 ]", r"\1[0", r"\1{0}", r"\1[٠]"),
    "bad escape": replacing(r'(?<=[^"\\])"$', r'\\q"', r'\\"', r"\\'" + '"', r'\\x41"', r'\\8"', r'\\é"', r'\\ "', r'\\004"', r'\\/"'),
    "lone backslash": replacing(r'(?<=\w) (?=\w.*"$)', r" \\", r"\\ ", r"\\n", r"\\N"),
    "line end in one text": replacing(r'(?<=[^"n])"$', r'\\n"'),
    "line end before text": replacing(r'^(msgid|msgstr) "(?=.)', r'\1 "\\n'),
    "lost line end of the header": replacing(r'^("[\w-]+:.*)\\n"$', r'\1"', r'\1n"', r'\1\\ n"', r'\1/n"'),
    "header line cut": replacing(r'^("[\w-]+:).*', r"\1", r'\1"', r'\1\\n"', ""),
    "header name damaged": replacing(r'^"([\w-]+):', r'"\1', r'"\1 :', r'" \1:', r"\1:", r'"x\1:'),
    "wrong charset": replacing(r"charset=UTF-8", *(f"charset={name}" for name in ("CHARSET", "iso-8859-1", "UTF-16", "", "utf8", "x"))),
    "wrong language": replacing(r"^\"Language: \w+", '"Language: xx', '"Language: en', '"Language: ', '"Language:de'),
    "bad plural header": replacing(r"nplurals=(\d+); plural=(.*);", *PLURALS),
    "tab before": replacing(r"^(?=msg|\"|#)", "\t", "  "),
    "no-break space before": replacing(r"^(?=msg|\")", "\u00a0", "\u2003", "\u200b", "\u3000", "\ufeff"),
    "space of another kind": replacing(r'(?<=^msg) |(?<=\w) (?=")', "\u00a0", "\t", "\u2009", "\x0c"),
    "space at the end": replacing(r'"$', '" ', '"\t', '"\u00a0', '"\r', '"\u2028'),
    "broken flag": replacing(r"^#, fuzzy", *FLAGS),
    "flag of a format": replacing(r"^(?=msgctxt )", *(f"#, {name}-format\n" for name in FORMATS)),
    "format flag and a damaged place": lambda data, chance: in_a_format(data, chance, PLACES, r"^(msgstr .*)\{(\w*)\}"),
    "format flag and a per cent sign": lambda data, chance: in_a_format(data, chance, PERCENTS, r'^(msgid|msgstr) "'),
    "broken obsolete": replacing(r"^(msgctxt|msgid|msgstr) ", r"#~ \1 ", r"#~\1 ", r"~ \1 ", r"#\1 ", r"# ~ \1 ", r"#~| \1 "),
    "half revived": replacing(r"^#~ ", "", "# ", "~ ", "#~| "),
    "broken previous": replacing(r"^(msgctxt|msgid|msgstr) ", r"#| \1 ", r"| \1 ", r"#|\1 "),
    "previous without its end": replacing(r"^(?=msgid )", *(f"#| {text}\n" for text in PREVIOUS)),
    "comment inside": replacing(r"^(?=msgid |msgstr )", "# a note\n", "#, fuzzy\n", "#. note\n", "#: place\n", "#\n", "#~\n"),
    "backslash in a comment": replacing(r"^(#.*)", r"\1\\", r"\1 \\"),
    "stray text": replacing(r"^$", "Bonjour", "TODO: ask", "- - -", '"text"', "x y z", "//", "msgid"),
    "empty line inside": replacing(r"^(?=msgid |msgstr )", "\n", " \n", "\u00a0\n"),
    "no empty line": lambda data, chance: re.sub(b"\n\n", b"\n", data, count=chance.randint(1, 3)),
    "control character": replacing(r"(?<=\w)(?=\w)", *CONTROLS),
    "carriage return inside": replacing(r"(?<=\w)(?=\w)", "\r"),
    "surrogate bytes": lambda data, chance: data.replace(b" ", chance.choice([b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xc0\xaf"]), 1),
    "context away": replacing(r"^msgctxt .*\n?", ""),
    "half a pair": replacing(r"^(msgid|msgstr) \"(.{3,6}).*", r'\1 "\2', r"\1 ", r"\1", r'\1 "', r'\1 ""'),
}  # fmt: skip
SLIPS.update(ROWS)


def typo(line: bytes, chance: random.Random) -> bytes:
    """Return a line with one letter of its first word lost, doubled, swapped or replaced."""
    found = re.search(rb"msg\w+", line)
    if not found:
        return line
    at = chance.randrange(found.start(), found.end() - 1)
    kinds = (
        line[at + 1 :],
        line[at : at + 1] + line[at:],
        line[at + 1 : at + 2] + line[at : at + 1] + line[at + 2 :],
        b"x" + line[at + 1 :],
    )
    return line[:at] + chance.choice(kinds)


@slip
def merge_markers(data: bytes, chance: random.Random) -> bytes:
    """Leave what git leaves when two people changed one line."""
    lines, at = pick(data, b"^msgstr", chance)
    return b"\n".join([*lines[:at], b"<<<<<<< HEAD", lines[at], b"=======", lines[at], b">>>>>>> theirs", *lines[at + 1 :]])


@slip
def one_merge_marker(data: bytes, chance: random.Random) -> bytes:
    """Leave one marker, or a line like one."""
    lines, at = pick(data, b"", chance)
    return b"\n".join([*lines[:at], chance.choice([b"=======", b">>>>>>> x", b"<<<<<<< HEAD", b"||||||| a", b"<<<<<<<"]), *lines[at:]])


@slip
def byte_order_mark(data: bytes, chance: random.Random) -> bytes:
    """Begin the file as Notepad does; sometimes twice."""
    return b"\xef\xbb\xbf" * chance.choice([1, 1, 2]) + data


@slip
def windows_line_ends(data: bytes, chance: random.Random) -> bytes:
    """End every line, or one, as Windows does; sometimes twice."""
    if chance.random() < 0.3:
        lines, at = pick(data, b".", chance)
        lines[at] += b"\r"
        return b"\n".join(lines)
    return data.replace(b"\n", chance.choice([b"\r\n", b"\r\n", b"\r\r\n"]))


@slip
def old_mac_line_ends(data: bytes, chance: random.Random) -> bytes:
    """End every line as computers did in 1990."""
    return data.replace(b"\n", b"\r")


@slip
def utf_16(data: bytes, chance: random.Random) -> bytes:
    """Save as Windows calls Unicode."""
    return data.decode("utf-8", "replace").encode(chance.choice(["utf-16", "utf-16-le", "utf-16-be", "utf-32"]))


@slip
def latin_1(data: bytes, chance: random.Random) -> bytes:
    """Save one line, or all, in an old charset."""
    charset = chance.choice(["latin-1", "cp1252", "cp1256"])
    if chance.random() < 0.5:
        return data.decode("utf-8", "replace").encode(charset, "replace")
    return on_line("msgstr", lambda line, _: line.decode("utf-8", "replace").replace("a", "é").encode(charset, "replace"))(data, chance)


@slip
def mojibake(data: bytes, chance: random.Random) -> bytes:
    """Read UTF-8 as Latin-1 and save it again."""
    return data.decode("latin-1").encode()


@slip
def truncated(data: bytes, chance: random.Random) -> bytes:
    """Cut the end off."""
    return data[: chance.randrange(1, len(data) + 1)]


@slip
def beginning_lost(data: bytes, chance: random.Random) -> bytes:
    """Cut the beginning off."""
    return data[chance.randrange(1, len(data) + 1) :]


@slip
def middle_lost(data: bytes, chance: random.Random) -> bytes:
    """Cut some bytes out."""
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randrange(1, 200) :]


@slip
def nul_bytes(data: bytes, chance: random.Random) -> bytes:
    """Put NULs where a disk failed."""
    at = chance.randrange(len(data))
    return data[:at] + bytes(chance.randint(1, 30)) + data[at:]


@slip
def swapped_lines(data: bytes, chance: random.Random) -> bytes:
    """Swap two neighbours."""
    lines, at = pick(data, b".", chance)
    at = min(at, len(lines) - 2)
    lines[at : at + 2] = lines[at : at + 2][::-1]
    return b"\n".join(lines)


def edited(pattern: str, change: Callable[[list[bytes], int], object]) -> Slip:
    """Return a slip that changes the list of lines at a random line that matches."""

    def run(data: bytes, chance: random.Random) -> bytes:
        lines, at = pick(data, pattern.encode(), chance)
        if at >= 0:
            change(lines, at)
        return b"\n".join(lines)

    return run


SLIPS |= {
    "deleted line": edited("", lambda lines, at: lines.pop(at)),
    "lost msgid": edited("^msgid ", lambda lines, at: lines.pop(at)),
    "lost msgstr": edited("^msgstr ", lambda lines, at: lines.pop(at)),
    "lost msgid of the header": lambda data, chance: data.replace(b'msgid ""\n', b"", 1),
    "duplicated line": edited("", lambda lines, at: lines.insert(at, lines[at])),
    "joined lines": edited("", lambda lines, at: lines.__setitem__(slice(at, at + 2), [b" ".join(lines[at : at + 2])])),
    "moved line": edited("^msg", lambda lines, at: lines.insert(at // 2, lines.pop(at))),
    "commented line": edited("^msg", lambda lines, at: lines.__setitem__(at, b"# " + lines[at])),
    "split line": edited('^msg.* .* .*"$', lambda lines, at: lines.__setitem__(at, re.sub(rb"(?<=\w) ", b"\n", lines[at], count=1))),
}  # fmt: skip


@slip
def duplicate_entry(data: bytes, chance: random.Random) -> bytes:
    """Paste an entry a second time, as it is, with another text, without its context, or as obsolete."""
    blocks = data.split(b"\n\n")
    block = chance.choice(blocks)
    turns = (
        block,
        block.replace(b'msgstr "', b'msgstr "x'),
        re.sub(b"(?m)^msgctxt.*\n", b"", block),
        re.sub(b'(?m)^(?=msg|")', b"#~ ", block),
    )
    return b"\n\n".join([*blocks[:-1], blocks[-1].rstrip(b"\n"), chance.choice(turns).rstrip(b"\n")]) + b"\n"


@slip
def second_header(data: bytes, chance: random.Random) -> bytes:
    """Paste two files together."""
    head = data.split(b"\n\n")[0]
    return data + chance.choice([b"\n", b""]) + head + b"\n"


@slip
def header_cut(data: bytes, chance: random.Random) -> bytes:
    """Lose the header, or its last lines."""
    lines = data.split(b"\n")
    end = lines.index(b"") if b"" in lines else len(lines)
    return b"\n".join(lines[end + 1 :] if chance.random() < 0.3 else lines[: chance.randrange(1, end + 1)] + lines[end:])


@slip
def flipped_bits(data: bytes, chance: random.Random) -> bytes:
    """Flip bits of one to three bytes."""
    raw = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(raw)


@slip
def random_bytes(data: bytes, chance: random.Random) -> bytes:
    """Replace a byte by any other."""
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


@slip
def character_deleted(data: bytes, chance: random.Random) -> bytes:
    """Press Delete once or twice."""
    text = data.decode("utf-8", "replace")
    for _ in range(chance.randint(1, 2)):
        at = chance.randrange(len(text))
        text = text[:at] + text[at + 1 :]
    return text.encode("utf-8", "replace")


@slip
def character_typed(data: bytes, chance: random.Random) -> bytes:
    """Press a key in a wrong place."""
    text = data.decode("utf-8", "replace")
    at = chance.randrange(len(text))
    key = chance.choice("\"\\#~|,.;:[]{}%$<>\n\n\n\t 0aé'’“\u00a0\u200b\u202e=")
    return (text[:at] + key + text[at:]).encode("utf-8", "replace")


@slip
def symbol_replaced(data: bytes, chance: random.Random) -> bytes:
    """Hit one of the signs that the format is made of."""
    places = [match.start() for match in re.finditer(rb'["\\#~,\n\[\]|]|msg', data)]
    at = chance.choice(places) if places else 0
    return data[:at] + chance.choice([b'"', b"\\", b"#", b"~", b"\n", b" ", b"", b"|", b","]) + data[at + 1 :]
