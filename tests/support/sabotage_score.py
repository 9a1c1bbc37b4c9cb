"""Which harmful edits the checks find, and why they cannot find the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from generator.base.digests import digest
from generator.campaign.project import Project
from generator.layout import fonts
from generator.review.snapshot import Snapshot
from tests.support.sabotage_tools import Kind, Sentence
from tests.support.sabotage_words import INSULT, LATIN, SIX, SPACED


@dataclass(frozen=True)
class Unfound:
    """Why no check finds a kind in every sentence, and in which languages."""

    reason: str
    languages: tuple[str, ...] = SIX


ALIVE = "both are words of the language, rightly spelt: only a reader knows which one is meant"
NOT_FINDABLE = {
    # meaning
    "negation lost": Unfound("no list of words knows how a language says no; so `negation` asks every reader"),
    "must for may": Unfound(ALIVE),
    "who is swapped": Unfound(ALIVE),
    "a word replaced": Unfound(ALIVE),
    "a word lost": Unfound("translations have more words than the English, or fewer"),
    "two words exchanged": Unfound("every language has its own order of words"),
    "a condition added": Unfound("translations are longer than the English, by up to 2.4 times"),
    "the order of sentences turned": Unfound("nothing tells which sentence is which"),
    "the translation of another sentence": Unfound("it is right in itself, and of the same length, marks and names"),
    "placeholders exchanged": Unfound("every language has its own order of words; so `fact_order` asks where it differs"),
    # words that carry a fact
    "another number in words": Unfound("number words bend, and “one” is also “a”"),
    # too little to go by
    "the neighbour's heading": Unfound("two or three words say nothing about a language", SPACED),
    "the neighbour's last sentence": Unfound("a short sentence may hold none of the common words", ("fr",)),
    "a letter of the neighbour's keyboard": Unfound("a word with a capital inside a sentence can be a foreign name", ("fr",)),
    "accents lost": Unfound("every word may be right without them, and a short text may have none", LATIN),
    "another code page": Unfound(
        "letters that are lost, or are letters of the language, leave no trace in a short text", ("fr", "tr", "zh_Hans")
    ),
    "nothing": Unfound("there is no text to look at: the state is `missing`, and the edition is withheld"),
}


def shipped_sentences(project: Project, code: str) -> list[Sentence]:
    """Return every translation of a language that ships, ready to be harmed; the glossary's words count as agreed."""
    snapshot = Snapshot(project)
    terms = tuple((term, words[code]) for term, words in project.glossary.terms.items() if code in words)
    avoid = project.glossary.avoid.get(code) or (((INSULT[code], "-"),) if code in INSULT else ())
    context = replace(
        snapshot.context(code), terms=terms, avoid=avoid, covers=fonts.printable_characters(project.languages[code], project.languages)
    )
    places = [(domain, text) for domain in project.domains for text in snapshot.texts(code, domain).values() if text.msgstr]
    book = tuple((text.message.msgid, text.msgstr) for _, text in places)
    found = []
    for number, (domain, text) in enumerate(places):
        others = frozenset(own for at, (english, own) in enumerate(book) if at != number and english == text.message.msgid)
        abroad = {other: snapshot.texts(other, domain)[text.message.msgctxt].msgstr for other in project.campaign.languages}
        here = replace(context, translations={text.message.msgid: others})
        found.append(Sentence(text.message, text.msgstr, here, abroad, book))
    return found


@dataclass(frozen=True)
class Trial:
    """One sentence, harmed in one way."""

    kind: Kind
    sentence: Sentence
    harmed: str

    @property
    def found(self) -> frozenset[str]:
        """The checks that find something in the harmed sentence and nothing in the whole one."""
        return self.sentence.problems(self.harmed) - self.sentence.before


def trials(found: list[Sentence], kind: Kind, most: int) -> Iterator[Trial]:
    """Yield up to `most` sentences that a kind can harm, in an order that depends on nothing but their names."""
    tried = 0
    for sentence in sorted(found, key=lambda sentence: digest(kind.name, sentence.message.msgctxt, sentence.message.msgid)):
        chance = Random(sentence.message.msgid)  # noqa: S311 - the same harm every time
        harmed = kind.change(sentence, chance) if tried < most else None
        if harmed is not None and harmed != sentence.msgstr:
            tried += 1
            yield Trial(kind, sentence, harmed)
