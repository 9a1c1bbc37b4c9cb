"""Names people type: which are allowed, and which were probably meant."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from generator.problem import Problem, UsageError

# Leaflets, sheets and sites: lower-case ASCII words joined by hyphens.
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FACT_NAME = re.compile(r"[a-z][a-z0-9_]*")

# Language codes as in folder names; use with `fullmatch` (`$` lets a newline through).
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:_[A-Z][a-z]{3})?(?:_[A-Z]{2})?")


def nearest_name(name: str, known: Iterable[str]) -> str:
    """Return a hint that names what was probably meant, or what there is."""
    known = sorted(known)
    lower = {item.lower() for item in known}
    close = difflib.get_close_matches(name.lower(), lower, n=3, cutoff=0.5)
    if near := [item for item in known if item.lower() in close]:
        return f"did you mean {' or '.join(near)}?"
    return f"there is {', '.join(known)}" if known else "there is none yet"


def pick_names(what: str, wanted: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return `wanted`, or all of `known` if nothing is wanted.

    Raises UsageError that names the near ones for each name that is unknown.
    """
    known = list(known)
    wanted = list(dict.fromkeys(wanted))
    unknown = [name for name in wanted if name not in known]
    if unknown:
        problems = (
            Problem("unknown-name", f"no {what} {name!r}", hint=_meant(what, name, known))
            for name in unknown
        )
        raise UsageError(*problems)
    return wanted or known


def _meant(what: str, name: str, known: list[str]) -> str:
    """Return what to type instead; a language in a leaflet's place goes after -l."""
    near = nearest_name(name, known)
    if what == "leaflet" and LANGUAGE_CODE.fullmatch(name):
        return f"a language goes after -l: -l {name}; leaflets: {near}"
    return near


def place_inside(folder: Path, where: str) -> str:
    """Return a place, such as `file:line`, as it is seen from a folder.

    >>> place_inside(Path("a"), f"a{os.sep}x.yaml:3"), place_inside(Path("a"), "b")
    ('x.yaml:3', 'b')
    """
    return where.removeprefix(f"{folder}{os.sep}")
