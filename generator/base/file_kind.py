"""What a file is that is named .po and is none, told by its bytes, and what to do with it."""

from __future__ import annotations

import re
from collections.abc import Callable

_EXPORT = "export it as PO (gettext) in the program it comes from"
# How much of a file its kind is told from.
_BYTES = 4_000
# What every catalogue has.
_MSGID = re.compile(r"^[ \t]*(?:#~[ \t]*)?msgid\b", re.MULTILINE | re.IGNORECASE)
_EXPORT = "export it as PO (gettext) in the program it comes from"
_PLAIN_TEXT = "save it as plain text in UTF-8, with the ending .po"
_ITSELF = "ask for the .po file itself"
_UNPACK = "unpack it and put the .po from it here"
_COMPILED = (
    "a compiled catalogue (.mo)",
    "get the .po it was made from, or: msgunfmt FILE.mo -o FILE.po",
)
_OLD_MAC = (
    "a file with the line ends of old Mac programs (CR), so that it is one single line",
    "save it with plain line ends (LF)",
)
_WEB_PAGE = (
    "a web page (HTML)",
    "a web page or another program's file was saved under this name: "
    "download the file itself again",
)

# What a file is, and what to do with it.
FileKind = tuple[str, str]

_FIRST_BYTES: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xde\x12\x04\x95", _COMPILED),
    (b"\x95\x04\x12\xde", _COMPILED),
    (b"\xd0\xcf\x11\xe0", ("an old Excel or Word file", _EXPORT)),
    (b"%PDF", ("a PDF", _ITSELF)),
    (b"\x89PNG", ("a picture", _ITSELF)),
    (b"\xff\xd8\xff", ("a picture", _ITSELF)),
    (b"GIF8", ("a picture", _ITSELF)),
    (b"\x1f\x8b", ("a packed file (.gz)", _UNPACK)),
    (b"{\\rtf", ("a text document (RTF)", _PLAIN_TEXT)),
    (b"SQLite format 3", ("a database", _EXPORT)),
)
# What a zip is, by what it holds.
_INSIDE_ZIP: tuple[tuple[bytes, FileKind], ...] = (
    (
        b"xl/",
        (
            "an Excel workbook (.xlsx)",
            f"a worksheet comes back with: leaflets enter FILE.xlsx; else {_EXPORT}",
        ),
    ),
    (b"word/", ("a Word document (.docx)", _PLAIN_TEXT)),
    (b"opendocument", ("a LibreOffice document", _EXPORT)),
    (b"", ("a packed file (.zip)", _UNPACK)),
)
_XLIFF_HINT = f"{_EXPORT}, or: xliff2po FILE.xlf FILE.po (translate-toolkit)"
# What a file in angle brackets is, by its first words.
_IN_ANGLE_BRACKETS: tuple[tuple[str, FileKind], ...] = (
    (r"<xliff\b", ("an XLIFF file", _XLIFF_HINT)),
    (r"<tmx\b", ("a translation memory (TMX)", _EXPORT)),
    (r"<TS\b", ("a Qt file (.ts)", f"{_EXPORT}, or: lconvert FILE.ts -o FILE.po")),
    (r"<!doctype html|<html\b|<head\b|<body\b", _WEB_PAGE),
    (r"", ("an XML file", _EXPORT)),
)
_CSV_HINT = f"{_EXPORT}, or: csv2po FILE.csv FILE.po (translate-toolkit)"
# What a text without msgid is, by its first line.
_FIRST_LINES: tuple[tuple[str, FileKind], ...] = (
    (r"[\[{]", ("a JSON file", _EXPORT)),
    (r'"?[^"\n,;\t]*"?(?:[,;\t]"?[^"\n]*"?)+$', ("a table (CSV)", _CSV_HINT)),
    (r"(?:---|[\w.-]+:(?:\s|$))", ("a YAML file", _EXPORT)),
    (
        r'(?:\[[^\]]*\]|"?[\w.-]+"?\s*=)',
        ("a file of keys and values (.properties, .strings, .ini)", _EXPORT),
    ),
    (
        r"",
        ("no PO file: no line of it begins with msgid", "get the file back from git or a backup"),
    ),
)


def foreign_kind(data: bytes) -> FileKind | None:
    """Return what a file is that is no PO file, and what to do; None for one to read as PO.

    >>> foreign_kind(b'<?xml version="1.0"?>\\n<xliff version="1.2">')[0]
    'an XLIFF file'
    >>> foreign_kind(b'msgid ""\\nmsgstr ""\\n')
    """
    for first, kind in _FIRST_BYTES:
        if data.startswith(first):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return next(kind for part, kind in _INSIDE_ZIP if part in data)
    if b"\r" in data and b"\n" not in data and b"\0" not in data:
        return _OLD_MAC
    return _text_kind(data.decode(wide_encoding(data) or "utf-8", "replace"))


def _text_kind(text: str) -> FileKind | None:
    """Return what a text is; a catalogue in UTF-16 is one, in the wrong letters."""
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("<") and not text.startswith("<<<"):  # a git merge leaves such lines
        return _matching(_IN_ANGLE_BRACKETS, re.search, text[:_BYTES])
    if not text or (_MSGID.search(text) and text[0] not in "[{"):
        return None
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    first = next(lines, "")
    return _matching(_FIRST_LINES, re.match, first) if first else None


def _matching(
    rows: tuple[tuple[str, FileKind], ...],
    matches: Callable[..., re.Match[str] | None],
    text: str,
) -> FileKind:
    return next(kind for pattern, kind in rows if matches(pattern, text, re.IGNORECASE))


def wide_encoding(data: bytes) -> str:
    """Return the encoding of a text of two bytes a letter, "" for others.

    >>> [wide_encoding(data) for data in ("msgid".encode("utf-16"), "msgid".encode("utf-16-be"))]
    ['utf-16', 'utf-16-be']
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    for encoding, letters in (("utf-16-le", data[1:200:2]), ("utf-16-be", data[0:200:2])):
        # Latin letters leave every second byte empty.
        if len(letters) > 1 and letters.count(0) > len(letters) * 3 // 4:
            return encoding
    return ""
