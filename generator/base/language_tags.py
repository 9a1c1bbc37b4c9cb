"""Which row of the language table a language tag means: `ar-SY`, `zh_TW`, `prs`, `no`, `iw` and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.model import Language

TAG = re.compile(
    r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?(?:\.[A-Za-z0-9-]+)?(?:@([a-z]+))?"
)
"""BCP 47 and POSIX in one: ar, ar-SY, zh_Hant_TW, pt_BR.UTF-8, sr@latin."""
MODIFIERS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva"}
"""What POSIX writes behind an @ for a script."""


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

    >>> parse_tag("ZH-hant-tw"), parse_tag("sr@latin"), parse_tag("../ar")
    (Tag(language='zh', script='Hant', region='TW'), Tag(language='sr', script='Latn', region=''), None)
    """
    found = TAG.fullmatch(text)
    if not found:
        return None
    language, script, region, modifier = (part or "" for part in found.groups())
    return LanguageTag(
        language.lower(), script.title() or MODIFIERS.get(modifier, ""), region.upper()
    )


def likely_script(tag: LanguageTag) -> str:
    """Return the script that a tag says or that CLDR expects of it, "" where CLDR does not know.

    >>> likely_script(LanguageTag("zh", "", "TW")), likely_script(LanguageTag("sd", "", "")), likely_script(LanguageTag("xx", "", ""))
    ('Hant', 'Arab', '')
    """
    from babel.core import get_global

    known = get_global("likely_subtags")
    found = known.get(f"{tag.language}_{tag.region}") or known.get(tag.language) or ""
    return tag.script or next((part for part in str(found).split("_") if len(part) == 4), "")


def language_code_of(text: str, table: Mapping[str, Language]) -> str:
    """Return the code of the row that a tag means, "" for none: the region is dropped, another script is another row.

    A row or an alias that says the same in full comes first; then CLDR's word for an old code.
    """
    if text in table or not (tag := parse_tag(text)):
        return text if text in table else ""
    names = _names(table)
    script = likely_script(tag)
    full = (
        tag,
        tag._replace(script=script),
        LanguageTag(tag.language, script, ""),
        LanguageTag(tag.language, "", ""),
    )
    for one in dict.fromkeys(full):
        code = names.get(one, "")
        if code and (one == tag or one.script or not script or script in script_names(table[code])):
            return code
    return _by_old_name(tag, table)


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
    return tuple(
        other for other in codes if other != code and other.split("_")[0] == code.split("_")[0]
    )


def _newer(language: str) -> str:
    """Return CLDR's code in place of an older or longer one, "" for none."""
    from babel.core import get_global

    return str(get_global("language_aliases").get(language) or "")


def _by_old_name(tag: LanguageTag, table: Mapping[str, Language]) -> str:
    """Return the row of the code that took the place of this one, as nb did of no and ku of kmr."""
    newer = parse_tag(_newer(tag.language))
    if not newer or newer.language == tag.language:
        return ""
    return language_code_of(
        LanguageTag(newer.language, tag.script or newer.script, newer.region or tag.region).code(),
        table,
    )


def _names(table: Mapping[str, Language]) -> dict[LanguageTag, str]:
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
