"""Write a calendar file beside the pages of each event, in each language.

It is called `output/<leaflet>/<leaflet>_<language>.ics`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from generator.base.files import write_file
from generator.base.message_text import text_pieces
from generator.blocks.event import EVENT_KIND
from generator.editions.calendar import CalendarEvent, calendar_file
from generator.editions.manifest import EditionRecord
from generator.layout.stage import STAGE_ENDINGS, STAGE_NAMES, file_ending
from generator.model import Block, Leaflet
from generator.review.snapshot import Snapshot


def write_calendar_files(snapshot: Snapshot, records: Iterable[EditionRecord]) -> list[Path]:
    """Write the calendar file of every printed event, and remove that of any other.

    Returns the files written.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for record in records:
        endings = found.setdefault((record.leaflet, record.language), set())
        if record.state in STAGE_NAMES:
            endings.add(file_ending(record.state, record.example))
    return [
        path
        for (slug, language), endings in found.items()
        for path in _write_leaflet_events(snapshot, slug, language, endings)
    ]


def _write_leaflet_events(
    snapshot: Snapshot, slug: str, language: str, endings: set[str]
) -> Iterator[Path]:
    leaflet, private = snapshot.project.leaflets[slug], bool(snapshot.site)
    events = (block for block in leaflet.blocks if block.kind == EVENT_KIND.name)
    for number, block in enumerate(events, 1):
        parts = (slug, language, snapshot.site, str(number) if number > 1 else "")
        folder, name = snapshot.project.output / slug, "_".join(filter(None, parts))
        paths = {end: folder / f"{name}{end}.ics" for end in STAGE_ENDINGS}
        # The longest ending is that of the least finished page.
        wanted = paths[max(endings, key=len)] if endings else None
        for path in set(paths.values()) - {wanted}:
            with suppress(OSError):
                path.unlink()
        if wanted:
            event = calendar_event(snapshot, leaflet, language, block)
            write_file(wanted, calendar_file(event), private=private)
            yield wanted


def calendar_event(
    snapshot: Snapshot, leaflet: Leaflet, language: str, block: Block
) -> CalendarEvent:
    """Return an event of a leaflet at the snapshot's site, in a language if it is translated."""
    facts = {role: snapshot.facts[name].value for role, name in block.facts.items()}
    project = snapshot.project
    address, tag = project.campaign.address, project.languages[language].tag.lower()
    title = snapshot.texts(language, leaflet.slug)["title"]
    uid = "-".join(filter(None, (leaflet.slug, block.id, snapshot.site)))
    return CalendarEvent(
        uid=f"{uid}@{address.split('/')[2]}",
        title="".join(text_pieces(title.msgstr)) or title.message.msgid,
        day=date.fromisoformat(facts["date"]),
        times=facts.get("time", ""),
        place=facts.get("place", ""),
        address=f"{address}/{leaflet.slug}/{tag}",
        dated=leaflet.dated,
    )
