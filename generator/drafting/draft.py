"""Draft missing messages: from the campaign's own ready sentences, or by a machine here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from generator.base.digests import sentence_key, source_key
from generator.base.names import pick_names
from generator.campaign.project import Project
from generator.checks import check_translation
from generator.drafting.engine import Engine, Origin
from generator.drafting.keep_drafts import DraftItem, keep_drafts
from generator.drafting.verify import Draft, verified_drafts
from generator.model import Message, Risk, State, Translation
from generator.problem import LeafletsError, Problem, Severity, errors_among
from generator.review.extract import extract_messages
from generator.review.ledger_event import SIGNING_ACTIONS, withdrawn_ids
from generator.review.merge import EMPTIED_MARK
from generator.review.snapshot import Snapshot

# Distinct messages that are translated and then kept together: what Ctrl-C can lose.
CHUNK_TEXTS = 64

# Checks whose warnings are enough to refuse a machine.
DOUBTFUL_CHECKS = ("length", "sentence-count")

# Checks that fake text must pass too.
FORM_CHECKS = ("placeholders", "inline-tags", "invisible", "bidi-control", "literal-fact")
TEXT_GONE = "people signed a text that is not there any more: leaflets check"
DraftProgress = Callable[[int, int], None]


@dataclass(frozen=True)
class DraftReport:
    """What was drafted, refused and left to people, and what could not be read."""

    items: tuple[DraftItem, ...]
    human_only: tuple[str, ...]
    """Languages for which there is no package."""
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
    progress: DraftProgress = lambda done, total: None,
) -> DraftReport:
    """Draft what is missing, one language after another; what is done is kept at once.

    The words around leaflets (`PAGES`) are drafted only by name: people read the leaflets first.
    Raises UsageError for unknown names, LeafletsError if the engine cannot work at all.
    """
    problems = list(errors_among(extract_messages(project).problems))
    snapshot, pairs = Snapshot(project), set(engine.pairs())
    domains = pick_names("leaflet", list(leaflets) or project.leaflet_domains, project.domains)
    codes = pick_names("language", languages, project.campaign.languages)
    wanted = [code for code in codes if code != "en"]
    items: list[DraftItem] = []
    todo: dict[str, list[DraftItem]] = {}
    for code in wanted:
        try:
            found = list(missing_messages(snapshot, code, domains))
        except LeafletsError as error:
            problems += [problem.at(language=code) for problem in error.problems]
            continue
        remembered = [item for item in found if item.draft]
        keep_drafts(project, code, remembered, day)
        items += [*(item for item in found if item.skipped), *remembered]
        if ("en", code) in pairs:
            todo[code] = [item for item in found if not item.draft and not item.skipped]

    total, tried = sum(map(len, todo.values())), 0
    for code, missing in todo.items():
        try:
            for done in _draft_by_machine(snapshot, engine, code, missing, day):
                items += done
                tried += len(done)
                progress(tried, total)
        except LeafletsError as error:
            problems += [problem.at(language=code) for problem in error.problems]
    human_only = tuple(code for code in wanted if ("en", code) not in pairs)
    return DraftReport(tuple(items), human_only, tuple(problems))


def missing_messages(
    snapshot: Snapshot, language: str, domains: Iterable[str]
) -> Iterator[DraftItem]:
    """Yield the messages without a text.

    Each is to be drafted, taken from a ready sentence, or left to people, and why.
    """
    wanted = dict.fromkeys([*snapshot.project.leaflet_domains, *domains])
    texts = {domain: snapshot.texts(language, domain) for domain in wanted}
    memory: dict[str, tuple[str, Translation]] = {}
    for domain, found in texts.items():
        for text in found.values():
            if text.state is State.READY:
                memory[text.message.msgid] = domain, text

    for domain in domains:
        emptied = EmptiedMessages(snapshot, language, domain)
        for text in texts[domain].values():
            message = text.message
            item = DraftItem(language, domain, message)
            if text.state is not State.MISSING:
                continue
            if why := emptied.why(message):
                yield replace(item, skipped=why)
            elif message.msgid in memory:
                place, other = memory[message.msgid]
                origin = Origin("memory", settings=f"ready in {place}/{other.message.msgctxt}")
                draft = Draft(message.msgid, other.msgstr, "memory")
                yield replace(item, draft=draft, origin=origin)
            elif message.risk not in snapshot.project.campaign.drafts:
                why = f"risk {message.risk}: left to people, by `drafts:` in campaign.yaml"
                yield replace(item, skipped=why)
            else:
                yield item


class EmptiedMessages:
    """Knows which empty messages of a catalogue a person left empty.

    That a machine's text was logged says nothing of it: where a command was killed before the
    catalogue was written, or an older catalogue came back, nobody emptied anything.
    What a person empties in an editor keeps the comment that stood on its text.
    """

    def __init__(self, snapshot: Snapshot, language: str, domain: str) -> None:
        self.domain = domain
        events = snapshot.events(language)
        withdrawn = withdrawn_ids(events)
        self.events = [event for event in events if event.src and event.id not in withdrawn]
        self.signed = {event.src for event in self.events if event.action in SIGNING_ACTIONS}
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
        """Return why an empty message is left to people; nothing where a machine may try."""
        name, marks = (message.msgctxt, message.msgid), self.marks.get(message.msgctxt)
        source = source_key(*name)
        if marks and any(one.src == source and one.key.startswith(marks) for one in self.events):
            return "somebody emptied it"
        return TEXT_GONE if {source, sentence_key(self.domain, *name)} & self.signed else ""


def _draft_by_machine(
    snapshot: Snapshot, engine: Engine, language: str, items: list[DraftItem], day: date
) -> Iterator[list[DraftItem]]:
    """Draft the items of a language chunk by chunk, each kept before it is yielded."""
    by_text: dict[str, list[DraftItem]] = {}
    for item in items:
        by_text.setdefault(item.message.msgid, []).append(item)
    texts, names = list(by_text), snapshot.project.glossary.names
    glue = " " if snapshot.project.languages[language].spaced else ""
    origin = engine.origin("en", language)
    find_faults = partial(_faults, snapshot, language, FORM_CHECKS if engine.fake else ())
    for start in range(0, len(texts), CHUNK_TEXTS):
        found = verified_drafts(
            texts[start : start + CHUNK_TEXTS],
            names,
            lambda batch: engine.translate(batch, "en", language),
            find_faults,
            glue,
        )
        done = [
            replace(item, draft=one, origin=origin) for one in found for item in by_text[one.msgid]
        ]
        keep_drafts(snapshot.project, language, done, day)
        yield done


def _faults(
    snapshot: Snapshot, language: str, only: tuple[str, ...], msgid: str, msgstr: str
) -> list[str]:
    """Return why a draft must not be shown, by all checks or `only` some.

    A machine is judged as if every sentence could hurt.
    """
    if not any(char.isalnum() for char in msgstr):
        return ["nothing readable came back"]
    message = Message("", msgid, Risk.SAFETY)
    return [
        problem.what
        for problem in check_translation(message, msgstr, snapshot.context(language))
        if problem.severity is Severity.ERROR or problem.code in DOUBTFUL_CHECKS
        if not only or problem.code in only
    ]
