"""What this computer keeps of a campaign outside it: its key, and the newest lines it has seen.

An edge: all of it lies in the user's state folder, for its owner alone. A key belongs to one
campaign and this computer, and says nothing about a person.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from generator.base.files import (
    locked_folder,
    make_private_folder,
    read_bytes,
    write_file,
)
from generator.base.origin import state_folder
from generator.problem import LeafletsError, refusal
from generator.trust.chain import Heads
from generator.trust.keys import KEY_BYTES, key_name, public_key
from generator.trust.newest import (
    forget_newest,
    heads_by_ledger,
    newer_heads,
    newest_heads,
    note_newest,
    remembered_json,
)
from generator.trust.readers_file import READERS_LEDGER
from generator.trust.taken_back import forget_taken

_FOLDERS = "folders"
# Under this name stand the decisions about lost lines that this computer has followed.
FOLLOWED = "followed"


@dataclass(frozen=True)
class FolderMemory:
    """What this computer knows of one campaign's folder."""

    campaign: str = ""
    """The campaign's name when it was seen first."""
    strand: str = ""
    """Eight hex digits: this folder's part of the names of chains that are signed in it."""
    heads: Mapping[str, Heads] = field(default_factory=dict)
    """By ledger."""


def computer_key(campaign: str) -> bytes | None:
    """Return the seed of this computer's key in a campaign, None where it has none."""
    path = _key_file(campaign)
    with suppress(LeafletsError):
        if path.exists() and len(seed := read_bytes(path, KEY_BYTES)) == KEY_BYTES:
            return seed
    return None


def keep_key(campaign: str, seed: bytes, replacing: bool = False) -> None:
    """Keep this computer's key in a campaign; raise LeafletsError where that is impossible.

    A key that is there is only written over by `replacing`, also where it cannot be read just now:
    nobody can make it again.
    """
    path = _key_file(campaign)
    if path.exists() and not replacing:
        hint = "close other programs and try again; where it stays so: leaflets readers forget"
        raise refusal("key-unreadable", "the key of this computer cannot be read", path, hint)
    make_private_folder(state_folder())
    make_private_folder(_key_file(campaign).parent)
    write_file(path, seed, private=True)


def forget_folder(root: Path) -> None:
    """Forget what was in a folder before a campaign is made in it."""
    with suppress(OSError):
        _memory_file(root).unlink()


def forget_campaign(root: Path, campaign: str) -> None:
    """Destroy this computer's key in a campaign, and what it remembers of the folder."""
    for path in (_key_file(campaign), _memory_file(root)):
        with suppress(OSError):
            if path.suffix == ".key":
                path.write_bytes(bytes(KEY_BYTES))
            path.unlink()
    forget_newest(campaign)
    forget_taken(campaign)


def folder_memory(root: Path) -> FolderMemory:
    """Return what this computer knows of a campaign's folder; one that cannot be read is none."""
    with suppress(LeafletsError):
        return _memory_to_change(root)
    return FolderMemory()


def _memory_to_change(root: Path) -> FolderMemory:
    """Return it, a damaged one as none; raise LeafletsError where it cannot be read just now."""
    row = remembered_json(_memory_file(root))
    with suppress(TypeError, KeyError):
        return FolderMemory(row["campaign"], row["strand"], heads_by_ledger(row["heads"]))
    return FolderMemory()


def remember_heads(root: Path, campaign: str, ledger: str, heads: Heads) -> None:
    """Note the newest lines of a ledger, where they are newer than what is known.

    Nothing is noted of a campaign that began otherwise than the one this folder held before.
    """
    known = folder_memory(root)
    if known.campaign not in ("", campaign):
        return
    if known.campaign and not newer_heads(known.heads.get(ledger, {}), heads):
        return
    # A computer that cannot remember is told so by its key.
    with suppress(LeafletsError), _locked():
        known = _memory_to_change(root)
        before = known.heads.get(ledger, {})
        now = {**before, **newer_heads(before, heads)}
        _write(root, FolderMemory(campaign, _strand(known), {**known.heads, ledger: now}))
        note_newest(campaign, ledger, heads)


def expected_heads(root: Path, campaign: str, ledger: str) -> Heads:
    """Return the lines of a ledger that must stand in a folder: this computer has seen them.

    In a folder whose ledger is new to it, those of the campaign's other folders; what this
    computer itself signed there may still be on its way, but for what it decided about readers.
    """
    known = folder_memory(root)
    if known.campaign not in ("", campaign):
        return {}
    if ledger in known.heads or FOLLOWED in known.heads:
        return known.heads.get(ledger, {})
    newest, seed = newest_heads(campaign).get(ledger, {}), computer_key(campaign)
    if not newest or seed is None or ledger == READERS_LEDGER:
        return newest
    own = key_name(public_key(seed))
    return {by: head for by, head in newest.items() if by.partition(".")[0] != own}


def folder_strand(root: Path, campaign: str, ledger: str, links: Collection[str]) -> str:
    """Return this folder's part of the names of chains, drawn at random the first time.

    It is drawn anew where the last line that was signed here is not among the `links` of the
    ledger's lines: on another branch of git a second line would get its number.
    """
    known = folder_memory(root)
    if known.strand and known.campaign == campaign and not _forks(known, ledger, links):
        return known.strand
    with _locked():
        known = _memory_to_change(root)
        heads = known.heads if known.campaign in ("", campaign) else {}
        kept = known if known.campaign in ("", campaign) else FolderMemory()
        strand = secrets.token_hex(4) if _forks(kept, ledger, links) else _strand(kept)
        _write(root, FolderMemory(campaign, strand, heads))
    return strand


def _forks(known: FolderMemory, ledger: str, links: Collection[str]) -> bool:
    heads = known.heads.get(ledger, {}).items()
    return any(by.endswith(f".{known.strand}") and link not in links for by, (_, link) in heads)


def follow_heads(
    root: Path, ledger: str, chains: Collection[str], heads: Heads, names: Iterable[str]
) -> None:
    """Know of some chains what stands there now, by decisions of organisers with these names."""
    with suppress(LeafletsError), _locked():
        known = _memory_to_change(root)
        kept = {by: head for by, head in known.heads.get(ledger, {}).items() if by not in chains}
        followed = {**known.heads.get(FOLLOWED, {}), **dict.fromkeys(names, (1, ""))}
        now = {**known.heads, ledger: {**kept, **heads}, FOLLOWED: followed}
        _write(root, replace(known, heads=now))


def forget_heads(root: Path, campaign: str, names: Iterable[str] = ()) -> None:
    """Take what stands in the folder for true: what was seen of it before is forgotten.

    What organisers decided under these names was followed by that.
    """
    with _locked():
        heads = {FOLLOWED: dict.fromkeys(names, (1, ""))}
        _write(root, FolderMemory(campaign, secrets.token_hex(4), heads))


@contextmanager
def _locked() -> Iterator[None]:
    """Hold the lock of what is remembered of all folders."""
    make_private_folder(state_folder())
    make_private_folder(state_folder() / _FOLDERS)
    with locked_folder(state_folder() / _FOLDERS):
        yield


def _strand(known: FolderMemory) -> str:
    return known.strand or secrets.token_hex(4)


def _write(root: Path, memory: FolderMemory) -> None:
    row = {"campaign": memory.campaign, "strand": memory.strand, "heads": memory.heads}
    write_file(_memory_file(root), json.dumps(row) + "\n", private=True)


def _key_file(campaign: str) -> Path:
    return state_folder() / "keys" / f"{campaign}.key"


def _memory_file(root: Path) -> Path:
    name = sha256(str(root.resolve()).encode()).hexdigest()[:32]
    return state_folder() / _FOLDERS / f"{name}.json"


def upgrade_mark(root: Path) -> Path:
    """Return where this computer notes that it is taking a folder's old signatures over.

    The file stands there from before the first line is signed until the last one was.
    """
    return _memory_file(root).with_suffix(".upgrade")
