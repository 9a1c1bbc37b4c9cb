"""Which sentences, words and values are too long for a sheet: as the last build found, and as can be told before one."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from generator.campaign.facts import is_long_address, printed_value
from generator.campaign.long_values import LETTER_WIDTH, LINE_INDENT
from generator.campaign.settings import SHARED_DOMAIN
from generator.editions import manifest
from generator.editions.plan import content_digest, fact_names
from generator.layout.compose import ComposedPage
from generator.layout.copyfit import PageSentence
from generator.layout.no_room import _SHORTER_HINT, VALUE_TOO_LONG, WORD_TOO_LONG
from generator.problem import LeafletsError, Problem, Severity
from generator.review.snapshot import Snapshot

CODES = ("overflow-sentence", VALUE_TOO_LONG, WORD_TOO_LONG)
MOST, MOST_WORDS = 2, 4
"""Lines that an address may take, and a value of several words."""
SHARED = ("word.", "fact.")
"""Messages of all leaflets: short labels that nobody can shorten for one."""


def own_sentences(page: ComposedPage) -> tuple[PageSentence, ...]:
    """Return the sentences of a page that are its leaflet's own."""
    own = {name: text for name, text in page.used.items() if not name.startswith(SHARED)}
    return tuple(
        PageSentence(name, text.message.msgid, text.msgstr or text.message.msgid)
        for name, text in own.items()
    )


def overflow_warnings(snapshot: Snapshot) -> dict[tuple[str, str, str], list[Problem]]:
    """Return the problems by language, leaflet and msgctxt, as warnings; those of texts that have changed since are left out."""
    if snapshot.overflows is None:
        snapshot.overflows = {}
        for record in manifest.read_manifest(snapshot.project.output).values():
            found = [problem for problem in record.problems if problem.code in CODES]
            if found and not record.site and _holds(snapshot, record):
                for problem in found:
                    place = (problem.language, problem.leaflet, problem.msgctxt)
                    snapshot.overflows.setdefault(place, []).append(problem.as_warning())
    return snapshot.overflows


def long_fact_warnings(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield a warning for each value that takes too many lines on a sheet of a leaflet, before anything is built."""
    project = snapshot.project
    texts = snapshot.texts("en", SHARED_DOMAIN)
    for leaflet in project.leaflets.values():
        names = fact_names(leaflet, texts) & snapshot.facts.keys()
        for sheet in (project.sheets[name] for name in leaflet.sheets or project.campaign.sheets):
            for fact in (snapshot.facts[name] for name in sorted(names)):
                value = printed_value(fact)
                if (taken := ceil(LETTER_WIDTH * len(value) / (sheet.least_room - LINE_INDENT))) > (
                    MOST if is_long_address(fact) else MOST_WORDS
                ):
                    what = f"the fact {fact.name} has {len(value)} letters: about {taken} lines on {sheet.name}"
                    yield Problem(
                        VALUE_TOO_LONG,
                        what,
                        fact.where,
                        _SHORTER_HINT,
                        Severity.WARNING,
                        leaflet=leaflet.slug,
                    )


def _holds(snapshot: Snapshot, record: manifest.EditionRecord) -> bool:
    """Tell whether an edition still says what was too long."""
    known = (
        record.leaflet in snapshot.project.leaflets
        and record.language in snapshot.project.campaign.languages
    )
    try:
        return known and record.content == content_digest(snapshot, record.of)
    except (LeafletsError, KeyError):
        return False
