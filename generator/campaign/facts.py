"""How a fact is checked and printed: left to right, ASCII digits, groups that never part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from markupsafe import Markup, escape

from generator.base.digests import fact_value_key
from generator.blocks import FactUse, kind_of
from generator.campaign.dates import date_in_words, numeric_date
from generator.campaign.long_values import LONG_ADDRESS, breakable_address
from generator.model import Fact, Language, Leaflet
from generator.problem import LeafletsError, Problem, Severity

NBSP = "\u00a0"
HOUR_FORM = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"

# The kinds of fact: the form of the value, and an example.
FACT_FORMS = {
    "phone": (
        re.compile(r"\+[1-9][0-9]{6,14}(;ext=[0-9]{1,7})?|[1-9][0-9]{2,5}"),
        "+448088010503 or 999 or +448088010503;ext=412",
    ),
    "url": (
        re.compile(r"https://[a-z0-9.-]+\.[a-z]{2,}(/[A-Za-z0-9._~/-]*)?"),
        "https://example.org/help",
    ),
    "email": (re.compile(r"[a-z0-9._+-]+@[a-z0-9.-]+\.[a-z]{2,}"), "hello@example.org"),
    "address": (re.compile(r"[A-Za-z0-9 ,.'&/()-]+"), "Community Hall, 20 Example Road"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "2027-03-20"),
    "times": (re.compile(rf"{HOUR_FORM}(-{HOUR_FORM})?"), "18:00-21:00"),
    "money": (re.compile(r"£[0-9]{1,3}(,?[0-9]{3})*(\.[0-9]{2})?"), "£12.50"),
}
# People are warned so many days before a fact must be looked up again.
DUE_SOON = 30
# A number with an extension as it is printed; its value is written as in a link (RFC 3966).
PRINTED_EXTENSION = re.compile(r"(.*[0-9])[ ]?(?:x|#|ext\.?)[ ]?([0-9]{1,7})")
# What a printed phone number may hold.
DIALLED_FORM = re.compile(r"\+?[0-9][0-9() -]*[0-9]")

# The kinds that can be followed from a PDF, and what stands before the value in the link.
LINK_PREFIXES = {"phone": "tel:", "email": "mailto:", "url": ""}


def check_fact(fact: Fact, today: date) -> list[Problem]:
    """Return what is wrong with a fact: its form, its printed form, and the day it was looked up.

    A fact that nobody looked up has no age.
    """
    if not is_well_formed(fact):
        hint = f"write it like {FACT_FORMS[fact.kind][1]}"
        found = [_fact_problem(fact, "fact-form", f"{fact.value!r} is no {fact.kind}", hint)]
    elif not prints_same_contact(fact):
        hint = "print the same digits or letters as the value"
        found = [
            _fact_problem(fact, "fact-display", f"{fact.display!r} is not {fact.value!r}", hint)
        ]
    else:
        found = []
    return found + (_age_problems(fact, fact.verified, today) if fact.verified else [])


def _fact_problem(
    fact: Fact, code: str, what: str, hint: str, severity: Severity = Severity.ERROR
) -> Problem:
    return Problem(code, f"{fact.name}: {what}", fact.where, hint, severity)


def _age_problems(fact: Fact, verified: date, today: date) -> list[Problem]:
    """Return what is wrong with the day on which a fact was looked up."""
    if verified > today:
        hint = "put in the day it was looked up"
        return [_fact_problem(fact, "fact-verified", "verified in the future", hint)]
    due = verified + timedelta(days=fact.recheck)
    hint = (
        f"look it up at {fact.source}, then write the day into `verified`, "
        "or take that line out and sign: leaflets sign facts"
    )
    if due < today:
        what = f"last verified {verified}, too long ago to print it"
        return [_fact_problem(fact, "fact-old", what, hint)]
    if due - timedelta(days=DUE_SOON) < today:
        what = f"must be looked up again by {due}"
        return [_fact_problem(fact, "fact-due", what, hint, Severity.WARNING)]
    return []


def check_past(fact: Fact, today: date) -> list[Problem]:
    """Return what is wrong with a date that stands on a page: that it is over."""
    if fact.kind == "date" and is_well_formed(fact) and date.fromisoformat(fact.value) < today:
        hint = "put in the next date, or take it out of what prints it"
        return [_fact_problem(fact, "fact-past", f"{fact.value} is over", hint)]
    return []


def fact_key(fact: Fact, site: str = "") -> str:
    """Return the 64 hex digits that signatures of a fact bind to.

    Another number or printed form is another key.
    """
    return fact_value_key(site, fact.name, fact.kind, fact.value, fact.display)


def is_well_formed(fact: Fact) -> bool:
    """Tell whether the value has the form of its kind, and a date is a day that exists."""
    if not FACT_FORMS[fact.kind][0].fullmatch(fact.value):
        return False
    try:
        return fact.kind != "date" or bool(date.fromisoformat(fact.value))
    except ValueError:
        return False


def prints_same_contact(fact: Fact) -> bool:
    """Tell whether the printed form says the same as the value, and can be dialled."""
    shown = fact.display or fact.value
    if fact.kind == "phone" and fact.display:
        extended = PRINTED_EXTENSION.fullmatch(shown)
        number, extension = extended.groups() if extended else (shown, "")
        said = ";ext=".join(filter(None, (international_number(number), extension)))
        return said == fact.value and bool(DIALLED_FORM.fullmatch(number))
    if fact.kind == "url":
        value, shown = (
            text.removeprefix("https://").removeprefix("www.").rstrip("/")
            for text in (fact.value, shown)
        )
        return value == shown
    return shown == fact.value


def without_extension(value: str) -> str:
    """Return the number of a phone that anybody outside can dial.

    >>> without_extension("+442079460123;ext=412")
    '+442079460123'
    """
    return value.partition(";")[0]


def international_number(shown: str) -> str:
    """Return a printed British or international number as E.164, a short number as it is.

    >>> international_number("07700 900201")
    '+447700900201'
    """
    digits = re.sub("[^0-9+]", "", shown)
    return "+44" + digits[1:] if digits.startswith("0") else digits


def printed_value(fact: Fact) -> str:
    """Return the left-to-right form that stands on paper, ASCII only except spaces and dashes.

    >>> from datetime import date
    >>> printed_value(Fact("t", "times", "18:00-21:00", "", "", date(2026, 1, 1), 180))
    '18:00–21:00'
    """
    if fact.kind == "date":
        return numeric_date(date.fromisoformat(fact.value))
    if fact.kind == "times":
        return fact.value.replace("-", "\u2013")
    text = fact.display or fact.value
    if fact.kind == "url" and not fact.display:
        text = text.removeprefix("https://").rstrip("/")
    elif fact.kind == "phone":
        text = text.replace(";ext=", " x")
    return text.replace(" ", NBSP) if fact.kind in ("phone", "money") else text


def first_phone(leaflet: Leaflet, facts: Mapping[str, Fact]) -> str:
    """Return the name of the first phone number among the contacts of a leaflet.

    Raises LeafletsError if it has none.
    """
    for block in leaflet.blocks:
        for name in block.facts if kind_of(block).facts is FactUse.EACH else ():
            if name in facts and facts[name].kind == "phone":
                return name
    hint = "add a block of contacts with a phone number, or take the sheet out of `sheets:`"
    raise LeafletsError(
        Problem("no-phone", "there is no phone number to tear off", leaflet.where, hint)
    )


def fact_link(fact: Fact) -> str:
    """Return the address a contact links to, or an empty string for facts without one."""
    return LINK_PREFIXES[fact.kind] + fact.value if fact.kind in LINK_PREFIXES else ""


def contact_markup(fact: Fact) -> Markup:
    """Return a fact as it stands in a row of contacts, with its link if it has one."""
    value = shown_value(fact)
    if target := fact_link(fact):
        value = Markup('<a href="{}">{}</a>').format(target, value)
    return _isolated(fact, value)


def fact_markup(fact: Fact, language: Language) -> Markup:
    """Return a fact as it stands inside a sentence; dates in words with the number beside."""
    value = _isolated(fact, shown_value(fact))
    if fact.kind == "date":
        words = date_in_words(date.fromisoformat(fact.value), language)
        return Markup("{} ({})").format(words, value)
    return value


def _isolated(fact: Fact, value: Markup) -> Markup:
    """Return a value whose groups keep their order in right-to-left text.

    `<bdi dir="ltr">` is written here and nowhere else.
    """
    markup = Markup('<bdi dir="ltr" class="{}" data-fact="{}">{}</bdi>')
    return markup.format(fact_class(fact), fact.name, value)


def is_long_address(fact: Fact) -> bool:
    """Tell whether a fact is a link or an e-mail so long that it may be broken over lines."""
    return fact.kind in ("url", "email") and len(printed_value(fact)) > LONG_ADDRESS


def shown_value(fact: Fact) -> Markup:
    """Return the printed form as markup, a long address with the places where a line may end."""
    show = breakable_address if is_long_address(fact) else escape
    return show(printed_value(fact))


def fact_class(fact: Fact) -> str:
    """Return the class that says how a fact may be broken over lines.

    Most not at all, long addresses where an address may be, places between words.
    """
    return "ltr long" if is_long_address(fact) else "ltr wrap" if fact.kind == "address" else "ltr"
