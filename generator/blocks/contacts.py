"""Facts in rows, each with its label and its detail: whom to call, where to write."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.names import FACT_NAME
from generator.base.yaml import YamlValue
from generator.blocks import BlockContents, BlockHead, BlockKind, BlockPart, FactUse, PartMaker
from generator.model import Block


def _read(value: YamlValue, head: BlockHead) -> BlockContents:
    names = [item.match(FACT_NAME, "campaign_phone") for item in value.items()]
    return BlockContents(facts={name: name for name in names})


def _part(maker: PartMaker, block: Block) -> BlockPart:
    return BlockPart(block.kind, entries=tuple(map(maker.contact, block.facts)))


def _words(block: Block) -> Iterator[str]:
    for fact in block.facts:
        yield from (f"fact.{fact}", f"fact.{fact}.detail")


CONTACTS_KIND = BlockKind("contacts", _read, _part, _words, FactUse.EACH)
