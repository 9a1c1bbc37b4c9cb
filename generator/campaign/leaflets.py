"""Read one leaflet from YAML: title, audience, blocks; every refusal names file and line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from generator.base.names import SLUG
from generator.base.yaml import YamlValue, load_yaml
from generator.blocks import BLOCK_ID, BlockHead, BlockKind, all_kinds
from generator.campaign.value_forms import yes_or_no
from generator.model import Block, Leaflet, Message, Risk
from generator.problem import LeafletsError, Problem

AUDIENCES = ("everyone", "residents", "public", "supporters", "branches", "workers")
# One to three names of pictures.
PICTURES_FORM = re.compile(r"[a-z]+(?:-[a-z]+)*(?: [a-z]+(?:-[a-z]+)*){0,2}")
ROWS_FORM = re.compile(r"[1-9]|1[0-9]|20")


def read_leaflet(path: Path) -> Leaflet:
    """Return the leaflet in `path`, named after the file.

    Raises LeafletsError with `file:line` and advice.
    """
    if not SLUG.fullmatch(path.stem):
        hint = "rename the file: small letters, digits and hyphens, such as not-alone.yaml"
        raise LeafletsError(
            Problem("leaflet-name", f"{path.stem!r} cannot name a leaflet", str(path), hint)
        )
    keys = load_yaml(path).mapping(("title", "audience", "dated", "blocks"), ("sheets", "note"))
    note = keys["note"].text() if "note" in keys else ""
    sheets = keys["sheets"].items() if "sheets" in keys else []
    leaflet = Leaflet(
        slug=path.stem,
        title=Message("title", keys["title"].text(80), note=note, where=keys["title"].where),
        audience=keys["audience"].choice(AUDIENCES),
        dated=keys["dated"].parsed(date.fromisoformat, "2026-11-22"),
        sheets=tuple(dict.fromkeys(value.text() for value in sheets)),
        note=note,
        blocks=tuple(map(_read_block, keys["blocks"].items())),
        where=str(path),
    )
    _refuse_twins(leaflet)
    return leaflet


def _read_block(value: YamlValue) -> Block:
    known = {name: kind.read for name, kind in all_kinds().items() if kind.read}
    keys = value.mapping(("id",), ("risk", "note", "rows", "short", "picture", *known))
    named = [key for key in keys if key in known]
    if len(named) != 1:
        what = f"a block needs exactly one of {', '.join(known)}"
        raise value.fail(what, f"it has {', '.join(named) or 'none'}")
    (name,) = named
    head = BlockHead(
        id=keys["id"].match(BLOCK_ID, "how-to-call"),
        risk=Risk(keys["risk"].choice(list(Risk))) if "risk" in keys else Risk.PLAIN,
        note=keys["note"].text() if "note" in keys else "",
    )
    contents = known[name](keys[name], head)
    return Block(
        id=head.id,
        kind=name,
        messages=contents.messages,
        facts=contents.facts,
        rows=int(keys["rows"].match(ROWS_FORM, "6")) if "rows" in keys else 0,
        short="short" in keys and yes_or_no(keys["short"]),
        pictures=_pictures(keys["picture"], all_kinds()[name]) if "picture" in keys else (),
        where=value.where,
    )


def _pictures(value: YamlValue, kind: BlockKind) -> tuple[str, ...]:
    if not kind.pictures:
        able = ", ".join(one.name for one in all_kinds().values() if one.pictures)
        what = f"none can stand before a block of {kind.name}"
        raise value.fail(what, f"put it on a block of {able}")
    return tuple(value.match(PICTURES_FORM, "phone, or door camera-no").split())


def _refuse_twins(leaflet: Leaflet) -> None:
    """Raise LeafletsError where two blocks, or two lines, have the same id."""
    seen: dict[str, str] = {"title": leaflet.title.where}
    for block in leaflet.blocks:
        own = {message.msgctxt: message.where for message in block.messages}
        for name, where in (own or {block.id: leaflet.where}).items():
            if name in seen:
                hint = f"it stands at {seen[name]} too: give one of the two another id"
                what = f"the id {name!r} stands here twice"
                raise LeafletsError(Problem("leaflet-id-twice", what, where, hint))
            seen[name] = where
