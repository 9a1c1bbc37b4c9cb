"""What the phone keeps of the website, and how to make it forget: one page a language."""

from __future__ import annotations

from collections.abc import Iterator

from generator.website.pages import PageMaker, WebsiteFile, website_page


@website_page(folder="offline")
def offline_pages(maker: PageMaker) -> Iterator[WebsiteFile]:
    """Yield the page in English, and in every language in which something is shown."""
    for language in dict.fromkeys((maker.english, *maker.contents.languages)):
        path = maker.offline_page(language)
        yield maker.page(path, "offline.html", language, maker.campaign.name)
