"""A site's print run: every PDF, the order for the shop, labels, a checklist, and a manifest with checksums."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial

from generator.base.files import locked_folder, make_private_folder
from generator.campaign.project import Project
from generator.campaign.site_record import Site
from generator.editions import packs_record
from generator.editions.build import BuildReport, build_editions
from generator.editions.build_run import Outcome
from generator.editions.packs_record import PackedEdition
from generator.editions.plan import BuildRequest, wanted_editions
from generator.editions.recall import RecallJudge
from generator.layout.stage import STAGE_NAMES, EditionState
from generator.model import Edition
from generator.printrun.needs import missing_people
from generator.printrun.pack_folder import LeftOut, Pack, fill_pack
from generator.printrun.pack_papers import RecalledPrinting
from generator.printrun.quantities import PrintLine, with_spare
from generator.problem import LeafletsError, Problem, UsageError, errors_among
from generator.review.snapshot import Snapshot
from generator.sitemerge.many_sites import build_sites


def pack_site(
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
    report = build_editions(project, site_request(project, site), jobs, progress=progress)
    return _laid(project, site, report, drafts, combined, again)


def pack_sites(
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
            wanted_editions(project, site_request(project, asked[code]))
        except LeafletsError as error:
            found[code] = error
            asked.pop(code, None)
    report = build_sites(
        project,
        {code: site_request(project, site) for code, site in asked.items()},
        jobs,
        executor,
        progress,
    )
    for code, site in asked.items():
        own = BuildReport(
            tuple(outcome for outcome in report.outcomes if outcome.record.site == code),
            (),
            report.problems,
        )
        try:
            found[code] = _laid(project, site, own, sites[code], combined, again)
        except LeafletsError as error:
            found[code] = error
    return {code: found[code] for code in sites}


def site_request(project: Project, site: Site) -> BuildRequest:
    """Return the editions that a site asks for; languages that the campaign does not have are wanted, not built."""
    languages = tuple(
        language for language in site.languages if language in project.campaign.languages
    )
    return BuildRequest(site.leaflets, languages, site.sheets, site.code, printer=site.printer)


def _laid(
    project: Project,
    site: Site,
    report: BuildReport,
    drafts: Collection[str],
    combined: bool,
    again: bool,
) -> Pack:
    """Lay what was built for a site into its folder, and remember what it holds."""
    snapshot = Snapshot(project, site.code)
    lines = tuple(
        _line(project, site, outcome) for outcome in report.outcomes if _taken(outcome, drafts)
    )
    left = tuple(
        _left(snapshot, outcome) for outcome in report.outcomes if not _taken(outcome, drafts)
    )
    folder = project.output / "packs" / site.code
    unknown = [name for name in site.languages if name not in project.campaign.languages]
    wanted = tuple(_asked(project, name) for name in dict.fromkeys((*unknown, *site.wanted)))
    found = Pack(
        site.code, folder, lines, left, wanted, _collect(project, site.code), report.problems
    )
    make_private_folder(folder.parent)
    make_private_folder(folder)
    with locked_folder(folder, deep=False):
        problems = fill_pack(
            snapshot,
            found,
            combined,
            partial(_remember, project, found, again, str(snapshot.today)),
        )
    return replace(found, problems=(*found.problems, *problems))


def _refuse_empty(project: Project, site: Site, drafts: Collection[str]) -> None:
    languages = site_request(project, site).languages
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
    return record.state is EditionState.READY or (
        record.state in STAGE_NAMES and record.language in drafts
    )


def _line(project: Project, site: Site, outcome: Outcome) -> PrintLine:
    record = outcome.record
    copies = site.languages[record.language]
    total = with_spare(copies, site.spare)
    edition = Edition(record.leaflet, record.language, record.sheet, record.site)
    prints = tuple(path for path, _, _ in record.prints) or (record.path,)
    return PrintLine(
        edition,
        project.sheets[record.sheet],
        record.code,
        record.state,
        record.pages,
        record.path,
        prints,
        record.sha256,
        total,
        total - copies,
    )


def _left(snapshot: Snapshot, outcome: Outcome) -> LeftOut:
    record = outcome.record
    edition = Edition(record.leaflet, record.language, record.sheet, record.site)
    told = [
        problem.what
        for problem in errors_among(record.problems)
        if problem.code != "translation-missing"
    ]
    return LeftOut(
        edition,
        record.state,
        tuple(dict.fromkeys([*told, *missing_people(snapshot, record.leaflet, record.language)])),
    )


def _asked(project: Project, name: str) -> str:
    """Return in words what is needed for a language that people asked for."""
    language = project.languages.get(name)
    if language is None:
        return f"{name}: people who translate and read it"
    if name in project.campaign.languages:
        return f"{language.english}: the campaign has it now, put it under `languages:`"
    return f"{language.english} ({language.endonym}): people who translate and read it, then leaflets add language {name}"


def _collect(project: Project, site: str) -> tuple[RecalledPrinting, ...]:
    """Return what earlier packs brought to the site and must not lie there any more."""
    packed = packs_record.packed_copies(
        line for line in packs_record.read_packs(project.root / "sites") if line.site == site
    )
    judge = RecallJudge(project)
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
        RecalledPrinting(record, copies, verdict)
        for record, copies, verdict in judged
        if verdict.disposition != "current"
    )


def _remember(project: Project, found: Pack, again: bool, day: str) -> None:
    """Write down how many copies were asked for; packing once more counts once, unless it is another run."""
    sites = project.root / "sites"
    with locked_folder(sites, deep=False):
        runs = [line.run for line in packs_record.read_packs(sites) if line.site == found.site]
        run = max(runs, default=1) + (again and bool(runs))
        packs_record.append_packs(
            sites,
            [
                PackedEdition(run, found.site, line.edition.name, line.code, line.copies, day)
                for line in found.lines
            ],
        )
