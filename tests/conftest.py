"""Fixtures: copies of the project's own campaign, and pages drawn from it."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import signal
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from generator.base.digests import wording_key
from generator.campaign.facts import fact_key
from generator.campaign.project import NOT_LEAFLETS, PRINTINGS_FILE, Project
from generator.editions import executors, manifest
from generator.layout import fonts, pool
from generator.model import Language
from generator.overview.new import EXAMPLE_LINE
from generator.review import ledger
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.source_states import source_messages
from generator.review.source_texts import POLICY_DOMAIN
from generator.review.wordings import KeptWording, remember_wordings, wordings_path
from generator.trust.recovery_sheet import RECOVERY_SHEET
from tests.support import warm
from tests.support.browser import browser, page, served  # noqa: F401 - fixtures for all tests

ROOT = Path(__file__).resolve().parent.parent
signal.signal(signal.SIGINT, signal.default_int_handler)
"""What is started in the background of a script is deaf to Ctrl-C, and so would be each program that a test starts."""
MEMORY = "/dev/shm"  # noqa: S108 - pytest makes a folder of its own there
"""Where Linux keeps files in memory."""
MUCH = 6 << 30
"""Bytes that must be free there."""
collect_ignore = ["support/warmed.py"]
"""Reading it changes the environment of whoever does."""
os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime(2026, 11, 23, tzinfo=UTC).timestamp()))
"""The day of all tests: the shipped facts must be looked up again after half a year, and the rally will be over."""
TIER_ONE = (
    "en",
    "ar",
    "fa",
    "fa_AF",
    "ps",
    "ckb",
    "ku",
    "ur",
    "pa",
    "bn",
    "sq",
    "ti",
    "am",
    "so",
    "vi",
    "tr",
    "zh_Hans",
    "es",
    "pt",
    "fr",
    "ta",
)
"""The 21 languages of the tests' own campaign, whatever others a checkout has."""
LEAFLETS = (
    "care-workers",
    "come-to-the-rally",
    "food-that-helps",
    "get-online",
    "if-strangers-come",
    "not-alone",
    "phone-tree",
    "phones-and-sims",
    "plan-with-us",
    "solidarity-statement",
    "status-now",
    "write-to-the-press",
)
"""Its leaflets."""
SCRIPTS = ("en", "ar", "ur", "pa", "bn", "ti", "vi", "zh_Hans", "es", "ta")
"""Each script and way of writing once, of these languages; what is drawn in the others is looked at with the tools."""
FOUR = ("en", "ar", "ti", "ur", "zh_Hans")
"""Some of its languages, in four scripts."""

OWN = {
    "79460": "09460",
    "7946 0": "0946 0",
    "7700900": "1632000",
    "7700 900": "1632 000",
    "808157": "163257",
    "808 157": "163 257",
    "1632960": "1632060",
    "1632 960": "1632 060",
    "hello@example.org": "hello@nb.internal",
    "address: https://example.org": "address: https://nb.internal",
    "value: https://example.org": "value: https://nb.internal",
    "display: example.org": "display: nb.internal",
    "source: https://example.org": "source: https://nb.internal",
    "source: https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama": "source: https://nb.internal",
    "source: the people of the house": "source: the people who live there",
    "Example Road": "Sample Road",
    "Example Street": "Sample Street",
    "    example: yes": "    verified: 2026-11-22",
    "  example: yes": "  verified: 2026-11-22",
}
"""What the shipped campaign makes up, and what the tests' own campaign has in its place: numbers that nobody has either."""
READERS = ("r901", "r902")
"""Two people who sign the facts of the tests' own campaign."""


MADE: list[tempfile.TemporaryDirectory[str]] = []
"""The folders of campaigns that are copied, until the tests end."""


def copy_campaign(folder: Path, source: Path = ROOT, leaflets: Collection[str] = LEAFLETS, languages: Collection[str] = TIER_ONE) -> Path:
    """Copy a campaign to a folder and return it.

    Of the shipped one a campaign of people's own is made, with signed facts, and of the leaflets and languages named alone: what somebody
    adds to a checkout, or prints, is not in it, and one of few leaflets and languages is read, checked and extracted many times as fast.
    It is made once for all tests of a file; each copy is another folder of a campaign that this computer signed, and remembers what was
    decided about readers in the others.
    """
    if source != ROOT:
        return copy_parts(folder, source)
    file, _, _ = os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")
    made = own_campaign(file, os.environ["XDG_STATE_HOME"], tuple(leaflets), tuple(languages))
    return Path(shutil.copytree(made, folder, dirs_exist_ok=True))


@cache
def own_campaign(file: str, state: str, leaflets: Collection[str], languages: Collection[str]) -> Path:
    """Make a campaign of people's own of the shipped one, for a file of tests, on the computer that keeps its keys in `state`."""
    MADE.append(tempfile.TemporaryDirectory(prefix="leaflets-own-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    folder = Path(MADE[-1].name) / "campaign"
    copy_parts(folder, ROOT, tuple(others(leaflets, languages)))
    make_own(folder, leaflets, languages)
    return folder


def copy_parts(folder: Path, source: Path, without: Collection[str] = ()) -> Path:
    """Copy what a campaign is, without the files of some names, to a folder and return it."""
    for name in ("leaflets", "locales", "sites"):
        shutil.copytree(source / name, folder / name, ignore=shutil.ignore_patterns(".leaflets*", PRINTINGS_FILE, *without))
    for path in templates_of(source):
        shutil.copytree(path, folder / "templates" / path.name)
    return folder


def templates_of(source: Path) -> list[Path]:
    """Return the folders of templates of a checkout, themes and screens, or of a campaign that has its own."""
    return [*(source / "templates").glob("themes/*"), *(source / "templates").glob("screens/*")] or [*(source / "templates").iterdir()]


def others(leaflets: Collection[str], languages: Collection[str]) -> Iterator[str]:
    """Yield what a checkout has besides some leaflets and languages, and all sites but the example, as names of files."""
    for path in (ROOT / "leaflets").glob("*.yaml"):
        if path.stem not in (*leaflets, *NOT_LEAFLETS):
            yield from (f"{path.stem}.{kind}" for kind in ("yaml", "pot", "po"))
    yield from (path.name for path in (ROOT / "locales").iterdir() if path.is_dir() and path.name not in languages)
    yield from (path.name for path in (ROOT / "sites").iterdir() if path.name != "example.yaml")


def copy_built(folder: Path, source: Path) -> Path:
    """Copy a campaign with what was built from it; a copy elsewhere is not believed, so its manifest is written anew."""
    shutil.copytree(source, folder)
    manifest.save_manifest(folder / "output", manifest.read_manifest(source / "output").values())
    return folder


def sweep(values: Iterable[Any], always: Collection[Any] = SCRIPTS) -> list[ParameterSet]:
    """Return values, such as languages, as parameters of a slow test: those of `always` in the quick tests, the others with the tools."""
    return [pytest.param(value, marks=() if value in always else pytest.mark.tools) for value in values]


def pytest_configure(config: pytest.Config) -> None:
    """Put the folders of tests into memory where there is enough: files are written through to the disk, some thousands of times."""
    with contextlib.suppress(OSError):
        if shutil.disk_usage(MEMORY).free > MUCH and not config.option.basetemp:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Keep the tests of a file in one process where several run: what they share, such as printed pages, is made once."""
    from xdist.scheduler import LoadFileScheduling

    return LoadFileScheduling(config, log) if config.getvalue("dist") == "load" else None


@pytest.fixture(scope="session", autouse=True)
def state_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a state folder for all tests, and a cache: nothing of theirs gets into the home folder; only cut fonts are the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEAFLETS_CACHE", str(fonts.font_cache_folder()))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("XDG_STATE_HOME", str(folder := tmp_path_factory.mktemp("state")))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def warm_processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Start all processes that draw from one that is warm, and let them go on for the next build."""
    lender = warm.lender(tmp_path_factory.mktemp("warm"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "get_context", warm.get_context)
        patch.setattr(executors, "WorkerPool", lender)
        yield
    if isinstance(lender, warm.Lender):
        lender.end()


def make_own(root: Path, leaflets: Collection[str], languages: Collection[str]) -> None:
    """Put own facts in the place of the made-up ones, signed by two people; the campaign is no example any more."""
    campaign, site = root / "leaflets" / "campaign.yaml", root / "sites" / "example.yaml"
    text = EXAMPLE_LINE.sub("", campaign.read_text("utf-8"))
    campaign.write_text(re.sub(r"(?m)^languages: .*$", f"languages: [{', '.join(languages)}]", text), "utf-8")
    printed = ", ".join(slug for slug in ("not-alone", "if-strangers-come") if slug in leaflets)
    site.write_text(re.sub(r"(?m)^leaflets: .*$", f"leaflets: [{printed}]", site.read_text("utf-8")), "utf-8")
    for path in (campaign, root / "leaflets" / "facts.yaml", site):
        text = path.read_text("utf-8")
        for made_up, own in OWN.items():
            text = text.replace(made_up, own)
        path.write_text(text, "utf-8")
    one_key(root)
    sign_all(root)
    (root / RECOVERY_SHEET).unlink(missing_ok=True)  # printed and put away, as it says itself


def one_key(root: Path) -> None:
    """Let one key be enough in a campaign: all tests of a process sign with that of one computer."""
    path = root / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("  facts: 2\n", "  facts: 2\n  keys: 1\n"), "utf-8")


def sign_all(root: Path) -> None:
    """Let two people sign every fact of a campaign, and all of its source."""
    project = Project(root)
    events = [LedgerEvent(fact_key(fact), LedgerAction.SIGN, who, "2026-11-22") for fact in project.facts.values() for who in READERS]
    ledger.append_events(project.fact_ledger(), events)
    sign_source(root)


def sign_source(root: Path) -> None:
    """Let two people sign all that organisers sign: every leaflet as a whole and in parts, the labels, and the policy."""
    project = Project(root)
    texts = [text for domain in (POLICY_DOMAIN, *project.domains) for text in source_messages(project, domain)]
    keys = dict.fromkeys(wording_key("en", one.msgctxt, one.msgid, one.msgid) for one in texts)
    events = [LedgerEvent(key, LedgerAction.SIGN, who, "2026-11-22") for key in keys for who in READERS]
    ledger.append_events(project.ledger("en"), events)
    remember_wordings(wordings_path(project.ledger("en")), (KeptWording(one.msgctxt, one.msgid, one.msgid) for one in texts))


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Give the campaign that tests make of the shipped one; for reading only."""
    return Project(copy_campaign(tmp_path_factory.mktemp("shipped") / "campaign"))


@pytest.fixture(scope="session")
def languages(shipped: Project) -> dict[str, Language]:
    """Give the language table by code."""
    return shipped.languages


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Give a fresh campaign of people's own in a folder, to break."""
    return copy_campaign(tmp_path / "campaign")


@pytest.fixture(scope="session")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy in Arabic, Tigrinya, Urdu and Chinese, which is faster; for reading only."""
    return copy_campaign(tmp_path_factory.mktemp("four") / "campaign", languages=FOUR)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the same with two leaflets only, to be copied."""
    root = tmp_path_factory.mktemp("small") / "campaign"
    copy_campaign(root, leaflets=("not-alone", "get-online", "if-strangers-come"), languages=FOUR)
    for path in [*root.rglob("if-strangers-come.*")]:  # the example site still asks for it
        path.unlink()
    return root


@pytest.fixture
def leaflets_command(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Give a function that runs the command line in this process: (arguments, cwd=…) to (exit code, stdout, stderr)."""
    from generator.cli import main

    def run(*arguments: str, cwd: Path) -> tuple[int, str, str]:
        monkeypatch.chdir(cwd)
        out, err = io.StringIO(), io.StringIO()
        code = 0
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main(list(arguments))
            except SystemExit as end:
                code = int(end.code or 0)
        return code, out.getvalue(), err.getvalue()

    return run
