"""Read one leaflet from YAML: title, audience, blocks; every refusal names file and line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from generator.base.names import FACT_NAME, SLUG
from generator.base.yaml import YamlValue, load_yaml
from generator.campaign.facts import RESIDENCE
from generator.model import Block, BlockKind, Leaflet, Message, Risk
from generator.problem import LeafletsError, Problem

TEXT_KINDS = (BlockKind.LEAD, BlockKind.HEADING, BlockKind.TEXT, BlockKind.WARNING, BlockKind.PLACE)
"""Blocks of one message, whose id is the block's."""
ITEM_KINDS = (BlockKind.LIST, BlockKind.STEPS, BlockKind.LETTER, BlockKind.FORM, BlockKind.TABLE)
"""Blocks of several messages, each with an id of its own after the block's."""
FACT_KINDS = (BlockKind.CONTACTS, BlockKind.EVENT)
"""Blocks that print facts and have no message."""
BLOCK_KINDS = TEXT_KINDS + ITEM_KINDS + FACT_KINDS
EVENT_ROLES = ("date", "time", "place")
AUDIENCES = ("everyone", "residents", "public", "supporters", "branches", "workers")
BLOCK_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# One to three names of pictures.
PICTURES_FORM = re.compile(r"[a-z]+(?:-[a-z]+)*(?: [a-z]+(?:-[a-z]+)*){0,2}")
ROWS_FORM = re.compile(r"[1-9]|1[0-9]|20")


def read_leaflet(path: Path) -> Leaflet:
    """Return the leaflet in `path`, named after the file; raise LeafletsError with `file:line` and advice."""
    if not SLUG.fullmatch(path.stem):
        hint = "rename the file: small letters, digits and hyphens, such as not-alone.yaml"
        raise LeafletsError(
            Problem("leaflet-name", f"{path.stem!r} cannot name a leaflet", str(path), hint)
        )
    keys = load_yaml(path).mapping(("title", "audience", "dated", "blocks"), ("sheets", "note"))
    note = keys["note"].text() if "note" in keys else ""
    blocks = tuple(_block(value) for value in keys["blocks"].items())
    leaflet = Leaflet(
        slug=path.stem,
        title=Message("title", keys["title"].text(80), note=note, where=keys["title"].where),
        audience=keys["audience"].choice(AUDIENCES),
        dated=keys["dated"].parsed(date.fromisoformat, "2026-11-22"),
        sheets=tuple(dict.fromkeys(value.text() for value in keys["sheets"].items()))
        if "sheets" in keys
        else (),
        note=note,
        blocks=blocks,
        where=str(path),
    )
    _refuse_twins(leaflet)
    return leaflet


def _block(value: YamlValue) -> Block:
    keys = value.mapping(("id",), ("risk", "note", "rows", "short", "picture", *BLOCK_KINDS))
    kinds = [BlockKind(key) for key in keys if key in BLOCK_KINDS]
    if len(kinds) != 1:
        raise value.fail(
            f"a block needs exactly one of {', '.join(BLOCK_KINDS)}",
            f"it has {', '.join(kinds) or 'none'}",
        )
    (kind,) = kinds
    block_id = keys["id"].match(BLOCK_ID, "how-to-call")
    risk = Risk(keys["risk"].choice(list(Risk))) if "risk" in keys else Risk.PLAIN
    note = keys["note"].text() if "note" in keys else ""
    rows = int(keys["rows"].match(ROWS_FORM, "6")) if "rows" in keys else 0
    short = "short" in keys and keys["short"].choice(("yes", "no")) == "yes"
    pictures = _pictures(keys["picture"], kind) if "picture" in keys else ()
    return Block(
        block_id,
        kind,
        _messages(keys[kind], block_id, kind, risk, note),
        _facts(keys[kind], kind),
        rows,
        short,
        pictures,
    )


def _pictures(value: YamlValue, kind: BlockKind) -> tuple[str, ...]:
    if kind not in TEXT_KINDS:
        raise value.fail(
            f"none can stand before a block of {kind}",
            f"put it on a block of {', '.join(TEXT_KINDS)}",
        )
    return tuple(value.match(PICTURES_FORM, "phone, or door camera-no").split())


def _messages(
    value: YamlValue, block_id: str, kind: BlockKind, risk: Risk, note: str
) -> tuple[Message, ...]:
    if kind in TEXT_KINDS:
        return (Message(block_id, value.text(600), risk, note, value.where),)
    if kind in ITEM_KINDS:
        items = value.mapping(optional=None)
        for key, item in items.items():
            if not BLOCK_ID.fullmatch(key):
                raise item.fail(
                    "this key cannot name a line",
                    "small letters, digits and hyphens, such as `inside:`",
                )
        return tuple(
            Message(f"{block_id}.{key}", item.text(600), risk, note, item.where)
            for key, item in items.items()
        )
    return ()


def _facts(value: YamlValue, kind: BlockKind) -> dict[str, str]:
    if kind is BlockKind.CONTACTS:
        names = [item.match(FACT_NAME, "campaign_phone") for item in value.items()]
        return dict(zip(names, names, strict=True))
    if kind is BlockKind.EVENT:
        roles = value.mapping(("date",), EVENT_ROLES)
        return {role: item.match(FACT_NAME, "rally_date") for role, item in roles.items()}
    return {RESIDENCE: RESIDENCE} if kind is BlockKind.PLACE else {}


def _refuse_twins(leaflet: Leaflet) -> None:
    seen: dict[str, str] = {"title": leaflet.title.where}
    for block in leaflet.blocks:
        places = [(message.msgctxt, message.where) for message in block.messages] or [
            (block.id, leaflet.where)
        ]
        for name, where in dict(places).items():
            if name in seen:
                hint = f"it stands at {seen[name]} too: give one of the two another id"
                raise LeafletsError(
                    Problem("leaflet-id-twice", f"the id {name!r} stands here twice", where, hint)
                )
            seen[name] = where
