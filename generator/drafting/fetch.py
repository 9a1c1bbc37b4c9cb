"""List and download translation packages: the one place that opens a connection, when asked to."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener, url2pathname

from generator.drafting.argos_package import VERSION_FORM, discover_packages
from generator.drafting.package_files import LARGEST_PACKAGE
from generator.problem import LeafletsError, Problem

# The public list of Argos packages.
PACKAGE_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
CONNECTION_SECONDS, BLOCK_BYTES, LARGEST_INDEX = 30, 1 << 20, 20_000_000
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,8})?")


@dataclass(frozen=True)
class PackageOffer:
    """A package that can be had."""

    from_code: str
    to_code: str
    version: str
    address: str
    """An https address, or a path on this computer."""

    @property
    def label(self) -> str:
        """Its name with version, such as en_fr-1.9."""
        return f"{self.from_code}_{self.to_code}-{self.version}"


def list_offers(source: str) -> list[PackageOffer]:
    """Return the packages that a place offers.

    The place is the https address of an index or of its folder, or a folder on this computer.
    """
    remote = _is_remote(source)
    place = source if source.endswith(".json") else f"{source.rstrip('/')}/index.json"
    if not remote and not Path(place).exists():
        found, _ = discover_packages([Path(source)])
        return [
            PackageOffer(one.from_code, one.to_code, one.version, str(one.path))
            for one in found.values()
            if one.files.kind == "zip"
        ]
    text = _read_remote(place).decode(errors="replace") if remote else _read_local(place)
    base = place if remote else Path(place).resolve().as_uri()
    try:
        rows = [_offer(row, base) for row in json.loads(text) if row["links"]]
        return [row for row in rows if _is_well_formed(row)]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        hint = "an index.json as the Argos project publishes it is needed"
        problem = Problem("model-index", "this is no list of packages", place, hint)
        raise LeafletsError(problem) from None


def _offer(row: Any, base: str) -> PackageOffer:
    """Return one row of an index; a remote index names remote packages only."""
    address = urljoin(base, row["links"][0])
    beside = urljoin(base, address.rpartition("/")[2])
    if not _is_remote(base) and Path(url2pathname(urlsplit(beside).path)).is_file():
        address = beside  # the package lies beside its index, as on a USB stick
    if _is_remote(base) and not _is_remote(address):
        raise ValueError(address)
    return PackageOffer(row["from_code"], row["to_code"], row["package_version"], address)


def _is_well_formed(offer: PackageOffer) -> bool:
    codes = (offer.from_code, offer.to_code)
    return all(map(_CODE.fullmatch, codes)) and bool(VERSION_FORM.fullmatch(offer.version))


def _read_local(place: str) -> str:
    try:
        return Path(place).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        hint = "name a folder with an index.json, or an address"
        problem = Problem("model-index", f"cannot read it: {error}", place, hint)
        raise LeafletsError(problem) from None


def _is_remote(place: str) -> bool:
    """Tell whether a place is an address.

    Raises LeafletsError for one that is neither https nor on this computer.
    """
    parts = urlsplit(place)
    if parts.scheme in ("", "file") or len(parts.scheme) == 1:  # C: on Windows
        return False
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return True
    hint = "use an https address, or a folder"
    raise LeafletsError(Problem("model-address", f"{parts.scheme} is not safe", place, hint))


class SafeRedirects(HTTPRedirectHandler):
    """Follows a redirect only to where a person could have sent us."""

    def redirect_request(
        self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        """Return the request for the new address.

        Raises LeafletsError if it is neither https nor on this computer.
        """
        if not _is_remote(newurl):
            what = "the server points to a file"
            raise LeafletsError(Problem("model-address", what, newurl, "use another address"))
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _connect(address: str, method: str = "GET", **headers: str) -> Any:
    """Open a connection; the answer closes it."""
    own = {"User-Agent": "solidarity-leaflets", "Accept-Encoding": "identity"}
    request = Request(address, headers=own | headers, method=method)  # noqa: S310 - _is_remote
    return build_opener(SafeRedirects).open(request, timeout=CONNECTION_SECONDS)


def _read_remote(address: str) -> bytes:
    try:
        with _connect(address) as answer:
            data: bytes = answer.read(LARGEST_INDEX)
            return data
    except (URLError, OSError, ValueError) as error:
        raise _download_error(address, error) from None


def _download_error(address: str, error: Exception) -> LeafletsError:
    what = f"the download failed: {getattr(error, 'reason', error)}"
    hint = (
        "check the connection and run the command again: it goes on where it stopped; "
        "or fetch the file another way and use models add"
    )
    return LeafletsError(Problem("model-fetch", what, address, hint))


def download_size(offer: PackageOffer) -> int:
    """Return the size of a package in bytes, 0 if the server does not say."""
    if not _is_remote(offer.address):
        path = _local_path(offer)
        return path.stat().st_size if path.is_file() else 0
    try:
        with _connect(offer.address, "HEAD") as answer:
            return int(answer.headers.get("Content-Length") or 0)
    except (URLError, OSError, ValueError) as error:
        raise _download_error(offer.address, error) from None


def _local_path(offer: PackageOffer) -> Path:
    parts = urlsplit(offer.address)
    return Path(url2pathname(parts.path) if parts.scheme == "file" else offer.address)


def download_package(
    offer: PackageOffer, target: Path, progress: Callable[[int, int], None]
) -> Path:
    """Put a package at `target`, going on where an earlier download stopped.

    Raises LeafletsError with what to do.
    """
    part = target.with_name(target.name + ".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        if _is_remote(offer.address):
            _resume(offer, part, progress)
        else:
            shutil.copyfile(_local_path(offer), part)
    except (URLError, OSError, ValueError) as error:
        raise _download_error(offer.address, error) from None
    return part.replace(target)


def _resume(offer: PackageOffer, part: Path, progress: Callable[[int, int], None]) -> None:
    """Download what is missing of a part.

    Where the server knows no range after it (416), the part is whole, or it is begun anew.
    """
    try:
        _stream(offer.address, part, progress)
    except HTTPError as error:
        if error.code != 416:
            raise
        if part.stat().st_size != download_size(offer):
            part.unlink()
            _stream(offer.address, part, progress)


def _stream(address: str, part: Path, progress: Callable[[int, int], None]) -> None:
    have = part.stat().st_size if part.exists() else 0
    with _connect(address, **({"Range": f"bytes={have}-"} if have else {})) as answer:
        if answer.status != 206:  # the server sends it from the start
            have = 0
        total = have + int(answer.headers.get("Content-Length") or 0)
        if total > LARGEST_PACKAGE:
            raise ValueError(f"{total} bytes, more than {LARGEST_PACKAGE}")
        with part.open("ab" if have else "wb") as file:
            while block := answer.read(BLOCK_BYTES):
                file.write(block)
                have += len(block)
                progress(have, max(have, total))
    if total and have < total:
        raise ValueError(f"{have} of {total} bytes came")
