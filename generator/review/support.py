"""What the ledger says about a wording: who signed, rejected or doubts it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from generator.base.digests import wording_key
from generator.catalogue.change import ChangeKind, classify_change
from generator.review.ledger_event import LedgerAction, LedgerEvent, withdrawn_ids


@dataclass(frozen=True)
class Support:
    """What the ledger says about one wording."""

    signers: frozenset[str] = frozenset()
    """Codes of the people who wrote or signed it; a machine counts as nobody."""
    engines: frozenset[str] = frozenset()
    rejected: bool = False
    reasons: tuple[str, ...] = ()
    """Why it was rejected."""
    answers: frozenset[tuple[str, str]] = frozenset()
    """Checks whose warning was dismissed or whose question was answered, each with the reader."""
    carried: frozenset[str] = frozenset()
    """Older English whose signatures somebody carried over, because the change was cosmetic."""
    baseline: bool = False
    """For facts: whether this value stood there when signing began."""
    doubts: tuple[tuple[str, str], ...] = ()
    """What people say is wrong and no reader has answered: ids of the events, and their words."""

    @property
    def dismissed(self) -> frozenset[str]:
        """Ids of checks whose warning somebody looked at and found wrong."""
        return frozenset(check for check, _ in self.answers)

    @property
    def known(self) -> bool:
        """Whether anybody or any machine made or read this wording for this English."""
        return bool(self.signers or self.engines)


NO_SUPPORT = Support()


def support_by_key(events: Iterable[LedgerEvent]) -> dict[str, Support]:
    """Return what the ledger says by wording key; order and repetition of events do not matter."""
    # Git joins the ledgers of two branches line by line (merge=union), so lines may come in any
    # order, and twice.
    events = list(events)
    gone = withdrawn_ids(events)
    counting = [event for event in events if not gone or event.id not in gone]
    engines = {event.person for event in events if event.action == LedgerAction.MACHINE}
    answered = {event.target for event in counting if event.action == LedgerAction.ANSWER}

    by_key: dict[str, list[LedgerEvent]] = {}
    for event in counting:
        by_key.setdefault(event.key, []).append(event)
    return {key: _support(group, engines, answered) for key, group in by_key.items()}


def _support(events: list[LedgerEvent], engines: set[str], answered: set[str]) -> Support:
    signers, machines, answers, carried = set(), set(), set(), set()
    rejections, doubts = set(), set()
    for event in events:
        match event.action:
            case LedgerAction.SIGN | LedgerAction.WRITE:
                signers.add(event.person)
            case LedgerAction.MACHINE:
                machines.add(event.who)
            case LedgerAction.DISMISS:
                answers.add((event.target, event.person))
            case LedgerAction.CARRY:
                carried.add(event.old)
            case LedgerAction.REJECT:
                rejections.add(event.why)
            case LedgerAction.DOUBT if event.id not in answered:
                doubts.add((event.id, event.why))
    return Support(
        # A code that a machine uses is no person's, whatever else was done under it.
        frozenset(signers - engines),
        frozenset(machines),
        bool(rejections),
        tuple(sorted(rejections - {""})),
        frozenset(answers),
        frozenset(carried - {""}),
        any(event.action == LedgerAction.BASELINE for event in events),
        tuple(sorted(doubts)),
    )


def wording_support(
    ledger: Mapping[str, Support], language: str, msgctxt: str, msgid: str, msgstr: str
) -> Support:
    """Return who supports a wording, with the signatures carried over from an older English.

    They count only where the two English wordings differ by case, spaces and punctuation: this is
    checked here every time, whatever the ledger says.
    """
    found = ledger.get(wording_key(language, msgctxt, msgid, msgstr), NO_SUPPORT)
    if not found.carried:
        return found
    counted = [found]
    doubts = set(found.doubts)
    todo, seen = [(msgid, found)], {msgid}
    while todo:
        newer, support = todo.pop()
        for old in support.carried - seen:
            if classify_change(old, newer).kind is not ChangeKind.COSMETIC:
                continue
            seen.add(old)
            before = ledger.get(wording_key(language, msgctxt, old, msgstr), NO_SUPPORT)
            doubts |= set(before.doubts)
            if not before.rejected:
                counted.append(before)
                todo.append((old, before))
    return replace(
        found,
        signers=frozenset().union(*(support.signers for support in counted)),
        engines=frozenset().union(*(support.engines for support in counted)),
        answers=frozenset().union(*(support.answers for support in counted)),
        doubts=tuple(sorted(doubts)),
    )
