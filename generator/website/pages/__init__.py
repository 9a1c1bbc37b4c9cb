"""The pages of the website around leaflets, one kind a file.

Copy one file to add a page: a function that yields it, and a template in `templates/themes/site/`.
It is found here by itself; `folder` keeps its address free of leaflets and languages.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from generator.website.page_maker import PageMaker
from generator.website.page_templates import WebsiteFile

__all__ = ["PageKind", "PageMaker", "WebsiteFile", "page_kinds", "reserved_folders", "website_page"]


@dataclass(frozen=True)
class PageKind:
    """Pages of one kind: what makes them, and where they stand."""

    make: Callable[[PageMaker], Iterator[WebsiteFile]]
    folder: str
    """A first folder that is theirs; empty for pages that stand among languages and leaflets."""
    in_sitemap: bool
    """Whether search programs are told of them; a page that is `hidden` is left out by itself."""


def website_page(
    folder: str = "", in_sitemap: bool = True
) -> Callable[[Callable[[PageMaker], Iterator[WebsiteFile]]], PageKind]:
    """Make a kind of page of a function that yields its files."""
    return lambda make: PageKind(make, folder, in_sitemap)


@cache
def page_kinds() -> tuple[PageKind, ...]:
    """Return every kind of page in this folder, by the names of their files."""
    modules = (
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    )
    return tuple(
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, PageKind)
    )


def reserved_folders() -> frozenset[str]:
    """Return the first folders that no leaflet may be called after, the fonts' among them."""
    return frozenset({"fonts", *(kind.folder for kind in page_kinds() if kind.folder)})
