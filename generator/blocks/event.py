"""A day, and the time and the place if they are known; it becomes a calendar file, too."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.names import FACT_NAME
from generator.base.yaml import YamlValue
from generator.blocks import BlockContents, BlockHead, BlockKind, BlockPart, FactUse, PartMaker
from generator.model import Block


def _read(value: YamlValue, head: BlockHead) -> BlockContents:
    roles = value.mapping(("date",), ("date", "time", "place"))
    named = {role: item.match(FACT_NAME, "rally_date") for role, item in roles.items()}
    return BlockContents(facts=named)


def _part(maker: PartMaker, block: Block) -> BlockPart:
    rows = (maker.event_row(role, name) for role, name in block.facts.items())
    return BlockPart(block.kind, entries=tuple(rows))


def _words(block: Block) -> Iterator[str]:
    for role in block.facts:
        yield f"word.{role}"
        if role == "time":
            yield "word.uk-time"


EVENT_KIND = BlockKind("event", _read, _part, _words, FactUse.TOGETHER)
