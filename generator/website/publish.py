"""Publish the residents' site: static files for any web server, whole or not at all, with nothing private in them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.base.files import locked_folder
from generator.base.message_text import text_pieces
from generator.campaign.contact_ways import contact_problems
from generator.campaign.project import Project
from generator.editions.lost import find_losses
from generator.model import Language
from generator.problem import LeafletsError, Problem, Severity
from generator.review.snapshot import Snapshot
from generator.website import addresses as website_addresses
from generator.website import privacy, web_fonts
from generator.website.code_pages import CodePages
from generator.website.contents import DRAFT_STAGE, WebsiteContents, gather_contents
from generator.website.folder import FILE_LIST, refuse_other_files, repair_folder, replace_folder
from generator.website.last_website import (
    HIDDEN_MARK,
    published_addresses,
    remember_website,
    reusable_files,
)
from generator.website.page_templates import render_page
from generator.website.pages import WebsiteFile, WebsitePages
from generator.website.status import status_page

KEEP = {"icon.svg": "icon.svg", "offline.js": "offline.js", "sw.js": "sw.js"}
FORGET = {"icon.svg": "icon.svg", "sw.js": "forget.js"}
"""What stands beside the pages of a site that phones may keep, and of one that they forget, also if they kept some before."""
CACHE = "private-scan.json"
"""Which PDFs were found without private facts; it stays in the output folder and is not published."""


@dataclass(frozen=True)
class PublishReport:
    """What was published; `changed` counts files that are new or other than before."""

    folder: Path
    files: int
    changed: int
    bytes: int
    ready: int
    drafts: int
    held: int
    """Drafts that are not shown, because the campaign does not say so."""
    kept: int
    """Addresses that were printed, with a page of what can be said while the leaflet is not shown."""
    languages: int
    old: int
    """PDFs that could not be offered, because they are missing or older than the campaign."""
    seal: str
    """The sha256 of the list of files: who knows it can verify any copy."""
    problems: tuple[Problem, ...]
    made_up: tuple[str, ...] = ()
    """The facts of the campaign that are still made up."""


def publish_website(
    project: Project, to: Path | None = None, progress: Callable[[int, int], None] | None = None
) -> PublishReport:
    """Write the site to `to`, or to the output folder, and return what is in it.

    Raises LeafletsError if something private would be published, if `campaign.yaml` names what is not there, or if other files
    stand at `to`; then the site stays as it was.
    """
    folder = to or project.output / "site"
    refuse_other_files(folder)
    with locked_folder(project.output):
        repair_folder(folder)
        gone = find_losses(Snapshot(project))  # before the pages of codes that are lost go
        last = reusable_files(project, folder)
        book = gather_contents(project, published_addresses(last))
        if wrong := [*_wrong(project), *([] if book.shown or book.kept else [_nothing(book)])]:
            raise LeafletsError(*wrong)
        pages = WebsitePages(book, last)
        files = dict(_files(book, pages, progress or (lambda done, total: None)))
        if found := privacy.privacy_leaks(files, _secrets(project), project.output / CACHE):
            raise LeafletsError(*found)
        listed = _sums(files)
        remember_website(project, folder, listed[FILE_LIST])
        changed = replace_folder(folder, files | listed)
    drafts = sum(shown.draft for shown in book.shown.values())
    return PublishReport(
        folder=folder,
        files=len(files) + len(listed),
        changed=changed,
        bytes=sum(map(len, files.values())),
        ready=len(book.shown) - drafts,
        drafts=drafts,
        held=list(book.withheld.values()).count(DRAFT_STAGE),
        kept=len(book.kept),
        languages=len(book.languages),
        old=book.old,
        seal=hashlib.sha256(listed["SHA256SUMS"]).hexdigest(),
        problems=(*gone, *project.broken, *_unread(book), *pages.lost, *_heavy(files)),
        made_up=tuple(sorted(book.snapshot.made_up)),
    )


def _wrong(project: Project) -> list[Problem]:
    tags = [project.languages[code].tag for code in project.campaign.languages]
    where = str(project.leaflets_folder / "campaign.yaml")
    return [
        *website_addresses.name_problems(project.leaflets, tags),
        *contact_problems(project.campaign.publish, project.facts, where),
    ]


def _unread(book: WebsiteContents) -> list[Problem]:
    """Return why catalogues and ledgers of languages cannot be read: each costs its language alone."""
    broken = sorted(book.snapshot.broken.items())
    return list(
        dict.fromkeys(
            problem.at(language=code) for (code, _), error in broken for problem in error.problems
        )
    )


def _nothing(book: WebsiteContents) -> Problem:
    hint = (
        "leaflets check"
        if book.project.campaign.publish.drafts
        else "leaflets status; or write `publish:` and `drafts: yes` in campaign.yaml"
    )
    return Problem("site-empty", "no leaflet is ready to be published", hint=hint)


def _files(
    book: WebsiteContents, pages: WebsitePages, progress: Callable[[int, int], None]
) -> Iterator[WebsiteFile]:
    """Yield every file of the site but the lists of files."""
    total = 3 + len(book.shown) * 2 + len(book.leaflets) + len(book.languages)
    made: dict[str, bytes] = {}
    for done, (path, data) in enumerate(pages.all(), 1):
        made[path] = data
        progress(min(done, total), total)
    yield from made.items()
    yield from CodePages(book, pages).all()
    yield status_page(book, pages)
    yield from _style(book, pages, made)
    yield pages.page(
        "404.html", "notfound.html", pages.english, "Not found", root=_path(book), hidden=True
    )
    address = book.project.campaign.address
    readable = sorted(
        path
        for path, data in made.items()
        if path.endswith("index.html") and HIDDEN_MARK not in data
    )
    yield (
        "sitemap.xml",
        render_page(
            pages.folder,
            "sitemap.xml",
            address=address,
            paths=[path.removesuffix("index.html") for path in readable],
        ),
    )
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}/sitemap.xml\n".encode()
    yield "_headers", website_addresses.headers_file().encode()


def _path(book: WebsiteContents) -> str:
    """Return where the site stands on its server: the page for unknown addresses is shown at any of them."""
    return "/" + "".join(f"{part}/" for part in book.project.campaign.address.split("/")[3:])


def _style(
    book: WebsiteContents, pages: WebsitePages, made: dict[str, bytes]
) -> Iterator[WebsiteFile]:
    """Yield the style sheet, the scripts if the campaign wants them, and a font for each language whose script phones lack."""
    files: dict[str, str] = {}
    names: dict[str, str] = {}
    for language in book.languages:
        if not language.on_phones:
            for places, text in ((files, _text(book, language, made)), (names, language.endonym)):
                chars = web_fonts.font_letters(text)
                places[language.code] = path = web_fonts.web_font_file(language, chars)
                yield from pages.kept(path) or [(path, web_fonts.cut_font(language, chars))]
    style = (pages.folder / "style.css").read_text("utf-8")
    yield "style.css", (style + web_fonts.font_rules(book.languages, files, names)).encode()
    beside = KEEP if book.project.campaign.publish.offline else FORGET
    yield from ((path, (pages.folder / name).read_bytes()) for path, name in beside.items())


def _text(book: WebsiteContents, language: Language, made: dict[str, bytes]) -> str:
    own = website_addresses.language_page(language.tag)
    folders = tuple(
        website_addresses.leaflet_folder(leaflet.slug, language.tag) for leaflet in book.leaflets
    )
    pages = [
        data.decode()
        for path, data in made.items()
        if path.endswith(".html") and (path == own or path.startswith(folders))
    ]
    return "".join([language.endonym, *pages, *book.words(language, drafts=True).values()])


def _secrets(project: Project) -> list[privacy.PrivateValue]:
    """Return the values of every site file; one that cannot be read stops everything, for nobody knows what is in it."""
    sites = [project.site(code) for code in project.sites]
    facts = [
        text
        for fact in project.facts.values()
        for text in (fact.value, fact.display, fact.label, fact.detail, fact.source)
    ]
    english = [
        "".join(text_pieces(message.msgid))
        for domain in project.domains
        for message in project.domain(domain)
    ]
    return privacy.private_values(sites, [*facts, *english, project.campaign.name])


def _sums(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the lists by which a copy is verified: one for programs, one for `sha256sum -c`."""
    sums = {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())}
    rows = {path: {"sha256": sums[path], "bytes": len(files[path])} for path in sums}
    return {
        FILE_LIST: (json.dumps({"files": rows}, indent=0) + "\n").encode(),
        "SHA256SUMS": "".join(f"{sums[path]}  {path}\n" for path in sums).encode(),
    }


def _heavy(files: dict[str, bytes]) -> list[Problem]:
    hint = "split the leaflet in two"
    return [
        Problem(
            "site-heavy",
            f"{len(data)} bytes, more than {website_addresses.PAGE_BYTES}: slow on an old phone",
            path,
            hint,
            Severity.WARNING,
        )
        for path, data in files.items()
        if path.endswith(".html") and len(data) > website_addresses.PAGE_BYTES
    ]
