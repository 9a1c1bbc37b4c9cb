"""Fill the templates of the residents' site; text arrives as safe markup or is escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator.core.facts import link
from generator.edges.page import Composer
from generator.edges.parts import unknown_kind

PAGE = "site"
"""The folder of templates, and the domain of the words."""


class Linked(Composer):
    """Composes for a screen, where a number inside a sentence can be called as well."""

    def value(self, name: str) -> Markup:
        """Return a fact as markup, as a link if it can be followed."""
        target = link(self.fact(name))
        value = super().value(name)
        return Markup('<a href="{}">{}</a>').format(target, value) if target else value


def render(folder: Path, name: str, **context: Any) -> bytes:
    """Return the template `name` of `folder`, filled; only the campaign's own templates are ever compiled."""
    text: str = _templates(folder).get_template(name).render(**context)
    return text.strip().encode() + b"\n"


@cache
def _templates(folder: Path) -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    found.globals["unknown_kind"] = unknown_kind
    return found
