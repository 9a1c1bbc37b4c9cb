"""What people write in YAML is read as the text they typed, and what ships is right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.base.message_text import placeholder_names
from generator.base.yaml import YamlValue, load_yaml
from generator.blocks import all_kinds
from generator.blocks.place import RESIDENCE
from generator.campaign.dates import date_in_words
from generator.campaign.glossary import read_glossary
from generator.campaign.language_table import read_languages
from generator.campaign.leaflets import AUDIENCES, read_leaflet
from generator.campaign.project import Project
from generator.campaign.settings import read_campaign, read_facts, read_words
from generator.checks import check_source
from generator.model import Language, Risk
from generator.overview.check import check_campaign
from generator.problem import LeafletsError, Problem
from tests.conftest import ROOT, TIER_ONE

SLUGS = {
    "not-alone",
    "if-strangers-come",
    "phone-tree",
    "plan-with-us",
    "get-online",
    "phones-and-sims",
    "food-that-helps",
    "solidarity-statement",
    "write-to-the-press",
    "come-to-the-rally",
    "status-now",
    "care-workers",
}
RTL = {"ar", "fa", "fa_AF", "ps", "ckb", "ur", "ug", "bal", "rhg", "pnb", "he", "yi", "sd"}


def write(folder: Path, text: str, name: str = "not-alone.yaml") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(text.encode())
    return path


def read_all(path: Path) -> dict[str, str]:
    """Return a flat YAML file as text by key."""
    return {key: value.text() for key, value in load_yaml(path).mapping(optional=None).items()}


def refusal(read: object, path: Path) -> Problem:
    """Return the one problem of a file that is refused; it names the file and says what to do."""
    with pytest.raises(LeafletsError) as caught:
        read(path)  # type: ignore[operator]
    (problem,) = caught.value.problems
    assert problem.where.startswith(str(path)), problem
    assert problem.hint, problem
    return problem


# values stay the text typed

TYPED = (
    "01174960123",
    "+441174960123",
    "9:00",
    "19:30:15",
    "no",
    "No",
    "yes",
    "on",
    "off",
    "true",
    "null",
    "2026-12-07",
    "2026-12-07 18:00:00",
    "1e3",
    "1_000",
    "0x1F",
    "0o17",
    "017",
    ".5",
    "1.10",
    ".inf",
    ".nan",
    "-1",
    "=",
    "<<",
    "£12.50",
    "it's",
    'say "yes"',
    "C#",
    "#x".join(("a", "b")),
    "مرحبا",
    "ਪੰਜਾਬੀ",
    "بِسْمِ",
    "𐴌𐴗",
    "naïve",
)


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("form", ["a: {}\n", "a:   {}   \n", "a:\n  {}\n", "a: |\n  {}\n", "a: >-\n  {}\n", "a: [{}]\n", "a:\n  - {}\n"])
def test_a_value_is_the_text_that_was_typed(tmp_path: Path, form: str, typed: str) -> None:
    value = load_yaml(write(tmp_path, form.format(typed))).mapping(optional=None)["a"]
    found = value.items()[0] if isinstance(value.node, yaml.SequenceNode) else value
    assert found.text() == typed


@pytest.mark.parametrize(
    "typed", [*TYPED, "Call #1 now", "# x", "a: b", "{hotline}", "[x]", "*x", "&x", "!x", "%x", "@x", "`x", "- x", "?", ""]
)
@pytest.mark.parametrize("quote", ["'", '"'])
def test_quotes_keep_everything_between_them(tmp_path: Path, quote: str, typed: str) -> None:
    """What the advice says — put it in quotes — works for every text."""
    inside = typed.replace("'", "''") if quote == "'" else typed.replace('"', '\\"')
    path = write(tmp_path, f"a: {quote}x {inside} x{quote}\n")
    assert read_all(path) == {"a": f"x {typed} x" if typed else "x x"}


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), min_size=1, max_size=80))
def test_any_text_in_quotes_comes_back(tmp_path_factory: pytest.TempPathFactory, typed: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    inside = typed.replace("'", "''")
    path.write_text(f"a: '={inside}='\n", "utf-8")
    assert read_all(path) == {"a": " ".join(f"={typed}=".split())}


@pytest.mark.parametrize("kind", ["phone", "times", "date", "money"])
def test_facts_keep_the_digits_that_were_typed(tmp_path: Path, kind: str) -> None:
    values = {"phone": "+441174960123", "times": "09:00-10:30", "date": "2026-12-07", "money": "£1.10"}
    path = write(tmp_path, f"line:\n  kind: {kind}\n  value: {values[kind]}\n  source: x\n  verified: 2026-11-22\n", "facts.yaml")
    fact = read_facts(path)["line"]
    assert (fact.value, fact.verified, fact.where) == (values[kind], date(2026, 11, 22), f"{path}:3")


def test_a_printed_phone_number_keeps_its_zero(tmp_path: Path) -> None:
    head = 'line:\n  kind: phone\n  value: "+441174960123"\n  source: x\n  verified: 2026-11-22\n'
    assert read_facts(write(tmp_path, head + "  display: 0117 496 0123\n"))["line"].display == "0117 496 0123"
    assert read_facts(write(tmp_path, head + "  display: 01174960123\n"))["line"].display == "01174960123"


def test_a_comment_line_and_a_comment_after_a_quoted_value_are_comments(tmp_path: Path) -> None:
    text = '# first\na: x\n  # in between\nb: "y" # for whoever reads this\nc: [d] # and this\ne:  # before a list\n  - f\n'
    found = load_yaml(write(tmp_path, text)).mapping(optional=None)
    assert [found["a"].text(), found["b"].text(), found["c"].items()[0].text(), found["e"].items()[0].text()] == ["x", "y", "d", "f"]


# what makes YAML surprising is refused

SURPRISES = {
    "an alias": ("a: x\nb: *x\n", 2),
    "an anchor": ("a: &x y\n", 1),
    "an anchor and an alias": ("a: &x y\nb: *x\n", 1),
    "an anchor at the root": ("&x\na: b\n", 1),
    "a tag": ("a: b\nc: !!str d\n", 2),
    "a tag that runs code": ("a: !!python/object/apply:os.system [id]\n", 1),
    "a tag of its own": ("a: !x y\n", 1),
    "a tag at the root": ("!!map\na: b\n", 1),
    "a duplicate key": ("a: b\nc: d\na: e\n", 3),
    "a duplicate key in other quotes": ("a: b\n'a': e\n", 2),
    "a tab at the start of a line": ("a: b\n\tc: d\n", 2),
    "a tab after spaces": ("a: b\n \tc: d\n", 2),
    "a tab after the colon": ("a:\tb\n", 1),
    "text followed by a comment": ("a: b\nc: Join us #now\n", 2),
    "text followed by a comment on the next line": ("a: Join\n  us #now\n", 2),
    "text followed by a comment in a list": ("a:\n  - Join us #now\n", 2),
    "text followed by a comment after a quoted key": ('a: b\n"c": Join us #now\n', 2),
    "text followed by a comment after a block of text": ("a: |\n  x #1\nb: Join us #now\n", 3),
    "text with an apostrophe followed by a comment": ("a: it's us #now\n", 1),
    "a hidden control as an escape": ('a: b\nc: "\\u202e"\n', 2),
    "an isolate as an escape": ('a: "x\\u2067y"\n', 1),
    "a zero width space": ('a: "x\\u200by"\n', 1),
    "a byte order mark as an escape": ('a: "\\ufeffx"\n', 1),
    "a lone surrogate": ('a: "\\ud800"\n', 1),
    "a NUL as an escape": ('a: "x\\0y"\n', 1),
    "an escape character": ('a: "x\\ey"\n', 1),
    "a tag character": ('a: "x\\U000e0041y"\n', 1),
    "a hidden control itself": ("a: b\nc: x\u202ey\n", 2),
    "a hidden control in a key": ('"a\\u202e": b\n', 1),
    "a bell": ("a: b\nc: x\x07y\n", 2),
    "a name in braces as a value": ("a: b\nc: {hotline}\n", 2),
    "a list as a value": ("a: [b]\n", 1),
    "an empty value": ("a: b\nc:\n", 2),
    "an empty value in quotes": ("a: ''\n", 1),
    "a tilde": ("a: ~\n", 1),
    "an empty key": ("'': b\n", 1),
    "a list as a key": ("? [a]\n: b\n", 1),
    "a second document": ("a: b\n---\nc: d\n", 2),
    "words after the end": ("a: b\n...\nc: [\n", 3),
    "no key at all": ("only words\n", 1),
    "a list at the root": ("- a\n", 1),
    "a colon in the text": ("a: Note: come\n", 1),
    "an at sign": ("a: @home\n", 1),
    "an open quote": ("a: 'b\nc: d\n", 3),
    "an open bracket": ("a: [b\n", 2),
    "wrong indentation": ("a: b\n  c: d\n", 2),
    "a version of YAML to come": ("%YAML 9.9\n---\na: b\n", 1),
}


@pytest.mark.parametrize("name", SURPRISES)
def test_a_surprise_is_refused_with_its_line(tmp_path: Path, name: str) -> None:
    text, line = SURPRISES[name]
    problem = refusal(read_all, write(tmp_path, text))
    assert problem.where.split(":")[1] == str(line), problem


@pytest.mark.parametrize("text", ["[" * 3000, "a: " + "{b: " * 3000, "- " * 3000, "? " * 3000, "a: " + "[" * 500 + "]" * 500])
def test_deep_nesting_is_refused(tmp_path: Path, text: str) -> None:
    assert refusal(read_all, write(tmp_path, text + "\n")).code.startswith("yaml-")


@pytest.mark.parametrize("text", ["", "\n\n", "   \n", "# only a comment\n", "---\n", "\ufeff"])
def test_an_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    refusal(read_all, write(tmp_path, text))


@given(st.text(alphabet="ab:#-[]{}&*!|>'\"%@`,? \n\t~.<=\\", max_size=60))
def test_any_text_is_read_or_refused_with_its_place(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Never a traceback, whatever the file holds."""
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text, "utf-8")
    try:
        found = read_all(path)
    except LeafletsError:
        refusal(read_all, path)
    else:
        assert all(found.values())


# shapes of the files

HEAD = "title: Come\naudience: residents\ndated: 2026-11-22\n"
BLOCK = "blocks:\n  - id: a\n    text: We come.\n"
LEAFLETS = {
    "an unknown key": (HEAD + "titel: x\n" + BLOCK, 4, "title"),
    "an unknown key of a block": (HEAD + BLOCK + "    rsik: safety\n", 7, "risk"),
    "a missing title": ("audience: residents\ndated: 2026-11-22\n" + BLOCK, 1, "title"),
    "no blocks": (HEAD, 1, "blocks"),
    "blocks that are text": (HEAD + "blocks: x\n", 4, "hyphen"),
    "an unknown audience": (HEAD.replace("residents", "resident") + BLOCK, 2, "residents"),
    "a date the British way": (HEAD.replace("2026-11-22", "22/11/2026") + BLOCK, 3, "2026-11-22"),
    "a date that does not exist": (HEAD.replace("2026-11-22", "2026-02-30") + BLOCK, 3, "2026-11-22"),
    "an unknown risk": (HEAD + BLOCK + "    risk: hihg\n", 7, "rights"),
    "two kinds in one block": (HEAD + BLOCK + "    lead: x\n", 5, "lead"),
    "a block without kind": (HEAD + "blocks:\n  - id: a\n", 5, "none"),
    "a block without id": (HEAD + "blocks:\n  - text: a\n", 5, "id"),
    "an id with a space": (HEAD + "blocks:\n  - id: a b\n    text: x\n", 5, "how-to-call"),
    "a line's id with a capital": (HEAD + "blocks:\n  - id: a\n    list:\n      B: x\n", 7, "small letters"),
    "the same id twice": (HEAD + BLOCK + "  - id: a\n    heading: x\n", 8, ":6"),
    "a block called title": (HEAD + "blocks:\n  - id: title\n    text: x\n", 6, ":1"),
    "a title that is too long": (HEAD.replace("Come", "x" * 81) + BLOCK, 1, "shorter"),
    "a text that is too long": (HEAD + BLOCK.replace("We come.", "x" * 601), 6, "split"),
    "rows in words": (HEAD + BLOCK + "    rows: many\n", 7, "6"),
    "a contact in capitals": (HEAD + "blocks:\n  - id: a\n    contacts: [Hotline]\n", 6, "campaign_phone"),
    "an event without a date": (HEAD + "blocks:\n  - id: a\n    event: {time: x}\n", 6, "date"),
    "a placeholder without quotes": (HEAD + "blocks:\n  - id: a\n    text: {hotline}\n", 6, "quotes"),
}


@pytest.mark.parametrize("name", LEAFLETS)
def test_a_wrong_leaflet_is_refused_with_line_and_advice(tmp_path: Path, name: str) -> None:
    text, line, advice = LEAFLETS[name]
    problem = refusal(read_leaflet, write(tmp_path, text))
    assert problem.where == f"{tmp_path / 'not-alone.yaml'}:{line}"
    assert advice in problem.hint


def test_the_smallest_leaflet_is_read(tmp_path: Path) -> None:
    """The table above starts from a leaflet that is right."""
    leaflet = read_leaflet(write(tmp_path, HEAD + BLOCK))
    assert [(message.msgctxt, message.msgid) for message in leaflet.messages] == [("title", "Come"), ("a", "We come.")]
    assert (leaflet.slug, leaflet.audience, leaflet.dated, leaflet.sheets) == ("not-alone", "residents", date(2026, 11, 22), ())


@pytest.mark.parametrize("name", ["My Leaflet.yaml", "NOT-ALONE.yaml", "a_b.yaml", "-.yaml"])
def test_a_file_name_that_cannot_name_a_leaflet_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal(read_leaflet, write(tmp_path, HEAD + BLOCK, name)).code == "leaflet-name"


def row(text: str, **fields: str) -> str:
    """Return a facts file of one fact with fields put in or replaced."""
    fields = {"kind": "phone", "value": '"999"', "source": "x", "verified": "2026-11-22"} | fields
    return f"{text}:\n" + "".join(f"  {name}: {value}\n" for name, value in fields.items() if value)


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        (row("line", kind="fone"), 2, "phone"),
        (row("line", value="0117 496 0123"), 3, "+44"),
        (row("line", kind="date", value="2027-13-45"), 3, "2027-03-20"),
        (row("line", kind="date", value="2027-02-29"), 3, "2027-03-20"),
        (row("line", verified="yesterday"), 5, "2026-11-22"),
        (row("line", recheck="never"), 6, "180"),
        (row("line", recheck="0"), 6, "180"),
        (row("line", source=""), 2, "source"),
        (row("line", lable="x"), 6, "label"),
        (row("2line"), 2, "small letters"),
        (row("Line"), 2, "small letters"),
        (row("line") + row("line"), 6, "keep one"),
    ],
)
def test_a_wrong_fact_is_refused_with_line_and_advice(tmp_path: Path, text: str, line: int, advice: str) -> None:
    path = write(tmp_path, text, "facts.yaml")
    problem = refusal(read_facts, path)
    assert problem.where == f"{path}:{line}"
    assert advice in problem.hint


@pytest.mark.parametrize(
    ("old", "new", "advice"),
    [
        ("languages: [en, ar,", "languages: [en, arr,", "ar"),
        ("languages: [en, ar,", "languages: [en, ../ar,", "zh_Hans"),
        ("address: https://example.org", "address: http://example.org", "https://example.org"),
        ("address: https://example.org", "address: https://example.org/?q=1", "https://example.org"),
        ("  plain: 1", "  plain: 0", "2"),
        ("  plain: 1", "  plain: one", "2"),
        ("  plain: 1", "  plian: 1", "plain"),
        ("missing: withhold\n", "missing: withold\n", "withhold"),
        ("critical: withhold\n", "critical: draft\n", "withhold or english"),
        ("cosmetic: draft\n", "cosmetic: drft\n", "draft"),
        ("theme: community", "theme: ../community", "community"),
        ("name: Good Neighbours", "nmae: Good Neighbours", "name"),
        ("name: Good Neighbours", "name:", "remove"),
    ],
)
def test_a_wrong_campaign_is_refused_with_line_and_advice(tmp_path: Path, shipped: Project, old: str, new: str, advice: str) -> None:
    text = (ROOT / "leaflets" / "campaign.yaml").read_text("utf-8")
    assert text.count(old) == 1
    path = write(tmp_path, text.replace(old, new), "campaign.yaml")
    problem = refusal(lambda path: read_campaign(path, shipped.languages, shipped.printers), path)
    assert problem.where == f"{path}:{text[: text.index(old)].count(chr(10)) + 1}"
    assert advice in problem.hint


@pytest.mark.parametrize("what", ["languages", "sheets"])
def test_a_name_that_stands_twice_in_the_campaign_counts_once_or_is_refused(tmp_path: Path, shipped: Project, what: str) -> None:
    text = (ROOT / "leaflets" / "campaign.yaml").read_text("utf-8")
    twice = text.replace("languages: [en, ar,", "languages: [en, ar, ar,") if what == "languages" else text.replace("[a5]", "[a5, a5]")
    assert twice != text
    path = write(tmp_path, twice, "campaign.yaml")
    try:
        found = getattr(read_campaign(path, shipped.languages, shipped.printers), what)
    except LeafletsError:
        return
    assert len(found) == len(set(found))


TABLE = """\
scripts:
  Latn: {letters: Latn, direction: ltr, family: Noto Sans, file: NotoSans.ttf, package: fonts-noto-core, line: 1.4, heading: 1.2, size: 1}
languages:
  en: {english: English, endonym: English, script: Latn, dates: en_GB}
  fr: {english: French, endonym: Français, script: Latn}
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "advice"),
    [
        ("direction: ltr", "direction: lrt", 2, "ltr"),
        ("line: 1.4", "line: high", 2, "1.4"),
        ("line: 1.4", "line: nan", 2, "1.4"),
        ("line: 1.4", "line: -1", 2, "1.4"),
        ("size: 1}", "size: 0}", 2, "1.15"),
        ("size: 1}", "size: inf}", 2, "1.15"),
        (", size: 1}", "}", 2, "size"),
        ("Français, script: Latn", "Français, script: Latin", 5, "Latn"),
        ("Français, script: Latn", "Français, script: Latn, length: long", 5, "0.4-2.4"),
        ("Français, script: Latn", "Français, script: Latn, joiners: zwnjj", 5, "zwnj"),
        ("Français, script: Latn", "Français, script: Latn, tire: 1", 5, "tier"),
        ("  fr:", "  french:", 5, "zh_Hans"),
        ("  fr:", "  fr-FR:", 5, "zh_Hans"),
        ("  fr:", "  en:", 5, "keep one"),
    ],
)
def test_a_wrong_language_table_is_refused_with_line_and_advice(tmp_path: Path, old: str, new: str, line: int, advice: str) -> None:
    """Each mistake in a row is told with its line and an example."""
    assert set(read_languages(write(tmp_path, TABLE))) == {"en", "fr"}
    assert TABLE.count(old) == 1
    path = write(tmp_path, TABLE.replace(old, new), "languages.yaml")
    problem = refusal(read_languages, path)
    assert problem.where == f"{path}:{line}"
    assert advice in problem.hint


@pytest.mark.parametrize("new", ["  fr: {dates: zz_ZZ, ", "  fr: {months: zz_ZZ, "])
def test_a_locale_that_babel_does_not_know_is_found_by_check(campaign: Path, new: str) -> None:
    """No command falls over a wrong `dates:`; the check and the build say which language it is."""
    path = campaign / "locales" / "languages.yaml"
    text = path.read_text("utf-8")
    assert text.count("  fr: {") == 1
    path.write_text(text.replace("  fr: {", new), "utf-8")

    found = [
        one for one in check_campaign(Project(campaign), date(2026, 11, 22), ("fr",)) if one.code not in ("made-up", "source-unsigned")
    ]

    assert [(problem.code, problem.language) for problem in found] == [("locale", "fr")]
    assert "dates:" in found[0].hint


# what ships


def test_every_leaflet_of_the_campaign_is_there_and_can_be_read() -> None:
    project = Project(ROOT)
    assert set(project.slugs) == set(project.leaflets) >= SLUGS
    assert project.broken == []


def test_every_english_sentence_that_ships_is_plain(shipped: Project) -> None:
    english, table = shipped.languages["en"], shipped.languages.values()
    messages = [message for leaflet in shipped.leaflets.values() for message in leaflet.messages] + shipped.words
    assert len(messages) > 150
    assert [problem.line() for message in messages for problem in check_source(message, english, languages=table)] == []


def test_every_fact_a_leaflet_names_is_there(shipped: Project) -> None:
    for leaflet in shipped.leaflets.values():
        placed = {name for block in leaflet.blocks for name in block.facts.values()}
        spoken = {name for message in leaflet.messages for name in placeholder_names(message.msgid)}
        assert placed | spoken <= {*shipped.facts, RESIDENCE}, leaflet.slug
        assert leaflet.audience in AUDIENCES
        assert {block.kind for block in leaflet.blocks} <= set(all_kinds())


def test_no_two_messages_of_a_catalogue_share_an_id(shipped: Project) -> None:
    for domain in shipped.domains:
        ids = [message.msgctxt for message in shipped.domain(domain)]
        assert len(ids) == len(set(ids)), domain


@pytest.mark.parametrize(
    ("slug", "risk"),
    [
        ("not-alone", Risk.SAFETY),
        ("if-strangers-come", Risk.SAFETY),
        ("if-strangers-come", Risk.RIGHTS),
        ("get-online", Risk.RIGHTS),
        ("write-to-the-press", Risk.RIGHTS),
        ("care-workers", Risk.RIGHTS),
    ],
)
def test_sentences_that_can_hurt_need_two_people(shipped: Project, slug: str, risk: Risk) -> None:
    assert risk in {message.risk for message in shipped.leaflets[slug].messages}
    assert shipped.campaign.readers[risk] == 2


def test_the_facts_that_content_asks_for_are_there() -> None:
    shipped = Project(ROOT)
    values = {fact.value: fact for fact in shipped.facts.values()}
    assert {"999", "112", "101", "111", "+448088010503", "116123"} <= values.keys()
    assert values["+448088010503"].display == "0808 8010 503"
    drama = ("+442079460", "+447700900", "+448081570", "+441632960")
    public = {"+448088010503", "+443001231100"}
    phones = [fact.value for fact in shipped.facts.values() if fact.kind == "phone" and fact.value.startswith("+")]
    assert all(value in public or value.startswith(drama) for value in phones)


def test_the_site_example_takes_the_place_of_facts_that_exist(shipped: Project) -> None:
    assert shipped.site("example").facts.keys() <= {*shipped.facts, RESIDENCE}


def test_the_words_of_the_theme_are_read(shipped: Project) -> None:
    found = {message.msgctxt for message in read_words(shipped.theme / "words.yaml")}
    assert {"word.draft", "word.english", "word.online"} <= found


def test_the_language_table_has_every_row_and_the_campaign_its_21(languages: dict[str, Language], shipped: Project) -> None:
    assert len(languages) >= 86
    assert shipped.campaign.languages == TIER_ONE
    assert set(Project(ROOT).campaign.languages) >= set(TIER_ONE)
    assert {code for code, language in languages.items() if language.direction == "rtl"} >= RTL
    assert [code for code in (*TIER_ONE, "ru") if (languages[code].direction == "rtl") != (code in RTL)] == []
    assert len({language.endonym for language in languages.values()}) == len(languages)


def test_every_language_can_write_a_date(languages: dict[str, Language]) -> None:
    for code, language in languages.items():
        words = date_in_words(date(2027, 3, 20), language)
        assert "2027" in words, code
        assert "20" in words, code


def test_every_language_has_a_plural_rule_for_its_catalogue(languages: dict[str, Language]) -> None:
    """A catalogue can be started in each of them."""
    from generator.catalogue.header_rules import new_header

    for language in languages.values():
        header = new_header("not-alone", language, "2026-11-22")
        assert f"Language: {language.code}\n" in header.msgstr
        assert "Plural-Forms: nplurals=" in header.msgstr


def test_every_endonym_is_written_in_the_script_of_its_row(languages: dict[str, Language]) -> None:
    from fontTools.unicodedata import script

    for code, language in languages.items():
        found = {script(char) for char in language.endonym if char.isalpha()} - {"Zyyy", "Zinh"}
        assert found <= set(language.unicode_scripts), code


def test_every_place_is_file_and_line(tmp_path: Path) -> None:
    """Where a sentence stands is known to the line."""
    leaflet = read_leaflet(ROOT / "leaflets" / "not-alone.yaml")
    lines = (ROOT / "leaflets" / "not-alone.yaml").read_text("utf-8").split("\n")
    for message in leaflet.messages:
        file, _, number = message.where.rpartition(":")
        assert file == str(ROOT / "leaflets" / "not-alone.yaml")
        line = lines[int(number) - 1]
        assert message.msgid.split()[0] in line or line.endswith((">-", "|"))
    assert YamlValue(load_yaml(write(tmp_path, "a: b\n")).node, tmp_path).where == f"{tmp_path}:1"


def test_the_glossary_is_read_and_its_names_are_kept_everywhere() -> None:
    """Terms are there for every language but the honest gaps, and a wrong language code is refused with its line."""
    project = Project(ROOT)
    assert "Migrant Help" in project.glossary.names
    assert set(project.glossary.terms["asylum"]) >= set(TIER_ONE) - {"en"}
    assert "ku" not in project.glossary.terms["hostel"]


def test_a_glossary_with_an_unknown_language_is_refused(tmp_path: Path) -> None:
    """A typing mistake in a language code is told with its line and the near names."""
    path = write(tmp_path, "names: [NHS]\nterms:\n  asylum:\n    arr: x\n", "glossary.yaml")
    problem = refusal(lambda path: read_glossary(path, Project(ROOT).languages), path)
    assert problem.where == f"{path}:4"
    assert "ar" in problem.hint
