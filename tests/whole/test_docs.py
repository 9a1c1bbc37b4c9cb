"""The documentation is true: links lead somewhere, commands run, pages made from the program are those of today."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest

from docs import reference
from generator.base.short_codes import row_code
from generator.campaign.project import NOT_LEAFLETS, Project
from generator.cli import group
from generator.review.snapshot import Snapshot
from tests.conftest import ROOT, copy_built, copy_campaign
from tests.support import pages, tiny_package
from tests.whole.test_architecture import ROOMS

WORDS = 700
"""The most words of the README."""
LANGUAGES = ("en", "ar", "ti", "ur", "fr", "tr")
SLUGS = ("not-alone", "if-strangers-come", "solidarity-statement", "phone-tree")
NEW = "our-town"
LISTED = "code,leaflets,languages\nelm-2,not-alone,en=12 ar=30\n"
"""A table of sites."""
NOT_RUN = {
    "sudo apt install": "changes the computer",
    "brew install": "changes the computer, and is for another system",
    "git clone": "needs the address of the repository",
    "cd leaflets": "the clone, which is not made",
    "python3 -m venv": "`make` does the same, and a test looks at what it installs",
    ".venv/bin/python -m pip": "`make` does the same, and a test looks at what it installs",
    ".venv/bin/leaflets build": "`leaflets build` runs; this names the checkout's own",
    ". .venv/bin/activate": "the commands of the test are found without",
    "git add": "needs a clone; two are worked with in tests/review/test_clones.py",
    "git pull": "needs another computer's clone; see there",
    "git push": "the same",
    "rsync": "needs a server",
    **dict.fromkeys(
        (
            "leaflets record --code",
            "leaflets record fr --take-back",
            *(f"leaflets record fr not-alone --{how}" for how in ("take-back", "unasked")),
        ),
        "needs a recording; tests/audio/test_take_back.py makes some",
    ),
    **dict.fromkeys(
        tuple(f"leaflets readers {name}" for name in ("admit", "ask", "retire", "revoke", "recover", "forget")),
        "needs other computers; tests/trust/test_readers.py has some",
    ),
    "leaflets redact": "needs a text that must go; tests/signing/test_redact.py deletes some",
    "leaflets models fetch fr --from": "needs a folder of packages with their list; tests/drafting/test_models.py makes one",
}
"""The beginnings of commands that are not run, and why."""
ENDS_WITH_1 = {
    "leaflets pack": "leaves out what is not ready",
    "leaflets look": "knows a paper that is doubted by then",
}
"""Commands that end with 1 where they did their work and something is left to people, and what that is."""
TYPED_TWICE = "four words of ours\n" * 2
ANSWERS = {
    "leaflets models fetch": "n\n",
    "leaflets phonetree oak-7 --private --encrypt": TYPED_TWICE,
    "leaflets phonetree example --private --encrypt": TYPED_TWICE,
}
"""What is typed where a command asks; no package is fetched here."""
SERVES = re.compile(r"leaflets (?:review|record (?!.*--(?:list|machine)))")
SHOWN = [command for page in pages.PAGES for command in pages.commands(page)]
GROUPS = sorted({command.page for command in SHOWN})


@pytest.mark.parametrize("page", pages.PAGES, ids=pages.name)
def test_links_lead_somewhere(page: Path) -> None:
    """A file is there, an anchor is a heading of it, an address has the form of one; nothing is asked of the internet."""
    assert [link for link in pages.links(page) if not leads(page, link)] == []


def leads(page: Path, link: str) -> bool:
    """Tell whether a link leads somewhere."""
    parts = urlsplit(link)
    if parts.scheme:
        return parts.scheme == "https" and re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]+", parts.netloc) is not None
    target = (page.parent / parts.path).resolve() if parts.path else page
    return target.exists() and (not parts.fragment or parts.fragment in pages.anchors(target))


def test_a_link_that_leads_nowhere_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    good = "[a](#one-word) [b](page.md#one-word) [c](https://example.org/d) `[e](gone)`"
    page.write_text(f"# One word\n\n{good} [f](#two) [g](gone.md) [h](http://example.org)\n", "utf-8")

    assert [link for link in pages.links(page) if not leads(page, link)] == ["#two", "gone.md", "http://example.org"]


def test_every_page_is_found_from_the_first() -> None:
    """No page of the docs is left out of docs/index.md, and so none is out of the website's menu."""
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / urlsplit(link).path).resolve() for link in pages.links(index)}

    assert set(ROOT.glob("docs/**/*.md")) - linked == {index}


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").split()) <= WORDS


@pytest.mark.parametrize("name", reference.PAGES)
def test_made_pages_are_those_of_today(name: str) -> None:
    """Commands and tables are written anew where the program changed."""
    there = (ROOT / "docs" / name).read_text("utf-8")

    assert there == reference.PAGES[name](), f"docs/{name} is not what the program says today; `make reference` writes it anew"


@pytest.mark.parametrize("page", pages.PAGES, ids=pages.name)
def test_modules_and_files_that_are_named_are_there(page: Path) -> None:
    """`room/module`, and paths of the checkout; what a campaign alone has is not looked for."""
    if page.name == "CHANGELOG.md":
        return
    modules = [span for span in pages.spans(page) if re.fullmatch(rf"(?:{'|'.join(ROOMS)})/\w+", span)]
    paths = [span for span in pages.spans(page) if re.fullmatch(r"(?:generator|tests|docs|templates|requirements)/[\w./-]+", span)]

    assert [one for one in modules if not (ROOT / "generator" / f"{one}.py").is_file()] == []
    assert [one for one in paths if not (ROOT / one).exists()] == []


def test_the_map_names_every_room_from_the_ground_up() -> None:
    table = (ROOT / "ARCHITECTURE.md").read_text("utf-8").partition("## The rooms")[2].partition("\n## ")[0]

    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == ROOMS


def test_the_glossary_has_each_word_once() -> None:
    table = (ROOT / "ARCHITECTURE.md").read_text("utf-8").partition("## Words")[2].partition("\n## ")[0]
    words = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)[2:]

    assert len(words) > 20
    assert len({*words}) == len(words)


@pytest.mark.parametrize("page", pages.PAGES, ids=pages.name)
def test_commands_within_a_sentence_are_understood(page: Path) -> None:
    """Each command in backticks exists, with its options; words in capitals stand for what people put there."""
    lines = [span for span in pages.spans(page) if re.match(r"leaflets [a-z]", span)]

    assert [line for line in lines if not understood(line)] == []


def understood(line: str) -> bool:
    """Tell whether `leaflets …` names commands and options that there are."""
    command: click.Command = group
    for word in shlex.split(line)[1:]:
        if word.startswith("-"):
            known = [option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)]
            if word.partition("=")[0] not in (*known, "--help"):
                return False
        elif isinstance(command, click.Group):
            found = command.commands.get(word) if command is not group else below(word)
            if not found:
                return False
            command = found
    return True


def below(word: str) -> click.Command | None:
    """Return a command of ours; None if there is none."""
    return group.get_command(click.Context(group), word) if word in group.list_commands(click.Context(group)) else None


def test_a_command_that_is_none_is_not_understood() -> None:
    assert understood("leaflets models fetch fr --back")
    assert not understood("leaflets models get fr")
    assert not understood("leaflets biuld")
    assert not understood("leaflets build --colour")


def test_what_is_not_run_is_still_shown() -> None:
    """No row of the lists above outlives its command."""
    lines = [command.line for command in SHOWN]

    assert [start for start in (*NOT_RUN, *ENDS_WITH_1, *ANSWERS) if not any(part.startswith(start) for part in parts_of(lines))] == []


def parts_of(lines: list[str]) -> list[str]:
    """Return the commands of lines that may hold several."""
    return [part.strip() for line in lines for part in line.split("&&")]


@dataclass
class Scratch:
    """A copy of a campaign, in which the commands of one page are typed one after the other."""

    folder: Path
    """Where the next command is typed."""
    codes: dict[str, str]
    """What the docs show as examples, and what there is in this campaign."""
    home: Path

    def run(self, line: str) -> tuple[int, str]:
        """Type a line, and return how it ended and what it said."""
        for shown, own in self.codes.items():
            line = line.replace(shown, own)
        if "--as " in line:  # each reader has a copy of their own
            (self.folder / ".leaflets.reader").unlink(missing_ok=True)
        if line.startswith("make "):
            return ended(["make", "-n", *line.split()[1:]], ROOT, self.home)
        if SERVES.match(line):
            return self.serve(line)
        told = next((answer for start, answer in ANSWERS.items() if line.startswith(start)), "")
        place = self.home / "place"
        ending = ended(["bash", "-c", f'{line}\ncode=$?; pwd > "{place}"; exit $code'], self.folder, self.home, told)
        self.folder = Path(place.read_text("utf-8").strip())
        return ending

    def serve(self, line: str) -> tuple[int, str]:
        """Start a page, wait for its link, and end it as Ctrl-C does."""
        line += " --no-browser" + (" --address 127.0.0.2" if "--lan" in line else "")
        command, there, pipe = shlex.split(line), environment(self.home), subprocess.PIPE
        with subprocess.Popen(command, cwd=self.folder, env=there, stdout=pipe, stderr=pipe, text=True) as process:
            assert process.stdout
            link = process.stdout.readline()
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=30)
        return (0 if link.startswith("http") and process.returncode in (0, 130) else process.returncode or 1), link + err


def environment(home: Path) -> dict[str, str]:
    """Return the environment of somebody who set the program up: its commands are found, and the home folder is theirs."""
    found = Path(sys.executable).parent
    return os.environ | {"PATH": f"{found}:{os.environ['PATH']}", "HOME": str(home), "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}


def ended(command: list[str], folder: Path, home: Path, told: str = "") -> tuple[int, str]:
    """Run a command to its end."""
    done = subprocess.run(command, cwd=folder, env=environment(home), input=told, capture_output=True, text=True, check=False, timeout=600)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign of three leaflets in five languages, printed on A5, with a place and what comes back from others; to be copied."""
    root = copy_campaign(tmp_path_factory.mktemp("docs") / "campaign", leaflets=SLUGS, languages=LANGUAGES)
    narrow(root, LANGUAGES)
    place = root / "sites" / "example.yaml"
    place.write_text(place.read_text("utf-8").replace("ckb", "fr"), "utf-8")  # no language that is not printed here
    shutil.copy(place, root / "sites" / "oak-7.yaml")
    (root / "sites.csv").write_text(LISTED, "utf-8")
    home = tmp_path_factory.mktemp("home")
    assert ended(["leaflets", "build"], root, home)[0] == 0
    assert ended(["leaflets", "publish", "--to", "site"], root, home)[0] == 0
    code, said = ended(["leaflets", "worksheet", "ar", "not-alone", "--as", "r17", "--xlsx"], root, home)
    assert code == 0, said
    shutil.move(root / said.splitlines()[0], root / "ar_7K3M-QA1B-2C3D.xlsx")
    tiny_package.build(tmp_path_factory.mktemp("package")).rename(root / "translate-en_fr-1_9.argosmodel")
    return root


@pytest.fixture
def scratch(built: Path, tmp_path: Path) -> Scratch:
    """Give a copy of it, with the codes of a page and of a sentence."""
    root = copy_built(tmp_path / "campaign", built)
    records = map(json.loads, (root / "leaflets" / "editions.jsonl").read_text("utf-8").splitlines())
    page = next(one["code"] for one in records if (one["leaflet"], one["language"]) == ("not-alone", "ar"))
    text = Snapshot(Project(root)).texts("ar", "not-alone")["welcome"]
    sentence = row_code("ar", "not-alone", "welcome", text.message.msgid, text.msgstr)
    codes = {"AR-1W7GY": page, "RXB6-2AXG": sentence, "/media/stick": str(tmp_path), "/media/usb/argos": str(tmp_path)}
    return Scratch(root, codes, tmp_path)


def narrow(campaign: Path, languages: Collection[str]) -> None:
    """Leave three leaflets on A5 in some languages: all others are printed by other tests."""
    path = campaign / "leaflets" / "campaign.yaml"
    path.write_text(re.sub(r"(?m)^languages: .*$", f"languages: [{', '.join(languages)}]", path.read_text("utf-8")), "utf-8")
    for path in (campaign / "leaflets").glob("*.yaml"):
        if path.stem in SLUGS:
            path.write_text(re.sub(r"(?m)^sheets: .*$", "sheets: [a5]", path.read_text("utf-8")), "utf-8")
        elif path.stem not in NOT_LEAFLETS:
            path.unlink()


@pytest.mark.tools
@pytest.mark.parametrize("page", GROUPS)
def test_every_command_runs(page: str, scratch: Scratch) -> None:
    """In the order of the page, in one copy of a campaign that has the files which the page shows."""
    for path, text in pages.files(ROOT / page).items():
        (scratch.folder / path).write_text(text, "utf-8")
    failed = []
    for line in (one.line for one in SHOWN if one.page == page and not one.line.startswith(tuple(NOT_RUN))):
        code, said = scratch.run(line)
        if code not in ((0, 1) if line.startswith(tuple(ENDS_WITH_1)) else (0,)):
            failed.append(f"{line}  ended with {code}: {said}")
        if line.startswith("leaflets new"):
            narrow(scratch.folder / NEW, ("en", "ar"))

    assert failed == []


@pytest.mark.tools
def test_a_command_that_fails_is_seen(scratch: Scratch) -> None:
    assert scratch.run("leaflets status")[0] == 0
    assert scratch.run("leaflets build --colour")[0] == 2
    assert scratch.run("leaflets look AR-00000")[0] not in (0,)


@pytest.mark.tools
def test_the_website_of_the_docs_is_made(tmp_path: Path) -> None:
    """Without a warning, with every page, and with nothing from another server."""
    folder = tmp_path / "docs"
    code, said = ended([sys.executable, "-m", "docs.website", str(folder)], ROOT, tmp_path)
    assert code == 0, said
    made = {path.relative_to(folder).with_suffix(".md").as_posix() for path in folder.rglob("*.html")}
    assert {pages.name(page) for page in pages.PAGES} - made == {"README.md", "CHANGELOG.md"}
    texts = [path.read_text("utf-8") for path in folder.rglob("*.html")]
    assert [found for text in texts for found in re.findall(r'<(?:script|img|link|iframe)[^>]+="(?:https?:)?//[^>]*>', text)] == []
    assert [path.name for path in folder.rglob("*.css") if re.search(r"@import|url\((?:https?:)?//", path.read_text("utf-8"))] == []
