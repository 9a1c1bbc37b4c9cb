"""Tell whether `leaflets extract` has something to do: a changed source, or a merge."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from generator.catalogue.two_sides import other_texts
from generator.problem import LeafletsError
from generator.review.snapshot import Snapshot


def needs_extract(snapshot: Snapshot, domains: Iterable[str]) -> bool:
    """Tell whether some English is not in the history, which `leaflets extract` writes."""
    try:
        known = snapshot.history
    except LeafletsError:
        return False
    return any(
        message.msgid not in known.get(domain, {}).get(message.msgctxt, ())
        for domain in domains
        for message in snapshot.project.domain(domain)
    )


def holds_two_versions(
    snapshot: Snapshot, domains: Iterable[str], languages: Iterable[str]
) -> bool:
    """Tell whether git joined two versions of a catalogue, between which the ledger decides."""
    domains = list(domains)
    for language in languages:
        for domain in domains:
            with suppress(LeafletsError):  # told where the catalogue is used
                if any(map(other_texts, snapshot.entries(language, domain))):
                    return True
    return False
