"""Print the notices that ask for papers back: one for each leaflet, language and site."""

from __future__ import annotations

from collections.abc import Iterable

from generator.base.files import locked, write
from generator.campaign.project import PAPER, Project
from generator.campaign.sheets import NOTICE
from generator.editions.papers import Word, named, paper
from generator.editions.render_papers import Papers, drawn, said
from generator.editions.worker import Job
from generator.model import Language
from generator.review.recall_rules import Printed
from generator.review.snapshot import Snapshot

SAID = ("give", "wrong", "codes", "new")
"""The sentences of a notice, in order: `word.recall-…` of the theme's words."""


def notices(project: Project, printings: Iterable[Printed]) -> Papers:
    """Write `output/recall/notice_….pdf` for the printings to collect; one that cannot be printed costs no other."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for printed in printings:
        groups.setdefault((printed.leaflet, printed.language, printed.site), []).append(
            printed.code
        )
    snapshot = Snapshot(project)
    jobs = [
        _job(snapshot, leaflet, language, site, sorted(set(codes)))
        for (leaflet, language, site), codes in sorted(groups.items())
    ]
    folder = project.output / "recall"
    found = drawn(project, jobs)
    with locked(folder):
        for name, pdf in found.pdfs.items():
            write(folder / f"{name}.pdf", pdf)
    return Papers({name: folder / f"{name}.pdf" for name in found.pdfs}, found.problems)


def _job(snapshot: Snapshot, leaflet: str, code: str, site: str, codes: list[str]) -> Job:
    language = snapshot.project.languages.get(code, snapshot.project.languages["en"])
    context = {
        "name": named(language),
        "leaflet": _title(snapshot, leaflet, language),
        "printed": codes,
        **{name: said(snapshot, language.code, PAPER, f"word.recall-{name}") for name in SAID},
    }
    name = "_".join(part for part in ("notice", leaflet, code, site) if part)
    return paper(name, "notice", language, NOTICE, context, [(printed, 1) for printed in codes])


def _title(snapshot: Snapshot, leaflet: str, language: Language) -> Word:
    """Return the title of a leaflet, which may be gone."""
    if leaflet not in snapshot.project.leaflets:
        return Word("", leaflet)
    return said(snapshot, language.code, leaflet, "title")
