"""Tell whether the source text is ahead of the history that `leaflets extract` writes."""

from __future__ import annotations

from collections.abc import Iterable

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
