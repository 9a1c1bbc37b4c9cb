"""This computer's part in a campaign: whether it is an organiser's, and what it reads out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generator.problem import refusal
from generator.trust.keys import key_name, public_key, spoken_code
from generator.trust.memory import computer_key
from generator.trust.readers_edge import campaign_registry
from generator.trust.readers_file import ORGANISER_CODE, Registry
from generator.trust.signer import asking_key, keys_locked

# Letters of a key's name that people see; enough to tell the keys of one campaign apart.
SHORT_NAME = 8


class Standing(StrEnum):
    """What a key may do."""

    NOT_BEGUN = "not begun"
    """Nobody has signed in the campaign yet."""
    NO_KEY = "no key"
    WAITING = "waiting"
    ADMITTED = "admitted"
    ORGANISER = "organiser"
    RETIRED = "retired"


@dataclass(frozen=True)
class OwnKey:
    """What this computer may do in a campaign."""

    standing: Standing
    key: str = ""
    codes: tuple[str, ...] = ()
    """The readers it signs for, or asks to sign for."""
    spoken: tuple[str, ...] = ()
    """While it waits: what its reader reads out to an organiser, for each of `codes`."""


def own_key(root: Path) -> OwnKey:
    """Return what this computer may do; raise LeafletsError where the readers' file is damaged."""
    registry = campaign_registry(root)
    seed = computer_key(registry.campaign) if registry.campaign else None
    if seed is None:
        return OwnKey(Standing.NO_KEY if registry.campaign else Standing.NOT_BEGUN)
    name = key_name(public_key(seed))
    standing = standing_of(registry, name)
    found = registry.admitted if standing is Standing.ADMITTED else registry.waiting
    codes = tuple(sorted(one.code for one in found if one.key == name))
    waits = codes if standing is Standing.WAITING else ()
    public = public_key(seed)
    spoken = tuple(spoken_code(registry.campaign, code, public) for code in waits)
    return OwnKey(standing, name, codes, spoken)


def standing_of(registry: Registry, key: str) -> Standing:
    """Return what a key may do."""
    if key in registry.retired:
        return Standing.RETIRED
    if key in registry.organisers:
        return Standing.ORGANISER
    return Standing.ADMITTED if registry.is_known(key) else Standing.WAITING


def ask_as_organiser(root: Path) -> OwnKey:
    """Let this computer ask to be an organiser's; return what it reads out.

    Raise LeafletsError where it is one, where it was retired, and where nobody has begun.
    """
    with keys_locked():
        if not campaign_registry(root).campaign:
            what = "nobody has begun here: whoever signs first is the first organiser"
            raise refusal("not-begun", what, root, "sign something: leaflets sign facts --as new")
        own = own_key(root)
        if own.standing is Standing.ORGANISER:
            raise refusal("organiser-already", "this computer is an organiser's", root)
        if own.standing is not Standing.ADMITTED:
            asking_key(root, ORGANISER_CODE)
            own = own_key(root)
    if own.standing is Standing.ADMITTED:  # its reader's key becomes an organiser's
        public = campaign_registry(root).public_of(own.key)
        campaign = campaign_registry(root).campaign
        spoken = tuple(spoken_code(campaign, code, public) for code in own.codes)
        return OwnKey(own.standing, own.key, own.codes, spoken)
    return own


def organiser_seed(root: Path) -> bytes:
    """Return this computer's key if it is an organiser's; raise LeafletsError with whom to ask."""
    own, registry = own_key(root), campaign_registry(root)
    if own.standing is Standing.ORGANISER and (seed := computer_key(registry.campaign)):
        return seed
    what = "only an organiser can do this, and this computer is none"
    says = f"; read out to them: {own.spoken[0]}" if own.spoken else ""
    hint = f"ask an organiser to do it on their computer{says}"
    if own.standing is Standing.NOT_BEGUN:
        hint = "nobody has signed here yet; whoever signs first is the first organiser"
    elif not registry.live_organisers:
        hint = "no organiser's computer is left: take the recovery sheet, leaflets readers recover"
    raise refusal("not-organiser", what, root, hint)


def short_name(key: str) -> str:
    """Return the first letters of a key's name."""
    return key[:SHORT_NAME]
