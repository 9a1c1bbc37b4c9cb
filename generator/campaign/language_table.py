"""Read the language table, and find its rows by the codes that people write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from generator.base.language_tags import kin_codes, language_code_of
from generator.base.names import LANGUAGE_CODE, nearest_name
from generator.base.yaml import YamlValue, load_yaml
from generator.campaign.value_forms import positive_number, yes_or_no
from generator.catalogue import plurals as catalogue_plurals
from generator.model import Direction, FontFace, Language

JOINER_NAMES = {"zwnj": "\u200c", "zwj": "\u200d", "zwsp": "\u200b"}
SCRIPT_KEYS = ("letters", "direction", "family", "file", "package", "line", "heading", "size")
SCRIPT_OPTIONS = ("cut", "ends", "spaced", "run", "on_phones")
LANGUAGE_OPTIONS = (
    *("line", "heading", "size", "dates", "date", "months", "length", "joiners", "quotes", "area"),
    *("argos", "tier", "ends", "spaced", "joins", "run", "on_phones", "own", "foreign", "words"),
    *("aliases", "voice", "twos", "plural", "meant"),
)


def size_factor(text: str) -> float:
    """Return a line height or size factor, a number from 0.5 to 4; raise ValueError."""
    if not 0.5 <= (number := float(text)) <= 4:
        raise ValueError(text)
    return number


def read_languages(path: Path) -> dict[str, Language]:
    """Return the language table by code."""
    return dict(_read_table(load_yaml(path)))


# A file that was not changed gives the same value, and the same table.
@lru_cache(4)
def _read_table(value: YamlValue) -> dict[str, Language]:
    keys = value.mapping(("scripts", "languages"), ("plurals",))
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
            hint = 'write it like "nplurals=2; plural=(n != 1);"'
            raise rule.fail(f"{rule.text()!r} is no plural rule", hint)
    return {name: rule.text() for name, rule in rules.items()}


def _language(
    code: str, row: YamlValue, scripts: dict[str, dict[str, YamlValue]], rules: dict[str, str]
) -> Language:
    if not LANGUAGE_CODE.fullmatch(code):
        raise row.fail("this is no language code", "write it like ar, zh_Hans or fa_AF")
    own = row.mapping(("english", "endonym", "script"), LANGUAGE_OPTIONS)
    script = scripts[own["script"].choice(scripts)]
    both = script | own
    return Language(
        code=code,
        tag=code.replace("_", "-"),
        babel=own["dates"].text() if "dates" in own else code,
        english=own["english"].text(),
        endonym=own["endonym"].text(),
        script=own["script"].text(),
        unicode_scripts=tuple(script["letters"].text().split()),
        direction=Direction(script["direction"].choice(list(Direction))),
        face=_face(script),
        line_height=both["line"].parsed(size_factor, "1.4"),
        heading_line_height=both["heading"].parsed(size_factor, "1.2"),
        size=both["size"].parsed(size_factor, "1.15"),
        plurals=tuple(_looked_up(own["plural"], rules, "plural rule")) if "plural" in own else (),
        **{key: read(both[key]) for key, read in LANGUAGE_READERS.items() if key in both},
    )


def _looked_up(value: YamlValue, known: Mapping[str, str], kind: str) -> list[str]:
    """Return what the names in a value stand for; raise LeafletsError for an unknown name."""
    names = value.text().split()
    for name in names:
        if name not in known:
            raise value.fail(f"no {kind} {name!r}", nearest_name(name, known))
    return [known[name] for name in names]


def _face(script: dict[str, YamlValue]) -> FontFace:
    stem, _, suffix = script["file"].text().partition(".")
    cut = script["cut"].choice(("gb2312", "big5", "cp932", "cp949")) if "cut" in script else ""
    regular, bold = f"{stem}-Regular.{suffix}", f"{stem}-Bold.{suffix}"
    return FontFace(script["family"].text(), regular, bold, script["package"].text(), cut)


def _length(value: YamlValue) -> tuple[float, float]:
    low, _, high = value.text().partition("-")
    try:
        return float(low), float(high)
    except ValueError:
        raise value.fail("two numbers are needed", "write it like 0.4-2.4") from None


LANGUAGE_READERS: dict[str, Callable[[YamlValue], Any]] = {
    "length": _length,
    "joiners": lambda value: "".join(_looked_up(value, JOINER_NAMES, "joiner")),
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


def with_plural_rules(
    rows: Mapping[str, Language], known: Mapping[str, Language]
) -> dict[str, Language]:
    """Return rows in which those without a plural rule take one from another table.

    It is that of the same code, or of the language without region and script.
    """
    found = dict(rows)
    for code, row in rows.items():
        near = known.get(code) or known.get(code.partition("_")[0])
        if near and not row.plurals:
            found[code] = replace(row, plurals=near.plurals)
    return found


def language_codes(value: YamlValue, known: Mapping[str, Language]) -> tuple[str, ...]:
    """Return the codes in a list, each once; raise LeafletsError for what is no row."""
    return tuple(dict.fromkeys(language_code(item, known) for item in value.items()))


def language_code(value: YamlValue, known: Mapping[str, Language]) -> str:
    """Return the code of a row of the table; raise LeafletsError that says which code to write."""
    text = value.text()
    if text not in known:
        refuse_code(text, value, known)
    return text


def refuse_code(text: str, value: YamlValue, known: Mapping[str, Language]) -> NoReturn:
    """Raise LeafletsError for what is no row, with the row that is meant, or the nearest ones."""
    if code := language_code_of(text, known):
        what = f"{known[code].english} has the code {code} here"
        raise value.fail(what, f"write {code} in place of {text}")
    value.match(LANGUAGE_CODE, "ar or zh_Hans")
    raise value.fail(f"no language {text!r} in locales/languages.yaml", nearest_name(text, known))
