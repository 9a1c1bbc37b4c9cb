"""Compose a leaflet for the website without what must not be said; a gap stands for that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from generator.base.message_text import placeholder_names
from generator.blocks import BlockPart, FactRow, FactUse, PartText, kind_of
from generator.blocks.text import TEXT_KIND
from generator.model import Block, Campaign, Fact, Language, State, Translation
from generator.problem import LeafletsError
from generator.review.state import is_disputed
from generator.website.page_templates import LinkedComposer, english_markup


@dataclass(frozen=True)
class Caution:
    """What a page may say, and what it says in place of the rest."""

    english: Mapping[str, Translation]
    """The source texts: what stands beside a fact may be said in English."""
    sure: frozenset[str]
    """Facts that may be said."""
    wrong: frozenset[str]
    """Sentences that no edition may print, whoever signed them."""
    gap: Markup
    """What stands in the place of each sentence that is left out."""


class CautiousComposer(LinkedComposer):
    """A composer that says only sure facts and what is ready, or with `drafts` undisputed."""

    def __init__(
        self,
        language: Language,
        facts: Mapping[str, Fact],
        texts: Mapping[str, Translation],
        campaign: Campaign,
        caution: Caution,
    ) -> None:
        super().__init__(language, facts, texts, campaign)
        self.caution = caution
        self.rows: set[str] = set()
        """Facts that have a row of contacts."""

    def may_say(self, found: Translation | None) -> bool:
        """Tell whether a sentence can be said as it is, with every number in it.

        No language is ahead of the source: what is doubted or unsigned there is said in none.
        """
        if found is None or found.message.msgctxt in self.caution.wrong:
            return False
        source = self.caution.english.get(found.message.msgctxt)
        return self.is_sound(found) and (source is None or self.is_sound(source))

    def is_sound(self, found: Translation) -> bool:
        """Tell whether enough people signed an undisputed text, and its facts are sure."""
        unread = self.campaign.publish.drafts and found.state in (State.DRAFT, State.READ)
        far_enough = found.state is State.READY or unread
        sure = self.caution.sure.issuperset(placeholder_names(found.msgstr))
        return far_enough and sure and not is_disputed(found)

    def say(self, name: str) -> PartText:
        """Return a message with its facts, or a gap in its place."""
        if self.may_say(self.texts.get(name)):
            return super().say(name)
        return PartText(self.caution.gap, name=name)

    def label(self, name: str) -> PartText:
        """Return what stands beside a fact, in English where need be; else a gap."""
        source = self.caution.english.get(name)
        if self.may_say(self.texts.get(name)) or not source or not self.is_sound(source):
            return self.say(name)
        self.used[name] = source
        return PartText(self.markup(source, source.message.msgid), english=True, name=name)

    def contact(self, name: str) -> FactRow:
        """Return one contact; its detail only where that can be said."""
        self.rows.add(name)
        detail = f"fact.{name}.detail"
        if not self.may_say(self.texts.get(detail)):
            self.facts = {**self.facts, name: replace(self.facts[name], detail="")}
        return replace(super().contact(name), label=self.label(f"fact.{name}"))

    def title(self) -> Markup:
        """Return the title, in English where the language cannot say it; else a gap."""
        found = self.label("title")
        return english_markup(found.markup) if found.english else found.markup

    def kept(self, block: Block, theme: Path) -> BlockPart:
        """Return what is left of a block."""
        use = kind_of(block).facts
        gap, sure = BlockPart(TEXT_KIND.name, (PartText(self.caution.gap),)), self.caution.sure
        if use is FactUse.EACH:
            block = replace(block, facts={name: name for name in block.facts if name in sure})
        if use is FactUse.TOGETHER and not sure.issuperset(block.facts.values()):
            return gap
        pictures = tuple(
            name for name in block.pictures if self.may_say(self.texts.get(f"word.picture-{name}"))
        )
        try:
            drawn = self.pictured(replace(block, pictures=pictures), theme)
            return replace(self.part(block), pictures=drawn)
        except LeafletsError:  # such as an event whose date is no date
            return gap
