"""Get a campaign back with the recovery sheet, when no organiser's computer can be trusted."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from generator.problem import refusal
from generator.readers.own_key import Standing, own_key
from generator.readers.retire import revoke
from generator.trust.keys import key_name, new_seed, public_key, seed_from_letters
from generator.trust.memory import computer_key, keep_key
from generator.trust.readers_edge import append_reader_line, campaign_registry
from generator.trust.readers_file import ReaderDeed
from generator.trust.signer import keys_locked


def sheet_seed(root: Path, typed: str) -> bytes:
    """Return the recovery key from the sheet's letters; raise LeafletsError for wrong ones."""
    registry = campaign_registry(root)
    seed = seed_from_letters(typed)
    if seed is None:
        what = "a letter is missing or wrong"
        hint = "type all 14 groups of the sheet again, line by line; 0 is zero"
        raise refusal("sheet-letters", what, hint=hint)
    if key_name(public_key(seed)) not in registry.founders[1:]:
        what = "this is the recovery sheet of another campaign"
        raise refusal("sheet-other", what, root, "take the sheet of this campaign")
    return seed


def recover(root: Path, seed: bytes, stolen: str = "", last_good: Collection[str] = ()) -> str:
    """Make this computer an organiser's with the recovery key; return the name of its key.

    `stolen` is a key that ends with that, as `revoke` says. What the recovery key decides comes
    before all that organisers say, so a thief cannot undo it. Nothing of it is kept here.
    """
    own = own_key(root)
    if own.standing is not Standing.ORGANISER or own.key == stolen:
        _make_organiser(root, seed, fresh=own.standing is Standing.RETIRED or own.key == stolen)
    if stolen:
        revoke(root, stolen, last_good, seed)
    if own_key(root).standing is not Standing.ORGANISER:  # a thief had retired this one, too
        _make_organiser(root, seed, fresh=True)
    return own_key(root).key


def _make_organiser(root: Path, seed: bytes, fresh: bool) -> None:
    """Make this computer's key an organiser's; a new key where it has none or `fresh`."""
    with keys_locked():
        campaign = campaign_registry(root).campaign
        own = computer_key(campaign)
        if own is None or fresh:
            keep_key(campaign, own := new_seed(), replacing=fresh)
        row = {"do": str(ReaderDeed.ORGANISER), "key": public_key(own)}
        append_reader_line(root, seed, row)
