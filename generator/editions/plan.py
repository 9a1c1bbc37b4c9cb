"""Which editions a build is asked for, and where their files go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.base.names import pick_names
from generator.campaign.printers import Printer, PrintOrder
from generator.campaign.project import Project
from generator.imposition.pairs import BACK_TO_BACK, PAIR_SHEET, sheet_pair
from generator.model import Edition
from generator.problem import Problem, UsageError


@dataclass(frozen=True)
class BuildRequest:
    """What the user asked for; nothing means everything."""

    leaflets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    site: str = ""
    pairs: frozenset[tuple[str, str]] = frozenset()
    """Leaflets with languages; where there are any, only these of the above."""
    printer: str = ""
    """A row of `project.printers`; empty means the campaign's."""
    marks: bool = False
    profile: str = ""
    """Path of an ICC profile for PDF/X-4."""
    other: str = ""
    """A second language for every sheet."""
    layout: str = BACK_TO_BACK
    """How two languages share a sheet."""

    def holds(self, edition: Edition) -> bool:
        """Tell whether an edition is among the pairs."""
        return not self.pairs or (edition.leaflet, edition.language) in self.pairs

    def order(self, project: Project, edition: Edition) -> PrintOrder:
        """Return what the files to print of an edition are made for."""
        dated = str(project.leaflets[edition.leaflet].dated)
        return PrintOrder(project.printers[edition.printer], self.marks, self.profile, dated)


EVERYTHING = BuildRequest()


def wanted_editions(project: Project, request: BuildRequest) -> list[Edition]:
    """Return the editions asked for, or all.

    Raises UsageError with the near names for what does not exist.
    """
    known = project.campaign.languages
    slugs = pick_names("leaflet", request.leaflets, project.slugs)
    languages = pick_names("language", request.languages, known)
    chosen = pick_names("sheet", request.sheets, project.sheets) if request.sheets else []
    printer_name = request.printer or project.campaign.printer
    (printer,) = pick_names("printer", [printer_name], project.printers)
    check_print_order(project.printers[printer], request.marks, request.profile)
    (other,) = pick_names("language", [request.other], known) if request.other else ("",)
    for sheet in chosen if other else ():
        sheet_pair(project.sheets[sheet], request.layout)

    layout = request.layout if other and request.layout != BACK_TO_BACK else ""
    found = (
        Edition(slug, language, sheet, request.site, printer, other, layout)
        for slug in slugs
        if slug in project.leaflets
        for language in languages
        if language != other
        for sheet in chosen or ([PAIR_SHEET] if other else leaflet_sheets(project, slug))
    )
    return [edition for edition in found if request.holds(edition)]


def leaflet_sheets(project: Project, slug: str) -> tuple[str, ...]:
    """Return the sheets on which a leaflet is printed: its own, else the campaign's."""
    return project.leaflets[slug].sheets or project.campaign.sheets


def check_print_order(printer: Printer, marks: bool, profile: str) -> None:
    """Raise UsageError for marks or a colour profile that this printer cannot use or find."""
    if (marks or profile) and not printer.bleed:
        what = f"--icc and --marks are nothing for {printer.name}"
        hint = "add --printer shop; other machines print without bleed and in their own colours"
        raise UsageError(Problem("printer", what, hint=hint))
    if profile and not Path(profile).is_file():
        hint = "ask the print shop for the ICC profile of its paper"
        raise UsageError(Problem("icc", "there is no such file", profile, hint))


def unreadable_leaflets(project: Project, leaflets: Iterable[str]) -> list[Problem]:
    """Return what is wrong with the leaflets asked for that cannot be read at all."""
    wanted = set(leaflets) or set(project.slugs)
    _ = project.leaflets  # reading them finds the broken ones
    return [problem for problem in project.broken if problem.leaflet in wanted]


def output_path(edition: Edition, ending: str) -> Path:
    """Return where the PDF goes below the output folder; `ending` says what is not ready."""
    return Path(edition.leaflet) / f"{edition.name}{ending}.pdf"


def print_path(edition: Edition, ending: str, suffix: str) -> Path:
    """Return where a file to print goes, beside its edition; the suffix tells binding and ink."""
    stem = "_".join(filter(None, (edition.name, "PRINT", suffix)))
    return Path(edition.leaflet) / f"{stem}{ending}.pdf"


def fold_picture_path(path: Path) -> Path:
    """Return where the picture of a PDF's fold goes, beside it."""
    return path.with_name(f"{path.stem}_FOLD.png")
