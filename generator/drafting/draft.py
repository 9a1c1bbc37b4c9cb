"""Fill missing messages with drafts: from the campaign's own signed sentences, or from a machine on this computer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from generator.base.digests import source_key, wording_key
from generator.base.files import locked_folder
from generator.base.names import pick_names
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.checks import check_translation
from generator.drafting.engine import Engine, Origin
from generator.drafting.verify import Draft, verified_drafts
from generator.model import Message, Risk, State
from generator.problem import LeafletsError, Problem, errors_among
from generator.review import ledger
from generator.review.extract import extract_messages
from generator.review.ledger_event import SIGNING_ACTIONS, LedgerAction, LedgerEvent, withdrawn_ids
from generator.review.merge import EMPTIED_MARK, REFUSED_MARK, annotate_entries
from generator.review.snapshot import Snapshot
from generator.review.support import support_by_key

CHUNK = 64
"""Distinct messages that are translated and then kept together: what Ctrl-C can lose."""
DOUBTFUL = ("length", "sentence-count")
"""Checks whose warnings are enough to refuse a machine."""
FORM = ("placeholders", "inline-tags", "invisible", "bidi-control", "literal-fact")
"""Checks that fake text must pass too."""
GONE = "people signed a text that is not there any more: leaflets check"
LOW = -1.5
"""Mean log-probability per token under which a draft is marked as unsure."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class DraftItem:
    """One missing message, and what became of it."""

    language: str
    domain: str
    message: Message
    draft: Draft | None = None
    origin: Origin | None = None
    skipped: str = ""
    """Why nobody tried."""


@dataclass(frozen=True)
class DraftReport:
    """What was drafted, refused and left to people; languages that no package serves; what could not be read."""

    items: tuple[DraftItem, ...]
    human_only: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def done(self) -> list[DraftItem]:
        """The messages that have a draft now."""
        return [item for item in self.items if item.draft and item.draft.msgstr]

    @property
    def refused(self) -> list[DraftItem]:
        """The messages whose drafts were not good enough to show."""
        return [item for item in self.items if item.draft and not item.draft.msgstr]


def draft_missing(
    project: Project,
    engine: Engine,
    languages: Iterable[str],
    leaflets: Iterable[str],
    day: date,
    progress: Progress = lambda done, total: None,
) -> DraftReport:
    """Draft what is missing, one language after another; what is done is kept at once.

    The words around leaflets (`PAGES`) are drafted only by name: people read the leaflets first.
    Raises UsageError for unknown names, LeafletsError if the engine cannot work at all.
    """
    problems = list(errors_among(extract_messages(project).problems))
    snapshot = Snapshot(project)
    domains = pick_names("leaflet", list(leaflets) or project.leaflet_domains, project.domains)
    wanted = [
        code
        for code in pick_names("language", languages, project.campaign.languages)
        if code != "en"
    ]
    pairs = set(engine.pairs())
    items: list[DraftItem] = []
    todo: dict[str, list[DraftItem]] = {}
    for code in wanted:
        try:
            found = list(missing_messages(snapshot, code, domains))
        except LeafletsError as error:
            problems += [problem.at(language=code) for problem in error.problems]
            continue
        items += [item for item in found if item.skipped]
        remembered = [item for item in found if item.draft]
        _keep(project, code, remembered, day)
        items += remembered
        if ("en", code) in pairs:
            todo[code] = [item for item in found if not item.draft and not item.skipped]
    total, before = sum(map(len, todo.values())), 0
    for code, found in todo.items():
        try:
            for done in _machine(snapshot, engine, code, found, day):
                items += done
                before += len(done)
                progress(before, total)
        except LeafletsError as error:
            problems += [problem.at(language=code) for problem in error.problems]
    return DraftReport(
        tuple(items), tuple(code for code in wanted if ("en", code) not in pairs), tuple(problems)
    )


def missing_messages(
    snapshot: Snapshot, language: str, domains: Iterable[str]
) -> Iterator[DraftItem]:
    """Yield the messages without a text: to draft, to take from a signed sentence, or to leave to people and why."""
    texts = {
        domain: snapshot.texts(language, domain)
        for domain in dict.fromkeys([*snapshot.project.leaflet_domains, *domains])
    }
    memory = {
        text.message.msgid: (domain, text)
        for domain in texts
        for text in texts[domain].values()
        if text.state is State.READY
    }
    for domain in domains:
        left = EmptiedMessages(snapshot, language, domain)
        for text in texts[domain].values():
            message = text.message
            item = DraftItem(language, domain, message)
            if text.state is not State.MISSING:
                continue
            if why := left.why(message):
                yield replace(item, skipped=why)
            elif message.msgid in memory:
                place, other = memory[message.msgid]
                origin = Origin("memory", settings=f"ready in {place}/{other.message.msgctxt}")
                yield replace(
                    item, draft=Draft(message.msgid, other.msgstr, "memory"), origin=origin
                )
            elif message.risk not in snapshot.project.campaign.drafts:
                yield replace(
                    item,
                    skipped=f"risk {message.risk}: left to people, by `drafts:` in campaign.yaml",
                )
            else:
                yield item


class EmptiedMessages:
    """Knows which empty messages of a catalogue a person left empty.

    That a machine's text was written down says nothing of it: where a command was killed before the catalogue was written, or an
    older catalogue came back, nobody emptied anything. What a person empties in an editor keeps the comment that stood on its text.
    """

    def __init__(self, snapshot: Snapshot, language: str, domain: str) -> None:
        gone = withdrawn_ids(snapshot.events(language))
        self.events = [
            event for event in snapshot.events(language) if event.src and event.id not in gone
        ]
        self.people = {event.src for event in self.events if event.action in SIGNING_ACTIONS}
        self.marks = {
            entry.msgctxt: tuple(
                line.removeprefix(EMPTIED_MARK)
                for line in entry.comments
                if line.startswith(EMPTIED_MARK)
            )
            for entry in snapshot.entries(language, domain)
            if not (entry.obsolete or entry.msgstr)
        }

    def why(self, message: Message) -> str:
        """Return why a message without a text is left to people; nothing where a machine may try."""
        src, marks = source_key(message.msgctxt, message.msgid), self.marks.get(message.msgctxt, ())
        if marks and any(event.src == src and event.key.startswith(marks) for event in self.events):
            return "somebody emptied it"
        return GONE if src in self.people else ""


def _machine(
    snapshot: Snapshot, engine: Engine, language: str, items: list[DraftItem], day: date
) -> Iterator[list[DraftItem]]:
    """Draft the items of a language chunk by chunk, each kept before it is yielded."""
    by_text: dict[str, list[DraftItem]] = {}
    for item in items:
        by_text.setdefault(item.message.msgid, []).append(item)
    texts, names = list(by_text), snapshot.project.glossary.names
    glue = " " if snapshot.project.languages[language].spaced else ""
    origin = engine.origin("en", language)
    judge = partial(_faults, snapshot, language, FORM if engine.fake else ())
    for start in range(0, len(texts), CHUNK):
        found = verified_drafts(
            texts[start : start + CHUNK],
            names,
            lambda batch: engine.translate(batch, "en", language),
            judge,
            glue,
        )
        done = [
            replace(item, draft=one, origin=origin) for one in found for item in by_text[one.msgid]
        ]
        _keep(snapshot.project, language, done, day)
        yield done


def _faults(
    snapshot: Snapshot, language: str, only: tuple[str, ...], msgid: str, msgstr: str
) -> list[str]:
    """Return why a draft must not be shown, by all checks or `only` some; a machine is judged as if every sentence could hurt."""
    if not any(char.isalnum() for char in msgstr):
        return ["nothing readable came back"]
    found = check_translation(Message("", msgid, Risk.SAFETY), msgstr, snapshot.context(language))
    found = [
        problem for problem in found if problem.severity == "error" or problem.code in DOUBTFUL
    ]
    return [problem.what for problem in found if not only or problem.code in only]


def _keep(project: Project, language: str, items: list[DraftItem], day: date) -> None:
    """Write the drafts whose messages are still empty, the ledger first."""
    if not items:
        return
    with locked_folder(project.ledger(language).parent):
        for domain in dict.fromkeys(item.domain for item in items):
            path = project.catalogue(language, domain)
            entries = pofile.read_catalogue(path, project.languages[language])
            found = {item.message.msgctxt: item for item in items if item.domain == domain}
            free = {
                entry.msgctxt: entry.msgid
                for entry in entries
                if not entry.obsolete and not entry.msgstr
            }
            found = {
                name: item for name, item in found.items() if free.get(name) == item.message.msgid
            }
            events = [
                machine_event(item, day)
                for item in found.values()
                if item.draft and item.draft.msgstr
            ]
            old = ledger.read_ledger(project.ledger(language))
            added = ledger.append_effective(project.ledger(language), events, old)
            known = support_by_key([*old, *added])
            new = [
                _filled(entry, found[entry.msgctxt])
                if entry.msgctxt in found and not entry.obsolete
                else entry
                for entry in entries
            ]
            messages = [item.message for item in found.values()]
            pofile.save_catalogue(
                path,
                list(
                    annotate_entries(new, messages, language, known, project.campaign.readers, {})
                ),
            )


def _filled(entry: Entry, item: DraftItem) -> Entry:
    assert item.draft
    if item.draft.msgstr:
        return entry.changed(msgstr=item.draft.msgstr, previous="")
    theirs = tuple(line for line in entry.comments if not line.startswith(REFUSED_MARK))
    return entry.changed(comments=(*theirs, f"{REFUSED_MARK}{'; '.join(item.draft.reasons)}"[:70]))


def machine_event(item: DraftItem, day: date) -> LedgerEvent:
    """Return the ledger's line on a draft: which machine, which package to the byte, how, and how sure."""
    assert item.draft
    assert item.origin
    origin, message = item.origin, item.message
    sure = (
        [f"log-probability {item.draft.score:.2f}{', unsure' if item.draft.score < LOW else ''}"]
        if item.draft.score is not None
        else []
    )
    parts = [origin.settings, item.draft.path if item.draft.path != "memory" else "", *sure]
    parts.append(f"sha256 {origin.sha256}" if origin.sha256 else "")
    key = wording_key(item.language, message.msgctxt, message.msgid, item.draft.msgstr)
    who = " ".join(part for part in (origin.engine, origin.package) if part)
    return LedgerEvent(
        key,
        LedgerAction.MACHINE,
        who,
        str(day),
        "; ".join(part for part in parts if part),
        src=source_key(message.msgctxt, message.msgid),
    )
