"""Check who has signed: lines that do not count, readers who wait, days that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from generator.campaign.project import Project
from generator.problem import LeafletsError, Problem, Severity
from generator.review.ledger_event import LedgerEvent
from generator.review.ledger_problems import ledger_problems
from generator.review.snapshot import Snapshot
from generator.trust.recovery_sheet import RECOVERY_SHEET


def trust_problems(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield what is wrong with signed lines; a ledger that cannot be read is told elsewhere."""
    project = snapshot.project
    yield from _sheet_left(project)
    yield from ledger_problems(snapshot, project.campaign.languages)
    for language in project.campaign.languages:
        with suppress(LeafletsError):
            events, path = snapshot.events(language), project.ledger(language)
            yield from _days_to_come(events, str(path), snapshot.today, language)
    for site in ("", *project.sites[:1]):  # all sites have one ledger
        with suppress(LeafletsError):
            found = Snapshot(project, site, snapshot.today).fact_readings[-1]
            yield from (*found.problems, *found.wordings.problems) if site else ()
            yield from _days_to_come(found.events, str(project.fact_ledger(site)), snapshot.today)


def _sheet_left(project: Project) -> Iterator[Problem]:
    """Yield a warning while the recovery sheet lies in the campaign's folder."""
    path = project.root / RECOVERY_SHEET
    if path.exists():
        what = "whoever copies this file can decide who signs in your campaign"
        hint = "print it twice, then delete it"
        yield Problem("recovery-sheet", what, str(path), hint, Severity.WARNING)


def _days_to_come(
    events: list[LedgerEvent], where: str, today: date, language: str = ""
) -> Iterator[Problem]:
    """Yield a warning where people's lines have days to come: some computer's clock is wrong.

    One day more is another time zone.
    """
    last = str(today + timedelta(days=1))
    late = [event.at for event in events if event.by and event.at > last]
    if late:
        lines = "one line has a day" if len(late) == 1 else f"{len(late)} lines have days"
        what = f"{lines} after today, {today}; the newest is {max(late)}"
        hint = "set the clock of this computer, or of whoever signed, right"
        yield Problem("clock", what, where, hint, Severity.WARNING, language=language)
