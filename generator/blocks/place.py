"""Words such as "We are at:", and where the site's people live; else a line to write on."""

from __future__ import annotations

from dataclasses import replace

from generator.base.yaml import YamlValue
from generator.blocks import (
    BlockContents,
    BlockHead,
    BlockKind,
    BlockPart,
    FactUse,
    PartMaker,
    one_text,
    texts_part,
)
from generator.model import Block

# The fact that says where the people of a site live; only a site's own file may have it.
RESIDENCE = "residence"


def _read(value: YamlValue, head: BlockHead) -> BlockContents:
    return replace(one_text(value, head), facts={RESIDENCE: RESIDENCE})


def _part(maker: PartMaker, block: Block) -> BlockPart:
    part = texts_part(maker, block)
    known = RESIDENCE in maker.facts
    return replace(part, value=maker.own_value(RESIDENCE)) if known else part


PLACE_KIND = BlockKind("place", _read, _part, facts=FactUse.OPTIONAL, pictures=True, open=True)
