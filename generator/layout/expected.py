"""What a proof must find in a finished PDF, and whatever else may stand there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.base.spaces import collapse_spaces
from generator.blocks import BlockPart, kind_of
from generator.campaign.sheets import Sheet
from generator.campaign.state_sentences import state_sentence
from generator.layout.state_in_words import STATE_WORDS, PageMark
from generator.model import Campaign, Language, Leaflet, Translation


@dataclass(frozen=True)
class Expected:
    """What a proof must find in the finished PDF."""

    pieces: tuple[str, ...]
    """Runs of text between placeholders and tags, in no order."""
    facts: tuple[tuple[str, int], ...]
    """Printed form of each fact, and how often it stands on the pages."""
    links: tuple[str, ...]
    """Every address a link may have."""
    codes: tuple[str, ...]
    """The content of each QR code."""
    title: str
    language: str
    """Its BCP 47 tag."""
    spoken: tuple[str, ...]
    """Every run of text in the page's language: all that its text layer may say."""
    roman: tuple[str, ...] = ()
    """Runs of text that stand in Latin type, whatever the language of the page."""
    beside: tuple[str, ...] = ()
    """What else may be on the pages, as often as it is named: values, names, step numbers."""
    rows: tuple[tuple[str, str], ...] = ()
    """Label and printed value of each contact and each line of an event."""
    marks: tuple[PageMark, ...] = ()
    """The lines that stand on every page."""
    stamp: str = ""
    """What is stamped on every page."""
    numbered: bool = False
    """Whether each page says its number, and how many there are."""


def band_marks(
    texts: Mapping[str, Translation], told: str, language: Language, sheet: Sheet
) -> Iterator[PageMark]:
    """Yield what the band of a page says: the sentence in English and the reader's language.

    Where nobody vouches for the translation, it is in English alone.
    """
    if not STATE_WORDS[told].band:
        return
    said = state_sentence(texts, STATE_WORDS[told].band, language.code)
    if said.msgstr:
        yield PageMark(collapse_spaces(said.msgstr, language.spaced))
    if language.code != "en":
        yield PageMark(said.message.msgid, must=not (said.msgstr and sheet.terse))


def foot_marks(
    leaflet: Leaflet, told: str, language: Language, sheet: Sheet, campaign: Campaign, code: str
) -> Iterator[PageMark]:
    """Yield what the foot of a page says; a narrow page has no room for its state."""
    dated = f"English text of {leaflet.dated:%-d %B %Y}"
    about = f"{language.english} · {STATE_WORDS[told].foot} · {dated}"
    yield PageMark(leaflet.title.msgid)
    yield PageMark(about, must=not sheet.narrow)
    yield PageMark(f"{campaign.address.removeprefix('https://')}/c · {code}")


def head_marks(blocks: Iterable[BlockPart]) -> Iterator[PageMark]:
    """Return the heads of tables: a table that goes on over the page says them again."""
    repeated = (part for part in blocks if kind_of(part).repeats)
    return (PageMark(text.plain, must=False) for part in repeated for text in part.texts)
