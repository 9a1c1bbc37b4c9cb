"""A paragraph in a frame, for what can hurt people."""

from generator.blocks import BlockKind, one_text

WARNING_KIND = BlockKind("warning", read=one_text, pictures=True)
