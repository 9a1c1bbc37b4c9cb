"""Print the notices that ask for papers back: one for each leaflet, language and site."""

from __future__ import annotations

from collections.abc import Iterable

from generator.base.files import locked_folder, write_file
from generator.campaign.project import PAPER_DOMAIN, Project
from generator.campaign.shipped_sheets import NOTICE_SHEET
from generator.editions.jobs import EditionJob
from generator.editions.papers import Paper, PaperLine, language_line
from generator.editions.render_papers import WrittenPapers, draw_papers, message_line
from generator.review.printing import Printing
from generator.review.snapshot import Snapshot

# The sentences of a notice, in order: `word.recall-…` of the theme's words.
NOTICE_WORDS = ("give", "wrong", "codes", "new")


def print_notices(project: Project, printings: Iterable[Printing]) -> WrittenPapers:
    """Write `output/recall/notice_….pdf` for the printings to collect.

    A notice that cannot be printed costs no other.
    """
    codes: dict[tuple[str, str, str], set[str]] = {}
    for one in printings:
        codes.setdefault((one.leaflet, one.language, one.site), set()).add(one.code)
    snapshot = Snapshot(project)
    jobs = [_notice_job(snapshot, *key, sorted(found)) for key, found in sorted(codes.items())]

    folder = project.output / "recall"
    drawn = draw_papers(project, jobs)
    paths = {name: folder / f"{name}.pdf" for name in drawn.pdfs}
    with locked_folder(folder):
        for name, pdf in drawn.pdfs.items():
            write_file(paths[name], pdf)
    return WrittenPapers(paths, drawn.problems)


def _notice_job(
    snapshot: Snapshot, leaflet: str, code: str, site: str, codes: list[str]
) -> EditionJob:
    project = snapshot.project
    language = project.languages.get(code, project.languages["en"])
    title = PaperLine("", leaflet)  # the leaflet may be gone
    if leaflet in project.leaflets:
        title = message_line(snapshot, language.code, leaflet, "title")
    words = {
        name: message_line(snapshot, language.code, PAPER_DOMAIN, f"word.recall-{name}")
        for name in NOTICE_WORDS
    }
    context = {"name": language_line(language), "leaflet": title, "printed": codes, **words}
    name = "_".join(filter(None, ("notice", leaflet, code, site)))
    return Paper(name, "notice", language, NOTICE_SHEET, context, [(one, 1) for one in codes]).job()
