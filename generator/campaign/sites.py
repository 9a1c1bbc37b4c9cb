"""Read the private file of one site: its facts, what to print, the people of its phone tree."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from generator.base.digests import OLD_KEY, digest
from generator.base.files import locked_folder, read_text, write_file
from generator.base.names import SLUG
from generator.base.words import count_words
from generator.base.yaml import YamlValue, load_yaml
from generator.blocks.place import RESIDENCE
from generator.campaign.facts import DIALLED_FORM, FACT_FORMS, international_number
from generator.campaign.language_table import language_codes, refuse_code
from generator.campaign.settings import read_fact
from generator.campaign.site_record import Person, Site
from generator.campaign.value_forms import positive_number
from generator.model import Fact, Language

SITE_KEYS = ("facts", "leaflets", "languages", "sheets", "spare", "printer", "wanted", "people")
PERSON_KEYS = ("name", "phone", "languages", "calls", "agreed")
CALLS = re.compile("[0-9]")
SPARE = re.compile("[0-9]{1,2}|100")
# Only sites have these facts; pages print no label or detail with them.
SITE_ONLY_FACTS = {RESIDENCE: Fact(RESIDENCE, "address", "", "", "", date.min, 1)}
SECRET_FILE = ".secret"  # noqa: S105 - the name of a file
# More copies of a leaflet in one language are a slip of the finger.
MOST_COPIES = 100_000


def read_site(
    path: Path,
    known: Mapping[str, Language],
    shared: Mapping[str, Fact],
    printers: Iterable[str],
) -> Site:
    """Return a site, named after its file; the caller says whether leaflets and sheets exist.

    `known` is the language table, `shared` are the campaign's facts, `printers` are names.
    Raises LeafletsError with `file:line` and advice.
    """
    keys = load_yaml(path).mapping((), SITE_KEYS)
    return Site(
        code=path.stem,
        facts=_facts(keys["facts"], shared) if "facts" in keys else {},
        leaflets=_slugs(keys["leaflets"], "not-alone") if "leaflets" in keys else (),
        languages=_copies(keys["languages"], known) if "languages" in keys else {},
        sheets=_slugs(keys["sheets"], "a5") if "sheets" in keys else (),
        spare=int(keys["spare"].match(SPARE, "10, from 0 to 100 (per cent)"))
        if "spare" in keys
        else 0,
        printer=keys["printer"].choice(printers) if "printer" in keys else "",
        wanted=tuple(dict.fromkeys(value.text(60) for value in keys["wanted"].items()))
        if "wanted" in keys
        else (),
        people=_people(keys["people"], known) if "people" in keys else (),
        where=str(path),
    )


def _slugs(value: YamlValue, example: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.match(SLUG, example) for item in value.items()))


def _copies(value: YamlValue, known: Mapping[str, Language]) -> dict[str, int]:
    found = {}
    for code, copies in value.mapping(optional=None).items():
        if code not in known:
            refuse_code(code, copies, known)
        found[code] = copies.parsed(positive_number, "20")
        if found[code] > MOST_COPIES:
            hint = f"at most {MOST_COPIES}; for more write two sites"
            raise copies.fail(f"{count_words(found[code], 'copy', 'copies')}", hint)
    return found


def _facts(value: YamlValue, shared: Mapping[str, Fact]) -> dict[str, Fact]:
    found, known = {}, {**shared, **SITE_ONLY_FACTS}
    for name, item in value.mapping(optional=None).items():
        found[name] = read_fact(name, item)
        if name in known:
            _refuse_other_words(item, found[name], known[name])
    return found


def _refuse_other_words(value: YamlValue, own: Fact, shared: Fact) -> None:
    """Raise LeafletsError where a page would print the site's value under words for another."""
    if own.kind != shared.kind:
        what = f"pages print a {shared.kind} here, not a {own.kind}"
        raise value.fail(what, "give the site's fact another name", "site-kind")
    for key in ("label", "detail"):
        text, theirs = getattr(own, key), getattr(shared, key)
        if text and text != theirs:
            what = f"pages print no {key} with it"
            if theirs:
                what = f"the {key} {text!r} would not be printed: pages say {theirs!r}"
            hint = (
                f"take the line `{key}: …` out, or write the fact under another name "
                "and put it into leaflets/facts.yaml"
            )
            raise value.fail(what, hint, "site-label")


def _people(value: YamlValue, known: Mapping[str, Language]) -> tuple[Person, ...]:
    people: list[Person] = []
    for item in value.items():
        person = _person(item, known)
        if person.name.casefold() in {other.name.casefold() for other in people}:
            hint = "add a letter to one of them, such as A. B."
            raise item.fail("two people have this name", hint, "site-person")
        number = international_number(person.phone)
        if number in {international_number(other.phone) for other in people}:
            raise item.fail("two people have this number", "keep one of them", "site-person")
        people.append(person)
    return tuple(people)


def _person(value: YamlValue, known: Mapping[str, Language]) -> Person:
    keys = value.mapping(PERSON_KEYS)
    phone = keys["phone"].text(40)
    well_formed = FACT_FORMS["phone"][0].fullmatch(international_number(phone))
    if not DIALLED_FORM.fullmatch(phone) or not well_formed:
        # The number is not shown: it is private, and messages are passed on.
        hint = 'write it like "07700 900201" or "+44 7700 900201", in quotes'
        raise keys["phone"].fail("this is no phone number", hint)
    languages = language_codes(keys["languages"], known)
    if not languages:
        raise keys["languages"].fail("no language", "name one at least, such as [ar, en]")
    return Person(
        name=keys["name"].text(40),
        phone=phone,
        languages=languages,
        calls=int(keys["calls"].match(CALLS, "2, from 0 to 9")),
        agreed=keys["agreed"].parsed(date.fromisoformat, "2026-11-20, the day they said yes"),
        where=value.where,
    )


def sites_secret(sites: Path) -> str:
    """Return the secret with which the sites' facts are named in records; "" if there is none.

    A phone number has so few digits that its bare hash could be found by trying all.
    """
    path = sites / SECRET_FILE
    return read_text(path, 200).strip() if path.exists() else ""


def secret_mark(sites: Path) -> str:
    """Return what tells the secret of this computer from that of another; "" if there is none.

    The secret has 128 random bits, so nothing of it can be found by trying.
    """
    secret = sites_secret(sites)
    return digest("secret of the sites", secret)[:OLD_KEY] if secret else ""


def make_sites_secret(sites: Path) -> None:
    """Make the secret unless there is one."""
    with locked_folder(sites, deep=False):
        if not (sites / SECRET_FILE).exists():
            write_file(sites / SECRET_FILE, secrets.token_hex(16) + "\n", private=True)
