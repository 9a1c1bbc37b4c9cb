"""Tell what a file is that is named .po and is none, by its bytes, and what to do with it."""

from __future__ import annotations

import re
from collections.abc import Callable

EXPORT = "export it as PO (gettext) in the program it comes from"
BYTES = 4_000
"""How much of a file its kind is told from."""
MSGID = re.compile(r"^[ \t]*(?:#~[ \t]*)?msgid\b", re.MULTILINE | re.IGNORECASE)
"""What every catalogue has."""
SAVED = (
    "a web page or another program's file was saved under this name: download the file itself again"
)

FIRST: tuple[tuple[bytes, str, str], ...] = (
    (
        b"\xde\x12\x04\x95",
        "a compiled catalogue (.mo)",
        "get the .po it was made from, or: msgunfmt FILE.mo -o FILE.po",
    ),
    (
        b"\x95\x04\x12\xde",
        "a compiled catalogue (.mo)",
        "get the .po it was made from, or: msgunfmt FILE.mo -o FILE.po",
    ),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file", EXPORT),
    (b"%PDF", "a PDF", "ask for the .po file itself"),
    (b"\x89PNG", "a picture", "ask for the .po file itself"),
    (b"\xff\xd8\xff", "a picture", "ask for the .po file itself"),
    (b"GIF8", "a picture", "ask for the .po file itself"),
    (b"\x1f\x8b", "a packed file (.gz)", "unpack it and put the .po from it here"),
    (b"{\\rtf", "a text document (RTF)", "save it as plain text in UTF-8, with the ending .po"),
    (b"SQLite format 3", "a database", EXPORT),
)
"""First bytes of files, what they are, and what to do."""
PACKED: tuple[tuple[bytes, str, str], ...] = (
    (
        b"xl/",
        "an Excel workbook (.xlsx)",
        "a worksheet comes back with: leaflets enter FILE.xlsx; else " + EXPORT,
    ),
    (b"word/", "a Word document (.docx)", "save it as plain text in UTF-8, with the ending .po"),
    (b"opendocument", "a LibreOffice document", EXPORT),
    (b"", "a packed file (.zip)", "unpack it and put the .po from it here"),
)
"""What a zip is, by what it holds."""
MARKED: tuple[tuple[str, str, str], ...] = (
    (r"<xliff\b", "an XLIFF file", EXPORT + ", or: xliff2po FILE.xlf FILE.po (translate-toolkit)"),
    (r"<tmx\b", "a translation memory (TMX)", EXPORT),
    (r"<TS\b", "a Qt file (.ts)", EXPORT + ", or: lconvert FILE.ts -o FILE.po"),
    (r"<!doctype html|<html\b|<head\b|<body\b", "a web page (HTML)", SAVED),
    (r"", "an XML file", EXPORT),
)
"""What a file in angle brackets is, by its first words."""
LINES: tuple[tuple[str, str, str], ...] = (
    (r"[\[{]", "a JSON file", EXPORT),
    (
        r'"?[^"\n,;\t]*"?(?:[,;\t]"?[^"\n]*"?)+$',
        "a table (CSV)",
        EXPORT + ", or: csv2po FILE.csv FILE.po (translate-toolkit)",
    ),
    (r"(?:---|[\w.-]+:(?:\s|$))", "a YAML file", EXPORT),
    (
        r'(?:\[[^\]]*\]|"?[\w.-]+"?\s*=)',
        "a file of keys and values (.properties, .strings, .ini)",
        EXPORT,
    ),
    (r"", "no PO file: no line of it begins with msgid", "get the file back from git or a backup"),
)
"""What a text without msgid is, by its first line."""
FileKind = tuple[str, str]
"""What a file is, and what to do with it."""


def foreign_kind(data: bytes) -> FileKind | None:
    """Return what a file is if it is no PO file, and what to do; None for one that can be looked at as PO.

    >>> foreign_kind(b'<?xml version="1.0"?>\\n<xliff version="1.2">')[0], foreign_kind(b'{"Go": "Va"}\\n')[0]
    ('an XLIFF file', 'a JSON file')
    >>> foreign_kind(b'msgid ""\\nmsgstr ""\\n')
    """
    found = next(((what, hint) for first, what, hint in FIRST if data.startswith(first)), None)
    return found or _packed(data) or _old_mac(data) or _text(data)


def _packed(data: bytes) -> FileKind | None:
    return (
        next((what, hint) for part, what, hint in PACKED if part in data)
        if data.startswith(b"PK\x03\x04")
        else None
    )


def _old_mac(data: bytes) -> FileKind | None:
    if b"\r" not in data or b"\n" in data or b"\0" in data:
        return None
    return (
        "a file with the line ends of old Mac programs (CR), so that it is one single line",
        "save it with plain line ends (LF)",
    )


def _text(data: bytes) -> FileKind | None:
    """Return what a text is, in UTF-8 or UTF-16; a catalogue in UTF-16 is one, in the wrong letters."""
    text = _decoded(data).lstrip("\ufeff \t\r\n")
    if text.startswith("<") and not text.startswith("<<<"):  # a git merge leaves such lines
        return _row(MARKED, re.search, text[:BYTES])
    if not text or (MSGID.search(text) and text[0] not in "[{"):
        return None
    first = next(
        (line for line in text.splitlines() if line.strip() and not line.startswith("#")), ""
    )
    return _row(LINES, re.match, first) if first else None


def _row(
    rows: tuple[tuple[str, str, str], ...], matches: Callable[..., re.Match[str] | None], text: str
) -> FileKind:
    return next(
        (what, hint) for pattern, what, hint in rows if matches(pattern, text, re.IGNORECASE)
    )


def _decoded(data: bytes) -> str:
    return data.decode(wide_encoding(data) or "utf-8", "replace")


def wide_encoding(data: bytes) -> str:
    """Return the encoding of a text of two bytes a letter, with a byte order mark or not; an empty string for others.

    >>> wide_encoding("msgid".encode("utf-16")), wide_encoding("msgid".encode("utf-16-be")), wide_encoding(b"msgid")
    ('utf-16', 'utf-16-be', '')
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    odd, even = data[1:200:2], data[0:200:2]
    if len(odd) > 1 and odd.count(0) > len(odd) * 3 // 4:
        return "utf-16-le"
    return "utf-16-be" if len(even) > 1 and even.count(0) > len(even) * 3 // 4 else ""
