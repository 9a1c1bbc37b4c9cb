"""What a leaflet is about, in a sentence or two; first on the page, it stands beside the title."""

from generator.blocks import BlockKind, one_text

LEAD_KIND = BlockKind("lead", read=one_text, pictures=True)
