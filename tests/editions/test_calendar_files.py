"""Events, statements and letters: calendar files read back, lines to write on, fields to fill in on a screen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import pypdf
import pypdfium2
import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from generator.campaign.dates import date_parts
from generator.campaign.project import Project
from generator.editions.build import build_editions
from generator.editions.calendar import CalendarEvent, calendar_file
from generator.editions.plan import BuildRequest
from tests.editions.test_build import edit

PAGE = "https://example.org/r"
RALLY = CalendarEvent(
    "r@example.org", "Come", date(2027, 3, 20), "13:00-15:00", "Town Hall Square, 1 Sample Street", PAGE, date(2026, 11, 22)
)


def only(data: bytes) -> icalendar.Event:
    """Return the one event of a calendar file."""
    (found,) = icalendar.Calendar.from_ical(data).events
    return found


def printed(folder: Path, leaflet: str, sheet: str, *languages: str) -> dict[str, Path]:
    """Print a leaflet and return the PDF of each language."""
    report = build_editions(Project(folder), BuildRequest((leaflet,), languages, (sheet,)), jobs=1)
    assert [problem.line() for outcome in report.outcomes for problem in outcome.record.problems] == []
    return {outcome.record.language: folder / "output" / outcome.record.path for outcome in report.outcomes}


def fields(path: Path) -> dict[str, str]:
    """Return the fields of a PDF with what a screen reader says of each."""
    return {name: field["/TU"] for name, field in (pypdf.PdfReader(path).get_fields() or {}).items()}


@pytest.mark.parametrize(
    ("day", "times", "start", "end"),
    [
        (date(2027, 3, 20), "13:00-15:00", datetime(2027, 3, 20, 13, tzinfo=UTC), datetime(2027, 3, 20, 15, tzinfo=UTC)),
        (date(2027, 6, 20), "13:00-15:00", datetime(2027, 6, 20, 12, tzinfo=UTC), datetime(2027, 6, 20, 14, tzinfo=UTC)),
        (date(2027, 6, 20), "00:30", datetime(2027, 6, 19, 23, 30, tzinfo=UTC), None),
        (date(2027, 6, 20), "", date(2027, 6, 20), None),
    ],
)
def test_an_event_is_at_its_british_time_in_summer_and_in_winter(day: date, times: str, start: date, end: date | None) -> None:
    found = only(calendar_file(CalendarEvent("r@example.org", "Come", day, times, "", "https://example.org/r", day)))

    assert found.decoded("dtstart") == start
    assert (found.decoded("dtend") if "dtend" in found else None) == end


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=120).map(str.strip).filter(bool))
def test_any_title_and_place_come_back_whole(text: str) -> None:
    data = calendar_file(CalendarEvent("r@example.org", text, date(2027, 3, 20), "", text, "https://example.org/r", date(2026, 11, 22)))
    found = only(data)

    assert (str(found["summary"]), str(found["location"])) == (text, text)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_the_file_does_not_depend_on_when_it_was_made() -> None:
    assert calendar_file(RALLY) == calendar_file(RALLY)
    assert only(calendar_file(RALLY)).decoded("dtstamp") == datetime(2026, 11, 22, tzinfo=UTC)


def test_a_rally_has_a_calendar_file_in_each_language(campaign: Path) -> None:
    printed(campaign, "come-to-the-rally", "a5", "en", "ur")
    folder = campaign / "output" / "come-to-the-rally"
    urdu = only((folder / "come-to-the-rally_ur_DRAFT.ics").read_bytes())

    assert str(urdu["summary"]) == "ہمارے پُرامن جلسے میں آئیں"
    assert urdu.decoded("dtstart") == datetime(2027, 3, 20, 13, tzinfo=UTC)
    assert str(urdu["location"]) == "Town Hall Square, 1 Sample Street"
    assert str(urdu["url"]) == "https://nb.internal/come-to-the-rally/ur"
    assert sorted(path.name for path in folder.glob("*.ics")) == ["come-to-the-rally_en.ics", "come-to-the-rally_ur_DRAFT.ics"]


def test_an_event_that_is_withheld_has_no_calendar_file(campaign: Path) -> None:
    printed(campaign, "come-to-the-rally", "a5", "en")
    edit(campaign / "leaflets" / "facts.yaml", "value: 2027-03-20", "value: 2026-01-20")

    report = build_editions(Project(campaign), BuildRequest(("come-to-the-rally",), ("en",), ("a5",)), jobs=1)

    assert [problem.code for outcome in report.outcomes for problem in outcome.record.problems] == ["fact-past"]
    assert list((campaign / "output").rglob("*.ics")) == []


@pytest.mark.parametrize("language", ["en", "ar", "ti"])
def test_the_day_is_seen_from_afar_and_stands_in_numbers_beside(campaign: Path, language: str) -> None:
    path = printed(campaign, "come-to-the-rally", "a5", language)[language]
    document = pypdfium2.PdfDocument(path)
    page = document[0].get_textpage()
    sizes: dict[str, float] = {}
    for index in range(page.count_chars()):
        char, (_, bottom, _, top) = page.get_text_range(index, 1), page.get_charbox(index, loose=True)
        sizes[char] = max(top - bottom, sizes.get(char, 0))
    document.close()

    day = date(2027, 3, 20)
    weekday, month = (format_date(day, pattern, locale=Project(campaign).languages[language].babel) for pattern in ("EEEE", "MMMM"))
    assert date_parts(day, Project(campaign).languages[language]) == (weekday, "20", month)
    assert sizes["2"] > 1.3 * sizes["7"]


def test_a_form_is_filled_in_on_the_screen_sheet_alone(campaign: Path) -> None:
    screen = printed(campaign, "solidarity-statement", "screen", "en", "ar")
    paper = printed(campaign, "solidarity-statement", "a4", "en")

    assert fields(paper["en"]) == {}
    assert list(fields(screen["en"]).items())[:4] == [
        ("lines-branch", "Name of the branch"),
        ("lines-date", "Date of the meeting"),
        ("lines-name", "Name and role"),
        ("lines-signature", "Signature"),
    ]
    assert fields(screen["ar"])["lines-branch"] == "اسم الفرع"
    assert [name for name in fields(screen["en"]) if name.startswith("signature")] == ["signature-0", "signature-1", "signature-2"]


def test_what_is_typed_into_a_field_is_kept(campaign: Path, tmp_path: Path) -> None:
    path = printed(campaign, "solidarity-statement", "screen", "en")["en"]
    writer = pypdf.PdfWriter(clone_from=path)
    for page in writer.pages:
        if "/Annots" in page:
            writer.update_page_form_field_values(page, {"lines-branch": "Example branch"}, auto_regenerate=False)
    writer.write(tmp_path / "filled.pdf")

    assert pypdf.PdfReader(tmp_path / "filled.pdf").get_form_text_fields()["lines-branch"] == "Example branch"


def test_a_letter_has_lines_for_sender_date_and_name(campaign: Path) -> None:
    path = printed(campaign, "write-to-the-press", "screen", "en")["en"]

    assert list(fields(path)) == ["sender-0", "sender-1", "letter-date", "letter-name"]
    assert fields(path)["letter-date"] == "Date"
