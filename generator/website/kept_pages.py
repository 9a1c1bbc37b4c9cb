"""What can still be said at a printed address whose leaflet is doubted, withheld or gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import zip_longest

from markupsafe import Markup, escape

from generator.base.digests import same_key
from generator.blocks import BlockPart, FactRow, FactUse, kind_of
from generator.blocks.heading import HEADING_KIND
from generator.campaign.settings import SHARED_DOMAIN
from generator.editions.content import fact_names
from generator.editions.obstacles import problems_of_fact
from generator.model import Fact, Language, SigningRule, State, Translation
from generator.printrun.report import facts_beside
from generator.problem import LeafletsError, errors_among
from generator.review.printing import Printing
from generator.review.snapshot import Snapshot
from generator.review.source_texts import POLICY_DOMAIN, POLICY_ID, WHOLE_ID
from generator.review.state import is_disputed
from generator.website.addresses import leaflet_folder
from generator.website.cautious import Caution, CautiousComposer
from generator.website.page_templates import english_markup
from generator.website.proof import RequiredText, one_line, required_text

# The national emergency number: it is said even where every other number is doubted.
EMERGENCY_FACT = "emergency"

# The kinds of fact by which a reader reaches somebody.
_REACHED = ("phone", "email", "url")


@dataclass(frozen=True)
class BothLanguages:
    """A word of the website in a language, with the English while nobody has read that."""

    own: str
    english: str

    @property
    def markup(self) -> Markup:
        """The word and the English, for the inside of a line."""
        parts = [escape(self.own), english_markup(self.english) if self.english else ""]
        return Markup('<span class="gap">{}</span>').format(Markup(" ").join(filter(None, parts)))


def in_both_languages(text: Translation, language: Language) -> BothLanguages:
    """Return a word of the website in a language; a text for an older English counts as none."""
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
    def folder(self) -> str:
        """Where its page stands."""
        return leaflet_folder(self.slug, self.tag)

    @property
    def bare(self) -> KeptPage:
        """The same with nothing but numbers, for a theme that cannot draw its parts."""
        contacts = [part for part in self.parts if kind_of(part).facts is FactUse.EACH]
        rows = (*(row for part in contacts for row in part.entries), *self.numbers)
        texts = [text for row in rows for text in (row.label, row.detail) if text]
        said = RequiredText(
            tuple(one_line(text.markup.striptags()) for text in texts),
            {one_line(row.value.striptags()): 1 for row in rows},
        )
        return replace(self, parts=(), numbers=rows, said=said)

    @property
    def silent(self) -> KeptPage:
        """The same without anything, for a theme that cannot draw numbers with their labels."""
        return replace(self, parts=(), numbers=(), said=RequiredText())


def make_kept_page(
    snapshot: Snapshot, slug: str, code: str, gap: Markup, printings: Iterable[Printing] = ()
) -> KeptPage:
    """Return what can still be said of a leaflet in a language; `gap` stands for what cannot.

    Of a leaflet that is gone, only the numbers on its `printings` that are as they were.
    """
    project = snapshot.project
    known = code in project.campaign.languages
    leaflet = project.leaflets.get(slug) if known else None
    language = project.languages.get(code, project.languages["en"])
    texts, english = _texts(snapshot, language.code, slug), _texts(snapshot, "en", slug)
    sure = _sure_facts(snapshot, [*texts.values(), *english.values()])
    wrong = _wrong_sentences(snapshot, code, texts) if known else frozenset()
    if leaflet and not project.campaign.publish.drafts:
        wrong |= _unagreed_sentences(snapshot, slug, code)
    caution = Caution(english, sure, wrong, gap)
    composer = CautiousComposer(language, snapshot.facts, texts, project.campaign, caution)

    blocks = leaflet.blocks if leaflet else ()
    parts = tuple(composer.kept(block, project.theme) for block in blocks)
    if leaflet:
        wanted = sorted(fact_names(leaflet, texts) & snapshot.facts.keys())
    else:
        wanted = [name for one in printings for name in _unchanged_facts(snapshot, one)]
    rows = [
        composer.contact(name)
        for name in dict.fromkeys(wanted)
        if name in sure and name not in composer.rows and _reaches_somebody(snapshot.facts[name])
    ]
    # Whoever stands in front of a page with gaps must still find a number that helps.
    if EMERGENCY_FACT in sure and not any(
        snapshot.facts[name].kind == "phone" for name in composer.placed_names
    ):
        rows.append(composer.contact(EMERGENCY_FACT))

    return KeptPage(
        slug,
        language,
        project.languages[code].tag if code in project.languages else code.replace("_", "-"),
        composer.title() if leaflet else Markup(""),
        _without_idle(parts),
        tuple(rows),
        not known or slug not in project.slugs,
        required_text(composer),
    )


def _wrong_sentences(
    snapshot: Snapshot, code: str, texts: Mapping[str, Translation]
) -> frozenset[str]:
    """Return the sentences that no edition may print, whoever signed them."""
    if code == "en":
        return frozenset(name for name, text in texts.items() if snapshot.unprintable(text.message))
    return frozenset(
        name for name, text in texts.items() if text.msgstr and snapshot.errors(code, text)
    )


def _unagreed_sentences(snapshot: Snapshot, slug: str, code: str) -> set[str]:
    """Return the sentences that may be said only once organisers sign the leaflet or the policy.

    Whoever lowers a risk or a threshold in a file makes no sentence sure by that.
    """
    project = snapshot.project
    source = project.campaign.source
    texts, own = (_texts(snapshot, language, slug) for language in (code, source))
    if not _policy_stands(snapshot):
        return set(own)
    if WHOLE_ID not in own or own[WHOLE_ID].state is State.READY:
        return set()
    rules = project.campaign.rules.values()
    strictest = SigningRule(max(one.people for one in rules), max(one.keys for one in rules))
    found = [
        (name, snapshot.support(language, texts_of[name]))
        for language, texts_of in ((code, texts), (source, own))
        for name in (message.msgctxt for message in project.leaflets[slug].messages)
        if name in texts_of
    ]
    return {name for name, support in found if not support.meets(strictest)}


def _policy_stands(snapshot: Snapshot) -> bool:
    with suppress(LeafletsError):
        policy = snapshot.texts(snapshot.project.campaign.source, POLICY_DOMAIN)[POLICY_ID]
        return policy.state is State.READY
    return False


def _texts(snapshot: Snapshot, code: str, slug: str) -> dict[str, Translation]:
    """Return what a leaflet and the theme say in a language; nothing of what cannot be read."""
    found: dict[str, Translation] = {}
    for domain in (SHARED_DOMAIN, *([slug] if slug in snapshot.project.leaflets else [])):
        with suppress(LeafletsError):
            found |= snapshot.texts(code, domain)
    return found


def _sure_facts(snapshot: Snapshot, texts: Iterable[Translation]) -> frozenset[str]:
    """Return the facts that may be said: signed, not over, and in no disputed sentence.

    The emergency number stays unless somebody looked it up and found it wrong.
    """
    # A sentence may be called wrong because of the number in it, or of the one it stands beside.
    doubted = {name for text in texts if is_disputed(text) for name in facts_beside(text.message)}
    found = {name for name in snapshot.facts if _stands(snapshot, name)} - doubted
    right = (
        EMERGENCY_FACT in snapshot.facts
        and snapshot.fact_keys[EMERGENCY_FACT] not in snapshot.wrong_facts
    )
    return frozenset(found | {EMERGENCY_FACT} if right else found - {EMERGENCY_FACT})


def _stands(snapshot: Snapshot, name: str) -> bool:
    """Tell whether a fact may be said today; a made-up one only in the example, which says so."""
    invented = (
        snapshot.example
        and name in snapshot.made_up
        and snapshot.fact_keys[name] not in snapshot.wrong_facts
    )
    known = invented or snapshot.fact_states[name] is State.READY
    return known and not errors_among(problems_of_fact(snapshot, name))


def _unchanged_facts(snapshot: Snapshot, printed: Printing) -> list[str]:
    """Return the shared facts on a printing that are the same today."""
    today = snapshot.fact_keys
    return [name for name, key in printed.facts.items() if same_key(key, today.get(name, ""))]


def _reaches_somebody(fact: Fact) -> bool:
    return fact.kind in _REACHED and bool(fact.label)


def _without_idle(parts: tuple[BlockPart, ...]) -> tuple[BlockPart, ...]:
    """Return the parts without empty ones, and without headings under which nothing is left."""
    full = [part for part in parts if part.texts or part.entries]
    return tuple(
        part
        for part, other in zip_longest(full, full[1:])
        if part.kind != HEADING_KIND.name or (other and other.kind != HEADING_KIND.name)
    )
