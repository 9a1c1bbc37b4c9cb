"""Lay out what a leaflet says in one language: the same parts for paper and for a screen, with the state that follows."""

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


def leaflet_parts(
    composer: Composer,
    leaflet: Leaflet,
    theme: Path,
    numbers: FactState = FactState.SIGNED,
    online: bool = True,
) -> LeafletParts:
    """Return what the leaflet says, with the pictures of the theme.

    `numbers` tells what stands behind the facts in it.
    `online` tells whether it says, too, how to read it on a phone.

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
    opened = parts[:1] != [] and parts[0].kind == LEAD_KIND.name and not parts[0].pictures
    used, texts = composer.used.values(), composer.texts
    ready, doubted = (
        all(text.state is State.READY for text in used),
        any(text.doubted for text in used),
    )
    stage = edition_stage(numbers, ready, doubted, made_by_machine(used))
    original = stage is stages.READY and composer.language.code == "en"
    return LeafletParts(
        title,
        collapse_spaces(
            "".join(text_pieces(texts["title"].msgstr)) or leaflet.title.msgid,
            composer.language.spaced,
        ),
        parts[0].texts[0] if opened else None,
        tuple(parts[opened:]),
        word,
        untranslated,
        State.READY if stage is stages.READY else State.DRAFT,
        stage,
        "original" if original else stage.foot,
        state_sentence(texts, stage.band or stages.UNKNOWN.band, composer.language.code),
    )
