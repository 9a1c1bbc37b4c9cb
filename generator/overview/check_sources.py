"""Check the English sources, the facts, the private files of sites, and a campaign's own theme."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from generator.base.message_text import placeholder_names
from generator.base.names import nearest_name
from generator.blocks import FactUse, kind_of
from generator.blocks.place import RESIDENCE
from generator.campaign.contact_ways import contact_problems
from generator.campaign.facts import check_fact
from generator.campaign.made_up import still_made_up
from generator.campaign.project import KEPT_PAGE, WEBSITE_DOMAIN, Project
from generator.campaign.settings import SHARED_DOMAIN, read_words
from generator.campaign.shipped import shipped_templates
from generator.editions.content import fact_names, printed_facts
from generator.editions.obstacles import problems_of_fact
from generator.model import Fact, Leaflet
from generator.problem import LeafletsError, Problem, Severity
from generator.review.needs_extract import needs_extract
from generator.review.snapshot import Snapshot
from generator.review.source_obstacles import fact_obstacles


def source_problems(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield what is wrong with leaflets, the words of the theme, and the ways to be reached."""
    project, findings = snapshot.project, snapshot.source_findings
    for leaflet in project.leaflets.values():
        for message in leaflet.messages:
            yield from (problem.at(leaflet=leaflet.slug) for problem in findings.of(message))
        found = (*_unknown_facts(snapshot, leaflet), *_unlabelled_facts(project, leaflet))
        yield from (problem.at(leaflet=leaflet.slug) for problem in found)
    yield from project.broken
    yield from contact_problems(project.campaign.publish, project.facts, _campaign_file(project))
    for message in project.words:
        yield from findings.of(message)


def _unknown_facts(snapshot: Snapshot, leaflet: Leaflet) -> Iterator[Problem]:
    facts = snapshot.project.facts
    # What stands after "We are at:" is a fact of a site, or a line to write on.
    blocks = tuple(
        replace(block, facts={}) if kind_of(block).facts is FactUse.OPTIONAL else block
        for block in leaflet.blocks
    )
    texts = snapshot.texts("en", SHARED_DOMAIN)
    for name in sorted(fact_names(replace(leaflet, blocks=blocks), texts) - facts.keys()):
        naming = (one for one in leaflet.messages if name in placeholder_names(one.msgid))
        where = next((message.where for message in naming), leaflet.where)
        what = f"no fact {name!r} in facts.yaml"
        yield Problem("fact-unknown", what, where, nearest_name(name, facts))


def _unlabelled_facts(project: Project, leaflet: Leaflet) -> Iterator[Problem]:
    contacts = (block for block in leaflet.blocks if kind_of(block).facts is FactUse.EACH)
    for name in (name for block in contacts for name in block.facts.values()):
        if name in project.facts and not project.facts[name].label:
            what, where = f"the fact {name!r} has no label", project.facts[name].where
            yield Problem("fact-label", what, where, "add a line `label: …`")


def outdated_templates(project: Project) -> Iterator[Problem]:
    """Yield a warning for each template and word that a campaign's own website lacks.

    The shipped one stands in for it.
    """
    own, ours = project.page(WEBSITE_DOMAIN), shipped_templates(WEBSITE_DOMAIN)
    words = own / "words.yaml"
    known = {message.msgctxt for message in read_words(words)} if words.is_file() else set()
    missing = []
    if not (own / KEPT_PAGE).is_file():
        missing.append((f"{KEPT_PAGE}, the page of what is being corrected", own))
    for message in read_words(ours / "words.yaml"):
        if message.msgctxt not in known:
            missing.append((repr(message.msgctxt.removeprefix("word.")), words))
    for what, where in missing:
        hint = f"copy it from {ours}"
        yield Problem("site-old", f"there is no {what}", str(where), hint, Severity.WARNING)


def outdated_catalogues(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield a problem for each catalogue whose English was changed and not extracted."""
    leaflets = snapshot.project.leaflets
    for domain in snapshot.project.domains:
        if needs_extract(snapshot, [domain]):
            what = "the English has changed since the last extract"
            where = leaflets[domain].where if domain in leaflets else ""
            yield Problem("extract-first", what, where, "leaflets extract", leaflet=domain)


def fact_problems(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield what is wrong with the facts of the campaign, and which are made up."""
    project = snapshot.project
    printed = printed_facts(snapshot)
    for name in snapshot.facts:
        yield from _judged_fact(snapshot, name, printed)
    if problem := still_made_up(snapshot.made_up):
        yield problem.at(where=str(project.leaflets_folder / "facts.yaml"))
    if project.campaign.example and not snapshot.example:
        what = "`example: yes` holds no longer: the facts are not the shipped ones any more"
        hint = "take the line `example: yes` out"
        yield Problem("example-over", what, _campaign_file(project), hint)


def _judged_fact(snapshot: Snapshot, name: str, printed: Collection[str]) -> Iterable[Problem]:
    """Return what is wrong with a fact; one that is printed must keep the rules of a page."""
    if name in printed:
        return problems_of_fact(snapshot, name)
    return check_fact(snapshot.facts[name], snapshot.today)


def site_problems(shared: Snapshot) -> Iterator[Problem]:
    """Yield what is wrong with the private files of the sites."""
    printed = printed_facts(shared)
    for code in shared.project.sites:
        try:
            site = shared.project.site(code)
        except LeafletsError as error:
            yield from error.problems
            continue
        snapshot = replace(shared, site=code)
        for name, fact in site.facts.items():
            yield from _judged_fact(snapshot, name, printed)
            yield from _unused_fact(shared.project, fact)
        found = fact_obstacles(snapshot, site.facts)
        yield from (problem for problem in found if problem.code == "source-changed")
        if problem := still_made_up(snapshot.made_up & site.facts.keys()):
            yield problem.at(where=site.where)
        for language in site.languages.keys() - set(shared.project.campaign.languages):
            what = f"the campaign has no {language}"
            hint = f"put it under `wanted:`, or: leaflets add language {language}"
            yield Problem("site-language", what, site.where, hint, Severity.WARNING)
        for person in site.people:
            if person.agreed > shared.today:
                what, hint = "somebody who says yes in the future", "put in the day they said yes"
                yield Problem("site-agreed", what, person.where, hint)


def _unused_fact(project: Project, fact: Fact) -> Iterator[Problem]:
    if fact.name not in project.facts and fact.name != RESIDENCE:
        near = nearest_name(fact.name, project.facts)
        hint = f"give it the name of a fact in leaflets/facts.yaml: {near}"
        what = f"no leaflet prints the fact {fact.name!r}"
        yield Problem("site-fact", what, fact.where, hint, Severity.WARNING)


def _campaign_file(project: Project) -> str:
    return str(project.leaflets_folder / "campaign.yaml")
