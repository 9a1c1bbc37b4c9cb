"""The command line as people and programs meet it: help, exit codes, JSON, streams, first steps."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from babel import Locale

from generator.base.yaml import load_yaml
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.review.source_states import source_messages
from generator.review.source_texts import POLICY_DOMAIN
from tests.conftest import ROOT, copy_campaign, sign_source

BIN = Path(sys.executable).parent
COMMANDS = [
    *("new", "status", "extract", "draft", "sign", "history", "review", "worksheet", "enter", "record", "check", "build", "point", "fold"),
    *("site", "pack", "phonetree", "recall", "look", "publish", "report", "readers", "adopt", "upgrade", "redact", "add"),
    *("models", "weblate", "doctor", "completion"),
]
HELP = [
    *([], *[[name] for name in COMMANDS]),
    *(["readers", name] for name in ("admit", "ask", "retire", "revoke", "recover", "forget")),
    *(["add", "language"], ["add", "leaflet"], ["site", "list"], ["site", "import"], ["models", "add"], ["models", "fetch"]),
]
HEAVY = {"weasyprint", "babel", "flask", "jinja2", "yaml", "PIL", "fontTools", "pypdf"}
PROBLEM = {"code", "severity", "what", "where", "hint", "leaflet", "language", "msgctxt"}
Run = Callable[..., tuple[int, str, str]]


def leaflets(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command in a process of its own."""
    environment: Mapping[str, str] = os.environ | variables
    return subprocess.run([BIN / "leaflets", *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def on_a_terminal(*arguments: str, cwd: Path, **variables: str) -> str:
    """Return what the command shows on a terminal."""
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm-256color"} | variables
    ours, theirs = pty.openpty()
    process = subprocess.Popen([BIN / "leaflets", *arguments], cwd=cwd, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # Linux: the other side is closed
        pass
    process.wait()
    os.close(ours)
    return shown.decode()


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text, f"{before!r} is not in {path.name}"
    path.write_text(text.replace(before, after, 1), "utf-8")


def few(campaign: Path, codes: str = "en, ar, fr") -> Path:
    """Cut the campaign down to some languages."""
    path = campaign / "leaflets" / "campaign.yaml"
    path.write_text(re.sub(r"^languages: .*$", f"languages: [{codes}]", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    return campaign


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign in three languages for tests that change nothing."""
    return few(copy_campaign(tmp_path_factory.mktemp("home"), languages=("en", "ar", "fr")))


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Give a copy of four leaflets in six scripts, which is faster."""
    return copy_campaign(
        tmp_path / "campaign",
        leaflets=("not-alone", "phone-tree", "if-strangers-come", "get-online"),
        languages=("en", "ar", "ti", "ur", "zh_Hans", "fr"),
    )


@pytest.mark.parametrize("words", HELP, ids=" ".join)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_has_help_with_an_example(words: list[str], option: str, tmp_path: Path, leaflets_command: Run) -> None:
    code, out, err = leaflets_command(*words, option, cwd=tmp_path)
    assert (code, err) == (0, "")
    assert out.startswith("Usage: leaflets")
    example = out.partition("Example:\n")[2].splitlines()[0]
    assert example.strip().startswith(" ".join(["leaflets", *words]))


def test_the_help_lists_every_command_in_the_order_of_the_work(tmp_path: Path, leaflets_command: Run) -> None:
    _, out, _ = leaflets_command("--help", cwd=tmp_path)
    assert re.findall(r"^  ([a-z]+) {2,}[A-Z]", out.partition("Commands:")[2], re.MULTILINE) == COMMANDS


@pytest.mark.parametrize("words", [*HELP, ["--version"]], ids=" ".join)
def test_help_loads_nothing_heavy(words: list[str], tmp_path: Path) -> None:
    arguments = words if words == ["--version"] else [*words, "--help"]
    script = (
        "import sys\nfrom generator.cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        f"print(sorted({HEAVY} & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout
    assert done.stderr == "[]\n"


def test_status_loads_neither_weasyprint_nor_babel(home: Path) -> None:
    script = (
        "import sys\nfrom generator.cli import main\ntry:\n    main(['status'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'weasyprint', 'babel', 'jinja2', 'PIL', 'fontTools'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=home, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "[]"


def test_status_json_has_the_promised_shape(campaign: Path, leaflets_command: Run) -> None:
    code, out, err = leaflets_command("status", "--json", cwd=campaign)
    report = json.loads(out)
    assert code == 0
    assert report.keys() == {"catalogues", "facts", "layouts", "made_up", "remarks"}
    project = Project(campaign)
    pairs = {(row["leaflet"], row["language"]) for row in report["catalogues"]}
    assert pairs == {(domain, code) for domain in project.leaflet_domains for code in project.campaign.languages} | {(POLICY_DOMAIN, "en")}
    for row in report["catalogues"]:
        assert row.keys() >= {"leaflet", "language", "total", "missing", "stale", "draft", "read", "ready"}
        assert row["total"] == sum(row[state] for state in ("missing", "stale", "draft", "read", "ready"))
        sentences = source_messages(project, row["leaflet"]) if row["language"] == "en" else project.domain(row["leaflet"])
        assert row["total"] == len(sentences)
    assert "Next: " in err


def test_check_json_has_the_promised_shape(campaign: Path, leaflets_command: Run) -> None:
    few(campaign)
    edit(Project(campaign).catalogue("fr", "not-alone"), 'msgstr "Ce que', 'msgstr "{x} Ce que')
    code, out, _ = leaflets_command("check", "--json", cwd=campaign)
    report = json.loads(out)
    assert code == 1
    assert report.keys() == {"problems"}
    assert all(row.keys() >= PROBLEM and row["severity"] in ("error", "warning") for row in report["problems"])
    (wrong,) = [row for row in report["problems"] if row["severity"] == "error"]
    assert (wrong["leaflet"], wrong["language"], wrong["msgctxt"]) == ("not-alone", "fr", "help")
    assert re.search(r"locales/fr/LC_MESSAGES/not-alone\.po:\d+$", wrong["where"])
    assert wrong["code"]
    assert wrong["what"]


def test_build_json_has_the_promised_shape(campaign: Path, leaflets_command: Run) -> None:
    """One edition printed, one withheld, then one of them unchanged."""
    few(campaign)
    edit(Project(campaign).catalogue("fr", "not-alone"), 'msgstr "Ce que', 'msgstr "{x} Ce que')
    arguments = ("build", "not-alone", "-l", "en", "-l", "fr", "-s", "a5", "-j", "1", "--json")
    code, out, _ = leaflets_command(*arguments, cwd=campaign)
    assert code == 1
    report = json.loads(out)
    assert report.keys() == {"editions", "remarks"}
    keys = {"leaflet", "language", "sheet", "site", "state", "path", "sha256", "seconds", "cached", "problems"}
    rows = {row["language"]: row for row in report["editions"]}
    assert rows.keys() == {"en", "fr"}
    for row in rows.values():
        assert row.keys() >= keys
        assert (row["leaflet"], row["sheet"], row["site"], row["cached"]) == ("not-alone", "a5", "", False)
    assert (rows["en"]["state"], rows["en"]["path"], rows["en"]["problems"]) == ("ready", "not-alone/not-alone_en_a5.pdf", [])
    assert re.fullmatch("[0-9a-f]{64}", rows["en"]["sha256"])
    assert (campaign / "output" / rows["en"]["path"]).read_bytes().startswith(b"%PDF-")
    assert rows["fr"]["state"] == "failed"
    assert all(problem.keys() >= PROBLEM for problem in rows["fr"]["problems"])
    assert rows["fr"]["problems"]
    assert not list((campaign / "output").rglob("*_fr_*.pdf"))
    _, out, _ = leaflets_command("build", "not-alone", "-l", "en", "-s", "a5", "--json", cwd=campaign)
    (again,) = json.loads(out)["editions"]
    assert (again["cached"], again["sha256"]) == (True, rows["en"]["sha256"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["status"], 0),
        (["status", "-l", "fr"], 0),
        (["extract", "--check"], 0),
        (["check", "-l", "fr"], 0),
        (["completion", "zsh"], 0),
        ([], 2),
        (["stauts"], 2),
        (["status", "--jsn"], 2),
        (["status", "-l", "fx"], 2),
        (["check", "-l", "fx"], 2),
        (["build", "not-alnoe"], 2),
        (["build", "-l", "fx"], 2),
        (["build", "-s", "a9"], 2),
        (["build", "--site", "nowhere"], 2),
        (["build", "--site", "../sites/example"], 2),
        (["build", "-j", "many"], 2),
        (["build", "--executor", "cloud"], 2),
        (["add"], 2),
        (["add", "language"], 2),
        (["add", "language", "fr"], 2),
        (["add", "leaflet", "not-alone"], 2),
        (["completion", "cmd"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_exit_codes(arguments: list[str], code: int, home: Path, leaflets_command: Run) -> None:
    """0 is fine, 2 is wrong use, which shows on stderr and nothing on stdout."""
    found, out, err = leaflets_command(*arguments, cwd=home)
    assert found == code, err
    if code == 2:
        assert (out, bool(err.strip())) == ("", True)
        assert "Traceback" not in err


def test_exit_code_1_for_a_broken_catalogue_and_the_rest_is_shown(campaign: Path, leaflets_command: Run) -> None:
    few(campaign)
    Project(campaign).catalogue("fr", "phone-tree").write_bytes(b"\x00\x01")
    for command in ("status", "extract", "check"):
        code, out, err = leaflets_command(command, cwd=campaign)
        assert code == 1, command
        assert "phone-tree.po" in out + err
    code, out, _ = leaflets_command("status", "-l", "ar", "-l", "fr", cwd=campaign)
    assert len(re.findall(r"^\w+ \((?:ar|fr)\) ", out, re.MULTILINE)) == 2 * len(Project(campaign).leaflet_domains) - 1


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["stauts"], "status"),
        (["build", "not-alnoe"], "not-alone"),
        (["build", "-s", "a55"], "a5"),
        (["build", "-l", "arr"], "ar"),
        (["status", "-l", "frr"], "fr"),
    ],
)
def test_unknown_names_get_the_near_ones(arguments: list[str], near: str, home: Path, leaflets_command: Run) -> None:
    _, _, err = leaflets_command(*arguments, cwd=home)
    assert "did you mean" in err
    assert near in err


@pytest.mark.parametrize("command", ["status", "extract", "check", "build"])
def test_outside_a_campaign_the_way_in_is_shown(command: str, tmp_path: Path, leaflets_command: Run) -> None:
    code, out, err = leaflets_command(command, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert "leaflets new" in err
    assert list(tmp_path.iterdir()) == []


def test_another_folder_can_be_named(home: Path, tmp_path: Path, leaflets_command: Run) -> None:
    here = leaflets_command("status", "--json", cwd=home)
    assert leaflets_command("-C", str(home), "status", "--json", cwd=tmp_path)[:2] == here[:2]


@pytest.mark.parametrize(
    "arguments", [["status"], ["extract"], ["check", "-l", "fr"], ["status", "--json"], ["check", "-l", "fr", "--json"]]
)
def test_results_on_stdout_and_messages_on_stderr(arguments: list[str], campaign: Path, leaflets_command: Run) -> None:
    """The last line of stderr is the next command; stdout holds no message."""
    few(campaign)
    edit(campaign / "leaflets" / "not-alone.yaml", "What we can do", "What we offer")
    _, out, err = leaflets_command(*arguments, cwd=campaign)
    assert "Next:" not in out
    if "--json" in arguments:
        json.loads(out)
    if arguments != ["check", "-l", "fr", "--json"]:
        assert re.fullmatch(r"Next: .*leaflets \w+.*", err.splitlines()[-1])


SGR = re.compile(r"\x1b\[[0-9;]*m")


def test_colour_on_a_terminal_only_and_not_with_no_color(home: Path, leaflets_command: Run) -> None:
    shown = on_a_terminal("status", cwd=home)
    assert SGR.search(shown)
    assert "\ufffd" not in shown
    plain = on_a_terminal("status", cwd=home, NO_COLOR="1")
    assert "\x1b" not in plain
    assert SGR.sub("", shown) == plain
    assert "\x1b" not in leaflets("status", cwd=home).stdout


def test_progress_on_a_terminal_leaves_the_result_readable(home: Path) -> None:
    shown = on_a_terminal("check", "-l", "fr", cwd=home, NO_COLOR="1")
    assert "Checking" in shown
    assert "0 errors" in shown
    assert "Checking" not in leaflets("check", "-l", "fr", cwd=home).stderr


def test_new_campaign_goes_all_the_way(tmp_path: Path, leaflets_command: Run) -> None:
    """What a newcomer types: new, status, extract, build."""
    code, out, err = leaflets_command("new", "our-town", cwd=tmp_path)
    assert code == 0, err
    home = tmp_path / "our-town"
    assert "our-town" in out
    assert "Next: cd our-town && leaflets build" in err
    assert "/sites/*" in (home / ".gitignore").read_text()
    assert "*.jsonl merge=union" in (home / ".gitattributes").read_text()
    code, out, _ = leaflets_command("status", "--json", cwd=home)
    here = Project(ROOT)
    assert (code, len(json.loads(out)["catalogues"])) == (0, len(here.campaign.languages) * len(here.leaflet_domains) + 1)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    code, out, err = leaflets_command("extract", cwd=home)
    assert (code, out) == (0, "")
    assert "up to date" in err
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and path.name != ".leaflets.lock"} == before
    code, out, err = leaflets_command("build", "not-alone", "-l", "ar", "-s", "a5", cwd=home)
    assert code == 0, out + err
    (pdf,) = home.rglob("*.pdf")
    assert pdf.relative_to(home).as_posix() == "output/not-alone/not-alone_ar_a5_DRAFT.pdf"
    assert (home / "output" / "index.html").exists()


@pytest.mark.parametrize("kind", ["file inside", "hidden file inside", "a file"])
def test_new_refuses_a_place_that_is_taken(kind: str, tmp_path: Path, leaflets_command: Run) -> None:
    place = tmp_path / "town"
    if kind == "a file":
        place.write_text("mine")
    else:
        place.mkdir()
        (place / (".mine" if kind == "hidden file inside" else "mine")).write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    code, out, err = leaflets_command("new", "town", cwd=tmp_path)
    assert (code, out) == (2, "")
    assert "→" in err
    assert sorted(tmp_path.rglob("*")) == before


def test_new_in_an_empty_folder(tmp_path: Path, leaflets_command: Run) -> None:
    (tmp_path / "town").mkdir()
    assert leaflets_command("new", "town", cwd=tmp_path)[0] == 0
    assert (tmp_path / "town" / "leaflets" / "not-alone.yaml").exists()


def test_new_takes_no_private_site_along(tmp_path: Path) -> None:
    """A checkout in daily use holds facts of real places; only the worked example may leave it."""
    checkout = tmp_path / "checkout"
    for name in ("generator", "leaflets", "locales", "templates", "sites"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__", ".leaflets*"))
    (checkout / "sites" / "example-private.yaml").write_text("facts: {}\n")
    done = subprocess.run(
        [sys.executable, "-m", "generator", "new", str(tmp_path / "town")], cwd=checkout, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "town" / "sites").iterdir()] == ["example.yaml"]


@pytest.mark.parametrize("code", ["ru", "om", "zh_Hant"])
def test_add_language_of_the_table(code: str, campaign: Path, leaflets_command: Run) -> None:
    few(campaign)
    table = (campaign / "locales" / "languages.yaml").read_bytes()
    done, out, err = leaflets_command("add", "language", code, cwd=campaign)
    assert done == 0, err
    project = Project(campaign)
    assert project.campaign.languages == ("en", "ar", "fr", code)
    assert f"leaflets status -l {code}" in err
    assert project.languages[code].endonym in out
    for domain in project.domains:
        entries = pofile.read_catalogue(project.catalogue(code, domain), project.languages[code])
        assert [entry.msgctxt for entry in entries[1:]] == [message.msgctxt for message in project.domain(domain)]
        assert not any(entry.msgstr for entry in entries[1:])
    assert (campaign / "locales" / "languages.yaml").read_bytes() == table
    assert leaflets_command("extract", "--check", cwd=campaign)[0] == 0


def test_add_language_takes_a_tag_with_a_hyphen(campaign: Path, leaflets_command: Run) -> None:
    assert leaflets_command("add", "language", "zh-Hant", cwd=few(campaign))[0] == 0
    assert Project(campaign).campaign.languages[-1] == "zh_Hant"


@pytest.mark.parametrize(("code", "script"), [("be", "Cyrl"), ("is", "Latn"), ("cy", "Latn")])
def test_add_language_that_only_cldr_knows(code: str, script: str, campaign: Path, leaflets_command: Run) -> None:
    """A language without a row, also where the shipped table has one by now."""
    few(campaign)
    path = campaign / "locales" / "languages.yaml"
    table = re.sub(rf"^  {code}: .*\n(?:    .*\n)*", "", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(table, "utf-8")
    done, _, err = leaflets_command("add", "language", code, cwd=campaign)
    assert done == 0, err
    project = Project(campaign)
    row = project.languages[code]
    assert (row.english, row.script, row.direction) == (Locale.parse(code).english_name, script, "ltr")
    assert row.endonym
    assert project.campaign.languages[-1] == code
    assert project.catalogue(code, "not-alone").exists()
    assert (campaign / "locales" / "languages.yaml").read_text("utf-8").startswith(table.rstrip("\n"))


@pytest.mark.parametrize("code", ["xx", "klingon", "", "../fr", "fr ", "fr\n", "EN", "x_Y", "--", "zz_Zzzz", "{}", "ru]"])
def test_add_language_that_nobody_knows_changes_nothing(code: str, home: Path, leaflets_command: Run) -> None:
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    done, out, err = leaflets_command("add", "language", "--", code, cwd=home)
    assert (done, out) == (2, "")
    assert "Traceback" not in err
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_add_language_to_a_list_over_several_lines(campaign: Path, leaflets_command: Run) -> None:
    """If the line cannot be changed, nothing is changed and the way by hand is shown."""
    path = campaign / "leaflets" / "campaign.yaml"
    few(campaign)
    edit(path, "languages: [en, ar, fr]", "languages:\n  - en\n  - ar\n  - fr")
    before = {path: path.read_bytes() for path in campaign.rglob("*") if path.is_file()}
    done, _, err = leaflets_command("add", "language", "mk", cwd=campaign)
    assert done == 1
    assert "by hand" in err
    assert {path: path.read_bytes() for path in campaign.rglob("*") if path.is_file()} == before


def write_it(path: Path) -> None:
    """Put sentences of one's own in the place of those of the template."""
    text = path.read_text("utf-8")
    for old, new in (
        ("Say here in one or two short sentences what this leaflet is for.", "You have rights here."),
        ('"TODO: a heading"', "What you can do"),
        ("Write one step here.", "Call us."),
        ("Write the next step here.", "Say your language."),
    ):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def test_add_leaflet_can_be_built_in_english_and_is_a_draft_until_it_is_signed(campaign: Path, leaflets_command: Run) -> None:
    few(campaign)
    code, out, err = leaflets_command("add", "leaflet", "know-your-rights", cwd=campaign)
    assert code == 0, err
    assert out.strip().endswith("leaflets/know-your-rights.yaml")
    assert "leaflets build know-your-rights -l en" in err
    assert load_yaml(campaign / "leaflets" / "know-your-rights.yaml")
    for language in ("ar", "fr"):
        assert Project(campaign).catalogue(language, "know-your-rights").exists()
    assert leaflets_command("extract", "--check", cwd=campaign)[0] == 0
    write_it(campaign / "leaflets" / "know-your-rights.yaml")
    leaflets_command("extract", cwd=campaign)
    for sign, name in ((lambda _: None, "know-your-rights_en_a5_DRAFT.pdf"), (sign_source, "know-your-rights_en_a5.pdf")):
        sign(campaign)
        code, out, err = leaflets_command("build", "know-your-rights", "-l", "en", "-s", "a5", "-j", "1", cwd=campaign)
        assert code == 0, out + err
        assert [path.name for path in (campaign / "output" / "know-your-rights").glob("*.pdf")] == [name]
    assert leaflets_command("check", "-l", "en", "--json", cwd=campaign)[0] == 0


@pytest.mark.parametrize("slug", ["Know Your Rights", "a_b", "../x", "", "café", "not-alone", "campaign", "facts", "shared", "a" * 300])
def test_add_leaflet_refuses_a_name_that_cannot_be_one(slug: str, campaign: Path, leaflets_command: Run) -> None:
    """`shared` is the catalogue of the theme's words; `campaign` and `facts` are no leaflets."""
    before = {path: path.read_bytes() for path in campaign.rglob("*") if path.is_file()}
    code, out, err = leaflets_command("add", "leaflet", slug, cwd=campaign)
    assert (code, out) == (2, "")
    assert "→" in err
    assert {path: path.read_bytes() for path in campaign.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("leaflets bui", "build"),
        ("leaflets build not-", "not-alone"),
        ("leaflets build -l a", "ar"),
        ("leaflets build -s large", "large-print"),
        ("leaflets add lang", "language"),
        ("leaflets add language uk", "uk"),
        ("leaflets status -l f", "fr"),
    ],
)
def test_tab_key_names_what_there_is(typed: str, offered: str, home: Path) -> None:
    words = str(len(typed.split()) - 1)
    done = leaflets(cwd=home, _LEAFLETS_COMPLETE="bash_complete", COMP_WORDS=typed, COMP_CWORD=words)
    assert f"plain,{offered}" in done.stdout.splitlines(), done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_line_names_the_script_of_the_shell(shell: str, tmp_path: Path, leaflets_command: Run) -> None:
    code, out, _ = leaflets_command("completion", shell, cwd=tmp_path)
    assert (code, f"_LEAFLETS_COMPLETE={shell}_source leaflets" in out) == (0, True)
    script = leaflets(cwd=tmp_path, _LEAFLETS_COMPLETE=f"{shell}_source").stdout
    assert "_LEAFLETS_COMPLETE" in script


def test_doctor_names_each_missing_font_with_its_package(campaign: Path, tmp_path: Path) -> None:
    few(campaign, "en, ar, ti, zh_Hans")
    empty = tmp_path / "no-fonts"
    empty.mkdir()
    done = leaflets("doctor", cwd=campaign, LEAFLETS_FONTS=str(empty))
    assert done.returncode == 1
    project = Project(campaign)
    table = [project.languages[code].face for code in project.campaign.languages]
    for face in table:
        for file in (face.regular, face.bold):
            assert re.search(rf"{re.escape(file)}[^\n]*\n\s*→ sudo apt install {re.escape(face.package)}$", done.stdout, re.MULTILINE), file
    assert done.stdout.count("font missing") == 2 * len(set(table))
    assert f"0 of {2 * len(set(table))} files for 4 languages" in done.stdout
    rows = json.loads(leaflets("doctor", "--json", cwd=campaign, LEAFLETS_FONTS=str(empty)).stdout)["findings"]
    assert sum(row["what"] == "font missing" and row["todo"].startswith("sudo apt install fonts-") for row in rows) == 2 * len(set(table))


def test_doctor_is_content_here(home: Path, leaflets_command: Run) -> None:
    code, out, err = leaflets_command("doctor", cwd=home)
    assert code == 0, out
    assert "→" not in out
    assert "Next: leaflets build" in err


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_build_without_fonts_says_what_to_install(language: str, home: Path, tmp_path: Path) -> None:
    done = leaflets("build", "not-alone", "-l", language, "-s", "a5", cwd=home, LEAFLETS_FONTS=str(tmp_path / "none"))
    assert done.returncode == 1
    assert f"sudo apt install {Project(home).languages[language].face.package}" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


STEERING = "\x1b]0;owned\x07\x1b[2J\x9b31m\x08\x7f\x85"
"""Sets a terminal's title, clears its screen, colours it, erases a letter; the one-byte forms too."""


def steers(shown: str) -> list[str]:
    return [hex(ord(char)) for char in shown if unicodedata.category(char) == "Cc" and char not in "\n\t"]


PLACES = {
    "in a translation": ('msgstr "Ce que', f'msgstr "{STEERING}{{x}}<b>Ce que'),
    "in an id": ('msgctxt "help"', f'msgctxt "help{STEERING}"'),
    "in two ids": ('msgctxt "help"', f'msgctxt "{STEERING}"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "{STEERING}"'),
    "in the English": ('msgid "What we can do"', f'msgid "What {STEERING} do"'),
    "in a keyword": ('msgstr "Ce que', f'msg{STEERING}str "Ce que'),
    "in an escape": ('msgstr "Ce que', 'msgstr "\\\x1bCe que'),
    "in the header's language": ("Language: fr\\n", f"Language: {STEERING}\\n"),
    "in the header's charset": ("charset=UTF-8", f"charset={STEERING}"),
    "in a comment and a flag": ('msgctxt "help"', f'# {STEERING}\n#, {STEERING}\n#| msgid "{STEERING}"\nmsgctxt "help"'),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("json_", [False, pytest.param(True, marks=pytest.mark.tools)])
def test_no_control_character_of_a_catalogue_reaches_the_terminal(place: str, json_: bool, campaign: Path, leaflets_command: Run) -> None:
    few(campaign, "en, fr")
    edit(Project(campaign).catalogue("fr", "not-alone"), *PLACES[place])
    option = ["--json"] if json_ else []
    build = ["build", "not-alone", "-l", "fr", "-s", "a5", "-j", "1"]
    for arguments in (["status", *option], ["check", *option], ["extract", "--check"], ["extract"], [*build, *option]):
        _, out, err = leaflets_command(*arguments, cwd=campaign)
        assert steers(out + err) == [], arguments


@pytest.mark.parametrize("text", ['"a\\e[2Jb"', '"a\\x9bb"', "a\x1b[2Jb", "a\x9bb"])
def test_no_control_character_of_a_leaflet_reaches_the_terminal(text: str, campaign: Path, leaflets_command: Run) -> None:
    few(campaign, "en, fr")
    path = campaign / "leaflets" / "not-alone.yaml"
    edit(path, "What we can do", text)
    edit(campaign / "leaflets" / "phone-tree.yaml", "title:", f"{text}: x\ntitle:")
    for arguments in (["status"], ["check"], ["extract"], ["check", "--json"], ["build", "not-alone", "-l", "en", "-s", "a5"]):
        code, out, err = leaflets_command(*arguments, cwd=campaign)
        assert code == 1
        assert steers(out + err) == [], arguments
        assert "not-alone.yaml" in out + err


def test_no_control_character_of_a_ledger_reaches_the_terminal(campaign: Path, leaflets_command: Run) -> None:
    few(campaign, "en, fr")
    with Project(campaign).ledger("fr").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"k": "0" * 20, "do": STEERING, "who": STEERING, "at": STEERING}, ensure_ascii=False) + "\n")
    for arguments in (["status"], ["check"], ["extract"], ["check", "--json"]):
        _, out, err = leaflets_command(*arguments, cwd=campaign)
        assert steers(out + err) == [], arguments


def test_english_that_was_not_extracted_is_named_by_check_and_by_carry(
    campaign: Path, leaflets_command: Callable[..., tuple[int, str, str]]
) -> None:
    leaflet = campaign / "leaflets" / "not-alone.yaml"
    leaflet.write_text(leaflet.read_text("utf-8").replace("We are your neighbours.", "We are your friends."), "utf-8")

    code, told, _ = leaflets_command("check", cwd=campaign)
    carried, _, why = leaflets_command("sign", "--carry", "--as", "r2", "--why", "a comma", cwd=campaign)

    assert (code, carried) == (1, 1)
    assert "the English has changed since the last extract → leaflets extract [extract-first]" in told
    assert "extract-first" in why


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["status", "ar"], "a language goes after -l: -l ar"),
        (["build", "not-alone", "ar"], "a language goes after -l: -l ar"),
        (["sign", "not-alone", "--as", "r2"], "leaflets sign ar not-alone"),
        (["sign", "facts", "not-alone", "--as", "r2"], "leaflets sign facts --as r2"),
        (["models", "fetch", "xx"], "no language 'xx'"),
        (["status", "--chart", "chart.png"], "must end in .svg"),
    ],
)
def test_a_slip_of_the_hand_gets_the_right_advice(
    shipped: Project, leaflets_command: Callable[..., tuple[int, str, str]], arguments: list[str], hint: str
) -> None:
    code, _, told = leaflets_command(*arguments, cwd=shipped.root)

    assert code == 2
    assert hint in told


def test_a_new_leaflet_is_withheld_until_somebody_wrote_it(campaign: Path, leaflets_command: Callable[..., tuple[int, str, str]]) -> None:
    leaflets_command("add", "leaflet", "know-your-rights", cwd=campaign)

    code, told, _ = leaflets_command("build", "know-your-rights", "-l", "en", cwd=campaign)

    assert code == 1
    assert "not written yet: Write one step here" in told
