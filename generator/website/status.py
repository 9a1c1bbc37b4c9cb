"""The public table of languages and leaflets: how far each is, in two bars that are never added up."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from generator.campaign.facts import fact_link, shown_value
from generator.overview.status import campaign_status
from generator.review.counts import SentenceCount, sum_by_language
from generator.website.contents import WebsiteContents
from generator.website.pages import WebsiteFile, WebsitePages

MARKS = {True: "✎", False: "✓"}


def status_page(book: WebsiteContents, pages: WebsitePages) -> WebsiteFile:
    """Return the page; it says what the ledgers say, whoever that pleases."""
    report = campaign_status(book.project, snapshot=book.snapshot)
    rows = [_row(book, one) for one in sum_by_language(report.counts)]
    codes = [row["language"].code for row in rows]
    places = {(one.leaflet, one.language): one for one in report.counts}
    lines = [
        {
            "title": leaflet.title.msgid,
            "cells": [_cell(book, places.get((slug, code)), slug, code) for code in codes],
        }
        for slug, leaflet in book.project.leaflets.items()
    ]
    thanks = [
        {"language": book.project.languages[code], "names": names}
        for code, names in pages.thanks.items()
    ]
    contact = [
        Markup('<a href="{}">{}</a>').format(fact_link(fact), shown_value(fact))
        for fact in dict.fromkeys(pages.hear().values())
    ]
    return pages.page(
        "status/index.html", "status.html", pages.english, f"{pages.campaign.name}: how far we are",
        rows=rows, lines=lines, contact=contact, thanks=thanks,
    )  # fmt: skip


def _row(book: WebsiteContents, one: SentenceCount) -> dict[str, Any]:
    hours, minutes = divmod(round(one.seconds / 60), 60)
    return {
        "language": book.project.languages[one.language],
        "translated": one.translated,
        "ready": one.ready,
        "total": one.total,
        "translated_tenths": tenths(one.translated, one.total),
        "ready_tenths": tenths(one.ready, one.total),
        "left": f"{hours} h {minutes:02} min" if one.seconds else "none",
    }


def _cell(book: WebsiteContents, one: SentenceCount | None, slug: str, code: str) -> dict[str, Any]:
    shown = book.shown.get((slug, code))
    bars = (
        {"t": tenths(one.translated, one.total), "r": tenths(one.ready, one.total)}
        if one
        else {"t": 0, "r": 0}
    )
    return bars | {"mark": MARKS[shown.draft] if shown else ""}


def tenths(part: int, whole: int) -> int:
    """Return a part in tenths: 10 only for all of it, 0 only for nothing.

    >>> tenths(99, 100), tenths(1, 100), tenths(0, 0)
    (9, 1, 0)
    """
    if not part:
        return 0
    return 10 if part == whole else max(1, 10 * part // whole)
