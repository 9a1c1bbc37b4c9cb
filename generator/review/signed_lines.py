"""Lines that admitted keys have signed, whatever they say: what counts, what is gone; an edge.

Besides the ledgers two kinds of files hold such lines: what was deleted for good of texts, and
where voices may be heard.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.base.files import ANY_END, read_text
from generator.base.jsonl import LIMIT, ROW_ERRORS, JsonLines
from generator.problem import Problem, Severity
from generator.trust.chain import ChainFault, ChainReading, read_chains
from generator.trust.faults import chain_problem, head_faults
from generator.trust.memory import expected_heads, folder_memory, remember_heads
from generator.trust.readers_edge import (
    campaign_registry,
    check_chain_fields,
    pass_decisions,
    unsettled_faults,
)
from generator.trust.readers_file import ORGANISER_CODE, Registry, key_of, stands_before
from generator.trust.signer import campaign_signer, ledger_scope

# The kinds of files besides ledgers, as they stand in signatures, and their names.
TEXTS, VOICES = "texts", "voices"
SIDE_FILES = {TEXTS: "wordings.jsonl", VOICES: "recordings.jsonl"}
_FOLDERS = {"facts": "leaflets", "sites": "sites"}


@dataclass(frozen=True)
class ChainsRead:
    """What the lines of a file prove, and what no organiser has settled."""

    registry: Registry
    reading: ChainReading
    faults: tuple[ChainFault, ...]
    grave: bool
    """Whether a fault is in a chain of somebody who may sign."""


def read_settled(root: Path, ledger: str, lines: JsonLines) -> ChainsRead:
    """Return what lines prove, held against what this computer has seen, which it then knows.

    Raise LeafletsError if the file that says who may sign cannot be read.
    """
    registry = campaign_registry(root)
    scope = ledger_scope(registry.campaign, ledger)
    reading = read_chains(lines.texts, lines.rows, registry.public_of, scope)
    heads = expected_heads(root, registry.campaign, ledger)
    if not lines.rows and ledger.endswith(f"/{VOICES}"):
        # Voices are not in git: a second folder has none of them.
        heads = folder_memory(root).heads.get(ledger, {})
    faults = [*reading.faults, *head_faults(reading, heads)]
    if faults:
        faults = unsettled_faults(root, registry, ledger, reading, faults)
    # Whoever is not admitted can write what they like, and harms nobody by it.
    grave = any(registry.is_known(fault.by.partition(".")[0]) for fault in faults)
    if registry.campaign and lines.rows and not grave:
        remember_heads(root, registry.campaign, ledger, registry.known_heads(reading.heads))
        pass_decisions(root, registry, ledger)
    return ChainsRead(registry, reading, tuple(faults), grave)


@dataclass(frozen=True)
class SignedLines:
    """The lines of a file that is no ledger, weighed."""

    lines: JsonLines
    counting: tuple[int, ...]
    """Places of lines that an admitted key has signed, before it was retired."""
    unsigned: tuple[int, ...]
    reading: ChainReading
    faults: tuple[ChainFault, ...]
    problems: tuple[Problem, ...]
    """One for each fault, and one for lines of keys that may not sign; not for unsigned lines."""
    sound: bool


def signed_lines(root: Path, ledger: str, path: Path, lines: JsonLines) -> SignedLines:
    """Return which lines of a file count; each row has the fields of a signed line, or no `by`.

    Raise LeafletsError if the file that says who may sign cannot be read.
    """
    read = read_settled(root, ledger, lines)
    counting, strangers = list[int](), list[int]()
    for place in read.reading.sound:
        key = key_of(lines.rows[place])
        cuts = read.registry.retired.get(key, ())
        known = read.registry.is_known(key)
        known = known and stands_before(place, cuts, ledger, read.reading, lines.rows)
        (counting if known else strangers).append(place)
    problems = [chain_problem(fault, path, lines.numbers) for fault in read.faults]
    for place in [*strangers, *read.reading.strange][:1]:
        what = "nobody admitted the key behind this line, or it was retired before"
        hint = "nothing counts by it: an organiser types leaflets readers admit, or delete the line"
        where = f"{path}:{lines.numbers[place]}"
        problems.append(Problem("line-stranger", what, where, hint, Severity.WARNING))
    unsigned = tuple(read.reading.unsigned)
    return SignedLines(
        lines, tuple(counting), unsigned, read.reading, read.faults, tuple(problems), not read.grave
    )


def ledger_place(path: Path) -> tuple[Path, str]:
    """Return the campaign's folder of a ledger, and the ledger's name in signatures.

    >>> ledger_place(Path("c/locales/ar/reviews.jsonl"))[1], ledger_place(Path("c/sites/x"))[1]
    ('ar', 'sites')
    """
    folder = path.parent
    if folder.parent.name in ("locales", "audio"):
        return folder.parent.parent, folder.name
    names = {name: ledger for ledger, name in _FOLDERS.items()}
    return folder.parent, names.get(folder.name, folder.name)


def side_ledger(path: Path, kind: str) -> tuple[Path, str]:
    """Return the campaign's folder of a file besides the ledgers, and its name in signatures."""
    root, name = ledger_place(path)
    return root, f"{name}/{kind}"


def ledger_path(root: Path, ledger: str) -> Path:
    """Return where the lines of a ledger, or of a file besides, stand.

    >>> ledger_path(Path("c"), "ar/texts").as_posix()
    'c/locales/ar/wordings.jsonl'
    """
    name, _, kind = ledger.partition("/")
    home = "audio" if kind == VOICES else "locales"
    folder = root / _FOLDERS[name] if name in _FOLDERS else root / home / name
    return folder / SIDE_FILES.get(kind, "reviews.jsonl")


def side_ledgers(root: Path) -> Iterator[str]:
    """Yield the names of the files besides the ledgers that are there or were seen here."""
    there = [root / folder / SIDE_FILES[TEXTS] for folder in _FOLDERS.values()]
    found = [path for path in there if path.is_file()]
    found += sorted(root.glob(f"locales/*/{SIDE_FILES[TEXTS]}"))
    names = {side_ledger(path, TEXTS)[1] for path in found}
    names |= {side_ledger(path, VOICES)[1] for path in root.glob(f"audio/*/{SIDE_FILES[VOICES]}")}
    yield from sorted(names | {name for name in folder_memory(root).heads if "/" in name})


def read_side(root: Path, ledger: str) -> SignedLines:
    """Return what counts in a file besides the ledgers; its unsigned and damaged lines are left."""
    path = ledger_path(root, ledger)
    return signed_lines(root, ledger, path, signed_rows(path))


def signed_rows(path: Path) -> JsonLines:
    """Return the lines of a file that carry a signature; no file means none."""
    texts, rows, numbers = list[str](), list[Mapping[str, Any]](), list[int]()
    text = read_text(path, LIMIT, ANY_END) if path.exists() else ""
    for number, line in enumerate(text.split("\n"), 1):
        with suppress(*ROW_ERRORS):
            row = json.loads(line) if '"by"' in line else {}
            if "by" in row:
                check_chain_fields(row)
                texts.append(line)
                rows.append(row)
                numbers.append(number)
    return JsonLines(texts, rows, numbers)


def sign_side(
    root: Path, ledger: str, reading: ChainReading, rows: Iterable[Mapping[str, Any]]
) -> list[str]:
    """Return rows as lines that this computer's key signs, which follow what was read.

    Raise LeafletsError where this computer cannot sign.
    """
    signer = campaign_signer(root, ORGANISER_CODE, ledger, reading)
    return list(signer.lines(ledger, reading, rows))
