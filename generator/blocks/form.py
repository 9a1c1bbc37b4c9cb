"""Lines to fill in, each with its label; `rows` adds lines to sign on."""

from generator.blocks import BlockKind, named_texts

FORM_KIND = BlockKind("form", read=named_texts)
