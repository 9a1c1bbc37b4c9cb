"""Fill the templates of the residents' site; text arrives as safe markup or is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator.campaign.facts import fact_link
from generator.layout import templates
from generator.layout.composer import Composer

PAGE = "site"
"""The folder of templates, and the domain of the words."""


class LinkedComposer(Composer):
    """Composes for a screen, where a number inside a sentence can be called as well."""

    def value(self, name: str) -> Markup:
        """Return a fact as markup, as a link if it can be followed."""
        target = fact_link(self.fact(name))
        value = super().value(name)
        return Markup('<a href="{}">{}</a>').format(target, value) if target else value


def render_page(folder: Path, name: str, /, **context: Any) -> bytes:
    """Return the template `name` of `folder`, filled."""
    return templates.fill_template(folder, name, **context).strip().encode() + b"\n"
