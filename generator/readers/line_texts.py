"""Find the words of what a line signed, to show beside it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from generator.base.digests import wording_key
from generator.campaign.facts import fact_key
from generator.campaign.project import Project
from generator.problem import LeafletsError
from generator.readers.retire import SignedLine
from generator.review.snapshot import Snapshot
from generator.review.wordings import read_wordings, wordings_path


def line_texts(project: Project, lines: Iterable[SignedLine]) -> dict[str, str]:
    """Return the translations and facts of lines by their keys, where they are still known."""
    found: dict[str, str] = {}
    for ledger in {line.ledger for line in lines}:
        with suppress(LeafletsError):
            if ledger in project.languages:
                found |= _translations(project, ledger)
            elif ledger == "facts":
                found |= _facts(project)
    return found


def _facts(project: Project) -> dict[str, str]:
    """Return name and value of the facts of all places, as they are and as they were."""
    kept = read_wordings(wordings_path(project.fact_ledger())).facts
    found = {key: f"{fact.name}: {fact.printed}" for key, fact in kept.items()}
    today = project.facts.values()
    return found | {fact_key(one): f"{one.name}: {one.display or one.value}" for one in today}


def _translations(project: Project, language: str) -> dict[str, str]:
    kept = read_wordings(wordings_path(project.ledger(language))).texts
    found = {key: wording.msgstr for key, wording in kept.items()}
    for _, text in Snapshot(project).readable(language):
        message = text.message
        key = wording_key(language, message.msgctxt, message.msgid, text.msgstr)
        found[key] = text.msgstr
    return found
