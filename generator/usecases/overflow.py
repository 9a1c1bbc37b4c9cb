"""Which sentences are too long for a sheet, as the last build found: for the organiser, and for readers of the language."""

from __future__ import annotations

from generator.core.copyfit import Said
from generator.edges import manifest
from generator.edges.page import Page
from generator.problem import LeafletsError, Problem
from generator.usecases.plan import content_of
from generator.usecases.source import Source

CODE = "overflow-sentence"
SHARED = ("word.", "fact.")
"""Messages of all leaflets: short labels that nobody can shorten for one."""


def said(page: Page) -> tuple[Said, ...]:
    """Return the sentences of a page that are its leaflet's own."""
    own = {name: text for name, text in page.used.items() if not name.startswith(SHARED)}
    return tuple(Said(name, text.message.msgid, text.msgstr or text.message.msgid) for name, text in own.items())


def too_long(source: Source) -> dict[tuple[str, str, str], list[Problem]]:
    """Return the problems by language, leaflet and msgctxt, as warnings; those of texts that have changed since are left out."""
    if source.overflows is None:
        source.overflows = {}
        for record in manifest.read(source.project.output).values():
            found = [problem for problem in record.problems if problem.code == CODE]
            if found and not record.site and _holds(source, record):
                for problem in found:
                    place = (problem.language, problem.leaflet, problem.msgctxt)
                    source.overflows.setdefault(place, []).append(problem.at(severity="warning"))
    return source.overflows


def _holds(source: Source, record: manifest.Record) -> bool:
    """Tell whether an edition still says what was too long."""
    known = record.leaflet in source.project.leaflets and record.language in source.project.campaign.languages
    try:
        return known and record.content == content_of(source, record.of)
    except (LeafletsError, KeyError):
        return False
