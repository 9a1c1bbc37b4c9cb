"""Look for private facts of sites in files to be published: in text, streams and names."""

from __future__ import annotations

import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from generator.base.digests import digest
from generator.base.files import read_bytes, write_file
from generator.base.origin import ORIGIN_FIELD, is_made_here, origin_hash
from generator.campaign.facts import international_number, printed_value, without_extension
from generator.campaign.site_record import Site
from generator.model import Fact
from generator.problem import LeafletsError, Problem

# Letters and digits of a value that can be looked for; a shorter one stands everywhere.
_FEWEST = 4

# The same for what a site file says about a value: label, detail and source.
_WORDS = 8

# Digits in a row that are nobody else's however grouped; fewer count only in their own groups.
_UNIQUE = 9
_TAG = re.compile(r"<[^>]*>")

# Text in a file that is none, such as the notes in a sound or a picture.
_TEXT_RUN = re.compile(r"[^\x00-\x1f\x7f-\x9f\ufffd]{4,}")
_NOISE = re.compile(r"[\W_]+")
_TEXT = (".html", ".svg", ".txt", ".ics", ".xml", ".json", ".css", ".js", "_headers", "SHA256SUMS")

# Bytes of one stream of a PDF that are looked at.
_LARGEST = 2_000_000

# Bytes of what is remembered.
_LIMIT = 100_000_000
_HINT = "take it out of the leaflet, the campaign's facts or the theme; nothing was published"


@dataclass(frozen=True)
class PrivateValue:
    """One private value in all forms in which it could be written; told by site and fact alone."""

    site: str
    fact: str
    forms: frozenset[str]
    """Letters and digits in a row, as `squash` gives them."""
    groups: frozenset[str]
    """Short numbers, their groups parted by spaces."""


def private_values(sites: Iterable[Site], public: Iterable[str]) -> list[PrivateValue]:
    """Return what must not be published; what stands among the `public` texts is no secret."""
    known = {squash(text) for text in public}
    found = []
    for site in sites:
        for name, text, forms in _private(site):
            long = {form for form in forms if len(squash(form)) >= _FEWEST}
            if long and squash(text) not in known:
                found.append(_private_value(site.code, name, long))
    return found


def _private_value(site: str, name: str, forms: set[str]) -> PrivateValue:
    short = {form for form in forms if len(squash(form)) < _UNIQUE and squash(form).isdigit()}
    groups = frozenset(" ".join(re.findall(r"\d+", form)) for form in short)
    return PrivateValue(site, name, frozenset(map(squash, forms - short)), groups)


def _private(site: Site) -> Iterator[tuple[str, str, list[str]]]:
    """Yield every private thing of a site: a name that can be told, its text, and its forms."""
    for fact in site.facts.values():
        yield fact.name, fact.value, _forms(fact)
        yield from (
            (fact.name, text, [text])
            for text in (fact.label, fact.detail, fact.source)
            if len(squash(text)) >= _WORDS
        )
    for number, person in enumerate(site.people, 1):
        phone = Fact("", "phone", international_number(person.phone), person.phone, "", date.min, 1)
        yield f"person {number}", person.name, [person.name]
        yield f"person {number}", phone.value, _forms(phone)


def _forms(fact: Fact) -> list[str]:
    value = without_extension(fact.value) if fact.kind == "phone" else fact.value
    texts = [value, fact.display, printed_value(fact)]
    if fact.kind == "phone" and value.startswith("+44"):
        texts.append("0" + value[3:])
    # Text extraction gives the groups of a number the other way round in a right-to-left line.
    return texts + [" ".join(reversed(text.split())) for text in texts]


def squash(text: str) -> str:
    """Return the letters and digits of a text, so that no space, hyphen or mark hides a value.

    >>> squash("+44 (0)20\\u00a07946-0123")
    '4402079460123'
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


def privacy_leaks(
    files: Mapping[str, bytes], wanted: list[PrivateValue], cache: Path
) -> list[Problem]:
    """Return a problem for each private value in each file; `cache` remembers clean PDFs.

    The problems name the fact and never quote it.
    """
    mark = digest(*sorted(form for secret in wanted for form in (*secret.forms, *secret.groups)))
    clean = _remembered(cache, mark)
    found, still = [], set()
    for path, data in files.items():
        # By content and name: a private value may stand in the name of a clean file as well.
        name = hashlib.sha256(data).hexdigest() + path if path.endswith(".pdf") and wanted else ""
        told = [] if name and name in clean else list(_told(path, data, wanted))
        found += told
        still |= {name} if name and not told else set()
    if still - clean:
        known = {"mark": mark, "clean": sorted(still)}
        write_file(cache, json.dumps(known | {ORIGIN_FIELD: origin_hash(cache.parent, known)}))
    return found


def _remembered(cache: Path, mark: str) -> set[str]:
    with suppress(LeafletsError, ValueError, KeyError, TypeError, AttributeError):
        known = json.loads(read_bytes(cache, _LIMIT))
        if is_made_here(cache.parent, known, known.pop(ORIGIN_FIELD)) and known["mark"] == mark:
            return set(known["clean"])
    return set()


def _told(path: str, data: bytes, wanted: list[PrivateValue]) -> Iterator[Problem]:
    texts = [path, *_texts(path, data)] if wanted else []
    rows = [squash(text) for text in texts]
    for secret in wanted:
        whole = any(form in row for form in secret.forms for row in rows)
        if whole or any(_has_group(group, text) for group in secret.groups for text in texts):
            what = f"the private {secret.fact} of site {secret.site} is in this file"
            yield Problem("private", what, path, _HINT)


def _has_group(group: str, text: str) -> bool:
    """Tell whether a short number stands in a text, its groups parted by at most three signs."""
    parts = r"[\W_]{0,3}".join(group.split())
    return bool(re.search(rf"(?<!\d){parts}(?!\d)", text))


def _texts(path: str, data: bytes) -> Iterator[str]:
    if path.endswith(".pdf"):
        yield from _pdf(data)
    elif path.endswith(_TEXT):
        text = data.decode("utf-8", "replace")
        yield from dict.fromkeys((text, unquote(text), html.unescape(_TAG.sub("", text))))
    else:
        for part in (data, data.replace(b"\0", b"")):  # without its zeros, UTF-16 can be read
            yield from _TEXT_RUN.findall(part.decode("utf-8", "replace"))


def _pdf(data: bytes) -> Iterator[str]:
    """Yield what a PDF holds: text as extracted and seen, strings, all streams but fonts."""
    import pypdf

    from generator.proof.page_view import extracted_texts

    yield from extracted_texts(data)
    reader = pypdf.PdfReader(BytesIO(data))
    for number in sorted({*reader.xref.get(0, ()), *reader.xref_objStm}):
        item: Any = reader.get_object(number)
        yield str(item)
        if hasattr(item, "get_data") and "/Length1" not in item:
            stream = item.get_data()[:_LARGEST]
            yield from (stream.decode("latin-1"), stream.decode("utf-16-be", "ignore"))
