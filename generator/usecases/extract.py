"""Bring sources, POT files and catalogues in line: by id, never by similarity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from generator.core import po
from generator.core.digest import wording_key
from generator.core.po import Entry
from generator.core.state import Standing, standings, state
from generator.edges import ledger, pofile
from generator.edges.campaignfile import WORDS
from generator.edges.files import locked
from generator.edges.project import Project
from generator.model import Language, Message, Risk, State
from generator.problem import LeafletsError, Problem

OURS = ("# @draft ", "# @ok ")
"""First characters of the comments this program writes for people and other tools."""


@dataclass(frozen=True)
class Change:
    """What happened to one message of one domain: new, changed or gone."""

    domain: str
    what: str
    msgctxt: str
    before: str
    after: str


@dataclass(frozen=True)
class Report:
    """What an extraction changed."""

    changes: tuple[Change, ...]
    written: tuple[str, ...]
    problems: tuple[Problem, ...]


def source_entry(message: Message, domain: str) -> Entry:
    """Return a message as an untranslated entry with its note and its place."""
    notes = [message.note] if message.note else []
    if message.risk is not Risk.PLAIN:
        notes.insert(0, f"risk: {message.risk}")
    return Entry(message.msgid, msgctxt=message.msgctxt, extracted=tuple(notes), references=(f"{domain}:{message.msgctxt}",))


def merge(messages: Iterable[Message], entries: Iterable[Entry], domain: str) -> list[Entry]:
    """Return the catalogue brought up to date with the English.

    An entry is found by its msgctxt alone. Changed English keeps the translation, with the English it was made for as
    `#| msgid`; going back to that English forgets it. What is gone becomes obsolete and comes back by its id.
    """
    entries = list(entries)
    header = [entry for entry in entries if entry.header and not entry.plural]
    rest = [entry for entry in entries if entry not in header]
    active = {entry.msgctxt: entry for entry in rest if not entry.obsolete and not entry.plural}
    retired = {entry.msgctxt: entry for entry in rest if entry.obsolete and not entry.plural and entry.msgctxt}
    kept, used = [], set()
    for message in messages:
        old = active.get(message.msgctxt) or retired.get(message.msgctxt)
        kept.append(_current(old, source_entry(message, domain)))
        used.add(id(old))
    others = [entry if entry.obsolete else entry.retired() for entry in rest if id(entry) not in used]
    return header + kept + [entry for entry in others if entry.msgstr or entry.plural]


def _current(old: Entry | None, new: Entry) -> Entry:
    if old is None:
        return new
    previous = old.previous
    if old.msgid != new.msgid:
        previous = previous or old.msgid
    if previous == new.msgid or not old.msgstr:
        previous = ""
    return old.changed(msgid=new.msgid, previous=previous, extracted=new.extracted, references=new.references, obsolete=False)


def annotate(
    entries: Iterable[Entry], messages: Iterable[Message], language: str, standing: dict[str, Standing], readers: Mapping[Risk, int]
) -> Iterator[Entry]:
    """Yield the entries with `fuzzy` and the `# @…` comments that the ledger implies; the ledger stays the truth."""
    risks = {message.msgctxt: message.risk for message in messages}
    for entry in entries:
        if entry.obsolete or entry.plural or entry.header or entry.msgctxt not in risks:
            yield entry
            continue
        key = wording_key(language, entry.msgctxt, entry.msgid, entry.msgstr)
        known = standing.get(key, Standing())
        now = state(entry, known, readers[risks[entry.msgctxt]])
        flags = [flag for flag in entry.flags if flag != "fuzzy"]
        if now not in (State.MISSING, State.READY):
            flags.insert(0, "fuzzy")
        theirs = [line for line in entry.comments if not line.startswith(OURS)]
        yield entry.changed(comments=(*theirs, *_comments(entry, known, key)), flags=tuple(flags))


def _comments(entry: Entry, standing: Standing, key: str) -> list[str]:
    """Return the ledger's short comments on a wording: at most 70 characters, hash last."""
    if not entry.msgstr:
        return []
    drafts = [f"# @draft {engine} {key[:12]}" for engine in sorted(standing.engines)]
    return drafts + [f"# @ok {who} {key[:12]}" for who in sorted(standing.people)]


def extract(project: Project, check: bool = False) -> Report:
    """Write the POT of every domain and update every catalogue; with `check` only say what would change."""
    changes: list[Change] = []
    written: list[str] = []
    problems: list[Problem] = []
    languages = project.campaign.languages  # wrong use is told before anything is locked
    with _hold(project.locales, check, deep=False):
        for domain in project.domains:
            found, path = _extract_pot(project, domain, check)
            changes += found
            written += path
    for code in languages:
        if code != "en":
            with _hold(project.locales / code, check):
                done, wrong = _extract_language(project, project.languages[code], check)
            written += done
            problems += wrong
    return Report(tuple(changes), tuple(written), (*project.broken, *problems))


def _hold(folder: Path, check: bool, deep: bool = True) -> AbstractContextManager[None]:
    """Return the lock of a folder, or nothing to hold if nothing will be written."""
    return nullcontext() if check else locked(folder, deep=deep)


def _extract_pot(project: Project, domain: str, check: bool) -> tuple[list[Change], list[str]]:
    path = project.locales / f"{domain}.pot"
    try:
        old = pofile.read(path)
    except LeafletsError:
        old = []  # a POT holds nothing that the sources do not: it is written anew
    messages = [source_entry(message, domain) for message in project.domain(domain)]
    new = [pofile.new_header(domain, None, _dated(project, domain)), *messages]
    written = [str(path.relative_to(project.root))] if _save(path, new, check) else []
    return list(_changes(domain, old, new)), written


def _dated(project: Project, domain: str) -> str:
    dates = [leaflet.dated for leaflet in project.leaflets.values()] if domain == WORDS else [project.leaflets[domain].dated]
    return str(max(dates, default="2026-01-01"))


def _changes(domain: str, old: list[Entry], new: list[Entry]) -> Iterator[Change]:
    before = {entry.msgctxt: entry.msgid for entry in old if not entry.header}
    after = {entry.msgctxt: entry.msgid for entry in new if not entry.header}
    for name in before.keys() | after.keys():
        if before.get(name) != after.get(name):
            what = "new" if name not in before else "gone" if name not in after else "changed"
            yield Change(domain, what, name, before.get(name, ""), after.get(name, ""))


def _extract_language(project: Project, language: Language, check: bool) -> tuple[list[str], list[Problem]]:
    written, problems = [], []
    try:
        standing = standings(ledger.read(project.ledger(language.code)))
    except LeafletsError as error:
        return [], [problem.at(language=language.code) for problem in error.problems]
    for domain in project.domains:
        path = project.catalogue(language.code, domain)
        messages = project.domain(domain)
        try:
            entries = pofile.read(path, language) or [pofile.new_header(domain, language, _dated(project, domain))]
            merged = merge(messages, entries, domain)
            new = list(annotate(merged, messages, language.code, standing, project.campaign.readers))
            if _save(path, new, check):
                written.append(str(path.relative_to(project.root)))
        except LeafletsError as error:
            problems += [problem.at(leaflet=domain, language=language.code) for problem in error.problems]
    return written, problems


def _save(path: Path, entries: list[Entry], check: bool) -> bool:
    if check:
        return not path.exists() or path.read_bytes() != po.dump(entries).encode()
    return pofile.save(path, entries)
