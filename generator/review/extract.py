"""Write sources into POT files and catalogues, and say what changed and what it costs the readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from generator.base.files import locked_folder
from generator.campaign.glossary import GLOSSARY
from generator.campaign.project import Project
from generator.catalogue import pofile, sources
from generator.catalogue.change import ChangeKind, classify_change, reading_seconds
from generator.catalogue.entry import Entry, dump_catalogue, header_fields
from generator.catalogue.header_rules import LANGUAGES_FIELD, new_header
from generator.catalogue.placing import PlacedCatalogue, Wordings, place_entries, placing_problems
from generator.model import Language
from generator.problem import LeafletsError, Problem, Severity, errors_among
from generator.review import ledger
from generator.review.merge import annotate_entries, merge_catalogue, source_entry
from generator.review.support import Support, support_by_key, wording_support

ANEW_COMMAND = "leaflets extract --anew"
"""What begins catalogues again that are gone."""


@dataclass(frozen=True)
class MessageChange:
    """What happened to one message of one domain: new, changed or gone."""

    domain: str
    what: str
    msgctxt: str
    before: str
    after: str
    kind: ChangeKind | None = None
    """How much a changed sentence can hurt whoever reads its old translation."""
    reasons: tuple[str, ...] = ()
    languages: int = 0
    """Languages that have a text for it, to be read again."""
    seconds: int = 0
    """About how long that takes all readers together."""


@dataclass(frozen=True)
class ExtractReport:
    """What an extraction changed."""

    changes: tuple[MessageChange, ...]
    written: tuple[str, ...]
    problems: tuple[Problem, ...]


def extract_messages(
    project: Project, check: bool = False, retire: bool = False, anew: Collection[str] = ()
) -> ExtractReport:
    """Write the POT of every domain and update every catalogue; with `check` only say what would change.

    A catalogue with texts that have no sentence is left alone; with `retire` they become obsolete. One that is gone is not made
    again, for nobody would miss it then; those of the languages of `anew` are.
    """
    changes: list[MessageChange] = []
    written: list[str] = []
    problems: list[Problem] = []
    translated: Counter[tuple[str, str]] = Counter()
    languages = project.campaign.languages  # wrong use is told before anything is locked
    with _hold(project.locales, check, deep=False):
        written += _remember(project, check)
    ever = started_languages(project)
    for code in languages:
        if code != "en":
            gone = () if code in anew else missing_catalogues(project, code, ever)
            with _hold(project.locales / code, check):
                done, wrong, texts = _extract_language(
                    project, project.languages[code], check, retire, gone
                )
            written += done
            problems += wrong
            translated.update(texts)
    with _hold(
        project.locales, check, deep=False
    ):  # last: what a POT names is there, also where a kill came between
        for domain in project.domains:
            found, path = _extract_pot(project, domain, _made(project, domain, ever), check)
            changes += found
            written += path
    costs = tuple(
        _cost(project, change, translated[change.domain, change.msgctxt]) for change in changes
    )
    return ExtractReport(costs, tuple(written), (*project.broken, *problems))


def started_languages(project: Project) -> dict[str, frozenset[str]]:
    """Return, by domain, the languages of which there was ever a catalogue, as its POT names them.

    A POT of an earlier version names none: there each language that has any catalogue had this one, too. One that cannot be read
    named what any other does.
    """
    started = frozenset(code for code in project.campaign.languages if any(_there(project, code)))
    found: dict[str, frozenset[str]] = {}
    damaged: list[str] = []
    for domain in project.domains:
        try:
            if entries := pofile.read_catalogue(project.locales / f"{domain}.pot"):
                fields = header_fields(entries)
                found[domain] = (
                    frozenset(fields[LANGUAGES_FIELD].split())
                    if LANGUAGES_FIELD in fields
                    else started
                )
        except LeafletsError:
            damaged.append(domain)
    return found | dict.fromkeys(damaged, frozenset[str]().union(*found.values()))


def missing_catalogues(
    project: Project, code: str, ever: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    """Return the domains of which a language had a catalogue that is not there any more; `ever` is what `started_languages` gave."""
    return tuple(
        domain
        for domain, codes in ever.items()
        if code in codes and not project.catalogue(code, domain).is_file()
    )


def lost_file_problem(project: Project, path: Path, what: str, otherwise: str = "") -> Problem:
    """Return the problem of a file that is gone, with the command that gets it back."""
    name = path.relative_to(project.root).as_posix()
    restore = f"get it back: git restore {name}, or copy it from a backup or another computer"
    return Problem("lost", what, str(path), f"{restore}{f'; {otherwise}' if otherwise else ''}")


def lost_catalogue_problems(
    project: Project, language: Language, domains: Collection[str]
) -> list[Problem]:
    """Return what to say of catalogues that are gone: one problem each, or a single one where the language has none left."""
    code, name = language.code, language.english
    if not any(_there(project, code)):
        what = f"{name}: all catalogues are gone, with what people wrote and signed"
        return [
            lost_file_problem(
                project,
                project.ledger(code).parent,
                what,
                f"if nothing was in them: {ANEW_COMMAND}",
            )
        ]
    otherwise = f"if it never was there: {ANEW_COMMAND}"
    return [
        lost_file_problem(
            project, project.catalogue(code, domain), f"{name}: this catalogue is gone", otherwise
        )
        for domain in domains
    ]


def _there(project: Project, code: str) -> Iterator[bool]:
    return (project.catalogue(code, domain).is_file() for domain in project.domains)


def _made(project: Project, domain: str, ever: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the languages that have a catalogue of a domain, or had one."""
    now = {
        code
        for code in project.campaign.languages
        if code != "en" and project.catalogue(code, domain).is_file()
    }
    return sorted(now | ever.get(domain, frozenset()))


def _remember(project: Project, check: bool) -> list[str]:
    """Keep every English wording, so that a text made for it is known as old when it changes."""
    path = str(project.history.relative_to(project.root))
    domains = (*project.domains, GLOSSARY)
    found = [
        (domain, message.msgctxt, message.msgid)
        for domain in domains
        for message in project.domain(domain)
    ]
    if check:
        return [path] if set(found) - set(sources.read_sources(project.history)) else []
    return [path] if sources.append_sources(project.history, found) else []


def _cost(project: Project, change: MessageChange, languages: int) -> MessageChange:
    """Return a change with its class and what it costs the readers."""
    if change.what != "changed":
        return change
    needed = next(
        project.campaign.readers[message.risk]
        for message in project.domain(change.domain)
        if message.msgctxt == change.msgctxt
    )
    found = classify_change(change.before, change.after)
    seconds = (
        0
        if found.kind is ChangeKind.COSMETIC
        else reading_seconds(change.after) * needed * languages
    )
    return replace(
        change, kind=found.kind, reasons=found.reasons, languages=languages, seconds=seconds
    )


def _hold(folder: Path, check: bool, deep: bool = True) -> AbstractContextManager[None]:
    """Return the lock of a folder, or nothing to hold if nothing will be written."""
    return nullcontext() if check else locked_folder(folder, deep=deep)


def _extract_pot(
    project: Project, domain: str, named: list[str], check: bool
) -> tuple[list[MessageChange], list[str]]:
    path = project.locales / f"{domain}.pot"
    try:
        old = pofile.read_catalogue(path)
    except LeafletsError:
        old = []  # a POT holds nothing that the sources do not: it is written anew
    messages = [source_entry(message, domain) for message in project.domain(domain)]
    new = [new_header(domain, None, _dated(project, domain), named), *messages]
    written = [str(path.relative_to(project.root))] if _save(path, new, check) else []
    return list(_changes(domain, old, new)), written


def _dated(project: Project, domain: str) -> str:
    leaflets = (
        [project.leaflets[domain]] if domain in project.leaflets else project.leaflets.values()
    )
    dates = [leaflet.dated for leaflet in leaflets]
    return str(max(dates, default="2026-01-01"))


def _changes(domain: str, old: list[Entry], new: list[Entry]) -> Iterator[MessageChange]:
    before = {entry.msgctxt: entry.msgid for entry in old if not entry.header}
    after = {entry.msgctxt: entry.msgid for entry in new if not entry.header}
    for name in before.keys() | after.keys():
        if before.get(name) != after.get(name):
            what = "new" if name not in before else "gone" if name not in after else "changed"
            yield MessageChange(domain, what, name, before.get(name, ""), after.get(name, ""))


def _extract_language(
    project: Project, language: Language, check: bool, retire: bool, missing: Collection[str]
) -> tuple[list[str], list[Problem], list[tuple[str, str]]]:
    """Update the catalogues of a language; return what was written, what is wrong, and the messages that have a text.

    Catalogues that are missing are not made again: an empty one would hide that people's work is gone.
    """
    written, texts = [], []
    problems = (
        [
            problem.at(language=language.code)
            for problem in lost_catalogue_problems(project, language, missing)
        ]
        if missing
        else []
    )
    try:
        known = support_by_key(ledger.read_ledger(project.ledger(language.code)))
        older = sources.older_wordings(project.history)
    except LeafletsError as error:
        return [], [problem.at(language=language.code) for problem in error.problems], []
    nothing_left = missing and not any(_there(project, language.code))
    for domain in () if nothing_left else [name for name in project.domains if name not in missing]:
        path = project.catalogue(language.code, domain)
        try:
            problems += [
                problem.at(leaflet=domain, language=language.code)
                for problem in pofile.tolerated_faults(path)
            ]
            placed, found = entry_places(
                project, language, domain, pofile.read_catalogue(path, language), known, older
            )
            problems += [
                problem if problem.severity == "warning" else _retired(problem)
                for problem in found
                if retire or not errors_among(found)
            ]
            if errors_among(found) and not retire:
                raise LeafletsError(*errors_among(found))
            new = updated_catalogue(
                project, language, domain, placed.entries, known, older.get(domain, {})
            )
            if _save(path, new, check):
                written.append(str(path.relative_to(project.root)))
            texts += [
                (domain, entry.msgctxt)
                for entry in new
                if entry.msgstr and entry.msgctxt and not entry.obsolete
            ]
        except LeafletsError as error:
            problems += [
                problem.at(leaflet=domain, language=language.code) for problem in error.problems
            ]
    return written, problems, texts


def entry_places(
    project: Project,
    language: Language,
    domain: str,
    entries: list[Entry],
    known: Mapping[str, Support],
    older: Mapping[str, Wordings],
) -> tuple[PlacedCatalogue, list[Problem]]:
    """Return the entries of a catalogue with the id of each text's sentence, and what there is to say of it."""
    path = project.catalogue(language.code, domain)
    history = {name: wordings for name, wordings in older.items() if name in project.domains}
    placed = place_entries(
        entries, project.domain(domain), domain, history, _made_for(language, known)
    )
    return placed, [
        problem.at(where=f"{path}{problem.where}") for problem in placing_problems(placed, domain)
    ]


def _retired(problem: Problem) -> Problem:
    """Return a finding; an error about texts without a sentence as a warning that they are obsolete now."""
    return (
        replace(problem, severity=Severity.WARNING, hint="they are kept as obsolete entries (#~)")
        if errors_among([problem])
        else problem
    )


def _made_for(language: Language, known: Mapping[str, Support]) -> Callable[[Entry], bool]:
    """Return what tells whether the ledger knows the text of an entry as made for the entry's own English."""
    return lambda entry: (
        wording_support(known, language.code, entry.msgctxt, entry.msgid, entry.msgstr).known
    )


def refresh_hints(project: Project, language: str) -> None:
    """Write the ledger's hints into the catalogues of a language: a command that was killed between the two left them behind.

    Raises LeafletsError if the ledger or the history cannot be read.
    """
    with locked_folder(project.ledger(language).parent):
        known, older = (
            support_by_key(ledger.read_ledger(project.ledger(language))),
            sources.older_wordings(project.history),
        )
        for domain in project.domains:
            path = project.catalogue(language, domain)
            with suppress(LeafletsError):  # whoever needs that catalogue is told
                entries = pofile.read_catalogue(path, project.languages[language])
                hints = annotate_entries(
                    entries,
                    project.domain(domain),
                    language,
                    known,
                    project.campaign.readers,
                    older.get(domain, {}),
                )
                _ = entries and pofile.save_catalogue(path, list(hints))


def updated_catalogue(
    project: Project,
    language: Language,
    domain: str,
    entries: list[Entry],
    known: dict[str, Support],
    older: dict[str, tuple[str, ...]],
) -> list[Entry]:
    """Return a catalogue in line with the English and the ledger."""
    messages = project.domain(domain)
    entries = entries or [new_header(domain, language, _dated(project, domain))]
    merged = merge_catalogue(messages, entries, domain, _made_for(language, known))
    return list(
        annotate_entries(merged, messages, language.code, known, project.campaign.readers, older)
    )


def _save(path: Path, entries: list[Entry], check: bool) -> bool:
    if check:
        return not path.exists() or path.read_bytes() != dump_catalogue(entries).encode()
    return pofile.save_catalogue(path, entries)
