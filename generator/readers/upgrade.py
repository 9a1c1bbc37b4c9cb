"""Take a campaign of an earlier version over: its signatures get an organiser's key, once.

Whoever does it stands behind every old line from then on. A second organiser does it again on
their own computer, so that what needs two keys has two.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.audio.recorder import recordings_ledger
from generator.audio.take_over import old_voices, take_over_voices
from generator.base.files import file_error, locked_folder, make_private_folder, write_file
from generator.base.jsonl import JsonLines, append_lines, read_lines
from generator.campaign.ignored import lacking
from generator.campaign.project import Project
from generator.problem import LeafletsError, refusal
from generator.readers.known_texts import KnownTexts
from generator.readers.old_events import converted_events, machine_ids, old_id
from generator.readers.own_key import organiser_seed
from generator.review.ledger import (
    DAMAGED,
    event_from_row,
    event_row,
    ledger_reading,
    words_of,
)
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.merge_driver import ATTRIBUTES
from generator.review.signed_lines import ledger_place
from generator.review.wordings import remember_words, wordings_path
from generator.signing.unsaved import DESK_FOLDER, change_desk
from generator.trust.keys import key_name, public_key
from generator.trust.memory import upgrade_mark
from generator.trust.old_lines import has_old_signatures, ledger_files
from generator.trust.readers_edge import campaign_registry
from generator.trust.readers_file import ORGANISER_CODE
from generator.trust.recovery_sheet import ignore_in_git
from generator.trust.signer import begin_trust, campaign_signer

# The folder beside the campaign's own that keeps what was changed, as it was.
KEPT_FOLDER = ".leaflets-before-upgrade"
# Marks a line that was taken over: a second organiser's computer signs the same again.
TAKEN = "taken"
# What a signature adds to a line.
_CHAIN = ("by", "n", "prev", "seen", "sig")


@dataclass(frozen=True)
class OldLedger:
    """A ledger with lines of people that carry no keys."""

    path: Path
    name: str
    lines: JsonLines
    events: Sequence[LedgerEvent]
    """One a line."""

    @cached_property
    def old(self) -> list[LedgerEvent]:
        """What people did, without a key behind it."""
        unsigned = [event for event in self.events if not event.by]
        machines = machine_ids(unsigned)
        return [event for event in unsigned if old_id(event) not in machines]

    @property
    def people(self) -> list[LedgerEvent]:
        """What is taken over: all but facts that stood there when signing began."""
        return [event for event in self.old if event.action != LedgerAction.BASELINE]


@dataclass
class Upgrade:
    """What an upgrade of a campaign has to do on this computer."""

    project: Project
    ledgers: list[OldLedger] = field(default_factory=list)
    again: dict[Path, list[Mapping[str, Any]]] = field(default_factory=dict)
    """Lines that another organiser took over and this computer has not signed."""
    voices: Mapping[str, int] = field(default_factory=dict)
    """How many recordings carry no key, by language."""

    @property
    def root(self) -> Path:
        """The campaign's folder."""
        return self.project.root

    @cached_property
    def ignored(self) -> list[str]:
        """Lines that the campaign's `.gitignore` lacks."""
        path = self.root / ".gitignore"
        return lacking(path.read_text("utf-8", "replace")) if path.is_file() else []

    @cached_property
    def attributes(self) -> list[str]:
        """Lines that the campaign's `.gitattributes` lacks."""
        path = self.root / ".gitattributes"
        if not path.is_file():
            return []
        known = path.read_text("utf-8", "replace").splitlines()
        return [line for line in ATTRIBUTES.splitlines() if line not in known]

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to do."""
        files = self.ignored or self.attributes
        return not (self.ledgers or self.again or self.voices or files)

    @property
    def begins(self) -> bool:
        """Whether this computer becomes the first organiser's."""
        signs = bool(self.ledgers or self.voices)
        return signs and not campaign_registry(self.root).campaign


def planned_upgrade(project: Project) -> Upgrade:
    """Return what is to be done, changing nothing.

    Raise LeafletsError where this computer is no organiser's, and for unsigned lines that came
    after the campaign was taken over: nobody knows who wrote them.
    """
    root, found = project.root, Upgrade(project, voices=old_voices(project))
    registry = campaign_registry(root)
    if has_old_signatures(root):
        if registry.campaign and not upgrade_mark(root).exists():
            what = "lines without a key came after the campaign was taken over"
            hint = "they count for nothing: delete them (leaflets check names them) and sign again"
            raise refusal("upgrade-late", what, root, hint)
        found.ledgers = [one for one in map(_old_ledger, ledger_files(root)) if one.old]
    else:
        upgrade_mark(root).unlink(missing_ok=True)  # a run that was killed at its end
    if registry.campaign and not found.ledgers:
        mine = {path: list(_unsigned_here(root, path)) for path in ledger_files(root)}
        found.again = {path: rows for path, rows in mine.items() if rows}
    if registry.campaign and not found.nothing:
        organiser_seed(root)
    return found


def _old_ledger(path: Path) -> OldLedger:
    lines, events = read_lines(path, event_from_row, DAMAGED)
    return OldLedger(path, ledger_place(path)[1], lines, events)


def _unsigned_here(root: Path, path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield lines that were taken over, that count, and that this computer's key has not signed."""
    lines, events = read_lines(path, event_from_row, DAMAGED)
    # A reader who writes the mark gets no second key behind their line by it.
    organisers = campaign_registry(root).organisers
    taken = [
        (row, event)
        for row, event in zip(lines.rows, events, strict=True)
        if TAKEN in row and event.by in organisers
    ]
    if not taken:
        return
    own = key_name(public_key(organiser_seed(root)))
    done = {event.id for event in events if event.by == own}
    counting = {event.id for event in ledger_reading(path).events}
    for row, event in taken:
        if event.id in counting and event.id not in done:
            done.add(event.id)
            yield {name: value for name, value in row.items() if name not in _CHAIN}


def upgrade(plan: Upgrade) -> None:
    """Do what is planned; a kill at any moment loses nothing, and the next run goes on.

    What is changed is copied before, into a folder beside. Raise LeafletsError where something
    cannot be read or written.
    """
    root = plan.root
    if plan.ledgers:
        make_private_folder(upgrade_mark(root).parent)
        write_file(upgrade_mark(root), "", private=True)
    _keep_copies(plan)
    ignore_in_git(root, *plan.ignored)
    if plan.attributes:
        _add_lines(root / ".gitattributes", plan.attributes)
    if plan.begins:
        begin_trust(root)
    texts = KnownTexts(plan.project) if plan.ledgers else None
    for ledger in plan.ledgers:
        if texts:
            _take_over(root, ledger, texts)
    for path, rows in plan.again.items():
        _sign_again(root, path, rows)
    for language in plan.voices:
        take_over_voices(plan.project, language)
    if plan.ledgers:
        _forget_answers(root)
    upgrade_mark(root).unlink(missing_ok=True)


def _add_lines(path: Path, lines: Sequence[str]) -> None:
    text = path.read_text("utf-8")
    text += "" if text.endswith("\n") or not text else "\n"
    write_file(path, text + "".join(f"{line}\n" for line in lines))


def _keep_copies(plan: Upgrade) -> None:
    """Copy what will be changed; a copy that is there already is older, and stays."""
    root = plan.root
    changed = [ledger.path for ledger in plan.ledgers]
    changed += [wordings_path(path) for path in changed]
    changed += [recordings_ledger(plan.project, language) for language in plan.voices]
    changed += [root / name for name in (".gitignore", ".gitattributes")]
    try:
        for path in changed:
            kept = root / KEPT_FOLDER / path.relative_to(root)
            if path.is_file() and not kept.exists():
                make_private_folder(root / KEPT_FOLDER)
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, kept)
    except OSError as error:
        raise file_error(root / KEPT_FOLDER, error, "write") from None


def _take_over(root: Path, planned: OldLedger, texts: KnownTexts) -> None:
    """Put signed lines in the place of old ones: the file is written once, whole."""
    path = planned.path
    with locked_folder(path.parent, deep=False):
        ledger = _old_ledger(path)  # as it is under the lock
        known, src_of = texts.behind(ledger.name)
        events = converted_events(ledger.people, known, src_of)
        remember_words(wordings_path(path), [text for one in events for text in words_of(one)])
        rows = [{**event_row(event), TAKEN: 1} for event in events]
        reading = ledger_reading(path).counted.reading
        signer = campaign_signer(root, ORGANISER_CODE, ledger.name, reading)
        signed = signer.lines(ledger.name, reading, rows)
        gone = {old_id(event) for event in ledger.old}
        kept = [
            text
            for text, event in zip(ledger.lines.texts, ledger.events, strict=True)
            if event.by or old_id(event) not in gone
        ]
        write_file(path, "".join(f"{line}\n" for line in (*kept, *signed)))


def _sign_again(root: Path, path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    with locked_folder(path.parent, deep=False):
        reading, (_, name) = ledger_reading(path).counted.reading, ledger_place(path)
        signer = campaign_signer(root, ORGANISER_CODE, name, reading)
        append_lines(path, signer.lines(name, reading, rows))


def _forget_answers(root: Path) -> None:
    """Forget which answers can be taken back: they name lines by what they were called before."""
    for path in (root / DESK_FOLDER).glob("*.json"):
        with suppress(LeafletsError), change_desk(root, path.stem) as desk:
            desk.answers.clear()
