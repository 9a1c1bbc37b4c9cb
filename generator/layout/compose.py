"""Lay the words and facts of one edition into the theme's template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator.base.spaces import collapse_spaces
from generator.blocks.text import TEXT_KIND
from generator.campaign import facts as fact_rules
from generator.campaign.long_values import breakable_address, on_paper
from generator.campaign.sheets import Sheet
from generator.layout import qr
from generator.layout.composer import Composer
from generator.layout.expected import Expected, band_marks, foot_marks, head_marks
from generator.layout.leaflet_parts import leaflet_parts
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


def compose_page(
    edition: Edition,
    leaflet: Leaflet,
    language: Language,
    sheet: Sheet,
    campaign: Campaign,
    facts: Mapping[str, Fact],
    texts: Mapping[str, Translation],
    theme: Path,
    keys: Mapping[str, str],
    numbers: FactState = FactState.SIGNED,
    composer_of: Callable[..., Composer] = Composer,
    listen: bool = False,
    people: str = "",
) -> ComposedPage:
    """Return one edition as HTML with what its proof must find; `keys` are what names each fact in the record of printed editions.

    `numbers` tells what stands behind its facts; `composer_of` makes the composer, of a preview too; `listen` adds a code to its voice;
    `people` is the fact of who stands on it.

    Raises LeafletsError with every reason for which the edition must not be printed.
    """
    composer = composer_of(language, facts, texts, campaign)
    ear = composer.pictured(LISTEN_BLOCK, theme) if listen and not sheet.short else ()
    laid = leaflet_parts(composer, leaflet, theme, numbers, online=not sheet.short)
    state, band, said = laid.state, laid.band, collapse_spaces(laid.band.msgstr, language.spaced)
    used = composer.used if state is State.READY else composer.used | {band.message.msgctxt: band}
    placed = (*composer.placed_names, *([people] if people else ()))
    recipe = code_recipe(edition, leaflet, campaign, laid.stage, used, placed)
    code = recipe.code(edition.site, keys)
    target, address = (
        f"{campaign.address}/{leaflet.slug}/{language.tag.lower()}",
        campaign.address.removeprefix("https://"),
    )
    codes = (target, f"{target}#listen") if ear else (target,)
    context: dict[str, Any] = {
        "language": language,
        "sheet": sheet,
        "campaign": campaign.name,
        "plain_title": laid.plain_title,
        "title": laid.title,
        "draft": state is not State.READY,
        "stamp": laid.stage.stamp,
        "band": said,
        "band_name": band.message.msgctxt,
        "english_band": band.message.msgid,
        "english_title": leaflet.title.msgid,
        "state_in_words": laid.state_in_words,
        "dated": f"{leaflet.dated:%-d %B %Y}",
        "code": code,
        "codes_address": f"{address}/c",
        "foot_lines": sheet.foot_lines(f"{leaflet.title.msgid} · {address}/c · {code}"),
        "opening": laid.opening,
        "blocks": [with_values_under(part, sheet, language) for part in laid.blocks],
        "online": laid.online,
        "tab": composer.call(fact_rules.first_phone(leaflet, facts)) if sheet.tab else None,
        "untranslated": laid.untranslated,
        "qr": qr.svg(target, f"QR code: {target}"),
        "listen": Markup("").join((*ear, qr.svg(codes[-1], f"QR code: {codes[-1]}")))
        if ear
        else "",
        "address": f"{address}/{leaflet.slug}",
        "place": breakable_address(address),
        "slug": leaflet.slug,
    }
    html = on_paper(fill_template(theme, "leaflet.html", page=context))
    told = state_case(composer.used.values(), numbers, language.code == "en")
    expected = Expected(
        pieces=tuple(composer.pieces),
        facts=tuple(sorted(composer.placed.items())),
        links=tuple(composer.links),
        codes=codes,
        title=laid.plain_title,
        language=language.tag,
        spoken=(language.endonym, said, *composer.spoken),
        beside=(*composer.beside, *([context["address"]] * (2 if sheet.tab else 1))),
        rows=tuple(labelled_values(laid.blocks)),
        marks=(
            *band_marks(texts, told, language, sheet),
            *foot_marks(leaflet, told, language, sheet, campaign, code),
            *head_marks(laid.blocks),
        ),
        stamp=STATE_WORDS[told].stamp,
    )
    return ComposedPage(html, state, laid.stage, code, expected, used, placed, recipe)
