"""Print the phone tree of a site, one paper a language: private, never in a public folder, on the recall list when it changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from generator.base.files import locked_folder, make_private_folder, write_file
from generator.campaign.call_tree import WHOLE_TREE, CallTree, call_tree, print_names
from generator.campaign.facts import international_number
from generator.campaign.made_up import is_reserved
from generator.campaign.project import Project
from generator.campaign.shipped_sheets import PEOPLE_SHEET
from generator.campaign.sites import make_sites_secret
from generator.editions.content import state_of_numbers
from generator.editions.jobs import EditionJob
from generator.editions.obstacles import edition_errors
from generator.editions.printed import PrintingLog
from generator.editions.recall import RecallJudge
from generator.editions.render_papers import DrawnPapers, WrittenPapers, draw_papers, paper_look
from generator.imposition.encrypt import encrypt_pdf
from generator.layout.compose import ComposedPage, compose_page
from generator.layout.composer import Composer
from generator.layout.stage import STAGE_ENDINGS, FactState
from generator.model import Edition, Leaflet, Translation
from generator.printrun.tree_page import BlankTree, fill_tree
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.paper_keys import paper_keys
from generator.review.printing import PHONE_TREE_FACT as PEOPLE_FACT
from generator.review.snapshot import Snapshot

LIKE = "a4"
"""The sheet of a leaflet that prints the same sentences."""
TREE_LEAFLET = "phone-tree"
"""The leaflet whose table the people fill."""


def call_tree_of(project: Project, site: str) -> CallTree:
    """Return the call tree of a site; raise UsageError if nobody is on its list."""
    people = project.site(site).people
    if not people:
        hint = "write them under `people:`, as sites/example.yaml shows; only who said yes"
        raise UsageError(
            Problem(
                "site-people",
                "nobody is on the phone tree of this site",
                project.site(site).where,
                hint,
            )
        )
    return call_tree(people)


def print_phone_tree(
    project: Project, site: str, languages: Iterable[str] = (), passphrase: str = ""
) -> WrittenPapers:
    """Print the tree in the languages asked for, or all that its people speak, and whole for the organiser.

    Files go to `output/packs/<site>/`, for their owner alone; with a passphrase they are locked. Raises UsageError for an
    unknown site or language.
    """
    found = call_tree_of(project, site)
    known = print_names(found.people)
    wanted = tuple(languages) or known
    _refuse_unspoken(wanted, known)
    make_sites_secret(project.root / "sites")
    snapshot = Snapshot(project, site)
    folder = project.output / "packs" / site

    def maker(name: str) -> Callable[..., Composer]:
        return fill_tree(found, name, project.languages)

    pages, problems = _pages(snapshot, wanted, maker, PEOPLE_FACT)
    made = _draw(project, pages)
    files = {
        name: encrypt_pdf(pdf, passphrase) if passphrase else pdf for name, pdf in made.pdfs.items()
    }  # before anything older is removed
    make_private_folder(folder.parent)
    make_private_folder(folder)
    paths = {}
    with locked_folder(project.output):
        book = PrintingLog(snapshot)
        for name in files:
            edition, page = pages[name]
            book.keep(edition, page, hashlib.sha256(made.pdfs[name]).hexdigest())
            paths[name] = folder / f"{TREE_LEAFLET}_{name}_{site}{page.stage.ending}.pdf"
            _remove_older(folder, f"{TREE_LEAFLET}_{name}_{site}")
            write_file(paths[name], files[name], private=True)
    _remove_gone(folder, site, known)
    return WrittenPapers(paths, (*problems, *made.problems))


def _refuse_unspoken(wanted: Iterable[str], known: Iterable[str]) -> None:
    for name in wanted:
        if name not in known:
            raise UsageError(
                Problem(
                    "unknown-name",
                    f"nobody on this list speaks {name!r}",
                    hint=f"there is {', '.join(known)}",
                )
            )


def outdated_trees(project: Project, site: str) -> list[str]:
    """Return the codes of printed trees of a site that must come back, because somebody on them came, went or has another number."""
    judge = RecallJudge(project)
    printed = {
        record.code: record
        for record in judge.records
        if record.site == site and record.lists_people
    }
    return [
        code for code, record in printed.items() if judge.verdict(record).disposition == "destroy"
    ]


def print_blank_tree(project: Project, languages: Iterable[str] = ()) -> WrittenPapers:
    """Print the tree with empty boxes and lines into `output/phone-tree/`, in the languages asked for or all."""
    snapshot = Snapshot(project)
    wanted = tuple(languages) or tuple(
        code for code in project.campaign.languages if snapshot.started(code, TREE_LEAFLET)
    )
    pages, problems = _pages(snapshot, wanted, lambda name: BlankTree)
    paths = {}
    made = _draw(project, pages)
    for name, pdf in made.pdfs.items():
        paths[name] = (
            project.output
            / TREE_LEAFLET
            / f"{TREE_LEAFLET}_{name}_blank{pages[name][1].stage.ending}.pdf"
        )
        _remove_older(paths[name].parent, f"{TREE_LEAFLET}_{name}_blank")
        write_file(paths[name], pdf)
    return WrittenPapers(paths, (*problems, *made.problems))


def _pages(
    snapshot: Snapshot,
    wanted: Iterable[str],
    maker: Callable[[str], Callable[..., Composer]],
    people: str = "",
) -> tuple[dict[str, tuple[Edition, ComposedPage]], list[Problem]]:
    """Return the pages that can be printed, and what is wrong with the others; `people` stands before the name of a print with people."""
    pages, problems = {}, list[Problem]()
    for name in wanted:
        code = "en" if name == WHOLE_TREE else name
        try:
            edition = Edition(
                TREE_LEAFLET,
                code,
                WHOLE_TREE if name == WHOLE_TREE else PEOPLE_SHEET.name,
                snapshot.site,
            )
            pages[name] = edition, _page(snapshot, edition, maker(name), people and people + name)
        except LeafletsError as error:
            problems += [
                problem.at(leaflet=TREE_LEAFLET, language=code) for problem in error.problems
            ]
    return pages, problems


def _page(
    snapshot: Snapshot, edition: Edition, composer: Callable[..., Composer], people: str
) -> ComposedPage:
    project = snapshot.project
    if TREE_LEAFLET not in project.leaflets:
        raise LeafletsError(
            *(
                project.broken
                or [
                    Problem(
                        "unknown-name",
                        f"this campaign has no leaflet {TREE_LEAFLET}",
                        hint="write one",
                    )
                ]
            )
        )
    if edition.language not in project.campaign.languages:
        hint = (
            f"leaflets add language {edition.language}; the print called {WHOLE_TREE} has everybody"
        )
        raise LeafletsError(
            Problem("site-language", f"the campaign has no {edition.language}", hint=hint)
        )
    if wrong := edition_errors(snapshot, replace(edition, sheet=LIKE)):
        raise LeafletsError(*wrong)
    leaflet, texts = project.leaflets[TREE_LEAFLET], snapshot.edition_texts(edition)
    return compose_page(
        edition, leaflet, project.languages[edition.language], PEOPLE_SHEET, project.campaign, snapshot.facts, texts, project.theme,
        paper_keys(snapshot), _numbers(snapshot, leaflet, texts), composer, people=people,
    )  # fmt: skip


def _numbers(snapshot: Snapshot, leaflet: Leaflet, texts: Mapping[str, Translation]) -> FactState:
    """Return what stands behind the facts and the numbers of the people: those of the example reach nobody."""
    found = state_of_numbers(snapshot, leaflet, texts)
    people = snapshot.project.site(snapshot.site).people if snapshot.site else ()
    invented = any(is_reserved("phone", international_number(person.phone)) for person in people)
    return FactState.MADE_UP if invented and found is not FactState.EXAMPLE else found


def _draw(project: Project, pages: dict[str, tuple[Edition, ComposedPage]]) -> DrawnPapers:
    jobs = [
        EditionJob(
            name, page.html, project.languages[edition.language], PEOPLE_SHEET, page.expected
        )
        for name, (edition, page) in pages.items()
    ]
    return draw_papers(project, jobs, paper_look(project.theme))


def _remove_older(folder: Path, stem: str) -> None:
    for ending in STAGE_ENDINGS:
        (folder / f"{stem}{ending}.pdf").unlink(missing_ok=True)


def _remove_gone(folder: Path, site: str, known: Iterable[str]) -> None:
    """Remove the papers of languages that nobody on the list speaks any more."""
    keep = {
        f"{TREE_LEAFLET}_{name}_{site}{ending}.pdf" for name in known for ending in STAGE_ENDINGS
    }
    for path in folder.glob(f"{TREE_LEAFLET}_*.pdf"):
        if path.name not in keep:
            path.unlink()
