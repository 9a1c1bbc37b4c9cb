"""Check the catalogues of a language, and whether the computer can print it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

from generator.base.digests import digest
from generator.base.files import read_bytes
from generator.base.result_cache import ResultCache
from generator.campaign.dates import date_in_words
from generator.campaign.glossary import GLOSSARY
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.catalogue.two_sides import MERGED, other_texts
from generator.layout import fonts
from generator.model import Language, State
from generator.problem import LeafletsError, Problem, Severity
from generator.review.catalogue_update import CatalogueUpdate
from generator.review.check_results import rules_digest
from generator.review.lost_wordings import lost_in
from generator.review.snapshot import Snapshot
from generator.review.standing import Standing
from generator.review.support import wording_support
from generator.review.wordings import language_wordings

# What to do where somebody may have corrected a signed wording in an editor.
_CHOOSE = "a text of unknown origin stands in its place: sign that one, or the former: {}"


def language_problems(project: Project, language: Language, today: date) -> Iterator[Problem]:
    """Yield which fonts are missing, and whether a date cannot be written in the language."""
    faces = fonts.needed_faces([language], project.languages)
    yield from (problem.at(language=language.code) for problem in fonts.missing_fonts(faces))
    try:
        date_in_words(today, language)
    except LeafletsError as error:
        yield from error.problems


def catalogue_problems(
    snapshot: Snapshot, language: Language, seconds: ResultCache
) -> Iterator[Problem]:
    """Yield what is wrong with each catalogue; `seconds` remembers those that Babel reads alike."""
    project = snapshot.project
    faces = fonts.needed_faces([language], project.languages)
    if not fonts.missing_fonts(faces):
        fonts.font_files(faces)  # cut, so that the checks know what they can print
    update = _update(snapshot, language)
    yield from (problem.at(language=language.code) for problem in update.wordings.problems)
    for domain in (*project.domains, GLOSSARY):
        found: list[Problem] = []
        try:
            if domain != GLOSSARY:
                found += _second_reading(project, language, domain, seconds)
                found += _places(snapshot, update, domain)
            found += _texts(snapshot, language.code, domain)
        except LeafletsError as error:
            found += error.problems
        yield from (problem.at(leaflet=domain, language=language.code) for problem in found)


def _second_reading(
    project: Project, language: Language, domain: str, seconds: ResultCache
) -> list[Problem]:
    """Return where Babel reads a catalogue differently.

    A file that both read alike is not read a second time until it changes.
    """
    path = project.catalogue(language.code, domain)
    if not path.exists():
        return []
    data = hashlib.sha256(read_bytes(path, pofile.LIMIT)).hexdigest()
    key = digest(rules_digest(), repr(language), data)
    if seconds.get(key):
        return pofile.tolerated_faults(path)
    found = pofile.babel_differences(path, language)
    if not found:
        seconds.keep(key, "alike")
    return [*pofile.tolerated_faults(path), *found]


def _update(snapshot: Snapshot, language: Language) -> CatalogueUpdate:
    """Return what `leaflets extract` would update the catalogues from."""
    project, code = snapshot.project, language.code
    known, reading = snapshot.support_by_key(code), snapshot.ledger(code)
    standing = Standing.of(code, known, reading)
    gone = language_wordings(project, project.campaign.source).gone
    return CatalogueUpdate(
        project,
        language,
        known,
        snapshot.signed_rules,
        reading.sound,
        snapshot.history,
        standing,
        reading.wordings,
        gone,
    )


def _places(snapshot: Snapshot, update: CatalogueUpdate, domain: str) -> Iterator[Problem]:
    """Yield which texts have no msgctxt of a sentence, and which wordings of people are lost.

    `leaflets extract` says the same of the first.
    """
    project, language = snapshot.project, update.language
    try:
        entries = snapshot.entries(language.code, domain)
    except LeafletsError:  # texts without ids: there is more to say of them
        entries = pofile.read_catalogue(project.catalogue(language.code, domain), language)
    placed, problems = update.placed(domain, entries)
    yield from problems
    if lines := [entry.line for entry in entries if other_texts(entry)]:
        yield MERGED.at(where=f"{project.catalogue(language.code, domain)}:{lines[0]}")
    yield from _lost_wordings(snapshot, update.standing, domain, placed.entries)


def _lost_wordings(
    snapshot: Snapshot, standing: Standing, domain: str, entries: Iterable[Entry]
) -> Iterator[Problem]:
    """Yield where people stand behind a wording that no catalogue says, and behind no other."""
    now = {message.msgctxt: message.msgid for message in snapshot.project.domain(domain)}
    for entry in entries:
        if entry.obsolete or now.get(entry.msgctxt) != entry.msgid:
            continue
        if lost := lost_in(standing, entry, domain):
            who = ", ".join(lost.rival.signers)
            what = f"{entry.msgctxt}: the wording that {who} signed stands nowhere any more"
            path = snapshot.project.catalogue(standing.language, domain)
            history = f"leaflets history {standing.language} {domain} {entry.msgctxt}"
            hint = "leaflets extract puts it back" if lost.returns else _CHOOSE.format(history)
            where = f"{path}:{entry.line}"
            yield Problem("wording-lost", what, where, hint, Severity.WARNING)


def _texts(snapshot: Snapshot, language: str, domain: str) -> Iterator[Problem]:
    """Yield what the checks find in one catalogue, without warnings that a reader dismissed."""
    project = snapshot.project
    path = str(project.catalogue(language, domain))
    entries = snapshot.entries(language, domain) if domain != GLOSSARY else ()
    lines = {entry.msgctxt: f"{path}:{entry.line}" for entry in entries}
    findings, support = snapshot.findings(language), snapshot.support_by_key(language)
    for name, text in snapshot.texts(language, domain).items():
        msgid = text.message.msgid
        where = lines.get(name, "") or project.glossary.places.get((msgid, language), path)
        dismissed = wording_support(support, language, name, msgid, text.msgstr).dismissed
        for problem in findings.of(text) if text.state is not State.STALE else ():
            if problem.severity is Severity.ERROR or problem.code not in dismissed:
                yield problem.at(where=where)
