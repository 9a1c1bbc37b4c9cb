"""Lay the words and facts of one edition into the theme's template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator.blocks.text import TEXT_KIND
from generator.campaign import facts as fact_rules
from generator.campaign.long_values import breakable_address, on_paper
from generator.campaign.sheets import Sheet
from generator.layout import qr
from generator.layout.composer import Composer
from generator.layout.expected import Expected, band_marks, foot_marks, head_marks
from generator.layout.leaflet_parts import LeafletParts, leaflet_parts
from generator.layout.page_code import CodeRecipe, code_recipe
from generator.layout.parts import labelled_values, with_values_under
from generator.layout.stage import FactState, Stage
from generator.layout.state_in_words import STATE_WORDS, state_case
from generator.layout.templates import fill_template
from generator.model import (
    Block,
    Campaign,
    Edition,
    Fact,
    Language,
    Leaflet,
    State,
    Translation,
)

LISTEN_BLOCK = Block("listen", TEXT_KIND.name, pictures=("ear",))


@dataclass(frozen=True)
class ComposedPage:
    """One edition ready to be drawn."""

    html: str
    state: State
    stage: Stage
    code: str
    expected: Expected
    used: Mapping[str, Translation]
    """Every message on the page by msgctxt; without its translation where it stands in English."""
    facts: tuple[str, ...]
    """The names of the facts on the page, in the order in which they first stand there."""
    recipe: CodeRecipe
    also: ComposedPage | None = None  # of a second language on the same sheet
    quiet: ComposedPage | None = None  # without the code to its voice


@dataclass(frozen=True)
class PageRequest:
    """What one page is composed from."""

    edition: Edition
    leaflet: Leaflet
    language: Language
    sheet: Sheet
    campaign: Campaign
    facts: Mapping[str, Fact]
    texts: Mapping[str, Translation]
    theme: Path
    keys: Mapping[str, str]
    """The name of each fact in the record of printed editions."""
    numbers: FactState = FactState.SIGNED
    """What its facts rest on."""
    composer: Callable[..., Composer] = Composer
    """What makes the composer: a preview and a phone tree have their own."""
    listen: bool = False
    """Whether it has a code to its recording, too."""
    people: str = ""
    """The fact that names who stands on it."""

    @property
    def place(self) -> str:
        """The campaign's address as people type it."""
        return self.campaign.address.removeprefix("https://")

    @property
    def online(self) -> str:
        """Where the leaflet can be read on a phone."""
        return f"{self.campaign.address}/{self.leaflet.slug}/{self.language.tag.lower()}"


def compose_page(request: PageRequest) -> ComposedPage:
    """Return one edition as HTML with what its proof must find.

    Raises LeafletsError with every reason for which the edition must not be printed.
    """
    leaflet, sheet, campaign = request.leaflet, request.sheet, request.campaign
    composer = request.composer(request.language, request.facts, request.texts, campaign)
    with_ear = request.listen and not sheet.short
    ear = composer.pictured(LISTEN_BLOCK, request.theme) if with_ear else ()
    parts = leaflet_parts(composer, leaflet, request.theme, request.numbers, online=not sheet.short)
    used = composer.used
    if parts.state is not State.READY:
        used = used | {parts.band.message.msgctxt: parts.band}
    placed = (*composer.placed_names, *filter(None, [request.people]))
    recipe = code_recipe(request.edition, leaflet, campaign, parts.stage, used, placed)
    code = recipe.code(request.edition.site, request.keys)

    values = _template_values(request, parts, code)
    if sheet.tab:
        values["tab"] = composer.call(fact_rules.first_phone(leaflet, request.facts))
    codes = [request.online]
    if ear:
        codes.append(f"{request.online}#listen")
        values["listen"] = Markup("").join((*ear, _qr_code(codes[-1])))
    html = on_paper(fill_template(request.theme, "leaflet.html", page=values))
    expected = _expected(request, composer, parts, code, codes)
    return ComposedPage(html, parts.state, parts.stage, code, expected, used, placed, recipe)


def _qr_code(target: str) -> Markup:
    return qr.svg(target, f"QR code: {target}")


def _template_values(request: PageRequest, parts: LeafletParts, code: str) -> dict[str, Any]:
    """Return what the theme's template can print."""
    leaflet, language, sheet = request.leaflet, request.language, request.sheet
    codes_address = f"{request.place}/c"
    foot = f"{leaflet.title.msgid} · {codes_address} · {code}"
    return {
        "language": language,
        "sheet": sheet,
        "campaign": request.campaign.name,
        "plain_title": parts.plain_title,
        "title": parts.title,
        "draft": parts.state is not State.READY,
        "stamp": parts.stage.stamp,
        "band": parts.band_text,
        "band_name": parts.band.message.msgctxt,
        "english_band": parts.band.message.msgid,
        "english_title": leaflet.title.msgid,
        "state_in_words": parts.state_in_words,
        "dated": f"{leaflet.dated:%-d %B %Y}",
        "code": code,
        "codes_address": codes_address,
        "foot_lines": sheet.foot_lines(foot),
        "opening": parts.opening,
        "blocks": [with_values_under(part, sheet, language) for part in parts.blocks],
        "online": parts.online,
        "tab": None,
        "untranslated": parts.untranslated,
        "qr": _qr_code(request.online),
        "listen": "",
        "address": f"{request.place}/{leaflet.slug}",
        "place": breakable_address(request.place),
        "slug": leaflet.slug,
    }


def _expected(
    request: PageRequest, composer: Composer, parts: LeafletParts, code: str, codes: list[str]
) -> Expected:
    """Return what the proof must find, from what the composer handed out."""
    leaflet, language, sheet = request.leaflet, request.language, request.sheet
    case = state_case(composer.used.values(), request.numbers, language.code == "en")
    addresses = [f"{request.place}/{leaflet.slug}"] * (2 if sheet.tab else 1)
    return Expected(
        pieces=tuple(composer.pieces),
        facts=tuple(sorted(composer.placed.items())),
        links=tuple(composer.links),
        codes=tuple(codes),
        title=parts.plain_title,
        language=language.tag,
        spoken=(language.endonym, parts.band_text, *composer.spoken),
        beside=(*composer.beside, *addresses),
        rows=tuple(labelled_values(parts.blocks)),
        marks=(
            *band_marks(request.texts, case, language, sheet),
            *foot_marks(leaflet, case, language, sheet, request.campaign, code),
            *head_marks(parts.blocks),
        ),
        stamp=STATE_WORDS[case].stamp,
    )
