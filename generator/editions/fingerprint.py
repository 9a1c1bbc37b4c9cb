"""Digests of what an edition is made from: only where one changed is it drawn again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from generator import __version__
from generator.base.digests import digest
from generator.base.files import ANY_END, read_text
from generator.campaign import state_sentences
from generator.campaign.printers import PrintOrder
from generator.campaign.project import Project
from generator.campaign.shipped import program_texts, shipped_templates
from generator.editions.content import (
    fact_names,
    has_voice,
    leaflet_on_sheet,
    printable_messages,
    unagreed_texts,
)
from generator.layout import fonts
from generator.model import Edition, Translation
from generator.review.paper_keys import paper_keys
from generator.review.snapshot import Snapshot

# Packages whose versions change the bytes of a PDF.
LIBRARIES = ("weasyprint", "pydyf", "tinycss2", "segno", "babel", "jinja2")

# The code that decides what a page looks like, and what its proof finds.
DRAWING_ROOMS = (
    *("model.py", "problem.py", "base", "catalogue", "blocks", "campaign", "layout", "proof"),
    *("imposition", "editions", "sitemerge"),
)


def drawing_digest(project: Project) -> str:
    """Return a digest of what draws every page: theme, program and libraries.

    Where it changes, all editions are drawn again, under the same codes.
    """
    # A theme without a template for a kind of block uses the shipped one.
    blocks = shipped_templates("community").glob("block-*.html")
    theme = (
        read_text(path, whole=ANY_END)
        for path in sorted({*project.theme.iterdir(), *blocks})
        if path.suffix in (".html", ".css", ".svg")
    )
    return digest(
        __version__,
        *map(version, LIBRARIES),
        *theme,
        *program_texts(DRAWING_ROOMS),
        state_sentences.WORDINGS_FILE.read_text("utf-8"),
    )


def edition_fingerprint(
    snapshot: Snapshot, edition: Edition, drawing: str, order: PrintOrder
) -> str:
    """Return a digest of all that an edition's PDF is made from: the same digest, the same bytes.

    `drawing` is the digest of what draws every page.
    """
    languages = [snapshot.project.languages[half.language] for half in edition.halves]
    files = fonts.font_files(fonts.needed_faces(languages, snapshot.project.languages))
    profile = bool(order.profile) and fonts.font_digest(Path(order.profile))
    return digest(
        drawing,
        repr(languages),
        repr(snapshot.project.sheets[edition.sheet]),
        repr((order.printer, order.marks, profile)),
        content_digest(snapshot, edition),
        *map(fonts.font_digest, files.values()),
    )


def content_digest(snapshot: Snapshot, edition: Edition) -> str:
    """Return a digest of an edition's words, facts and states, whatever the theme and the fonts."""
    if edition.other:
        return digest(edition.name, *(content_digest(snapshot, half) for half in edition.halves))
    campaign, leaflet = snapshot.project.campaign, leaflet_on_sheet(snapshot, edition)
    texts = snapshot.edition_texts(edition)
    blocks = [
        (block.id, str(block.kind), list(block.facts.items()), block.rows, block.pictures)
        for block in leaflet.blocks
    ]
    return digest(
        repr(edition),
        repr((campaign.name, campaign.address, campaign.missing, sorted(campaign.changed.items()))),
        repr(blocks),
        repr((leaflet.dated, has_voice(snapshot, edition), snapshot.example)),
        repr(bool(unagreed_texts(snapshot, leaflet, texts))),
        *_text_rows(texts, printable_messages(leaflet, texts)),
        *_fact_rows(snapshot, fact_names(leaflet, texts)),
    )


def _text_rows(texts: Mapping[str, Translation], names: Iterable[str]) -> Iterator[str]:
    for name in sorted(names):
        if text := texts.get(name):
            row = (text.message.msgid, text.msgstr, text.state, text.old, text.doubted)
            yield repr((name, *row))


def _fact_rows(snapshot: Snapshot, names: set[str]) -> Iterator[str]:
    keys = paper_keys(snapshot)
    for name in sorted(names & snapshot.facts.keys()):
        # Where a fact stands in its file changes with every line above it, and no page.
        fact = replace(snapshot.facts[name], where="", label_places=("", ""))
        yield repr((fact, snapshot.fact_states[name], keys[name]))
