"""Numbered steps."""

from __future__ import annotations

from generator.blocks import BlockKind, BlockPart, PartMaker, named_texts, texts_part
from generator.model import Block


def _part(maker: PartMaker, block: Block) -> BlockPart:
    part = texts_part(maker, block)
    maker.beside += [str(number) for number in range(1, len(part.texts) + 1)]
    return part


STEPS_KIND = BlockKind("steps", named_texts, _part, mark="{}. ")
