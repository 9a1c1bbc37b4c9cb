"""A calendar file beside the pages of each event, in each language: `output/<leaflet>/<leaflet>_<language>.ics`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from generator.core.text import pieces
from generator.edges.calendarfile import Event, calendar
from generator.edges.files import write
from generator.edges.manifest import Record
from generator.model import Block, BlockKind, Leaflet
from generator.usecases.source import Source


def write_events(source: Source, records: Iterable[Record]) -> list[Path]:
    """Write the calendar file of every event that was printed, remove that of one that was not; return what was written."""
    states: dict[tuple[str, str], set[str]] = {}
    for record in records:
        states.setdefault((record.leaflet, record.language), set()).add(record.state)
    return [path for (slug, language), found in states.items() for path in _of(source, slug, language, found)]


def _of(source: Source, slug: str, language: str, states: set[str]) -> Iterator[Path]:
    leaflet = source.project.leaflets[slug]
    blocks = [block for block in leaflet.blocks if block.kind is BlockKind.EVENT]
    printed = states & {"ready", "draft"}
    for number, block in enumerate(blocks, 1):
        name = "_".join(part for part in (slug, language, source.site, str(number) if number > 1 else "") if part)
        ready, draft = (source.project.output / slug / f"{name}{ending}.ics" for ending in ("", "_DRAFT"))
        wanted = (draft if "draft" in printed else ready) if printed else None
        for path in {ready, draft} - {wanted}:
            with suppress(OSError):
                path.unlink()
        if wanted:
            write(wanted, calendar(event_of(source, leaflet, language, block)), private=bool(source.site))
            yield wanted


def event_of(source: Source, leaflet: Leaflet, language: str, block: Block) -> Event:
    """Return an event of a leaflet as it is at the source's site, its title in the language if it has one."""
    facts = {role: source.facts[name] for role, name in block.facts.items()}
    project = source.project
    title = source.texts(language, leaflet.slug)["title"]
    return Event(
        uid=f"{'-'.join(part for part in (leaflet.slug, block.id, source.site) if part)}@{project.campaign.address.split('/')[2]}",
        title="".join(pieces(title.msgstr)) or title.message.msgid,
        day=date.fromisoformat(facts["date"].value),
        times=facts["time"].value if "time" in facts else "",
        place=facts["place"].value if "place" in facts else "",
        address=f"{project.campaign.address}/{leaflet.slug}/{project.languages[language].tag.lower()}",
        dated=leaflet.dated,
    )
