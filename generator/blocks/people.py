"""A table with the people of a phone tree; no leaflet's YAML can ask for it."""

from generator.blocks import BlockKind

PEOPLE_KIND = BlockKind("people", read=None, repeats=True)
