"""Which sentences, words and values are too long for a sheet: after a build, and before one."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from generator.base.words import count_words
from generator.campaign.facts import is_long_address, printed_value
from generator.campaign.long_values import LETTER_WIDTH, LINE_INDENT
from generator.campaign.settings import SHARED_DOMAIN
from generator.campaign.sheets import Sheet
from generator.editions.content import fact_names
from generator.editions.fingerprint import content_digest
from generator.editions.last_build import is_known
from generator.editions.manifest import EditionRecord, read_manifest
from generator.editions.plan import leaflet_sheets
from generator.layout.compose import ComposedPage
from generator.layout.copyfit import PageSentence
from generator.layout.no_room import _SHORTER_HINT, VALUE_TOO_LONG, WORD_TOO_LONG
from generator.model import Fact
from generator.problem import LeafletsError, Problem, Severity
from generator.review.snapshot import Snapshot

OVERFLOW_CODES = ("overflow-sentence", VALUE_TOO_LONG, WORD_TOO_LONG)

# Lines that an address may take, and a value of several words.
ADDRESS_LINES, WORDS_LINES = 2, 4

# Messages of all leaflets: short labels that nobody can shorten for one.
SHARED_PREFIXES = ("word.", "fact.")


def own_sentences(page: ComposedPage) -> tuple[PageSentence, ...]:
    """Return the sentences of a page that are its leaflet's own."""
    return tuple(
        PageSentence(name, text.message.msgid, text.msgstr or text.message.msgid)
        for name, text in page.used.items()
        if not name.startswith(SHARED_PREFIXES)
    )


def overflow_warnings(snapshot: Snapshot) -> dict[tuple[str, str, str], list[Problem]]:
    """Return what the last build found too long, by language, leaflet and msgctxt, as warnings.

    Editions whose texts have changed since are left out.
    """
    if snapshot.overflows is None:
        snapshot.overflows = {}
        for record in read_manifest(snapshot.project.output).values():
            found = [problem for problem in record.problems if problem.code in OVERFLOW_CODES]
            if found and not record.site and _is_current(snapshot, record):
                for problem in found:
                    place = (problem.language, problem.leaflet, problem.msgctxt)
                    snapshot.overflows.setdefault(place, []).append(problem.as_warning())
    return snapshot.overflows


def _is_current(snapshot: Snapshot, record: EditionRecord) -> bool:
    """Tell whether an edition still says what was too long."""
    try:
        return is_known(snapshot.project, record) and record.content == content_digest(
            snapshot, record.of
        )
    except (LeafletsError, KeyError):
        return False


def long_fact_warnings(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield a warning for each value that takes too many lines on a sheet, before any build."""
    texts = snapshot.texts("en", SHARED_DOMAIN)
    for leaflet in snapshot.project.leaflets.values():
        names = sorted(fact_names(leaflet, texts) & snapshot.facts.keys())
        for sheet in leaflet_sheets(snapshot.project, leaflet.slug):
            for name in names:
                fact = snapshot.facts[name]
                if what := _too_many_lines(fact, snapshot.project.sheets[sheet]):
                    problem = Problem(
                        VALUE_TOO_LONG, what, fact.where, _SHORTER_HINT, Severity.WARNING
                    )
                    yield problem.at(leaflet=leaflet.slug)


def _too_many_lines(fact: Fact, sheet: Sheet) -> str:
    """Return what to say of a value that takes too many lines on a sheet, else an empty string."""
    letters = len(printed_value(fact))
    lines = ceil(LETTER_WIDTH * letters / (sheet.least_room - LINE_INDENT))
    if lines <= (ADDRESS_LINES if is_long_address(fact) else WORDS_LINES):
        return ""
    room = count_words(lines, "line")
    return (
        f"the fact {fact.name} has {count_words(letters, 'letter')}: about {room} on {sheet.name}"
    )
