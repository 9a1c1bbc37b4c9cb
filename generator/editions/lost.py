"""What the campaign knows of and is gone: told before everything else, because what is built on the rest looks well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.campaign.glossary import GLOSSARY
from generator.campaign.sites import SECRET_FILE
from generator.editions import manifest, packs_record
from generator.editions import record as editions_record
from generator.model import State
from generator.problem import LeafletsError, Problem
from generator.review import ledger
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

SHOWN = 3
"""Names that stand in one line."""


def find_losses(snapshot: Snapshot, languages: Iterable[str] = ()) -> list[Problem]:
    """Return what is gone, of the campaign and of some of its languages; nothing of what was never there or was taken out.

    A fresh language is named by no POT and on no paper; a language that was taken out stands not in campaign.yaml.
    """
    known = CampaignTraces(snapshot)
    found = [
        *_record(known),
        *_history(known),
        *_glossary(known),
        *_pots(known),
        *_facts(known),
        *_secret(known),
    ]
    for code in languages or snapshot.project.campaign.languages:
        found += (
            [problem.at(language=code) for problem in _language(known, code)]
            if code != "en"
            else []
        )
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
            return editions_record.read_printings(self.snapshot.project.output)
        except LeafletsError as error:
            self.unread = error.problems
            return []

    def catalogues(self, language: str) -> list[str]:
        """Return the domains of the catalogues of a language that are there."""
        project = self.snapshot.project
        return [
            domain for domain in project.domains if project.catalogue(language, domain).is_file()
        ]


def _gone(known: CampaignTraces, path: Path, what: str, otherwise: str = "") -> Problem:
    return lost_file_problem(known.snapshot.project, path, what, otherwise)


def _record(known: CampaignTraces) -> Iterator[Problem]:
    """The record of printed codes: manifest, packs and website name codes, too."""
    project = known.snapshot.project
    recorded = {record.code for record in known.records}
    named = {code for text in manifest.manifest_codes(project.output) for code in text.split("+")}
    with suppress(LeafletsError):
        named |= {line.code for line in packs_record.read_packs(project.root / "sites")}
    named |= {
        page.parent.name.upper() for page in (project.output / "site" / "c").glob("*/index.html")
    }
    missing = {
        code for code in named if editions_record.PRINTING_FORMS["code"].fullmatch(code)
    } - recorded
    if missing and not known.unread:
        what = f"pages were printed with {_some(missing)}, and the record of printed codes does not know them"
        hint = (
            "get it back from a backup, or from another computer that printed; git does not keep it"
        )
        yield Problem("lost", what, str(project.output / editions_record.PRINTINGS_FILE), hint)
    yield from known.unread


def _history(known: CampaignTraces) -> Iterator[Problem]:
    path = known.snapshot.project.history
    if not path.exists() and known.pots:
        yield _gone(
            known,
            path,
            "the former wordings are gone: what changed in the source, and whether old paper holds, is not known",
        )


def _glossary(known: CampaignTraces) -> Iterator[Problem]:
    path = known.snapshot.project.locales / "glossary.yaml"
    if not path.exists() and GLOSSARY in known.history:
        yield _gone(
            known,
            path,
            "the glossary is gone",
            "if you want none, make one that holds `names: []` and `terms: {}`",
        )


def _pots(known: CampaignTraces) -> Iterator[Problem]:
    project = known.snapshot.project
    for domain in project.domains:
        made = any(project.catalogue(code, domain).is_file() for code in project.campaign.languages)
        if made and domain not in known.pots:
            what = "this file with the messages of the source is not there, though catalogues made from it are"
            yield _gone(
                known,
                project.locales / f"{domain}.pot",
                what,
                "or let leaflets extract write it anew",
            )


def _facts(known: CampaignTraces) -> Iterator[Problem]:
    """The ledger of the facts: what was printed as ready was signed. A site's facts stand in the record under other names."""
    path = known.snapshot.project.fact_ledger()
    signed = {
        key
        for record in known.records
        if record.state == State.READY and not record.site
        for key in record.facts.values()
    }
    with suppress(LeafletsError):
        if missing := signed - {event.key for event in ledger.read_ledger(path)}:
            what = f"{len(missing)} signed facts stand on printed pages, and their signatures are not in this ledger"
            yield _gone(known, path, what, "without it: leaflets sign facts")


def _secret(known: CampaignTraces) -> Iterator[Problem]:
    project = known.snapshot.project
    path = project.root / "sites" / SECRET_FILE
    if not path.exists() and any(record.site in project.sites for record in known.records):
        what = "the secret of the sites is gone: whether their papers hold is not known"
        hint = "get it back from a backup; without it, collect the papers of the sites and print them again"
        yield Problem("lost", what, str(path), hint)


def _language(known: CampaignTraces, code: str) -> Iterator[Problem]:
    """What is gone of one language: all its catalogues, one of them, or signatures."""
    project, there = known.snapshot.project, known.catalogues(code)
    name, path = project.languages[code].english, project.ledger(code)
    printed = [record for record in known.records if record.language == code]
    absent = missing_catalogues(project, code, known.extracted)
    if absent or (not there and (printed or path.exists())):
        yield from lost_catalogue_problems(project, project.languages[code], absent)
    if not there:
        return
    with suppress(LeafletsError):
        held = _held(ledger.read_ledger(path))
        if missing := [
            one
            for one in _needed(known, code, there, printed)
            if not {one, (CARRIED, one[1])} & held
        ]:
            what = f"{name}: catalogues and printed pages name {len(missing)} signatures and drafts that this ledger does not hold"
            yield _gone(known, path, what, "without it each sentence must be read and signed again")


LENGTH = 12
"""Digits of a key that a comment in a catalogue names."""
NAMED = re.compile(rf" [0-9a-f]{{{LENGTH}}}\Z")
PEOPLE, CARRIED = "people", "carry"
VERBS = {
    LedgerAction.MACHINE: "@draft",
    LedgerAction.REJECT: "@no",
    LedgerAction.WRITE: PEOPLE,
    LedgerAction.SIGN: PEOPLE,
    LedgerAction.CARRY: CARRIED,
}
Mark = tuple[str, str]
"""What was done to a wording, or which reader stands behind it; and the first digits of its key."""


def _held(events: Iterable[LedgerEvent]) -> set[Mark]:
    """Return what a ledger holds, withdrawn or not: no line of it ever goes."""
    found: set[Mark] = set()
    for event in events:
        key = event.key[:LENGTH]
        found |= {
            (VERBS.get(event.action, ""), key),
            (event.person if event.action in SIGNING_ACTIONS else "", key),
        }
    return found


def _needed(
    known: CampaignTraces, code: str, there: Iterable[str], printed: Iterable[Printing]
) -> set[Mark]:
    """Return what the ledger of a language must hold: what its catalogues name, and that people stood behind ready pages."""
    found = {
        (PEOPLE, key[:LENGTH])
        for record in printed
        if record.state == State.READY
        for key in record.sentences.values()
    }
    for domain in there:
        with suppress(LeafletsError):
            lines = [
                line
                for entry in known.snapshot.entries(code, domain)
                for line in entry.comments
                if line.startswith(SUPPORT_MARKS)
            ]
            found |= {_mark(line) for line in lines if NAMED.search(line)}
    return found


def _mark(comment: str) -> Mark:
    """Return what one of the ledger's comments names.

    >>> _mark("# @ok r17 3f2a9c01d4e5"), _mark("# @draft argos-1.9 en_fr-1.9 3f2a9c01d4e5")
    (('r17', '3f2a9c01d4e5'), ('@draft', '3f2a9c01d4e5'))
    """
    _, kind, *who, key = comment.split()
    return (who[0] if who else PEOPLE) if kind == "@ok" else kind, key


def _some(names: Iterable[str]) -> str:
    """Return the first names, and how many more there are."""
    names = sorted(names)
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{', '.join(names[:SHOWN])}{more}"
