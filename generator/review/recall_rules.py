"""Whether a printed edition still holds: current, replaced by another code, or to be destroyed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.base.digests import source_key
from generator.catalogue.change import ChangeKind, classify_change
from generator.review.printing import PHONE_TREE_FACT, Printing, same_content


class Disposition(StrEnum):
    """What becomes of the paper."""

    CURRENT = "current"
    DOUBTED = "doubted"
    """Keep it back: something on it is doubted, or what is to take its place is not ready."""
    REPLACED = "replaced"
    DESTROY = "destroy"


@dataclass(frozen=True)
class RecallReason:
    """Why a printed edition is not what the campaign says today."""

    name: str
    """The sentence, the fact, the leaflet, the language or the site."""
    what: str
    disposition: Disposition


@dataclass(frozen=True)
class RecallVerdict:
    """What to do with a printed edition; `by` is the code that takes its place, if there is one."""

    disposition: Disposition
    by: str = ""
    reasons: tuple[RecallReason, ...] = ()


@dataclass(frozen=True)
class CurrentContent:
    """What the campaign says now, to one language at one site."""

    leaflets: frozenset[str]
    languages: frozenset[str]
    sites: frozenset[str]
    sentences: Mapping[str, str]
    """`wording_key` of what would be printed, by catalogue and id."""
    english: Mapping[str, str]
    """The English by catalogue and id."""
    older: Mapping[str, Mapping[str, str]]
    """Every English there ever was, by catalogue and id and then by `source_key`."""
    rejected: Mapping[str, str]
    """Why readers rejected a wording, by `wording_key`."""
    facts: Mapping[str, str]
    wrong_facts: frozenset[str]
    """Keys of facts that somebody looked up and found wrong."""
    doubted: frozenset[str] = frozenset()
    """Each `wording_key` that somebody says is wrong, while no reader has answered."""
    unready: frozenset[str] = frozenset()
    """Sentences whose text of today too few people signed, by catalogue and id."""

    def gone(self, printed: Printing) -> list[RecallReason]:
        """Return which of leaflet, language and site of a printing the campaign no longer has."""
        site = "this site is gone, and with it who answers its numbers"
        rows = (
            (printed.leaflet, self.leaflets, "the campaign no longer has this leaflet"),
            (printed.language, self.languages, "the campaign no longer has this language"),
            (printed.site, self.sites | {""}, site),
        )
        return [
            RecallReason(name, what, Disposition.DESTROY)
            for name, known, what in rows
            if name not in known
        ]

    def reasons(self, printed: Printing) -> list[RecallReason]:
        """Return everything on a printing that is not what the campaign says today."""
        if gone := self.gone(printed):
            return gone
        return [
            *(reason for name in printed.sentences for reason in self.of_sentence(printed, name)),
            *(reason for name in printed.facts for reason in self.of_fact(printed, name)),
        ]

    def of_sentence(self, printed: Printing, name: str) -> Iterator[RecallReason]:
        """Yield why a sentence on paper is not today's."""
        key = printed.sentences[name]
        if key in self.rejected:
            why = self.rejected[key] or "no reason given"
            what = f"readers rejected this wording: {why}"
            yield RecallReason(name, what, Disposition.DESTROY)
        elif key != self.sentences.get(name):
            found = self._changed_sentence(name, printed.english.get(name, ""))
            if found.disposition is Disposition.REPLACED and name in self.unready:
                what = f"{found.what}, which is not ready yet"
                found = RecallReason(name, what, Disposition.DOUBTED)
            yield found
        elif key in self.doubted:
            what = "somebody says that it is wrong, and no reader has answered"
            yield RecallReason(name, what, Disposition.DOUBTED)

    def _changed_sentence(self, name: str, made_for: str) -> RecallReason:
        """Return how a sentence has changed; `made_for` is the `source_key` of its English then."""
        now = self.english.get(name, "")
        if now and source_key(name.partition("/")[2], now) == made_for:
            return RecallReason(name, "it has another translation now", Disposition.REPLACED)
        what = "its English has changed" if now else "the sentence was taken out"
        old = self.older.get(name, {}).get(made_for, "")
        if not old:
            what = f"{what}, and what it said before is not known"
            return RecallReason(name, what, Disposition.DESTROY)
        change = classify_change(old, now)
        if change.kind is ChangeKind.CRITICAL:
            what = f"{what} ({', '.join(change.reasons)})"
            return RecallReason(name, what, Disposition.DESTROY)
        return RecallReason(name, what, Disposition.REPLACED)

    def of_fact(self, printed: Printing, name: str) -> Iterator[RecallReason]:
        """Yield why a fact on paper is not today's."""
        key, what = printed.facts[name], ""
        if name not in self.facts:
            what = "this fact was taken out"
        elif key in self.wrong_facts:
            what = "somebody looked this fact up and found it wrong"
        elif key != self.facts[name]:
            what = "this fact has changed"
            if name.startswith(PHONE_TREE_FACT):
                what = "somebody on it came, went or has another number"
        if what:
            yield RecallReason(name, what, Disposition.DESTROY)


def judge_printing(printed: Printing, current: CurrentContent, newer: Printing) -> RecallVerdict:
    """Return what to do with a printed edition; `newer` is its `successor`, perhaps this one.

    Only what holds itself takes its place: nothing that is doubted or to be destroyed, and nothing
    that says the same under another code, as papers of earlier versions of the program do.
    """
    reasons = tuple(current.reasons(printed))
    dispositions = {reason.disposition for reason in reasons}
    holds = {reason.disposition for reason in current.reasons(newer)} <= {Disposition.REPLACED}
    # Earlier versions gave new codes to pages that said the same.
    other = newer.code != printed.code and not same_content(newer, printed)
    by = newer.code if holds and other else ""
    if Disposition.DESTROY in dispositions:
        grave = (reason for reason in reasons if reason.disposition is Disposition.DESTROY)
        return RecallVerdict(Disposition.DESTROY, by, tuple(grave))
    if by or dispositions == {Disposition.REPLACED}:
        return RecallVerdict(Disposition.REPLACED, by, reasons)
    return RecallVerdict(Disposition.DOUBTED if reasons else Disposition.CURRENT, by, reasons)


@dataclass(frozen=True)
class RecallRequest:
    """What to collect: the paper that holds a sentence, a fact, or all of a leaflet."""

    sentence: str = ""
    fact: str = ""
    leaflet: str = ""
    languages: tuple[str, ...] = ()

    def holds(self, printed: Printing) -> bool:
        """Tell whether a printing holds what is asked for."""
        named = (
            printed.leaflet == self.leaflet
            or self.sentence in printed.sentences
            or self.fact in printed.facts
        )
        return named and (not self.languages or printed.language in self.languages)

    def reasons(self, printed: Printing, current: CurrentContent) -> list[RecallReason]:
        """Return why a printing is to be collected.

        Nothing if it says about this what the campaign says today.
        """
        if self.leaflet:
            what = "the whole leaflet is collected"
            return [RecallReason(self.leaflet, what, Disposition.DESTROY)]
        if gone := current.gone(printed):
            return gone
        if self.fact:
            return list(current.of_fact(printed, self.fact))
        return list(current.of_sentence(printed, self.sentence))
