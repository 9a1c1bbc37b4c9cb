"""The public table of languages and leaflets: how far each is, in two bars never added up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from generator.campaign.facts import fact_link, shown_value
from generator.overview.status import campaign_status
from generator.review.counts import SentenceCount, sum_by_language
from generator.website.contents import WebsiteContents
from generator.website.pages import PageMaker, WebsiteFile, website_page

_MARKS = {True: "✎", False: "✓"}


@website_page(folder="status", in_sitemap=False)  # for people who help, not for residents
def status_page(maker: PageMaker) -> Iterator[WebsiteFile]:
    """Yield the page; it says what the ledgers say, whoever that pleases."""
    contents, project = maker.contents, maker.project
    counts = campaign_status(project, snapshot=contents.snapshot).counts
    rows = [_row(contents, one) for one in sum_by_language(counts)]
    codes = [row["language"].code for row in rows]
    places = {(one.leaflet, one.language): one for one in counts}
    lines = [
        {
            "title": leaflet.title.msgid,
            "cells": [_cell(contents, places.get((slug, code)), slug, code) for code in codes],
        }
        for slug, leaflet in project.leaflets.items()
    ]
    yield maker.page(
        "status/index.html",
        "status.html",
        maker.english,
        f"{maker.campaign.name}: how far we are",
        rows=rows,
        lines=lines,
        contact=[
            Markup('<a href="{}">{}</a>').format(fact_link(fact), shown_value(fact))
            for fact in dict.fromkeys(maker.contact_facts().values())
        ],
        thanks=[
            {"language": project.languages[code], "names": names}
            for code, names in maker.thanks.items()
        ],
    )


def _row(contents: WebsiteContents, one: SentenceCount) -> dict[str, Any]:
    hours, minutes = divmod(round(one.seconds / 60), 60)
    return {
        "language": contents.project.languages[one.language],
        "translated": one.translated,
        "ready": one.ready,
        "total": one.total,
        "translated_tenths": tenths(one.translated, one.total),
        "ready_tenths": tenths(one.ready, one.total),
        "left": f"{hours} h {minutes:02} min" if one.seconds else "none",
    }


def _cell(
    contents: WebsiteContents, one: SentenceCount | None, slug: str, code: str
) -> dict[str, Any]:
    shown = contents.shown.get((slug, code))
    return {
        "t": tenths(one.translated, one.total) if one else 0,
        "r": tenths(one.ready, one.total) if one else 0,
        "mark": _MARKS[shown.draft] if shown else "",
    }


def tenths(part: int, whole: int) -> int:
    """Return a part in tenths: 10 only for all of it, 0 only for nothing.

    >>> tenths(99, 100), tenths(1, 100), tenths(0, 0)
    (9, 1, 0)
    """
    if not part:
        return 0
    return 10 if part == whole else max(1, 10 * part // whole)
