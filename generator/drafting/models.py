"""The translation packages of a campaign: which are here, and which languages people translate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generator.base.files import locked_folder
from generator.base.names import nearest_name, pick_names
from generator.campaign.project import Project
from generator.drafting.argos_package import (
    Package,
    discover_packages,
    inspect_package,
    read_package,
    version_order,
)
from generator.drafting.engine import EngineSetup
from generator.drafting.fetch import PackageOffer, download_package, list_offers
from generator.drafting.model_store import (
    LockedPackage,
    package_folders,
    read_models_lock,
    refuse_changed_package,
    store_folder,
    store_package,
    write_models_lock,
)
from generator.drafting.package_files import PACKAGE_SUFFIX
from generator.problem import LeafletsError, Problem, UsageError

HUMAN_ONLY = (
    "no machine package: people translate it from the English, with Poedit or `leaflets sign`"
)


class ModelState(StrEnum):
    """Whether a machine can draft a language."""

    INSTALLED = "installed"
    OFFERED = "offered"
    """It is in the Argos index, not here."""
    NONE = "none"


@dataclass(frozen=True)
class LanguageModels:
    """One language of the campaign, and what a machine can do for it."""

    language: str
    state: ModelState
    package: str = ""
    back: str = ""
    """The package into English, for back-translations."""
    credit: str = ""
    """Licence and credit of the package."""


def language_models(project: Project) -> tuple[list[LanguageModels], list[Problem]]:
    """Return a row for each language of the campaign, and what is wrong with packages here."""
    found, problems = discover_packages(package_folders())
    argos = EngineSetup(project.languages).codes
    rows = []
    for code in _translated_languages(project):
        package = found.get(("en", argos.get(code, "")))
        back = found.get((argos.get(code, ""), "en"))
        state = ModelState.OFFERED if code in argos else ModelState.NONE
        row = LanguageModels(code, state, back=back.label if back else "")
        if package:
            installed = ModelState.INSTALLED
            row = LanguageModels(code, installed, package.label, row.back, package.credit)
        rows.append(row)
    return rows, problems


def _translated_languages(project: Project) -> list[str]:
    return [code for code in project.campaign.languages if code != "en"]


def add_package(project: Project, path: Path, source: str = "") -> Package:
    """Check a package, store it, and note in the lock file that this campaign trusts it.

    Raises LeafletsError if something is wrong with it.
    """
    package = inspect_package(path)
    known = set(EngineSetup(project.languages).codes.values())
    for code in (package.from_code, package.to_code):
        if code not in known:
            what = f"{package.label} is for {code}, which no language has"
            hint = f"the `argos:` column of locales/languages.yaml: {nearest_name(code, known)}"
            raise LeafletsError(Problem("model-language", what, str(path), hint))
    # Two commands at once must not lose each other's row.
    with locked_folder(project.locales, deep=False):
        trusted = read_models_lock(project.models_lock)
        refuse_changed_package(trusted, package)
        stored = store_package(package)
        lines = (line.strip("# ") for line in package.credit.splitlines())
        credit = next(filter(None, lines), "")[:200]
        trusted[package.label] = LockedPackage(
            package.label, package.sha256, source or path.name, credit
        )
        write_models_lock(project.models_lock, trusted.values())
    return read_package(stored)


def require_trusted(project: Project, language: str) -> None:
    """Raise LeafletsError if a language's package is not, to the byte, that of the lock file."""
    found, _ = discover_packages(package_folders())
    argos = EngineSetup(project.languages).codes.get(language, "")
    for pair in (("en", argos), (argos, "en")):
        if package := found.get(pair):
            refuse_changed_package(read_models_lock(project.models_lock), package)


def argos_code(project: Project, language: str) -> str:
    """Return the code that packages have for a language of the campaign.

    Raises UsageError if there is none.
    """
    pick_names("language", [language], _translated_languages(project))
    if code := project.languages[language].argos:
        return code
    raise UsageError(Problem("model-none", f"no package exists for {language}", hint=HUMAN_ONLY))


def find_offer(project: Project, language: str, back: bool, source: str) -> PackageOffer:
    """Return the newest package of an index for a language.

    Opens a connection unless `source` is on this computer.
    Raises UsageError for an unknown language, LeafletsError if there is none for it.
    """
    code = argos_code(project, language)
    pair = (code, "en") if back else ("en", code)
    found = [one for one in list_offers(source) if (one.from_code, one.to_code) == pair]
    if not found:
        what = f"nothing from {pair[0]} to {pair[1]} there"
        hint = "look at another place with --from"
        raise LeafletsError(Problem("model-none", what, source, hint))
    return max(found, key=lambda offer: version_order(offer.version))


def get_package(
    project: Project, offer: PackageOffer, progress: Callable[[int, int], None]
) -> Package:
    """Download a package, check it and add it.

    Raises LeafletsError, and keeps nothing that is broken.
    """
    target = store_folder() / "incoming" / f"{offer.label}{PACKAGE_SUFFIX}"
    path, address = download_package(offer, target, progress), offer.address
    try:
        if (found := inspect_package(path).label) != offer.label:
            what = f"{found} came in place of {offer.label}"
            hint = "ask whoever keeps that place, or fetch from another one with --from"
            raise LeafletsError(Problem("model-other", what, address, hint))
        return add_package(
            project, path, address if address.startswith("http") else Path(address).name
        )
    finally:
        path.unlink(missing_ok=True)
