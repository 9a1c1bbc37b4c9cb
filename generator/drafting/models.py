"""Translation packages of a campaign: which there are, which exist, and which languages are left to people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.base.files import locked_folder
from generator.base.names import nearest_name, pick_names
from generator.campaign.project import Project
from generator.drafting import argos_package, fetch, model_store
from generator.drafting.argos_package import Package
from generator.drafting.engine import EngineSetup
from generator.drafting.fetch import PackageOffer
from generator.drafting.model_store import LockedPackage
from generator.problem import LeafletsError, Problem, UsageError

HUMAN_ONLY = (
    "no machine package: people translate it from the English, with Poedit or `leaflets sign`"
)


@dataclass(frozen=True)
class LanguageModels:
    """One language of the campaign, and what a machine can do for it."""

    language: str
    state: str
    """installed, offered (in the Argos index, not here), or none."""
    package: str = ""
    back: str = ""
    """The package into English, for back-translations."""
    credit: str = ""
    """Licence and credit of the package."""


def language_models(project: Project) -> tuple[list[LanguageModels], list[Problem]]:
    """Return a row for each language of the campaign, and what is wrong with packages on this computer."""
    found, problems = argos_package.discover_packages(model_store.package_folders())
    argos = EngineSetup(project.languages).codes
    rows = []
    for code in project.campaign.languages:
        package = found.get(("en", argos.get(code, "")))
        back = found.get((argos.get(code, ""), "en"))
        state = "installed" if package else "offered" if code in argos else "none"
        if code != "en":
            rows.append(
                LanguageModels(
                    code,
                    state,
                    package.label if package else "",
                    back.label if back else "",
                    package.credit if package else "",
                )
            )
    return rows, problems


def human_only_languages(project: Project) -> list[str]:
    """Return the languages of the campaign for which no package exists anywhere."""
    argos = EngineSetup(project.languages).codes
    return [code for code in project.campaign.languages if code != "en" and code not in argos]


def add_package(project: Project, path: Path, source: str = "") -> Package:
    """Check a package, keep it, and write into the lock file that this campaign trusts it; raise LeafletsError."""
    package = argos_package.inspect_package(path)
    known = set(EngineSetup(project.languages).codes.values())
    for code in (package.from_code, package.to_code):
        if code not in known:
            hint = f"the `argos:` column of locales/languages.yaml: {nearest_name(code, known)}"
            raise LeafletsError(
                Problem(
                    "model-language",
                    f"{package.label} is for {code}, which no language has",
                    str(path),
                    hint,
                )
            )
    with locked_folder(project.locales, deep=False):
        trusted = model_store.read_models_lock(project.models_lock)
        model_store.refuse_changed_package(trusted, package)
        kept = model_store.store_package(package)
        credit = next(
            (line.strip("# ") for line in package.credit.splitlines() if line.strip("# ")), ""
        )
        trusted[package.label] = LockedPackage(
            package.label, package.sha256, source or path.name, credit[:200]
        )
        model_store.write_models_lock(project.models_lock, trusted.values())
    return argos_package.read_package(kept)


def require_trusted(project: Project, language: str) -> None:
    """Raise LeafletsError if the package for a language is not, to the byte, the one in the lock file."""
    found, _ = argos_package.discover_packages(model_store.package_folders())
    argos = EngineSetup(project.languages).codes
    for pair in (("en", argos.get(language, "")), (argos.get(language, ""), "en")):
        if package := found.get(pair):
            model_store.refuse_changed_package(
                model_store.read_models_lock(project.models_lock), package
            )


def argos_code(project: Project, language: str) -> str:
    """Return the code that packages have for a language of the campaign; raise UsageError if there is none."""
    pick_names(
        "language", [language], [code for code in project.campaign.languages if code != "en"]
    )
    if not project.languages[language].argos:
        raise UsageError(
            Problem("model-none", f"no package exists for {language}", hint=HUMAN_ONLY)
        )
    return project.languages[language].argos


def find_offer(project: Project, language: str, back: bool, source: str) -> PackageOffer:
    """Return the newest package of an index for a language; opens a connection unless `source` is on this computer.

    Raises UsageError for an unknown language, LeafletsError if there is none for it.
    """
    code = argos_code(project, language)
    pair = (code, "en") if back else ("en", code)
    found = [
        offer for offer in fetch.list_offers(source) if (offer.from_code, offer.to_code) == pair
    ]
    if not found:
        raise LeafletsError(
            Problem(
                "model-none",
                f"nothing from {pair[0]} to {pair[1]} there",
                source,
                "look at another place with --from",
            )
        )
    return max(found, key=lambda offer: [int(part) for part in offer.version.split(".")])


def get_package(
    project: Project, offer: PackageOffer, progress: Callable[[int, int], None]
) -> Package:
    """Download a package, check it and add it; raise LeafletsError, and keep nothing that is broken."""
    target = model_store.store_folder() / "incoming" / f"{offer.label}{model_store.SUFFIX}"
    path = fetch.download_package(offer, target, progress)
    try:
        if (found := argos_package.inspect_package(path).label) != offer.label:
            hint = "ask whoever keeps that place, or fetch from another one with --from"
            raise LeafletsError(
                Problem(
                    "model-other", f"{found} came in place of {offer.label}", offer.address, hint
                )
            )
        return add_package(
            project,
            path,
            offer.address if offer.address.startswith("http") else Path(offer.address).name,
        )
    finally:
        path.unlink(missing_ok=True)
