"""Which leaflets the residents' site shows in which language, and why the others are not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from generator.campaign.printers import DEFAULT_PRINTER
from generator.campaign.project import Project
from generator.campaign.state_sentences import vouched_text
from generator.editions import manifest
from generator.editions import record as editions_record
from generator.editions.manifest import EditionRecord
from generator.editions.plan import (
    content_digest,
    edition_errors,
    printed_messages,
    state_of_numbers,
)
from generator.layout.leaflet_parts import LeafletParts, leaflet_parts
from generator.layout.stage import EditionState, edition_stage
from generator.model import Edition, Language, Leaflet, State, Translation
from generator.problem import LeafletsError
from generator.review.recall_rules import Printing
from generator.review.snapshot import Snapshot
from generator.review.state import is_disputed
from generator.website import addresses as website_addresses
from generator.website.kept_pages import BothLanguages, KeptPage, in_both_languages, make_kept_page
from generator.website.page_templates import PAGE, LinkedComposer
from generator.website.proof import RequiredText, required_text

DRAFT_STAGE = EditionState.DRAFT
FIRST = "residents"
"""The audience whose leaflets stand first."""


@dataclass(frozen=True)
class ShownLeaflet:
    """One leaflet in one language as the site shows it, with the PDFs that say the same."""

    leaflet: Leaflet
    language: Language
    laid: LeafletParts
    texts: dict[str, Translation]
    """What it says, by msgctxt."""
    pdfs: tuple[EditionRecord, ...]
    said: RequiredText
    """Every message and value that its page must show."""

    @property
    def draft(self) -> bool:
        """Whether nobody, or not enough people, stand behind it."""
        return self.laid.state is not State.READY


@dataclass
class WebsiteContents:
    """Everything the site shows, by leaflet and language."""

    project: Project
    snapshot: Snapshot
    shown: dict[tuple[str, str], ShownLeaflet] = field(default_factory=dict)
    kept: dict[tuple[str, str], KeptPage] = field(default_factory=dict)
    """What can still be said at addresses that were printed, where the leaflet itself is not shown."""
    withheld: dict[tuple[str, str], str] = field(default_factory=dict)
    """Why a leaflet is not shown in a language: `draft`, `waiting`, or what is wrong with it."""
    old: int = 0
    """PDFs that are missing, or say something else than the campaign says now."""

    @property
    def languages(self) -> list[Language]:
        """The languages in which something is shown, in the campaign's order."""
        found = {code for _, code in (*self.shown, *self.kept)}
        return [
            self.project.languages[code]
            for code in self.project.campaign.languages
            if code in found
        ]

    @property
    def leaflets(self) -> list[Leaflet]:
        """The leaflets that are shown, those for residents first."""
        found = {slug for slug, _ in (*self.shown, *self.kept)}
        return sorted(
            (leaflet for leaflet in self.project.leaflets.values() if leaflet.slug in found),
            key=lambda leaflet: (leaflet.audience != FIRST, leaflet.slug),
        )

    def words(self, language: Language, drafts: bool) -> dict[str, Markup]:
        """Return the words of the site in a language; what nobody has read stands in English unless `drafts` says otherwise."""
        return {
            text.message.msgctxt.removeprefix("word."): website_word(
                vouched_text(text, language.code, PAGE), language, drafts
            )
            for text in self.texts(language, PAGE).values()
        }

    def both(self, language: Language, name: str) -> BothLanguages:
        """Return a word of the site in a language, with the source while it is unread; what tells a state only as shipped or signed."""
        return in_both_languages(
            vouched_text(self.texts(language, PAGE)[f"word.{name}"], language.code, PAGE), language
        )

    def kept_says(self, kept: KeptPage, language: Language) -> BothLanguages:
        """Return why a page shows only what is sure: it is being corrected, or its leaflet is gone."""
        return self.both(language, "reason-gone" if kept.gone else "correcting")

    def unread(self, language: Language) -> bool:
        """Tell whether the site says something in a language that nobody has read."""
        return any(
            text.msgstr and text.state is not State.READY
            for text in self.texts(language, PAGE).values()
        )

    def texts(self, language: Language, domain: str) -> dict[str, Translation]:
        """Return the words of a domain; in the source language where the catalogue or the ledger of the language cannot be read."""
        try:
            return self.snapshot.texts(language.code, domain)
        except LeafletsError:
            return {
                message.msgctxt: Translation(message, "", State.MISSING)
                for message in self.project.domain(domain)
            }

    @property
    def addresses(self) -> set[str]:
        """The folders of all leaflets that have a page."""
        tags = {(slug, code): shown.language.tag for (slug, code), shown in self.shown.items()}
        tags |= {key: kept.tag for key, kept in self.kept.items()}
        return {website_addresses.leaflet_folder(slug, tag) for (slug, _), tag in tags.items()}


def website_word(text: Translation, language: Language, drafts: bool) -> Markup:
    """Return a word of the site or of the theme as markup: in English if nobody has read it and `drafts` does not allow that."""
    if text.msgstr and (text.state is State.READY or (drafts and text.state is not State.STALE)):
        return escape(text.msgstr)
    english = escape(text.message.msgid)
    return (
        english
        if language.code == "en"
        else Markup('<span lang="en" dir="ltr">{}</span>').format(english)
    )


def gather_contents(project: Project, published: Iterable[tuple[str, str]] = ()) -> WebsiteContents:
    """Return what the site shows; a leaflet that cannot be read or printed costs itself alone.

    `published` are the leaflets that the last site had, each with the tag of the language.
    """
    snapshot = Snapshot(project)
    book = WebsiteContents(project, snapshot)
    records = [
        record
        for record in manifest.read_manifest(project.output).values()
        if not record.site and record.path
    ]
    for slug, leaflet in project.leaflets.items():
        for code in project.campaign.languages:
            found = [
                record for record in records if (record.leaflet, record.language) == (slug, code)
            ]
            try:
                _add(book, leaflet, project.languages[code], found)
            except LeafletsError as error:
                book.withheld[slug, code] = error.problems[0].what
    _keep_printed(book)
    for slug, code in sorted(book.withheld.keys() - book.kept.keys()):
        if _was_ready(book.snapshot, project.leaflets[slug], code):
            keep_page(book, slug, code)
    _keep_published(book, published)
    return book


def _keep_published(book: WebsiteContents, published: Iterable[tuple[str, str]]) -> None:
    """Keep a page at every address that the last site had."""
    codes = {language.tag.lower(): code for code, language in book.project.languages.items()}
    for slug, tag in published:
        if website_addresses.leaflet_folder(slug, tag) not in book.addresses:
            keep_page(book, slug, codes.get(tag, tag))


def _was_ready(snapshot: Snapshot, leaflet: Leaflet, code: str) -> bool:
    """Tell whether a leaflet would be ready, had nobody said that a sentence is wrong and had no source changed."""
    with suppress(LeafletsError):
        texts = snapshot.edition_texts(Edition(leaflet.slug, code, ""))
        used = [texts[name] for name in printed_messages(leaflet, texts)]
        hurt = [text for text in used if is_disputed(text) or text.state is State.STALE]
        whole = all(text.state is State.READY for text in used if text not in hurt)
        return (
            bool(hurt)
            and whole
            and edition_stage(state_of_numbers(snapshot, leaflet, texts), True, False).name
            != DRAFT_STAGE
        )
    return False


def _keep_printed(book: WebsiteContents) -> None:
    """Keep a page at every address that was ever printed; of drafts only where the site shows drafts."""
    drafts = book.project.campaign.publish.drafts
    printings: dict[tuple[str, str], list[Printing]] = {}
    for record in editions_record.read_printings(book.project.output):
        if drafts or record.state == State.READY:
            printings.setdefault((record.leaflet, record.language), []).append(record)
    for (slug, code), found in printings.items():
        if (slug, code) not in book.shown:
            keep_page(book, slug, code, found)


def keep_page(
    book: WebsiteContents, slug: str, code: str, printings: Iterable[Printing] = ()
) -> None:
    """Put what can still be said of a leaflet in a language into the book, in the place of the leaflet."""
    book.shown.pop((slug, code), None)
    language = book.project.languages.get(code, book.project.languages["en"])
    book.kept[slug, code] = make_kept_page(
        book.snapshot, slug, code, book.both(language, "gap").markup, printings
    )


def _add(
    book: WebsiteContents, leaflet: Leaflet, language: Language, records: list[EditionRecord]
) -> None:
    snapshot, key = book.snapshot, (leaflet.slug, language.code)
    sheets = leaflet.sheets or book.project.campaign.sheets
    edition = Edition(leaflet.slug, language.code, sheets[0])
    if not snapshot.started(language.code, leaflet.slug):
        book.withheld[key] = EditionState.WAITING
        return
    if wrong := edition_errors(snapshot, edition):
        raise LeafletsError(*wrong)
    texts = snapshot.edition_texts(edition)
    composer = LinkedComposer(language, snapshot.facts, texts, book.project.campaign)
    laid = leaflet_parts(
        composer, leaflet, snapshot.project.theme, state_of_numbers(snapshot, leaflet, texts)
    )
    if laid.stage.name == DRAFT_STAGE and not book.project.campaign.publish.drafts:
        book.withheld[key] = DRAFT_STAGE
        return
    if any(is_disputed(text) for text in composer.used.values()):
        book.withheld[key] = DRAFT_STAGE
        keep_page(book, *key)
        return
    pdfs = tuple(_current(book, sheets, records))
    book.old += len(sheets) - len(pdfs)
    book.shown[key] = ShownLeaflet(leaflet, language, laid, texts, pdfs, required_text(composer))


def _current(
    book: WebsiteContents, sheets: tuple[str, ...], records: list[EditionRecord]
) -> Iterator[EditionRecord]:
    """Yield the PDFs that stand in the output folder and say what the campaign says now."""
    for record in sorted(
        records,
        key=lambda record: book.project.sheet_place(record.sheet),
    ):
        offered = record.sheet in sheets and not record.other and record.printer == DEFAULT_PRINTER
        if (
            offered
            and manifest.is_intact(book.project.output, record)
            and record.content == content_digest(book.snapshot, record.of)
        ):
            yield record
