"""Look for the private facts of sites in files that are to be published: text, streams and names."""

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

FEWEST = 4
"""Letters and digits of a value that can be looked for; a shorter one stands everywhere."""
WORDS = 8
"""The same for what a site file says about a value: label, detail and source."""
UNIQUE = 9
"""Digits in a row that are nobody else's, however they are grouped; fewer count only in the groups of the value."""
TAG = re.compile(r"<[^>]*>")
RUN = re.compile(r"[^\x00-\x1f\x7f-\x9f\ufffd]{4,}")
"""Text in a file that is none, such as the notes in a sound or a picture; without its zeros it may have been UTF-16."""
NOISE = re.compile(r"[\W_]+")
TEXT = (".html", ".svg", ".txt", ".ics", ".xml", ".json", ".css", ".js", "_headers", "SHA256SUMS")
LARGEST = 2_000_000
"""Bytes of one stream of a PDF that are looked at."""
LIMIT = 100_000_000
"""Bytes of what is remembered."""


@dataclass(frozen=True)
class PrivateValue:
    """One private value in all the forms in which it could be written; told by the names of its site and fact alone."""

    site: str
    fact: str
    forms: frozenset[str]
    """Letters and digits in a row, as `squash` gives them."""
    groups: frozenset[str]
    """Short numbers, their groups parted by spaces."""


def private_values(sites: Iterable[Site], public: Iterable[str]) -> list[PrivateValue]:
    """Return what must not be published; a value that stands among the `public` texts word for word is no secret."""
    known = {squash(text) for text in public}
    found = []
    for site in sites:
        for name, text, forms in _private(site):
            if squash(text) not in known and (secret := _secret(site.code, name, forms)):
                found.append(secret)
    return found


def _secret(site: str, name: str, forms: Iterable[str]) -> PrivateValue | None:
    long = {form for form in forms if len(squash(form)) >= FEWEST}
    short = {form for form in long if len(squash(form)) < UNIQUE and squash(form).isdigit()}
    groups = frozenset(" ".join(re.findall(r"\d+", form)) for form in short)
    return PrivateValue(site, name, frozenset(map(squash, long - short)), groups) if long else None


def _private(site: Site) -> Iterator[tuple[str, str, list[str]]]:
    """Yield every private thing of a site: a name for it that can be told, its text, and the forms it could be written in."""
    for fact in site.facts.values():
        yield fact.name, fact.value, _forms(fact)
        yield from (
            (fact.name, text, [text])
            for text in (fact.label, fact.detail, fact.source)
            if len(squash(text)) >= WORDS
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
    return texts + [
        " ".join(reversed(text.split())) for text in texts
    ]  # what text extraction gives in a right-to-left line


def squash(text: str) -> str:
    """Return the letters and digits of a text in one form, so that no space, hyphen or mark hides a value.

    >>> squash("+44 (0)20\\u00a07946-0123")
    '4402079460123'
    """
    return NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


def privacy_leaks(
    files: Mapping[str, bytes], wanted: list[PrivateValue], cache: Path
) -> list[Problem]:
    """Return a problem for each private value in each file; PDFs that were found clean are remembered in `cache`.

    The problems name the fact and never quote it.
    """
    mark = digest(*sorted(form for secret in wanted for form in (*secret.forms, *secret.groups)))
    clean = _remembered(cache, mark)
    found, still = [], set()
    for path, data in files.items():
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
        known = json.loads(read_bytes(cache, LIMIT))
        if is_made_here(cache.parent, known, known.pop(ORIGIN_FIELD)) and known["mark"] == mark:
            return set(known["clean"])
    return set()


def _told(path: str, data: bytes, wanted: list[PrivateValue]) -> Iterator[Problem]:
    texts = [path, *_texts(path, data)] if wanted else []
    rows = [squash(text) for text in texts]
    for secret in wanted:
        if any(form in row for form in secret.forms for row in rows) or any(
            _grouped(group, text) for group in secret.groups for text in texts
        ):
            hint = "take it out of the leaflet, the campaign's facts or the theme; nothing was published"
            yield Problem(
                "private",
                f"the private {secret.fact} of site {secret.site} is in this file",
                path,
                hint,
            )


def _grouped(group: str, text: str) -> bool:
    """Tell whether a short number stands in a text, its groups parted by at most three signs."""
    parts = r"[\W_]{0,3}".join(group.split())
    return bool(re.search(rf"(?<!\d){parts}(?!\d)", text))


def _texts(path: str, data: bytes) -> Iterator[str]:
    if path.endswith(".pdf"):
        yield from _pdf(data)
    elif path.endswith(TEXT):
        text = data.decode("utf-8", "replace")
        yield from dict.fromkeys((text, unquote(text), html.unescape(TAG.sub("", text))))
    else:
        yield from dict.fromkeys(
            RUN.findall(data.decode("utf-8", "replace"))
            + RUN.findall(data.replace(b"\0", b"").decode("utf-8", "replace"))
        )


def _pdf(data: bytes) -> Iterator[str]:
    """Yield what a PDF holds: text as readers extract it, lines as the eye meets them, every string, and every stream but fonts."""
    import pypdf

    from generator.proof.page_view import extracted_texts

    yield from extracted_texts(data)
    reader = pypdf.PdfReader(BytesIO(data))
    for number in sorted({*reader.xref.get(0, ()), *reader.xref_objStm}):
        item: Any = reader.get_object(number)
        yield str(item)
        if hasattr(item, "get_data") and "/Length1" not in item:
            stream = item.get_data()[:LARGEST]
            yield from (stream.decode("latin-1"), stream.decode("utf-16-be", "ignore"))
