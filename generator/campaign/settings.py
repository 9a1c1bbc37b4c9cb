"""Read what the leaflets share: campaign.yaml, facts, languages and the theme's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from generator.base.language_tags import kin_codes, language_code_of
from generator.base.names import FACT_NAME, LANGUAGE_CODE, SLUG, nearest_name
from generator.base.yaml import YamlValue, load_yaml
from generator.campaign.contact_ways import CONTACT_WAYS
from generator.campaign.facts import FACT_FORMS, RESIDENCE
from generator.campaign.printers import DEFAULT_PRINTER, SHIPPED_PRINTERS
from generator.catalogue import plurals as catalogue_plurals
from generator.catalogue.change import ChangeKind
from generator.model import Campaign, Fact, Language, Message, PublishSettings, Risk
from generator.model import FontFace as FontFace

ADDRESS_FORM = re.compile(r"https://[a-z0-9.-]+\.[a-z]{2,}(/[a-z0-9-]+)*")
RECHECK_DAYS = 180
JOINER_NAMES = {"zwnj": "\u200c", "zwj": "\u200d", "zwsp": "\u200b"}
SCRIPT_KEYS = ("letters", "direction", "family", "file", "package", "line", "heading", "size")
SCRIPT_OPTIONS = ("cut", "ends", "spaced", "run", "on_phones")
LANGUAGE_OPTIONS = (
    "line", "heading", "size", "dates", "date", "months", "length", "joiners", "quotes", "area", "argos", "tier",
    "ends", "spaced", "joins", "run", "on_phones", "own", "foreign", "words", "aliases", "voice", "twos", "plural", "meant",
)  # fmt: skip
POLICIES = ("withhold", "english", "draft")
CHANGED_POLICY: dict[str, str] = {
    ChangeKind.CRITICAL: "withhold",
    ChangeKind.MEANING: "withhold",
    ChangeKind.COSMETIC: "draft",
}
"""What becomes of a text whose English changed since, unless campaign.yaml says otherwise."""
SHARED_DOMAIN = "shared"
"""The domain of the theme's own words and the facts' labels: `locales/<lang>/LC_MESSAGES/shared.po`."""


def positive_number(text: str) -> int:
    """Return a whole number above zero; raise ValueError."""
    if (number := int(text)) < 1:
        raise ValueError(text)
    return number


def recheck_days(text: str) -> int:
    """Return a number of days from one to two years; raise ValueError."""
    if not 1 <= (number := int(text)) <= 730:
        raise ValueError(text)
    return number


def size_factor(text: str) -> float:
    """Return a line height or size factor, a number from 0.5 to 4; raise ValueError."""
    if not 0.5 <= (number := float(text)) <= 4:
        raise ValueError(text)
    return number


def read_campaign(path: Path, known: dict[str, Language]) -> Campaign:
    """Return `campaign.yaml`; languages must be rows of the language table."""
    keys = load_yaml(path).mapping(
        ("name", "address", "languages", "sheets"),
        (
            "theme",
            "readers",
            "missing",
            "changed",
            "drafts",
            "printer",
            "publish",
            "audio",
            "example",
        ),
    )
    languages = tuple(
        dict.fromkeys(language_code(value, known) for value in keys["languages"].items())
    )
    wanted = keys["readers"].mapping(optional=[*Risk, "facts"]) if "readers" in keys else {}
    readers = {name: value.parsed(positive_number, "2") for name, value in wanted.items()}
    missing = keys["missing"].choice(("withhold", "english")) if "missing" in keys else "withhold"
    return Campaign(
        name=keys["name"].text(60),
        address=keys["address"].match(ADDRESS_FORM, "https://example.org/l"),
        languages=languages if "en" in languages else ("en", *languages),
        theme=keys["theme"].match(SLUG, "community") if "theme" in keys else "community",
        sheets=tuple(dict.fromkeys(value.text() for value in keys["sheets"].items())),
        readers={risk: readers.get(risk, 1 if risk is Risk.PLAIN else 2) for risk in Risk},
        missing="english" if missing == "english" else "withhold",
        changed=_changed(keys["changed"]) if "changed" in keys else CHANGED_POLICY,
        drafts=tuple(Risk(value.choice(list(Risk))) for value in keys["drafts"].items())
        if "drafts" in keys
        else (Risk.PLAIN,),
        fact_readers=readers.get("facts", 2),
        printer=keys["printer"].choice(SHIPPED_PRINTERS) if "printer" in keys else DEFAULT_PRINTER,
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


def yes_or_no(value: YamlValue) -> bool:
    """Return whether a value says yes; raise LeafletsError for anything but yes and no."""
    return value.choice(("yes", "no")) == "yes"


def _changed(value: YamlValue) -> dict[str, str]:
    found = {
        kind: choice.choice(POLICIES)
        for kind, choice in value.mapping(optional=list(ChangeKind)).items()
    }
    if found.get(ChangeKind.CRITICAL) == "draft":
        raise value.fail(
            "critical: draft would print old text under new rules", "write withhold or english"
        )
    return CHANGED_POLICY | found


def language_code(value: YamlValue, known: Mapping[str, Language]) -> str:
    """Return the code of a row of the language table; raise LeafletsError that says which code to write."""
    text = value.text()
    if text not in known:
        refuse_code(text, value, known)
    return text


def refuse_code(text: str, value: YamlValue, known: Mapping[str, Language]) -> NoReturn:
    """Raise LeafletsError for what is no row of the language table: the row that is meant, or the near ones."""
    if code := language_code_of(text, known):
        raise value.fail(
            f"{known[code].english} has the code {code} here", f"write {code} in place of {text}"
        )
    value.match(LANGUAGE_CODE, "ar or zh_Hans")
    raise value.fail(f"no language {text!r} in locales/languages.yaml", nearest_name(text, known))


def read_facts(path: Path) -> dict[str, Fact]:
    """Return the facts of a facts file by name."""
    rows = load_yaml(path).mapping(optional=None)
    if RESIDENCE in rows:
        hint = "move it to the file of a site, such as sites/house.yaml: git does not see that one, and nothing of it is published"
        raise rows[RESIDENCE].fail(
            "where people live would stand on every public page", hint, "fact-residence"
        )
    return {name: read_fact(name, value) for name, value in rows.items()}


def read_fact(name: str, value: YamlValue) -> Fact:
    """Return one fact of a facts file or of a site."""
    if not FACT_NAME.fullmatch(name):
        raise value.fail(
            "this cannot name a fact", "small letters, digits and underscores, such as help_line"
        )
    keys = value.mapping(
        ("kind", "value", "source"),
        ("verified", "display", "recheck", "label", "detail", "example"),
    )
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
    )


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


def fact_labels(facts: dict[str, Fact]) -> list[Message]:
    """Return label and detail of every fact as messages."""
    names = [
        Message(f"fact.{fact.name}", fact.label, where=fact.where)
        for fact in facts.values()
        if fact.label
    ]
    details = [
        Message(f"fact.{fact.name}.detail", fact.detail, where=fact.where)
        for fact in facts.values()
        if fact.detail
    ]
    return names + details


def read_languages(path: Path) -> dict[str, Language]:
    """Return the language table by code."""
    keys = load_yaml(path).mapping(("scripts", "languages"), ("plurals",))
    rules = _plural_rules(keys["plurals"]) if "plurals" in keys else {}
    scripts = {
        name: value.mapping(SCRIPT_KEYS, SCRIPT_OPTIONS)
        for name, value in keys["scripts"].mapping(optional=None).items()
    }
    table = {
        code: _language(code, row, scripts, rules)
        for code, row in keys["languages"].mapping(optional=None).items()
    }
    return {code: replace(language, kin=kin_codes(code, table)) for code, language in table.items()}


def _plural_rules(value: YamlValue) -> dict[str, str]:
    """Return the Plural-Forms by name; raise LeafletsError for one that gettext could not use."""
    rules = value.mapping(optional=None)
    for rule in rules.values():
        if not catalogue_plurals.plural_rule(rule.text()):
            raise rule.fail(
                f"{rule.text()!r} is no plural rule", 'write it like "nplurals=2; plural=(n != 1);"'
            )
    return {name: rule.text() for name, rule in rules.items()}


def _language(
    code: str, row: YamlValue, scripts: dict[str, dict[str, YamlValue]], rules: dict[str, str]
) -> Language:
    if not LANGUAGE_CODE.fullmatch(code):
        raise row.fail("this is no language code", "write it like ar, zh_Hans or fa_AF")
    own = row.mapping(("english", "endonym", "script"), LANGUAGE_OPTIONS)
    name = own["script"].choice(scripts)
    script = scripts[name]
    both = script | own
    language = Language(
        code=code,
        tag=code.replace("_", "-"),
        babel=own["dates"].text() if "dates" in own else code,
        english=own["english"].text(),
        endonym=own["endonym"].text(),
        script=name,
        unicode_scripts=tuple(script["letters"].text().split()),
        direction="rtl" if script["direction"].choice(("ltr", "rtl")) == "rtl" else "ltr",
        face=_face(script),
        line_height=both["line"].parsed(size_factor, "1.4"),
        heading_line_height=both["heading"].parsed(size_factor, "1.2"),
        size=both["size"].parsed(size_factor, "1.15"),
    )
    plurals = _plurals(own["plural"], rules) if "plural" in own else ()
    return replace(
        language,
        plurals=plurals,
        **{key: read(both[key]) for key, read in LANGUAGE_READERS.items() if key in both},
    )


def _plurals(value: YamlValue, rules: dict[str, str]) -> tuple[str, ...]:
    names = value.text().split()
    for name in names:
        if name not in rules:
            raise value.fail(f"no plural rule {name!r} under `plurals:`", nearest_name(name, rules))
    return tuple(rules[name] for name in names)


def _face(script: dict[str, YamlValue]) -> FontFace:
    stem, _, suffix = script["file"].text().partition(".")
    cut = script["cut"].choice(("gb2312", "big5", "cp932", "cp949")) if "cut" in script else ""
    return FontFace(
        script["family"].text(),
        f"{stem}-Regular.{suffix}",
        f"{stem}-Bold.{suffix}",
        script["package"].text(),
        cut,
    )


def _length(value: YamlValue) -> tuple[float, float]:
    low, _, high = value.text().partition("-")
    try:
        return float(low), float(high)
    except ValueError:
        raise value.fail("two numbers are needed", "write it like 0.4-2.4") from None


def _joiners(value: YamlValue) -> str:
    try:
        return "".join(JOINER_NAMES[name] for name in value.text().split())
    except KeyError as error:
        raise value.fail(
            f"no joiner {error}", nearest_name(str(error.args[0]), JOINER_NAMES)
        ) from None


LANGUAGE_READERS: dict[str, Callable[[YamlValue], Any]] = {
    "length": _length,
    "joiners": _joiners,
    "months": YamlValue.text,
    "date": YamlValue.text,
    "ends": lambda value: value.text().replace(" ", ""),
    "spaced": yes_or_no,
    "joins": yes_or_no,
    "on_phones": yes_or_no,
    "run": lambda value: value.parsed(positive_number, "30"),
    "own": lambda value: value.text().replace(" ", ""),
    "foreign": lambda value: value.text().replace(" ", ""),
    "meant": lambda value: tuple((pair[:-1], pair[-1]) for pair in value.text().split()),
    "words": lambda value: tuple(value.text().lower().split()),
    "aliases": lambda value: tuple(value.text().split()),
    "twos": lambda value: tuple(value.text().split()),
    "argos": YamlValue.text,
    "voice": YamlValue.text,
}
