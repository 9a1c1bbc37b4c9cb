"""Say a leaflet in one language: the same parts for paper and for a screen, and their state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from generator.base.message_text import text_pieces
from generator.base.spaces import collapse_spaces
from generator.blocks import BlockPart, PartText
from generator.blocks.lead import LEAD_KIND
from generator.campaign.state_sentences import state_sentence
from generator.layout import stage as stages
from generator.layout.composer import Composer
from generator.layout.stage import FactState, Stage, edition_stage, made_by_machine
from generator.model import Leaflet, State, Translation
from generator.problem import LeafletsError


@dataclass(frozen=True)
class LeafletParts:
    """What one leaflet says in one language, on paper and on a screen."""

    title: PartText
    plain_title: str
    opening: PartText | None
    blocks: tuple[BlockPart, ...]
    online: PartText | None
    untranslated: PartText | None
    state: State
    stage: Stage
    state_in_words: str
    band: Translation
    """The notice of what is not ready, without its translation where nobody vouches for that."""
    band_text: str
    """The notice in the reader's language; empty where nobody vouches for it."""


def leaflet_parts(
    composer: Composer,
    leaflet: Leaflet,
    theme: Path,
    numbers: FactState = FactState.SIGNED,
    online: bool = True,
) -> LeafletParts:
    """Return what the leaflet says, with the pictures of the theme.

    `numbers` tells what its facts rest on; with `online` it says how to read it on a phone.

    Raises LeafletsError with every reason for which it must not be shown.
    """
    title = composer.say("title")
    parts = [
        replace(composer.part(block), pictures=composer.pictured(block, theme))
        for block in leaflet.blocks
    ]
    word = composer.say("word.online") if online else None
    untranslated = composer.untranslated()
    if composer.problems:
        raise LeafletsError(*composer.problems)

    texts, language = composer.texts, composer.language
    stage = _stage_of(composer, numbers)
    ready = stage is stages.READY
    plain_title = "".join(text_pieces(texts["title"].msgstr)) or leaflet.title.msgid
    band = state_sentence(texts, stage.band or stages.UNKNOWN.band, language.code)
    opened = bool(parts) and parts[0].kind == LEAD_KIND.name and not parts[0].pictures
    return LeafletParts(
        title=title,
        plain_title=collapse_spaces(plain_title, language.spaced),
        opening=parts[0].texts[0] if opened else None,
        blocks=tuple(parts[opened:]),
        online=word,
        untranslated=untranslated,
        state=State.READY if ready else State.DRAFT,
        stage=stage,
        state_in_words="original" if ready and language.code == "en" else stage.foot,
        band=band,
        band_text=collapse_spaces(band.msgstr, language.spaced),
    )


def _stage_of(composer: Composer, numbers: FactState) -> Stage:
    """Return how far the sentences and facts are that a composer handed out."""
    used = composer.used.values()
    ready = all(text.state is State.READY for text in used)
    return edition_stage(numbers, ready, any(text.doubted for text in used), made_by_machine(used))
