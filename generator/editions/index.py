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
    """Write the overview, which touches no file where nothing on it changed.

    The pages of a site are private and left out.
    """
    public = sorted(
        (record for record in records.values() if not record.site),
        key=lambda record: (record.leaflet, record.language, record.sheet),
    )
    languages = [project.languages[code] for code in project.campaign.languages]
    signed = signed_layouts(project, public)
    leaflets = [
        _leaflet(leaflet, languages, [one for one in public if one.leaflet == slug], signed)
        for slug, leaflet in project.leaflets.items()
    ]
    counts = editions_by_state(public)
    counts[EditionState.WAITING] = sum(len(leaflet["waiting"]) for leaflet in leaflets)
    page = fill_template(
        shipped_templates("overview"),
        "index.html",
        campaign=project.campaign,
        languages=languages,
        leaflets=leaflets,
        counts={state: counts[state] for state in RECORD_WORDS},
        made_up=sorted(made_up_names(project.facts, project.campaign.address)),
    )
    write_file(project.output / "index.html", page)


def _leaflet(
    leaflet: Leaflet,
    languages: list[Language],
    records: list[EditionRecord],
    signed: Mapping[str, SignedLayout],
) -> dict[str, Any]:
    by_language = {
        language.code: [record for record in records if record.language == language.code]
        for language in languages
    }
    worst = (_worst({record.state for record in own}) for own in by_language.values())
    return {
        "slug": leaflet.slug,
        "title": leaflet.title.msgid,
        "cells": [{"state": state, "word": RECORD_WORDS[state]} for state in worst],
        "cards": [
            _card(record, language, signed.get(record.edition))
            for language in languages
            for record in by_language[language.code]
        ],
        "waiting": [language.english for language in languages if not by_language[language.code]],
    }


def _worst(states: set[EditionState]) -> EditionState:
    return next((state for state in WORST_FIRST if state in states), EditionState.WAITING)


def _card(record: EditionRecord, language: Language, signed: SignedLayout | None) -> dict[str, Any]:
    printer = record.printer if record.printer != "office" else ""
    return {
        "language": language,
        "sheet": " · ".join(filter(None, (record.sheet, record.layout, printer))),
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
        "looked": ", ".join(signed.people) if signed else "",
        "why": [f"{problem.what}. {problem.hint}" for problem in record.problems[:4]],
    }
