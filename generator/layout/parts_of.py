"""Lay out what a leaflet says in one language: the same parts for paper and for a screen, with the state that follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from generator.base.spaces import collapse_spaces
from generator.base.text import pieces
from generator.campaign.told import state_sentence
from generator.layout import stage as stages
from generator.layout.composer import Composer
from generator.layout.parts import Part, Text
from generator.layout.stage import Numbers, Stage, by_machine, stage_of
from generator.model import BlockKind, Leaflet, State, Translation
from generator.problem import LeafletsError


@dataclass(frozen=True)
class Laid:
    """What one leaflet says in one language, on paper and on a screen."""

    title: Text
    plain_title: str
    opening: Text | None
    blocks: tuple[Part, ...]
    online: Text | None
    untranslated: Text | None
    state: State
    stage: Stage
    state_in_words: str
    band: Translation
    """The notice of what is not ready, without its translation where nobody vouches for that."""


def lay(
    composer: Composer,
    leaflet: Leaflet,
    theme: Path,
    numbers: Numbers = Numbers.SIGNED,
    online: bool = True,
) -> Laid:
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
    opened = parts[:1] != [] and parts[0].kind is BlockKind.LEAD and not parts[0].pictures
    used, texts = composer.used.values(), composer.texts
    ready, doubted = (
        all(text.state is State.READY for text in used),
        any(text.doubted for text in used),
    )
    stage = stage_of(numbers, ready, doubted, by_machine(used))
    original = stage is stages.READY and composer.language.code == "en"
    return Laid(
        title,
        collapse_spaces(
            "".join(pieces(texts["title"].msgstr)) or leaflet.title.msgid, composer.language.spaced
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
