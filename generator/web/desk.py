"""What the screens of one running page share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generator.usecases.shelf import Shelf

Role = Literal["organiser", "reader"]


@dataclass(frozen=True)
class Person:
    """Who sits in front of a browser: a reader's code, and whether it is the organiser at this computer."""

    code: str
    role: Role


@dataclass
class Desk:
    """One running page: the campaign's files, who may come in, pictures of pages."""

    root: Path
    shelf: Shelf


def desk() -> Desk:
    """Return the desk of the request that is being answered."""
    from flask import current_app

    found: Desk = current_app.extensions["desk"]
    return found


def person() -> Person:
    """Return who sends the request that is being answered; the guard has made sure of it."""
    from flask import g

    found: Person = g.person
    return found
