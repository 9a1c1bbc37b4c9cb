"""A paragraph."""

from generator.blocks import BlockKind, one_text

TEXT_KIND = BlockKind("text", read=one_text, pictures=True)
