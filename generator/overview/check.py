"""Look at everything people edit: sources, facts, catalogues, fonts; return every problem with its place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from generator.base.digests import digest
from generator.base.files import read_bytes
from generator.base.message_text import placeholder_names
from generator.base.names import nearest_name, pick_names
from generator.base.result_cache import ResultCache
from generator.campaign.contact_ways import contact_problems
from generator.campaign.dates import date_in_words
from generator.campaign.facts import RESIDENCE, check_fact
from generator.campaign.glossary import GLOSSARY
from generator.campaign.made_up import still_made_up
from generator.campaign.project import KEPT_PAGE, WEBSITE_DOMAIN, Project
from generator.campaign.settings import read_words
from generator.campaign.shipped import shipped_templates
from generator.catalogue import pofile
from generator.editions.content import fact_names, printed_facts
from generator.editions.lost import find_losses
from generator.editions.obstacles import problems_of_fact
from generator.editions.overflow import long_fact_warnings, overflow_warnings
from generator.layout import fonts
from generator.model import BlockKind, Language, Leaflet, State
from generator.overview.sharing import sharing_problems
from generator.problem import LeafletsError, Problem, Severity
from generator.review.catalogue_update import CatalogueUpdate
from generator.review.check_results import TranslationFindings, rules_digest
from generator.review.needs_extract import needs_extract
from generator.review.snapshot import Snapshot
from generator.review.stray_files import stray_files
from generator.review.support import wording_support


def check_campaign(
    project: Project,
    today: date,
    languages: Iterable[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> list[Problem]:
    """Return the problems of the whole campaign, or of some of its languages, in the order of the work."""
    wanted = pick_names("language", languages, project.campaign.languages)
    snapshot, seconds = Snapshot(project, today=today), ResultCache("second-readings")
    problems = [
        *find_losses(snapshot, wanted),
        *_sources(snapshot),
        *outdated_templates(project),
        *_behind(snapshot),
        *stray_files(snapshot),
        *_facts(snapshot),
        *long_fact_warnings(snapshot),
        *_sites(snapshot),
        *sharing_problems(project),
    ]
    for number, code in enumerate(wanted, 1):
        problems += [
            *_fonts(project, project.languages[code]),
            *_dates(project.languages[code], today),
        ]
        problems += [
            problem
            for place, found in overflow_warnings(snapshot).items()
            if place[0] == code
            for problem in found
        ]
        if code != "en":
            problems += _catalogues(snapshot, project.languages[code], seconds)
        if progress:
            progress(number, len(wanted))
    snapshot.save_findings()
    seconds.save()
    return list(dict.fromkeys(problems))


def _sources(snapshot: Snapshot) -> Iterator[Problem]:
    project, verdicts = snapshot.project, snapshot.source_findings
    for leaflet in project.leaflets.values():
        for message in leaflet.messages:
            yield from (problem.at(leaflet=leaflet.slug) for problem in verdicts.of(message))
        yield from _unknown_facts(snapshot, leaflet)
    yield from project.broken
    yield from contact_problems(
        project.campaign.publish, project.facts, str(project.leaflets_folder / "campaign.yaml")
    )
    for message in project.words:
        yield from verdicts.of(message)


def outdated_templates(project: Project) -> Iterator[Problem]:
    """Yield a warning for each template and each word that a campaign's own look of the site lacks: the shipped one stands in for it."""
    own, ours = project.page(WEBSITE_DOMAIN), shipped_templates(WEBSITE_DOMAIN)
    hint = f"copy it from {ours}"
    if not (own / KEPT_PAGE).is_file():
        yield Problem(
            "site-old",
            f"there is no {KEPT_PAGE}, the page of what is being corrected",
            str(own),
            hint,
            Severity.WARNING,
        )
    words = own / "words.yaml"
    known = {message.msgctxt for message in read_words(words)} if words.is_file() else set()
    for message in read_words(ours / "words.yaml"):
        if message.msgctxt not in known:
            yield Problem(
                "site-old",
                f"there is no {message.msgctxt.removeprefix('word.')!r}",
                str(words),
                hint,
                Severity.WARNING,
            )


def _behind(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield a problem for each catalogue whose English was changed and not extracted: its translations wait for that."""
    for domain in snapshot.project.domains:
        if needs_extract(snapshot, [domain]):
            where = (
                snapshot.project.leaflets[domain].where
                if domain in snapshot.project.leaflets
                else ""
            )
            yield Problem(
                "extract-first",
                "the English has changed since the last extract",
                where,
                "leaflets extract",
                leaflet=domain,
            )


def _unknown_facts(snapshot: Snapshot, leaflet: Leaflet) -> Iterator[Problem]:
    project, texts = snapshot.project, snapshot.texts("en", "shared")
    blocks = tuple(
        replace(block, facts={}) if block.kind is BlockKind.PLACE else block
        for block in leaflet.blocks
    )
    for name in sorted(fact_names(replace(leaflet, blocks=blocks), texts) - project.facts.keys()):
        where = next(
            (
                message.where
                for message in leaflet.messages
                if name in placeholder_names(message.msgid)
            ),
            leaflet.where,
        )
        yield Problem(
            "fact-unknown",
            f"no fact {name!r} in facts.yaml",
            where,
            nearest_name(name, project.facts),
            leaflet=leaflet.slug,
        )
    for block in leaflet.blocks:
        for name in block.facts.values() if block.kind is BlockKind.CONTACTS else ():
            if name in project.facts and not project.facts[name].label:
                yield Problem(
                    "fact-label",
                    f"the fact {name!r} has no label",
                    project.facts[name].where,
                    "add a line `label: …`",
                    leaflet=leaflet.slug,
                )


def _facts(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield what is wrong with the facts: all of them, those that stand on a page by the rules of a page, and which are made up."""
    project, printed = snapshot.project, printed_facts(snapshot)
    for name, fact in snapshot.facts.items():
        yield from (
            problems_of_fact(snapshot, name)
            if name in printed
            else check_fact(fact, snapshot.today)
        )
    where = str(project.leaflets_folder / "campaign.yaml")
    if problem := still_made_up(snapshot.made_up):
        yield problem.at(where=str(project.leaflets_folder / "facts.yaml"))
    if project.campaign.example and not snapshot.example:
        what = "`example: yes` holds no longer: the facts are not the shipped ones any more"
        yield Problem("example-over", what, where, "take the line `example: yes` out")


def _sites(shared: Snapshot) -> Iterator[Problem]:
    """Yield what is wrong with the private files of the sites."""
    project, today, printed = shared.project, shared.today, printed_facts(shared)
    for code in project.sites:
        try:
            site = project.site(code)
        except LeafletsError as error:
            yield from error.problems
            continue
        source = replace(shared, site=code)
        for name, fact in site.facts.items():
            yield from (
                problems_of_fact(source, name)
                if name in printed
                else check_fact(source.facts[name], today)
            )
            if fact.name not in project.facts and fact.name != RESIDENCE:
                hint = f"give it the name of a fact in leaflets/facts.yaml: {nearest_name(fact.name, project.facts)}"
                yield Problem(
                    "site-fact",
                    f"no leaflet prints the fact {fact.name!r}",
                    fact.where,
                    hint,
                    Severity.WARNING,
                )
        if problem := still_made_up(source.made_up & site.facts.keys()):
            yield problem.at(where=site.where)
        for language in site.languages.keys() - set(project.campaign.languages):
            hint = f"put it under `wanted:`, or: leaflets add language {language}"
            yield Problem(
                "site-language",
                f"the campaign has no {language}",
                site.where,
                hint,
                Severity.WARNING,
            )
        for person in site.people:
            if person.agreed > today:
                yield Problem(
                    "site-agreed",
                    "somebody who says yes in the future",
                    person.where,
                    "put in the day they said yes",
                )


def _fonts(project: Project, language: Language) -> list[Problem]:
    return [
        problem.at(language=language.code)
        for problem in fonts.missing_fonts(fonts.needed_faces([language], project.languages))
    ]


def _dates(language: Language, today: date) -> Iterator[Problem]:
    try:
        date_in_words(today, language)
    except LeafletsError as error:
        yield from error.problems


def _catalogues(snapshot: Snapshot, language: Language, seconds: ResultCache) -> Iterator[Problem]:
    project = snapshot.project
    faces = fonts.needed_faces([language], project.languages)
    if not fonts.missing_fonts(faces):
        fonts.font_files(faces)  # cut, so that the checks know what they can print
    verdicts = snapshot.findings(language.code)
    for domain in (*project.domains, GLOSSARY):
        found: list[Problem] = []
        try:
            found += _second_reading(project, language, domain, seconds)
            found += _places(snapshot, language, domain)
            found += _texts(snapshot, verdicts, language.code, domain)
        except LeafletsError as error:
            found += error.problems
        yield from (problem.at(leaflet=domain, language=language.code) for problem in found)


def _second_reading(
    project: Project, language: Language, domain: str, seconds: ResultCache
) -> list[Problem]:
    """Return where Babel reads a catalogue differently; a file that both read alike is not read a second time until it changes."""
    path = project.catalogue(language.code, domain)
    if domain == GLOSSARY or not path.exists():
        return []
    key = digest(
        rules_digest(), repr(language), hashlib.sha256(read_bytes(path, pofile.LIMIT)).hexdigest()
    )
    if seconds.get(key):
        return pofile.tolerated_faults(path)
    found = pofile.babel_differences(path, language)
    if not found:
        seconds.keep(key, "alike")
    return [*pofile.tolerated_faults(path), *found]


def _places(snapshot: Snapshot, language: Language, domain: str) -> list[Problem]:
    """Return what is to be said of texts whose msgctxt is not that of a sentence; `leaflets extract` says the same."""
    if domain == GLOSSARY:
        return []
    try:
        entries = snapshot.entries(language.code, domain)
    except LeafletsError:  # texts without ids: there is more to say of them
        entries = pofile.read_catalogue(snapshot.project.catalogue(language.code, domain), language)
    known = snapshot.support_by_key(language.code)
    update = CatalogueUpdate(snapshot.project, language, known, snapshot.history)
    return update.placed(domain, entries)[1]


def _texts(
    snapshot: Snapshot, verdicts: TranslationFindings, language: str, domain: str
) -> Iterator[Problem]:
    """Yield what the checks find in one catalogue, without the warnings that a reader looked at and dismissed."""
    project = snapshot.project
    path = project.catalogue(language, domain)
    lines = (
        {entry.msgctxt: f"{path}:{entry.line}" for entry in snapshot.entries(language, domain)}
        if domain != GLOSSARY
        else {}
    )
    for name, text in snapshot.texts(language, domain).items():
        where = lines.get(name, "") or project.glossary.places.get(
            (text.message.msgid, language), str(path)
        )
        seen = wording_support(
            snapshot.support_by_key(language), language, name, text.message.msgid, text.msgstr
        ).dismissed
        for problem in verdicts.of(text) if text.state is not State.STALE else ():
            if problem.severity == "error" or problem.code not in seen:
                yield problem.at(where=where)
