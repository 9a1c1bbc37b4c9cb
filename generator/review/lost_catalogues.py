"""Find catalogues that were there once and are gone, by what the POT files remember."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import header_fields
from generator.catalogue.header_rules import LANGUAGES_FIELD
from generator.model import Language
from generator.problem import LeafletsError, Problem

# What begins catalogues again that are gone.
ANEW_COMMAND = "leaflets extract --anew"


def started_languages(project: Project) -> dict[str, frozenset[str]]:
    """Return, by domain, the languages of which there was ever a catalogue, as its POT names them.

    A POT of an earlier version names none: each language that has any catalogue counts there. For
    one that cannot be read, what the others name counts.
    """
    started = frozenset(
        code for code in project.campaign.languages if has_catalogues(project, code)
    )
    found: dict[str, frozenset[str]] = {}
    damaged: list[str] = []
    for domain in project.domains:
        try:
            entries = pofile.read_catalogue(project.locales / f"{domain}.pot")
        except LeafletsError:
            damaged.append(domain)
            continue
        if entries:
            named = header_fields(entries).get(LANGUAGES_FIELD)
            found[domain] = started if named is None else frozenset(named.split())
    return found | dict.fromkeys(damaged, frozenset[str]().union(*found.values()))


def has_catalogues(project: Project, code: str) -> bool:
    """Tell whether a language has any catalogue of the campaign."""
    return any(project.catalogue(code, domain).is_file() for domain in project.domains)


def missing_catalogues(
    project: Project, code: str, ever: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    """Return the domains of which a language had a catalogue that is gone.

    `ever` is what `started_languages` gave.
    """
    return tuple(
        domain
        for domain, codes in ever.items()
        if code in codes and not project.catalogue(code, domain).is_file()
    )


def lost_file_problem(project: Project, path: Path, what: str, otherwise: str = "") -> Problem:
    """Return the problem of a file that is gone, with the command that gets it back."""
    name = path.relative_to(project.root).as_posix()
    restore = f"get it back: git restore {name}, or copy it from a backup or another computer"
    return Problem("lost", what, str(path), f"{restore}; {otherwise}" if otherwise else restore)


def lost_catalogue_problems(
    project: Project, language: Language, domains: Collection[str]
) -> list[Problem]:
    """Return one problem for each catalogue that is gone, or a single one if no other is left."""
    code, name = language.code, language.english
    if not has_catalogues(project, code):
        what = f"{name}: all catalogues are gone, with what people wrote and signed"
        otherwise = f"if nothing was in them: {ANEW_COMMAND}"
        return [lost_file_problem(project, project.ledger(code).parent, what, otherwise)]
    what, otherwise = f"{name}: this catalogue is gone", f"if it never was there: {ANEW_COMMAND}"
    paths = [project.catalogue(code, domain) for domain in domains]
    return [lost_file_problem(project, path, what, otherwise) for path in paths]
