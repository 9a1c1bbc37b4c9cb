"""Read and write catalogues: size cap, strict gate, header, and a second reading by Babel."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.base.clock import today
from generator.base.file_kind import foreign_kind
from generator.base.files import read_bytes, read_text, write_file
from generator.base.language_tags import tag_means
from generator.catalogue import parser
from generator.catalogue import plurals as catalogue_plurals
from generator.catalogue.parser import Entry
from generator.model import Language
from generator.problem import LeafletsError, Problem

LIMIT = 2_000_000
CHARSET = re.compile(r"charset=([^ \t\n]*)")
PLURAL = "nplurals=2; plural=(n != 1);"
"""The plural rule of most languages, for a language of which nobody knows it, and to show where none is given."""
WHOLE = re.compile(r"\n\Z|^(?:#~ )?(?!#).*\"\Z", re.MULTILINE)
"""How a whole file ends: with a line end, or with the quote after its last text."""


def read_catalogue(path: Path, language: Language | None = None) -> list[Entry]:
    """Return the entries of a PO file; no file means none.

    Raises LeafletsError with `file:line` and advice for everything GNU msgfmt refuses and for what it reads wrongly.
    """
    if not path.exists():
        return []
    if kind := foreign_kind(read_bytes(path, LIMIT)):
        raise LeafletsError(
            Problem("po-kind", f"this is {kind[0]}, named {path.suffix}", f"{path}:1", kind[1])
        )
    text = read_text(path, LIMIT, WHOLE)
    if "\r" in text:
        hint = "save the file with plain line ends (LF), or write \\r inside a text"
        line = text.count("\n", 0, text.index("\r")) + 1
        raise LeafletsError(
            Problem("po-syntax", "a carriage return inside a line", f"{path}:{line}", hint)
        )
    entries = parser.parse(text, str(path))
    _refuse_header(entries, path, language)
    _refuse_twins(entries, path)
    _refuse_forms(entries, path, language)
    return entries


def tolerated_faults(path: Path) -> list[Problem]:
    """Return warnings about what `read_catalogue` reads past because the repair is certain: byte order mark, Windows line ends.

    Raises LeafletsError if the file cannot be read.
    """
    data = read_bytes(path, LIMIT) if path.exists() else b""
    before, found, _ = data.partition(b"\r\n")
    rows = (
        ("po-bom", data.startswith(b"\xef\xbb\xbf"), "the file begins with a byte order mark", 1),
        ("po-crlf", bool(found), "the line ends are those of Windows", before.count(b"\n") + 1),
    )
    hint = "the program reads past it; the next `leaflets extract` writes the file without"
    return [
        Problem(code, what, f"{path}:{line}", hint, "warning")
        for code, wrong, what, line in rows
        if wrong
    ]


def _refuse_header(entries: list[Entry], path: Path, language: Language | None) -> None:
    texts = [entry for entry in entries if not entry.remark]
    if not texts or not texts[0].header or texts[0].obsolete or texts[0].plural:
        raise LeafletsError(_no_header(texts, path, language))
    for entry in texts[1:]:
        if entry.header:
            raise LeafletsError(
                Problem("po-header", "a second header", f"{path}:{entry.line}", "delete it")
            )
    for problem in _header_problems(texts[0], path, language):
        raise LeafletsError(problem)


def _no_header(texts: list[Entry], path: Path, language: Language | None) -> Problem:
    """Return what is wrong with a file that does not begin with its header: with one to copy where there is none."""
    for entry in texts:
        if entry.header and not entry.plural and parser.header_fields([entry]):
            wrong = (
                ("marked as obsolete", "take #~ away from its lines"),
                ("not at the top", "move it to the top"),
            )
            what, hint = wrong[not entry.obsolete]
            return Problem("po-header", f"the header is {what}", f"{path}:{entry.line}", hint)
    hint = "get the first lines back from git or a backup"
    if language:
        lines = parser.dump([new_header(path.stem, language, str(today()))])
        hint = f"put these lines at the top of the file, and an empty line below them:\n{lines}or {hint}"
    return Problem("po-header", "the header is missing", f"{path}:1", hint)


def _header_problems(header: Entry, path: Path, language: Language | None) -> Iterator[Problem]:
    """Yield what is wrong with a header, the gravest first."""
    fields = parser.header_fields([header])
    charset = CHARSET.search(header.msgstr)
    if not fields.get("Content-Type") or not charset or charset[1].lower() not in ("utf-8", "utf8"):
        said = charset[1] if charset else "nothing"
        hint = 'save the file as UTF-8 and write: "Content-Type: text/plain; charset=UTF-8\\n"'
        yield Problem(
            "po-charset", f"the header says charset {said!r}", _at(path, header, "charset="), hint
        )
    if language and (said := fields.get("Language", "")) and not tag_means(said, language):
        hint = _right_language(said, path, language)
        yield Problem(
            "po-language",
            f"the header says language {said!r}",
            _at(path, header, "Language:"),
            hint,
        )
    seen: dict[str, str] = {}
    for name, _, value in (line.partition(":") for line in header.msgstr.split("\n")):
        if seen.setdefault(name.strip(), value.strip()) != value.strip():
            yield Problem(
                "po-header",
                f"{name.strip()!r} stands in the header twice",
                _at(path, header, name, -1),
                "keep one of the two",
            )


def _right_language(said: str, path: Path, language: Language) -> str:
    """Return what to do with a file whose header names another language: its own place first, if the campaign has that language."""
    line = f'write: "Language: {language.code}\\n"'
    names = (said, said.replace("-", "_"))
    own = next(
        (
            folder
            for folder in (path.parent.parent.parent / name for name in names if name)
            if folder.is_dir()
        ),
        None,
    )
    if own is None:
        return f"{line}, or move the file to its own language's folder"
    return f"move the file to {own / path.parent.name / path.name}; only if its texts are in {language.english}, {line}"


def _at(path: Path, header: Entry, word: str, which: int = 0) -> str:
    """Return the place of a word in the header, or that of the header."""
    found = [number for number, line in enumerate(header.lines, header.line) if word in line]
    return f"{path}:{found[which] if found else header.line}"


def _refuse_forms(entries: list[Entry], path: Path, language: Language | None) -> None:
    """Raise LeafletsError for a plural rule that is none, or wrong for plural entries, and for texts that do not fit it or their format."""
    header = next(entry for entry in entries if not entry.remark)
    text = parser.header_fields([header]).get("Plural-Forms", "")
    rule = catalogue_plurals.plural_rule(text)
    live = [entry for entry in entries if catalogue_plurals.is_compiled(entry)]
    plurals = [entry for entry in live if entry.plural]
    says = "plural=" in header.msgstr or text or plurals
    if says and (
        not rule or header.msgstr.count("plural=") > 1 or (plurals and _other_rule(text, language))
    ):
        what = (
            f"Plural-Forms {text!r} is not right here"
            if text
            else "plural entries, and no Plural-Forms in the header"
        )
        raise LeafletsError(
            Problem("po-plural", what, _at(path, header, "lural"), _right_rule(language))
        )
    for entry in live:
        where = f"{path}:{entry.line}"
        if rule and entry.plural and len(entry.forms) != rule.count:
            hint = f"give it msgstr[0] to msgstr[{rule.count - 1}]"
            raise LeafletsError(
                Problem(
                    "po-plural", f"{len(entry.forms)} of {rule.count} plural forms", where, hint
                )
            )
        if flag := catalogue_plurals.broken_format(entry, rule):
            hint = f"use the same % or {{}} parts as in the msgid, or take {flag} away if the text is no format"
            raise LeafletsError(
                Problem("po-format", f"msgid and msgstr differ as {flag}", where, hint)
            )


def _other_rule(text: str, language: Language | None) -> bool:
    """Tell whether a plural rule has another number of forms than each that is right in the language."""
    rule, right = catalogue_plurals.plural_rule(text), language.plurals if language else ()
    return bool(rule and right and rule.count not in map(catalogue_plurals.plural_count, right))


def _right_rule(language: Language | None) -> str:
    return f'write: "Plural-Forms: {_plural_forms(language)}\\n"'


def _plural_forms(language: Language | None) -> str:
    """Return the plural rule that a new catalogue of a language gets."""
    return language.plurals[0] if language and language.plurals else PLURAL


def _refuse_twins(entries: list[Entry], path: Path) -> None:
    """Raise LeafletsError for an id that two living entries have, and for two entries of one id and text, as msgfmt does."""
    seen: dict[tuple[str, ...], int] = {}
    for entry in entries:
        if entry.remark or entry.header:
            continue
        names = [(entry.msgctxt, entry.msgid)] + (
            [(entry.msgctxt,)] if entry.msgctxt and not entry.obsolete else []
        )
        for name in names:
            if name in seen:
                lost = (
                    ""
                    if entry.msgctxt
                    else ", or export the file once more with its contexts (msgctxt), which tell the two apart"
                )
                hint = f"the same id stands at line {seen[name]}: keep one of the two{lost}"
                raise LeafletsError(
                    Problem(
                        "po-twice",
                        f"{name[0] or name[-1]!r} stands here twice",
                        f"{path}:{entry.line}",
                        hint,
                    )
                )
        seen |= dict.fromkeys(names, entry.line)


LANGUAGES_FIELD = "X-Languages"
"""Where a POT names the languages of which there were ever catalogues, so that a folder that is gone is missed."""


def save_catalogue(path: Path, entries: list[Entry]) -> bool:
    """Write a catalogue whole or not at all; return False if nothing differs."""
    return write_file(path, parser.dump(entries))


def new_header(
    domain: str, language: Language | None, dated: str, languages: Iterable[str] = ()
) -> Entry:
    """Return the header of a new catalogue; of a POT, if there is no language, with the `languages` that ever had catalogues."""
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
    if languages:
        fields[LANGUAGES_FIELD] = " ".join(languages)
    if language:
        fields["Plural-Forms"] = _plural_forms(language)
    return parser.header(fields)


def babel_differences(path: Path, language: Language) -> list[Problem]:
    """Return where Babel reads a catalogue differently from us: two readers must agree on every text."""
    from babel.messages.pofile import PoFileError, read_po

    entries = read_catalogue(path, language)
    # Babel takes the previous msgid of an obsolete entry for an error.
    text = "\n".join(
        line for line in read_text(path, LIMIT, WHOLE).split("\n") if not line.startswith("#~")
    )
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # its warnings are printed
            catalogue = read_po(
                io.BytesIO(text.encode()), locale=language.babel, abort_invalid=True
            )
    except (PoFileError, ValueError, LookupError, AttributeError) as error:
        return [
            Problem(
                "po-babel",
                f"Babel refuses the file: {error}",
                str(path),
                "open and save it in a PO editor",
            )
        ]
    ours = {
        (entry.msgctxt, entry.msgid): entry.msgstr
        for entry in entries
        if not (entry.obsolete or entry.plural or entry.header)
    }
    rule = parser.header_fields(entries).get("Plural-Forms", "")
    found = []
    if _other_rule(rule, language):
        found.append(
            Problem(
                "po-plural",
                f"Plural-Forms {rule!r} is another language's",
                f"{path}:1",
                _right_rule(language),
                "warning",
            )
        )
    theirs = {
        (message.context or "", message.id): message.string for message in catalogue if message.id
    }
    differing = [name for name in ours if ours[name] != theirs.get(name)]
    return found + [
        Problem("po-babel", f"Babel reads {name[0] or name[1]!r} differently", str(path))
        for name in differing
    ]
