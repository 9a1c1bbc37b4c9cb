"""Look at everything people edit: sources, facts, catalogues, fonts; return every problem with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from generator.checks import check_source, check_translation
from generator.core.dates import date_in_words
from generator.core.facts import check_fact
from generator.core.names import nearest, pick
from generator.core.text import names
from generator.edges import fonts, pofile
from generator.edges.campaignfile import read_site
from generator.edges.project import Project
from generator.model import Language, Leaflet
from generator.problem import LeafletsError, Problem
from generator.usecases.plan import Source, fact_names


def check(
    project: Project, today: date, languages: Iterable[str] = (), progress: Callable[[int, int], None] | None = None
) -> list[Problem]:
    """Return the problems of the whole campaign, or of some of its languages, in the order of the work."""
    wanted = pick("language", languages, project.campaign.languages)
    problems = [*_sources(project), *_facts(project, today)]
    source = Source(project)
    for number, code in enumerate(wanted, 1):
        problems += [*_fonts(project, project.languages[code]), *_dates(project.languages[code], today)]
        if code != "en":
            problems += _catalogues(project, source, project.languages[code])
        if progress:
            progress(number, len(wanted))
    return list(dict.fromkeys(problems))


def _sources(project: Project) -> Iterator[Problem]:
    english = project.languages["en"]
    for leaflet in project.leaflets.values():
        for message in leaflet.messages:
            yield from (problem.at(leaflet=leaflet.slug) for problem in check_source(message, english))
        yield from _unknown_facts(project, leaflet)
    yield from project.broken
    for message in project.words:
        yield from check_source(message, english)


def _unknown_facts(project: Project, leaflet: Leaflet) -> Iterator[Problem]:
    texts = Source(project).texts("en", "shared")
    for name in sorted(fact_names(leaflet, texts) - project.facts.keys()):
        where = next((message.where for message in leaflet.messages if name in names(message.msgid)), leaflet.where)
        yield Problem("fact-unknown", f"no fact {name!r} in facts.yaml", where, nearest(name, project.facts), leaflet=leaflet.slug)
    for block in leaflet.blocks:
        for name in block.facts.values() if block.kind == "contacts" else ():
            if name in project.facts and not project.facts[name].label:
                yield Problem(
                    "fact-label",
                    f"the fact {name!r} has no label",
                    project.facts[name].where,
                    "add a line `label: …`",
                    leaflet=leaflet.slug,
                )


def _facts(project: Project, today: date) -> Iterator[Problem]:
    for fact in project.facts.values():
        yield from check_fact(fact, today)
    for path in sorted((project.root / "sites").glob("*.yaml")):
        try:
            for fact in read_site(path).values():
                yield from check_fact(fact, today)
        except LeafletsError as error:
            yield from error.problems


def _fonts(project: Project, language: Language) -> list[Problem]:
    return [problem.at(language=language.code) for problem in fonts.missing(fonts.faces([language], project.languages))]


def _dates(language: Language, today: date) -> Iterator[Problem]:
    try:
        date_in_words(today, language)
    except LeafletsError as error:
        yield from error.problems


def _catalogues(project: Project, source: Source, language: Language) -> Iterator[Problem]:
    covers = printable(project, language)
    for domain in project.domains:
        path = project.catalogue(language.code, domain)
        try:
            texts = source.texts(language.code, domain)
            found = pofile.second_reading(path, language) if path.exists() else []
        except LeafletsError as error:
            found, texts = list(error.problems), {}
        lines = {entry.msgctxt: entry.line for entry in pofile.read(path, language)} if texts else {}
        for text in texts.values():
            where = f"{path}:{lines.get(text.message.msgctxt, 1)}"
            found += [
                problem.at(where=where)
                for problem in check_translation(text.message, text.msgstr, language, project.glossary.names, covers)
            ]
        yield from (problem.at(leaflet=domain, language=language.code) for problem in found)


def printable(project: Project, language: Language) -> frozenset[int] | None:
    """Return the code points that regular and bold can print with the language's two families; None without fonts."""
    faces = fonts.faces([language], project.languages)
    if fonts.missing(faces):
        return None
    found = [fonts.coverage(face) for face in faces]
    return frozenset.union(*(face[400] for face in found)) & frozenset.union(*(face[700] for face in found))
