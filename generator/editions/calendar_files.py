"""A calendar file beside the pages of each event, in each language: `output/<leaflet>/<leaflet>_<language>.ics`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from generator.base.files import write_file
from generator.base.message_text import text_pieces
from generator.editions.calendar import CalendarEvent, calendar_file
from generator.editions.manifest import EditionRecord
from generator.layout.stage import STAGE_ENDINGS, STAGE_NAMES, file_ending
from generator.model import Block, BlockKind, Leaflet
from generator.review.snapshot import Snapshot


def write_calendar_files(snapshot: Snapshot, records: Iterable[EditionRecord]) -> list[Path]:
    """Write the calendar file of every event that was printed, remove that of one that was not; return what was written."""
    found: dict[tuple[str, str], set[str]] = {}
    for record in records:
        endings = found.setdefault((record.leaflet, record.language), set())
        if record.state in STAGE_NAMES:
            endings.add(file_ending(record.state, record.example))
    return [
        path
        for (slug, language), endings in found.items()
        for path in _of(snapshot, slug, language, endings)
    ]


def _of(snapshot: Snapshot, slug: str, language: str, endings: set[str]) -> Iterator[Path]:
    leaflet = snapshot.project.leaflets[slug]
    blocks = [block for block in leaflet.blocks if block.kind is BlockKind.EVENT]
    for number, block in enumerate(blocks, 1):
        name = "_".join(
            part
            for part in (slug, language, snapshot.site, str(number) if number > 1 else "")
            if part
        )
        paths = {end: snapshot.project.output / slug / f"{name}{end}.ics" for end in STAGE_ENDINGS}
        wanted = (
            paths[max(endings, key=len)] if endings else None
        )  # the longest ending is that of what is least far
        for path in set(paths.values()) - {wanted}:
            with suppress(OSError):
                path.unlink()
        if wanted:
            write_file(
                wanted,
                calendar_file(calendar_event(snapshot, leaflet, language, block)),
                private=bool(snapshot.site),
            )
            yield wanted


def calendar_event(
    snapshot: Snapshot, leaflet: Leaflet, language: str, block: Block
) -> CalendarEvent:
    """Return an event of a leaflet as it is at the source's site, its title in the language if it has one."""
    facts = {role: snapshot.facts[name] for role, name in block.facts.items()}
    project = snapshot.project
    title = snapshot.texts(language, leaflet.slug)["title"]
    return CalendarEvent(
        uid=f"{'-'.join(part for part in (leaflet.slug, block.id, snapshot.site) if part)}@{project.campaign.address.split('/')[2]}",
        title="".join(text_pieces(title.msgstr)) or title.message.msgid,
        day=date.fromisoformat(facts["date"].value),
        times=facts["time"].value if "time" in facts else "",
        place=facts["place"].value if "place" in facts else "",
        address=f"{project.campaign.address}/{leaflet.slug}/{project.languages[language].tag.lower()}",
        dated=leaflet.dated,
    )
