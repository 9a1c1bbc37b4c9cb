"""Read and write catalogues: size cap, strict gate, header, and a second reading by Babel."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

from generator.core import po
from generator.core.po import Entry
from generator.edges.files import read_text, write
from generator.model import Language
from generator.problem import LeafletsError, Problem

LIMIT = 2_000_000
WHOLE = re.compile(r"\n\Z|^(?:#~ )?(?!#).*\"\Z", re.MULTILINE)
"""How a whole file ends: with a line end, or with the quote after its last text."""


def read(path: Path, language: Language | None = None) -> list[Entry]:
    """Return the entries of a PO file; no file means none.

    Raises LeafletsError with `file:line` and advice for everything GNU msgfmt refuses and for what it reads wrongly.
    """
    if not path.exists():
        return []
    entries = po.parse(read_text(path, LIMIT, WHOLE), str(path))
    _refuse_header(entries, path, language)
    _refuse_twins(entries, path)
    return entries


def _refuse_header(entries: list[Entry], path: Path, language: Language | None) -> None:
    headers = [entry for entry in entries if entry.header and not entry.plural]
    texts = [entry for entry in entries if not (entry.plural and not entry.msgid)]  # a block of comments is no entry
    if not headers or texts[0] is not headers[0]:
        raise LeafletsError(Problem("po-header", "the header is missing", f"{path}:1", "get the first lines back from git or a backup"))
    if len(headers) > 1:
        raise LeafletsError(Problem("po-header", "a second header", f"{path}:{headers[1].line}", "delete it"))
    fields = po.header_fields(headers)
    charset = fields.get("Content-Type", "").rpartition("charset=")[2].lower()
    if charset not in ("utf-8", "utf8"):
        raise LeafletsError(
            Problem(
                "po-charset", f"the header says charset {charset or 'nothing'!r}", f"{path}:1", "save as UTF-8 and say so in Content-Type"
            )
        )
    if language and fields.get("Language", "").replace("-", "_") not in (language.code, ""):
        hint = f"write {language.code}, or move the file to its own language's folder"
        raise LeafletsError(Problem("po-language", f"the header says language {fields['Language']!r}", f"{path}:1", hint))


def _refuse_twins(entries: list[Entry], path: Path) -> None:
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        if entry.obsolete or entry.plural or entry.header:
            continue
        name = (entry.msgctxt, "" if entry.msgctxt else entry.msgid)
        if name in seen:
            hint = f"the same id stands at line {seen[name]}: keep one of the two"
            raise LeafletsError(Problem("po-twice", f"{name[0] or name[1]!r} stands here twice", f"{path}:{entry.line}", hint))
        seen[name] = entry.line


def save(path: Path, entries: list[Entry]) -> bool:
    """Write a catalogue whole or not at all; return False if nothing differs."""
    return write(path, po.dump(entries))


def new_header(domain: str, language: Language | None, dated: str) -> Entry:
    """Return the header of a new catalogue, or of a POT if there is no language."""
    fields = {
        "Project-Id-Version": domain,
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": f"{dated} 00:00+0000",
        "PO-Revision-Date": f"{dated} 00:00+0000",
        "Last-Translator": "a code from the ledger, never a name",
        "Language-Team": language.english if language else "",
        "Language": language.code if language else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if language:
        from babel.messages.plurals import get_plural

        fields["Plural-Forms"] = get_plural(language.babel).plural_forms
    return po.header(fields)


def second_reading(path: Path, language: Language) -> list[Problem]:
    """Return where Babel reads a catalogue differently from us: two readers must agree on every text."""
    from babel.messages.pofile import PoFileError, read_po

    entries = read(path, language)
    # Babel takes the previous msgid of an obsolete entry for an error.
    text = "\n".join(line for line in read_text(path, LIMIT, WHOLE).split("\n") if not line.startswith("#~"))
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # its warnings are printed
            catalogue = read_po(io.BytesIO(text.encode()), locale=language.babel, abort_invalid=True)
    except (PoFileError, ValueError, LookupError, AttributeError) as error:
        return [Problem("po-babel", f"Babel refuses the file: {error}", str(path), "open and save it in a PO editor")]
    ours = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in entries if not (entry.obsolete or entry.plural or entry.header)}
    theirs = {(message.context or "", message.id): message.string for message in catalogue if message.id}
    differing = [name for name in ours if ours[name] != theirs.get(name)]
    return [Problem("po-babel", f"Babel reads {name[0] or name[1]!r} differently", str(path)) for name in differing]
