"""A letter to copy or to sign; with `rows` it has lines for the sender, the day and the name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup

from generator.blocks import BlockKind, BlockPart, FactRow, PartMaker, named_texts, texts_part
from generator.model import Block

_DATE = "word.date"


def _part(maker: PartMaker, block: Block) -> BlockPart:
    part = texts_part(maker, block)
    if not block.rows:
        return part
    return replace(part, entries=(FactRow("date", maker.say(_DATE), Markup("")),))


def _words(block: Block) -> Iterable[str]:
    return (_DATE,) if block.rows else ()


LETTER_KIND = BlockKind("letter", named_texts, _part, _words)
