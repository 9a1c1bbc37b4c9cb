"""The header of a catalogue: what a new one says, and what is refused in one that is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.base.clock import today
from generator.base.language_tags import tag_means
from generator.catalogue.entry import Entry, dump_catalogue, header_entry, header_fields
from generator.catalogue.plurals import plural_count, plural_rule
from generator.model import Language
from generator.problem import LeafletsError, Problem, refusal

# Where a POT names the languages that ever had catalogues, so that a lost folder is missed.
LANGUAGES_FIELD = "X-Languages"
_CHARSET = re.compile(r"charset=([^ \t\n]*)")
# The plural rule of most languages, for one whose rule nobody knows.
_USUAL_PLURALS = "nplurals=2; plural=(n != 1);"


def new_header(
    domain: str, language: Language | None, dated: str, languages: Iterable[str] = ()
) -> Entry:
    """Return the header of a new catalogue; without a language, that of a POT.

    A POT names the `languages` that ever had catalogues.
    """
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
    return header_entry(fields)


def refuse_bad_header(entries: list[Entry], path: Path, language: Language | None) -> None:
    """Raise LeafletsError unless a file begins with one header that says charset and language."""
    entries = [entry for entry in entries if not entry.remark]
    if not entries or not entries[0].header or entries[0].obsolete or entries[0].plural:
        raise LeafletsError(_missing_header(entries, path, language))
    for entry in entries[1:]:
        if entry.header:
            raise refusal("po-header", "a second header", f"{path}:{entry.line}", "delete it")
    for problem in _header_problems(entries[0], path, language):
        raise LeafletsError(problem)


def _missing_header(entries: list[Entry], path: Path, language: Language | None) -> Problem:
    """Return what is wrong with a file that does not begin with its header, with one to copy."""
    for entry in entries:
        if entry.header and not entry.plural and header_fields([entry]):
            what, hint = (
                ("marked as obsolete", "take #~ away from its lines")
                if entry.obsolete
                else ("not at the top", "move it to the top")
            )
            return Problem("po-header", f"the header is {what}", f"{path}:{entry.line}", hint)
    hint = "get the first lines back from git or a backup"
    if language:
        lines = dump_catalogue([new_header(path.stem, language, str(today()))])
        top = "put these lines at the top of the file, and an empty line below them"
        hint = f"{top}:\n{lines}or {hint}"
    return Problem("po-header", "the header is missing", f"{path}:1", hint)


def _header_problems(header: Entry, path: Path, language: Language | None) -> Iterator[Problem]:
    """Yield what is wrong with a header, the gravest first."""
    fields = header_fields([header])
    found = _CHARSET.search(header.msgstr)
    charset = found[1] if found else "nothing"
    if not fields.get("Content-Type") or charset.lower() not in ("utf-8", "utf8"):
        what, place = f"the header says charset {charset!r}", _line_of(header, path, "charset=")
        hint = 'save the file as UTF-8 and write: "Content-Type: text/plain; charset=UTF-8\\n"'
        yield Problem("po-charset", what, place, hint)
    if language and (tag := fields.get("Language", "")) and not tag_means(tag, language):
        what, place = f"the header says language {tag!r}", _line_of(header, path, "Language:")
        yield Problem("po-language", what, place, _right_language(tag, path, language))
    seen: dict[str, str] = {}
    for name, _, value in (line.partition(":") for line in header.msgstr.split("\n")):
        if seen.setdefault(name.strip(), value.strip()) != value.strip():
            what = f"{name.strip()!r} stands in the header twice"
            place = _line_of(header, path, name, -1)
            yield Problem("po-header", what, place, "keep one of the two")


def _right_language(tag: str, path: Path, language: Language) -> str:
    """Return what to do with a file whose header names another language.

    If the campaign has that language, the file's own place comes first.
    """
    line = f'write: "Language: {language.code}\\n"'
    locales = path.parent.parent.parent
    folders = (locales / name for name in dict.fromkeys((tag, tag.replace("-", "_"))))
    own = next(filter(Path.is_dir, folders), None)
    if own is None:
        return f"{line}, or move the file to its own language's folder"
    place = own / path.parent.name / path.name
    return f"move the file to {place}; only if its texts are in {language.english}, {line}"


def _line_of(header: Entry, path: Path, word: str, which: int = 0) -> str:
    """Return the place of a word in the header, or that of the header."""
    found = [number for number, line in enumerate(header.lines, header.line) if word in line]
    return f"{path}:{found[which] if found else header.line}"


def is_other_rule(text: str, language: Language | None) -> bool:
    """Tell whether a plural rule has a number of forms that no right one of the language has."""
    count, right = plural_count(text), language.plurals if language else ()
    return bool(count and right and count not in map(plural_count, right))


def right_plural_hint(language: Language | None) -> str:
    """Return which plural rule to write."""
    return f'write: "Plural-Forms: {_plural_forms(language)}\\n"'


def _plural_forms(language: Language | None) -> str:
    return language.plurals[0] if language and language.plurals else _USUAL_PLURALS


def refuse_bad_plural_rule(
    header: Entry, with_plurals: bool, path: Path, language: Language | None
) -> None:
    """Raise LeafletsError for a plural rule that is none, or is wrong for plural entries."""
    text = header_fields([header]).get("Plural-Forms", "")
    if not (text or with_plurals or "plural=" in header.msgstr):
        return
    twice = header.msgstr.count("plural=") > 1
    if not plural_rule(text) or twice or (with_plurals and is_other_rule(text, language)):
        missing = "plural entries, and no Plural-Forms in the header"
        what = f"Plural-Forms {text!r} is not right here" if text else missing
        place = _line_of(header, path, "lural")
        raise refusal("po-plural", what, place, right_plural_hint(language))
