"""Read Argos translation packages: .argosmodel files without unpacking them, and the folders Argos unpacked them to."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import zlib
from collections import deque
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from generator.base.files import file_error, read_bytes
from generator.problem import LeafletsError, Problem

SUFFIX, PACKAGE_KINDS = ".argosmodel", ("zip", "folder")
LARGEST = 2_000_000_000
"""Bytes of a package, packed and unpacked; the largest of Argos's own have 135 million."""
PIECE = 1 << 20
RATIO, SMALL = 20, 100_000_000
"""How far a package may shrink by packing, if it is not small; models hardly shrink at all."""
METADATA, MODEL_FOLDER, TOKENS, BPE, README = (
    "metadata.json",
    "model/",
    "sentencepiece.model",
    "bpe.model",
    "README.md",
)
TEXT_LIMIT, CREDIT = 1_000_000, 4_000
"""Most bytes of metadata.json and README.md, and the letters of the latter that are kept."""
CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}")
VERSION_FORM = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}")
FIELDS = {
    "from_code": (CODE, None),
    "to_code": (CODE, None),
    "package_version": (VERSION_FORM, None),
    "argos_version": (VERSION_FORM, "0"),
    "from_name": (re.compile(r"[^\x00-\x1f\x7f]{0,60}"), ""),
    "to_name": (re.compile(r"[^\x00-\x1f\x7f]{0,60}"), ""),
    "target_prefix": (re.compile(r"\S{0,40}"), ""),
}
"""What is read from metadata.json: the form of the value, and the value if there is none."""
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
AGAIN = "fetch the package again and compare its size with the one at the place it comes from"
FOREIGN = "take packages only from where you trust; this one was not made by Argos"


@dataclass(frozen=True)
class PackageFiles:
    """Where the files of a package are: a folder, or the folder `root` (with a slash) inside a zip file."""

    path: Path
    kind: Literal["zip", "folder"]
    root: str
    sizes: Mapping[str, int] = field(compare=False)
    """Bytes of each file by its name below the root, in order."""

    def read(self, name: str, limit: int = LARGEST) -> bytes:
        """Return one file; raise LeafletsError if it is damaged or has more than `limit` bytes."""
        if self.sizes[name] > limit:
            raise _refusal(
                "size",
                f"{name} has {self.sizes[name]} bytes, more than {limit}",
                self.path,
                FOREIGN,
            )
        if self.kind == "folder":
            return read_bytes(self.path / name, limit)
        with _opened(self.path) as archive:
            return b"".join(_pieces(archive, self.root + name, self.sizes[name]))


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
        """The sha256 of the zip file; of a folder, one over name, size and bytes of its files in order."""
        try:
            return (
                _folder_digest(self.files)
                if self.files.kind == "folder"
                else _file_digest(self.path).hex()
            )
        except OSError as error:
            raise file_error(self.path, error, "read") from None

    def tokens(self) -> bytes:
        """Return the SentencePiece model."""
        return self.files.read(TOKENS)


def _file_digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _folder_digest(files: PackageFiles) -> str:
    total = hashlib.sha256()
    for name, size in files.sizes.items():
        total.update(f"{name}\n{size}\n".encode() + _file_digest(files.path / name))
    return total.hexdigest()


def _refusal(code: str, what: str, where: Path, hint: str) -> LeafletsError:
    return LeafletsError(Problem(f"model-{code}", what, str(where), hint))


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    """Give the zip file; whatever is wrong inside while the block runs becomes a LeafletsError."""
    try:
        with ZipFile(path) as archive:
            yield archive
    except (
        BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise _refusal(
            "damaged", f"no whole zip file: {str(error).strip(chr(39))}", path, AGAIN
        ) from None
    except OSError as error:
        raise file_error(path, error, "read") from None


def inspect_package(path: Path) -> Package:
    """Return the package after every check, the zip's checksums too: what adding a package asks for.

    Raises LeafletsError with a code model-… that says what is wrong.
    """
    package = read_package(path)
    if package.files.kind == "zip":
        with _opened(path) as archive:
            for name, size in package.files.sizes.items():
                deque(_pieces(archive, package.files.root + name, size), maxlen=0)
    return package


def _pieces(archive: ZipFile, name: str, size: int) -> Iterator[bytes]:
    """Yield a member in pieces; raise BadZipFile if its checksum (which zipfile looks at) or its size is another than was said."""
    left = size
    with archive.open(name) as member:
        while piece := member.read(PIECE):
            left -= len(piece)
            yield piece
    if left:
        raise BadZipFile(f"{name} has another size than the file says")


def read_package(path: Path) -> Package:
    """Return the package of a file or folder after all checks that need not read the model; raise LeafletsError."""
    files = (
        PackageFiles(path, "folder", "", _folder_sizes(path)) if path.is_dir() else _zip_files(path)
    )
    _complete(files)
    values = _metadata(files)
    values["version"] = values.pop("package_version")
    return Package(files, **values, credit=_credit(files))


def _folder_sizes(path: Path) -> dict[str, int]:
    try:
        files = sorted(file for file in path.rglob("*") if file.is_file())
        return {file.relative_to(path).as_posix(): file.stat().st_size for file in files}
    except OSError as error:
        raise file_error(path, error, "read") from None


def _zip_files(path: Path) -> PackageFiles:
    """Return the files of a zip file below its one top folder, none of them unsafe."""
    try:
        packed = path.stat().st_size
    except OSError as error:
        raise file_error(path, error, "read") from None
    with _opened(path) as archive:
        infos = archive.infolist()
    for info in infos:
        _safe(path, info)
    sizes = {info.filename: info.file_size for info in infos if not info.is_dir()}
    if len({info.filename for info in infos}) < len(infos):
        raise _refusal("path", "the same name stands twice in the file", path, FOREIGN)
    _plausible(path, packed, sum(sizes.values()))
    root = _root(path, sizes)
    return PackageFiles(
        path, "zip", root, {name.removeprefix(root): size for name, size in sorted(sizes.items())}
    )


def _safe(path: Path, info: ZipInfo) -> None:
    """Raise LeafletsError if a member is no plain file in a place below."""
    mode = stat.S_IFMT(info.external_attr >> 16)
    parts = PurePosixPath(info.filename).parts
    if mode not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _refusal(
            "path", f"{info.filename!r} is a link or device, no plain file", path, FOREIGN
        )
    if (
        ".." in parts
        or info.filename.startswith("/")
        or re.search(r"[\\:\x00-\x1f]", info.filename)
    ):
        raise _refusal("path", f"{info.filename!r} leads out of the package", path, FOREIGN)
    if info.flag_bits & 1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise _refusal(
            "damaged", f"{info.filename!r} is encrypted or packed in an unknown way", path, FOREIGN
        )


def _plausible(path: Path, packed: int, unpacked: int) -> None:
    if max(packed, unpacked) > LARGEST:
        raise _refusal("size", f"{max(packed, unpacked)} bytes, more than {LARGEST}", path, FOREIGN)
    if unpacked > max(SMALL, RATIO * packed):
        raise _refusal("size", f"{packed} bytes say they unpack to {unpacked}", path, FOREIGN)


def _root(path: Path, names: Iterable[str]) -> str:
    """Return the folder in which every file stands, the one with metadata.json."""
    found = [name for name in names if PurePosixPath(name).name == METADATA and name.count("/") < 2]
    if len(found) != 1:
        what = f"{len(found)} files {METADATA}; a package has one"
        raise _refusal(
            "metadata", what, path, "an .argosmodel file of Argos holds one folder with one package"
        )
    root = found[0].removesuffix(METADATA)
    if not root or not all(name.startswith(root) for name in names):
        raise _refusal(
            "folder",
            "the files do not stand in one folder",
            path,
            "pack the package's folder, not what is in it",
        )
    return root


def _complete(files: PackageFiles) -> None:
    """Raise LeafletsError if a part is missing without which nothing can be translated."""
    if METADATA not in files.sizes:
        raise _refusal("metadata", f"no {METADATA}", files.path, "this is no Argos package")
    if TOKENS not in files.sizes and BPE in files.sizes:
        hint = "take a newer version of the package, one with sentencepiece.model; or use the engine argostranslate"
        raise _refusal(
            "tokens", "the package has a bpe.model, which is not supported", files.path, hint
        )
    gone = [name for name in (TOKENS, f"{MODEL_FOLDER}model.bin") if not files.sizes.get(name)]
    if gone or not any(
        name.startswith(MODEL_FOLDER) and "vocabulary" in name for name in files.sizes
    ):
        raise _refusal(
            "incomplete", f"no {gone[0] if gone else 'vocabulary in model/'}", files.path, AGAIN
        )


def _metadata(files: PackageFiles) -> dict[str, str]:
    try:
        data = json.loads(files.read(METADATA, TEXT_LIMIT))
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise _refusal("metadata", f"{METADATA} is no JSON object", files.path, AGAIN)
    if (kind := data.get("type", "translate")) != "translate":
        raise _refusal(
            "type",
            f"a package of type {kind!r}, not translate",
            files.path,
            "take a package that translates",
        )
    values: dict[str, Any] = {key: data.get(key, default) for key, (_, default) in FIELDS.items()}
    for key, (form, _) in FIELDS.items():
        if not isinstance(values[key], str) or not form.fullmatch(values[key]):
            raise _refusal(
                "metadata",
                f"{key} is {values[key]!r}",
                files.path,
                f"correct {METADATA}, or take another package",
            )
    return values


def _credit(files: PackageFiles) -> str:
    if not 0 < files.sizes.get(README, 0) <= TEXT_LIMIT:
        return ""
    text = files.read(README).decode(errors="replace").replace("\r\n", "\n")
    return CONTROLS.sub("", text).strip()[:CREDIT]


def argos_folders() -> tuple[Path, ...]:
    """Return the folders where Argos itself keeps its packages."""
    named = os.environ.get("ARGOS_PACKAGES_DIR")
    data = os.environ.get("XDG_DATA_HOME")
    share = Path(data) if data else Path.home() / ".local" / "share"
    return (Path(named) if named else share / "argos-translate" / "packages",)


def discover_packages(
    folders: Iterable[Path], kinds: Container[str] = PACKAGE_KINDS
) -> tuple[dict[tuple[str, str], Package], list[Problem]]:
    """Return the newest package of each pair of Argos's codes, and what is wrong with the others; of equals the first."""
    found: dict[tuple[str, str], Package] = {}
    broken: list[Problem] = []
    for path in _candidates(folders):
        try:
            package = read_package(path)
        except LeafletsError as error:
            broken += error.problems
            continue
        other = found.get((package.from_code, package.to_code))
        if package.files.kind in kinds and (
            not other or _order(package.version) > _order(other.version)
        ):
            found[package.from_code, package.to_code] = package
    return found, broken


def _order(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _candidates(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if (path / METADATA).is_file() or (path.suffix == SUFFIX and path.is_file()):
                yield path
