"""Printed addresses whose leaflet is doubted, withheld or gone: what can still be said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.campaign.project import KEPT_PAGE, WEBSITE_DOMAIN
from generator.campaign.shipped import shipped_templates
from generator.problem import LeafletsError
from generator.website import addresses
from generator.website.kept_pages import KeptPage
from generator.website.pages import PageMaker, WebsiteFile, website_page
from generator.website.proof import prove_page


@website_page()
def kept_pages(maker: PageMaker) -> Iterator[WebsiteFile]:
    """Yield a page for each such address."""
    for kept in maker.contents.kept.values():
        yield _proved(maker, kept)


def _proved(maker: PageMaker, kept: KeptPage) -> WebsiteFile:
    """Return the fullest page that shows all it must: in the campaign's look, ours, or bare."""
    ours, says = shipped_templates(WEBSITE_DOMAIN), maker.contents.kept_says(kept, kept.language)
    attempts = [(kept, ours), (kept.bare, ours)]
    if (maker.folder / KEPT_PAGE).is_file():
        attempts.insert(0, (kept, maker.folder))
    for one, folder in attempts:
        try:
            page = _drawn(maker, one, folder)
            prove_page(page[1], one.said.also(says.own, says.english))
        except LeafletsError as error:
            maker.lost += [
                problem.at(leaflet=kept.slug, language=kept.language.code)
                for problem in error.problems
            ]
        else:
            return page
    return _drawn(maker, kept.silent, ours)


def _drawn(maker: PageMaker, kept: KeptPage, folder: Path) -> WebsiteFile:
    """Return the page as the templates of a folder draw it."""
    language, says = kept.language, maker.contents.kept_says(kept, kept.language)
    listed = language in maker.contents.languages
    return maker.page(
        f"{kept.folder}index.html",
        KEPT_PAGE,
        language,
        kept.heading.striptags() or says.own or says.english,
        folder=folder,
        kept=kept,
        says=says,
        hidden=True,
        sounds={},
        voice_gone=maker.says_voice_gone(language.code, kept.slug),
        untranslated="",
        all=addresses.language_page(language.tag) if listed else "index.html",
    )
