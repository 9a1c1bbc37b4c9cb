"""Read Argos translation packages: packed .argosmodel files as they are, and unpacked folders."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.base.files import file_error
from generator.drafting.engine import Origin
from generator.drafting.package_files import (
    FETCH_AGAIN,
    METADATA_FILE,
    PACKAGE_SUFFIX,
    PackageFiles,
    PackageKind,
    package_error,
    package_files,
)
from generator.problem import LeafletsError, Problem

MODEL_FOLDER, TOKENS_FILE = "model/", "sentencepiece.model"
_OLD_TOKENS_FILE, _README = "bpe.model", "README.md"

# Most bytes of metadata.json and README.md, and the letters of the latter that are kept.
_TEXT_LIMIT, _CREDIT_LETTERS = 1_000_000, 4_000
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}")
VERSION_FORM = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}")

# What is read from metadata.json: the form of the value, and the value if there is none.
_FIELDS = {
    "from_code": (_CODE, None),
    "to_code": (_CODE, None),
    "package_version": (VERSION_FORM, None),
    "argos_version": (VERSION_FORM, "0"),
    "from_name": (re.compile(r"[^\x00-\x1f\x7f]{0,60}"), ""),
    "to_name": (re.compile(r"[^\x00-\x1f\x7f]{0,60}"), ""),
    "target_prefix": (re.compile(r"\S{0,40}"), ""),
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Package:
    """One translation model and what its metadata says about it."""

    files: PackageFiles
    from_code: str
    to_code: str
    version: str
    argos_version: str
    from_name: str
    to_name: str
    target_prefix: str
    """A token with which every translation begins, for models of several languages."""
    credit: str
    """Licence and credit: the package's README."""

    @property
    def path(self) -> Path:
        """The zip file or folder."""
        return self.files.path

    @property
    def label(self) -> str:
        """A short name with version, such as en_fr-1.9."""
        return f"{self.from_code}_{self.to_code}-{self.version}"

    @cached_property
    def sha256(self) -> str:
        """The sha256 of the zip file; of a folder, one over name, size and bytes of its files."""
        try:
            if self.files.kind is PackageKind.ZIP:
                return _file_digest(self.path).hex()
            total = hashlib.sha256()
            for name, size in self.files.sizes.items():
                total.update(f"{name}\n{size}\n".encode() + _file_digest(self.path / name))
            return total.hexdigest()
        except OSError as error:
            raise file_error(self.path, error, "read") from None

    def tokens(self) -> bytes:
        """Return the SentencePiece model."""
        return self.files.read(TOKENS_FILE)

    def origin(self, engine: str, settings: str) -> Origin:
        """Return where the guesses of an engine with this package come from."""
        return Origin(engine, self.label, self.sha256, settings, self.credit)


def _file_digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def inspect_package(path: Path) -> Package:
    """Return the package after every check, the zip's checksums too: to add a package needs this.

    Raises LeafletsError with a code model-… that says what is wrong.
    """
    package = read_package(path)
    package.files.verify()
    return package


def read_package(path: Path) -> Package:
    """Return the package of a file or folder after all checks that need not read the model.

    Raises LeafletsError if one of them fails.
    """
    files = package_files(path)
    _refuse_incomplete(files)
    values = _metadata(files)
    values["version"] = values.pop("package_version")
    credit = ""
    if 0 < files.sizes.get(_README, 0) <= _TEXT_LIMIT:
        text = files.read(_README).decode(errors="replace").replace("\r\n", "\n")
        credit = _CONTROLS.sub("", text).strip()[:_CREDIT_LETTERS]
    return Package(files, **values, credit=credit)


def _refuse_incomplete(files: PackageFiles) -> None:
    """Raise LeafletsError if a part is missing without which nothing can be translated."""
    path, sizes = files.path, files.sizes
    if METADATA_FILE not in sizes:
        hint = "this is no Argos package"
        raise package_error("metadata", f"no {METADATA_FILE}", path, hint)
    if TOKENS_FILE not in sizes and _OLD_TOKENS_FILE in sizes:
        what = "the package has a bpe.model, which is not supported"
        hint = (
            "take a newer version of the package, one with sentencepiece.model; "
            "or use the engine argostranslate"
        )
        raise package_error("tokens", what, path, hint)
    missing = [name for name in (TOKENS_FILE, f"{MODEL_FOLDER}model.bin") if not sizes.get(name)]
    if not any(name.startswith(MODEL_FOLDER) and "vocabulary" in name for name in sizes):
        missing.append("vocabulary in model/")
    if missing:
        raise package_error("incomplete", f"no {missing[0]}", path, FETCH_AGAIN)


def _metadata(files: PackageFiles) -> dict[str, str]:
    try:
        data = json.loads(files.read(METADATA_FILE, _TEXT_LIMIT))
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        what = f"{METADATA_FILE} is no JSON object"
        raise package_error("metadata", what, files.path, FETCH_AGAIN)
    if (kind := data.get("type", "translate")) != "translate":
        what, hint = f"a package of type {kind!r}, not translate", "take a package that translates"
        raise package_error("type", what, files.path, hint)
    values: dict[str, Any] = {key: data.get(key, default) for key, (_, default) in _FIELDS.items()}
    for key, (form, _) in _FIELDS.items():
        if not isinstance(values[key], str) or not form.fullmatch(values[key]):
            hint = f"correct {METADATA_FILE}, or take another package"
            raise package_error("metadata", f"{key} is {values[key]!r}", files.path, hint)
    return values


def argos_folders() -> tuple[Path, ...]:
    """Return the folders where Argos itself keeps its packages."""
    named = os.environ.get("ARGOS_PACKAGES_DIR")
    data = os.environ.get("XDG_DATA_HOME")
    share = Path(data) if data else Path.home() / ".local" / "share"
    return (Path(named) if named else share / "argos-translate" / "packages",)


def discover_packages(
    folders: Iterable[Path], kinds: Container[PackageKind] = tuple(PackageKind)
) -> tuple[dict[tuple[str, str], Package], list[Problem]]:
    """Return the newest package of each pair of Argos's codes, and what is wrong with others.

    Of equally new packages the first counts.
    """
    found: dict[tuple[str, str], Package] = {}
    broken: list[Problem] = []
    for path in _candidates(folders):
        try:
            package = read_package(path)
        except LeafletsError as error:
            broken += error.problems
            continue
        pair = package.from_code, package.to_code
        other = found.get(pair)
        newer = not other or version_order(package.version) > version_order(other.version)
        if package.files.kind in kinds and newer:
            found[pair] = package
    return found, broken


def version_order(version: str) -> list[int]:
    """Return what versions are sorted by."""
    return [int(part) for part in version.split(".")]


def _candidates(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if (path / METADATA_FILE).is_file() or (
                path.suffix == PACKAGE_SUFFIX and path.is_file()
            ):
                yield path
