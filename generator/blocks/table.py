"""A table to fill in: its texts are the heads of the columns, `rows` counts its empty lines."""

from __future__ import annotations

from dataclasses import replace

from generator.blocks import BlockKind, BlockPart, PartMaker, named_texts, texts_part
from generator.model import Block

# Empty lines of a table that says nothing about them.
_ROWS = 4


def _part(maker: PartMaker, block: Block) -> BlockPart:
    return texts_part(maker, replace(block, rows=block.rows or _ROWS))


TABLE_KIND = BlockKind("table", named_texts, _part, repeats=True)
