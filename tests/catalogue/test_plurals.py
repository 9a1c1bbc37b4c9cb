"""Plural rules are rows of ours: what gettext writes and what CLDR says is right in a catalogue, whatever library is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.campaign.language_table import read_languages, with_plural_rules
from generator.campaign.project import Project
from generator.campaign.shipped import shipped_folder
from generator.catalogue import plurals as catalogue_plurals
from generator.catalogue import pofile
from generator.catalogue.header_rules import new_header
from generator.model import Language
from generator.problem import LeafletsError

SLAVIC = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1"
HEADERS = {
    "nplurals=1; plural=0;": "zh_Hans zh_Hant km th lo ja ko vi my wo yo ig id ms fa fa_AF hy tr ka tg hu",
    "nplurals=2; plural=(n != 1);": (
        "en ur sq om so ku ckb ps ta sw ha ug uz uz_Cyrl az ne ml mn te bal es it ca pt pa bn am ti si hi ln ff gu fa fa_AF hy tr ka tg hu "
        "my wo yo ig id ms nl sv nb da fi de bg el he yi gl eu tl sn et mk"
    ),
    "nplurals=2; plural=(n > 1);": "fr pt fa fa_AF hy pa bn am ti si hi ln ff gu tr tg vi tl",
    "nplurals=2; plural=n==1 || n%10==1 ? 0 : 1;": "mk",
    "nplurals=2; plural=(n%10 != 1 || n%100 == 11);": "mk",
    "nplurals=2; plural=n != 1 && n != 2 && n != 3 && (n % 10 == 4 || n % 10 == 6 || n % 10 == 9);": "tl",
    "nplurals=3; plural=(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2);": "es it ca",
    "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;": "fr pt",
    f"nplurals=3; plural=({SLAVIC} : 2);": "ru uk sr sr_Latn hr",
    f"nplurals=4; plural=({SLAVIC} : n%10==0 || n%10>=5 && n%10<=9 || n%100>=11 && n%100<=14 ? 2 : 3);": "ru uk",
    "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);": "pl",
    "nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1 : n!=1 && (n%10>=0 && n%10<=1) ? 2 : 3);": "pl",
    "nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;": "cs sk",
    "nplurals=4; plural=(n == 1 && n % 1 == 0) ? 0 : (n >= 2 && n <= 4 && n % 1 == 0) ? 1 : (n % 1 != 0) ? 2 : 3;": "cs sk",
    "nplurals=3; plural=n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2;": "ro",
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);": "lv",
    "nplurals=3; plural=(n % 10 == 0 || n % 100 >= 11 && n % 100 <= 19 ? 0 : n % 10 == 1 && n % 100 != 11 ? 1 : 2);": "lv",
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);": "lt",
    "nplurals=4; plural=(n%10==1 && (n%100>19 || n%100<11) ? 0 : n%10>=2 && n%10<=9 && (n%100>19 || n%100<11) ? 1 : n%1!=0 ? 2 : 3);": "lt",
    "nplurals=3; plural=(n == 1 ? 0 : n == 2 ? 1 : 2);": "he",
    "nplurals=4; plural=(n==1 && n%1==0) ? 0 : (n==2 && n%1==0) ? 1 : (n%10==0 && n%1==0 && n>10) ? 2 : 3;": "he",
    "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;": "ar",
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=0 && n%100<=2 ? 4 : 5);": "ar",
}
"""Headers in use, and the languages in which each is right: gettext's own table, CLDR's with and without fractions, older tools'."""
PRICE = 'msgid "One day"\nmsgid_plural "Days"\n'


def right(code: str) -> list[str]:
    """Return the headers that are in use for a language."""
    return [header for header, codes in HEADERS.items() if code in codes.split()]


def catalogue(path: Path, language: Language, rule: str) -> Path:
    """Write a catalogue with a plural rule and with an entry in as many forms."""
    start = new_header("example", language, "2026-11-22")
    head = start.msgstr.rpartition("Plural-Forms:")[0]
    lines = "".join(f'"{line}\\n"\n' for line in [*head.splitlines(), f"Plural-Forms: {rule}"])
    forms = "".join(f'msgstr[{number}] "x"\n' for number in range(catalogue_plurals.plural_count(rule)))
    path.write_text(f'msgid ""\nmsgstr ""\n{lines}\n{PRICE}{forms}', "utf-8")
    return path


def others(language: Language, counts: set[int]) -> Iterator[str]:
    """Yield plural rules with each number of forms that is wrong in a language."""
    assert len(counts) < catalogue_plurals.MOST_FORMS, language.code
    yield from (
        f"nplurals={count}; plural=(n < {count} ? n : {count - 1});" for count in {*range(1, catalogue_plurals.MOST_FORMS + 1)} - counts
    )


def known(languages: dict[str, Language]) -> dict[str, Language]:
    """Return the rows whose headers stand above."""
    return {code: row for code, row in languages.items() if right(code)}


def test_every_header_in_use_is_accepted_without_a_word(tmp_path: Path, languages: dict[str, Language]) -> None:
    """French with two and with three forms, Turkish with one and with two: each is right, also with plural entries."""
    assert len(known(languages)) > 40
    for code, language in known(languages).items():
        for rule in [*right(code), *language.plurals]:
            path = catalogue(tmp_path / "x.po", language, rule)
            assert [entry.forms for entry in pofile.read_catalogue(path, language) if entry.plural] == [
                ("x",) * catalogue_plurals.plural_count(rule)
            ], (
                code,
                rule,
            )
            assert pofile.babel_differences(path, language) == [], (code, rule)


def test_a_rule_of_another_language_is_refused_where_it_is_used(tmp_path: Path, languages: dict[str, Language]) -> None:
    """Every number of forms but those in use for the language is refused, with the header to write."""
    for code, language in known(languages).items():
        for rule in others(language, {catalogue_plurals.plural_count(header) for header in right(code)}):
            with pytest.raises(LeafletsError) as error:
                pofile.read_catalogue(catalogue(tmp_path / "x.po", language, rule), language)
            assert (error.value.problems[0].code, language.plurals[0] in error.value.problems[0].hint) == ("po-plural", True), (code, rule)


def test_a_rule_of_another_language_is_a_warning_where_nothing_uses_it(tmp_path: Path, languages: dict[str, Language]) -> None:
    """A catalogue without plural entries prints all the same."""
    for code, language in known(languages).items():
        for rule in others(language, {catalogue_plurals.plural_count(header) for header in right(code)}):
            path = catalogue(tmp_path / "x.po", language, rule)
            path.write_text(path.read_text("utf-8").partition(PRICE)[0], "utf-8")
            found = [(problem.code, problem.severity) for problem in pofile.babel_differences(path, language)]
            assert found == [("po-plural", "warning")], (code, rule)


def test_a_new_catalogue_has_the_first_rule_of_its_row(languages: dict[str, Language]) -> None:
    """Written from our rows, never from what a library says on the day."""
    for code, language in languages.items():
        forms = language.plurals[0] if language.plurals else "nplurals=2; plural=(n != 1);"
        assert f"Plural-Forms: {forms}\n" in new_header("example", language, "2026-11-22").msgstr, code


def test_the_first_rule_counts_as_the_header_in_use(languages: dict[str, Language]) -> None:
    """For each number up to a thousand and for millions, a rule of ours chooses what one of the headers in use chooses."""
    for code, language in known(languages).items():
        assert chosen(language.plurals[0]) in [chosen(header) for header in right(code)], code


def chosen(rule: str) -> list[int]:
    """Return the form that a rule takes for each of many numbers."""
    from gettext import c2py

    form = c2py(rule.partition("plural=")[2].rstrip(";"))
    return [form(number) for number in [*range(1_001), 1_000_000, 2_000_000, 2_000_001]]


TABLE = """\
{plurals}scripts:
  Latn: {{letters: Latn, direction: ltr, family: Noto Sans, file: NotoSans.ttf, package: fonts-noto-core, line: 1.4, heading: 1.2, size: 1}}
languages:
  fr: {{english: French, endonym: Français, script: Latn{row}}}
  pt_BR: {{english: Portuguese, endonym: Português, script: Latn}}
  tlh: {{english: Klingon, endonym: tlhIngan Hol, script: Latn}}
"""


def table(path: Path, plurals: str = "", row: str = "") -> dict[str, Language]:
    """Read a language table with a plural rule, or without."""
    path.write_text(TABLE.format(plurals=plurals, row=row), "utf-8")
    return read_languages(path)


def test_a_table_without_plural_rules_takes_ours(tmp_path: Path, languages: dict[str, Language]) -> None:
    """A campaign of an older version keeps its table; a language that nobody knows has no rule, and any header is right in it."""
    own = tmp_path / "locales" / "languages.yaml"
    own.parent.mkdir()
    table(own)

    rows = Project(tmp_path).languages

    assert rows["fr"].plurals == languages["fr"].plurals
    assert rows["pt_BR"].plurals == languages["pt"].plurals
    assert rows["tlh"].plurals == ()
    for count in range(1, 7):
        path = catalogue(tmp_path / "x.po", rows["tlh"], f"nplurals={count}; plural=(n < {count} ? n : {count - 1});")
        assert pofile.babel_differences(path, rows["tlh"]) == []


def test_a_rule_in_the_row_goes_before_ours(tmp_path: Path) -> None:
    own = table(tmp_path / "languages.yaml", 'plurals: {odd: "nplurals=2; plural=n%2;"}\n', ", plural: odd")
    rows = with_plural_rules(own, read_languages(shipped_folder("locales") / "languages.yaml"))
    assert rows["fr"].plurals == ("nplurals=2; plural=n%2;",)


@pytest.mark.parametrize(
    ("plurals", "row", "line", "advice"),
    [
        ('plurals: {odd: "nplurals=2; plural=n;"}\n', "", 1, "nplurals=2; plural=(n != 1);"),
        ('plurals: {odd: "nplurals=2; plural=n%2;"}\n', ", plural: even odd", 5, "odd"),
        ("", ", plural: odd", 4, "none yet"),
    ],
)
def test_a_wrong_rule_in_the_table_is_refused_with_line_and_advice(tmp_path: Path, plurals: str, row: str, line: int, advice: str) -> None:
    path = tmp_path / "languages.yaml"
    with pytest.raises(LeafletsError) as error:
        table(path, plurals, row)
    assert error.value.problems[0].where == f"{path}:{line}"
    assert advice in error.value.problems[0].hint
