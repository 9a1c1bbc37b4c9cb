"""Every wording there was, signed values of facts, and what people said: an edge.

Each line of `wordings.jsonl` is one text and stands under its own hash, so none can be changed
unseen, and lines of two clones join without a conflict. The ledger holds hashes alone: a text can
be deleted for good and every signature stays what it was. A line that says `gone`, signed by an
admitted key, wins over the text it names.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from generator.base import jsonl
from generator.base.digests import fact_value_key, wording_key, words_key
from generator.base.files import ANY_END, read_text, write_file
from generator.base.jsonl import JsonLines
from generator.campaign.project import Project
from generator.problem import Problem, Severity, refusal
from generator.review.signed_lines import (
    TEXTS,
    SignedLines,
    side_ledger,
    sign_side,
    signed_lines,
)
from generator.trust.readers_edge import check_chain_fields

# What stands in the line of a fact, in the order of `KeptFact`.
_FACT_FIELDS = ("site", "f", "kind", "v", "d")
_DAMAGED = Problem(
    "wordings",
    "not a wording: the line was damaged or cut off",
    hint="get the line back from git or another computer, or delete it; nothing is signed by it",
    severity=Severity.WARNING,
)


class KeptWording(NamedTuple):
    """One sentence of the source language and a translation that it once had."""

    msgctxt: str
    msgid: str
    msgstr: str


class KeptFact(NamedTuple):
    """A value that a fact once had; `site` is empty for a shared one."""

    site: str
    name: str
    kind: str
    value: str
    display: str

    @property
    def printed(self) -> str:
        """The value as people read it."""
        return self.display or self.value


@dataclass(frozen=True)
class Wordings:
    """The texts of one file, by their hashes."""

    texts: Mapping[str, KeptWording] = field(default_factory=dict)
    """By `wording_key`, in the order of the file."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Reasons and comments, by `words_key`."""
    facts: Mapping[str, KeptFact] = field(default_factory=dict)
    """Signed values, by `fact_key`; those of sites stand in their private folder alone."""
    gone: frozenset[str] = frozenset()
    """Hashes of texts that were deleted for good."""
    problems: tuple[Problem, ...] = ()
    """Warnings of lines that cannot be read; all others can."""
    revived: bool = False
    """Whether lines stand there that were deleted for good, as after a merge with an old clone."""
    unsigned: frozenset[str] = frozenset()
    """Hashes on lines that say `gone`, and that nobody signed: they delete nothing."""


class _Line(NamedTuple):
    text: str
    number: int
    row: Mapping[str, Any] | None = None
    """What the line says; None for a damaged one."""
    key: str = ""
    """The hash of the text on it."""


def wordings_path(ledger: Path) -> Path:
    """Return where the texts of a ledger stand."""
    return ledger.with_name("wordings.jsonl")


def read_wordings(path: Path) -> Wordings:
    """Return the texts; no file means none.

    Raise LeafletsError where the file as a whole, or who may sign, cannot be read.
    """
    texts: dict[str, KeptWording] = {}
    words: dict[str, str] = {}
    facts: dict[str, KeptFact] = {}
    problems: list[Problem] = []
    lines = list(_lines(path))
    signed = _signed(path, lines)
    gone = _gone(signed)
    problems += signed.problems
    unsigned = {signed.lines.numbers[n]: signed.lines.rows[n]["gone"] for n in signed.unsigned}
    for line in lines:
        if line.number in unsigned:
            key = unsigned[line.number]
            problems.append(_unsigned(path, line.number, key))
        if line.row is None:
            problems.append(_DAMAGED.at(where=f"{path}:{line.number}"))
        elif not line.key or line.key in gone:
            continue
        elif "w" in line.row:
            words[line.key] = line.row["w"]
        elif "f" in line.row:
            facts[line.key] = _kept_fact(line.row)
        else:
            texts.setdefault(line.key, _kept(line.row))
    revived = any(line.key in gone for line in lines)
    forgeries = frozenset(unsigned.values()) - gone
    return Wordings(texts, words, facts, gone, tuple(problems), revived, forgeries)


def language_wordings(project: Project, language: str) -> Wordings:
    """Return every wording that is kept of a language, and what was deleted for good."""
    return read_wordings(wordings_path(project.ledger(language)))


def _lines(path: Path) -> Iterator[_Line]:
    if not path.exists():
        return
    language = path.parent.name
    for number, text in enumerate(read_text(path, jsonl.LIMIT, ANY_END).split("\n"), 1):
        if text and not text.isspace():
            yield _line(language, text.strip(), number)


def _line(language: str, text: str, number: int) -> _Line:
    try:
        row = json.loads(text)
        if "gone" in row:
            jsonl.text_fields(row, "gone")
            if "by" in row:
                check_chain_fields(row)
            return _Line(text, number, row)
        if "w" in row:
            return _Line(text, number, row, words_key(*jsonl.text_fields(row, "w")))
        if "f" in row:
            return _Line(text, number, row, fact_value_key(*_kept_fact(row)))
        return _Line(text, number, row, wording_key(language, *_kept(row)))
    except jsonl.ROW_ERRORS:
        return _Line(text, number)


def _kept(row: Mapping[str, Any]) -> KeptWording:
    return KeptWording(*jsonl.text_fields(row, "c", "s", "t"))


def _kept_fact(row: Mapping[str, Any]) -> KeptFact:
    # A shared fact has no site, and one that is printed as it is has no other form.
    there = [name for name in _FACT_FIELDS if name in row or name not in ("site", "d")]
    found = dict(zip(there, jsonl.text_fields(row, *there), strict=True))
    return KeptFact(*(found.get(name, "") for name in _FACT_FIELDS))


def _fact_row(fact: KeptFact) -> dict[str, str]:
    return {name: text for name, text in zip(_FACT_FIELDS, fact, strict=True) if text}


def _signed(path: Path, lines: Iterable[_Line]) -> SignedLines:
    """Return which lines that say `gone` count."""
    rows = [(line.text, line.row, line.number) for line in lines if line.row and "gone" in line.row]
    named = JsonLines(*([one[part] for one in rows] for part in range(3)))  # type: ignore[arg-type]
    return signed_lines(*side_ledger(path, TEXTS), path, named)


def _gone(signed: SignedLines) -> frozenset[str]:
    return frozenset(signed.lines.rows[place]["gone"] for place in signed.counting)


def _unsigned(path: Path, number: int, key: str) -> Problem:
    what = "nobody signed that this text was deleted for good, so it was not"
    hint = f"delete the line; if it should be so: leaflets redact {path.parent.name} {key}"
    return Problem("gone-unsigned", what, f"{path}:{number}", hint)


def remember_words(path: Path, said: Iterable[str]) -> None:
    """Add reasons and comments that are not there; call it under the lock of the folder.

    Raise LeafletsError for words that were deleted for good.
    """
    if new := [text for text in dict.fromkeys(said) if text]:
        known = read_wordings(path)
        _refuse_gone(map(words_key, new), known)
        _add(path, ({"w": text} for text in new if words_key(text) not in known.words))


def remember_wordings(path: Path, wordings: Iterable[KeptWording]) -> bool:
    """Add wordings of sentences that are not there; call it under the lock of the folder.

    What was deleted for good is left out. Return whether anything was written.
    """
    new = new_wordings(read_wordings(path), path.parent.name, wordings)
    return _add(path, ({"c": kept.msgctxt, "s": kept.msgid, "t": kept.msgstr} for kept in new))


def remember_facts(path: Path, facts: Iterable[KeptFact]) -> None:
    """Add values of facts that are not there; call it under the lock of the folder.

    What was deleted for good is left out.
    """
    known = read_wordings(path)
    held = known.facts.keys() | known.gone
    new = [fact for fact in dict.fromkeys(facts) if fact_value_key(*fact) not in held]
    _add(path, map(_fact_row, new))


def new_wordings(
    known: Wordings, language: str, wordings: Iterable[KeptWording]
) -> list[KeptWording]:
    """Return the wordings that are neither kept nor deleted for good."""
    held = known.texts.keys() | known.gone
    texts = (kept for kept in dict.fromkeys(wordings) if all(part.strip() for part in kept))
    return [kept for kept in texts if wording_key(language, *kept) not in held]


def refuse_gone(path: Path, kept: KeptWording) -> None:
    """Raise LeafletsError for a wording that was deleted for good: nobody signs it again."""
    _refuse_gone([wording_key(path.parent.name, *kept)], read_wordings(path))


def _refuse_gone(keys: Iterable[str], known: Wordings) -> None:
    if any(key in known.gone for key in keys):
        what = "this text was deleted for good (leaflets redact)"
        raise refusal("text-gone", what, hint="say it in other words")


def delete_texts(path: Path, keys: Collection[str]) -> None:
    """Delete texts for good by their hashes; call it under the lock of the folder.

    This computer's key signs it, and no merge with an older clone brings one back. Raise
    LeafletsError where this computer cannot sign.
    """
    lines = list(_lines(path))
    signed, (root, ledger) = _signed(path, lines), side_ledger(path, TEXTS)
    new = sorted({*keys} - _gone(signed))
    added = sign_side(root, ledger, signed.reading, ({"gone": key} for key in new)) if new else []
    _write(path, lines, _gone(signed) | {*new}, added)


def drop_revived(path: Path) -> bool:
    """Take out texts that a merge brought back though they were deleted for good.

    Call it under the lock of the folder. Return whether any stood there.
    """
    return read_wordings(path).revived and _add(path, ())


def _add(path: Path, rows: Iterable[Mapping[str, str]]) -> bool:
    """Add rows, and take out the lines of texts that are gone."""
    lines = list(_lines(path))
    return _write(
        path, lines, _gone(_signed(path, lines)), [jsonl.json_line(row)[:-1] for row in rows]
    )


def _write(path: Path, lines: list[_Line], gone: frozenset[str], added: list[str]) -> bool:
    """Write lines without the texts that are gone, and what was never signed of these."""
    kept = [line.text for line in lines if line.key not in gone and not _is_void(line, gone)]
    if not added and len(kept) == len(lines):
        return False
    return write_file(path, "".join(f"{line}\n" for line in (*kept, *added)))


def _is_void(line: _Line, gone: frozenset[str]) -> bool:
    """Tell whether a line says unsigned what another one says signed."""
    return bool(line.row and "by" not in line.row and line.row.get("gone") in gone)
