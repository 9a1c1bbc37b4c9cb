"""What the screens have in common: who reads, titles, how texts are shown, the links at the top."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from generator.campaign.facts import printed_value
from generator.campaign.project import Project
from generator.catalogue.change import word_diff
from generator.catalogue.similarity import text_diff
from generator.problem import LeafletsError
from generator.signing.reading import catalogue_leaflet
from generator.signing.undo import answer_mark
from generator.web import chips
from generator.web.server_state import current_snapshot, current_user
from generator.web.words import find_word, word_markup

# A shape for each state, so that nothing depends on colour alone.
STATE_SHAPES = {"missing": "○", "stale": "↻", "draft": "◔", "read": "◑", "ready": "●"}


@dataclass(frozen=True, order=True)
class Area:
    """A link at the top of every screen; a module with a constant `AREA` has one."""

    place: int
    """Links stand in the order of this number."""
    endpoint: str
    word: str
    organisers_only: bool = False


def catalogue_title(project: Project, domain: str) -> Markup:
    """Return the English title of a leaflet, or the word for what a catalogue's words are for."""
    leaflet = catalogue_leaflet(project, domain)
    if leaflet is None:
        return word_markup(f"domain-{domain}")
    return Markup('<span lang="en" dir="ltr">{}</span>').format(leaflet.title.msgid)


def reader_code() -> str:
    """Return the code of the person in front of the page, spelt as in ledgers."""
    return current_user().code.strip().casefold()


def printed_facts() -> Mapping[str, str]:
    """Return the printed form of every fact that all sites share."""
    try:
        return {name: printed_value(fact) for name, fact in current_snapshot().facts.items()}
    except LeafletsError:  # the names of facts will do
        return {}


def word_with_tag(name: str) -> tuple[str, str]:
    """Return a word of the page as text, and the tag of its language."""
    _, text, code = find_word(name)
    return text, current_snapshot().project.languages[code].tag


def reading_minutes(seconds: float) -> int:
    """Return seconds of reading in whole minutes, one at least."""
    return max(1, round(seconds / 60))


def reading_context() -> dict[str, Any]:
    """Return what the templates of the reading screens use."""
    facts = printed_facts()
    names = {written: word_with_tag(name) for written, name in chips.TAG_WORDS.items()}
    return {
        "shown": lambda text: chips.with_chips(text, facts, names),
        "tokens": lambda msgid: chips.chips_of(msgid, facts, names),
        "shapes": STATE_SHAPES,
        "english_diff": word_diff,
        "text_diff": text_diff,
        "minutes": reading_minutes,
        "codes": lambda people: ", ".join(sorted(people)),
        "title_of": lambda domain: catalogue_title(current_snapshot().project, domain),
        "reader": reader_code(),
        "mark": answer_mark,
    }


def show_screen(template: str, status: int = 200, **values: object) -> ResponseReturnValue:
    """Return a reading screen."""
    return render_template(template, **reading_context(), **values), status


def attachment_header(path: str) -> dict[str, str]:
    """Return the header that lets a browser save a file under its own name."""
    return {"Content-Disposition": f'attachment; filename="{path.rpartition("/")[2]}"'}
