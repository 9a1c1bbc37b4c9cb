"""The page on which somebody who holds a leaflet says which sentence is wrong."""

from __future__ import annotations

from markupsafe import Markup

from generator.base.short_codes import row_code
from generator.blocks import PartText
from generator.campaign.contact_ways import WAY_NAMES, contact_link, prepared_message
from generator.campaign.facts import fact_link, printed_value
from generator.campaign.settings import SHARED_DOMAIN
from generator.website.contents import ShownLeaflet
from generator.website.page_maker import PageMaker
from generator.website.page_templates import WebsiteFile
from generator.website.plain_text import leaflet_sentences

# The way to be heard that needs no message, only words to say.
_CALL = "phone"
_CALL_LINK = Markup('<a href="{}" dir="ltr">{}</a>')


def wrong_page(maker: PageMaker, shown: ShownLeaflet) -> WebsiteFile:
    """Return the page with every sentence of a leaflet, its code, and messages to send about it."""
    facts = maker.contact_facts()
    call = facts.pop(_CALL, None)
    rows = {}
    for text, markup in leaflet_sentences(shown.laid):
        code = _sentence_code(shown, text)
        edition = next((record.code for record in shown.pdfs), "")
        message = prepared_message(code, shown.leaflet.slug, shown.language.tag, edition)
        ways = [
            {"name": way, "own": WAY_NAMES.get(way), "link": contact_link(way, fact, message)}
            for way, fact in facts.items()
        ]
        row = {"code": code, "markup": markup, "english": text.english, "ways": ways}
        rows[text.name] = row
    return maker.page(
        f"{shown.folder}wrong/index.html",
        "wrong.html",
        shown.language,
        shown.laid.plain_title,
        shown,
        leaflet_title=shown.laid.title.markup,
        sentences=list(rows.values()),
        call=call and _CALL_LINK.format(fact_link(call), printed_value(call)),
        hidden=True,
    )


def _sentence_code(shown: ShownLeaflet, text: PartText) -> str:
    own = {message.msgctxt for message in shown.leaflet.messages}
    domain = shown.leaflet.slug if text.name in own else SHARED_DOMAIN
    found = shown.texts[text.name]
    return row_code(shown.language.code, domain, text.name, found.message.msgid, found.msgstr)
