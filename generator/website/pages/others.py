"""One leaflet in all its languages: the address that is printed on paper."""

from __future__ import annotations

from collections.abc import Iterator

from generator.website.pages import PageMaker, WebsiteFile, website_page


@website_page()
def all_languages_pages(maker: PageMaker) -> Iterator[WebsiteFile]:
    """Yield a page for each leaflet, those of which only sure parts are left among them."""
    contents = maker.contents
    slugs = [leaflet.slug for leaflet in contents.leaflets]
    for slug in dict.fromkeys((*slugs, *(slug for slug, _ in contents.kept))):
        path = f"{slug}/index.html"
        found = [
            one
            for leaflets in (contents.shown, contents.kept)
            for (name, _), one in leaflets.items()
            if name == slug
        ]
        leaflet = maker.project.leaflets.get(slug)
        gone = contents.both(maker.english, "reason-gone")
        title = leaflet.title.msgid if leaflet else gone.own
        entries = [maker.entry(path, one) for one in found]
        yield maker.page(path, "others.html", maker.english, title, leaflets=entries)
