"""What the ledger says about a wording: who signed, rejected or doubts it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from generator.base.bulk import bulk_work
from generator.base.digests import OLD_KEY, wording_key
from generator.catalogue.change import ChangeKind, classify_change
from generator.model import SigningRule
from generator.review.contests import contested_keys
from generator.review.ledger_event import (
    SIGNING_ACTIONS,
    LedgerAction,
    LedgerEvent,
    withdrawn_ids,
)


@dataclass(frozen=True, slots=True)
class Support:
    """What the ledger says about one wording."""

    signers: frozenset[str] = frozenset()
    """Codes of the people who wrote or signed it; a machine counts as nobody."""
    keys: frozenset[str] = frozenset()
    """The keys behind them."""
    engines: frozenset[str] = frozenset()
    rejected: bool = False
    reasons: tuple[str, ...] = ()
    """Why it was rejected."""
    answers: frozenset[tuple[str, str]] = frozenset()
    """Checks whose warning was dismissed or whose question was answered, each with the reader."""
    carried: frozenset[str] = frozenset()
    """Older English whose signatures somebody carried over, because the change was cosmetic."""
    doubts: tuple[tuple[str, str], ...] = ()
    """What people say is wrong and no reader has answered: ids of the events, and their words."""
    chosen: frozenset[tuple[str, str]] = frozenset()
    """Readers who saw another wording too and chose this one, each with the key of the other."""
    written: bool = False
    """Whether one of the people wrote it."""

    @property
    def dismissed(self) -> frozenset[str]:
        """Ids of checks whose warning somebody looked at and found wrong."""
        return frozenset(check for check, _ in self.answers)

    contested: bool = False
    """Whether people stand behind another wording of the same sentence."""
    beaten: bool = False
    """Whether two people have seen both and chose another wording."""

    def meets(self, rule: SigningRule) -> bool:
        """Tell whether enough people and keys stand behind it; where it is contested, one more."""
        if self.beaten or (rule.among and not rule.among & self.keys):
            return False
        return len(self.signers) >= rule.people + self.contested and len(self.keys) >= rule.keys

    def lacks_key(self, rule: SigningRule) -> bool:
        """Tell whether enough people stand behind it, and too few different keys."""
        return len(self.signers) >= rule.people and len(self.keys) < rule.keys

    @property
    def known(self) -> bool:
        """Whether anybody or any machine made or read this wording for this English."""
        return bool(self.signers or self.engines)


NO_SUPPORT = Support()


@bulk_work()
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
    found = {key: _support(group, engines, answered) for key, group in by_key.items()}
    live = {key: support.signers for key, support in found.items() if not support.rejected}
    for key, beaten in contested_keys(counting, live).items():
        found[key] = replace(found[key], contested=True, beaten=beaten)
    return found


def _support(events: list[LedgerEvent], engines: set[str], answered: set[str]) -> Support:
    """Return what events say about one wording; most are signatures alone, so these are quick."""
    signers, keys, machines, others = set(), set(), set(), []
    chosen: set[tuple[str, str]] = set()
    written = False
    for event in events:
        if event.action in SIGNING_ACTIONS:
            person = event.person
            # A code that a machine uses is no person's, whatever else was done under it.
            if person not in engines:
                signers.add(person)
                keys.add(event.by)
                written = written or event.action == LedgerAction.WRITE
                if event.over:
                    chosen |= {(person, other) for other in event.over.split()}
        elif event.action == LedgerAction.MACHINE:
            machines.add(event.who)
        else:
            others.append(event)
    found = Support(
        frozenset(signers),
        frozenset(keys),
        frozenset(machines),
        chosen=frozenset(chosen),
        written=written,
    )
    return _with_others(found, others, answered) if others else found


def _with_others(found: Support, events: list[LedgerEvent], answered: set[str]) -> Support:
    """Return the support with what was rejected, dismissed, carried and doubted."""
    rejections = {event.why for event in events if event.action == LedgerAction.REJECT}
    carried = {event.old for event in events if event.action == LedgerAction.CARRY}
    return replace(
        found,
        rejected=bool(rejections),
        reasons=tuple(sorted(rejections - {""})),
        answers=frozenset(
            (event.target, event.person) for event in events if event.action == LedgerAction.DISMISS
        ),
        carried=frozenset(carried - {""}),
        doubts=tuple(
            sorted(
                {
                    (event.id, event.why)
                    for event in events
                    if event.action == LedgerAction.DOUBT and event.id not in answered
                }
            )
        ),
    )


def support_at(ledger: Mapping[str, Support], key: str) -> Support:
    """Return what a ledger says under a key, or under its first digits, as earlier versions did."""
    found, old = ledger.get(key, NO_SUPPORT), ledger.get(key[:OLD_KEY])
    if old is None:
        return found
    sets = {
        name: getattr(found, name) | getattr(old, name)
        for name in ("signers", "keys", "engines", "answers", "carried", "chosen")
    }
    return replace(
        found,
        **sets,
        rejected=found.rejected or old.rejected,
        reasons=tuple(sorted({*found.reasons, *old.reasons})),
        doubts=tuple(sorted({*found.doubts, *old.doubts})),
    )


def wording_support(
    ledger: Mapping[str, Support], language: str, msgctxt: str, msgid: str, msgstr: str
) -> Support:
    """Return who supports a wording, with the signatures carried over from an older English.

    They count only where the two English wordings differ by case, spaces and punctuation: this is
    checked here every time, whatever the ledger says.
    """
    found = support_at(ledger, wording_key(language, msgctxt, msgid, msgstr))
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
            before = support_at(ledger, wording_key(language, msgctxt, old, msgstr))
            doubts |= set(before.doubts)
            if not before.rejected:
                counted.append(before)
                todo.append((old, before))
    return replace(
        found,
        signers=frozenset().union(*(support.signers for support in counted)),
        keys=frozenset().union(*(support.keys for support in counted)),
        engines=frozenset().union(*(support.engines for support in counted)),
        answers=frozenset().union(*(support.answers for support in counted)),
        doubts=tuple(sorted(doubts)),
    )
