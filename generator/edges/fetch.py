"""The one place that opens a connection: list and download translation packages, when a person asked for it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

from generator.problem import LeafletsError, Problem

INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
"""The public list of Argos packages."""
SECONDS, CHUNK, LARGEST = 30, 1 << 20, 2_000_000_000
LOOPBACK = ("localhost", "127.0.0.1", "::1")
CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,8})?")
VERSION = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}")


@dataclass(frozen=True)
class Offer:
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


def offers(source: str) -> list[Offer]:
    """Return the packages that an index file offers; `source` is its https address, a folder with it, or a path."""
    place = source if source.endswith(".json") else f"{source.rstrip('/')}/index.json"
    text = _open(place).decode() if _remote(place) else _local(place)
    try:
        rows = json.loads(text)
        found = [
            Offer(row["from_code"], row["to_code"], row["package_version"], urljoin(_base(place), row["links"][0]))
            for row in rows
            if row["links"]
        ]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        hint = "an index.json as the Argos project publishes it is needed"
        raise LeafletsError(Problem("model-index", "this is no list of packages", place, hint)) from None
    good = [CODE.fullmatch(one.from_code) and CODE.fullmatch(one.to_code) and VERSION.fullmatch(one.version) for one in found]
    return [one for one, right in zip(found, good, strict=True) if right]


def _base(place: str) -> str:
    return place if _remote(place) else Path(place).resolve().as_uri()


def _local(place: str) -> str:
    try:
        return Path(place).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LeafletsError(
            Problem("model-index", f"cannot read it: {error}", place, "name a folder with an index.json, or an address")
        ) from None


def _remote(place: str) -> bool:
    """Tell whether a place is an address; raise LeafletsError for one that is neither https nor on this computer."""
    parts = urlsplit(place)
    if parts.scheme in ("", "file") or len(parts.scheme) == 1:  # C: on Windows
        return False
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return True
    raise LeafletsError(Problem("model-address", f"{parts.scheme} is not safe", place, "use an https address, or a folder"))


def _request(address: str, **headers: str) -> Request:
    return Request(address, headers={"User-Agent": "solidarity-leaflets", "Accept-Encoding": "identity", **headers})  # noqa: S310 - _remote


def _open(address: str, limit: int = 20_000_000) -> bytes:
    try:
        with urlopen(_request(address), timeout=SECONDS) as answer:  # noqa: S310 - _remote let https and loopback pass only
            data: bytes = answer.read(limit)
            return data
    except (URLError, OSError, ValueError) as error:
        raise _failed(address, error) from None


def _failed(address: str, error: Exception) -> LeafletsError:
    hint = "check the connection and run the command again: it goes on where it stopped; or fetch the file another way and use models add"
    return LeafletsError(Problem("model-fetch", f"the download failed: {getattr(error, 'reason', error)}", address, hint))


def size(offer: Offer) -> int:
    """Return the size of a package in bytes, 0 if the server does not say."""
    if not _remote(offer.address):
        path = _path(offer)
        return path.stat().st_size if path.is_file() else 0
    request = _request(offer.address)
    request.method = "HEAD"
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - _remote
            return int(answer.headers.get("Content-Length") or 0)
    except (URLError, OSError, ValueError) as error:
        raise _failed(offer.address, error) from None


def _path(offer: Offer) -> Path:
    from urllib.request import url2pathname

    parts = urlsplit(offer.address)
    return Path(url2pathname(parts.path) if parts.scheme == "file" else offer.address)


def download(offer: Offer, target: Path, progress: Callable[[int, int], None]) -> Path:
    """Put a package at `target`, going on where an earlier download stopped; raise LeafletsError with what to do."""
    part = target.with_name(target.name + ".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        if _remote(offer.address):
            _stream(offer.address, part, progress)
        else:
            shutil.copyfile(_path(offer), part)
    except (URLError, OSError, ValueError) as error:
        raise _failed(offer.address, error) from None
    return part.replace(target)


def _stream(address: str, part: Path, progress: Callable[[int, int], None]) -> None:
    have = part.stat().st_size if part.exists() else 0
    with urlopen(_request(address, **({"Range": f"bytes={have}-"} if have else {})), timeout=SECONDS) as answer:  # noqa: S310 - _remote
        if answer.status != 206:  # the server sends it from the start
            have = 0
        total = have + int(answer.headers.get("Content-Length") or 0)
        if total > LARGEST:
            raise ValueError(f"{total} bytes, more than {LARGEST}")
        with part.open("ab" if have else "wb") as file:
            while block := answer.read(CHUNK):
                file.write(block)
                have += len(block)
                progress(have, max(have, total))
    if total and have < total:
        raise ValueError(f"{have} of {total} bytes came")
