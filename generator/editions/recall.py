"""What was printed beside what the campaign says today: which codes still hold, which to collect, how many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from generator.base.digests import source_key, wording_key
from generator.base.names import nearest_name
from generator.base.short_codes import code_as_printed
from generator.campaign.project import Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.catalogue.change import classify_change
from generator.editions import packs_record
from generator.editions import record as editions_record
from generator.model import Edition, State, Translation
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.paper_keys import paper_keys
from generator.review.printing import Printing, printings_with_code, successor
from generator.review.recall_rules import (
    CurrentContent,
    Disposition,
    RecallReason,
    RecallRequest,
    RecallVerdict,
    judge_printing,
)
from generator.review.snapshot import Snapshot

NO_RECORD = "it has no record of any page: leaflets build prints the first; what another one printed stands in its output/editions.jsonl"
UNKNOWN_CODE = (
    "read it again at the foot of the page, it looks like AR-1W7GY; the page may have been printed from another computer: ask there, "
    "or get output/editions.jsonl from there, and do not hand the page out until somebody knows it"
)
SENTENCE_CODE = "this is the code of one sentence: leaflets report CODE; that of a page stands at its foot, such as AR-1W7GY"


@dataclass
class RecallJudge:
    """Says of any printing what to do with it; reads each catalogue, ledger and site once."""

    project: Project
    _today: dict[tuple[str, str, str], CurrentContent] = field(default_factory=dict)
    _sources: dict[str, Snapshot] = field(default_factory=dict)

    @cached_property
    def records(self) -> list[Printing]:
        """Every printing that this computer knows, those to be kept (PDF/A) too, by day; raise UsageError where there is no campaign."""
        _ = self.project.campaign
        found = [
            record
            for folder in self.project.outputs
            for record in editions_record.read_printings(folder)
        ]
        return sorted(found, key=lambda record: record.built)

    @cached_property
    def printings(self) -> dict[Edition, list[Printing]]:
        """The printings of each edition, oldest first."""
        found: dict[Edition, list[Printing]] = {}
        for record in self.records:
            found.setdefault(record.edition, []).append(record)
        return found

    def verdict(self, printed: Printing) -> RecallVerdict:
        """Return what to do with a printing; raise LeafletsError if a catalogue or a ledger it needs cannot be read."""
        newer = successor(printed, self.printings.get(printed.edition, ()))
        return judge_printing(
            printed, self.today(printed.leaflet, printed.language, printed.site), newer
        )

    def cautious(self, printed: Printing) -> RecallVerdict:
        """Return what to do with a printing; where its files cannot be read nobody knows that it holds, so it is to be destroyed."""
        try:
            return self.verdict(printed)
        except LeafletsError as error:
            unknown = f"cannot be read: {error.problems[0].what}; leaflets check"
            return RecallVerdict(
                Disposition.DESTROY,
                "",
                (RecallReason(printed.site or printed.language, unknown, Disposition.DESTROY),),
            )

    def today(self, leaflet: str, language: str, site: str) -> CurrentContent:
        """Return what the campaign says now in a leaflet, in a language, at a site."""
        key = (leaflet, language, site)
        if key not in self._today:
            self._today[key] = self._read(leaflet, language, site)
        return self._today[key]

    def _read(self, leaflet: str, language: str, site: str) -> CurrentContent:
        project, sites = self.project, frozenset(self.project.sites)
        leaflets, languages = frozenset(project.slugs), frozenset(project.campaign.languages)
        if leaflet not in leaflets or language not in languages or site not in sites | {""}:
            return CurrentContent(leaflets, languages, sites, {}, {}, {}, {}, {}, frozenset())
        if leaflet not in project.leaflets:
            raise LeafletsError(
                *(problem for problem in project.broken if problem.leaflet == leaflet)
            )
        snapshot = self._sources.setdefault(site, Snapshot(project, site))
        texts = {
            f"{domain}/{name}": text
            for domain in (leaflet, SHARED_DOMAIN)
            for name, text in snapshot.texts(language, domain).items()
        }
        return CurrentContent(
            leaflets,
            languages,
            sites,
            {name: self._wording(language, text) for name, text in texts.items()},
            {name: text.message.msgid for name, text in texts.items()},
            {name: _older(snapshot, name, text.message.msgid) for name, text in texts.items()}
            | _gone(snapshot, (leaflet, SHARED_DOMAIN), texts),
            {
                key: "; ".join(found.reasons)
                for key, found in snapshot.support_by_key(language).items()
                if found.rejected
            },
            paper_keys(snapshot),
            snapshot.wrong_facts,
            frozenset(self._wording(language, text) for text in texts.values() if text.doubted),
            frozenset(name for name, text in texts.items() if text.state is not State.READY),
        )

    def _wording(self, language: str, text: Translation) -> str:
        """Return the key of what would be printed: of no translation where the policy prints English in its place."""
        stale_policy = (
            self.project.campaign.changed[classify_change(text.old, text.message.msgid).kind]
            if text.state is State.STALE
            else ""
        )
        msgstr = "" if stale_policy == "english" else text.msgstr
        return wording_key(language, text.message.msgctxt, text.message.msgid, msgstr)


@dataclass(frozen=True)
class FoundPrinting:
    """One printing to collect: why, what takes its place, and how many copies packs asked for (0: none that is known)."""

    printed: Printing
    verdict: RecallVerdict
    reasons: tuple[RecallReason, ...]
    copies: int

    @property
    def today(self) -> bool:
        """Whether it says about what was asked what the campaign says today."""
        return not self.reasons


def look_up_code(project: Project, typed: str) -> list[tuple[Printing, RecallVerdict]]:
    """Return the printings with a code, each with what to do; raise UsageError if this computer knows none."""
    judge = RecallJudge(project)
    found = printings_with_code(judge.records, typed)
    if not found:
        raise UsageError(_unknown(typed))
    return [(printed, judge.verdict(printed)) for printed in found]


def _unknown(typed: str) -> Problem:
    """Return what to say of a code that is not in the record: nothing about the paper, and no code of another one."""
    hint = SENTENCE_CODE if code_as_printed(typed) else UNKNOWN_CODE
    return Problem("unknown-code", f"this computer does not know the code {typed!r}", hint=hint)


def printings_to_collect(project: Project, ask: RecallRequest) -> list[FoundPrinting]:
    """Return every printing that holds what is asked for, those first that say something else today.

    Raises UsageError if nothing of that name was ever printed.
    """
    judge = RecallJudge(project)
    _refuse_unknown(judge, ask)
    counts = packs_record.packed_copies(packs_record.read_packs(project.root / "sites"))
    last = {(record.edition, record.code): record for record in judge.records if ask.holds(record)}
    found = [
        _found(judge, ask, record, counts[record.edition.name, record.code])
        for record in last.values()
    ]
    return sorted(
        found, key=lambda one: (one.today, one.printed.site, one.printed.language, one.printed.code)
    )


def _found(judge: RecallJudge, ask: RecallRequest, record: Printing, copies: int) -> FoundPrinting:
    """Return one printing with what to do; where its files cannot be read it is collected."""
    verdict = judge.cautious(record)
    try:
        reasons = tuple(
            ask.reasons(record, judge.today(record.leaflet, record.language, record.site))
        )
    except LeafletsError:
        reasons = verdict.reasons
    return FoundPrinting(record, verdict, reasons, copies)


def _refuse_unknown(judge: RecallJudge, ask: RecallRequest) -> None:
    """Raise UsageError for what no page has ever held."""
    known = {
        "sentence": (ask.sentence, {name for record in judge.records for name in record.sentences}),
        "fact": (ask.fact, {name for record in judge.records for name in record.facts}),
        "leaflet": (ask.leaflet, {record.leaflet for record in judge.records}),
    }
    for what, (name, names) in known.items():
        if name and name not in names:
            hint = nearest_name(name, names) if names else NO_RECORD
            raise UsageError(
                Problem(
                    "unknown-name",
                    f"this computer knows no printed page with the {what} {name!r}",
                    hint=hint,
                )
            )


def _older(snapshot: Snapshot, name: str, now: str) -> dict[str, str]:
    domain, _, msgctxt = name.partition("/")
    return {
        source_key(msgctxt, msgid): msgid
        for msgid in (*snapshot.history.get(domain, {}).get(msgctxt, ()), now)
    }


def _gone(
    snapshot: Snapshot, domains: Iterable[str], texts: Iterable[str]
) -> dict[str, dict[str, str]]:
    """Return every English of the sentences that were taken out."""
    names = {
        f"{domain}/{msgctxt}" for domain in domains for msgctxt in snapshot.history.get(domain, {})
    } - set(texts)
    return {
        name: {key: text for key, text in _older(snapshot, name, "").items() if text}
        for name in names
    }
