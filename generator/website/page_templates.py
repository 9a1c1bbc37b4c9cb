"""Fill the templates of the website; text arrives as safe markup or is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator.campaign.facts import fact_link
from generator.layout.composer import Composer
from generator.layout.templates import fill_template

# A file of the website: its path below the first folder, and its bytes.
WebsiteFile = tuple[str, bytes]


class LinkedComposer(Composer):
    """Composes for a screen, where a number inside a sentence can be called as well."""

    def value(self, name: str) -> Markup:
        """Return a fact as markup, as a link if it can be followed."""
        target = fact_link(self.fact(name))
        value = super().value(name)
        return Markup('<a href="{}">{}</a>').format(target, value) if target else value


def english_markup(text: Markup | str) -> Markup:
    """Return English words inside a line of whatever language."""
    return Markup('<span lang="en" dir="ltr">{}</span>').format(text)


def render_page(folder: Path, name: str, /, **context: Any) -> bytes:
    """Return the template `name` of `folder`, filled."""
    return fill_template(folder, name, **context).strip().encode() + b"\n"
