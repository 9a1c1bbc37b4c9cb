"""Print the card on which people point to their language, for every box of leaflets."""

from __future__ import annotations

from collections.abc import Iterable

from generator.base.files import locked_folder, write_file
from generator.base.names import pick_names
from generator.campaign.project import Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.editions.executors import job_result, local_workers
from generator.editions.render_papers import WrittenPapers
from generator.editions.render_setup import render_setup
from generator.model import State
from generator.printrun.point_page import CardRow, PointCard, card_markup, draw_card
from generator.problem import LeafletsError, Problem
from generator.review.snapshot import Snapshot

CARD_NAME = "point-to-your-language"

# A card to hold, a page and a poster to hang up.
CARD_SHEETS = ("a5", "a4", "a3-poster")
_SENTENCE = "word.point"
_SECONDS = 90


def card_rows(snapshot: Snapshot) -> tuple[CardRow, ...]:
    """Return the languages by their English name, each with its sentence if people signed it."""
    project = snapshot.project
    known = [project.languages[code] for code in project.campaign.languages]
    found = []
    for language in sorted(known, key=lambda language: language.english):
        try:
            text = snapshot.texts(language.code, SHARED_DOMAIN).get(_SENTENCE)
        except LeafletsError:
            text = None
        found.append(CardRow(language, text.msgstr if text and text.state is State.READY else ""))
    return tuple(found)


def print_point_card(project: Project, sheets: Iterable[str] = ()) -> WrittenPapers:
    """Write the card on each sheet into output/; one that fails its proof costs no other."""
    wanted = list(pick_names("sheet", sheets, CARD_SHEETS)) if sheets else list(CARD_SHEETS)
    snapshot = Snapshot(project)
    rows = card_rows(snapshot)
    languages = [row.language for row in rows]
    title = snapshot.texts("en", SHARED_DOMAIN)[_SENTENCE].message.msgid
    cards = {
        name: PointCard(project.campaign.name, title, rows, SHIPPED_SHEETS[name]) for name in wanted
    }
    with local_workers(
        1, _SECONDS, lambda folder: render_setup(project, languages, folder)
    ) as pool:
        running = {
            name: pool.submit(draw_card, card_markup(project.theme, card), card)
            for name, card in cards.items()
        }
        results = {name: job_result(future, name) for name, future in running.items()}

    paths, problems = {}, list[Problem]()
    with locked_folder(project.output):
        for name, result in results.items():
            stem = f"{CARD_NAME}_{name}"
            problems += [one.at(leaflet=CARD_NAME, where=stem) for one in result.problems]
            if not result.problems:
                paths[name] = project.output / CARD_NAME / f"{stem}.pdf"
                write_file(paths[name], result.pdf)
    return WrittenPapers(paths, tuple(problems))
