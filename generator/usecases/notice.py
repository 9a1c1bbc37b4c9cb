"""Print the notices that ask for papers back: one for each leaflet, language and site."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.core.recall import Printed
from generator.core.sheets import NOTICE
from generator.edges.files import locked, write
from generator.edges.paperpage import Word, paper, word
from generator.edges.press import Job
from generator.edges.project import PAPER, Project
from generator.edges.told import vouched
from generator.model import Language
from generator.usecases.pressroom import drawn
from generator.usecases.source import Source

SAID = ("give", "wrong", "codes", "new")
"""The sentences of a notice, in order: `word.recall-…` of the theme's words."""


def notices(project: Project, printings: Iterable[Printed]) -> list[Path]:
    """Write `output/recall/notice_….pdf` for the printings to collect, and return the paths in order."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for printed in printings:
        groups.setdefault((printed.leaflet, printed.language, printed.site), []).append(printed.code)
    source = Source(project)
    jobs = [_job(source, leaflet, language, site, sorted(set(codes))) for (leaflet, language, site), codes in sorted(groups.items())]
    folder = project.output / "recall"
    found = drawn(project, jobs)
    with locked(folder):
        for name, pdf in found.items():
            write(folder / f"{name}.pdf", pdf)
    return [folder / f"{name}.pdf" for name in found]


def _job(source: Source, leaflet: str, code: str, site: str, codes: list[str]) -> Job:
    language = source.project.languages.get(code, source.project.languages["en"])
    context = {
        "leaflet": _title(source, leaflet, language),
        "printed": codes,
        **{name: word(vouched(source.texts(language.code, PAPER)[f"word.recall-{name}"], language.code, PAPER)) for name in SAID},
    }
    name = "_".join(part for part in ("notice", leaflet, code, site) if part)
    return paper(name, "notice", language, NOTICE, context, [(printed, 1) for printed in codes])


def _title(source: Source, leaflet: str, language: Language) -> Word:
    """Return the title of a leaflet, which may be gone."""
    if leaflet not in source.project.leaflets:
        return Word("", leaflet)
    return word(source.texts(language.code, leaflet)["title"])
