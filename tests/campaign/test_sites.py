"""The private files of sites: what is refused with its line, tables of many sites, and the printed phone tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from generator.campaign.call_tree import WHOLE_TREE, call_tree, people_on_print, print_keys, print_names
from generator.campaign.import_sites import import_sites
from generator.campaign.project import Project
from generator.editions import record as editions_record
from generator.editions.recall import RecallJudge
from generator.imposition.encrypt import encrypt_pdf
from generator.printrun.phone_tree import print_blank_tree, print_phone_tree
from generator.printrun.tree_page import text_direction
from generator.problem import LeafletsError
from generator.review.printing import PHONE_TREE_FACT
from generator.review.recall_rules import Disposition
from tests.editions.test_build import edit

Command = Callable[..., tuple[int, str, str]]
FACT = "  campaign_phone:\n    kind: phone\n    value: '+441632060123'\n    source: here\n    verified: 2026-11-22\n"
TIMES = FACT.replace("phone\n", "times\n").replace("'+441632060123'", "18:00")
PHONE_HINT = 'write it like "07700 900201" or "+44 7700 900201", in quotes'
PERSON = "  - {name: A., phone: 01632 000201, languages: [en], calls: 1, agreed: 2026-11-20}\n"
BAD = {
    "leafets: [not-alone]\n": (1, "yaml-key", "or leaflets"),
    "leaflets: [not-alon]\n": (0, "unknown-name", "did you mean not-alone?"),
    "languages: {en: many}\n": (1, "yaml-shape", "write it like 20"),
    "languages: {en: 0}\n": (1, "yaml-shape", "write it like 20"),
    "languages: {en: 200000}\n": (1, "yaml-shape", "at most 100000; for more write two sites"),
    "languages: {xx: 2}\n": (1, "yaml-shape", ""),
    "sheets: [a7]\n": (0, "unknown-name", ""),
    "spare: 101\n": (1, "yaml-shape", "write it like 10, from 0 to 100 (per cent)"),
    "facts:\n" + FACT + "    label: Call the house\n": (3, "site-label", ""),
    "facts:\n" + FACT + "    detail: At night\n": (3, "site-label", ""),
    "facts:\n" + TIMES: (3, "site-kind", "give the site's fact another name"),
    "facts:\n" + TIMES.replace("campaign_phone", "line_hours") + "    label: Hours\n": (3, "site-label", ""),
    "people:\n" + PERSON + PERSON: (3, "site-person", "add a letter to one of them, such as A. B."),
    "people:\n" + PERSON + PERSON.replace("A.", "B.").replace("01632 000201", '"+44 1632 000201"'): (3, "site-person", "keep one of them"),
    "people:\n" + PERSON.replace("01632 000201", "phone me"): (2, "yaml-shape", PHONE_HINT),
    "people:\n" + PERSON.replace("calls: 1", "calls: 12"): (2, "yaml-shape", "write it like 2, from 0 to 9"),
    "people:\n" + PERSON.replace("[en]", "[]"): (2, "yaml-shape", "name one at least, such as [ar, en]"),
    "people:\n" + PERSON.replace("agreed: 2026-11-20", "agreed: yesterday"): (2, "yaml-shape", "write it like 2026-11-20, the day"),
    "people:\n" + PERSON.replace(", agreed: 2026-11-20", ""): (2, "yaml-missing", "add a line `agreed: …`"),
}  # fmt: skip
TABLE = (
    "code,leaflets,languages,sheets,spare,printer,wanted,fact:campaign_phone,source,verified\n"
    "oak-7,not-alone if-strangers-come,en=5 ar=10,a5,5,office,om,01632 060455,the people of the house,2026-11-22\n"
    "elm-2,not-alone,en=5,,,,,,,\n"
)


def problems(folder: Path, text: str) -> list[tuple[str, str, str]]:
    """Return code, place and hint of what is wrong with a site's file."""
    path = folder / "sites" / "oak-7.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(LeafletsError) as caught:
        Project(folder).site("oak-7")
    return [(problem.code, problem.where.removeprefix(str(path)), problem.hint) for problem in caught.value.problems]


@pytest.mark.parametrize("text", BAD)
def test_a_wrong_site_is_refused_with_line_and_advice(campaign: Path, text: str) -> None:
    line, code, hint = BAD[text]
    ((found, where, advice),) = problems(campaign, text)

    assert (found, where) == (code, f":{line}" if line else "")
    assert hint in advice
    assert "000201" not in advice or "write it like" in advice


def test_a_site_under_a_label_of_its_own_is_told_by_check_and_never_printed(campaign: Path, leaflets_command: Command) -> None:
    (campaign / "sites" / "oak-7.yaml").write_text("facts:\n" + FACT + "    label: Call the house\n", "utf-8")

    code, out, _ = leaflets_command("check", "-l", "en", cwd=campaign)
    built, _, told = leaflets_command("build", "not-alone", "-l", "en", "--site", "oak-7", cwd=campaign)

    assert (code, built) == (1, 1)
    assert "[site-label]" in out
    assert "[site-label]" in told
    assert list((campaign / "output").rglob("*oak-7*")) == []


def test_a_fact_that_no_leaflet_prints_and_a_yes_of_tomorrow_are_told(campaign: Path, leaflets_command: Command) -> None:
    text = (
        "languages: {om: 2}\nfacts:\n"
        + FACT.replace("campaign_phone", "campaign_fone")
        + "people:\n"
        + PERSON.replace("2026-11-20", "2027-01-01")
    )
    (campaign / "sites" / "oak-7.yaml").write_text(text, "utf-8")

    code, out, _ = leaflets_command("check", "-l", "en", cwd=campaign)

    assert code == 1
    assert "did you mean campaign_phone" in out
    assert "the campaign has no om → put it under `wanted:`, or: leaflets add language om [site-language]" in out
    assert "[site-agreed]" in out


def test_a_table_is_looked_at_before_it_is_written(campaign: Path, leaflets_command: Command) -> None:
    (campaign / "sites.csv").write_text(TABLE, "utf-8")

    dry = leaflets_command("site", "import", "sites.csv", cwd=campaign)
    nothing = sorted(path.name for path in (campaign / "sites").glob("*.yaml"))
    applied = leaflets_command("site", "import", "sites.csv", "--apply", cwd=campaign)
    again = leaflets_command("site", "import", "sites.csv", "--apply", cwd=campaign)
    site = Project(campaign).site("oak-7")

    assert (dry[0], applied[0], again[0]) == (0, 0, 0)
    assert dry[1].splitlines() == ["would write sites/oak-7.yaml", "would write sites/elm-2.yaml"]
    assert nothing == ["example.yaml"]
    assert applied[1].splitlines() == ["wrote sites/oak-7.yaml", "wrote sites/elm-2.yaml"]
    assert again[1] == ""
    assert (site.languages, site.spare, site.printer, site.wanted) == ({"en": 5, "ar": 10}, 5, "office", ("om",))
    assert (site.facts["campaign_phone"].value, site.facts["campaign_phone"].display) == ("+441632060455", "01632 060455")
    assert (campaign / "sites" / "oak-7.yaml").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("oak-7", "The Oak Hotel", 2, "no code, or one that cannot name a site"),
        ("elm-2", "oak-7", 3, "this code stands in the table twice"),
        ("elm-2,not-alone", "elm-2,not-alne", 3, "no leaflet 'not-alne'"),
        ("en=5 ar=10", "en=5 ar", 2, "'ar' is no language with copies"),
        ("fact:campaign_phone", "fact:campaign_fone", 1, "no fact 'campaign_fone' in leaflets/facts.yaml"),
        ("printer", "price", 1, "no column 'price'"),
        ("01632 060455", "=1+1", 2, "value: '=1+1' has the wrong form"),
        (",the people of the house,", ",,", 2, "facts without 'source'"),
        ("en=5 ar=10", "en=5,ar=10", 2, "this row has more cells than the first line has names"),
        ("elm-2,", "example,", 3, "sites/example.yaml is there already and says something else"),
    ],
)
def test_a_wrong_table_is_refused_with_its_row_and_nothing_is_written(campaign: Path, old: str, new: str, line: int, what: str) -> None:
    table = campaign / "sites.csv"
    table.write_text(TABLE.replace(old, new), "utf-8")
    try:
        found = import_sites(Project(campaign), table, apply=True)[1]
    except LeafletsError as error:
        found = list(error.problems)

    assert [(problem.where, problem.what) for problem in found] == [(f"{table}:{line}", what)]
    assert sorted(path.name for path in (campaign / "sites").glob("*.yaml")) == ["example.yaml"]


def test_a_table_with_an_open_quotation_mark_is_refused_in_words(campaign: Path) -> None:
    table = campaign / "sites.csv"
    table.write_text(TABLE.replace("01632", '"01632') + "x," * 80_000 + "\n", "utf-8")

    with pytest.raises(LeafletsError, match="this is no table") as caught:
        import_sites(Project(campaign), table, apply=True)

    assert caught.value.problems[0].code == "site-table"


def test_a_site_file_in_another_encoding_is_told_and_stays(campaign: Path) -> None:
    table, path = campaign / "sites.csv", campaign / "sites" / "oak-7.yaml"
    table.write_text(TABLE, "utf-8")
    path.write_bytes("wanted: [français]\n".encode("latin-1"))

    found = import_sites(Project(campaign), table, apply=True)[1]

    assert [problem.code for problem in found] == ["exists"]
    assert path.read_bytes() == "wanted: [français]\n".encode("latin-1")


def test_a_spreadsheet_of_another_country_is_read_too(campaign: Path) -> None:
    table = campaign / "sites.csv"
    table.write_bytes(b"\xef\xbb\xbf" + TABLE.replace(",", ";").replace("\n", "\r\n").encode())

    assert [site.code for site in import_sites(Project(campaign), table, apply=False)[0]] == ["oak-7", "elm-2"]


def test_a_print_shows_its_speakers_and_those_next_to_them_alone(shipped: Project) -> None:
    people = shipped.site("example").people
    names = {name: {people[place].name for place in people_on_print(call_tree(people), name)} for name in print_names(people)}

    assert names["ckb"] == {"A. K.", "C.", "G."}
    assert names["ur"] == {"A. K.", "D. M.", "E.", "F."}
    assert names[WHOLE_TREE] == {person.name for person in people}


def numbers(path: Path) -> set[str]:
    """Return the last digits of every invented number on the pages."""
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return {f"01632 0002{last:02}" for last in range(1, 9) if f"0002{last:02}" in text}


def test_who_is_removed_is_on_no_new_print_and_the_old_ones_are_recalled(campaign: Path, leaflets_command: Command) -> None:
    before = print_phone_tree(Project(campaign), "example", ("ckb", "ur"))
    old = {record.language: record for record in editions_record.read_printings(Project(campaign))}
    seen = numbers(before.paths["ckb"])
    person = "  - {name: G., phone: 01632 000207, languages: [ckb], calls: 0, agreed: 2026-11-22}\n"
    edit(campaign / "sites" / "example.yaml", person, "")

    judge = RecallJudge(Project(campaign))
    verdicts = {language: judge.verdict(record) for language, record in old.items()}
    looked = leaflets_command("look", old["ckb"].code, cwd=campaign)
    recalled = leaflets_command("recall", "--fact", f"{PHONE_TREE_FACT}ckb", "--json", cwd=campaign)
    summary = leaflets_command("phonetree", "example", cwd=campaign)
    after = print_phone_tree(Project(campaign), "example", ("ckb",))

    assert seen == {"01632 000201", "01632 000203", "01632 000207"}
    assert numbers(after.paths["ckb"]) == {"01632 000201", "01632 000203"}
    assert {language: verdict.disposition for language, verdict in verdicts.items()} == {
        "ckb": Disposition.DESTROY,
        "ur": Disposition.CURRENT,
    }
    assert "somebody on it came, went or has another number" in looked[1]
    assert old["ckb"].code in recalled[1]
    assert f"collect {old['ckb'].code}" in summary[1]
    assert old["ur"].code not in summary[1]
    assert "G." not in (campaign / "sites" / "editions.jsonl").read_text("utf-8")


def test_a_tree_is_locked_with_a_passphrase_that_is_asked_for(
    campaign: Path, monkeypatch: pytest.MonkeyPatch, leaflets_command: Command
) -> None:
    monkeypatch.setattr("click.prompt", lambda *_, **__: "four words are enough")

    code, out, _ = leaflets_command("phonetree", "example", "--private", "--encrypt", "-l", "en", cwd=campaign)
    path = campaign / "output" / "packs" / "example" / "phone-tree_en_example_DRAFT.pdf"
    reader = pypdf.PdfReader(path)

    assert (code, path.stat().st_mode & 0o777) == (0, 0o600)
    assert reader.is_encrypted
    assert reader._encryption is not None
    assert reader._encryption.V == 5  # AES-256 (ISO 32000-2, 7.6)
    assert not reader.decrypt("four words are enouhg")
    assert reader.decrypt("four words are enough")
    assert "A. K." in "".join(page.extract_text() for page in reader.pages)
    assert "000201" not in out


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(LeafletsError) as caught:
        encrypt_pdf(b"", "short")

    assert caught.value.problems[0].code == "passphrase"


def test_a_short_passphrase_costs_no_older_paper(campaign: Path) -> None:
    project, folder = Project(campaign), campaign / "output" / "packs" / "example"
    print_phone_tree(project, "example", ["en"])
    before = {path: path.read_bytes() for path in folder.glob("*.pdf")}

    with pytest.raises(LeafletsError, match="passphrase"):
        print_phone_tree(project, "example", ["en"], "short")

    assert before
    assert {path: path.read_bytes() for path in folder.glob("*.pdf")} == before


def test_without_private_nothing_is_printed_and_nobody_is_named(campaign: Path, leaflets_command: Command) -> None:
    edit(campaign / "sites" / "example.yaml", "languages: [ckb], calls: 0", "languages: [so], calls: 0")

    code, out, told = leaflets_command("phonetree", "example", cwd=campaign)

    assert code == 1
    assert "7 of 8 people are reached" in out
    assert "nobody can call this person; look for somebody who speaks Somali" in out
    assert "07700" not in out + told
    assert "A. K." not in out + told
    assert not (campaign / "output").exists()


def test_a_blank_tree_has_boxes_and_no_numbers_of_people(campaign: Path) -> None:
    (path,) = print_blank_tree(Project(campaign), ("ar",)).paths.values()

    assert path.name == "phone-tree_ar_blank_DRAFT.pdf"
    assert numbers(path) == set()
    assert not (campaign / "sites" / ".secret").exists()


def test_a_name_in_another_script_keeps_its_direction(campaign: Path) -> None:
    edit(campaign / "sites" / "example.yaml", "name: B.,", "name: أحمد,")

    found = print_phone_tree(Project(campaign), "example", ("ar",))

    assert found.problems == ()
    assert (text_direction("أحمد"), text_direction("A."), text_direction("1")) == ("rtl", "ltr", "ltr")


def test_another_number_is_another_key(shipped: Project) -> None:
    people = shipped.site("example").people
    changed = [*people[:-1], replace(people[-1], phone="01632 000299")]

    assert {name for name, key in print_keys(people).items() if print_keys(changed)[name] != key} == {"ar", WHOLE_TREE}
