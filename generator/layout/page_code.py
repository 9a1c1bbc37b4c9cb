"""The code at the foot of a page: made from what the page says, and from nothing that draws it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.base.digests import OLD_KEY, digest, short_code, wording_key
from generator.layout.stage import Stage
from generator.model import Block, Campaign, Edition, Leaflet, Translation


@dataclass(frozen=True)
class CodeRecipe:
    """What an edition's code is made from, besides its site and the values of its facts."""

    leaflet: str
    language: str
    sheet: str
    state: str
    wordings: tuple[str, ...]
    """`wording_key` of each sentence, in page order."""
    facts: tuple[str, ...]
    """The names of the facts, in page order."""
    shape: str
    """What `page_shape` makes of the page."""

    def code(self, site: str, keys: Mapping[str, str]) -> str:
        """Return the code of the edition at a site; `keys` name each fact in the record."""
        # A page that says the same keeps its code, and earlier versions' keys had no more digits.
        facts = digest(*(keys[name][:OLD_KEY] for name in self.facts))
        said = digest(
            self.leaflet,
            self.language,
            self.sheet,
            site,
            self.state,
            self.shape,
            digest(*(key[:OLD_KEY] for key in self.wordings)),
            facts,
        )
        return short_code(self.language, said)


def code_recipe(
    edition: Edition,
    leaflet: Leaflet,
    campaign: Campaign,
    stage: Stage,
    used: Mapping[str, Translation],
    facts: tuple[str, ...],
) -> CodeRecipe:
    """Return the recipe of a page with these messages and facts, both in page order."""
    keys = tuple(
        wording_key(edition.language, name, text.message.msgid, text.msgstr)
        for name, text in used.items()
    )
    shape = page_shape(leaflet, campaign, stage, used, facts)
    return CodeRecipe(leaflet.slug, edition.language, edition.sheet, stage.name, keys, facts, shape)


def page_shape(
    leaflet: Leaflet,
    campaign: Campaign,
    stage: Stage,
    used: Mapping[str, Translation],
    facts: tuple[str, ...],
) -> str:
    """Return the 20 hex digits of what a page says with the order and the kind of its parts.

    Steps in another order, or a warning that became plain text, say something else in the same
    words. The name and the web address of the campaign stand on each page, and the foot says why a
    draft is one. How much room a block leaves to write in, and the day of the text, say nothing.
    """
    blocks = (digest(*_block(block)) for block in leaflet.blocks)
    return digest(
        campaign.name, campaign.address, stage.foot, digest(*used), digest(*facts), *blocks
    )[:20]


def _block(block: Block) -> Iterator[str]:
    yield str(block.kind)
    yield from (message.msgctxt for message in block.messages)
    yield from (f"{role}={name}" for role, name in block.facts.items())
