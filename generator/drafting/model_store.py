"""Where this campaign's translation packages are, and which of them it trusts."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.base.files import file_error, read_text, write_file
from generator.base.leftovers import sweep_dead_leftovers, temporary_prefix
from generator.drafting.argos_package import Package, argos_folders
from generator.drafting.package_files import PACKAGE_SUFFIX
from generator.problem import LeafletsError, Problem


@dataclass(frozen=True)
class LockedPackage:
    """One package that the campaign uses, to the byte."""

    package: str
    """Such as en_fr-1.9."""
    sha256: str
    source: str
    """Where it came from: an address, or the name of a file."""
    credit: str
    """Licence and credit, the first line of the package's README."""


def store_folder() -> Path:
    """Return the folder of packages for all campaigns: $LEAFLETS_MODELS, or in the user's data."""
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(
        os.environ.get("LEAFLETS_MODELS") or f"{base}/solidarity-leaflets/models"
    ).expanduser()


def package_folders() -> tuple[Path, ...]:
    """Return every folder that may hold packages: ours, then Argos's own."""
    return (store_folder(), *argos_folders())


def read_models_lock(path: Path) -> dict[str, LockedPackage]:
    """Return the packages of the lock file by name; no file means none.

    Raises LeafletsError for a damaged file.
    """
    if not path.exists():
        return {}
    try:
        rows = json.loads(read_text(path))
        if not isinstance(rows, list):
            raise TypeError(type(rows))
        keys = ("package", "sha256", "source", "credit")
        return {row["package"]: LockedPackage(*(str(row[key]) for key in keys)) for row in rows}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        hint = "get it back from git; it says which translation packages this campaign trusts"
        problem = Problem("model-lock", "not a list of packages", str(path), hint)
        raise LeafletsError(problem) from None


def write_models_lock(path: Path, rows: Iterable[LockedPackage]) -> bool:
    """Write the lock file; call it under the lock of the locales folder."""
    in_order = [asdict(row) for row in sorted(rows, key=lambda row: row.package)]
    return write_file(path, json.dumps(in_order, ensure_ascii=False, indent=1) + "\n")


def refuse_changed_package(known: dict[str, LockedPackage], package: Package) -> None:
    """Raise LeafletsError if the campaign trusts other bytes under the name of this package."""
    found = known.get(package.label)
    if found and found.sha256 != package.sha256:
        what = f"{package.label} is not the package this campaign trusts"
        hint = (
            f"get the package again, or take the row of {package.label} "
            "out of locales/models.json if the new one is right"
        )
        raise LeafletsError(Problem("model-changed", what, str(package.path), hint))


def store_package(package: Package) -> Path:
    """Copy a package into the store, whole or not at all; return where it is now.

    Raises LeafletsError if that is impossible.
    """
    folder = package.files.kind == "folder"
    target = store_folder() / (package.label if folder else f"{package.label}{PACKAGE_SUFFIX}")
    if package.path.resolve() == target.resolve():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep_dead_leftovers(target.parent)
        # A copy beside the store takes its place in one step: a kill leaves no half package.
        with tempfile.TemporaryDirectory(prefix=temporary_prefix(), dir=target.parent) as place:
            copy = Path(place) / target.name
            if folder:
                shutil.copytree(package.path, copy)
                shutil.rmtree(target, ignore_errors=True)
            else:
                shutil.copyfile(package.path, copy)
            copy.replace(target)
    except OSError as error:
        raise file_error(target, error, "write") from None
    return target
