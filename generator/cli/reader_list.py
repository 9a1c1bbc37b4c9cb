"""Show who may sign, and the lines that a key has signed."""

from __future__ import annotations

from pathlib import Path

from generator.base.words import count_words
from generator.campaign.project import Project
from generator.cli.output import write_next_step, write_note, write_result, write_text
from generator.readers.key_list import listed_keys
from generator.readers.line_texts import line_texts
from generator.readers.own_key import OwnKey, Standing, own_key, short_name
from generator.readers.retire import SHORT_LINK, signed_lines
from generator.trust.readers_edge import campaign_registry
from generator.trust.readers_file import ORGANISER_CODE

# What a key does, in the list.
_SAYS = {
    Standing.WAITING: "waits to be admitted",
    Standing.ADMITTED: "signs",
    Standing.ORGANISER: "decides and signs",
    Standing.RETIRED: "retired",
}
# Newest lines of each ledger that are shown to choose from.
_SHOWN = 100
# Letters of a sentence beside its line.
_WIDTH = 50


def readers_object(root: Path) -> dict[str, object]:
    """Return who may sign as the JSON object that `--json` promises."""
    own = own_key(root)
    keys = [
        {"code": one.code, "key": one.key, "standing": str(one.standing)}
        for one in listed_keys(campaign_registry(root))
    ]
    here = {
        "standing": str(own.standing),
        "key": own.key,
        "codes": list(own.codes),
        "spoken": list(own.spoken),
    }
    return {"keys": keys, "this": here}


def write_readers(root: Path) -> None:
    """Write who may sign, one computer a line, and what this computer may do."""
    own, registry = own_key(root), campaign_registry(root)
    keys = listed_keys(registry)
    for one in keys:
        here = "  (this computer)" if one.key == own.key else ""
        code = "organisers" if one.code == ORGANISER_CODE else one.code
        write_text(f"{code:12} computer {short_name(one.key)}  {_SAYS[one.standing]}{here}")
    write_note(_own_words(own))
    waiting = [one.code for one in keys if one.standing is Standing.WAITING]
    if own.standing is Standing.ORGANISER and waiting:
        organiser = waiting[0] == ORGANISER_CODE
        write_next_step(f"leaflets readers admit {'--organiser' if organiser else waiting[0]}")


def tell_waiting(root: Path) -> bool:
    """Say what a computer waits for whose answers count for nothing yet; return whether it does."""
    own = own_key(root)
    if own.standing is not Standing.WAITING:
        return False
    write_note("Your answers count once an organiser has admitted this computer.")
    write_note("Send them the campaign's files, with git or as a copy. Then ring them up:")
    write_note(f"{_read_out(own)}.")
    return True


def _own_words(own: OwnKey) -> str:
    """Return what this computer may do, in a sentence."""
    match own.standing:
        case Standing.NOT_BEGUN:
            return "Nobody has signed here yet. Whoever signs first is the first organiser."
        case Standing.NO_KEY:
            return "This computer has no key yet; it gets one with your first signature."
        case Standing.ORGANISER:
            return "This computer is an organiser's: it signs for every reader."
        case Standing.ADMITTED:
            return f"This computer signs for {', '.join(own.codes)}."
        case Standing.RETIRED:
            return "This computer's key was retired. To begin anew: leaflets readers forget"
        case Standing.WAITING:
            return f"This computer waits. Ring an organiser up; {_read_out(own)}"


def _read_out(own: OwnKey) -> str:
    pairs = zip(own.codes, own.spoken, strict=True)
    return ", ".join(f"as {code} read out: {letters}" for code, letters in pairs)


def write_signed_lines(project: Project, key: str) -> None:
    """Write the newest lines of a key by ledger, each with its name, day and sentence or fact."""
    lines = signed_lines(project.root, key)
    texts = line_texts(project, lines)
    for ledger in dict.fromkeys(line.ledger for line in lines):
        signed = [line for line in lines if line.ledger == ledger]
        write_result(f"{ledger}, newest first:")
        for line in signed[:_SHOWN]:
            text = " ".join(texts.get(line.wording, "").split())[:_WIDTH]
            write_text(f"  {line.link[:SHORT_LINK]}  {line.day:10}  {line.did}  {text}".rstrip())
        if older := len(signed[_SHOWN:]):
            write_text(f"  and {count_words(older, 'older line')}")
    if not lines:
        write_note("This computer signed nothing that stands here.")
