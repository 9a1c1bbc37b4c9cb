"""Read and write catalogues: a size limit, a strict gate, and a second reading by Babel."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

from generator.base.file_kind import foreign_kind
from generator.base.files import read_bytes, read_text, write_file
from generator.catalogue.entry import Entry, dump_catalogue, header_fields
from generator.catalogue.header_rules import (
    is_other_rule,
    refuse_bad_header,
    refuse_bad_plural_rule,
    right_plural_hint,
)
from generator.catalogue.parser import parse_catalogue
from generator.catalogue.plurals import broken_format, is_compiled, plural_rule
from generator.model import Language
from generator.problem import Problem, Severity, refusal

LIMIT = 2_000_000
# How a whole file ends: with a line end, or with the quote after its last text.
_WHOLE = re.compile(r"\n\Z|^(?:#~ )?(?!#).*\"\Z", re.MULTILINE)


def read_catalogue(path: Path, language: Language | None = None) -> list[Entry]:
    """Return the entries of a PO file; no file means none.

    Raises LeafletsError with `file:line` and advice for everything that GNU msgfmt refuses, and
    for what it reads wrongly.
    """
    if not path.exists():
        return []
    if kind := foreign_kind(read_bytes(path, LIMIT)):
        what, hint = kind
        raise refusal("po-kind", f"this is {what}, named {path.suffix}", f"{path}:1", hint)
    text = read_text(path, LIMIT, _WHOLE)
    if "\r" in text:
        hint = "save the file with plain line ends (LF), or write \\r inside a text"
        line = text.count("\n", 0, text.index("\r")) + 1
        raise refusal("po-syntax", "a carriage return inside a line", f"{path}:{line}", hint)
    entries = parse_catalogue(text, str(path))
    refuse_bad_header(entries, path, language)
    _refuse_twins(entries, path)
    _refuse_bad_forms(entries, path, language)
    return entries


def save_catalogue(path: Path, entries: list[Entry]) -> bool:
    """Write a catalogue whole or not at all; return False if nothing differs."""
    return write_file(path, dump_catalogue(entries))


def tolerated_faults(path: Path) -> list[Problem]:
    """Return warnings about a byte order mark and Windows line ends, which are read past.

    Raises LeafletsError if the file cannot be read.
    """
    data = read_bytes(path, LIMIT) if path.exists() else b""
    before, windows, _ = data.partition(b"\r\n")
    rows = (
        ("po-bom", data.startswith(b"\xef\xbb\xbf"), "the file begins with a byte order mark", 1),
        ("po-crlf", windows, "the line ends are those of Windows", before.count(b"\n") + 1),
    )
    hint = "the program reads past it; the next `leaflets extract` writes the file without"
    return [
        Problem(code, what, f"{path}:{line}", hint, Severity.WARNING)
        for code, found, what, line in rows
        if found
    ]


def _refuse_twins(entries: list[Entry], path: Path) -> None:
    """Raise LeafletsError for two living entries of one id, or two of one id and text.

    As msgfmt does.
    """
    seen: dict[tuple[str, ...], int] = {}
    for entry in entries:
        if entry.remark or entry.header:
            continue
        names: list[tuple[str, ...]] = [(entry.msgctxt, entry.msgid)]
        if entry.msgctxt and not entry.obsolete:
            names.append((entry.msgctxt,))
        for name in names:
            if name in seen:
                what = f"{name[0] or name[-1]!r} stands here twice"
                hint = f"the same id stands at line {seen[name]}: keep one of the two"
                if not entry.msgctxt:
                    hint += ", or export the file once more with its contexts (msgctxt)"
                raise refusal("po-twice", what, f"{path}:{entry.line}", hint)
        seen |= dict.fromkeys(names, entry.line)


def _refuse_bad_forms(entries: list[Entry], path: Path, language: Language | None) -> None:
    """Raise LeafletsError for texts that do not fit the file's plural rule, or their own format."""
    header = next(entry for entry in entries if not entry.remark)
    live = [entry for entry in entries if is_compiled(entry)]
    refuse_bad_plural_rule(header, any(entry.plural for entry in live), path, language)
    rule = plural_rule(header_fields([header]).get("Plural-Forms", ""))
    for entry in live:
        where = f"{path}:{entry.line}"
        if rule and entry.plural and len(entry.forms) != rule.count:
            what = f"{len(entry.forms)} of {rule.count} plural forms"
            raise refusal(
                "po-plural", what, where, f"give it msgstr[0] to msgstr[{rule.count - 1}]"
            )
        if flag := broken_format(entry, rule):
            same = "use the same % or {} parts as in the msgid"
            hint = f"{same}, or take {flag} away if the text is no format"
            raise refusal("po-format", f"msgid and msgstr differ as {flag}", where, hint)


def babel_differences(path: Path, language: Language) -> list[Problem]:
    """Return where Babel reads a catalogue differently: two readers must agree on every text."""
    from babel.messages.pofile import PoFileError, read_po

    entries = read_catalogue(path, language)
    lines = read_text(path, LIMIT, _WHOLE).split("\n")
    # Babel takes the previous msgid of an obsolete entry for an error.
    text = "\n".join(line for line in lines if not line.startswith("#~"))
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # Babel prints its warnings
            data = io.BytesIO(text.encode())
            catalogue = read_po(data, locale=language.babel, abort_invalid=True)
    except (PoFileError, ValueError, LookupError, AttributeError) as error:
        hint = "open and save it in a PO editor"
        return [Problem("po-babel", f"Babel refuses the file: {error}", str(path), hint)]
    ours = {
        (entry.msgctxt, entry.msgid): entry.msgstr
        for entry in entries
        if not (entry.obsolete or entry.plural or entry.header)
    }
    theirs = {
        (message.context or "", message.id): message.string for message in catalogue if message.id
    }
    differing = [
        Problem("po-babel", f"Babel reads {name[0] or name[1]!r} differently", str(path))
        for name in ours
        if ours[name] != theirs.get(name)
    ]
    return _other_plural_rule(entries, path, language) + differing


def _other_plural_rule(entries: list[Entry], path: Path, language: Language) -> list[Problem]:
    """Return a warning if the plural rule of a catalogue is another language's."""
    rule = header_fields(entries).get("Plural-Forms", "")
    what, hint = f"Plural-Forms {rule!r} is another language's", right_plural_hint(language)
    found = Problem("po-plural", what, f"{path}:1", hint, Severity.WARNING)
    return [found] if is_other_rule(rule, language) else []
