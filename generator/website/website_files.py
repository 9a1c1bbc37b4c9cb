"""All files of the website: pages, and beside them style, scripts, fonts, sitemap and headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.model import Language
from generator.website import addresses, web_fonts
from generator.website.last_website import HIDDEN_MARK
from generator.website.leaflet_pages import proved_leaflets
from generator.website.page_maker import PageMaker
from generator.website.page_templates import WebsiteFile, render_page
from generator.website.pages import page_kinds

# What stands beside pages that phones may keep.
_SCRIPTS = {"icon.svg": "icon.svg", "offline.js": "offline.js", "sw.js": "sw.js"}

# What stands beside pages that phones forget, also if they kept some before.
_FORGETTING = {"icon.svg": "icon.svg", "sw.js": "forget.js"}


def website_files(maker: PageMaker, progress: Callable[[int, int], None]) -> Iterator[WebsiteFile]:
    """Yield every file of the website but the lists of its files."""
    contents = maker.contents
    total = 3 + len(contents.shown) * 2 + len(contents.leaflets) + len(contents.languages)
    pages: dict[str, bytes] = {}
    in_sitemap: list[str] = []
    for path, data, listed in _pages(maker):
        pages[path] = data
        if listed and path.endswith("index.html") and HIDDEN_MARK not in data:
            in_sitemap.append(path)
        progress(min(len(pages), total), total)
    yield from pages.items()
    yield from _style(maker, pages)

    address = maker.campaign.address
    paths = [path.removesuffix("index.html") for path in sorted(in_sitemap)]
    yield "sitemap.xml", render_page(maker.folder, "sitemap.xml", address=address, paths=paths)
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}/sitemap.xml\n".encode()
    yield "_headers", addresses.headers_file().encode()


def _pages(maker: PageMaker) -> Iterator[tuple[str, bytes, bool]]:
    """Yield every page and what belongs to it, each with whether a sitemap may list it."""
    # Leaflets first: one whose page loses words makes room for a kept page.
    yield from ((path, data, True) for path, data in proved_leaflets(maker))
    for kind in page_kinds():
        yield from ((path, data, kind.in_sitemap) for path, data in kind.make(maker))


def _style(maker: PageMaker, pages: dict[str, bytes]) -> Iterator[WebsiteFile]:
    """Yield style sheet, scripts, and a font for each language whose script phones lack."""
    languages = maker.contents.languages
    files: dict[str, str] = {}
    names: dict[str, str] = {}
    for language in languages:
        if not language.on_phones:
            text = _text(maker, language, pages)
            for places, said in ((files, text), (names, language.endonym)):
                chars = web_fonts.font_letters(said)
                places[language.code] = path = web_fonts.web_font_file(language, chars)
                yield from maker.reusable(path) or [(path, web_fonts.cut_font(language, chars))]
    style = (maker.folder / "style.css").read_text("utf-8")
    yield "style.css", (style + web_fonts.font_rules(languages, files, names)).encode()
    beside = _SCRIPTS if maker.campaign.publish.offline else _FORGETTING
    yield from ((path, (maker.folder / name).read_bytes()) for path, name in beside.items())


def _text(maker: PageMaker, language: Language, pages: dict[str, bytes]) -> str:
    """Return all that the website says in a language."""
    own = addresses.language_page(language.tag)
    folders = tuple(
        addresses.leaflet_folder(leaflet.slug, language.tag) for leaflet in maker.contents.leaflets
    )
    said = [
        data.decode()
        for path, data in pages.items()
        if path.endswith(".html") and (path == own or path.startswith(folders))
    ]
    words = maker.contents.words(language, drafts=True).values()
    return "".join([language.endonym, *said, *words])
