"""Print the card and the poster on which people point to their language, for every box of leaflets."""

from __future__ import annotations

from collections.abc import Iterable

from generator.base.files import locked, write
from generator.base.names import pick
from generator.campaign.project import Project
from generator.campaign.settings import WORDS
from generator.campaign.sheets import SHEETS
from generator.editions.executors import processes, result_of
from generator.editions.plan import setup_of
from generator.editions.render_papers import Papers
from generator.model import State
from generator.printrun.point_page import Row, markup, work_pointing
from generator.problem import LeafletsError
from generator.review.snapshot import Snapshot

NAME = "point-to-your-language"
SENTENCE = "word.point"
SIZES = ("a5", "a4", "a3-poster")
"""A card to hold, a page and a poster to hang up."""
SECONDS = 90


def rows(snapshot: Snapshot) -> tuple[Row, ...]:
    """Return the languages of the campaign by their English name, each with its sentence if enough people stand behind it."""
    known = [snapshot.project.languages[code] for code in snapshot.project.campaign.languages]
    found = []
    for language in sorted(known, key=lambda language: language.english):
        try:
            text = snapshot.texts(language.code, WORDS).get(SENTENCE)
        except LeafletsError:
            text = None
        found.append(Row(language, text.msgstr if text and text.state is State.READY else ""))
    return tuple(found)


def point(project: Project, sheets: Iterable[str] = ()) -> Papers:
    """Write the card on each sheet into output/; one that fails its proof costs no other."""
    wanted = list(pick("sheet", sheets, SIZES)) if sheets else list(SIZES)
    snapshot = Snapshot(project)
    listed = rows(snapshot)
    title = next(
        text.message.msgid
        for text in snapshot.texts("en", WORDS).values()
        if text.message.msgctxt == SENTENCE
    )
    jobs = {
        name: markup(project.theme, project.campaign.name, title, listed, SHEETS[name])
        for name in wanted
    }
    with processes(
        1, SECONDS, lambda folder: setup_of(project, [row.language for row in listed], folder)
    ) as pool:
        running = {
            name: pool.submit(
                work_pointing, html, project.campaign.name, title, listed, SHEETS[name]
            )
            for name, html in jobs.items()
        }
        prints = {name: result_of(future, name) for name, future in running.items()}
    problems = [
        problem.at(leaflet=NAME, where=f"{NAME}_{name}")
        for name, result in prints.items()
        for problem in result.problems
    ]
    paths = {
        name: project.output / NAME / f"{NAME}_{name}.pdf"
        for name, result in prints.items()
        if not result.problems
    }
    with locked(project.output):
        for name, path in paths.items():
            write(path, prints[name].pdf)
    return Papers(paths, tuple(problems))
