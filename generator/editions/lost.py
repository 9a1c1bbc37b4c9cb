"""Find what the campaign once had and has lost.

This is said before everything else, because what is built on the rest looks fine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.base.digests import OLD_KEY
from generator.base.words import count_words
from generator.campaign.glossary import GLOSSARY
from generator.campaign.sites import SECRET_FILE
from generator.editions.manifest import manifest_codes
from generator.editions.packs_record import read_packs
from generator.editions.record import PRINTING_FORMS, read_printings
from generator.model import State
from generator.problem import LeafletsError, Problem
from generator.review.ledger import written_events
from generator.review.ledger_event import SIGNING_ACTIONS, LedgerAction, LedgerEvent
from generator.review.lost_catalogues import (
    lost_catalogue_problems,
    lost_file_problem,
    missing_catalogues,
    started_languages,
)
from generator.review.merge import SUPPORT_MARKS
from generator.review.printing import Printing
from generator.review.snapshot import Snapshot

# How many names one line lists.
SHOWN_NAMES = 3

# Digits of a key that a comment in a catalogue names.
KEY_DIGITS = 12
NAMES_KEY = re.compile(rf" [0-9a-f]{{{KEY_DIGITS}}}\Z")
SIGNED, CARRIED = "people", "carry"
COMMENT_OF_ACTION = {
    LedgerAction.MACHINE: "@draft",
    LedgerAction.REJECT: "@no",
    LedgerAction.WRITE: SIGNED,
    LedgerAction.SIGN: SIGNED,
    LedgerAction.CARRY: CARRIED,
}

# What was done to a wording, or which reader signed it; and the first digits of its key.
Trace = tuple[str, str]


def find_losses(snapshot: Snapshot, languages: Iterable[str] = ()) -> list[Problem]:
    """Return what the campaign and some of its languages have lost.

    What was never there, or was taken out, is no loss: no POT and no paper names a fresh language,
    and a language that was taken out is not in campaign.yaml.
    """
    known = CampaignTraces(snapshot)
    checks = (
        _lost_printings,
        _lost_history,
        _lost_glossary,
        _lost_pots,
        _lost_fact_signatures,
        _lost_secret,
    )
    found = [problem for check in checks for problem in check(known)]
    for code in languages or snapshot.project.campaign.languages:
        if code != "en":
            found += [problem.at(language=code) for problem in _lost_in_language(known, code)]
    return found


@dataclass
class CampaignTraces:
    """What is left that tells of the rest."""

    snapshot: Snapshot
    unread: tuple[Problem, ...] = ()
    """What is wrong with the record of printed codes, once it was asked for."""

    @cached_property
    def pots(self) -> dict[str, Path]:
        """The POT files that are there, by domain."""
        paths = {
            domain: self.snapshot.project.locales / f"{domain}.pot"
            for domain in self.snapshot.project.domains
        }
        return {domain: path for domain, path in paths.items() if path.is_file()}

    @cached_property
    def extracted(self) -> dict[str, frozenset[str]]:
        """The languages of which there were catalogues, by domain."""
        return started_languages(self.snapshot.project)

    @cached_property
    def history(self) -> frozenset[str]:
        """The domains of which some wording is remembered."""
        with suppress(LeafletsError):
            return frozenset(self.snapshot.history)
        return frozenset()

    @cached_property
    def records(self) -> list[Printing]:
        """Every printing; none where the record cannot be read, which `unread` tells."""
        try:
            return read_printings(self.snapshot.project)
        except LeafletsError as error:
            self.unread = error.problems
            return []

    def catalogues(self, language: str) -> list[str]:
        """Return the domains of the catalogues of a language that are there."""
        project = self.snapshot.project
        return [
            domain for domain in project.domains if project.catalogue(language, domain).is_file()
        ]

    def lost(self, path: Path, what: str, otherwise: str = "") -> Problem:
        """Return the problem of a file that is gone; `otherwise` is what to do without it."""
        return lost_file_problem(self.snapshot.project, path, what, otherwise)


def _lost_printings(known: CampaignTraces) -> Iterator[Problem]:
    """The record of printed codes: manifest, packs and website name codes, too."""
    project = known.snapshot.project
    named = {code for text in manifest_codes(project.output) for code in text.split("+")}
    with suppress(LeafletsError):
        named |= {line.code for line in read_packs(project.root / "sites")}
    pages = (project.output / "site" / "c").glob("*/index.html")
    named |= {page.parent.name.upper() for page in pages}
    codes = {code for code in named if PRINTING_FORMS["code"].fullmatch(code)}
    missing = codes - {record.code for record in known.records}
    if missing and not known.unread:
        shown = ", ".join(sorted(missing)[:SHOWN_NAMES])
        if len(missing) > SHOWN_NAMES:
            shown += f" and {len(missing) - SHOWN_NAMES} more"
        what = (
            f"pages were printed with {shown}, and the record of printed codes does not know them"
        )
        hint = (
            "get it back: git restore leaflets/editions.jsonl, or from a backup; "
            "what was printed for sites stands in sites/editions.jsonl, which git does not keep"
        )
        yield Problem("lost", what, str(project.printings_file()), hint)
    yield from known.unread


def _lost_history(known: CampaignTraces) -> Iterator[Problem]:
    path = known.snapshot.project.history
    if not path.exists() and known.pots:
        yield known.lost(
            path,
            "the former wordings are gone: what changed in the source, "
            "and whether old paper holds, is not known",
        )


def _lost_glossary(known: CampaignTraces) -> Iterator[Problem]:
    path = known.snapshot.project.locales / "glossary.yaml"
    if not path.exists() and GLOSSARY in known.history:
        hint = "if you want none, make one that holds `names: []` and `terms: {}`"
        yield known.lost(path, "the glossary is gone", hint)


def _lost_pots(known: CampaignTraces) -> Iterator[Problem]:
    project = known.snapshot.project
    for domain in project.domains:
        made = any(project.catalogue(code, domain).is_file() for code in project.campaign.languages)
        if made and domain not in known.pots:
            yield known.lost(
                project.locales / f"{domain}.pot",
                "this file with the messages of the source is not there, "
                "though catalogues made from it are",
                "or let leaflets extract write it anew",
            )


def _lost_fact_signatures(known: CampaignTraces) -> Iterator[Problem]:
    """The ledger of the facts: what was printed as ready was signed.

    The record holds a site's facts under other names.
    """
    path = known.snapshot.project.fact_ledger()
    ready = (one for one in known.records if one.state == State.READY and not one.site)
    signed = {key for record in ready for key in record.facts.values()}
    with suppress(LeafletsError):
        held = {event.key[:OLD_KEY] for event in written_events(path)}
        if missing := {key for key in signed if key[:OLD_KEY] not in held}:
            what = (
                f"{count_words(len(missing), 'signed fact')} on printed pages: "
                "the signatures are not in this ledger"
            )
            yield known.lost(path, what, "without it: leaflets sign facts")


def _lost_secret(known: CampaignTraces) -> Iterator[Problem]:
    project = known.snapshot.project
    path = project.root / "sites" / SECRET_FILE
    if not path.exists() and any(record.site in project.sites for record in known.records):
        what = "the secret of the sites is gone: whether their papers hold is not known"
        hint = (
            "get it back from a backup; without it, ask who packed their papers, "
            "or collect them and print them again"
        )
        yield Problem("lost", what, str(path), hint)


def _lost_in_language(known: CampaignTraces, code: str) -> Iterator[Problem]:
    """What is gone of one language: all its catalogues, one of them, or signatures."""
    project, there = known.snapshot.project, known.catalogues(code)
    language, path = project.languages[code], project.ledger(code)
    printed = [record for record in known.records if record.language == code]
    absent = missing_catalogues(project, code, known.extracted)
    if absent or (not there and (printed or path.exists())):
        yield from lost_catalogue_problems(project, language, absent)
    if not there:
        return
    with suppress(LeafletsError):
        held = _held_traces(written_events(path))
        needed = {
            (SIGNED, key[:KEY_DIGITS])
            for record in printed
            if record.state == State.READY
            for key in record.sentences.values()
        }
        needed.update(_catalogue_traces(known.snapshot, code, there))
        # A carried signature is in the ledger as a `carry` to the new key, not under its reader.
        if missing := [one for one in needed if not {one, (CARRIED, one[1])} & held]:
            what = (
                f"{language.english}: catalogues and printed pages name "
                f"{count_words(len(missing), 'signature or draft', 'signatures and drafts')} "
                "that this ledger does not hold"
            )
            hint = "without it each sentence must be read and signed again"
            yield known.lost(path, what, hint)


def _held_traces(events: Iterable[LedgerEvent]) -> set[Trace]:
    """Return what a ledger holds, withdrawn or not: no line of it ever goes."""
    found: set[Trace] = set()
    for event in events:
        person = event.person if event.action in SIGNING_ACTIONS else ""
        done = (COMMENT_OF_ACTION.get(event.action, ""), person)
        found |= {(one, event.key[:KEY_DIGITS]) for one in done}
    return found


def _catalogue_traces(snapshot: Snapshot, code: str, domains: Iterable[str]) -> Iterator[Trace]:
    """Yield what the catalogues of a language say that its ledger holds."""
    for domain in domains:
        with suppress(LeafletsError):
            for entry in snapshot.entries(code, domain):
                for line in entry.comments:
                    if line.startswith(SUPPORT_MARKS) and NAMES_KEY.search(line):
                        yield _trace(line)


def _trace(comment: str) -> Trace:
    """Return what one of the ledger's comments names.

    >>> _trace("# @ok r17 3f2a9c01d4e5"), _trace("# @draft argos-1.9 en_fr-1.9 3f2a9c01d4e5")
    (('r17', '3f2a9c01d4e5'), ('@draft', '3f2a9c01d4e5'))
    """
    _, kind, *who, key = comment.split()
    return (who[0] if who else SIGNED) if kind == "@ok" else kind, key
