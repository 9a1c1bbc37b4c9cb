"""Whether a printed edition still holds: current, replaced by another code, or to be destroyed and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from generator.base.digests import source_key
from generator.base.short_codes import typed_letters
from generator.catalogue.change import ChangeKind, classify_change
from generator.model import Edition, State

PHONE_TREE_FACT = "phone-tree:"
"""Before the name of a print, where the fact is who stands on a phone tree; no fact of a file has such a name."""


class Disposition(StrEnum):
    """What becomes of the paper."""

    CURRENT = "current"
    DOUBTED = "doubted"
    """Keep it back: something on it is doubted, or what is to take its place is not ready."""
    REPLACED = "replaced"
    DESTROY = "destroy"


@dataclass(frozen=True)
class Printing:
    """One edition as it was printed once: what its pages say, by keys alone, so that no number and no place is in it."""

    code: str
    leaflet: str
    language: str
    sheet: str
    site: str
    state: str
    built: str
    """The day, as 2026-11-22."""
    dated: str
    """The day of the English text."""
    sentences: Mapping[str, str]
    """`wording_key` by catalogue and id, such as not-alone/title; of an English box that of no translation."""
    facts: Mapping[str, str]
    """`fact_key` by name."""
    sha256: str
    english: Mapping[str, str] = field(default_factory=dict)
    """`source_key` of the English that each sentence was made for."""
    shape: str = ""
    """`papercode.shape_of` the page; lines of earlier versions do not have it."""

    @property
    def edition(self) -> Edition:
        """The edition that this was a printing of."""
        return Edition(self.leaflet, self.language, self.sheet, self.site)

    @property
    def lists_people(self) -> bool:
        """Whether it is a phone tree with its people."""
        return any(name.startswith(PHONE_TREE_FACT) for name in self.facts)


@dataclass(frozen=True)
class RecallReason:
    """Why a printed edition is not what the campaign says today; `name` is the sentence, the fact, the leaflet or the site."""

    name: str
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
    """Sentences whose text of today has not enough people behind it, by catalogue and id."""


def judge_printing(printed: Printing, today: CurrentContent, newer: Printing) -> RecallVerdict:
    """Return what to do with a printed edition; `newer` is its `successor`, it may be this one.

    Only what holds itself takes its place: nothing that is doubted or to be destroyed, and nothing that says the same under
    another code, as papers of earlier versions of the program do.
    """
    reasons = tuple(_reasons(printed, today))
    holds = all(reason.disposition is Disposition.REPLACED for reason in _reasons(newer, today))
    by = (
        newer.code
        if holds and newer.code != printed.code and not same_content(newer, printed)
        else ""
    )
    fates = {reason.disposition for reason in reasons}
    if Disposition.DESTROY in fates:
        return RecallVerdict(
            Disposition.DESTROY,
            by,
            tuple(reason for reason in reasons if reason.disposition is Disposition.DESTROY),
        )
    if by or fates == {Disposition.REPLACED}:
        return RecallVerdict(Disposition.REPLACED, by, reasons)
    return RecallVerdict(Disposition.DOUBTED if fates else Disposition.CURRENT, by, reasons)


def same_content(one: Printing, other: Printing) -> bool:
    """Tell whether two printings of an edition say the same, in the same order where both lines know it, and are as far."""
    shapes = {one.shape, other.shape} - {""}
    return (one.sentences, one.facts, one.state) == (
        other.sentences,
        other.facts,
        other.state,
    ) and len(shapes) < 2


def successor(printed: Printing, printings: Sequence[Printing]) -> Printing:
    """Return what takes the place of a printing among those of its edition, oldest first: this one where nothing does.

    A ready paper gives way only to a later ready one; a draft also to a later draft.
    """
    last = max(
        (place for place, one in enumerate(printings) if one.code == printed.code),
        default=len(printings),
    )
    later = [
        one
        for one in printings[last + 1 :]
        if one.state == State.READY or printed.state != State.READY
    ]
    ready = [one for one in later if one.state == State.READY]
    return (ready or later or [printed])[-1]


def _reasons(printed: Printing, today: CurrentContent) -> Iterator[RecallReason]:
    gone = [
        RecallReason(name, what, Disposition.DESTROY)
        for name, known, what in (
            (printed.leaflet, today.leaflets, "the campaign has this leaflet no more"),
            (printed.language, today.languages, "the campaign has this language no more"),
            (
                printed.site,
                today.sites | {""},
                "this site is gone, and with it who answers its numbers",
            ),
        )
        if name not in known
    ]
    if gone:
        yield from gone
        return
    for name, key in printed.sentences.items():
        yield from sentence_reasons(name, key, printed.english.get(name, ""), today)
    for name, key in printed.facts.items():
        yield from fact_reasons(name, key, today)


def sentence_reasons(
    name: str, key: str, made_for: str, today: CurrentContent
) -> Iterator[RecallReason]:
    """Yield why a sentence on paper is not today's; `made_for` is the `source_key` of its English."""
    if key in today.rejected:
        yield RecallReason(
            name,
            f"readers rejected this wording: {today.rejected[key] or 'no reason given'}",
            Disposition.DESTROY,
        )
    elif key != today.sentences.get(name):
        now = today.english.get(name, "")
        if now and source_key(name.partition("/")[2], now) == made_for:
            found = RecallReason(name, "it has another translation now", Disposition.REPLACED)
        else:
            found = _english_reason(name, today.older.get(name, {}).get(made_for, ""), now)
        waits = found.disposition is Disposition.REPLACED and name in today.unready
        yield (
            RecallReason(name, f"{found.what}, which is not ready yet", Disposition.DOUBTED)
            if waits
            else found
        )
    elif key in today.doubted:
        yield RecallReason(
            name, "somebody says that it is wrong, and no reader has answered", Disposition.DOUBTED
        )


def _english_reason(name: str, old: str, now: str) -> RecallReason:
    what = "its English has changed" if now else "the sentence was taken out"
    if not old:
        return RecallReason(
            name, f"{what}, and what it said before is not known", Disposition.DESTROY
        )
    change = classify_change(old, now)
    if change.kind is ChangeKind.CRITICAL:
        return RecallReason(name, f"{what} ({', '.join(change.reasons)})", Disposition.DESTROY)
    return RecallReason(name, what, Disposition.REPLACED)


def fact_reasons(name: str, key: str, today: CurrentContent) -> Iterator[RecallReason]:
    """Yield why a fact on paper is not today's."""
    if name not in today.facts:
        yield RecallReason(name, "this fact was taken out", Disposition.DESTROY)
    elif key in today.wrong_facts:
        yield RecallReason(
            name, "somebody looked this fact up and found it wrong", Disposition.DESTROY
        )
    elif key != today.facts[name]:
        what = (
            "somebody on it came, went or has another number"
            if name.startswith(PHONE_TREE_FACT)
            else "this fact has changed"
        )
        yield RecallReason(name, what, Disposition.DESTROY)


def newest_printings(records: Iterable[Printing]) -> dict[Edition, Printing]:
    """Return the last printing of each edition; the records come in the order of the file."""
    return {record.edition: record for record in records}


def printings_with_code(records: Iterable[Printing], typed: str) -> list[Printing]:
    """Return the printings with the code that somebody typed, the last of each edition; misread letters are understood."""
    wanted = typed_letters(typed)
    found = {
        (record.edition, record.code): record
        for record in records
        if typed_letters(record.code) == wanted
    }
    return list(found.values())


@dataclass(frozen=True)
class RecallRequest:
    """What somebody wants to collect: the paper that holds a sentence, a fact, or all of a leaflet."""

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

    def reasons(self, printed: Printing, today: CurrentContent) -> list[RecallReason]:
        """Return why a printing is to be collected; nothing if it says about this what the campaign says today."""
        if self.leaflet:
            return [
                RecallReason(self.leaflet, "the whole leaflet is collected", Disposition.DESTROY)
            ]
        if (
            printed.leaflet not in today.leaflets
            or printed.language not in today.languages
            or printed.site not in today.sites | {""}
        ):
            return list(_reasons(printed, today))
        if self.fact:
            return list(fact_reasons(self.fact, printed.facts[self.fact], today))
        return list(
            sentence_reasons(
                self.sentence,
                printed.sentences[self.sentence],
                printed.english.get(self.sentence, ""),
                today,
            )
        )
