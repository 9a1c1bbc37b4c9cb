"""Write `output/index.html`: every edition with its picture, its state and why it is withheld."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from generator.base.files import write_file
from generator.base.names import place_inside
from generator.campaign.made_up import made_up_names
from generator.campaign.project import Project
from generator.campaign.shipped import shipped_templates
from generator.editions.draft_reasons import DraftReasons, who_is_missing
from generator.editions.layouts import SignedLayout, signed_layouts
from generator.editions.manifest import EditionRecord, editions_by_state
from generator.layout.stage import STAGE_NAMES, EditionState
from generator.layout.templates import fill_template
from generator.model import Language, Leaflet
from generator.problem import LeafletsError, Problem
from generator.review.one_key import alone_words, one_key_problems
from generator.review.snapshot import Snapshot
from generator.review.source_obstacles import source_obstacles

RECORD_WORDS = {
    EditionState.READY: "Ready",
    EditionState.EXAMPLE: "Example",
    EditionState.DRAFT: "Draft",
    EditionState.FAILED: "Withheld",
    EditionState.WAITING: "–",
}
# Reasons on a card; `leaflets check` says all.
SHOWN_REASONS = 4
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
    snapshot, unsigned = Snapshot(project), list[Problem]()
    reasons = DraftReasons(snapshot)
    drafts = {one.edition: _reasons(reasons, one) for one in public}
    why = {
        one.edition: [_in_words(project, each) for each in (*one.problems, *drafts[one.edition])]
        for one in public
    }
    who = {name: who_is_missing(found, project.campaign.source) for name, found in drafts.items()}
    leaflets = [
        _leaflet(
            leaflet, languages, [one for one in public if one.leaflet == slug], signed, why, who
        )
        for slug, leaflet in project.leaflets.items()
    ]
    counts = editions_by_state(public)
    counts[EditionState.WAITING] = sum(len(leaflet["waiting"]) for leaflet in leaflets)
    with suppress(LeafletsError):  # each leaflet says what cannot be read
        unsigned = [*source_obstacles(snapshot), *one_key_problems(snapshot, [])]
    page = fill_template(
        shipped_templates("overview"),
        "index.html",
        campaign=project.campaign,
        languages=languages,
        leaflets=leaflets,
        counts={state: counts[state] for state in RECORD_WORDS},
        unsigned=[_in_words(project, problem) for problem in unsigned],
        alone=alone_words(project.campaign),
        made_up=sorted(made_up_names(project.facts, project.campaign.address)),
    )
    write_file(project.output / "index.html", page)


def _reasons(reasons: DraftReasons, record: EditionRecord) -> tuple[Problem, ...]:
    """Return why an edition is a draft, nothing for any other."""
    return reasons.of(record.of) if record.state is EditionState.DRAFT else ()


def _in_words(project: Project, problem: Problem) -> str:
    """Return a problem on one line, its place as seen from the campaign's folder."""
    place = place_inside(project.root, problem.where)
    return f"{place + ': ' if place else ''}{problem.what}. {problem.hint}"


def _leaflet(
    leaflet: Leaflet,
    languages: list[Language],
    records: list[EditionRecord],
    signed: Mapping[str, SignedLayout],
    why: Mapping[str, list[str]],
    who: Mapping[str, list[str]],
) -> dict[str, Any]:
    by_language = {
        language.code: [record for record in records if record.language == language.code]
        for language in languages
    }
    return {
        "slug": leaflet.slug,
        "title": leaflet.title.msgid,
        "cells": [_cell(own, who) for own in by_language.values()],
        "cards": [
            _card(record, language, signed.get(record.edition), why[record.edition])
            for language in languages
            for record in by_language[language.code]
        ],
        "waiting": [language.english for language in languages if not by_language[language.code]],
    }


def _cell(records: list[EditionRecord], who: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return what the table says of a leaflet in a language: its state, and who is missing."""
    state = _worst({record.state for record in records})
    asked = dict.fromkeys(name for record in records for name in who[record.edition])
    return {"state": state, "word": RECORD_WORDS[state], "needs": ", ".join(asked)}


def _worst(states: set[EditionState]) -> EditionState:
    return next((state for state in WORST_FIRST if state in states), EditionState.WAITING)


def _card(
    record: EditionRecord, language: Language, signed: SignedLayout | None, why: list[str]
) -> dict[str, Any]:
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
        "why": why[:SHOWN_REASONS],
        "more": max(0, len(why) - SHOWN_REASONS),
    }
