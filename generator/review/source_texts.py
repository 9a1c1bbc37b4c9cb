"""What organisers sign of the source: each leaflet as a whole, and the campaign's policy.

Both are texts that people can read and compare, signed and kept like any other wording. So a
block that was taken out, a lowered risk or another web address is a change that somebody signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from generator.campaign.language_table import read_languages
from generator.campaign.project import PAGE_DOMAINS, Project
from generator.campaign.settings import SHARED_DOMAIN, read_words
from generator.campaign.shipped import shipped_folder, shipped_templates
from generator.model import Block, Campaign, Language, Leaflet, Message, Risk, SigningRule

# The id of a leaflet as a whole, and of the policy, among the sentences of the source.
WHOLE_ID, POLICY_ID = "@leaflet", "@policy"
# The catalogue of the policy; campaign.yaml is no leaflet, so no other has this name.
POLICY_DOMAIN = "campaign"


class SourceLine(NamedTuple):
    """One line of what is signed, and where it is written."""

    text: str
    where: str


def higher_risk(rules: Mapping[Risk, SigningRule], risks: Iterable[Risk]) -> Risk:
    """Return the first of the risks that need most people and keys."""
    return max(risks, key=lambda one: (rules[one].people, rules[one].keys))


def higher_rule(one: SigningRule, other: SigningRule) -> SigningRule:
    """Return a rule that asks for as much as each of the two."""
    people, keys = max(one.people, other.people), max(one.keys, other.keys)
    return SigningRule(people, keys, one.among | other.among)


def whole_message(leaflet: Leaflet, rules: Mapping[Risk, SigningRule]) -> Message:
    """Return a leaflet as one text: ids, kinds, risks and words in order, one part a line."""
    risk = higher_risk(rules, (message.risk for message in leaflet.messages))
    note = "the whole leaflet: its order, its kinds of parts, its risks and its words"
    return Message(WHOLE_ID, _joined(whole_lines(leaflet)), risk, note, leaflet.where)


def _joined(lines: Iterable[SourceLine]) -> str:
    return "\n".join(line.text for line in lines)


def whole_lines(leaflet: Leaflet) -> list[SourceLine]:
    """Return the lines of a leaflet as a whole, each with its place in the leaflet's file."""
    first = f"{leaflet.slug}, {leaflet.dated}"
    found = [SourceLine(first, leaflet.where), _message_line(leaflet.title)]
    for block in leaflet.blocks:
        found.append(SourceLine(_block_line(block), block.where or leaflet.where))
        found += map(_message_line, block.messages)
    return found


def _block_line(block: Block) -> str:
    facts = ", ".join(f"{role} {name}" if role != name else name for role, name in _facts(block))
    rows = f"rows {block.rows}" if block.rows else ""
    marks = [f"({block.kind})", "short" if block.short else "", rows, *block.pictures, facts]
    return " ".join(filter(None, (block.id, *marks)))


def _facts(block: Block) -> list[tuple[str, str]]:
    return list(block.facts.items())


def _message_line(message: Message) -> SourceLine:
    risk = "" if message.risk is Risk.PLAIN else f" ({message.risk})"
    return SourceLine(f"{message.msgctxt}{risk}: {message.msgid}", message.where)


def policy_message(project: Project) -> Message:
    """Return the campaign's policy as one text, one rule a line."""
    where = str(_campaign_file(project))
    note = "the campaign's name, address and rules, which stand on every page or decide what prints"
    text = "\n".join(line for line, _ in _policy_rules(project))
    return Message(POLICY_ID, text, Risk.SAFETY, note, where)


def _campaign_file(project: Project) -> Path:
    return project.leaflets_folder / "campaign.yaml"


def policy_lines(project: Project) -> list[SourceLine]:
    """Return the lines of the policy, each with its place: what is not written stands nowhere."""
    path = _campaign_file(project)
    written = path.read_text("utf-8").splitlines() if path.is_file() else []
    places = {
        line.partition(":")[0]: f"{path}:{number}"
        for number, line in enumerate(written, 1)
        if line[:1].isalpha()
    }
    return [SourceLine(text, places.get(key, str(path))) for text, key in _policy_rules(project)]


def _policy_rules(project: Project) -> Iterator[tuple[str, str]]:
    """Yield each rule in words, and the key of `campaign.yaml` that sets it."""
    campaign = project.campaign
    yield f"name: {campaign.name}", "name"
    yield f"address: {campaign.address}", "address"
    yield f"source: {campaign.source}", "source"
    people = ", ".join(f"{risk} {count}" for risk, count in campaign.readers.items())
    yield f"readers: {people}, facts {campaign.fact_readers}, keys {campaign.keys}", "readers"
    yield f"missing: {campaign.missing}", "missing"
    changed = ", ".join(f"{kind} {what}" for kind, what in campaign.changed.items())
    yield f"changed: {changed}", "changed"
    yield f"drafts: {', '.join(campaign.drafts)}", "drafts"
    yield f"website: {'drafts too' if campaign.publish.drafts else 'no drafts'}", "publish"
    hear = ", ".join(f"{way} {fact}" for way, fact in campaign.publish.hear.items())
    yield f"hear: {hear or 'nothing'}", "publish"
    if campaign.audio:
        yield "voice: leaflets that were read aloud say where to hear them", "audio"
    yield from ((line, "languages") for line in _own_languages(project))
    yield f"theme: {campaign.theme}", "theme"
    for folder in (campaign.theme, *PAGE_DOMAINS):
        if digest := _folder_digest(project.root / "templates" / folder):
            yield f"own templates/{folder}: {digest}", "theme"
    if digest := _folder_digest(project.leaflets_folder / "pictures"):
        yield f"own pictures: {digest}", "theme"


def _own_languages(project: Project) -> Iterator[str]:
    """Yield each language of which pages print otherwise than the shipped table says.

    Its names, its direction and its dates stand on pages, and no reader signs them. A language that
    is not shipped has the names and dates of CLDR, unless something else is written.
    """
    shipped = _shipped_languages()
    for code in project.campaign.languages:
        row = project.languages[code]
        base = shipped.get(code, replace(row, babel=code, date="", months=""))
        fields = ("english", "endonym", "direction", "babel", "date", "months")
        if own := [
            f"{name} {getattr(row, name)}"
            for name in fields
            if getattr(row, name) != getattr(base, name)
        ]:
            yield f"language {code}: {', '.join(own)}"


@cache
def _shipped_languages() -> Mapping[str, Language]:
    return read_languages(shipped_folder("locales") / "languages.yaml")


def _folder_digest(folder: Path) -> str:
    """Return the first 32 hex digits of a digest of a folder's files, "" for no folder."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    whole = sha256()
    for path in files:
        name = path.relative_to(folder).as_posix().encode()
        data = path.read_bytes()
        whole.update(b"%d:%b%d:%b" % (len(name), name, len(data), data))
    return whole.hexdigest()[:32] if files else ""


def policy_rule(campaign: Campaign, organisers: int) -> SigningRule:
    """Return who must sign the policy: one person only where there is one organiser."""
    needed = max(campaign.keys, min(2, organisers))
    return SigningRule(needed, needed)


def is_shipped_word(domain: str, message: Message) -> bool:
    """Tell whether the program itself ships this text: nobody in a campaign wrote it."""
    return (message.msgctxt, message.msgid) in _shipped_words(domain)


@cache
def _shipped_words(domain: str) -> frozenset[tuple[str, str]]:
    themes = shipped_folder("templates") / "themes"
    folders = (
        [path for path in themes.iterdir() if path.is_dir()]
        if domain == SHARED_DOMAIN
        else [shipped_templates(domain)]
        if domain in PAGE_DOMAINS
        else []
    )
    files = [folder / "words.yaml" for folder in folders]
    return frozenset(
        (word.msgctxt, word.msgid) for path in files if path.is_file() for word in read_words(path)
    )
