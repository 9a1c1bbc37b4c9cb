"""What can still be said at an address that was printed, while the leaflet itself is doubted, withheld or gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise

from markupsafe import Markup, escape

from generator.campaign.settings import SHARED_DOMAIN
from generator.editions.plan import fact_names, problems_of_fact
from generator.layout.parts import BlockPart, FactRow
from generator.model import BlockKind, Language, Leaflet, State, Translation
from generator.printrun.report import facts_beside
from generator.problem import LeafletsError, errors_among
from generator.review.recall_rules import Printing
from generator.review.snapshot import Snapshot
from generator.review.state import is_disputed
from generator.website.cautious import CautiousComposer
from generator.website.proof import RequiredText, one_line, required_text

EMERGENCY_FACT = "emergency"
"""The fact that is the national emergency number: it is said even where every other number is doubted."""
REACHED = ("phone", "email", "url")
"""The kinds of fact by which a reader reaches somebody."""


@dataclass(frozen=True)
class BothLanguages:
    """A word of the site: in the language as far as there is one, and in the source language while nobody has read that."""

    own: str
    english: str

    @property
    def markup(self) -> Markup:
        """The word, with the English beside it, for the inside of a line."""
        english = (
            Markup('<span lang="en" dir="ltr">{}</span>').format(self.english)
            if self.english
            else ""
        )
        return Markup('<span class="gap">{}</span>').format(
            Markup(" ").join(filter(None, (escape(self.own), english)))
        )


def in_both_languages(text: Translation, language: Language) -> BothLanguages:
    """Return a word of the site in a language; a text for an older English counts as none."""
    own = "" if text.state is State.STALE else text.msgstr
    read = text.state is State.READY or language.code == "en"
    return BothLanguages(own, "" if own and read else text.message.msgid)


@dataclass(frozen=True)
class KeptPage:
    """One leaflet in one language without what must not be said."""

    slug: str
    language: Language
    tag: str
    heading: Markup
    """The title; empty where it cannot be said."""
    parts: tuple[BlockPart, ...]
    numbers: tuple[FactRow, ...]
    """Numbers and addresses that stand in no part."""
    gone: bool
    """Whether the campaign gives out this leaflet, or this language, no more."""
    said: RequiredText
    """What its page must show."""

    @property
    def bare(self) -> KeptPage:
        """The same with nothing but numbers, for a site that cannot draw its parts."""
        rows = (
            *(
                row
                for part in self.parts
                if part.kind is BlockKind.CONTACTS
                for row in part.entries
            ),
            *self.numbers,
        )
        texts = [text for row in rows for text in (row.label, row.detail) if text]
        shown = RequiredText(
            tuple(one_line(text.markup.striptags()) for text in texts),
            {one_line(row.value.striptags()): 1 for row in rows},
        )
        return replace(self, parts=(), numbers=rows, said=shown)

    @property
    def silent(self) -> KeptPage:
        """The same without anything, for a site that cannot draw numbers with what they are."""
        return replace(self, parts=(), numbers=(), said=RequiredText())


def make_kept_page(
    snapshot: Snapshot, slug: str, code: str, gap: Markup, printings: Iterable[Printing] = ()
) -> KeptPage:
    """Return what can still be said of a leaflet in a language, with `gap` in place of each sentence that cannot.

    Of a leaflet that is gone, only the numbers on its `printings` that are as they were.
    """
    project = snapshot.project
    known, leaflet = code in project.campaign.languages, project.leaflets.get(slug)
    language = project.languages.get(code, project.languages["en"])
    texts, english = _texts(snapshot, language.code, slug), _texts(snapshot, "en", slug)
    sure = _sure(snapshot, {**texts, **{f"en {name}": text for name, text in english.items()}})
    wrong = _wrong(snapshot, code, texts) if known else frozenset()
    composer = CautiousComposer(
        language, snapshot.facts, texts, project.campaign, english, sure, gap, wrong
    )
    shown = leaflet if known else None
    parts = tuple(composer.kept(block, project.theme) for block in shown.blocks) if shown else ()
    wanted = (
        _reached(snapshot, shown, texts)
        if shown
        else [name for one in printings for name in _same(snapshot, one)]
    )
    rows = [
        composer.contact(name)
        for name in dict.fromkeys(wanted)
        if name in sure and name not in composer.rows
    ]
    if EMERGENCY_FACT in sure and not any(
        snapshot.facts[name].kind == "phone" for name in composer.placed_names
    ):
        rows.append(composer.contact(EMERGENCY_FACT))
    heading = composer.title() if shown else Markup("")
    tag = project.languages[code].tag if code in project.languages else code.replace("_", "-")
    return KeptPage(
        slug,
        language,
        tag,
        heading,
        _without_idle(parts),
        tuple(rows),
        not known or slug not in project.slugs,
        required_text(composer),
    )


def _wrong(snapshot: Snapshot, code: str, texts: Mapping[str, Translation]) -> frozenset[str]:
    """Return the sentences that no edition may print, whoever signed them."""
    if code == "en":
        return frozenset(name for name, text in texts.items() if snapshot.unprintable(text.message))
    return frozenset(
        name for name, text in texts.items() if text.msgstr and snapshot.errors(code, text)
    )


def _texts(snapshot: Snapshot, code: str, slug: str) -> dict[str, Translation]:
    """Return what a leaflet and the theme say in a language; nothing of what cannot be read."""
    found: dict[str, Translation] = {}
    for domain in (SHARED_DOMAIN, *([slug] if slug in snapshot.project.leaflets else [])):
        with suppress(LeafletsError):
            found |= snapshot.texts(code, domain)
    return found


def _sure(snapshot: Snapshot, texts: Mapping[str, Translation]) -> frozenset[str]:
    """Return the facts that may be said: signed, not too old, not over, and in no sentence that anybody says is wrong.

    The emergency number stays unless somebody looked it up and found it wrong.
    """
    doubted = {
        name for text in texts.values() if is_disputed(text) for name in facts_beside(text.message)
    }
    found = {name for name in snapshot.facts if _stands(snapshot, name) and name not in doubted}
    right = (
        EMERGENCY_FACT in snapshot.facts
        and snapshot.fact_keys[EMERGENCY_FACT] not in snapshot.wrong_facts
    )
    return frozenset(found | {EMERGENCY_FACT} if right else found - {EMERGENCY_FACT})


def _stands(snapshot: Snapshot, name: str) -> bool:
    """Tell whether a fact may be said today; a made-up one only in the example, whose pages say so."""
    invented = (
        snapshot.example
        and name in snapshot.made_up
        and snapshot.fact_keys[name] not in snapshot.wrong_facts
    )
    return (invented or snapshot.fact_states[name] is State.READY) and not errors_among(
        problems_of_fact(snapshot, name)
    )


def _reached(snapshot: Snapshot, leaflet: Leaflet, texts: Mapping[str, Translation]) -> list[str]:
    wanted = fact_names(leaflet, texts) & snapshot.facts.keys()
    return sorted(
        name
        for name in wanted
        if snapshot.facts[name].kind in REACHED and snapshot.facts[name].label
    )


def _same(snapshot: Snapshot, printed: Printing) -> list[str]:
    """Return the shared facts on a printing that are the same today."""
    same = (name for name, key in printed.facts.items() if snapshot.fact_keys.get(name) == key)
    return [
        name for name in same if snapshot.facts[name].kind in REACHED and snapshot.facts[name].label
    ]


def _without_idle(parts: tuple[BlockPart, ...]) -> tuple[BlockPart, ...]:
    """Return the parts without headings under which nothing is left, and without empty ones."""
    full = [part for part in parts if part.texts or part.entries]
    kinds = [*(part.kind for part in full), BlockKind.HEADING]
    idle = {
        place
        for place, (kind, after) in enumerate(pairwise(kinds))
        if kind is after is BlockKind.HEADING
    }
    return tuple(part for place, part in enumerate(full) if place not in idle)
