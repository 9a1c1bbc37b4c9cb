"""Gather what the website shows, and why other leaflets are not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from generator.campaign.printers import DEFAULT_PRINTER
from generator.campaign.project import Project
from generator.editions import manifest
from generator.editions.content import printed_messages, state_of_numbers
from generator.editions.fingerprint import content_digest
from generator.editions.manifest import EditionRecord
from generator.editions.obstacles import edition_errors
from generator.editions.record import read_printings
from generator.layout.leaflet_parts import leaflet_parts
from generator.layout.stage import EditionState, edition_stage
from generator.model import Edition, Language, Leaflet, State, Translation
from generator.problem import LeafletsError
from generator.review.printing import Printing
from generator.review.snapshot import Snapshot
from generator.review.source_texts import WHOLE_ID
from generator.review.state import is_disputed
from generator.website.addresses import leaflet_folder
from generator.website.contents import DRAFT_STAGE, ShownLeaflet, WebsiteContents
from generator.website.kept_pages import make_kept_page
from generator.website.page_templates import LinkedComposer
from generator.website.proof import required_text


def gather_contents(project: Project, published: Iterable[tuple[str, str]] = ()) -> WebsiteContents:
    """Return what the website shows; a leaflet that cannot be read or printed costs itself alone.

    `published` are the leaflets that the last website had, each with the tag of the language.
    """
    contents = WebsiteContents(project, Snapshot(project))
    records = manifest.read_manifest(project.output).values()
    public: dict[tuple[str, str], list[EditionRecord]] = {}
    for record in records:
        if record.path and not record.site:
            public.setdefault((record.leaflet, record.language), []).append(record)
    for slug, leaflet in project.leaflets.items():
        for code in project.campaign.languages:
            try:
                _add(contents, leaflet, project.languages[code], public.get((slug, code), []))
            except LeafletsError as error:
                contents.withheld[slug, code] = error.problems[0].what
    _keep_printed(contents)
    for slug, code in sorted(contents.withheld.keys() - contents.kept.keys()):
        if _was_ready(contents.snapshot, project.leaflets[slug], code):
            keep_page(contents, slug, code)

    # An address that the last website had stays, whatever became of its leaflet.
    codes = {language.tag.lower(): code for code, language in project.languages.items()}
    for slug, tag in published:
        if leaflet_folder(slug, tag) not in contents.folders:
            keep_page(contents, slug, codes.get(tag, tag))
    return contents


def _add(
    contents: WebsiteContents, leaflet: Leaflet, language: Language, records: list[EditionRecord]
) -> None:
    snapshot, campaign = contents.snapshot, contents.project.campaign
    key = leaflet.slug, language.code
    sheets = leaflet.sheets or campaign.sheets
    if not snapshot.started(language.code, leaflet.slug):
        contents.withheld[key] = EditionState.WAITING
        return
    edition = Edition(leaflet.slug, language.code, sheets[0])
    if wrong := edition_errors(snapshot, edition):
        raise LeafletsError(*wrong)

    texts = snapshot.edition_texts(edition)
    composer = LinkedComposer(language, snapshot.facts, texts, campaign)
    numbers = state_of_numbers(snapshot, leaflet, texts)
    laid = leaflet_parts(composer, leaflet, contents.project.theme, numbers)
    if laid.stage.name == DRAFT_STAGE and not campaign.publish.drafts:
        contents.withheld[key] = DRAFT_STAGE
        return
    # Somebody says that a sentence is wrong: its page stays, for codes on paper lead there, but
    # says only what is sure.
    if any(is_disputed(text) for text in composer.used.values()):
        contents.withheld[key] = DRAFT_STAGE
        keep_page(contents, *key)
        return
    # A PDF that says something else than the page beside it must not be offered.
    pdfs = tuple(_current(contents, sheets, records))
    contents.old += len(sheets) - len(pdfs)
    said = required_text(composer)
    contents.shown[key] = ShownLeaflet(leaflet, language, laid, texts, pdfs, said)


def _current(
    contents: WebsiteContents, sheets: tuple[str, ...], records: list[EditionRecord]
) -> Iterator[EditionRecord]:
    """Yield the PDFs that stand in the output folder and say what the campaign says now."""
    place = contents.project.sheet_place
    for record in sorted(records, key=lambda record: place(record.sheet)):
        offered = record.sheet in sheets and not record.other and record.printer == DEFAULT_PRINTER
        if (
            offered
            and manifest.is_intact(contents.project.output, record)
            and record.content == content_digest(contents.snapshot, record.of)
        ):
            yield record


def _keep_printed(contents: WebsiteContents) -> None:
    """Keep a page at every printed address; at those of drafts only where drafts are shown."""
    drafts = contents.project.campaign.publish.drafts
    printings: dict[tuple[str, str], list[Printing]] = {}
    for record in read_printings(contents.project):
        if drafts or record.state == State.READY:
            printings.setdefault((record.leaflet, record.language), []).append(record)
    for (slug, code), found in printings.items():
        if (slug, code) not in contents.shown:
            keep_page(contents, slug, code, found)


def _was_ready(snapshot: Snapshot, leaflet: Leaflet, code: str) -> bool:
    """Tell whether a leaflet was ready before a sentence was disputed or its English changed."""
    with suppress(LeafletsError):
        texts = snapshot.edition_texts(Edition(leaflet.slug, code, ""))
        used = {name: texts[name] for name in printed_messages(leaflet, texts)}
        hurt = {name for name, text in used.items() if _is_hurt(text)}
        hurt |= _disputed_source(snapshot, leaflet) & used.keys()
        whole = all(text.state is State.READY for name, text in used.items() if name not in hurt)
        # Where a sentence of the source changed, the leaflet as a whole is another one too.
        numbers = state_of_numbers(snapshot, leaflet, texts, {*hurt, WHOLE_ID})
        return bool(hurt) and whole and edition_stage(numbers, True, False).name != DRAFT_STAGE
    return False


def _is_hurt(text: Translation) -> bool:
    return is_disputed(text) or text.state is State.STALE


def _disputed_source(snapshot: Snapshot, leaflet: Leaflet) -> set[str]:
    """Return the ids of sentences that somebody calls wrong in the source."""
    source = Edition(leaflet.slug, snapshot.project.campaign.source, "")
    return {name for name, text in snapshot.edition_texts(source).items() if is_disputed(text)}


def keep_page(
    contents: WebsiteContents, slug: str, code: str, printings: Iterable[Printing] = ()
) -> None:
    """Put what can still be said of a leaflet in a language in the place of the leaflet."""
    contents.shown.pop((slug, code), None)
    language = contents.project.languages.get(code, contents.project.languages["en"])
    gap = contents.both(language, "gap").markup
    contents.kept[slug, code] = make_kept_page(contents.snapshot, slug, code, gap, printings)
