"""Admit a reader's computer, or another organiser's, once its code was compared by voice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.problem import Problem, UsageError, refusal
from generator.readers.own_key import organiser_seed
from generator.trust.keys import same_spoken, spoken_code
from generator.trust.readers_edge import append_reader_line, campaign_registry
from generator.trust.readers_file import ORGANISER_CODE, Admission, ReaderDeed, Registry
from generator.trust.signer import keys_locked


@dataclass(frozen=True)
class AskingKey:
    """A computer that asks to sign for a code, and what its reader reads out."""

    code: str
    key: str
    spoken: str


def asking_keys(registry: Registry, code: str = "") -> list[AskingKey]:
    """Return the computers that wait to sign for a code, or for any."""
    return [
        _asking(registry, one)
        for one in registry.waiting
        if one.code == code or (not code and one.code != ORGANISER_CODE)
    ]


def possible_organisers(registry: Registry) -> list[AskingKey]:
    """Return the computers that may become an organiser's: all that ever asked for something."""
    known = (*registry.waiting, *sorted(registry.admitted, key=lambda one: one.key))
    return [_asking(registry, one) for one in known if one.key not in registry.organisers]


def _asking(registry: Registry, one: Admission) -> AskingKey:
    spoken = spoken_code(registry.campaign, one.code, registry.public_of(one.key))
    return AskingKey(one.code, one.key, spoken)


def refuse_nobody(asking: list[AskingKey], code: str) -> None:
    """Raise UsageError where no computer asks to sign for a code."""
    if not asking:
        organiser = code == ORGANISER_CODE
        wish = "be an organiser's" if organiser else f"sign for {code}"
        what = f"no computer waits to {wish}"
        asks = "types leaflets readers ask" if organiser else "signs something"
        hint = (
            f"the reader {asks} on their computer and sends you the files (with git: they push, "
            "you pull; or as a copy); then: leaflets readers"
        )
        raise UsageError(Problem("reader-none", what, hint=hint))


def heard(asking: list[AskingKey], spoken: str) -> AskingKey:
    """Return the computer whose reader reads out `spoken`; raise LeafletsError for none."""
    for one in asking:
        if same_spoken(one.spoken, spoken):
            return one
    what = "these letters belong to no computer that asks"
    hint = (
        "let the reader read them out again, from: leaflets readers, on their computer. "
        "If they are still others, somebody else asks in their name: do not admit them"
    )
    raise refusal("spoken-other", what, hint=hint)


def admit(root: Path, one: AskingKey) -> None:
    """Admit a reader's computer; raise LeafletsError where this one is no organiser's."""
    with keys_locked():
        seed, registry = organiser_seed(root), campaign_registry(root)
        known = sorted(other.code for other in registry.admitted if other.key == one.key)
        if known and known != [one.code]:
            what = f"this computer signs for {known[0]} already: one person cannot be two"
            raise refusal("second-code", what, hint=f"{one.code} signs on a computer of their own")
        public = registry.public_of(one.key)
        row = {"do": str(ReaderDeed.ADMIT), "code": one.code, "key": public}
        append_reader_line(root, seed, row)


def make_organiser(root: Path, one: AskingKey) -> None:
    """Make a computer an organiser's; raise LeafletsError where this one is none."""
    with keys_locked():
        seed, registry = organiser_seed(root), campaign_registry(root)
        row = {"do": str(ReaderDeed.ORGANISER), "key": registry.public_of(one.key)}
        append_reader_line(root, seed, row)
