"""A site, and the people of its phone tree, as its file describes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.model import Fact


@dataclass(frozen=True)
class Person:
    """Somebody who said yes to being on a phone tree; only in the file of their site."""

    name: str
    phone: str
    """As it is printed, such as 07700 900201."""
    languages: tuple[str, ...]
    calls: int
    """How many others they may be asked to call."""
    agreed: date
    """The day they said yes."""
    where: str = ""


@dataclass(frozen=True)
class Site:
    """One hotel, hostel or group: its own facts and what is printed for it.

    All of it is private, so everywhere else it is known by its code.
    """

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    leaflets: tuple[str, ...] = ()
    languages: Mapping[str, int] = field(default_factory=dict)
    """Copies of each leaflet, by language."""
    sheets: tuple[str, ...] = ()
    spare: int = 0
    """Copies more, in per cent."""
    printer: str = ""
    """The name of a printer profile."""
    wanted: tuple[str, ...] = ()
    """Languages that people asked for and the campaign lacks: codes of the table, or names."""
    people: tuple[Person, ...] = ()
    where: str = ""
