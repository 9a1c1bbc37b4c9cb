"""Print the notices that ask for papers back: one for each leaflet, language and site."""

from __future__ import annotations

from collections.abc import Iterable

from generator.base.files import locked_folder, write_file
from generator.campaign.project import PAPER_DOMAIN, Project
from generator.campaign.shipped_sheets import NOTICE_SHEET
from generator.editions.jobs import EditionJob
from generator.editions.papers import Paper, PaperLine, language_line
from generator.editions.render_papers import WrittenPapers, draw_papers, message_line
from generator.model import Language
from generator.review.printing import Printing
from generator.review.snapshot import Snapshot

SAID = ("give", "wrong", "codes", "new")
"""The sentences of a notice, in order: `word.recall-…` of the theme's words."""


def print_notices(project: Project, printings: Iterable[Printing]) -> WrittenPapers:
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
    found = draw_papers(project, jobs)
    with locked_folder(folder):
        for name, pdf in found.pdfs.items():
            write_file(folder / f"{name}.pdf", pdf)
    return WrittenPapers({name: folder / f"{name}.pdf" for name in found.pdfs}, found.problems)


def _job(snapshot: Snapshot, leaflet: str, code: str, site: str, codes: list[str]) -> EditionJob:
    language = snapshot.project.languages.get(code, snapshot.project.languages["en"])
    context = {
        "name": language_line(language),
        "leaflet": _title(snapshot, leaflet, language),
        "printed": codes,
        **{
            name: message_line(snapshot, language.code, PAPER_DOMAIN, f"word.recall-{name}")
            for name in SAID
        },
    }
    name = "_".join(part for part in ("notice", leaflet, code, site) if part)
    return Paper(
        name, "notice", language, NOTICE_SHEET, context, [(printed, 1) for printed in codes]
    ).job()


def _title(snapshot: Snapshot, leaflet: str, language: Language) -> PaperLine:
    """Return the title of a leaflet, which may be gone."""
    if leaflet not in snapshot.project.leaflets:
        return PaperLine("", leaflet)
    return message_line(snapshot, language.code, leaflet, "title")
