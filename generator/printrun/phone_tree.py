"""Print the phone tree of a site, one paper a language.

It is private, stands in no public folder, and is on the recall list when it changes.
"""

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
from generator.layout.compose import ComposedPage, PageRequest, compose_page
from generator.layout.composer import Composer
from generator.layout.stage import STAGE_ENDINGS, FactState
from generator.model import Edition, Leaflet, Translation
from generator.printrun.tree_page import BlankTree, fill_tree
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.paper_keys import paper_keys
from generator.review.printing import PHONE_TREE_FACT as PEOPLE_FACT
from generator.review.recall_rules import Disposition
from generator.review.snapshot import Snapshot

# The sheet of a leaflet that prints the same sentences.
_ORDINARY_SHEET = "a4"

# The leaflet whose table the people fill.
TREE_LEAFLET = "phone-tree"


def call_tree_of(project: Project, code: str) -> CallTree:
    """Return the call tree of a site; raise UsageError if nobody is on its list."""
    site = project.site(code)
    if not site.people:
        what = "nobody is on the phone tree of this site"
        hint = "write them under `people:`, as sites/example.yaml shows; only who said yes"
        raise UsageError(Problem("site-people", what, site.where, hint))
    return call_tree(site.people)


def print_phone_tree(
    project: Project, site: str, languages: Iterable[str] = (), passphrase: str = ""
) -> WrittenPapers:
    """Print the tree in the languages asked for, or all that its people speak and once whole.

    Files go to `output/packs/<site>/`, for their owner alone; with a passphrase they are locked.
    Raises UsageError for an unknown site or language.
    """
    tree = call_tree_of(project, site)
    known = print_names(tree.people)
    wanted = tuple(languages) or known
    for name in wanted:
        if name not in known:
            what, hint = f"nobody on this list speaks {name!r}", f"there is {', '.join(known)}"
            raise UsageError(Problem("unknown-name", what, hint=hint))
    make_sites_secret(project.root / "sites")
    snapshot = Snapshot(project, site)

    def maker(name: str) -> Callable[..., Composer]:
        return fill_tree(tree, name, project.languages)

    pages, problems = _pages(snapshot, wanted, maker, PEOPLE_FACT)
    made = _draw(project, pages)
    # Locked before anything older is removed: a passphrase that is refused costs no paper.
    files = {
        name: encrypt_pdf(pdf, passphrase) if passphrase else pdf for name, pdf in made.pdfs.items()
    }
    folder = project.output / "packs" / site
    make_private_folder(folder.parent)
    make_private_folder(folder)
    paths = {}
    with locked_folder(project.output):
        log = PrintingLog(snapshot)
        for name, pdf in files.items():
            edition, page = pages[name]
            log.keep(edition, page, hashlib.sha256(made.pdfs[name]).hexdigest())
            stem = f"{TREE_LEAFLET}_{name}_{site}"
            paths[name] = folder / f"{stem}{page.stage.ending}.pdf"
            _remove_older(folder, stem)
            write_file(paths[name], pdf, private=True)
    _remove_gone(folder, site, known)
    return WrittenPapers(paths, (*problems, *made.problems))


def outdated_trees(project: Project, site: str) -> list[str]:
    """Return the codes of printed trees of a site that must come back.

    Somebody on them came, went or has another number.
    """
    judge = RecallJudge(project)
    printed = {
        record.code: record
        for record in judge.records
        if record.site == site and record.lists_people
    }
    return [
        code
        for code, record in printed.items()
        if judge.verdict(record).disposition is Disposition.DESTROY
    ]


def print_blank_tree(project: Project, languages: Iterable[str] = ()) -> WrittenPapers:
    """Print the tree with empty boxes and lines into `output/phone-tree/`, for all to fill in."""
    snapshot, folder = Snapshot(project), project.output / TREE_LEAFLET
    wanted = tuple(languages) or tuple(
        code for code in project.campaign.languages if snapshot.started(code, TREE_LEAFLET)
    )
    pages, problems = _pages(snapshot, wanted, lambda name: BlankTree)
    made = _draw(project, pages)
    paths = {}
    for name, pdf in made.pdfs.items():
        stem = f"{TREE_LEAFLET}_{name}_blank"
        paths[name] = folder / f"{stem}{pages[name][1].stage.ending}.pdf"
        _remove_older(folder, stem)
        write_file(paths[name], pdf)
    return WrittenPapers(paths, (*problems, *made.problems))


def _pages(
    snapshot: Snapshot,
    wanted: Iterable[str],
    maker: Callable[[str], Callable[..., Composer]],
    people: str = "",
) -> tuple[dict[str, tuple[Edition, ComposedPage]], list[Problem]]:
    """Return the pages that can be printed, and what is wrong with the others.

    `people` stands before the name of a print with people.
    """
    pages, problems = {}, list[Problem]()
    for name in wanted:
        whole = name == WHOLE_TREE
        code, sheet = ("en", WHOLE_TREE) if whole else (name, PEOPLE_SHEET.name)
        edition = Edition(TREE_LEAFLET, code, sheet, snapshot.site)
        try:
            pages[name] = edition, _page(snapshot, edition, maker(name), people and people + name)
        except LeafletsError as error:
            problems += [one.at(leaflet=TREE_LEAFLET, language=code) for one in error.problems]
    return pages, problems


def _page(
    snapshot: Snapshot, edition: Edition, composer: Callable[..., Composer], people: str
) -> ComposedPage:
    project = snapshot.project
    if TREE_LEAFLET not in project.leaflets:
        what = f"this campaign has no leaflet {TREE_LEAFLET}"
        raise LeafletsError(*project.broken or [Problem("unknown-name", what, hint="write one")])
    if edition.language not in project.campaign.languages:
        what = f"the campaign has no {edition.language}"
        add = f"leaflets add language {edition.language}"
        hint = f"{add}; the print called {WHOLE_TREE} has everybody"
        raise LeafletsError(Problem("site-language", what, hint=hint))
    if wrong := edition_errors(snapshot, replace(edition, sheet=_ORDINARY_SHEET)):
        raise LeafletsError(*wrong)
    leaflet, texts = project.leaflets[TREE_LEAFLET], snapshot.edition_texts(edition)
    request = PageRequest(
        edition=edition,
        leaflet=leaflet,
        language=project.languages[edition.language],
        sheet=PEOPLE_SHEET,
        campaign=project.campaign,
        facts=snapshot.facts,
        texts=texts,
        theme=project.theme,
        keys=paper_keys(snapshot),
        numbers=_numbers(snapshot, leaflet, texts),
        composer=composer,
        people=people,
    )
    return compose_page(request)


def _numbers(snapshot: Snapshot, leaflet: Leaflet, texts: Mapping[str, Translation]) -> FactState:
    """Return what facts and the numbers of people rest on; those of the example reach nobody."""
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
    stems = [f"{TREE_LEAFLET}_{name}_{site}" for name in known]
    keep = {f"{stem}{ending}.pdf" for stem in stems for ending in STAGE_ENDINGS}
    for path in folder.glob(f"{TREE_LEAFLET}_*.pdf"):
        if path.name not in keep:
            path.unlink()
