"""A site's print run: every PDF, the order for the shop, labels, a checklist, and a manifest with checksums."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial

from generator.base.files import locked, private_folder
from generator.campaign.project import Project
from generator.editions import packs_record
from generator.editions.build import Outcome, Report, build
from generator.editions.packs_record import Packed
from generator.editions.plan import Wish, editions
from generator.editions.recall import Judge
from generator.layout.stage import NAMES
from generator.model import Edition, Site
from generator.printrun.counts import Line, with_spare
from generator.printrun.needs import needs
from generator.printrun.pack_folder import Left, Pack, fill
from generator.printrun.pack_papers import Handover
from generator.problem import LeafletsError, Problem, UsageError, errors
from generator.review.snapshot import Snapshot
from generator.sitemerge.many_sites import build_sites


def pack(
    project: Project,
    code: str,
    drafts: Collection[str] = (),
    combined: bool = False,
    again: bool = False,
    jobs: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Pack:
    """Build what a site asks for and lay it into `output/packs/<code>/`, for its owner's eyes only.

    Drafts of the languages named in `drafts` are taken in, ready editions always. `again` says that an earlier run was printed
    and this is another one: its copies count beside those. What was finished before a kill is
    not done again. Raises UsageError for an unknown site and for one that says not what to print.
    """
    site = project.site(code)
    _refuse_empty(project, site, drafts)
    report = build(project, wish_of(project, site), jobs, progress=progress)
    return _laid(project, site, report, drafts, combined, again)


def pack_all(
    project: Project,
    sites: Mapping[str, Collection[str]],
    combined: bool = False,
    again: bool = False,
    jobs: int = 0,
    executor: str = "processes",
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Pack | LeafletsError]:
    """Pack many sites, each with the languages whose drafts it takes; what their editions share is laid out once.

    A site that cannot be packed stops no other: its error stands in its place.
    """
    found: dict[str, Pack | LeafletsError] = {}
    asked: dict[str, Site] = {}
    for code, drafts in sites.items():
        try:
            asked[code] = project.site(code)
            _refuse_empty(project, asked[code], drafts)
            editions(project, wish_of(project, asked[code]))
        except LeafletsError as error:
            found[code] = error
            asked.pop(code, None)
    report = build_sites(
        project,
        {code: wish_of(project, site) for code, site in asked.items()},
        jobs,
        executor,
        progress,
    )
    for code, site in asked.items():
        own = Report(
            tuple(outcome for outcome in report.outcomes if outcome.record.site == code),
            (),
            report.problems,
        )
        try:
            found[code] = _laid(project, site, own, sites[code], combined, again)
        except LeafletsError as error:
            found[code] = error
    return {code: found[code] for code in sites}


def wish_of(project: Project, site: Site) -> Wish:
    """Return the editions that a site asks for; languages that the campaign does not have are wanted, not built."""
    languages = tuple(
        language for language in site.languages if language in project.campaign.languages
    )
    return Wish(site.leaflets, languages, site.sheets, site.code, printer=site.printer)


def _laid(
    project: Project,
    site: Site,
    report: Report,
    drafts: Collection[str],
    combined: bool,
    again: bool,
) -> Pack:
    """Lay what was built for a site into its folder, and remember what it holds."""
    snapshot = Snapshot(project, site.code)
    lines = tuple(_line(site, outcome) for outcome in report.outcomes if _taken(outcome, drafts))
    left = tuple(
        _left(snapshot, outcome) for outcome in report.outcomes if not _taken(outcome, drafts)
    )
    folder = project.output / "packs" / site.code
    unknown = [name for name in site.languages if name not in project.campaign.languages]
    wanted = tuple(_asked(project, name) for name in dict.fromkeys((*unknown, *site.wanted)))
    found = Pack(
        site.code, folder, lines, left, wanted, _collect(project, site.code), report.problems
    )
    private_folder(folder.parent)
    private_folder(folder)
    with locked(folder, deep=False):
        problems = fill(
            snapshot,
            found,
            combined,
            partial(_remember, project, found, again, str(snapshot.today)),
        )
    return replace(found, problems=(*found.problems, *problems))


def _refuse_empty(project: Project, site: Site, drafts: Collection[str]) -> None:
    languages = wish_of(project, site).languages
    for name, value, example in (
        ("leaflets", site.leaflets, "[not-alone]"),
        ("languages", languages, "{en: 12, ar: 30}"),
    ):
        if not value:
            hint = f"add a line `{name}: {example}`"
            raise UsageError(
                Problem("site-empty", f"the site says not which {name} to print", site.where, hint)
            )
    for language in drafts:
        if language not in site.languages:
            hint = f"there is {', '.join(sorted(site.languages))}"
            raise UsageError(
                Problem("unknown-name", f"{site.code} asks for no {language!r}", hint=hint)
            )


def _taken(outcome: Outcome, drafts: Collection[str]) -> bool:
    record = outcome.record
    return record.state == "ready" or (record.state in NAMES and record.language in drafts)


def _line(site: Site, outcome: Outcome) -> Line:
    record = outcome.record
    copies = site.languages[record.language]
    total = with_spare(copies, site.spare)
    edition = Edition(record.leaflet, record.language, record.sheet, record.site)
    prints = tuple(path for path, _, _ in record.prints) or (record.path,)
    return Line(
        edition,
        record.code,
        record.state,
        record.pages,
        record.path,
        prints,
        record.sha256,
        total,
        total - copies,
    )


def _left(snapshot: Snapshot, outcome: Outcome) -> Left:
    record = outcome.record
    edition = Edition(record.leaflet, record.language, record.sheet, record.site)
    told = [
        problem.what for problem in errors(record.problems) if problem.code != "translation-missing"
    ]
    return Left(
        edition,
        record.state,
        tuple(dict.fromkeys([*told, *needs(snapshot, record.leaflet, record.language)])),
    )


def _asked(project: Project, name: str) -> str:
    """Return in words what is needed for a language that people asked for."""
    language = project.languages.get(name)
    if language is None:
        return f"{name}: people who translate and read it"
    if name in project.campaign.languages:
        return f"{language.english}: the campaign has it now, put it under `languages:`"
    return f"{language.english} ({language.endonym}): people who translate and read it, then leaflets add language {name}"


def _collect(project: Project, site: str) -> tuple[Handover, ...]:
    """Return what earlier packs brought to the site and must not lie there any more."""
    packed = packs_record.copies(
        line for line in packs_record.read(project.root / "sites") if line.site == site
    )
    judge = Judge(project)
    printings = {
        (record.edition.name, record.code): record
        for record in judge.records
        if record.site == site
    }
    lists = [key for key, record in printings.items() if record.lists_people]
    judged = [
        (printings[key], packed[key], judge.cautious(printings[key]))
        for key in [*packed, *lists]
        if key in printings
    ]
    return tuple(
        Handover(record, copies, verdict)
        for record, copies, verdict in judged
        if verdict.fate != "current"
    )


def _remember(project: Project, found: Pack, again: bool, day: str) -> None:
    """Write down how many copies were asked for; packing once more counts once, unless it is another run."""
    sites = project.root / "sites"
    with locked(sites, deep=False):
        runs = [line.run for line in packs_record.read(sites) if line.site == found.site]
        run = max(runs, default=1) + (again and bool(runs))
        packs_record.append(
            sites,
            [
                Packed(run, found.site, line.edition.name, line.code, line.copies, day)
                for line in found.lines
            ],
        )
