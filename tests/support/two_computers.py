"""A small campaign that two people sign on two computers, each with a state folder and a key of its own."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from generator.base.digests import sentence_key, wording_key
from generator.campaign.facts import fact_key
from generator.campaign.project import Project
from generator.editions.content import edition_page
from generator.layout.stage import EditionState
from generator.model import Edition
from generator.review import ledger
from generator.review.extract import extract_messages
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.snapshot import Snapshot
from generator.review.source_states import source_messages
from generator.review.source_texts import POLICY_DOMAIN
from generator.review.wordings import KeptWording, remember_wordings, wordings_path
from generator.trust.keys import public_key
from generator.trust.readers_edge import append_reader_line, campaign_registry, own_key

DAY = "2026-11-23"
ANNA, BRIAN = "r17", "r18"
"""The reader at the organiser's computer, and the one with a computer and a key of their own."""
FILES = {
    "leaflets/campaign.yaml": """\
name: Harbour Friends
address: https://harbour.internal
languages: [en, fr]
sheets: [a5]
readers:
  plain: 1
  rights: 2
  safety: 2
  facts: 2
publish:
  hear:
    phone: harbour_line
""",
    "leaflets/facts.yaml": """\
harbour_line:
  kind: phone
  value: "+441632060111"
  display: 01632 060111
  label: Harbour line
  source: https://harbour.internal/contact
  verified: 2026-11-20
""",
    "leaflets/door.yaml": """\
title: Stay safe at the door
audience: residents
dated: 2026-11-20
sheets: [a5]
note: For everybody in the house.
blocks:
  - id: welcome
    lead: We are your neighbours.
  - id: door
    warning: Do not open the door to strangers.
    risk: safety
  - id: papers
    text: You do not have to sign anything today.
    risk: rights
  - id: lines
    contacts: [harbour_line]
""",
}
FRENCH = {
    "title": "Restez en sécurité à la porte",
    "welcome": "Nous sommes vos voisins.",
    "door": "N’ouvrez pas la porte à des inconnus.",
    "papers": "Vous n’êtes pas obligé de signer quoi que ce soit aujourd’hui.",
    "fact.harbour_line": "Ligne du port",
}

MISSING = re.compile(r'(?P<head>msgctxt "(?P<name>[^"]+)"\nmsgid (?P<msgid>(?:".*"\n)+))msgstr ""\n(?!")')
"""An entry without a text."""


@contextlib.contextmanager
def computer(state: Path) -> Iterator[None]:
    """Work at a computer, which is nothing but its state folder."""
    before = os.environ.get("XDG_STATE_HOME")
    os.environ["XDG_STATE_HOME"] = str(state)
    try:
        yield
    finally:
        os.environ.pop("XDG_STATE_HOME")
        if before is not None:
            os.environ["XDG_STATE_HOME"] = before


def write_campaign(root: Path) -> None:
    """Write the campaign's source, and its catalogues with a French text for each sentence that the program does not ship."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    extract_messages(Project(root))
    for path in (root / "locales" / "fr" / "LC_MESSAGES").glob("*.po"):
        path.write_text(MISSING.sub(_in_french, path.read_text("utf-8")), "utf-8")


def _in_french(entry: re.Match[str]) -> str:
    """Return an entry with a French text, for the theme's words the same one with their placeholders."""
    said = FRENCH.get(entry["name"]) or " ".join(["Texte en français", *re.findall(r"\{[a-z_]+\}", entry["msgid"])])
    return f'{entry["head"]}msgstr "{said}"\n'


def sign_everything(root: Path, who: str) -> None:
    """Sign facts, policy, source and French as a reader, on the computer at which this runs."""
    project = Project(root)
    facts = [LedgerEvent(fact_key(fact), LedgerAction.SIGN, who, DAY) for fact in project.facts.values()]
    ledger.append_events(project.fact_ledger(), facts)
    source = [
        LedgerEvent(
            wording_key("en", one.msgctxt, one.msgid, one.msgid),
            LedgerAction.SIGN,
            who,
            DAY,
            src=sentence_key(name, one.msgctxt, one.msgid),
        )
        for name in (POLICY_DOMAIN, "door", "shared")
        for one in source_messages(project, name)
    ]
    kept = [
        KeptWording(one.msgctxt, one.msgid, one.msgid)
        for name in (POLICY_DOMAIN, "door", "shared")
        for one in source_messages(project, name)
    ]
    remember_wordings(wordings_path(project.ledger("en")), kept)
    ledger.append_events(project.ledger("en"), dict.fromkeys(source))
    snapshot = Snapshot(project)
    french = [
        LedgerEvent(
            wording_key("fr", name, text.message.msgid, text.msgstr),
            LedgerAction.SIGN,
            who,
            DAY,
            src=sentence_key(domain, name, text.message.msgid),
        )
        for domain in ("door", "shared")
        for name, text in snapshot.texts("fr", domain).items()
        if text.msgstr
    ]
    ledger.append_events(project.ledger("fr"), french)


def admit(root: Path, organiser: Path, asking: Path, code: str) -> None:
    """Let an organiser's computer admit the key of another one."""
    with computer(asking):
        seed = own_key(root)
    with computer(organiser):
        mine = own_key(root)
        assert seed
        assert mine
        append_reader_line(root, mine, {"do": "admit", "code": code, "key": public_key(seed)})


def stage_of(root: Path, language: str = "fr") -> EditionState:
    """Return how far the leaflet is, as its page would say; withheld where it would not be printed."""
    project = Project(root)
    snapshot, edition = Snapshot(project), Edition("door", language, "a5")
    return edition_page(snapshot, edition, snapshot.edition_texts(edition)).stage.name


def two_signers(root: Path, first: Path, second: Path) -> None:
    """Write the campaign, signed whole by Anna on the organiser's computer and by Brian on his own."""
    write_campaign(root)
    with computer(first):
        sign_everything(root, ANNA)
    with computer(second):
        sign_everything(root, BRIAN)
    assert campaign_registry(root).waiting
    admit(root, first, second, BRIAN)
