"""Compose a leaflet for the website without any sentence or number that must not be said; what is left out leaves a gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from generator.base.message_text import placeholder_names
from generator.layout.parts import BlockPart, FactRow, PartText
from generator.model import Block, BlockKind, Campaign, Fact, Language, State, Translation
from generator.problem import LeafletsError
from generator.review.state import is_disputed
from generator.website.page_templates import LinkedComposer


class CautiousComposer(LinkedComposer):
    """A composer that says only what is ready (or, with `drafts`, what nobody doubts) and only facts that are `sure`."""

    def __init__(
        self,
        language: Language,
        facts: Mapping[str, Fact],
        texts: Mapping[str, Translation],
        campaign: Campaign,
        english: Mapping[str, Translation],
        sure: frozenset[str],
        gap: Markup,
        wrong: frozenset[str],
    ) -> None:
        super().__init__(language, facts, texts, campaign)
        self.english, self.sure, self.gap, self.wrong = english, sure, gap, wrong
        self.rows: set[str] = set()
        """Facts that have a row of contacts."""

    def may_say(self, found: Translation | None) -> bool:
        """Tell whether a sentence can be said as it is, with every number in it."""
        return found is not None and found.message.msgctxt not in self.wrong and self.sound(found)

    def sound(self, found: Translation) -> bool:
        """Tell whether enough people stand behind a text, nobody says that it is wrong, and every number in it is sure."""
        if is_disputed(found):
            return False
        far_enough = found.state is State.READY or (
            self.campaign.publish.drafts and found.state in (State.DRAFT, State.READ)
        )
        return far_enough and self.sure.issuperset(placeholder_names(found.msgstr))

    def say(self, name: str) -> PartText:
        """Return a message with its facts, or a gap in its place."""
        return (
            super().say(name)
            if self.may_say(self.texts.get(name))
            else PartText(self.gap, name=name)
        )

    def label(self, name: str) -> PartText:
        """Return what stands beside a fact: in the source language where this one cannot say it, a gap where neither can."""
        source = self.english.get(name)
        if self.may_say(self.texts.get(name)) or not source or not self.sound(source):
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
        """Return the title: in the source language where this one cannot say it, a gap where neither can."""
        found = self.label("title")
        return (
            Markup('<span lang="en" dir="ltr">{}</span>').format(found.markup)
            if found.english
            else found.markup
        )

    def kept(self, block: Block, theme: Path) -> BlockPart:
        """Return what is left of a block."""
        if block.kind is BlockKind.CONTACTS:
            block = replace(block, facts={name: name for name in block.facts if name in self.sure})
        if block.kind is BlockKind.EVENT and not self.sure.issuperset(block.facts.values()):
            return BlockPart(BlockKind.TEXT, (PartText(self.gap),))
        readable = replace(
            block,
            pictures=tuple(
                name
                for name in block.pictures
                if self.may_say(self.texts.get(f"word.picture-{name}"))
            ),
        )
        try:
            return replace(self.part(block), pictures=self.pictured(readable, theme))
        except LeafletsError:  # such as an event whose date is no date
            return BlockPart(BlockKind.TEXT, (PartText(self.gap),))
