"""Print the card and the poster on which people point to their language, for every box of leaflets."""

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
from generator.printrun.point_page import CardRow, card_markup, draw_card
from generator.problem import LeafletsError
from generator.review.snapshot import Snapshot

CARD_NAME = "point-to-your-language"
CARD_SENTENCE = "word.point"
CARD_SHEETS = ("a5", "a4", "a3-poster")
"""A card to hold, a page and a poster to hang up."""
SECONDS = 90


def card_rows(snapshot: Snapshot) -> tuple[CardRow, ...]:
    """Return the languages of the campaign by their English name, each with its sentence if enough people signed it."""
    known = [snapshot.project.languages[code] for code in snapshot.project.campaign.languages]
    found = []
    for language in sorted(known, key=lambda language: language.english):
        try:
            text = snapshot.texts(language.code, SHARED_DOMAIN).get(CARD_SENTENCE)
        except LeafletsError:
            text = None
        found.append(CardRow(language, text.msgstr if text and text.state is State.READY else ""))
    return tuple(found)


def print_point_card(project: Project, sheets: Iterable[str] = ()) -> WrittenPapers:
    """Write the card on each sheet into output/; one that fails its proof costs no other."""
    wanted = list(pick_names("sheet", sheets, CARD_SHEETS)) if sheets else list(CARD_SHEETS)
    snapshot = Snapshot(project)
    listed = card_rows(snapshot)
    title = next(
        text.message.msgid
        for text in snapshot.texts("en", SHARED_DOMAIN).values()
        if text.message.msgctxt == CARD_SENTENCE
    )
    jobs = {
        name: card_markup(project.theme, project.campaign.name, title, listed, SHIPPED_SHEETS[name])
        for name in wanted
    }
    with local_workers(
        1, SECONDS, lambda folder: render_setup(project, [row.language for row in listed], folder)
    ) as pool:
        running = {
            name: pool.submit(
                draw_card, html, project.campaign.name, title, listed, SHIPPED_SHEETS[name]
            )
            for name, html in jobs.items()
        }
        prints = {name: job_result(future, name) for name, future in running.items()}
    problems = [
        problem.at(leaflet=CARD_NAME, where=f"{CARD_NAME}_{name}")
        for name, result in prints.items()
        for problem in result.problems
    ]
    paths = {
        name: project.output / CARD_NAME / f"{CARD_NAME}_{name}.pdf"
        for name, result in prints.items()
        if not result.problems
    }
    with locked_folder(project.output):
        for name, path in paths.items():
            write_file(path, prints[name].pdf)
    return WrittenPapers(paths, tuple(problems))
