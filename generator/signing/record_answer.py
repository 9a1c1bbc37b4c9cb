"""Write an answer down: its events into the ledger, the wording into the catalogue; an edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from generator.base.files import locked_folder
from generator.base.message_text import on_one_line
from generator.campaign import glossary as campaign_glossary
from generator.campaign.glossary import GLOSSARY
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.model import Risk, Translation
from generator.problem import refusal
from generator.review import wordings
from generator.review.ledger import LedgerReading, append_effective, ledger_reading
from generator.review.ledger_event import SIGNING_ACTIONS, LedgerEvent, withdrawn_ids
from generator.review.merge import annotate_entries
from generator.review.snapshot import Snapshot
from generator.review.source_texts import WHOLE_ID
from generator.review.standing import Standing
from generator.review.support import support_by_key
from generator.review.typed_texts import without_deleted
from generator.signing.sentence_task import SentenceTask


def record_answer(
    project: Project,
    seen: SentenceTask,
    task: SentenceTask,
    events: list[LedgerEvent],
    undoes: bool = False,
) -> list[LedgerEvent]:
    """Write the events, then the wording of `task` in the place of `seen`; return what was added.

    Both texts are kept first, then the ledger is written, then the catalogue: killed in between,
    nothing is lost. Raise LeafletsError for a text that was deleted for good, and if the catalogue
    does not say `seen` any more; for `undoes` it may say what stands instead of that.
    """
    if task.language == project.campaign.source:
        return record_source(project, [task], events)
    with ExitStack() as locks:
        # The glossary is one file for all languages, so its folder is held besides.
        if task.domain == GLOSSARY:
            locks.enter_context(locked_folder(project.locales, deep=False))
        path = project.ledger(task.language)
        locks.enter_context(locked_folder(path.parent))
        entries, known = _entries(project, seen), ledger_reading(path)
        instead = _stands_instead(entries, seen, known) if undoes else None
        if instead:
            task = replace(task, text=replace(task.text, msgstr=instead.msgstr, old=""))
        else:
            _refuse_unseen(project, entries, seen)
        _keep_texts(wordings.wordings_path(path), seen, task, events)
        added = append_effective(path, [*events, *_other_choices(known.events, events)], known)
        if task.domain == GLOSSARY:
            glossary = project.locales / "glossary.yaml"
            campaign_glossary.correct_term(
                glossary, task.message.msgid, task.language, task.text.msgstr
            )
        else:
            _save_wording(project, task, entries)
        return added


def _keep_texts(
    path: Path, seen: SentenceTask, task: SentenceTask, events: Iterable[LedgerEvent]
) -> None:
    """Keep the texts before and after; raise LeafletsError for a new one that was deleted."""
    signs = any(event.key == task.key for event in events)
    if signs or task.text.msgstr != seen.text.msgstr:
        wordings.refuse_gone(path, _kept(task, task.message.msgid))
    made = [_kept(one, one.text.old or one.message.msgid) for one in (seen, task)]
    if signs:  # also a text that was made for an older source
        made.append(_kept(task, task.message.msgid))
    wordings.remember_wordings(path, made)


def _kept(task: SentenceTask, msgid: str) -> wordings.KeptWording:
    return wordings.KeptWording(task.message.msgctxt, msgid, task.text.msgstr)


def _other_choices(
    known: Sequence[LedgerEvent], events: Iterable[LedgerEvent]
) -> Iterator[LedgerEvent]:
    """Yield what takes back earlier signatures of whoever signs another wording of a sentence."""
    new = {
        (event.person, event.src): event
        for event in events
        if event.action in SIGNING_ACTIONS and event.src
    }
    gone = withdrawn_ids(known) if new else frozenset()
    for event in known:
        chosen = new.get((event.person, event.src))
        other = chosen and event.key != chosen.key and event.action in SIGNING_ACTIONS
        if chosen and other and event.id not in gone:
            yield event.withdrawal(chosen.at)


def record_source(
    project: Project, tasks: Sequence[SentenceTask], events: list[LedgerEvent]
) -> list[LedgerEvent]:
    """Write events about texts of the source, which has a ledger and no catalogue.

    Raise LeafletsError if a file says something else by now than what was seen.
    """
    path = project.ledger(project.campaign.source)
    with locked_folder(path.parent):
        snapshot, kept = Snapshot(Project(project.root)), []
        for task in tasks:
            now = snapshot.texts(task.language, task.domain)
            text = now.get(task.message.msgctxt)
            if text is None or text.message.msgid != task.message.msgid:
                what = "somebody changed this text meanwhile"
                raise refusal("sign-conflict", what, task.message.where, "run the command again")
            kept += [wordings.KeptWording(name, one, one) for name, one in _signed_texts(task, now)]
        wordings.remember_wordings(wordings.wordings_path(path), kept)
        return append_effective(path, events)


def _signed_texts(task: SentenceTask, now: Mapping[str, Translation]) -> Iterator[tuple[str, str]]:
    """Yield id and text of what a signature of the source covers: of a whole leaflet, all of it."""
    for name, text in now.items():
        if task.message.msgctxt in (name, WHOLE_ID):
            yield name, text.message.msgid


def _entries(project: Project, task: SentenceTask) -> list[Entry]:
    """Return the entries of a task's catalogue, without texts that were deleted for good."""
    if task.domain == GLOSSARY:
        return Project(project.root).glossary.entries(task.language)
    path = project.catalogue(task.language, task.domain)
    entries = pofile.read_catalogue(path, project.languages[task.language])
    gone = wordings.language_wordings(project, task.language).gone
    return without_deleted(entries, task.language, gone) if gone else entries


def _refuse_unseen(project: Project, entries: list[Entry], seen: SentenceTask) -> None:
    """Raise LeafletsError unless a catalogue says what was seen."""
    now = _entry_of(entries, seen)
    if not now or (now.msgid, now.msgstr) != (seen.message.msgid, seen.text.msgstr):
        hint = f"it says now: {now.msgstr}" if now and now.msgstr else "run the command again"
        what = "somebody changed this sentence meanwhile"
        raise refusal("sign-conflict", what, project.catalogue(seen.language, seen.domain), hint)


def _stands_instead(
    entries: list[Entry], task: SentenceTask, reading: LedgerReading
) -> Entry | None:
    """Return the entry whose text stands because more people signed it than that of a task."""
    now = _entry_of(entries, task)
    if not now or now.msgstr == task.text.msgstr or task.domain == GLOSSARY:
        return None
    standing = _standing(task.language, reading)
    settled = standing.settled(now.changed(msgstr=task.text.msgstr), task.domain)
    return now if settled.msgstr == now.msgstr else None


def _standing(language: str, reading: LedgerReading) -> Standing:
    return Standing.of(language, support_by_key(reading.events), reading)


def _entry_of(entries: Iterable[Entry], task: SentenceTask) -> Entry | None:
    return next((entry for entry in entries if _is_active(entry, task)), None)


def _is_active(entry: Entry, task: SentenceTask) -> bool:
    return entry.msgctxt == task.message.msgctxt and not entry.obsolete


def _save_wording(project: Project, task: SentenceTask, entries: list[Entry]) -> None:
    """Write the wording of a task into its catalogue, or the one that stands instead."""
    text, reading = task.text, ledger_reading(project.ledger(task.language))
    standing = _standing(task.language, reading)
    new = [
        standing.settled(
            entry.changed(msgstr=text.msgstr, previous=text.old or entry.previous), task.domain
        )
        if _is_active(entry, task)
        else entry
        for entry in entries
    ]
    rules = dict.fromkeys(Risk, task.rule)
    annotated = annotate_entries(new, [task.message], task.language, standing.known, rules, {})
    pofile.save_catalogue(project.catalogue(task.language, task.domain), list(annotated))


def text_instead(project: Project, task: SentenceTask, signed: str) -> str:
    """Return the text that stands although somebody signed another one; "" if that stands.

    Raise LeafletsError if the catalogue cannot be read.
    """
    if task.domain == GLOSSARY or task.language == project.campaign.source:
        return ""
    now = _entry_of(_entries(project, task), task)
    return now.msgstr if now and now.msgstr != on_one_line(signed) else ""
