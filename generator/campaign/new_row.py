"""Make a row of the language table for a language of CLDR; never guess its script."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from generator.base.language_tags import LanguageTag, likely_script, parse_tag, script_names
from generator.base.names import nearest_name
from generator.model import Language
from generator.problem import Problem, UsageError

# Scripts that languages change between, by the first word of their letters' Unicode names.
LETTER_SCRIPTS = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "ARABIC": "Arab",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "DEVANAGARI": "Deva",
}


def new_code(text: str, table: Mapping[str, Language]) -> str:
    """Return the code of the row to add for a tag.

    It has no region, and a script only where that is not the usual one. Raises UsageError for what
    is no tag.
    """
    tag = parse_tag(text)
    if not tag:
        raise UsageError(
            Problem("unknown-name", f"{text!r} is no language code", hint=nearest_name(text, table))
        )
    script = likely_script(tag)
    usual = likely_script(LanguageTag(tag.language, "", ""))
    plain = script == usual and tag.language not in table
    return LanguageTag(tag.language, "" if plain else script, "").code()


def language_row(code: str, table: Mapping[str, Language]) -> str:
    """Return the line of languages.yaml for a code: names and script are CLDR's.

    Raises UsageError where no font is known for the script, and where CLDR lacks one of them; then
    it shows the line to write by hand.
    """
    english, endonym = cldr_names(code)
    tag = parse_tag(code)
    script = likely_script(tag) if tag else ""
    if not english or not script or not written_in(endonym, script):
        what = f"no language {code!r}"
        if english:
            what = f"CLDR knows too little of {english}: its own name, or its script"
        row = f"{code}: {{english: {english or '…'}, endonym: …, script: {script or '…'}, tier: 3}}"
        hint = f"{nearest_name(code, table)} If not, add a line at the end of"
        hint += f" locales/languages.yaml: {row}"
        raise UsageError(Problem("unknown-name", what, hint=hint))
    if script not in {name for language in table.values() for name in script_names(language)}:
        hint = f"add a row {script} under `scripts:` in locales/languages.yaml first"
        raise UsageError(
            Problem("script-unknown", f"no fonts are known for the script {script}", hint=hint)
        )
    return f'  {code}: {{english: "{english}", endonym: "{endonym}", script: {script}, tier: 3}}'


def cldr_names(code: str) -> tuple[str, str]:
    """Return the name of a language in English and in itself, "" where CLDR has none.

    >>> cldr_names("cy"), cldr_names("sd_Deva")[0], cldr_names("xx")
    (('Welsh', 'Cymraeg'), 'Sindhi (Devanagari)', ('', ''))
    """
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return "", ""
    return str(locale.english_name or ""), (locale.get_display_name(code) or "").strip()


def written_in(endonym: str, script: str) -> bool:
    """Tell whether a name is there, and not in another script than the language.

    >>> written_in("Cymraeg", "Latn"), written_in("Cymraeg", "Arab"), written_in("", "Latn")
    (True, False, False)
    """
    letters = [unicodedata.name(char, "").split(" ")[0] for char in endonym if char.isalpha()]
    return bool(letters) and {LETTER_SCRIPTS.get(name, script) for name in letters} == {script}
