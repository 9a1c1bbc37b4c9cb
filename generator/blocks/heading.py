"""A heading; the website leaves it out where nothing is left below it."""

from generator.blocks import BlockKind, one_text

HEADING_KIND = BlockKind("heading", read=one_text, pictures=True)
