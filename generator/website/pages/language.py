"""All leaflets in one language: one page a language."""

from __future__ import annotations

from collections.abc import Iterator

from generator.website import addresses
from generator.website.pages import PageMaker, WebsiteFile, website_page


@website_page()
def language_pages(maker: PageMaker) -> Iterator[WebsiteFile]:
    """Yield a page for each language; what it lacks is offered in English."""
    contents = maker.contents
    slugs = [leaflet.slug for leaflet in contents.leaflets]
    for language in contents.languages:
        path, code = addresses.language_page(language.tag), language.code
        shown = [contents.shown[slug, code] for slug in slugs if (slug, code) in contents.shown]
        kept = [contents.kept[slug, code] for slug in slugs if (slug, code) in contents.kept]
        there = {*contents.shown, *contents.kept}
        waiting = [
            contents.shown[slug, "en"]
            for slug in slugs
            if (slug, code) not in there and (slug, "en") in contents.shown
        ]
        yield maker.page(
            path,
            "language.html",
            language,
            language.endonym,
            leaflets=[
                *(maker.entry(path, leaflet) for leaflet in shown),
                *(maker.entry(path, leaflet) for leaflet in kept),
            ],
            waiting=[maker.entry(path, leaflet) for leaflet in waiting],
            thanks=maker.thanks.get(code, ()),
        )
