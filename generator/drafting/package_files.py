"""The files of a translation package, in a folder or a zip file; what is unsafe is refused."""

from __future__ import annotations

import re
import stat
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from generator.base.files import file_error, read_bytes
from generator.problem import LeafletsError, Problem

PACKAGE_SUFFIX, METADATA_FILE = ".argosmodel", "metadata.json"

# Bytes of a package, packed and unpacked; the largest of Argos's own have 135 million.
LARGEST_PACKAGE = 2_000_000_000
_BLOCK_BYTES = 1 << 20

# How far a package may shrink by packing, if it is not small; models hardly shrink at all.
_PACKING_RATIO, _SMALL_PACKAGE = 20, 100_000_000
_UNSAFE_NAME = re.compile(r"[\\:\x00-\x1f]")
FETCH_AGAIN = "fetch the package again and compare its size with the one at the place it comes from"
NOT_ARGOS = "take packages only from where you trust; this one was not made by Argos"


class PackageKind(StrEnum):
    """How the files of a package are kept."""

    ZIP = "zip"
    FOLDER = "folder"


def package_error(code: str, what: str, where: Path, hint: str) -> LeafletsError:
    """Return the error of a package that must not be used."""
    return LeafletsError(Problem(f"model-{code}", what, str(where), hint))


@dataclass(frozen=True)
class PackageFiles:
    """Where the files of a package are: a folder, or the folder `root` inside a zip file."""

    path: Path
    kind: PackageKind
    root: str
    """With a slash at its end."""
    sizes: Mapping[str, int] = field(compare=False)
    """Bytes of each file by its name below the root, in order."""

    def read(self, name: str, limit: int = LARGEST_PACKAGE) -> bytes:
        """Return one file; raise LeafletsError if it is damaged or has more than `limit` bytes."""
        if self.sizes[name] > limit:
            what = f"{name} has {self.sizes[name]} bytes, more than {limit}"
            raise package_error("size", what, self.path, NOT_ARGOS)
        if self.kind is PackageKind.FOLDER:
            return read_bytes(self.path / name, limit)
        with _opened(self.path) as archive:
            return b"".join(_blocks(archive, self.root + name, self.sizes[name]))

    def verify(self) -> None:
        """Raise LeafletsError if a checksum of the zip file is wrong."""
        if self.kind is PackageKind.ZIP:
            with _opened(self.path) as archive:
                for name, size in self.sizes.items():
                    deque(_blocks(archive, self.root + name, size), maxlen=0)


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    """Give the zip file; whatever is wrong inside while the block runs becomes a LeafletsError."""
    damage = (BadZipFile, zlib.error, EOFError, KeyError, ValueError, RuntimeError)
    try:
        with ZipFile(path) as archive:
            yield archive
    except damage as error:
        what = f"no whole zip file: {str(error).strip(chr(39))}"
        raise package_error("damaged", what, path, FETCH_AGAIN) from None
    except OSError as error:
        raise file_error(path, error, "read") from None


def _blocks(archive: ZipFile, name: str, size: int) -> Iterator[bytes]:
    """Yield a member in blocks.

    Raises BadZipFile if its checksum (which zipfile compares) or its size is wrong.
    """
    left = size
    with archive.open(name) as member:
        while block := member.read(_BLOCK_BYTES):
            left -= len(block)
            yield block
    if left:
        raise BadZipFile(f"{name} has another size than the file says")


def package_files(path: Path) -> PackageFiles:
    """Return the files of a folder, or of a zip file below its one top folder, none of them unsafe.

    Raises LeafletsError if the package must not be used.
    """
    try:
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.is_file())
            sizes = {file.relative_to(path).as_posix(): file.stat().st_size for file in files}
            return PackageFiles(path, PackageKind.FOLDER, "", sizes)
        packed = path.stat().st_size
    except OSError as error:
        raise file_error(path, error, "read") from None
    with _opened(path) as archive:
        infos = archive.infolist()
    for info in infos:
        _refuse_unsafe(path, info)
    if len({info.filename for info in infos}) < len(infos):
        raise package_error("path", "the same name stands twice in the file", path, NOT_ARGOS)
    sizes = {info.filename: info.file_size for info in infos if not info.is_dir()}
    _refuse_bomb(path, packed, sum(sizes.values()))
    root = _root(path, sizes)
    below = {name.removeprefix(root): size for name, size in sorted(sizes.items())}
    return PackageFiles(path, PackageKind.ZIP, root, below)


def _refuse_unsafe(path: Path, info: ZipInfo) -> None:
    """Raise LeafletsError if a member is no plain file in a place below."""
    # The upper half of a member's attributes is its Unix mode, or 0 where there is none.
    name, mode = info.filename, stat.S_IFMT(info.external_attr >> 16)
    if mode not in (0, stat.S_IFREG, stat.S_IFDIR):
        what = f"{name!r} is a link or device, no plain file"
        raise package_error("path", what, path, NOT_ARGOS)
    if ".." in PurePosixPath(name).parts or name.startswith("/") or _UNSAFE_NAME.search(name):
        raise package_error("path", f"{name!r} leads out of the package", path, NOT_ARGOS)
    # Bit 0 of the flags says that a member is encrypted.
    if info.flag_bits & 1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        what = f"{name!r} is encrypted or packed in an unknown way"
        raise package_error("damaged", what, path, NOT_ARGOS)


def _refuse_bomb(path: Path, packed: int, unpacked: int) -> None:
    """Raise LeafletsError for a package that would fill the disk or the memory."""
    largest = max(packed, unpacked)
    if largest > LARGEST_PACKAGE:
        what = f"{largest} bytes, more than {LARGEST_PACKAGE}"
        raise package_error("size", what, path, NOT_ARGOS)
    if unpacked > max(_SMALL_PACKAGE, _PACKING_RATIO * packed):
        what = f"{packed} bytes say they unpack to {unpacked}"
        raise package_error("size", what, path, NOT_ARGOS)


def _root(path: Path, names: Iterable[str]) -> str:
    """Return the folder that holds every file, the one with metadata.json."""
    found = [
        name for name in names if PurePosixPath(name).name == METADATA_FILE and name.count("/") < 2
    ]
    if len(found) != 1:
        what = f"{len(found)} files {METADATA_FILE}; a package has one"
        hint = "an .argosmodel file of Argos holds one folder with one package"
        raise package_error("metadata", what, path, hint)
    root = found[0].removesuffix(METADATA_FILE)
    if not root or not all(name.startswith(root) for name in names):
        hint = "pack the package's folder, not what is in it"
        raise package_error("folder", "the files do not stand in one folder", path, hint)
    return root
