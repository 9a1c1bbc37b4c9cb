"""Collect what one edition prints: markup for the template, and what the proof will look for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from markupsafe import Markup

from generator.base.message_text import (
    fill_placeholders,
    markup_runs,
    placeholder_names,
    text_pieces,
)
from generator.base.names import nearest_name
from generator.base.spaces import collapse_spaces
from generator.blocks import BlockPart, FactRow, PartText, kind_of
from generator.campaign import facts as fact_rules
from generator.campaign.dates import date_in_words, date_parts
from generator.campaign.pictures import PICTURE_PREFIX, picture_markup
from generator.campaign.state_sentences import vouched_text
from generator.catalogue.change import KIND_WORDS, classify_change, reasons_in_words
from generator.model import Block, Campaign, Fact, Language, State, Translation
from generator.problem import LeafletsError, Problem

ROLE_KINDS = {"date": "date", "time": "times", "place": "address"}
TEXT_HINT = "use exactly the placeholders and tags of the English"


class Composer:
    """Collects what one edition prints, and what the proof will look for."""

    def __init__(
        self,
        language: Language,
        facts: Mapping[str, Fact],
        texts: Mapping[str, Translation],
        campaign: Campaign,
    ) -> None:
        self.language, self.facts, self.texts, self.campaign = language, facts, texts, campaign
        self.used: dict[str, Translation] = {}
        self.pieces: list[str] = []
        self.spoken: list[str] = []
        self.beside: list[str] = [language.endonym, campaign.name]
        self.placed: Counter[str] = Counter()
        self.placed_names: dict[str, None] = {}
        self.links: dict[str, None] = {}
        self.problems: list[Problem] = []
        self.boxes = 0

    def say(self, name: str) -> PartText:
        """Return a message with its facts; a missing one is a problem, or marked English."""
        found = self.texts[name]
        english = self.in_english(found)
        self.used[name] = replace(found, msgstr="") if english else found
        self.boxes += english
        text = found.message.msgid if english else found.msgstr
        return PartText(self.markup(found, text), english, name)

    def markup(self, found: Translation, text: str) -> Markup:
        """Return a text of a message as markup with its facts, noted for the proof.

        A broken text becomes a problem, and prints nothing.
        """
        text = collapse_spaces(text, self.language.spaced)
        names = placeholder_names(text)
        for fact in names:
            self.place(fact)
        self.pieces += text_pieces(text)
        values = {fact: self.value(fact) for fact in names}
        try:
            filled = fill_placeholders(found.message.msgid, text, values)
        except ValueError as error:
            self.problem("text", str(error), TEXT_HINT, found)
            return Markup("")
        self.spoken += markup_runs(filled)
        return filled

    def in_english(self, found: Translation) -> bool:
        """Tell whether a message is printed in English, in a marked box.

        Notes a problem if it must not be printed at all.
        """
        if found.state is State.STALE:
            change = classify_change(found.old, found.message.msgid)
            policy = self.campaign.changed[change.kind]
            if policy == "withhold":
                kind, why = KIND_WORDS[change.kind], reasons_in_words(change.reasons)
                what = "the source changed after this was translated"
                what += f" ({kind}: {why})" if why else f" ({kind})"
                hint = f"leaflets sign {self.language.code}: sign it again, or correct it"
                self.problem("english-changed", what, hint, found)
            return policy == "english"
        if found.state is State.MISSING and self.campaign.missing == "withhold":
            hint = "translate it, or allow `missing: english` in campaign.yaml"
            self.problem("translation-missing", "not translated yet", hint, found)
        return found.state is State.MISSING

    def untranslated(self) -> PartText | None:
        """Return the line above each English box in the reader's language, if it has one."""
        notice = vouched_text(self.texts["word.english"], self.language.code)
        if not self.boxes or not notice.msgstr:
            return None
        self.pieces += text_pieces(notice.msgstr) * (self.boxes - 1)
        return self.say("word.english")

    def problem(self, code: str, what: str, hint: str, found: Translation) -> None:
        """Note why this edition cannot be printed."""
        where, msgctxt = found.message.where, found.message.msgctxt
        self.problems.append(Problem(code, what, where, hint, msgctxt=msgctxt))

    def fact(self, name: str) -> Fact:
        """Return a fact by name; raise LeafletsError with the near names."""
        if name not in self.facts:
            what, hint = f"no fact {name!r} in facts.yaml", nearest_name(name, self.facts)
            raise LeafletsError(Problem("fact-unknown", what, hint=hint))
        return self.facts[name]

    def place(self, name: str) -> None:
        """Count a fact that the page prints."""
        printed = fact_rules.printed_value(self.fact(name))
        self.placed[printed] += 1
        self.placed_names[name] = None
        self.beside.append(printed)

    def value(self, name: str) -> Markup:
        """Return a fact as markup."""
        fact = self.fact(name)
        if fact.kind == "date":
            self.beside.append(date_in_words(date.fromisoformat(fact.value), self.language))
        return fact_rules.fact_markup(fact, self.language)

    def own_value(self, name: str) -> Markup:
        """Return a fact that stands outside of any sentence."""
        self.place(name)
        value = self.value(name)
        self.spoken += markup_runs(value)
        return value

    def contact(self, name: str) -> FactRow:
        """Return one contact: label, detail, and a value that can be followed."""
        fact = self.fact(name)
        self.place(name)
        target = fact_rules.fact_link(fact)
        value = fact_rules.contact_markup(fact)
        if target:
            self.links[target] = None
        detail = self.say(f"fact.{name}.detail") if fact.detail else None
        return FactRow(fact.kind, self.say(f"fact.{name}"), value, detail)

    def call(self, name: str) -> FactRow:
        """Return what stands on a strip to tear off: the title again, and a number to call."""
        self.place(name)
        return FactRow("phone", self.say("title"), self.value(name))

    def event_row(self, role: str, name: str) -> FactRow:
        """Return one line of an event: date, time or place."""
        fact = self.fact(name)
        if fact.kind != ROLE_KINDS[role]:
            what = f"{name} is a {fact.kind}, not a {ROLE_KINDS[role]}"
            raise LeafletsError(Problem("fact-kind", what, fact.where, "name another fact"))
        value = self.own_value(name)
        detail = self.say("word.uk-time") if role == "time" else None
        return FactRow(fact.kind, self.say(f"word.{role}"), value, detail, self.day(fact))

    def day(self, fact: Fact) -> tuple[str, ...]:
        """Return weekday, number and month of a date, nothing of another fact."""
        if fact.kind != "date":
            return ()
        weekday, number, month = date_parts(date.fromisoformat(fact.value), self.language)
        self.pieces += [weekday, month]
        self.beside.append(number)
        self.spoken += [weekday, month]
        return weekday, number, month

    def pictured(self, block: Block, theme: Path) -> tuple[Markup, ...]:
        """Return the pictures of a block whose names can be said in this language."""
        shown = []
        for name in (PICTURE_PREFIX + wanted for wanted in block.pictures):
            found = self.texts.get(f"word.{name}")
            if found and found.msgstr and found.state not in (State.MISSING, State.STALE):
                self.used[found.message.msgctxt] = found
                self.spoken.append(collapse_spaces(found.msgstr, self.language.spaced))
                shown.append(picture_markup(theme, name, self.spoken[-1]))
        return tuple(shown)

    def part(self, block: Block) -> BlockPart:
        """Return a block as its template sees it."""
        return kind_of(block).part(self, block)
