"""The codes that a campaign knows: of readers, and of machines, which no person may have."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

from generator.campaign.project import Project
from generator.problem import LeafletsError
from generator.review.ledger import read_ledger
from generator.review.ledger_event import MACHINE_ACTIONS, LedgerAction, LedgerEvent
from generator.review.reader_code import KnownCodes, folder_reader


def known_codes(project: Project, events_of: Callable[[str], Iterable[LedgerEvent]]) -> KnownCodes:
    """Return the codes in all ledgers that can be read, with keys, and in the folder.

    `events_of` gives the ledger of a language.
    """
    events: list[LedgerEvent] = []
    for language in project.campaign.languages:
        with suppress(LeafletsError):
            events += events_of(language)
    with suppress(LeafletsError):
        events += read_ledger(project.fact_ledger())
    machines = {event.person for event in events if event.action == LedgerAction.MACHINE}
    readers = {event.person for event in events if event.action not in MACHINE_ACTIONS}
    with suppress(LeafletsError):  # a damaged file is told where somebody signs
        readers |= {folder_reader(project.root), *project.registry.codes} - {""}
    return KnownCodes(frozenset(machines), frozenset(readers - machines))
