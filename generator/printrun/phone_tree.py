"""Print the phone tree of a site, one paper a language: private, never in a public folder, on the recall list when it changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from generator.base.files import locked, private_folder, write
from generator.campaign.call_tree import WHOLE, Tree, prints, tree
from generator.campaign.facts import international
from generator.campaign.made_up import reserved
from generator.campaign.project import Project
from generator.campaign.sheets import PEOPLE
from generator.campaign.sites import make_secret
from generator.editions.plan import numbers_of, unprintable
from generator.editions.printed import Book
from generator.editions.recall import Judge
from generator.editions.render_papers import Papers, Sheaf, drawn, look_of
from generator.editions.worker import Job
from generator.imposition.encrypt import seal
from generator.layout.compose import Page, compose
from generator.layout.composer import Composer
from generator.layout.stage import ENDINGS, Numbers
from generator.model import Edition, Leaflet, Translation
from generator.printrun.tree_page import Blank, filled
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.recall_rules import PEOPLE as PEOPLE_FACT
from generator.review.snapshot import Snapshot

LIKE = "a4"
"""The sheet of a leaflet that prints the same sentences."""
LEAFLET = "phone-tree"
"""The leaflet whose table the people fill."""


def people_of(project: Project, site: str) -> Tree:
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
    return tree(people)


def print_people(
    project: Project, site: str, languages: Iterable[str] = (), passphrase: str = ""
) -> Papers:
    """Print the tree in the languages asked for, or all that its people speak, and whole for the organiser.

    Files go to `output/packs/<site>/`, for their owner alone; with a passphrase they are locked. Raises UsageError for an
    unknown site or language.
    """
    found = people_of(project, site)
    known = prints(found.people)
    wanted = tuple(languages) or known
    _refuse_unspoken(wanted, known)
    make_secret(project.root / "sites")
    snapshot = Snapshot(project, site)
    folder = project.output / "packs" / site

    def maker(name: str) -> Callable[..., Composer]:
        return filled(found, name, project.languages)

    pages, problems = _pages(snapshot, wanted, maker, PEOPLE_FACT)
    made = _draw(project, pages)
    files = {
        name: seal(pdf, passphrase) if passphrase else pdf for name, pdf in made.pdfs.items()
    }  # before anything older is removed
    private_folder(folder.parent)
    private_folder(folder)
    paths = {}
    with locked(project.output):
        book = Book(snapshot)
        for name in files:
            edition, page = pages[name]
            book.keep(edition, page, hashlib.sha256(made.pdfs[name]).hexdigest())
            paths[name] = folder / f"{LEAFLET}_{name}_{site}{page.stage.ending}.pdf"
            _remove_older(folder, f"{LEAFLET}_{name}_{site}")
            write(paths[name], files[name], private=True)
    _remove_gone(folder, site, known)
    return Papers(paths, (*problems, *made.problems))


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


def outdated(project: Project, site: str) -> list[str]:
    """Return the codes of printed trees of a site that must come back, because somebody on them came, went or has another number."""
    judge = Judge(project)
    printed = {
        record.code: record
        for record in judge.records
        if record.site == site and record.lists_people
    }
    return [code for code, record in printed.items() if judge.verdict(record).fate == "destroy"]


def print_blank(project: Project, languages: Iterable[str] = ()) -> Papers:
    """Print the tree with empty boxes and lines into `output/phone-tree/`, in the languages asked for or all."""
    snapshot = Snapshot(project)
    wanted = tuple(languages) or tuple(
        code for code in project.campaign.languages if snapshot.started(code, LEAFLET)
    )
    pages, problems = _pages(snapshot, wanted, lambda name: Blank)
    paths = {}
    made = _draw(project, pages)
    for name, pdf in made.pdfs.items():
        paths[name] = (
            project.output / LEAFLET / f"{LEAFLET}_{name}_blank{pages[name][1].stage.ending}.pdf"
        )
        _remove_older(paths[name].parent, f"{LEAFLET}_{name}_blank")
        write(paths[name], pdf)
    return Papers(paths, (*problems, *made.problems))


def _pages(
    snapshot: Snapshot,
    wanted: Iterable[str],
    maker: Callable[[str], Callable[..., Composer]],
    people: str = "",
) -> tuple[dict[str, tuple[Edition, Page]], list[Problem]]:
    """Return the pages that can be printed, and what is wrong with the others; `people` stands before the name of a print with people."""
    pages, problems = {}, list[Problem]()
    for name in wanted:
        code = "en" if name == WHOLE else name
        try:
            edition = Edition(LEAFLET, code, WHOLE if name == WHOLE else PEOPLE.name, snapshot.site)
            pages[name] = edition, _page(snapshot, edition, maker(name), people and people + name)
        except LeafletsError as error:
            problems += [problem.at(leaflet=LEAFLET, language=code) for problem in error.problems]
    return pages, problems


def _page(
    snapshot: Snapshot, edition: Edition, composer: Callable[..., Composer], people: str
) -> Page:
    project = snapshot.project
    if LEAFLET not in project.leaflets:
        raise LeafletsError(
            *(
                project.broken
                or [
                    Problem(
                        "unknown-name", f"this campaign has no leaflet {LEAFLET}", hint="write one"
                    )
                ]
            )
        )
    if edition.language not in project.campaign.languages:
        hint = f"leaflets add language {edition.language}; the print called {WHOLE} has everybody"
        raise LeafletsError(
            Problem("site-language", f"the campaign has no {edition.language}", hint=hint)
        )
    if wrong := unprintable(snapshot, replace(edition, sheet=LIKE)):
        raise LeafletsError(*wrong)
    leaflet, texts = project.leaflets[LEAFLET], snapshot.edition_texts(edition)
    return compose(
        edition, leaflet, project.languages[edition.language], PEOPLE, project.campaign, snapshot.facts, texts, project.theme,
        snapshot.paper_keys, _numbers(snapshot, leaflet, texts), composer, people=people,
    )  # fmt: skip


def _numbers(snapshot: Snapshot, leaflet: Leaflet, texts: Mapping[str, Translation]) -> Numbers:
    """Return what stands behind the facts and the numbers of the people: those of the example reach nobody."""
    found = numbers_of(snapshot, leaflet, texts)
    people = snapshot.project.site(snapshot.site).people if snapshot.site else ()
    invented = any(reserved("phone", international(person.phone)) for person in people)
    return Numbers.MADE_UP if invented and found is not Numbers.EXAMPLE else found


def _draw(project: Project, pages: dict[str, tuple[Edition, Page]]) -> Sheaf:
    jobs = [
        Job(name, page.html, project.languages[edition.language], PEOPLE, page.expected)
        for name, (edition, page) in pages.items()
    ]
    return drawn(project, jobs, look_of(project.theme))


def _remove_older(folder: Path, stem: str) -> None:
    for ending in ENDINGS:
        (folder / f"{stem}{ending}.pdf").unlink(missing_ok=True)


def _remove_gone(folder: Path, site: str, known: Iterable[str]) -> None:
    """Remove the papers of languages that nobody on the list speaks any more."""
    keep = {f"{LEAFLET}_{name}_{site}{ending}.pdf" for name in known for ending in ENDINGS}
    for path in folder.glob(f"{LEAFLET}_*.pdf"):
        if path.name not in keep:
            path.unlink()
