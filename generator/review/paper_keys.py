"""What names each fact, and each person of a phone tree, in the record of what was printed."""

from __future__ import annotations

from generator.campaign import call_tree
from generator.review.fact_snapshot import FactSnapshot
from generator.review.printing import PHONE_TREE_FACT


def paper_keys(snapshot: FactSnapshot) -> dict[str, str]:
    """Return the key of each fact by name; hidden ones for a site's own facts and its people."""
    return {**snapshot.fact_keys, **hidden_keys(snapshot)}


def hidden_keys(snapshot: FactSnapshot) -> dict[str, str]:
    """Return the keys, by name, that the secret of this computer hides; none without a site."""
    facts = {name: key for name, key in snapshot.fact_keys.items() if name in snapshot.own_facts}
    site = snapshot.project.site(snapshot.site) if snapshot.site else None
    people = call_tree.print_keys(site.people) if site else {}
    private = facts | {PHONE_TREE_FACT + name: key for name, key in people.items()}
    return {name: snapshot.hidden_key(key) for name, key in private.items()}
