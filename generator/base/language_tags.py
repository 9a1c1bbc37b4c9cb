"""Which row of the language table a tag means, such as `ar-SY`, `zh_TW`, `prs`, `no` or `iw`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.model import Language

# BCP 47 and POSIX in one: ar, ar-SY, zh_Hant_TW, pt_BR.UTF-8, sr@latin.
_TAG = re.compile(
    r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?"
    r"(?:\.[A-Za-z0-9-]+)?(?:@([a-z]+))?"
)
# What POSIX writes behind an @ for a script.
_POSIX_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva"}


class LanguageTag(NamedTuple):
    """The parts of a language tag; script and region may be empty."""

    language: str
    script: str
    region: str

    def code(self, *, region: bool = True) -> str:
        """Return the tag as a folder is named, such as zh_Hant."""
        return "_".join(filter(None, (self.language, self.script, self.region if region else "")))


def parse_tag(text: str) -> LanguageTag | None:
    """Return the parts of a tag in their usual case, None for what is no tag.

    >>> parse_tag("ZH-hant-tw")
    LanguageTag(language='zh', script='Hant', region='TW')
    >>> parse_tag("sr@latin").script, parse_tag("../ar")
    ('Latn', None)
    """
    found = _TAG.fullmatch(text)
    if not found:
        return None
    language, script, region, modifier = (part or "" for part in found.groups())
    return LanguageTag(
        language.lower(), script.title() or _POSIX_SCRIPTS.get(modifier, ""), region.upper()
    )


def likely_script(tag: LanguageTag) -> str:
    """Return the script that a tag names or that CLDR expects of it, "" where CLDR does not know.

    >>> likely_script(LanguageTag("zh", "", "TW")), likely_script(LanguageTag("xx", "", ""))
    ('Hant', '')
    """
    from babel.core import get_global

    known = get_global("likely_subtags")
    found = known.get(f"{tag.language}_{tag.region}") or known.get(tag.language) or ""
    return tag.script or next((part for part in str(found).split("_") if len(part) == 4), "")


def language_code_of(text: str, table: Mapping[str, Language]) -> str:
    """Return the code of the row that a tag means, "" for none.

    The region is dropped; another script is another row. A row or an alias that says the same in
    full comes first, then CLDR's code in place of an old one.
    """
    if text in table or not (tag := parse_tag(text)):
        return text if text in table else ""
    names = _row_names(table)
    script = likely_script(tag)
    candidates = (
        tag,
        tag._replace(script=script),
        LanguageTag(tag.language, script, ""),
        LanguageTag(tag.language, "", ""),
    )
    for candidate in dict.fromkeys(candidates):
        code = names.get(candidate, "")
        exact = candidate == tag or candidate.script or not script
        if code and (exact or script in script_names(table[code])):
            return code
    return _code_of_newer(tag, table)


def tag_means(text: str, language: Language) -> bool:
    """Tell whether a tag means this row, and none of the other rows for the same language."""
    tag = parse_tag(text)
    if not tag or tag.code() == language.code:
        return bool(tag)
    other = {tag.code(), str(_newer(tag.language))} & set(language.kin)
    return not other and language_code_of(text, {language.code: language}) == language.code


def kin_codes(code: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Return the other codes of the same language.

    >>> kin_codes("fa", ["en", "fa", "fa_AF", "fat"])
    ('fa_AF',)
    """
    language = code.split("_")[0]
    return tuple(other for other in codes if other != code and other.split("_")[0] == language)


def _newer(language: str) -> str:
    """Return CLDR's code in place of an older or longer one, "" for none."""
    from babel.core import get_global

    return str(get_global("language_aliases").get(language) or "")


def _code_of_newer(tag: LanguageTag, table: Mapping[str, Language]) -> str:
    """Return the row of the code that took the place of this one, as nb did of no and ku of kmr."""
    newer = parse_tag(_newer(tag.language))
    if not newer or newer.language == tag.language:
        return ""
    full = LanguageTag(newer.language, tag.script or newer.script, newer.region or tag.region)
    return language_code_of(full.code(), table)


def _row_names(table: Mapping[str, Language]) -> dict[LanguageTag, str]:
    """Return each name that a row goes by, with its code; rows' own codes win over aliases."""
    aliases = {
        tag: code
        for code, row in table.items()
        for alias in row.aliases
        if (tag := parse_tag(alias))
    }
    return aliases | {tag: code for code in table if (tag := parse_tag(code))}


def script_names(language: Language) -> set[str]:
    """Return the names that a row's script goes by: its own, and Unicode's of its letters."""
    return {language.script, *language.unicode_scripts}
