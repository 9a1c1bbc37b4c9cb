"""The truth about paper: a page for every edition code there ever was, their lists, and a feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
from generator.review.printing import Printing
from generator.review.recall_rules import CANNOT_TELL, Disposition, RecallReason, RecallVerdict
from generator.website import addresses
from generator.website.contents import DRAFT_STAGE
from generator.website.page_maker import VOICE_GONE
from generator.website.page_templates import render_page
from generator.website.pages import PageMaker, WebsiteFile, website_page

# A phone on little data reads the feed too.
_FEED_ENTRIES = 100

# Codes on one list; every code has its page, listed or not.
_LISTED_CODES = 400
_FEED_WORDS: dict[str, str] = {
    Disposition.CURRENT: "a current paper",
    Disposition.DOUBTED: "being corrected",
    Disposition.REPLACED: "replaced",
    Disposition.DESTROY: "to be destroyed",
    Disposition.UNKNOWN: "not known here",
    DRAFT_STAGE: "a draft",
}


@dataclass(frozen=True)
class JudgedPrinting:
    """The last printing of a code, what to do with it, and the printing that replaced it."""

    record: Printing
    verdict: RecallVerdict
    newer: Printing | None

    @property
    def disposition(self) -> str:
        """What to say about it: a draft is nothing to use, however new it is."""
        wrong = self.verdict.disposition in (Disposition.REPLACED, Disposition.DESTROY)
        draft = not wrong and self.record.state != State.READY
        return DRAFT_STAGE if draft else str(self.verdict.disposition)


@website_page(folder="c")
def code_pages(maker: PageMaker) -> Iterator[WebsiteFile]:
    """Yield a page for each code, the lists of codes, and the feed."""
    judge = RecallJudge(maker.project)
    latest = {record.code: record for record in judge.records}
    judged = []
    for record in latest.values():
        verdict = _verdict(judge, record)
        judged.append(JudgedPrinting(record, verdict, latest.get(verdict.by)))
    yield from (_code_page(maker, one) for one in judged)
    yield from _lists(maker, list(latest.values()))
    yield "feed.xml", _feed(maker, [one for one in judged if not one.record.site])


def _verdict(judge: RecallJudge, record: Printing) -> RecallVerdict:
    """Return what to do with a printing; where a catalogue cannot be read it is not to be used."""
    try:
        return judge.verdict(record)
    except LeafletsError:
        return RecallVerdict(Disposition.DOUBTED)


def _code_page(maker: PageMaker, judged: JudgedPrinting) -> WebsiteFile:
    """Return the page of one code, in its language and in English."""
    record, contents = judged.record, maker.contents
    own = maker.project.languages.get(record.language, maker.english)
    key = record.leaflet, record.language
    online = contents.kept.get(key) or contents.shown.get(key)
    draft = "" if record.state == State.READY else ", a draft"
    title = _english_title(maker, record)
    told = (Disposition.REPLACED, Disposition.DESTROY, Disposition.UNKNOWN)
    reasons = [
        one for one in judged.verdict.reasons if one.disposition in told and one.what != CANNOT_TELL
    ]
    silent = [VOICE_GONE] if maker.says_voice_gone(record.language, record.leaflet) else []
    return maker.page(
        addresses.code_page(record.code),
        "code.html",
        own,
        record.code,
        hidden=True,
        fate=judged.disposition,
        code=record.code,
        by=judged.newer.code if judged.newer else "",
        what=f"{title}, {own.english}, {record.sheet}, made on {record.built}{draft}",
        sides=[_side(maker, judged, one) for one in dict.fromkeys((own, maker.english))],
        reasons=[*dict.fromkeys(_reason_word(one, record) for one in reasons), *silent],
        link=f"{online.folder}index.html" if online else "",
    )


def _side(maker: PageMaker, judged: JudgedPrinting, language: Language) -> dict[str, Any]:
    """Return what the page of a code says in one language, and the way to what is online."""
    contents, disposition, newer = maker.contents, judged.disposition, judged.newer
    key = judged.record.leaflet, judged.record.language
    shown, kept = contents.shown.get(key), contents.kept.get(key)
    words = contents.words(language, maker.campaign.publish.drafts)

    title = Markup("")
    if kept:
        own = kept.heading if kept.language is language else None
        title = own or contents.kept_says(kept, language).markup
        words["new"] = contents.kept_says(kept, language).markup
    elif shown:
        own = shown.heading if shown.language is language else None
        title = own or escape(shown.leaflet.title.msgid)
        if shown.draft:  # not the new one that could be used in place of the paper
            words["new"] = title

    if disposition == DRAFT_STAGE:
        name = shown.laid.band.message.msgctxt if shown and shown.draft else UNKNOWN.band
        band = state_sentence(contents.texts(language, SHARED_DOMAIN), name, language.code)
        says = escape(band.msgstr or band.message.msgid)
    elif disposition in (Disposition.DOUBTED, Disposition.UNKNOWN):
        says = contents.both(language, disposition).markup
    else:
        says = words[disposition]
    return {
        "language": language,
        "words": words,
        "says": says,
        "since": date_in_words(date.fromisoformat(newer.built), language) if newer else "",
        "title": title,
    }


def _lists(maker: PageMaker, printings: list[Printing]) -> Iterator[WebsiteFile]:
    """Yield a list of codes for each language, in order, and the way to these lists."""
    shown = maker.contents.languages
    there = {one.language for one in printings} | {language.code for language in shown}
    languages = [row for code, row in maker.project.languages.items() if code in there]
    for language in languages:
        codes = [one.code for one in printings if one.language == language.code]
        own = addresses.language_page(language.tag)
        yield maker.page(
            f"{language.tag.lower()}/codes/index.html",
            "list.html",
            language,
            language.endonym,
            codes=sorted(codes[-_LISTED_CODES:]),
            back=own if language in shown else "index.html",
            hidden=True,
        )
    yield maker.page(
        "c/index.html",
        "codes.html",
        maker.english,
        "Codes of our papers",
        languages=languages,
        hidden=True,
    )


def _feed(maker: PageMaker, printings: list[JudgedPrinting]) -> bytes:
    """Return the Atom feed (RFC 4287): every printing, new or replaced since; newest first."""
    entries = sorted((_feed_entry(maker, one) for one in printings), key=lambda one: one["path"])
    entries.sort(key=lambda one: one["day"], reverse=True)
    return render_page(
        maker.folder,
        "feed.xml",
        entries=entries[:_FEED_ENTRIES],
        updated=entries[0]["day"] if entries else "2026-01-01",
        address=maker.campaign.address,
        campaign=maker.campaign.name,
    )


def _feed_entry(maker: PageMaker, judged: JudgedPrinting) -> dict[str, str]:
    record, newer = judged.record, judged.newer
    row = maker.project.languages.get(record.language)
    language, title = row.english if row else record.language, _english_title(maker, record)
    made = f"Made on {record.built}, {record.state}."
    return {
        "path": addresses.code_page(record.code).removesuffix("index.html"),
        "title": f"{title}, {language}, {record.sheet}: "
        f"{record.code} is {_FEED_WORDS[judged.disposition]}",
        "day": newer.built if newer else record.built,
        "summary": f"Replaced by {newer.code}." if newer else made,
    }


def _english_title(maker: PageMaker, record: Printing) -> str:
    leaflet = maker.project.leaflets.get(record.leaflet)
    return leaflet.title.msgid if leaflet else record.leaflet


def _reason_word(reason: RecallReason, record: Printing) -> str:
    """Return the word for a reason; what a reader wrote about it is not for the public."""
    if "/" in reason.name:
        return "reason-sentence"
    return "reason-fact" if reason.name in record.facts else "reason-gone"
