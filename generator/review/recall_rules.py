"""Whether a printed edition still holds: current, replaced by another code, or to be destroyed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from generator.base.digests import has_key, same_key, source_key
from generator.catalogue.change import ChangeKind, classify_change, reasons_in_words
from generator.model import State
from generator.review.printing import PHONE_TREE_FACT, Printing, last_of_codes, same_content

CANNOT_TELL = "this computer cannot tell whether its private facts hold: ask who packed it"


class Disposition(StrEnum):
    """What becomes of the paper."""

    CURRENT = "current"
    DOUBTED = "doubted"
    """Keep it back: something on it is doubted, or what is to take its place is not ready."""
    REPLACED = "replaced"
    DESTROY = "destroy"
    UNKNOWN = "unknown"
    """This computer cannot tell: ask who packed it."""


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
    hidden: Mapping[str, str] = field(default_factory=dict)
    """Keys of the private facts, by name: those that the secret of this computer hides."""
    secret: str = ""
    """The mark of that secret; empty where there is none."""
    on_sheets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Which sentences of the leaflet each sheet prints."""

    def is_foreign(self, printed: Printing) -> bool:
        """Tell whether the private facts of a printing were hidden by a secret that is not here.

        A line of an earlier version does not say; one private fact that is as it was tells.
        """
        if not printed.site or not self.secret:
            return bool(printed.site)
        if printed.secret:
            return printed.secret != self.secret
        private = [name for name in printed.facts if name in self.hidden]
        known = any(same_key(printed.facts[name], self.hidden[name]) for name in private)
        return not known and (bool(private) or printed.site not in self.sites)

    def place(self, printed: Printing) -> tuple[int, int, bool]:
        """Return what decides between printings that say nothing wrong: the highest is current.

        It lacks the fewest sentences of today, and was printed last.
        """
        lacking = self.on_sheets.get(printed.sheet, frozenset()) - printed.sentences.keys()
        return -len(lacking), printed.turn, printed.state == State.READY

    def gone(self, printed: Printing) -> list[RecallReason]:
        """Return which of leaflet, language and site of a printing the campaign no longer has."""
        site = "this site is gone, and with it who answers its numbers"
        sites = self.sites | {"", printed.site if self.is_foreign(printed) else ""}
        rows = (
            (printed.leaflet, self.leaflets, "the campaign no longer has this leaflet"),
            (printed.language, self.languages, "the campaign no longer has this language"),
            (printed.site, sites, site),
        )
        return [
            RecallReason(name, what, Disposition.DESTROY)
            for name, known, what in rows
            if name not in known
        ]

    def reasons(self, printed: Printing) -> list[RecallReason]:
        """Return everything on a printing that is not what the campaign says today."""
        foreign = self.is_foreign(printed)
        found = self.gone(printed) or [
            *(reason for name in printed.sentences for reason in self.of_sentence(printed, name)),
            *(reason for name in printed.facts for reason in self.of_fact(printed, name)),
            *([_cannot_tell(printed.site)] if foreign else ()),
        ]
        return _reasons_to_ask(found) if foreign else found

    def of_sentence(self, printed: Printing, name: str) -> Iterator[RecallReason]:
        """Yield why a sentence on paper is not today's."""
        key = printed.sentences[name]
        rejected = next((one for one in self.rejected if same_key(one, key)), None)
        if rejected is not None:
            why = self.rejected[rejected] or "no reason given"
            what = f"readers rejected this wording: {why}"
            yield RecallReason(name, what, Disposition.DESTROY)
        elif not same_key(key, self.sentences.get(name, "")):
            found = self._changed_sentence(name, printed.english.get(name, ""))
            if found.disposition is Disposition.REPLACED and name in self.unready:
                what = f"{found.what}, which is not ready yet"
                found = RecallReason(name, what, Disposition.DOUBTED)
            yield found
        elif has_key(self.doubted, key):
            what = "somebody says that it is wrong, and no reader has answered"
            yield RecallReason(name, what, Disposition.DOUBTED)

    def _changed_sentence(self, name: str, made_for: str) -> RecallReason:
        """Return how a sentence has changed; `made_for` is the `source_key` of its English then."""
        now = self.english.get(name, "")
        if now and same_key(source_key(name.partition("/")[2], now), made_for):
            return RecallReason(name, "it has another translation now", Disposition.REPLACED)
        what = "its English has changed" if now else "the sentence was taken out"
        known = self.older.get(name, {})
        old = next((text for key, text in known.items() if same_key(key, made_for)), "")
        if not old:
            what = f"{what}, and what it said before is not known"
            return RecallReason(name, what, Disposition.DESTROY)
        change = classify_change(old, now)
        if change.kind is ChangeKind.CRITICAL:
            what = f"{what} ({reasons_in_words(change.reasons)})"
            return RecallReason(name, what, Disposition.DESTROY)
        return RecallReason(name, what, Disposition.REPLACED)

    def of_fact(self, printed: Printing, name: str) -> Iterator[RecallReason]:
        """Yield why a fact on paper is not today's."""
        key, what = printed.facts[name], ""
        if has_key(self.wrong_facts, key):
            what = "somebody looked this fact up and found it wrong"
        elif self.is_foreign(printed):
            # `reasons` says once of the whole page that it cannot be told.
            return
        elif name not in self.facts:
            what = "this fact was taken out"
        elif not same_key(key, self.facts[name]):
            what = "this fact has changed"
            if name.startswith(PHONE_TREE_FACT):
                what = "somebody on it came, went or has another number"
        if what:
            yield RecallReason(name, what, Disposition.DESTROY)


def _reasons_to_ask(reasons: Iterable[RecallReason]) -> list[RecallReason]:
    """Return the reasons for paper whose secret is not here: none of them says to destroy it.

    Whoever edits files could else call the paper of every site away.
    """
    return [
        replace(one, disposition=Disposition.UNKNOWN)
        if one.disposition is Disposition.DESTROY
        else one
        for one in reasons
    ]


def _cannot_tell(name: str) -> RecallReason:
    return RecallReason(name, CANNOT_TELL, Disposition.UNKNOWN)


def judge_printing(
    printed: Printing, current: CurrentContent, printings: Iterable[Printing]
) -> RecallVerdict:
    """Return what to do with a printed edition; `printings` are all of it, perhaps with this one.

    Where its private facts cannot be compared it is never to be destroyed: others are asked.
    """
    reasons = tuple(current.reasons(printed))
    dispositions = {reason.disposition for reason in reasons}
    by = _replacement(printed, current, printings)
    if Disposition.DESTROY in dispositions:
        grave = (reason for reason in reasons if reason.disposition is Disposition.DESTROY)
        return RecallVerdict(Disposition.DESTROY, by, tuple(grave))
    if Disposition.UNKNOWN in dispositions:
        return RecallVerdict(Disposition.UNKNOWN, "", reasons)
    if by or dispositions == {Disposition.REPLACED}:
        return RecallVerdict(Disposition.REPLACED, by, reasons)
    return RecallVerdict(Disposition.DOUBTED if reasons else Disposition.CURRENT, by, reasons)


def _replacement(printed: Printing, current: CurrentContent, printings: Iterable[Printing]) -> str:
    """Return the code that takes the place of a printing; "" if none does.

    That is the one that says what the campaign says today, whoever printed it and when: two
    computers may print at the same time. Where none does, it is the last one that was printed
    later and that holds itself: nothing on it is doubted or to be destroyed.
    """
    last = last_of_codes(printings)
    printed = last.get(printed.code, printed)
    others = [one for one in last.values() if _may_replace(one, printed)]
    others.sort(key=lambda one: (_is_ready(one), current.place(one), one.built, one.code))
    says_today = not current.reasons(printed)
    for one in reversed(others):
        better = not says_today or current.place(one) > current.place(printed)
        if better and not current.reasons(one):
            return one.code
    later = [] if says_today else [one for one in others if one.turn > printed.turn]
    if not later:
        return ""
    newest = max(later, key=lambda one: (_is_ready(one), one.turn, one.built, one.code))
    found = {reason.disposition for reason in current.reasons(newest)}
    return newest.code if found <= {Disposition.REPLACED} else ""


def _may_replace(one: Printing, printed: Printing) -> bool:
    """Tell whether a printing is another one, and ready where the one it would replace is.

    Earlier versions gave new codes to pages that said the same.
    """
    other = one.code != printed.code and not same_content(one, printed)
    return other and (_is_ready(one) or not _is_ready(printed))


def _is_ready(printed: Printing) -> bool:
    return printed.state == State.READY


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
        found = self._reasons(printed, current)
        return _reasons_to_ask(found) if current.is_foreign(printed) else found

    def _reasons(self, printed: Printing, current: CurrentContent) -> list[RecallReason]:
        if self.leaflet:
            what = "the whole leaflet is collected"
            return [RecallReason(self.leaflet, what, Disposition.DESTROY)]
        if gone := current.gone(printed):
            return gone
        if self.fact:
            found = list(current.of_fact(printed, self.fact))
            unknown = not found and current.is_foreign(printed)
            return [_cannot_tell(self.fact)] if unknown else found
        return list(current.of_sentence(printed, self.sentence))
