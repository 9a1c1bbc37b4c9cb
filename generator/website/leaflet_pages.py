"""The pages of leaflets with all that can be kept, and the proof that nothing is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from generator.audio import recorder
from generator.audio.recorder import Recording
from generator.audio.recording_state import WHOLE_LEAFLET
from generator.base.digests import digest
from generator.blocks.event import EVENT_KIND
from generator.campaign.pictures import PICTURE_PREFIX, picture_markup
from generator.editions.calendar import calendar_file
from generator.editions.calendar_files import calendar_event
from generator.editions.manifest import EditionRecord
from generator.problem import LeafletsError
from generator.website import addresses
from generator.website.contents import ShownLeaflet, website_word
from generator.website.gathering import keep_page
from generator.website.page_maker import PageMaker
from generator.website.page_templates import WebsiteFile
from generator.website.picture import PICTURE_FORM, page_pictures
from generator.website.plain_text import leaflet_text
from generator.website.proof import prove_page
from generator.website.wrong_page import wrong_page

_LARGE_PRINT = "large-print"
_EAR = f"{PICTURE_PREFIX}ear"


def proved_leaflets(maker: PageMaker) -> Iterator[WebsiteFile]:
    """Yield the files of every leaflet whose page says all that it must say.

    Where one does not, a page with what is sure takes its place, and `maker.lost` says why.
    """
    for (slug, code), shown in list(maker.contents.shown.items()):
        try:
            files = [*leaflet_files(maker, shown), wrong_page(maker, shown)]
            prove_page(dict(files)[f"{shown.folder}index.html"], shown.said)
        except LeafletsError as error:
            maker.lost += [problem.at(leaflet=slug, language=code) for problem in error.problems]
            keep_page(maker.contents, slug, code)
        else:
            yield from files


def leaflet_files(maker: PageMaker, shown: ShownLeaflet) -> Iterator[WebsiteFile]:
    """Yield one leaflet in one language: its page, PDFs, pictures, dates, sounds and text."""
    folder, language, laid = shown.folder, shown.language, shown.laid
    pdfs = {record.path.rpartition("/")[2]: record for record in shown.pdfs}
    pictures = list(_pictures(maker, shown))
    dates = list(_dates(maker, shown))
    sounds = {one.message: one for one in _sounds(maker, shown)}

    for name, pdf in pdfs.items():
        yield folder + name, (maker.project.output / pdf.path).read_bytes()
    yield from pictures
    yield from dates
    yield from ((folder + _sound_name(one), one.path.read_bytes()) for one in sounds.values())
    yield f"{folder}leaflet.txt", _text(maker, shown)
    yield maker.page(
        f"{folder}index.html",
        "leaflet.html",
        language,
        laid.plain_title,
        shown,
        laid=laid,
        all=addresses.language_page(language.tag),
        untranslated=laid.untranslated and laid.untranslated.markup,
        files=[_pdf_row(name, pdf) for name, pdf in pdfs.items()],
        pictures=[
            {"path": path.removeprefix(folder), "kilobytes": kilobytes(len(data))}
            for path, data in pictures
        ],
        sounds={
            name: {"path": _sound_name(one), "number": number}
            for number, (name, one) in enumerate(sounds.items(), 1)
        },
        voice_gone=maker.says_voice_gone(language.code, shown.leaflet.slug),
        ear=_ear(maker, shown) if WHOLE_LEAFLET in sounds else "",
        dates=[path.removeprefix(folder) for path, _ in dates],
        date=website_word(shown.texts["word.date"], language, shown.draft),
        english_title=shown.leaflet.title.msgid,
        dated=f"{shown.leaflet.dated:%-d %B %Y}",
    )


def _pictures(maker: PageMaker, shown: ShownLeaflet) -> Iterator[WebsiteFile]:
    """Yield the pages of the smallest PDF as pictures; their names tell of which bytes."""
    small = next((record for record in shown.pdfs if record.sheet != _LARGE_PRINT), None)
    if not small:
        return
    stem = f"{shown.folder}{small.code.lower()}-{digest(small.sha256, PICTURE_FORM)[:8]}"
    found = maker.reusable(f"{stem}-*.png")
    if len(found) == small.pages:
        yield from found
        return
    pdf = (maker.project.output / small.path).read_bytes()
    for number, data in enumerate(page_pictures(pdf), 1):
        yield f"{stem}-{number}.png", data


def _dates(maker: PageMaker, shown: ShownLeaflet) -> Iterator[WebsiteFile]:
    """Yield a calendar file for each event; a draft's says so in its name, as its PDF does."""
    for block in shown.leaflet.blocks:
        if block.kind == EVENT_KIND.name:
            event = calendar_event(
                maker.contents.snapshot, shown.leaflet, shown.language.code, block
            )
            name = f"{shown.folder}{block.id}{shown.laid.stage.ending}.ics"
            yield name, calendar_file(event)


def _sounds(maker: PageMaker, shown: ShownLeaflet) -> list[Recording]:
    """Return what may be heard here: the whole leaflet if there is that, else sentences."""
    slug, code = shown.leaflet.slug, shown.language.code
    if not recorder.recordings_folder(maker.project, code, slug).is_dir():
        return []
    found = recorder.leaflet_recordings(maker.project, code, slug)
    read = [one for one in found if one.published]
    return [one for one in read if one.message == WHOLE_LEAFLET] or read


def _sound_name(one: Recording) -> str:
    """Return the name of a recording on the website; a new one has a new name."""
    return f"{one.message}-{one.sha256[:8]}{one.path.suffix}"


def _ear(maker: PageMaker, shown: ShownLeaflet) -> Markup:
    """Return the picture that says "listen", in English where nobody has read the word."""
    said = website_word(shown.texts[f"word.{_EAR}"], shown.language, shown.draft)
    drawn = picture_markup(maker.project.theme, _EAR, said.striptags())
    return Markup('<span lang="en">{}</span>').format(drawn) if "<span" in said else drawn


def _text(maker: PageMaker, shown: ShownLeaflet) -> bytes:
    """Return a leaflet as text; its first character tells every program that it is UTF-8."""
    notice = maker.notice(shown.language, shown) if shown.draft else None
    own, english = (notice["own"], notice["english"]) if notice else ("", "")
    below = [
        english if english != own else "",
        f"{maker.campaign.address}/{shown.folder}",
        *(record.code for record in shown.pdfs[:1]),
    ]
    rtl = shown.language.direction == "rtl"
    return f"\ufeff{leaflet_text(shown.laid, rtl, own, filter(None, below))}".encode()


def _pdf_row(name: str, record: EditionRecord) -> dict[str, Any]:
    return {
        "path": name,
        "size": record.sheet,
        "large": record.sheet == _LARGE_PRINT,
        "kilobytes": kilobytes(record.bytes),
        "code": record.code,
    }


def kilobytes(count: int) -> int:
    """Return a size in bytes as whole kilobytes, at least 1."""
    return max(1, round(count / 1000))
