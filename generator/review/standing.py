"""Which of several wordings of one sentence stands; pure.

People decide, never the order of lines or who merged whose work: every computer that has the same
ledger and the same texts comes to the same wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.base.digests import sentence_key, wording_key
from generator.catalogue.entry import Entry
from generator.catalogue.two_sides import MadeText, made_text, other_texts, without_others
from generator.review.ledger import LedgerReading
from generator.review.support import NO_SUPPORT, Support, wording_support
from generator.review.wordings import KeptWording


class Rival(NamedTuple):
    """Another wording of the same sentence, and who stands behind it."""

    key: str
    msgstr: str
    signers: tuple[str, ...]


class _Candidate(NamedTuple):
    made: MadeText
    key: str
    now: Support
    """Who stands behind it for today's source."""
    then: Support
    """Who stands behind it for the source that it was made for."""

    def rank(self, msgid: str) -> tuple[int, ...]:
        """Return what decides before anything else; the smallest stands."""
        return (
            self.now.rejected or self.now.beaten,
            -_people(self.now),
            -_people(self.then),
            self.made.msgid != msgid,
        )

    def last_rank(self) -> tuple[bool, bool, str]:
        """Return what decides where people do not; in the end the smaller key does."""
        by_machine = bool(self.then.engines) and not self.then.signers
        return not self.now.written, by_machine, self.key


@dataclass(frozen=True)
class Standing:
    """What people stand behind in one language, and the texts that are kept beside the ledger."""

    language: str
    known: Mapping[str, Support]
    sentences: Mapping[str, frozenset[str]]
    """Keys of all wordings that people signed, by `sentence_key`."""
    texts: Mapping[str, KeptWording]
    gone: frozenset[str]
    """Keys of wordings that were deleted for good."""

    @classmethod
    def of(cls, language: str, known: Mapping[str, Support], reading: LedgerReading) -> Standing:
        """Return it for a ledger, whose support by key is `known`.

        Raise LeafletsError if the texts cannot be read.
        """
        kept = reading.wordings
        return cls(language, known, reading.sentences, kept.texts, kept.gone)

    def rivals(self, domain: str, msgctxt: str, msgid: str, msgstr: str) -> list[Rival]:
        """Return the other wordings for this source with people behind them, most people first.

        Those that were rejected, or that readers have decided against, are none.
        """
        own = wording_key(self.language, msgctxt, msgid, msgstr)
        found = []
        for key in self.sentences.get(sentence_key(domain, msgctxt, msgid), ()):
            support, kept = self.known.get(key, NO_SUPPORT), self.texts.get(key)
            alive = support.signers and not (support.rejected or support.beaten)
            if alive and kept and key != own:
                found.append(Rival(key, kept.msgstr, tuple(sorted(support.signers))))
        return sorted(found, key=lambda rival: (-len(rival.signers), rival.key))

    def settled(self, entry: Entry, domain: str) -> Entry:
        """Return an entry with the wording that stands, and without what git's merge left in it.

        A text that nobody has signed or rejected stays as it is, whoever typed it: its writer may
        be about to sign it.
        """
        if entry.obsolete or entry.plural or entry.header or not entry.msgctxt:
            return without_others(entry)
        others = other_texts(entry)
        support = self._support(entry.msgctxt, MadeText(entry.msgid, entry.msgstr))
        if not others and not (support.signers or support.rejected):
            return entry
        rivals = self.rivals(domain, entry.msgctxt, entry.msgid, entry.msgstr)
        texts = [made_text(entry), *others, *(MadeText(entry.msgid, one.msgstr) for one in rivals)]
        best = self._best(entry.msgctxt, entry.msgid, texts)
        return without_others(entry).changed(
            msgstr=best.msgstr, previous=best.msgid if best.msgid != entry.msgid else ""
        )

    def worth_keeping(self, entries: Iterable[Entry]) -> Iterator[KeptWording]:
        """Yield the texts that a merge left in two versions, but not what only a machine made."""
        for entry in entries:
            others = other_texts(entry)
            for made in (made_text(entry), *others) if others else ():
                support = self._support(entry.msgctxt, made)
                if made.msgstr and entry.msgctxt and (support.signers or not support.engines):
                    yield KeptWording(entry.msgctxt, *made)

    def _best(self, msgctxt: str, msgid: str, texts: Iterable[MadeText]) -> MadeText:
        found = [made for made in dict.fromkeys(texts) if made.msgstr.strip()]
        left = [made for made in found if self._key(msgctxt, made) not in self.gone]
        candidates = [self._candidate(msgctxt, msgid, made) for made in left or found]
        least = min(one.rank(msgid) for one in candidates)
        tied = [one for one in candidates if one.rank(msgid) == least]
        chosen = [one for one in tied if not any(_overrules(other, one) for other in tied)]
        return min(chosen or tied, key=_Candidate.last_rank).made

    def _candidate(self, msgctxt: str, msgid: str, made: MadeText) -> _Candidate:
        now = self._support(msgctxt, MadeText(msgid, made.msgstr))
        key = wording_key(self.language, msgctxt, msgid, made.msgstr)
        return _Candidate(made, key, now, self._support(msgctxt, made))

    def _key(self, msgctxt: str, made: MadeText) -> str:
        return wording_key(self.language, msgctxt, made.msgid, made.msgstr)

    def _support(self, msgctxt: str, made: MadeText) -> Support:
        return wording_support(self.known, self.language, msgctxt, made.msgid, made.msgstr)


def _people(support: Support) -> int:
    return 0 if support.rejected else len(support.signers)


def _overrules(one: _Candidate, other: _Candidate) -> bool:
    """Tell whether somebody chose one wording over another, and nobody the other way round."""
    chosen = {key for _, key in one.now.chosen}
    return other.key in chosen and one.key not in {key for _, key in other.now.chosen}
