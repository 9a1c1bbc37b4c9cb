"""A table with the people of a phone tree: printed in the place of a table, named in no leaflet's YAML."""

from generator.blocks import BlockKind

PEOPLE_KIND = BlockKind("people", read=None, repeats=True)
