"""Which printed pages still say what the campaign says today, which to collect, and how many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.base.digests import source_key, wording_key
from generator.base.names import nearest_name
from generator.base.short_codes import code_as_printed
from generator.campaign.project import Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.campaign.sheets import Sheet
from generator.campaign.sites import secret_mark
from generator.catalogue.change import classify_change
from generator.editions.packs_record import packed_copies, read_packs
from generator.editions.record import read_printings
from generator.model import Edition, State, Translation
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.paper_keys import hidden_keys, paper_keys
from generator.review.printing import Printing, printings_by_edition, printings_with_code
from generator.review.recall_rules import (
    CANNOT_TELL,
    CurrentContent,
    Disposition,
    RecallReason,
    RecallRequest,
    RecallVerdict,
    judge_printing,
)
from generator.review.snapshot import Snapshot

NO_RECORD = (
    "it has no record of any page: leaflets build prints the first; what others printed for "
    "everybody comes with git, in leaflets/editions.jsonl; ask who packed what is for a site"
)
UNKNOWN_CODE = (
    "read it again at the foot of the page, it looks like AR-1W7GY; git may bring it with "
    "leaflets/editions.jsonl; the pages of a site are known only where they were packed: ask who "
    "packed it, and do not hand the page out until somebody knows it"
)
SENTENCE_CODE = (
    "this is the code of one sentence: leaflets report CODE; "
    "that of a page stands at its foot, such as AR-1W7GY"
)


@dataclass
class RecallJudge:
    """Says of any printing what to do with it; reads each catalogue, ledger and site once."""

    project: Project
    _today: dict[tuple[str, str, str], CurrentContent] = field(default_factory=dict)
    _snapshots: dict[str, Snapshot] = field(default_factory=dict)

    @cached_property
    def records(self) -> list[Printing]:
        """Every printing that this computer knows, those to be kept (PDF/A) too, by day.

        Raises UsageError where there is no campaign.
        """
        _ = self.project.campaign
        return sorted(read_printings(self.project), key=lambda record: record.built)

    @cached_property
    def printings(self) -> dict[Edition, list[Printing]]:
        """The printings of each edition."""
        return printings_by_edition(self.records)

    @cached_property
    def secret(self) -> str:
        """The mark of the secret that hides private facts on this computer."""
        return secret_mark(self.project.root / "sites")

    def verdict(self, printed: Printing) -> RecallVerdict:
        """Return what to do with a printing.

        Raises LeafletsError if a catalogue or a ledger it needs cannot be read.
        """
        printings = self.printings.get(printed.edition, ())
        return judge_printing(printed, self.content_of(printed), printings)

    def cautious(self, printed: Printing) -> RecallVerdict:
        """Return what to do with a printing: destroy it where nobody can read whether it holds.

        What was packed on another computer is not said to be wrong for that.
        """
        try:
            return self.verdict(printed)
        except LeafletsError as error:
            unknown = f"cannot be read: {error.problems[0].what}; leaflets check"
            place = printed.site or printed.language
            marks = (self.secret, "" if printed.site in self.project.sites else self.secret)
            ours = bool(self.secret) and printed.secret in marks
            elsewhere = printed.site and not ours
            found = Disposition.UNKNOWN if elsewhere else Disposition.DESTROY
            reason = RecallReason(place, CANNOT_TELL if elsewhere else unknown, found)
            return RecallVerdict(found, "", (reason,))

    def content_of(self, printed: Printing) -> CurrentContent:
        """Return what the campaign says now in the leaflet, language and site of a printing."""
        return self.today(printed.leaflet, printed.language, printed.site)

    def today(self, leaflet: str, language: str, site: str) -> CurrentContent:
        """Return what the campaign says now in a leaflet, in a language, at a site."""
        key = (leaflet, language, site)
        if key not in self._today:
            self._today[key] = self._read_today(leaflet, language, site)
        return self._today[key]

    def _read_today(self, leaflet: str, language: str, site: str) -> CurrentContent:
        project, sites = self.project, frozenset(self.project.sites)
        leaflets, languages = frozenset(project.slugs), frozenset(project.campaign.languages)
        if leaflet not in leaflets or language not in languages:
            return CurrentContent(leaflets, languages, sites, {}, {}, {}, {}, {}, frozenset())
        if leaflet not in project.leaflets:
            raise LeafletsError(*(one for one in project.broken if one.leaflet == leaflet))
        # Of a site that is not here, what all sites share is known.
        here = site if site in sites else ""
        snapshot = self._snapshots.setdefault(here, Snapshot(project, here))
        texts = {
            f"{domain}/{name}": text
            for domain in (leaflet, SHARED_DOMAIN)
            for name, text in snapshot.texts(language, domain).items()
        }
        wordings = {name: self._printed_key(language, text) for name, text in texts.items()}
        rejected = {
            key: "; ".join(support.reasons)
            for key, support in snapshot.support_by_key(language).items()
            if support.rejected
        }
        return CurrentContent(
            leaflets,
            languages,
            sites,
            wordings,
            {name: text.message.msgid for name, text in texts.items()},
            _english_wordings(snapshot, (leaflet, SHARED_DOMAIN), texts),
            rejected,
            paper_keys(snapshot),
            snapshot.wrong_facts,
            frozenset(wordings[name] for name, text in texts.items() if text.doubted),
            frozenset(name for name, text in texts.items() if text.state is not State.READY),
            hidden_keys(snapshot),
            self.secret,
            {name: self._printed_on(sheet, leaflet) for name, sheet in project.sheets.items()},
        )

    def _printed_on(self, sheet: Sheet, leaflet: str) -> frozenset[str]:
        """Return the sentences of a leaflet that a sheet prints, as records name them."""
        messages = sheet.printed(self.project.leaflets[leaflet]).messages
        return frozenset(f"{leaflet}/{message.msgctxt}" for message in messages)

    def _printed_key(self, language: str, text: Translation) -> str:
        """Return the key of what would be printed.

        It has no translation where the policy prints English in the place of an outdated one.
        """
        message, msgstr = text.message, text.msgstr
        if text.state is State.STALE:
            kind = classify_change(text.old, message.msgid).kind
            msgstr = "" if self.project.campaign.changed[kind] == "english" else msgstr
        return wording_key(language, message.msgctxt, message.msgid, msgstr)


def _english_wordings(
    snapshot: Snapshot, domains: Iterable[str], texts: Mapping[str, Translation]
) -> dict[str, dict[str, str]]:
    """Return every English there ever was, by key, of each sentence; those taken out too."""
    known = {
        f"{domain}/{msgctxt}": msgids
        for domain in domains
        for msgctxt, msgids in snapshot.history.get(domain, {}).items()
    }
    found = {}
    for name in (*texts, *(known.keys() - texts.keys())):
        now = [texts[name].message.msgid] if name in texts else []
        msgctxt = name.partition("/")[2]
        found[name] = {source_key(msgctxt, msgid): msgid for msgid in (*known.get(name, ()), *now)}
    return found


@dataclass(frozen=True)
class FoundPrinting:
    """One printing to collect, or to ask about: why, and what takes its place."""

    printed: Printing
    verdict: RecallVerdict
    reasons: tuple[RecallReason, ...]
    copies: int
    """How many copies packs asked for; 0 where none is known."""

    @property
    def today(self) -> bool:
        """Whether it says about what was asked what the campaign says today."""
        return not self.reasons

    @property
    def unsure(self) -> bool:
        """Whether this computer cannot tell about it: only who packed it can."""
        return any(reason.disposition is Disposition.UNKNOWN for reason in self.reasons)


def look_up_code(project: Project, typed: str) -> list[tuple[Printing, RecallVerdict]]:
    """Return the printings with a code, each with what to do.

    Raises UsageError if this computer knows none. It says nothing about the paper, and names no
    other code.
    """
    judge = RecallJudge(project)
    if found := printings_with_code(judge.records, typed):
        return [(printed, judge.verdict(printed)) for printed in found]
    hint = SENTENCE_CODE if code_as_printed(typed) else UNKNOWN_CODE
    what = f"this computer does not know the code {typed!r}"
    raise UsageError(Problem("unknown-code", what, hint=hint))


def printings_to_collect(project: Project, request: RecallRequest) -> list[FoundPrinting]:
    """Return every printing that holds what is asked for, the outdated ones first.

    Raises UsageError if nothing of that name was ever printed.
    """
    judge = RecallJudge(project)
    _refuse_unknown(judge, request)
    counts = packed_copies(read_packs(project.root / "sites"))
    last = {(one.edition, one.code): one for one in judge.records if request.holds(one)}
    found = []
    for record in last.values():
        verdict = judge.cautious(record)
        try:
            reasons = tuple(request.reasons(record, judge.content_of(record)))
        except LeafletsError:  # nobody can read whether it holds, so it is collected
            reasons = verdict.reasons
        copies = counts[record.edition.name, record.code]
        found.append(FoundPrinting(record, verdict, reasons, copies))
    return sorted(
        found, key=lambda one: (one.today, one.printed.site, one.printed.language, one.printed.code)
    )


def _refuse_unknown(judge: RecallJudge, request: RecallRequest) -> None:
    """Raise UsageError for what no page has ever held."""
    records = judge.records
    known = {
        "sentence": (request.sentence, {name for one in records for name in one.sentences}),
        "fact": (request.fact, {name for one in records for name in one.facts}),
        "leaflet": (request.leaflet, {one.leaflet for one in records}),
    }
    for kind, (name, names) in known.items():
        if name and name not in names:
            what = f"this computer knows no printed page with the {kind} {name!r}"
            hint = nearest_name(name, names) if names else NO_RECORD
            raise UsageError(Problem("unknown-name", what, hint=hint))
