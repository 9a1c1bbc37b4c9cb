"""Write `output/index.html`: every edition with its picture, its state and why it is withheld."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.base.files import write_file
from generator.campaign.made_up import made_up_names
from generator.campaign.project import Project
from generator.campaign.shipped import shipped_templates
from generator.editions.layouts import SignedLayout, signed_layouts
from generator.editions.manifest import EditionRecord, editions_by_state
from generator.layout.stage import STAGE_NAMES, EditionState
from generator.layout.templates import fill_template
from generator.model import Language, Leaflet

RECORD_WORDS = {
    EditionState.READY: "Ready",
    EditionState.EXAMPLE: "Example",
    EditionState.DRAFT: "Draft",
    EditionState.FAILED: "Withheld",
    EditionState.WAITING: "–",
}


WORST_FIRST = (EditionState.FAILED, *STAGE_NAMES)


def write_index(project: Project, records: Mapping[str, EditionRecord]) -> None:
    """Write the overview, which touches no file where nothing on it changed; pages of a site are left out, they are private."""
    public = sorted(
        (record for record in records.values() if not record.site),
        key=lambda record: (record.leaflet, record.language, record.sheet),
    )
    context = _context(project, public, signed_layouts(project, public))
    made_up = sorted(made_up_names(project.facts, project.campaign.address))
    page = fill_template(shipped_templates("overview"), "index.html", **context, made_up=made_up)
    write_file(project.output / "index.html", page)


def _context(
    project: Project, records: list[EditionRecord], looked: Mapping[str, SignedLayout]
) -> dict[str, Any]:
    languages = [project.languages[code] for code in project.campaign.languages]
    by_leaflet = {
        slug: [record for record in records if record.leaflet == slug] for slug in project.leaflets
    }
    leaflets = [
        _leaflet(leaflet, languages, by_leaflet[slug], looked)
        for slug, leaflet in project.leaflets.items()
    ]
    counts = editions_by_state(records)
    counts[EditionState.WAITING] = sum(len(leaflet["waiting"]) for leaflet in leaflets)
    return {
        "campaign": project.campaign,
        "languages": languages,
        "leaflets": leaflets,
        "counts": {name: counts[name] for name in RECORD_WORDS},
    }


def _leaflet(
    leaflet: Leaflet,
    languages: list[Language],
    records: list[EditionRecord],
    looked: Mapping[str, SignedLayout],
) -> dict[str, Any]:
    by_language = {
        language.code: [record for record in records if record.language == language.code]
        for language in languages
    }
    cells = [
        _cell({record.state for record in by_language[language.code]}) for language in languages
    ]
    cards = [
        _card(record, language, looked.get(record.edition))
        for language in languages
        for record in by_language[language.code]
    ]
    waiting = [language.english for language in languages if not by_language[language.code]]
    return {
        "slug": leaflet.slug,
        "title": leaflet.title.msgid,
        "cells": cells,
        "cards": cards,
        "waiting": waiting,
    }


def _cell(states: set[str]) -> dict[str, str]:
    worst = next((state for state in WORST_FIRST if state in states), EditionState.WAITING)
    return {"state": worst, "word": RECORD_WORDS[worst]}


def _card(record: EditionRecord, language: Language, looked: SignedLayout | None) -> dict[str, Any]:
    return {
        "language": language,
        "sheet": " · ".join(
            filter(
                None,
                (record.sheet, record.layout, record.printer if record.printer != "office" else ""),
            )
        ),
        "other": f" + {record.other}" if record.other else "",
        "prints": [
            (path, path.partition("PRINT")[2].removesuffix(".pdf").strip("_").replace("_", " "))
            for path, _, _ in record.prints
        ],
        "state": record.state,
        "word": RECORD_WORDS[record.state],
        "path": record.path,
        "thumbnail": f"thumbnails/{record.edition}.png",
        "pages": record.pages,
        "kilobytes": max(1, round(record.bytes / 1024)),
        "code": record.code,
        "looked": ", ".join(looked.people) if looked else "",
        "why": [f"{problem.what}. {problem.hint}" for problem in record.problems[:4]],
    }
