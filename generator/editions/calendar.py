"""Write an event as a calendar file (RFC 5545), and read one back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

# The clock of every time on a leaflet.
ZONE = "Europe/London"
PRODUCT = "-//leaflets//leaflets//EN"


@dataclass(frozen=True)
class CalendarEvent:
    """One event; `times` as 13:00-15:00, 13:00 or empty for a whole day."""

    uid: str
    title: str
    day: date
    times: str
    place: str
    address: str
    """The web page about it."""
    dated: date
    """The day of the leaflet's text: the file does not depend on when it was made."""


def calendar_file(event: CalendarEvent) -> bytes:
    """Return the event as a file, in UTC, so that no table of time zones must travel with it."""
    from icalendar import Calendar
    from icalendar import Event as Entry

    found, entry = Calendar(), Entry()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    entry.add("uid", event.uid)
    entry.add("dtstamp", datetime.combine(event.dated, time(), UTC))
    entry.add("summary", event.title)
    start, _, end = event.times.partition("-")
    entry.add("dtstart", _moment(event.day, start) if start else event.day)
    if end:
        entry.add("dtend", _moment(event.day, end))
    if event.place:
        entry.add("location", event.place)
    entry.add("url", event.address)
    found.add_component(entry)
    return bytes(found.to_ical())


def _moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(ZONE)).astimezone(UTC)
