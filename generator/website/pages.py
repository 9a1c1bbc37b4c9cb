"""The pages of the residents' site as files: languages, leaflets, and what to say when a sentence is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator.audio import recorder
from generator.audio.recorder import Recording
from generator.audio.recording_state import WHOLE_LEAFLET, Voice
from generator.base.digests import digest
from generator.base.short_codes import row_code
from generator.campaign import thanks
from generator.campaign.contact_ways import CONTACT_WAYS, WAY_NAMES, contact_link, prepared_message
from generator.campaign.facts import fact_link, printed_value
from generator.campaign.pictures import PICTURE_PREFIX, picture_markup
from generator.campaign.project import KEPT_PAGE
from generator.campaign.settings import SHARED_DOMAIN
from generator.campaign.shipped import shipped_templates
from generator.campaign.state_sentences import state_sentence
from generator.editions.calendar import calendar_file
from generator.editions.calendar_files import calendar_event
from generator.editions.manifest import EditionRecord
from generator.editions.plan import problems_of_fact
from generator.layout.parts import PartText
from generator.layout.stage import EXAMPLE_READY, UNKNOWN, UNREAD, made_by_machine
from generator.model import BlockKind, Fact, Language, State
from generator.problem import LeafletsError, Problem, errors_among
from generator.website import addresses
from generator.website.contents import ShownLeaflet, WebsiteContents, keep_page, website_word
from generator.website.kept_pages import KeptPage
from generator.website.page_templates import PAGE, render_page
from generator.website.picture import PICTURE_FORM, page_pictures
from generator.website.plain_text import leaflet_sentences, leaflet_text
from generator.website.proof import RequiredText, missing_text

WebsiteFile = tuple[str, bytes]
LARGE = "large-print"
LOST = (
    "compare templates/site/parts.html of the campaign with the shipped one; the page is left out"
)
EAR = f"{PICTURE_PREFIX}ear"
CALL = "phone"
"""The way to hear that needs no message, only words to say."""


class WebsitePages:
    """Makes the pages of one book; `kept` returns a file of the site as it is, to save drawing pictures again."""

    def __init__(self, book: WebsiteContents, kept: Callable[[str], list[WebsiteFile]]) -> None:
        self.book, self.kept = book, kept
        self.lost: list[Problem] = []
        """Why leaflets are not shown whose page would not say everything."""
        self.project, self.campaign = book.project, book.project.campaign
        self.folder = self.project.page(PAGE)
        self.english = self.project.languages["en"]
        self.thanks = thanks.read_thanks(
            self.project.locales / thanks.THANKS_FILE, self.project.languages
        )

    def page(
        self,
        path: str,
        name: str,
        language: Language,
        title: str,
        draft: ShownLeaflet | None = None,
        folder: Path | None = None,
        **more: Any,
    ) -> WebsiteFile:
        """Return one page; with `draft` it carries that leaflet's notice, or none if the leaflet is ready."""
        own = self.campaign.publish.drafts if draft is None else draft.draft
        notice = self.notice(language, draft) if own or self.book.snapshot.example else None
        words = self.book.words(language, own)
        common = {
            "root": addresses.way_to_root(path), "language": language, "title": title, "campaign": self.campaign.name,
            "policy": addresses.WEBSITE_POLICY,
            "offline": self.campaign.publish.offline and self.offline(language), "notice": notice, "hidden": bool(notice), "words": words,
        }  # fmt: skip
        return path, render_page(folder or self.folder, name, page=common | more)

    def notice(self, language: Language, draft: ShownLeaflet | None) -> dict[str, str] | None:
        """Return the notice of a draft or of the example, in the language and in English; None where everything is read."""
        example = self.book.snapshot.example
        if draft is None and not example and not self.book.unread(language):
            return None
        stage = UNREAD if made_by_machine(self.book.texts(language, PAGE).values()) else UNKNOWN
        name = (EXAMPLE_READY if example else stage).band
        band = (
            draft.laid.band
            if draft
            else state_sentence(self.book.texts(language, SHARED_DOMAIN), name, language.code)
        )
        return {"own": band.msgstr or band.message.msgid, "english": band.message.msgid}

    def all(self) -> Iterator[WebsiteFile]:
        """Yield every page about languages and leaflets; a leaflet whose page loses words makes room for what is sure."""
        leaflets = list(self.leaflets())
        languages = [
            {"path": addresses.language_page(one.tag), "language": one}
            for one in self.book.languages
        ]
        yield self.page(
            "index.html", "choose.html", self.english, self.campaign.name, languages=languages
        )
        for language in dict.fromkeys((self.english, *self.book.languages)):
            yield self.page(self.offline(language), "offline.html", language, self.campaign.name)
        for language in self.book.languages:
            yield self.language(language)
        for slug in dict.fromkeys(
            (
                *(leaflet.slug for leaflet in self.book.leaflets),
                *(slug for slug, _ in self.book.kept),
            )
        ):
            yield self.others(slug)
        for kept in self.book.kept.values():
            yield self.kept_page(kept)
        yield from leaflets

    def leaflets(self) -> Iterator[WebsiteFile]:
        """Yield the files of every leaflet whose page says all that it must say; note the others in `lost`."""
        for (slug, code), shown in list(self.book.shown.items()):
            files = self.proved(shown)
            yield from files
            if not files:
                keep_page(self.book, slug, code)

    def proved(self, shown: ShownLeaflet) -> list[WebsiteFile]:
        """Return the files of a leaflet, nothing if its page cannot be made or lacks anything that it must say."""
        made: list[WebsiteFile] = []

        def page() -> WebsiteFile:
            made.extend((*self.leaflet(shown), self.wrong(shown)))
            return next(file for file in made if file[0] == folder + "index.html")

        folder = addresses.leaflet_folder(shown.leaflet.slug, shown.language.tag)
        found = self.faults(page, shown.said)
        self.lost += [
            problem.at(leaflet=shown.leaflet.slug, language=shown.language.code)
            for problem in found
        ]
        return [] if found else made

    def faults(self, page: Callable[[], WebsiteFile], said: RequiredText) -> list[Problem]:
        """Return why a page must not be shown: it cannot be made, or lacks something that it must say."""
        try:
            missing = missing_text(page()[1].decode(), said)
        except LeafletsError as error:
            return list(error.problems)
        return (
            [Problem("site-lost", f"the page does not show: {' · '.join(missing[:3])}", hint=LOST)]
            if missing
            else []
        )

    def kept_page(self, kept: KeptPage) -> WebsiteFile:
        """Return the page at a printed address with what can be said, and drawn, while the leaflet is not shown."""
        ours, says = shipped_templates(PAGE), self.book.kept_says(kept, kept.language)
        own = [self.folder] if (self.folder / KEPT_PAGE).is_file() else []
        for one, folder in [*((kept, folder) for folder in own), (kept, ours), (kept.bare, ours)]:
            found = self.faults(
                lambda one=one, folder=folder: self.draw_kept(one, folder),  # type: ignore[misc]
                one.said.also(says.own, says.english),
            )
            if not found:
                return self.draw_kept(one, folder)
            self.lost += [
                problem.at(leaflet=kept.slug, language=kept.language.code) for problem in found
            ]
        return self.draw_kept(kept.silent, ours)

    def draw_kept(self, kept: KeptPage, folder: Path) -> WebsiteFile:
        """Return the page at a printed address as the templates of a folder draw it."""
        language = kept.language
        says = self.book.kept_says(kept, language)
        title = kept.heading.striptags() or says.own or says.english
        return self.page(
            addresses.leaflet_folder(kept.slug, kept.tag) + "index.html", KEPT_PAGE, language, title, folder=folder,
            kept=kept, says=says, hidden=True, sounds={}, untranslated="",
            all=addresses.language_page(language.tag) if language in self.book.languages else "index.html",
        )  # fmt: skip

    def offline(self, language: Language) -> str:
        """Return the page about what the phone keeps, in a language if something is shown in it."""
        return addresses.offline_page(
            language.tag if language in self.book.languages and language is not self.english else ""
        )

    def language(self, language: Language) -> WebsiteFile:
        """Return the page with all leaflets in one language."""
        path = addresses.language_page(language.tag)
        rows = [
            (leaflet, self.book.shown.get((leaflet.slug, language.code)))
            for leaflet in self.book.leaflets
        ]
        kept = [
            self.book.kept.get((leaflet.slug, language.code))
            for leaflet, shown in rows
            if not shown
        ]
        there = [_entry(path, shown) for _, shown in rows if shown] + [
            _kept_entry(path, one) for one in kept if one
        ]
        missing = [
            leaflet.slug
            for leaflet, shown in rows
            if not shown and (leaflet.slug, language.code) not in self.book.kept
        ]
        waiting = [self.book.shown.get((slug, "en")) for slug in missing]
        return self.page(
            path, "language.html", language, language.endonym,
            leaflets=there, waiting=[_entry(path, shown) for shown in waiting if shown], thanks=self.thanks.get(language.code, ()),
        )  # fmt: skip

    def others(self, slug: str) -> WebsiteFile:
        """Return the page with one leaflet in all languages: the address printed on paper."""
        path = f"{slug}/index.html"
        found = [shown for (leaflet, _), shown in self.book.shown.items() if leaflet == slug]
        kept = [one for (leaflet, _), one in self.book.kept.items() if leaflet == slug]
        leaflet = self.project.leaflets.get(slug)
        title = leaflet.title.msgid if leaflet else self.book.both(self.english, "reason-gone").own
        entries = [_entry(path, shown) for shown in found] + [
            _kept_entry(path, one) for one in kept
        ]
        return self.page(path, "others.html", self.english, title, leaflets=entries)

    def leaflet(self, shown: ShownLeaflet) -> Iterator[WebsiteFile]:
        """Yield one leaflet in one language: its page, PDFs, pictures and text."""
        folder = addresses.leaflet_folder(shown.leaflet.slug, shown.language.tag)
        pdfs = {record.path.rpartition("/")[2]: record for record in shown.pdfs}
        for name, pdf in pdfs.items():
            yield folder + name, (self.project.output / pdf.path).read_bytes()
        drawn = list(self.pictures(folder, shown.pdfs))
        yield from drawn
        dates, sounds = (
            list(self.dates(folder, shown)),
            {one.message: one for one in self.sounds(shown)},
        )
        yield from dates
        yield from ((folder + _sound(one), one.path.read_bytes()) for one in sounds.values())
        yield folder + "leaflet.txt", self.text(shown, folder)
        yield self.page(
            folder + "index.html", "leaflet.html", shown.language, shown.laid.plain_title, shown,
            laid=shown.laid, all=addresses.language_page(shown.language.tag),
            untranslated=shown.laid.untranslated and shown.laid.untranslated.markup,
            files=[_file(name, pdf) for name, pdf in pdfs.items()],
            pictures=[{"path": path.removeprefix(folder), "kilobytes": kilobytes(len(data))} for path, data in drawn],
            sounds={name: {"path": _sound(one), "number": number} for number, (name, one) in enumerate(sounds.items(), 1)},
            ear=self.ear(shown) if WHOLE_LEAFLET in sounds else "",
            dates=[path.removeprefix(folder) for path, _ in dates], date=website_word(shown.texts["word.date"], shown.language, shown.draft),
            english_title=shown.leaflet.title.msgid, dated=f"{shown.leaflet.dated:%-d %B %Y}",
        )  # fmt: skip

    def pictures(self, folder: str, pdfs: tuple[EditionRecord, ...]) -> Iterator[WebsiteFile]:
        """Yield the pages of the smallest PDF as pictures; their names tell of which bytes."""
        small = next((record for record in pdfs if record.sheet != LARGE), None)
        if not small:
            return
        stem = f"{folder}{small.code.lower()}-{digest(small.sha256, PICTURE_FORM)[:8]}"
        found = self.kept(f"{stem}-*.png")
        if len(found) == small.pages:
            yield from found
            return
        for number, data in enumerate(
            page_pictures((self.project.output / small.path).read_bytes()), 1
        ):
            yield f"{stem}-{number}.png", data

    def dates(self, folder: str, shown: ShownLeaflet) -> Iterator[WebsiteFile]:
        """Yield a calendar file for each event; that of a draft says so in its name, as its PDF does."""
        for block in shown.leaflet.blocks:
            if block.kind is BlockKind.EVENT:
                name = f"{folder}{block.id}{shown.laid.stage.ending}.ics"
                yield (
                    name,
                    calendar_file(
                        calendar_event(
                            self.book.snapshot, shown.leaflet, shown.language.code, block
                        )
                    ),
                )

    def sounds(self, shown: ShownLeaflet) -> list[Recording]:
        """Return the recordings that people have read, the whole leaflet alone where there is one."""
        slug, code = shown.leaflet.slug, shown.language.code
        if not recorder.recordings_folder(self.project, code, slug).is_dir():
            return []
        read = [
            one
            for one in recorder.leaflet_recordings(self.project, code, slug)
            if one.state is Voice.READ
        ]
        return [one for one in read if one.message == WHOLE_LEAFLET] or read

    def ear(self, shown: ShownLeaflet) -> Markup:
        """Return the picture that says "listen", in English where nobody has read the word."""
        said = website_word(shown.texts[f"word.{EAR}"], shown.language, shown.draft)
        drawn = picture_markup(self.project.theme, EAR, said.striptags())
        return Markup('<span lang="en">{}</span>').format(drawn) if "<span" in said else drawn

    def text(self, shown: ShownLeaflet, folder: str) -> bytes:
        """Return a leaflet as text; its first character tells every program that it is UTF-8."""
        notice = self.notice(shown.language, shown) if shown.draft else None
        own, english = (notice["own"], notice["english"]) if notice else ("", "")
        below = [
            english if english != own else "",
            f"{self.campaign.address}/{folder}",
            *(record.code for record in shown.pdfs[:1]),
        ]
        text = leaflet_text(shown.laid, shown.language.direction == "rtl", own, filter(None, below))
        return f"\ufeff{text}".encode()

    def wrong(self, shown: ShownLeaflet) -> WebsiteFile:
        """Return the page on which somebody says which sentence is wrong."""
        path = addresses.leaflet_folder(shown.leaflet.slug, shown.language.tag) + "wrong/index.html"
        rows = {
            text.name: self.sentence(shown, text, markup)
            for text, markup in leaflet_sentences(shown.laid)
        }
        hear = self.hear()
        call = (
            Markup('<a href="{}" dir="ltr">{}</a>').format(
                fact_link(hear[CALL]), printed_value(hear[CALL])
            )
            if CALL in hear
            else ""
        )
        return self.page(
            path, "wrong.html", shown.language, shown.laid.plain_title, shown,
            leaflet_title=shown.laid.title.markup, sentences=list(rows.values()), call=call, hidden=True,
        )  # fmt: skip

    def sentence(self, shown: ShownLeaflet, text: PartText, markup: Markup) -> dict[str, Any]:
        """Return one sentence with its code, and the messages prepared about it."""
        found, language = shown.texts[text.name], shown.language
        domain = (
            shown.leaflet.slug
            if text.name in {message.msgctxt for message in shown.leaflet.messages}
            else SHARED_DOMAIN
        )
        code = row_code(language.code, domain, text.name, found.message.msgid, found.msgstr)
        message = prepared_message(
            code, shown.leaflet.slug, language.tag, next((record.code for record in shown.pdfs), "")
        )
        written = {way: fact for way, fact in self.hear().items() if way != CALL}
        ways = [
            {"name": way, "own": WAY_NAMES.get(way), "link": contact_link(way, fact, message)}
            for way, fact in written.items()
        ]
        return {"code": code, "markup": markup, "english": text.english, "ways": ways}

    def hear(self) -> dict[str, Fact]:
        """Return whom people write to or call, in the order of the ways; nobody behind a number that no page may print."""
        wanted = self.campaign.publish.hear
        return {
            way: self.book.snapshot.facts[wanted[way]]
            for way in CONTACT_WAYS
            if way in wanted and self.answered(wanted[way])
        }

    def answered(self, name: str) -> bool:
        """Tell whether a fact may stand on a page as one to write to or call."""
        snapshot = self.book.snapshot
        signed = snapshot.fact_states[name] is State.READY or (
            self.campaign.publish.drafts and name not in snapshot.made_up
        )
        return not errors_among(problems_of_fact(snapshot, name)) and (signed or snapshot.example)


def _entry(path: str, shown: ShownLeaflet) -> dict[str, Any]:
    to = (
        addresses.way_to_root(path)
        + addresses.leaflet_folder(shown.leaflet.slug, shown.language.tag)
        + "index.html"
    )
    return {"path": to, "title": shown.laid.title.markup, "language": shown.language}


def _kept_entry(path: str, kept: KeptPage) -> dict[str, Any]:
    to = addresses.way_to_root(path) + addresses.leaflet_folder(kept.slug, kept.tag) + "index.html"
    return {"path": to, "title": kept.heading, "language": kept.language}


def _sound(one: Recording) -> str:
    """Return the name of a recording on the site; a new one has a new name."""
    return f"{one.message}-{one.sha256[:8]}{one.path.suffix}"


def _file(name: str, record: EditionRecord) -> dict[str, Any]:
    return {
        "path": name,
        "size": record.sheet,
        "large": record.sheet == LARGE,
        "kilobytes": kilobytes(record.bytes),
        "code": record.code,
    }


def kilobytes(count: int) -> int:
    """Return a size in bytes as whole kilobytes, at least 1."""
    return max(1, round(count / 1000))
