"""Points in no order."""

from generator.blocks import BlockKind, named_texts

LIST_KIND = BlockKind("list", read=named_texts, mark="- ")
