"""Pack a site's print run: every PDF, the order for the shop, labels, a checklist, a manifest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
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
from generator.printrun.pack_contents import LeftOut, Pack, RecalledPrinting
from generator.printrun.pack_folder import fill_pack
from generator.printrun.quantities import PrintLine, with_spare
from generator.problem import LeafletsError, Problem, UsageError, errors_among
from generator.review.recall_rules import Disposition
from generator.review.snapshot import Snapshot
from generator.sitemerge.many_sites import build_sites


@dataclass(frozen=True)
class PackOptions:
    """How a pack is made."""

    combined: bool = False
    """Whether all that one paper tray prints is put into one file as well."""
    again: bool = False
    """Whether an earlier run was printed and this is another: its copies count beside those."""
    jobs: int = 0
    executor: str = "processes"
    progress: Callable[[int, int], None] | None = None


_DEFAULT_OPTIONS = PackOptions()


def pack_site(
    project: Project,
    code: str,
    drafts: Collection[str] = (),
    options: PackOptions = _DEFAULT_OPTIONS,
) -> Pack:
    """Build what a site asks for and lay it into `output/packs/<code>/`, for its owner's eyes only.

    Drafts of the languages in `drafts` are taken in, ready editions always. What was finished
    before a kill is not done again. Raises UsageError for an unknown site, and for one that does
    not say what to print.
    """
    site = project.site(code)
    _refuse_empty(project, site, drafts)
    request = site_request(project, site)
    report = build_editions(project, request, options.jobs, progress=options.progress)
    return _fill(project, site, report, drafts, options)


def pack_sites(
    project: Project, sites: Mapping[str, Collection[str]], options: PackOptions = _DEFAULT_OPTIONS
) -> dict[str, Pack | LeafletsError]:
    """Pack many sites, each with the languages whose drafts it takes.

    What their editions share is laid out once. A site that cannot be packed stops no other: its
    error stands in its place.
    """
    found: dict[str, Pack | LeafletsError] = {}
    requests: dict[str, BuildRequest] = {}
    for code, drafts in sites.items():
        try:
            site = project.site(code)
            _refuse_empty(project, site, drafts)
            request = site_request(project, site)
            wanted_editions(project, request)
            requests[code] = request
        except LeafletsError as error:
            found[code] = error
    report = build_sites(project, requests, options.jobs, options.executor, options.progress)
    for code in requests:
        outcomes = tuple(one for one in report.outcomes if one.record.site == code)
        own = BuildReport(outcomes, (), report.problems)
        try:
            found[code] = _fill(project, project.site(code), own, sites[code], options)
        except LeafletsError as error:
            found[code] = error
    return {code: found[code] for code in sites}


def site_request(project: Project, site: Site) -> BuildRequest:
    """Return the editions that a site asks for, in the languages that the campaign has."""
    languages = tuple(code for code in site.languages if code in project.campaign.languages)
    return BuildRequest(site.leaflets, languages, site.sheets, site.code, printer=site.printer)


def _fill(
    project: Project,
    site: Site,
    report: BuildReport,
    drafts: Collection[str],
    options: PackOptions,
) -> Pack:
    """Lay what was built for a site into its folder, and remember what it holds."""
    snapshot = Snapshot(project, site.code)
    unknown = [name for name in site.languages if name not in project.campaign.languages]
    taken = [one for one in report.outcomes if _is_taken(one, drafts)]
    left = [one for one in report.outcomes if not _is_taken(one, drafts)]
    pack = Pack(
        site.code,
        project.output / "packs" / site.code,
        tuple(_line(project, site, outcome) for outcome in taken),
        tuple(_left_out(snapshot, outcome) for outcome in left),
        tuple(_wanted(project, name) for name in dict.fromkeys((*unknown, *site.wanted))),
        _to_collect(project, site.code),
        report.problems,
    )
    make_private_folder(pack.folder.parent)
    make_private_folder(pack.folder)
    record = partial(_record_copies, project, pack, options.again, str(snapshot.today))
    with locked_folder(pack.folder, deep=False):
        problems = fill_pack(snapshot, pack, options.combined, record)
    return replace(pack, problems=(*pack.problems, *problems))


def _refuse_empty(project: Project, site: Site, drafts: Collection[str]) -> None:
    languages = site_request(project, site).languages
    for name, value, example in (
        ("leaflets", site.leaflets, "[not-alone]"),
        ("languages", languages, "{en: 12, ar: 30}"),
    ):
        if not value:
            what, hint = (
                f"the site does not say which {name} to print",
                f"add a line `{name}: {example}`",
            )
            raise UsageError(Problem("site-empty", what, site.where, hint))
    for language in drafts:
        if language not in site.languages:
            what = f"{site.code} asks for no {language!r}"
            hint = f"there is {', '.join(sorted(site.languages))}"
            raise UsageError(Problem("unknown-name", what, hint=hint))


def _is_taken(outcome: Outcome, drafts: Collection[str]) -> bool:
    record = outcome.record
    wanted_draft = record.state in STAGE_NAMES and record.language in drafts
    return record.state is EditionState.READY or wanted_draft


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


def _left_out(snapshot: Snapshot, outcome: Outcome) -> LeftOut:
    record = outcome.record
    edition = Edition(record.leaflet, record.language, record.sheet, record.site)
    told = [
        problem.what
        for problem in errors_among(record.problems)
        if problem.code != "translation-missing"
    ]
    needed = missing_people(snapshot, record.leaflet, record.language)
    return LeftOut(edition, record.state, tuple(dict.fromkeys([*told, *needed])))


def _wanted(project: Project, name: str) -> str:
    """Return in words what is needed for a language that people asked for."""
    language = project.languages.get(name)
    if language is None:
        return f"{name}: people who translate and read it"
    if name in project.campaign.languages:
        return f"{language.english}: the campaign has it now, put it under `languages:`"
    return (
        f"{language.english} ({language.endonym}): people who translate and read it, "
        f"then leaflets add language {name}"
    )


def _to_collect(project: Project, site: str) -> tuple[RecalledPrinting, ...]:
    """Return what earlier packs brought to the site and must not lie there any more."""
    own = [line for line in packs_record.read_packs(project.root / "sites") if line.site == site]
    packed = packs_record.packed_copies(own)
    judge = RecallJudge(project)
    printings = {(one.edition.name, one.code): one for one in judge.records if one.site == site}
    lists = [key for key, record in printings.items() if record.lists_people]
    judged = [
        RecalledPrinting(printings[key], packed[key], judge.cautious(printings[key]))
        for key in [*packed, *lists]
        if key in printings
    ]
    return tuple(one for one in judged if one.verdict.disposition is not Disposition.CURRENT)


def _record_copies(project: Project, pack: Pack, again: bool, day: str) -> None:
    """Write down the copies asked for; packing anew counts once, unless it is another run."""
    sites = project.root / "sites"
    with locked_folder(sites, deep=False):
        runs = [line.run for line in packs_record.read_packs(sites) if line.site == pack.site]
        run = max(runs, default=1) + (again and bool(runs))
        lines = [
            PackedEdition(run, pack.site, line.edition.name, line.code, line.copies, day)
            for line in pack.lines
        ]
        packs_record.append_packs(sites, lines)
