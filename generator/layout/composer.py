"""Collect what one edition prints: markup for the template, and what the proof will look for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from markupsafe import Markup

from generator.base.spaces import collapse_spaces
from generator.base.text import fill, names, pieces, runs
from generator.campaign import facts as fact_rules
from generator.campaign.dates import date_in_words, date_parts
from generator.campaign.facts import RESIDENCE
from generator.campaign.pictures import PICTURE, picture
from generator.campaign.told import vouched
from generator.catalogue.change import classify
from generator.layout.parts import ROWS, Part, Row, Text
from generator.model import Block, BlockKind, Campaign, Fact, Language, State, Translation
from generator.problem import LeafletsError, Problem

ROLE_KINDS = {"date": "date", "time": "times", "place": "address"}
TEXT_HINT = "use exactly the placeholders and tags of the English"


class Composer:
    """Collects what one edition prints: markup for the template, and what the proof will look for."""

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

    def say(self, name: str) -> Text:
        """Return the message `name` with its facts; a missing one becomes a problem, or marked English."""
        found = self.texts[name]
        english = self.in_english(found)
        self.used[name] = replace(found, msgstr="") if english else found
        self.boxes += english
        return Text(
            self.markup(found, found.message.msgid if english else found.msgstr), english, name
        )

    def markup(self, found: Translation, text: str) -> Markup:
        """Return a text of a message as markup with its facts, noted for the proof; nothing, and a problem, if it is broken."""
        text = collapse_spaces(text, self.language.spaced)
        for fact in names(text):
            self.place(fact)
        self.pieces += pieces(text)
        try:
            filled = fill(
                found.message.msgid, text, {fact: self.value(fact) for fact in names(text)}
            )
        except ValueError as error:
            self.problem("text", str(error), TEXT_HINT, found)
            return Markup("")
        self.spoken += runs(filled)
        return filled

    def in_english(self, found: Translation) -> bool:
        """Tell whether a message prints in a box marked as English; note a problem where it must not print at all."""
        if found.state is State.STALE:
            change = classify(found.old, found.message.msgid)
            policy = self.campaign.changed[change.kind]
            if policy == "withhold":
                what = f"the English has changed since this was translated ({', '.join((change.kind, *change.reasons))})"
                self.problem(
                    "english-changed",
                    what,
                    f"leaflets sign {self.language.code}: sign it again, or correct it",
                    found,
                )
            return policy == "english"
        if found.state is State.MISSING and self.campaign.missing == "withhold":
            hint = "translate it, or allow `missing: english` in campaign.yaml"
            self.problem("translation-missing", "not translated yet", hint, found)
        return found.state is State.MISSING

    def untranslated(self) -> Text | None:
        """Return the line that stands above each English box, in the reader's language if it has one; else nothing."""
        notice = vouched(self.texts["word.english"], self.language.code)
        if not self.boxes or not notice.msgstr:
            return None
        self.pieces += pieces(notice.msgstr) * (self.boxes - 1)
        return self.say("word.english")

    def problem(self, code: str, what: str, hint: str, found: Translation) -> None:
        """Note why this edition cannot be printed."""
        self.problems.append(
            Problem(code, what, found.message.where, hint, msgctxt=found.message.msgctxt)
        )

    def fact(self, name: str) -> Fact:
        """Return a fact by name; raise LeafletsError with the near names."""
        from generator.base.names import nearest

        if name not in self.facts:
            raise LeafletsError(
                Problem(
                    "fact-unknown",
                    f"no fact {name!r} in facts.yaml",
                    hint=nearest(name, self.facts),
                )
            )
        return self.facts[name]

    def place(self, name: str) -> None:
        """Count a fact that the page prints."""
        printed = fact_rules.printed(self.fact(name))
        self.placed[printed] += 1
        self.placed_names[name] = None
        self.beside.append(printed)

    def value(self, name: str) -> Markup:
        """Return a fact as markup."""
        fact = self.fact(name)
        if fact.kind == "date":
            self.beside.append(date_in_words(date.fromisoformat(fact.value), self.language))
        return fact_rules.markup(fact, self.language)

    def contact(self, name: str) -> Row:
        """Return one contact: label, detail, and a value that can be followed."""
        fact = self.fact(name)
        self.place(name)
        target = fact_rules.link(fact)
        value = fact_rules.contact(fact)
        if target:
            self.links[target] = None
        detail = self.say(f"fact.{name}.detail") if fact.detail else None
        return Row(fact.kind, self.say(f"fact.{name}"), value, detail)

    def call(self, name: str) -> Row:
        """Return what stands on a strip to tear off: the title again, and a number to call."""
        self.place(name)
        return Row("phone", self.say("title"), self.value(name))

    def role(self, role: str, name: str) -> Row:
        """Return one line of an event: date, time or place."""
        fact = self.fact(name)
        if fact.kind != ROLE_KINDS[role]:
            raise LeafletsError(
                Problem(
                    "fact-kind",
                    f"{name} is a {fact.kind}, not a {ROLE_KINDS[role]}",
                    fact.where,
                    "name another fact",
                )
            )
        self.place(name)
        detail = self.say("word.uk-time") if role == "time" else None
        value = self.value(name)
        self.spoken += runs(value)
        return Row(fact.kind, self.say(f"word.{role}"), value, detail, self.day(fact))

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
        """Return the pictures of a block, without those of which nobody can say in this language what they show."""
        shown = []
        for name in (PICTURE + wanted for wanted in block.pictures):
            found = self.texts.get(f"word.{name}")
            if found and found.msgstr and found.state not in (State.MISSING, State.STALE):
                self.used[found.message.msgctxt] = found
                self.spoken.append(collapse_spaces(found.msgstr, self.language.spaced))
                shown.append(picture(theme, name, self.spoken[-1]))
        return tuple(shown)

    def part(self, block: Block) -> Part:
        """Return a block as the template sees it."""
        if block.kind is BlockKind.CONTACTS:
            return Part(block.kind, entries=tuple(self.contact(name) for name in block.facts))
        if block.kind is BlockKind.EVENT:
            return Part(
                block.kind,
                entries=tuple(self.role(role, name) for role, name in block.facts.items()),
            )
        texts = tuple(self.say(message.msgctxt) for message in block.messages)
        self.beside += (
            [str(number) for number in range(1, len(texts) + 1)]
            if block.kind is BlockKind.STEPS
            else []
        )
        entries = (
            (Row("date", self.say("word.date"), Markup("")),)
            if block.kind is BlockKind.LETTER and block.rows
            else ()
        )
        return Part(
            block.kind,
            texts,
            entries,
            block.rows or ROWS.get(block.kind, 0),
            value=self.residence(block),
        )

    def residence(self, block: Block) -> Markup | None:
        """Return what stands after the words of a place: where the people of the edition's site live, if the site says it."""
        if block.kind is not BlockKind.PLACE or RESIDENCE not in self.facts:
            return None
        self.place(RESIDENCE)
        self.spoken += runs(value := self.value(RESIDENCE))
        return value
