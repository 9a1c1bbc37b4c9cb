"""Who is thanked in public: readers who asked for it, by their code or by a name they chose."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.base.yaml import YamlValue, load_yaml
from generator.campaign.free_text import A_NAME, PRIVATE_HINT, private_kinds
from generator.campaign.language_table import refuse_code
from generator.model import Language

THANKS_FILE = "thanks.yaml"


def read_thanks(path: Path, known: Mapping[str, Language]) -> dict[str, tuple[str, ...]]:
    """Return codes and chosen names by language; no file means nobody.

    Raises LeafletsError with file and line.
    """
    if not path.exists():
        return {}
    found = {}
    for code, value in load_yaml(path).mapping(optional=None).items():
        if code not in known:
            refuse_code(code, value, known)
        found[code] = tuple(map(_thanked, value.items()))
    return found


def _thanked(value: YamlValue) -> str:
    text = value.text(60)
    # Whoever chose a name gave it to be printed, but no number and no address.
    if found := [kind for kind in private_kinds(text) if kind != A_NAME]:
        raise value.fail(f"there is {found[0]} in it", PRIVATE_HINT, "text-private")
    return text
