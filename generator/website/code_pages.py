"""The truth about paper: a page for every edition code there ever was, and a feed of what is new and what was replaced."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from generator.campaign.dates import date_in_words
from generator.campaign.settings import SHARED_DOMAIN
from generator.campaign.state_sentences import state_sentence
from generator.editions.recall import RecallJudge
from generator.layout.stage import UNKNOWN
from generator.model import Language, State
from generator.problem import LeafletsError
from generator.review.recall_rules import Disposition, Printing, RecallReason, RecallVerdict
from generator.website import addresses
from generator.website.contents import DRAFT_STAGE, ShownLeaflet, WebsiteContents
from generator.website.kept_pages import KeptPage
from generator.website.page_templates import render_page
from generator.website.pages import WebsiteFile, WebsitePages

FEED = 100
"""Entries of the feed: a phone on little data reads it too."""
LISTED = 400
"""Codes on one list; every code has its page, listed or not."""
SAYS: dict[str, str] = {
    Disposition.CURRENT: "a current paper",
    Disposition.DOUBTED: "being corrected",
    Disposition.REPLACED: "replaced",
    Disposition.DESTROY: "to be destroyed",
    DRAFT_STAGE: "a draft",
}


class CodePages:
    """Makes the pages about printed editions."""

    def __init__(self, book: WebsiteContents, pages: WebsitePages) -> None:
        self.book, self.pages, self.judge = book, pages, RecallJudge(book.project)
        self.latest = {record.code: record for record in self.judge.records}
        """The last printing of each code."""

    def all(self) -> Iterator[WebsiteFile]:
        """Yield a page for each code, the list of codes, and the feed."""
        judged = {code: self.verdict(record) for code, record in self.latest.items()}
        for code, verdict in judged.items():
            yield self.page(self.latest[code], verdict)
        yield from self.lists()
        yield "feed.xml", self.feed(judged)

    def verdict(self, record: Printing) -> RecallVerdict:
        """Return what to do with a printing; nobody knows where a catalogue cannot be read, so it is not to be used."""
        try:
            return self.judge.verdict(record)
        except LeafletsError:
            return RecallVerdict(Disposition.DOUBTED)

    def page(self, record: Printing, verdict: RecallVerdict) -> WebsiteFile:
        """Return the page of one code, in its language and in English."""
        path, project = addresses.code_page(record.code), self.book.project
        own = project.languages.get(record.language, self.pages.english)
        languages = dict.fromkeys((own, self.pages.english))
        leaflet = project.leaflets.get(record.leaflet)
        newer = self.latest.get(verdict.by)
        shown = self.book.shown.get((record.leaflet, record.language))
        kept = self.book.kept.get((record.leaflet, record.language))
        fate, draft = _fate(record, verdict), "" if record.state == State.READY else ", a draft"
        return self.pages.page(
            path, "code.html", own, record.code, hidden=True, fate=fate, code=record.code, by=newer.code if newer else "",
            what=f"{leaflet.title.msgid if leaflet else record.leaflet}, {own.english}, {record.sheet}, made on {record.built}{draft}",
            sides=[self.side(one, fate, newer, shown, kept) for one in languages],
            reasons=list(dict.fromkeys(_word(reason, record) for reason in verdict.reasons if reason.disposition is not Disposition.DOUBTED)),
            link=addresses.leaflet_folder(record.leaflet, kept.tag if kept else own.tag) + "index.html" if shown or kept else "",
        )  # fmt: skip

    def side(
        self,
        language: Language,
        fate: str,
        newer: Printing | None,
        shown: ShownLeaflet | None,
        kept: KeptPage | None,
    ) -> dict[str, Any]:
        """Return what the page of a code says in one language: what to do with the paper, and the way to what is on the site."""
        words = self.book.words(language, self.book.project.campaign.publish.drafts)
        name = shown.laid.band.message.msgctxt if shown and shown.draft else UNKNOWN.band
        band = state_sentence(self.book.texts(language, SHARED_DOMAIN), name, language.code)
        title = self.title(language, shown, kept)
        if kept or (shown and shown.draft):  # nothing there is a new one that can be used
            words["new"] = self.book.kept_says(kept, language).markup if kept else title
        word = self.book.both(language, fate) if fate == Disposition.DOUBTED else None
        return {
            "language": language,
            "words": words,
            "says": (band.msgstr or band.message.msgid)
            if fate == DRAFT_STAGE
            else word.markup
            if word
            else words[fate],
            "since": date_in_words(date.fromisoformat(newer.built), language) if newer else "",
            "title": title,
        }

    def title(
        self, language: Language, shown: ShownLeaflet | None, kept: KeptPage | None
    ) -> Markup:
        """Return what the way to the leaflet is called: its title, or why it cannot be read as a whole."""
        if kept:
            return (
                kept.heading if kept.language is language else Markup("")
            ) or self.book.kept_says(kept, language).markup
        if shown:
            return (
                shown.laid.title.markup
                if shown.language is language
                else escape(shown.leaflet.title.msgid)
            )
        return Markup("")

    def lists(self) -> Iterator[WebsiteFile]:
        """Yield a list of codes for each language, in order, and the way to these lists."""
        there = {record.language for record in self.latest.values()} | {
            language.code for language in self.book.languages
        }
        languages = [
            language for code, language in self.book.project.languages.items() if code in there
        ]
        for language in languages:
            codes = [
                code for code, record in self.latest.items() if record.language == language.code
            ][-LISTED:]
            path = f"{language.tag.lower()}/codes/index.html"
            yield self.pages.page(
                path,
                "list.html",
                language,
                language.endonym,
                codes=sorted(codes),
                back=self.back(language),
                hidden=True,
            )
        yield self.pages.page(
            "c/index.html",
            "codes.html",
            self.pages.english,
            "Codes of our papers",
            languages=languages,
            hidden=True,
        )

    def back(self, language: Language) -> str:
        """Return the page with the leaflets of a language, or the first page where there are none."""
        return (
            addresses.language_page(language.tag)
            if language in self.book.languages
            else "index.html"
        )

    def feed(self, judged: dict[str, RecallVerdict]) -> bytes:
        """Return the Atom feed (RFC 4287): every new printing, and every one that was replaced since; newest first."""
        entries = [
            _entry(self.book, record, judged[record.code], self.latest)
            for record in self.latest.values()
            if not record.site
        ]
        entries.sort(key=lambda entry: entry["path"])
        entries.sort(key=lambda entry: entry["day"], reverse=True)
        updated = entries[0]["day"] if entries else "2026-01-01"
        campaign = self.pages.campaign
        return render_page(
            self.pages.folder,
            "feed.xml",
            entries=entries[:FEED],
            updated=updated,
            address=campaign.address,
            campaign=campaign.name,
        )


def _entry(
    book: WebsiteContents, record: Printing, verdict: RecallVerdict, latest: dict[str, Printing]
) -> dict[str, Any]:
    leaflet, language = (
        book.project.leaflets.get(record.leaflet),
        book.project.languages.get(record.language),
    )
    title = f"{leaflet.title.msgid if leaflet else record.leaflet}, {language.english if language else record.language}, {record.sheet}"
    newer = latest.get(verdict.by)
    return {
        "path": addresses.code_page(record.code).removesuffix("index.html"),
        "title": f"{title}: {record.code} is {SAYS[_fate(record, verdict)]}",
        "day": newer.built if newer else record.built,
        "summary": f"Replaced by {newer.code}."
        if newer
        else f"Made on {record.built}, {record.state}.",
    }


def _fate(record: Printing, verdict: RecallVerdict) -> str:
    """Return what to say about a printing: a draft is nothing to use, however new it is."""
    return (
        DRAFT_STAGE
        if verdict.disposition in (Disposition.CURRENT, Disposition.DOUBTED)
        and record.state != State.READY
        else str(verdict.disposition)
    )


def _word(reason: RecallReason, record: Printing) -> str:
    """Return the word for a reason; what a reader wrote about it is not for the public."""
    if "/" in reason.name:
        return "reason-sentence"
    return "reason-fact" if reason.name in record.facts else "reason-gone"
