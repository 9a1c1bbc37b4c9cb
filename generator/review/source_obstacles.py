"""Why a page is a draft whatever its readers do: what organisers have not signed, with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from generator.campaign.project import Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.model import State, Translation
from generator.problem import Problem, Severity
from generator.review.former_facts import change_in_words, former_fact
from generator.review.one_key import ONE_KEY_HINT, ONE_KEY_WORDS
from generator.review.snapshot import Snapshot
from generator.review.source_changes import (
    ChangedLine,
    SignedSource,
    changed_lines,
    signed_before,
    source_lines,
)
from generator.review.source_texts import POLICY_DOMAIN, POLICY_ID, WHOLE_ID, policy_lines
from generator.review.state import is_disputed

# Parts of a leaflet, or facts, that are named; of more, their number is told.
_NAMED = 3


def source_obstacles(snapshot: Snapshot, leaflets: Iterable[str] | None = None) -> list[Problem]:
    """Return warnings for the policy, each leaflet, the shared words and the facts.

    Each says what of it is not signed, and the line of the file that changed since it was.
    An example that says so has none: its pages are examples, not drafts.
    """
    if snapshot.example:
        return []
    project = snapshot.project
    slugs = [slug for slug in project.leaflets if leaflets is None or slug in set(leaflets)]
    domains = (POLICY_DOMAIN, *slugs, SHARED_DOMAIN)
    found = [one for domain in domains for one in domain_obstacles(snapshot, domain)]
    return [*found, *fact_obstacles(snapshot)]


def domain_obstacles(
    snapshot: Snapshot, domain: str, only: Collection[str] | None = None
) -> Iterator[Problem]:
    """Yield warnings for what is not signed of one catalogue's source, or of the policy.

    With `only`, other ids do not matter.
    """
    texts = snapshot.texts(snapshot.project.campaign.source, domain)
    unready = [
        text
        for name, text in texts.items()
        if text.state is not State.READY and (only is None or name in only)
    ]
    for found in _obstacles(snapshot, domain, unready):
        yield Problem(
            found.code,
            f"{_subject(domain)} {found.what}",
            found.where,
            found.hint or sign_command(snapshot.project, domain),
            Severity.WARNING,
            "" if domain == POLICY_DOMAIN else domain,
            snapshot.project.campaign.source,
        )


def _obstacles(snapshot: Snapshot, domain: str, unready: list[Translation]) -> Iterator[Problem]:
    """Yield what stands in the way: a text that is called wrong, what changed, what is new."""
    disputed = next((text for text in unready if is_disputed(text)), None)
    if disputed:
        yield _disputed(snapshot, domain, disputed)
    elif unready and unready[0].one_key:
        yield Problem("one-key", ONE_KEY_WORDS, _place(snapshot, domain, unready[0]), ONE_KEY_HINT)
    elif unready and unready[0].message.msgctxt in (WHOLE_ID, POLICY_ID):
        yield _changed(snapshot, domain, unready[0]) or _unsigned(snapshot, domain, unready)
    else:
        before = [(text, signed_before(snapshot, domain, text)) for text in unready]
        yield from (_changed_words(text, signed) for text, signed in before if signed)
        if new := [text for text, signed in before if not signed]:
            yield _unsigned(snapshot, domain, new)


def sign_command(project: Project, domain: str) -> str:
    """Return what an organiser types to sign the source of a catalogue, or the policy."""
    return f"leaflets sign {project.campaign.source} {domain} --as YOUR-CODE"


def _subject(domain: str) -> str:
    return {POLICY_DOMAIN: "the campaign's rules", SHARED_DOMAIN: "the labels and words"}.get(
        domain, "the leaflet"
    )


def _disputed(snapshot: Snapshot, domain: str, text: Translation) -> Problem:
    name = "" if text.message.msgctxt.startswith("@") else f" in {text.message.msgctxt}"
    what = f"cannot be signed: somebody says that it is wrong{name}"
    return Problem("source-unsigned", what, _place(snapshot, domain, text))


def _changed(snapshot: Snapshot, domain: str, text: Translation) -> Problem | None:
    """Return what changed since people signed a text; None if nobody did."""
    before = signed_before(snapshot, domain, text)
    if before is None:
        return None
    lines = changed_lines(before.text, source_lines(snapshot, domain, text.message))
    changed = [line for line in lines if line.mark in ("+", "-")]
    what = f"changed since {', '.join(before.people)} signed on {before.day}: {_told(changed)}"
    signers = len(snapshot.support(snapshot.project.campaign.source, text).signers)
    more = f"; {signers} signed this form, more people must" if signers else ""
    return Problem("source-changed", what + more, changed[0].where if changed else "")


def _told(changed: list[ChangedLine]) -> str:
    """Return what changed in words, by part."""
    marks: dict[str, set[str]] = {}
    for line in changed:
        marks.setdefault(line.part, set()).add(line.mark)
    words = [
        f"{part} {'was changed' if len(found) > 1 else 'is new' if '+' in found else 'is gone'}"
        for part, found in marks.items()
    ]
    return _some(words)


def _changed_words(text: Translation, before: SignedSource) -> Problem:
    """Return what a single sentence or label was when people signed it, and what it is."""
    name, now = text.message.msgctxt, text.message.msgid
    signed = f"{', '.join(before.people)} signed on {before.day}"
    what = f"changed since {signed}: {name} was “{before.text}”, now “{now}”"
    return Problem("source-changed", what, text.message.where)


def _some(words: list[str]) -> str:
    """Return the first of some words, and how many more there are."""
    more = [f"{len(words) - _NAMED} more"] if len(words) > _NAMED else []
    return ", ".join([*words[:_NAMED], *more])


def _place(snapshot: Snapshot, domain: str, text: Translation) -> str:
    """Return the file and line of a source text; of the policy and a leaflet those of its name."""
    if text.message.msgctxt == WHOLE_ID:
        return snapshot.project.leaflets[domain].title.where
    if text.message.msgctxt == POLICY_ID:
        return policy_lines(snapshot.project)[0].where
    return text.message.where


def _unsigned(snapshot: Snapshot, domain: str, unready: list[Translation]) -> Problem:
    first = unready[0]
    people = snapshot.support(snapshot.project.campaign.source, first).signers
    verb = "are" if domain in (POLICY_DOMAIN, SHARED_DOMAIN) else "is"
    if first.message.msgctxt not in (WHOLE_ID, POLICY_ID):
        names = _some([text.message.msgctxt for text in unready])
        what = f"{verb} not signed by enough people: {names}"
    elif people:
        what = f"{verb} signed by {', '.join(sorted(people))} alone: more people must sign"
    else:
        what = f"{verb} not signed"
    return Problem("source-unsigned", what, _place(snapshot, domain, first))


def fact_obstacles(snapshot: Snapshot, only: Collection[str] | None = None) -> Iterator[Problem]:
    """Yield warnings for facts, or those among `only`, that too few people signed.

    Made-up ones are told apart.
    """
    waiting = {
        name: snapshot.facts[name]
        for name, state in snapshot.fact_states.items()
        if state is not State.READY
        and name not in snapshot.made_up
        and (only is None or name in only)
    }
    own = {name for name in waiting if name in snapshot.own_facts}
    for names, site in ((sorted(waiting.keys() - own), ""), (sorted(own), snapshot.site)):
        hint = f"leaflets sign facts{f' --site {site}' if site else ''} --as YOUR-CODE"
        found = {name: former_fact(snapshot, name) for name in names}
        for name, before in found.items():
            if before:
                what = f"the fact {name} {change_in_words(before, waiting[name])}"
                where = waiting[name].where
                yield Problem("source-changed", what, where, hint, Severity.WARNING)
        if new := [name for name, before in found.items() if not before]:
            what = f"facts that too few people signed: {_some(new)}"
            yield Problem("source-unsigned", what, waiting[new[0]].where, hint, Severity.WARNING)
