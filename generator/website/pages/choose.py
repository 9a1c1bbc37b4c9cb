"""The first page: every language under its own name."""

from __future__ import annotations

from collections.abc import Iterator

from generator.website import addresses
from generator.website.pages import PageMaker, WebsiteFile, website_page


@website_page()
def choose_page(maker: PageMaker) -> Iterator[WebsiteFile]:
    """Yield the page on which somebody chooses a language."""
    languages = [
        {"path": addresses.language_page(language.tag), "language": language}
        for language in maker.contents.languages
    ]
    name = maker.campaign.name
    yield maker.page("index.html", "choose.html", maker.english, name, languages=languages)
