"""What a leaflet is about, in a sentence or two; the first block of a page opens it in large type."""

from generator.blocks import BlockKind, one_text

LEAD_KIND = BlockKind("lead", read=one_text, pictures=True)
