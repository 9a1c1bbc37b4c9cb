"""Read what the leaflets share: campaign.yaml, facts and the theme's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from generator.base.names import FACT_NAME, SLUG
from generator.base.yaml import YamlValue, load_yaml
from generator.blocks.place import RESIDENCE
from generator.campaign.contact_ways import CONTACT_WAYS
from generator.campaign.facts import FACT_FORMS
from generator.campaign.language_table import language_codes
from generator.campaign.printers import DEFAULT_PRINTER
from generator.campaign.value_forms import positive_number, yes_or_no
from generator.catalogue.change import ChangeKind
from generator.model import Campaign, Fact, Fallback, Language, Message, PublishSettings, Risk

ADDRESS_FORM = re.compile(r"https://[a-z0-9.-]+\.[a-z]{2,}(/[a-z0-9-]+)*")
RECHECK_DAYS = 180
CAMPAIGN_OPTIONS = (
    *("theme", "readers", "missing", "changed", "drafts", "printer", "publish", "audio"),
    "example",
)
FACT_OPTIONS = ("verified", "display", "recheck", "label", "detail", "example")

# What becomes of a text whose English changed since, unless campaign.yaml says otherwise.
CHANGED_POLICY: dict[str, Fallback] = {
    ChangeKind.CRITICAL: Fallback.WITHHOLD,
    ChangeKind.MEANING: Fallback.WITHHOLD,
    ChangeKind.COSMETIC: Fallback.DRAFT,
}

# The domain of the theme's own words and the facts' labels, as in `shared.po`.
SHARED_DOMAIN = "shared"


def recheck_days(text: str) -> int:
    """Return a number of days, one to 730; raise ValueError."""
    if not 1 <= (number := int(text)) <= 730:
        raise ValueError(text)
    return number


def read_campaign(path: Path, known: Mapping[str, Language], printers: Iterable[str]) -> Campaign:
    """Return `campaign.yaml`; `known` is the language table, `printers` are names."""
    keys = load_yaml(path).mapping(("name", "address", "languages", "sheets"), CAMPAIGN_OPTIONS)
    languages = language_codes(keys["languages"], known)
    wanted = keys["readers"].mapping(optional=[*Risk, "facts", "keys"]) if "readers" in keys else {}
    readers = {name: value.parsed(positive_number, "2") for name, value in wanted.items()}
    missing = keys["missing"].choice(("withhold", "english")) if "missing" in keys else "withhold"
    return Campaign(
        name=keys["name"].text(60),
        address=keys["address"].match(ADDRESS_FORM, "https://example.org/l"),
        languages=languages if "en" in languages else ("en", *languages),
        theme=keys["theme"].match(SLUG, "community") if "theme" in keys else "community",
        sheets=tuple(dict.fromkeys(value.text() for value in keys["sheets"].items())),
        readers={risk: readers.get(risk, 1 if risk is Risk.PLAIN else 2) for risk in Risk},
        missing=Fallback(missing),
        changed=_changed(keys["changed"]) if "changed" in keys else CHANGED_POLICY,
        drafts=tuple(Risk(value.choice(list(Risk))) for value in keys["drafts"].items())
        if "drafts" in keys
        else (Risk.PLAIN,),
        fact_readers=readers.get("facts", 2),
        keys=readers.get("keys", 2),
        printer=keys["printer"].choice(printers) if "printer" in keys else DEFAULT_PRINTER,
        publish=_publish(keys["publish"]) if "publish" in keys else PublishSettings(),
        audio="audio" in keys and yes_or_no(keys["audio"]),
        example="example" in keys and yes_or_no(keys["example"]),
    )


def _publish(value: YamlValue) -> PublishSettings:
    keys = value.mapping(optional=("drafts", "offline", "hear"))
    switches = {name: yes_or_no(keys[name]) for name in ("drafts", "offline") if name in keys}
    ways = keys["hear"].mapping(optional=CONTACT_WAYS) if "hear" in keys else {}
    return PublishSettings(
        **switches,
        hear={way: fact.match(FACT_NAME, "campaign_phone") for way, fact in ways.items()},
    )


def _changed(value: YamlValue) -> dict[str, Fallback]:
    found = {
        kind: Fallback(choice.choice(list(Fallback)))
        for kind, choice in value.mapping(optional=list(ChangeKind)).items()
    }
    if found.get(ChangeKind.CRITICAL) is Fallback.DRAFT:
        what = "critical: draft would print old text under new rules"
        raise value.fail(what, "write withhold or english")
    return CHANGED_POLICY | found


def read_facts(path: Path) -> dict[str, Fact]:
    """Return the facts of a facts file by name."""
    rows = load_yaml(path).mapping(optional=None)
    if RESIDENCE in rows:
        what = "where people live would stand on every public page"
        hint = (
            "move it to the file of a site, such as sites/house.yaml: "
            "git does not see that one, and nothing of it is published"
        )
        raise rows[RESIDENCE].fail(what, hint, "fact-residence")
    return {name: read_fact(name, value) for name, value in rows.items()}


def read_fact(name: str, value: YamlValue) -> Fact:
    """Return one fact of a facts file or of a site."""
    if not FACT_NAME.fullmatch(name):
        hint = "small letters, digits and underscores, such as help_line"
        raise value.fail("this cannot name a fact", hint)
    keys = value.mapping(("kind", "value", "source"), FACT_OPTIONS)
    kind = keys["kind"].choice(FACT_FORMS)
    pattern, example = FACT_FORMS[kind]
    if kind == "date":
        keys["value"].parsed(date.fromisoformat, example)
    return Fact(
        name=name,
        kind=kind,
        value=keys["value"].match(pattern, example),
        display=keys["display"].text(80) if "display" in keys else "",
        source=keys["source"].text(300),
        verified=keys["verified"].parsed(date.fromisoformat, "2026-11-22")
        if "verified" in keys
        else None,
        recheck=keys["recheck"].parsed(recheck_days, "180, at most 730 days")
        if "recheck" in keys
        else RECHECK_DAYS,
        label=keys["label"].text(120) if "label" in keys else "",
        detail=keys["detail"].text(120) if "detail" in keys else "",
        where=keys["value"].where,
        example="example" in keys and yes_or_no(keys["example"]),
        label_places=(_place(keys, "label"), _place(keys, "detail")),
    )


def _place(keys: Mapping[str, YamlValue], name: str) -> str:
    return keys[name].where if name in keys else ""


def read_words(path: Path) -> list[Message]:
    """Return the theme's own words as messages."""
    words = []
    for name, value in load_yaml(path).mapping(optional=None).items():
        keys = value.mapping(("text",), ("note",))
        note = keys["note"].text() if "note" in keys else ""
        words.append(
            Message(f"word.{name}", keys["text"].text(200), note=note, where=keys["text"].where)
        )
    return words


def fact_labels(facts: Mapping[str, Fact]) -> list[Message]:
    """Return label and detail of every fact as messages, all labels first."""
    rows = facts.values()
    texts = [(f"fact.{one.name}", one.label, one.label_places[0]) for one in rows]
    texts += [(f"fact.{one.name}.detail", one.detail, one.label_places[1]) for one in rows]
    return [Message(name, text, where=where) for name, text, where in texts if text]
