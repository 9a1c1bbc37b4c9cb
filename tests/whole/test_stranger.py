"""A folder from a stranger can be opened, checked, read and built: nothing in it runs, and nothing outside it is read or written."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.base import origin
from generator.base.files import read_bytes
from generator.campaign.own_templates import own_template_notes
from generator.campaign.project import Project
from generator.editions import content, manifest
from generator.editions import record as editions_record
from generator.editions.build import build_editions
from generator.editions.plan import BuildRequest
from generator.editions.print_jobs import zip_editions
from generator.layout import templates
from generator.model import Edition
from generator.overview.sharing import sharing_problems
from generator.printrun import pack_folder
from generator.problem import LeafletsError
from generator.review.snapshot import Snapshot
from generator.signing.sign_layout import finished_pdf
from generator.website.folder import replace_folder

Command = Callable[..., tuple[int, str, str]]
THEIRS = "words of somebody else"
EDITION = Edition("not-alone", "ti", "a5")
WISH = BuildRequest(leaflets=("not-alone",), languages=("ti",), sheets=("a5",))
COMMANDS = (
    ("status",),
    ("check",),
    ("extract",),
    ("extract", "--check"),
    ("draft", "ti", "--engine", "pseudo"),
    ("build", "not-alone", "-l", "ti", "-s", "a5"),
    ("review", "--as", "r2", "--no-browser"),
    ("pack", "example"),
    ("publish",),
    ("recall", "--leaflet", "not-alone"),
    ("worksheet", "ti", "not-alone"),
    ("enter", "--as", "r17", "-l", "ti"),
    ("add", "language", "pl"),
    ("add", "leaflet", "another"),
    ("sign", "ti", "not-alone", "--as", "r17"),
    ("point",),
)


@pytest.fixture
def campaign(small: Path, tmp_path: Path) -> Path:
    """Give a small copy of the campaign in four languages, to make a stranger's."""
    return Path(shutil.copytree(small, tmp_path / "campaign"))


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Give a folder that is none of the campaign's."""
    folder = tmp_path / "outside"
    (folder / "ti" / "LC_MESSAGES").mkdir(parents=True)
    for name in ("x", "index.html", "a.yaml", "ti/reviews.jsonl", "ti/LC_MESSAGES/not-alone.po", "style.css"):
        (folder / name).write_text(f"{THEIRS}\n", "utf-8")
    return folder


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


LINKS = {
    "leaflets/a-leaflet.yaml": "a.yaml",
    "leaflets/facts.yaml": "a.yaml",
    "locales/not-alone.pot": "x",
    "locales/new.pot": "not-there",
    "locales/ti": "ti",
    "locales/ti/LC_MESSAGES/not-alone.po": "ti/LC_MESSAGES/not-alone.po",
    "locales/ti/reviews.jsonl": "ti/reviews.jsonl",
    "locales/ti/worksheets.jsonl": "x",
    "locales/ti/.leaflets.lock": "x",
    "templates/community": ".",
    "templates/community/style.css": "style.css",
    "templates/site": ".",
    "sites": ".",
    "sites/example.yaml": "a.yaml",
    "audio": ".",
    "output": ".",
    "output/index.html": "index.html",
    "output/manifest.jsonl": "x",
    "output/editions.jsonl": "x",
    "leaflets/editions.jsonl": "x",
    "output/thumbnails": ".",
    "output/worksheets": ".",
    "output/site": ".",
    "output/.leaflets-new-site": ".",
    ".leaflets.port": "x",
    ".leaflets.reader": "x",
}
"""Where a stranger can put a link, and what it leads to."""


def put_link(campaign: Path, place: str, target: Path) -> None:
    path = campaign / place
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


@pytest.mark.parametrize("place", LINKS)
def test_a_link_is_refused_by_name(campaign: Path, outside: Path, leaflets_command: Command, place: str) -> None:
    """Every command names the link and what to do; what it leads to is neither read nor changed."""
    put_link(campaign, place, outside / LINKS[place])
    before = tree(outside)

    for arguments in COMMANDS:
        code, out, err = leaflets_command(*arguments, cwd=campaign)
        said = out + err
        assert (code, f"{place}: this is a link" in said, "delete the link" in said, THEIRS in said) == (1, True, True, False), arguments
    assert tree(outside) == before


@pytest.mark.parametrize("place", ["leaflets/a-pipe.yaml", "locales/ti/reviews.jsonl", "output/manifest.jsonl", "audio/ti/x.ogg"])
def test_a_pipe_holds_nobody_up(campaign: Path, leaflets_command: Command, place: str) -> None:
    """A pipe, from which a read never returns, is refused by name."""
    (campaign / place).parent.mkdir(parents=True, exist_ok=True)
    (campaign / place).unlink(missing_ok=True)
    os.mkfifo(campaign / place)

    code, out, err = leaflets_command("status", cwd=campaign)

    assert (code, f"{place}: this is no ordinary file" in out + err) == (1, True)


def test_a_campaign_may_be_reached_through_links(campaign: Path, tmp_path: Path, leaflets_command: Command) -> None:
    """Links above the campaign, and to it, are its owner's own."""
    (tmp_path / "home").symlink_to(tmp_path)
    (tmp_path / "way").symlink_to(tmp_path / "home" / "campaign")

    for root in (tmp_path / "way", tmp_path / "home" / "campaign"):
        assert leaflets_command("extract", cwd=root)[0] == 0


def test_another_name_of_a_file_is_not_written_through(campaign: Path, outside: Path) -> None:
    """A file that is the same as one outside gets bytes of its own before a line is added to it."""
    (outside / "empty").touch()
    (campaign / "output").mkdir()
    for name, other in (("output/manifest.jsonl", "x"), ("leaflets/editions.jsonl", "empty")):
        (campaign / name).hardlink_to(outside / other)
    before = tree(outside)

    (outcome,) = build_editions(Project(campaign), WISH, jobs=1).outcomes

    assert outcome.record.state == "draft"
    assert tree(outside) == before


# -- what is remembered ------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def built_once(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign with one edition built here."""
    root = Path(shutil.copytree(small, tmp_path_factory.mktemp("stranger") / "campaign"))
    assert build_editions(Project(root), WISH, jobs=1).ok
    return root


def forged(root: Path, **changed: object) -> None:
    """Change the line of the edition as a stranger can, who has no key."""
    path = root / "output" / "manifest.jsonl"
    row = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(row | changed) + "\n", "utf-8")


def test_a_changed_pdf_is_drawn_again(built_once: Path) -> None:
    """Another PDF with its own checksum in the manifest is no finished page: it is not shown, not given away, not signed, but replaced."""
    project = Project(built_once)
    record = manifest.read_manifest(project.output)[EDITION.name]
    assert [outcome.cached for outcome in build_editions(project, WISH, jobs=1).outcomes] == [True]
    pdf = project.output / record.path
    pdf.write_bytes(b"%PDF-1.7 call another number")
    forged(built_once, sha256=hashlib.sha256(pdf.read_bytes()).hexdigest())

    assert manifest.read_manifest(project.output) == {}
    with pytest.raises(LeafletsError, match="is not built"):
        finished_pdf(project, EDITION.name)
    (outcome,) = build_editions(Project(built_once), WISH, jobs=1).outcomes
    assert (outcome.cached, hashlib.sha256(pdf.read_bytes()).hexdigest()) == (False, record.sha256)
    assert zip_editions(project, [outcome.record])


def test_a_changed_picture_is_drawn_again(built_once: Path) -> None:
    """The small picture on the overview is proved with its edition."""
    picture = manifest.thumbnail_path(built_once / "output", manifest.read_manifest(built_once / "output")[EDITION.name])
    before = picture.read_bytes()
    picture.write_bytes(b"another")

    assert [outcome.cached for outcome in build_editions(Project(built_once), WISH, jobs=1).outcomes] == [False]
    assert picture.read_bytes() == before


def test_what_was_built_elsewhere_does_not_count(built_once: Path, tmp_path: Path) -> None:
    """The same folder in another place, as from another computer, is built anew."""
    copy = Path(shutil.copytree(built_once, tmp_path / "copy"))

    assert manifest.read_manifest(copy / "output") == {}


@pytest.mark.parametrize("path", ["../../outside/x", "/{outside}/x", "not-alone/../../../outside/x", "..\\..\\outside\\x"])
def test_no_path_leads_out(campaign: Path, outside: Path, path: str) -> None:
    """A path in the manifest never deletes what stands elsewhere, and is not believed even where this computer wrote the line."""
    output = campaign / "output"
    output.mkdir()
    record = manifest.EditionRecord(
        EDITION.name, "not-alone", "ti", "a5", "", "old", "ready", path.format(outside=outside).replace("//", "/")
    )
    manifest.save_manifest(output, [record])
    before = tree(outside)

    build_editions(Project(campaign), BuildRequest(leaflets=("get-online",), languages=("ti",), sheets=("a5",)), jobs=1)

    assert tree(outside) == before
    assert EDITION.name not in manifest.read_manifest(output)


RECORD = {"code": "TI-00000", "leaflet": "not-alone", "language": "ti", "sheet": "a5", "state": "ready", "site": ""}
RECORD |= {"built": "2026-11-22", "dated": "2026-11-22", "sha256": "0" * 64} | {name: {} for name in editions_record.MAPS}
OUT = [
    ("leaflet", "../../../outside"),
    ("leaflet", "/{outside}"),
    ("language", "../../outside"),
    ("code", "../../outside/x"),
    ("site", "../x"),
]


@pytest.mark.parametrize("command", [("publish",), ("recall", "--fact", "alert_line")], ids=" ".join)
@pytest.mark.parametrize(("name", "value"), OUT)
def test_no_name_in_a_record_of_printed_editions_leads_out(
    campaign: Path, outside: Path, leaflets_command: Command, name: str, value: str, command: tuple[str, ...]
) -> None:
    row = RECORD | {name: value.format(outside=outside).replace("//", "/"), "facts": {"alert_line": "old"}}
    path = campaign / "leaflets" / "editions.jsonl"
    path.write_text(json.dumps(RECORD) + "\n", "utf-8")
    assert len(editions_record.read_printings(Project(campaign))) == 1
    path.write_text(json.dumps(row) + "\n", "utf-8")
    before = tree(outside)

    code, _, err = leaflets_command(*command, cwd=campaign)

    assert (code, "editions.jsonl:1" in err) == (1, True)
    assert tree(outside) == before


def test_an_ignore_file_that_is_a_link_is_not_followed(campaign: Path, outside: Path) -> None:
    plain = campaign / ".gitignore"
    plain.write_text("nothing\n", "utf-8")
    assert [problem.code for problem in sharing_problems(Project(campaign))] == ["ignore-lines"]
    plain.unlink()
    plain.symlink_to(outside / "x")
    assert list(sharing_problems(Project(campaign))) == []


def test_a_site_is_written_into_its_folder_alone(outside: Path, tmp_path: Path) -> None:
    with pytest.raises(LeafletsError, match="leads out"):
        replace_folder(tmp_path / "site", {"index.html": b"a", "../outside/x": b"b"})
    assert not (tmp_path / "site").exists()


def test_a_pack_asks_whose_record_it_is_before_it_reads_what_stands_there(
    campaign: Path, outside: Path, leaflets_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = campaign / "output" / "packs" / ".example.json"
    memory.parent.mkdir(parents=True)
    memory.write_text(json.dumps({"papers": "x", "files": {f"../../../../{outside.name}/x": ""}, origin.ORIGIN_FIELD: "x"}), "utf-8")
    read: list[Path] = []
    monkeypatch.setattr(pack_folder, "read_bytes", lambda path, *limit: (read.append(path), read_bytes(path, *limit))[1])

    site = campaign / "sites" / "example.yaml"
    site.write_text(
        re.sub(r"(?m)^(leaflets|languages): .*", "", site.read_text("utf-8")) + "leaflets: [not-alone]\nlanguages: {ti: 1}\n", "utf-8"
    )

    leaflets_command("pack", "example", "--drafts", cwd=campaign)

    assert memory.name in {path.name for path in read}
    assert [path for path in read if ".." in path.parts] == []


@pytest.mark.parametrize("name", ["style.css", "picture-big.svg"])
def test_a_file_of_a_theme_that_is_too_large_is_named(campaign: Path, leaflets_command: Command, name: str) -> None:
    with (campaign / "templates" / "community" / name).open("wb") as file:
        file.truncate(3_000_000_000)

    code, _, err = leaflets_command("build", "not-alone", "-l", "ti", "-s", "a5", "-j", "1", cwd=campaign)

    assert (code, name in err, "more than" in err) == (1, True, True)


@pytest.mark.parametrize("data", [b"\xff\xfeb\0", b".a { color: \xe9 }"], ids=["UTF-16", "Latin-1"])
def test_a_style_of_another_charset_is_named(campaign: Path, leaflets_command: Command, data: bytes) -> None:
    (campaign / "templates" / "community" / "style.css").write_bytes(data)

    code, _, err = leaflets_command("build", "not-alone", "-l", "ti", "-s", "a5", "-j", "1", cwd=campaign)

    assert (code, "style.css" in err, "UTF-8" in err) == (1, True, True)


def test_the_key_is_private_and_is_no_part_of_a_campaign(built_once: Path) -> None:
    """It stands in the user's state folder, for the user alone."""
    (key,) = [path for path in origin.state_folder().iterdir() if path.name == origin._KEY_FILE]

    assert (key.stat().st_mode & 0o777, len(key.read_bytes())) == (0o600, origin._KEY_BYTES)
    assert key.read_bytes().hex() not in (built_once / "output" / "manifest.jsonl").read_text("utf-8")


def test_without_a_state_folder_the_work_is_done_again(
    built_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where no key can be kept, that is said once, and nothing that was built before counts."""
    (tmp_path / "state").write_text("no folder", "utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    assert [manifest.read_manifest(built_once / "output") for _ in range(2)] == [{}, {}]
    assert [record.message.count("cannot keep a key") for record in caplog.records] == [1]


# -- a look of its own -------------------------------------------------------------------------------------------------------------------

ESCAPES = {
    "globals of a macro": "{{ at.__globals__ }}",
    "globals of self": "{{ self.__init__.__globals__ }}",
    "classes of a text": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "attr": "{{ ''|attr('__class__')|attr('__mro__') }}",
    "attr by item": "{{ ''['__class__']['__mro__'] }}",
    "cycler": "{{ cycler.__init__.__globals__.os.popen('cat {secret}').read() }}",
    "joiner": "{{ joiner.__init__.__globals__.os.popen('cat {secret}').read() }}",
    "namespace": "{{ namespace.__init__.__globals__.os.popen('cat {secret}').read() }}",
    "lipsum": "{{ lipsum.__globals__.os.popen('cat {secret}').read() }}",
    "format": '{{ "{0.__class__.__mro__}".format(page) }}',
    "format_map": '{{ "{x.__class__.__mro__}".format_map({"x": page}) }}',
    "percent": '{{ "%s"|format(page.language.__class__.__mro__) }}',
    "map": "{{ [page.language]|map(attribute='__class__')|list }}",
    "groupby": "{{ [page.language]|groupby('__class__')|list }}",
    "method of a record": "{{ page.language.__class__.__init__.__globals__ }}",
    "constructor": "{{ page.title.__class__('x') }}",
    "include by path": '{% include "{secret}" %}',
    "include upwards": '{% include "../../../outside/x" %}',
    "import by path": '{% import "{secret}" as x %}{{ x }}',
    "extends": '{% extends "{secret}" %}',
    "loader": "{{ self._TemplateReference__context.environment.loader }}",
    "project": "{{ page.project.root }}",
    "pathlib": "{{ page.language.face.__module__ }}",
    "change data": "{{ page.update({'band': ''}) }}",
    "caller": "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "undefined": "{{ nothing.__class__ }}",
    "generator": "{{ (page.blocks|map('upper')).gi_frame }}",
    "string module": "{{ ''.join.__self__.__class__.__base__ }}",
    "loop": "{% for x in [1] %}{{ loop.__class__.__init__.__globals__ }}{% endfor %}",
}
ENDLESS = {
    "loops": "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
    "power": "{{ 9 ** (9 ** 9) }}",
    "a long text": "{{ 'a' * 10 ** 11 }}",
    "doubling": "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}",
    "macros": "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(90) }}",
}


def with_look(campaign: Path, template: str) -> None:
    path = campaign / "templates" / "community" / "leaflet.html"
    path.write_text(path.read_text("utf-8").replace("</body>", f"{template}</body>"), "utf-8")


def composed(campaign: Path) -> str:
    snapshot = Snapshot(Project(campaign))
    return content.edition_page(snapshot, EDITION, snapshot.edition_texts(EDITION)).html


@pytest.mark.parametrize("trick", ESCAPES)
def test_nothing_of_a_theme_runs(campaign: Path, outside: Path, trick: str) -> None:
    """None of the usual ways out of a template reaches more than the page's data; the template is named."""
    with_look(campaign, ESCAPES[trick].replace("{secret}", str(outside / "x")))

    with pytest.raises(LeafletsError) as refused:
        composed(campaign)
    assert [problem.code for problem in refused.value.problems] == ["theme"]
    assert "leaflet.html" in refused.value.problems[0].where
    assert THEIRS not in str(refused.value.problems)


@pytest.mark.parametrize("trick", ENDLESS)
def test_no_theme_holds_the_program_up(campaign: Path, monkeypatch: pytest.MonkeyPatch, trick: str) -> None:
    """A template that never ends, or wants all memory, costs its edition and not the computer."""
    monkeypatch.setattr(templates, "FILL_SECONDS", 2.0)
    templates._process.cache_clear()
    with_look(campaign, ENDLESS[trick])

    with pytest.raises(LeafletsError) as refused:
        composed(campaign)
    templates._process.cache_clear()
    assert [problem.code for problem in refused.value.problems] == ["theme"]


def test_a_look_of_its_own_is_filled_as_before(campaign: Path) -> None:
    """A theme that changes the look alone gives its page, the same but for the change."""
    before = composed(campaign)
    with_look(campaign, "<p>Our group meets on Mondays</p>")

    assert composed(campaign) == before.replace("</body>", "<p>Our group meets on Mondays</p></body>")


def test_a_look_of_its_own_is_named(campaign: Path, leaflets_command: Command) -> None:
    """Whoever builds hears of it; of the shipped look nothing is said."""
    arguments = ("build", "not-alone", "-l", "ti", "-s", "a5", "-j", "1")
    assert "look of its own" not in leaflets_command(*arguments, cwd=campaign)[2]
    with_look(campaign, "<p>More</p>")

    for drawn in (arguments, ("phonetree", "--blank", "-l", "en")):
        assert "this campaign has a look of its own: templates/community (1 file of its own)" in leaflets_command(*drawn, cwd=campaign)[2]


def test_pictures_of_its_own_are_named_as_unproved(campaign: Path) -> None:
    """Strokes can be letters and numbers, and a proof reads text alone: whoever builds is told to look."""
    theme = campaign / "templates" / "community"
    (theme / "style.css").write_text("/* ours */\n" + (theme / "style.css").read_text("utf-8"), "utf-8")
    (before,) = own_template_notes(Project(campaign))
    (theme / "email.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7"/></svg>', "utf-8")
    (after,) = own_template_notes(Project(campaign))

    assert ["not proved" in look for look in (before, after)] == [False, True]


@pytest.mark.parametrize("rule", ['@import url("file://{secret}");', 'body {{ background: url("file://{secret}") }}'])
def test_a_style_fetches_nothing(campaign: Path, outside: Path, rule: str) -> None:
    """A style that asks for a file withholds the edition."""
    path = campaign / "templates" / "community" / "style.css"
    path.write_text(rule.format(secret=outside / "x") + "\n" + path.read_text("utf-8"), "utf-8")

    (outcome,) = build_editions(Project(campaign), WISH, jobs=1).outcomes

    assert outcome.record.state == "failed"
