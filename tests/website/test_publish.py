"""The website: what is on every page, that nothing private is in it, and that it is whole or as it was."""

from __future__ import annotations

import hashlib
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
import yaml

from generator.campaign.facts import printed_value, prints_same_contact
from generator.campaign.project import Project
from generator.editions import manifest
from generator.model import Fact
from generator.problem import LeafletsError
from generator.website import folder as website_folder
from generator.website.addresses import PAGE_BYTES, WEBSITE_HEADERS, WEBSITE_POLICY
from tests.conftest import copy_built, sign_source, sweep
from tests.support.site import LEAFLETS, built_campaign, publish_at

LOCAL = """\
facts:
  campaign_phone:
    kind: phone
    value: "+441632060987"
    display: 01632 060987
    label: Call us
    source: the people of the house
    verified: 2026-11-22
  meeting_place:
    kind: address
    value: The blue lounge
    source: the people of the house
    verified: 2026-11-22
people:
  - {name: Zebedee Quill, phone: 01632 000345, languages: [ar], calls: 2, agreed: 2026-11-20}
"""


@dataclass
class Page(HTMLParser):
    """What a page holds: its elements with attributes, and the text of each link."""

    text: str
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.open_link = ""
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append((tag, values))
        if tag == "a":
            self.links.append((values["href"], ""))
            self.open_link = "a"

    def handle_endtag(self, tag: str) -> None:
        self.open_link = "" if tag == "a" else self.open_link

    def handle_data(self, data: str) -> None:
        if self.open_link:
            self.links[-1] = (self.links[-1][0], self.links[-1][1] + data)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small campaign with PDFs and its site; for reading only."""
    root = built_campaign(tmp_path_factory.mktemp("site") / "campaign")
    publish_at(root)
    return root


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """Give a copy of it, to break."""
    return copy_built(tmp_path / "copy", built)


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, Page]:
    """Give every page of the website by path."""
    site = built / "output" / "site"
    return {path.relative_to(site).as_posix(): Page(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}


def without_drafts(root: Path) -> None:
    """Let a campaign publish what is ready alone."""
    path = root / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("  drafts: yes", "  drafts: no"), "utf-8")


def content(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def refused(root: Path) -> list[str]:
    """Return the lines with which publishing is refused."""
    with pytest.raises(LeafletsError) as caught:
        publish_at(root)
    return [problem.line() for problem in caught.value.problems]


def test_every_link_leads_to_a_file_or_opens_the_phone(built: Path, pages: dict[str, Page]) -> None:
    site = built / "output" / "site"
    for path, page in pages.items():
        base = site if path == "404.html" else (site / path).parent
        for _, values in page.tags:
            for to in (values.get("href"), values.get("src")):
                if to is None or re.match(r"(tel:\+?\d+|mailto:\S+|sms:\S+|https://wa\.me/\d+\?text=\S+)$", to):
                    continue
                relative = to.removeprefix("/") if path == "404.html" else to
                assert (base / relative).resolve().is_file(), (path, to)


def test_nothing_is_loaded_from_elsewhere_or_stands_inline(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        policies = [values["content"] for tag, values in page.tags if values.get("http-equiv") == "Content-Security-Policy"]
        assert policies == [WEBSITE_POLICY], path
        for tag, values in page.tags:
            assert tag not in ("style", "form", "iframe", "img", "object"), path
            assert not [name for name in values if name == "style" or name.startswith("on")], path
            assert tag != "script" or set(values) == {"src", "defer"}, path
            assert tag not in ("script", "link") or not re.match("[a-z]+:", values.get("src") or values["href"]), path


def test_the_policy_lets_nothing_in_and_the_headers_file_says_the_same(built: Path) -> None:
    headers = (built / "output" / "site" / "_headers").read_text("utf-8")

    assert "unsafe" not in WEBSITE_POLICY
    assert "http" not in WEBSITE_POLICY
    assert WEBSITE_POLICY.startswith("default-src 'none'")
    for name, value in WEBSITE_HEADERS.items():
        assert (f"  {name}: {value}\n" in headers) == (name != "Cache-Control")


def test_every_page_and_every_other_language_on_it_has_a_language_and_a_direction(built: Path, pages: dict[str, Page]) -> None:
    directions = {language.tag: language.direction for language in Project(built).languages.values()}
    for path, page in pages.items():
        assert page.tags[0][0] == "html", path
        for tag, values in page.tags:
            if "lang" in values and tag != "abbr":
                assert values["dir"] == directions[values["lang"]], (path, tag, values)


def test_pages_are_small(built: Path) -> None:
    sizes = {path.as_posix(): path.stat().st_size for path in (built / "output" / "site").rglob("*.html")}

    assert {path: size for path, size in sizes.items() if size >= PAGE_BYTES} == {}
    assert (built / "output" / "site" / "style.css").stat().st_size < 12_000


@pytest.mark.parametrize("tag", ["en", "ar", "ur", "ti", "zh-hans", "fa-af"])
@pytest.mark.parametrize("slug", LEAFLETS)
def test_a_number_that_is_called_is_the_number_that_is_read(built: Path, pages: dict[str, Page], slug: str, tag: str) -> None:
    facts = {fact.value: fact for fact in Project(built).facts.values() if fact.kind == "phone"}

    calls = [(href, text) for href, text in pages[f"{slug}/{tag}/index.html"].links if href.startswith("tel:")]

    assert len(calls) >= 3
    for href, text in calls:
        fact = facts[href.removeprefix("tel:")]
        assert text == printed_value(fact)
        assert prints_same_contact(Fact("read", "phone", fact.value, text.replace("\u00a0", " "), "", fact.verified, 1))


def test_the_path_of_the_code_on_paper_is_a_page(built: Path) -> None:
    records = [record for record in manifest.read_manifest(built / "output").values() if record.path]
    project = Project(built)

    assert len(records) == 12
    for record in records:
        tag = project.languages[record.language].tag.lower()
        assert (built / "output" / "site" / record.leaflet / tag / "index.html").is_file()
        assert (built / "output" / "site" / record.leaflet / tag / Path(record.path).name).read_bytes() == (
            built / "output" / record.path
        ).read_bytes()
        assert (built / "output" / "site" / "c" / record.code.lower() / "index.html").is_file()


def test_a_draft_says_so_in_both_languages_on_page_text_and_picture(built: Path, pages: dict[str, Page]) -> None:
    site = built / "output" / "site" / "not-alone"
    own = "مسودة: هذه الصفحة ترجمتها آلة."

    for name in ("ar/index.html", "ar/wrong/index.html", "ar/leaflet.txt"):
        text = (site / name).read_text("utf-8-sig")
        assert own in text, name
        assert "Draft: a machine translated this page." in text, name
    assert "noindex" in (site / "ar" / "index.html").read_text("utf-8")
    assert [path.name for path in (site / "ar").glob("*.pdf")] == ["not-alone_ar_a5_DRAFT.pdf"]  # the pictures are drawn from this one
    assert 'class="notice"' not in (site / "en" / "index.html").read_text("utf-8")
    assert "Draft:" not in (site / "en" / "leaflet.txt").read_text("utf-8-sig")


def test_without_the_campaigns_word_no_draft_is_published(copy: Path) -> None:
    without_drafts(copy)

    report = publish_at(copy)

    site = copy / "output" / "site"
    assert (report.ready, report.drafts, report.held, report.languages) == (2, 0, 10, 1)
    assert not [path for path in content(site) if "DRAFT" in path or re.match(r"(not-alone/)?(ar|ur|ti|zh-hans|fa-af)/(?!codes)", path)]
    arabic = "لستم وحدكم"
    assert arabic not in "".join(data.decode("utf-8", "replace") for data in content(site).values())


def test_numbers_keep_their_order_in_text_messages(built: Path) -> None:
    site = built / "output" / "site" / "not-alone"
    arabic, english = ((site / tag / "leaflet.txt").read_text("utf-8") for tag in ("ar", "en"))

    assert "\u200e020 0946 0123\u200e" in arabic
    assert all(line.startswith(("\u200f", "https://", "Draft:", "AR-")) for line in arabic.removeprefix("\ufeff").split("\n") if line)
    assert not {"\u200e", "\u200f", "\u2066", "\u2069"} & set(english)
    assert "020 0946 0123" in english


def test_what_the_checks_found_is_kept_for_the_next_run(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    publish_at(copy)

    assert len(list((tmp_path / "cache").rglob("checks-*.json"))) > 1


def test_same_input_same_bytes_and_a_second_run_writes_nothing(copy: Path, tmp_path: Path) -> None:
    site = copy / "output" / "site"
    before = {path: path.stat().st_ino for path in site.rglob("*")}

    again = publish_at(copy)
    publish_at(copy, tmp_path / "elsewhere")

    assert again.changed == 0
    assert {path: path.stat().st_ino for path in site.rglob("*")} == before
    assert content(tmp_path / "elsewhere") == content(site)


def test_only_what_changed_is_written(copy: Path) -> None:
    site = copy / "output" / "site"
    picture = next((site / "not-alone" / "en").glob("*.png"))
    before = picture.stat().st_mtime_ns, picture.stat().st_ino
    path = copy / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("name: Good Neighbours", "name: Better Neighbours"), "utf-8")
    sign_source(copy)

    report = publish_at(copy)

    assert 0 < report.changed < report.files
    same = (site / "if-strangers-come" / "en" / "leaflet.txt").read_bytes()
    assert b"Better" not in same
    assert picture.exists() is False or (picture.stat().st_mtime_ns, picture.stat().st_ino) == before
    assert "Better Neighbours" in (site / "index.html").read_text("utf-8")


def test_the_lists_of_files_verify_every_file(built: Path) -> None:
    site = built / "output" / "site"
    sums = dict(reversed(line.split("  ", 1)) for line in (site / "SHA256SUMS").read_text("utf-8").splitlines())

    found = {path: hashlib.sha256(data).hexdigest() for path, data in content(site).items() if path not in ("SHA256SUMS", "manifest.json")}

    assert found == sums


def test_feed_and_sitemap_are_xml(built: Path) -> None:
    site = built / "output" / "site"
    feed = ET.fromstring((site / "feed.xml").read_text("utf-8"))  # noqa: S314 - our own file
    sitemap = ET.fromstring((site / "sitemap.xml").read_text("utf-8"))  # noqa: S314

    atom = "{http://www.w3.org/2005/Atom}"
    assert len(feed.findall(f"{atom}entry")) == 12
    assert all(entry.findtext(f"{atom}updated") for entry in feed.findall(f"{atom}entry"))
    places = [place.text or "" for place in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert "https://nb.internal/not-alone/en/" in places
    assert "https://nb.internal/not-alone/ar/" not in places  # a draft


def test_a_font_is_sent_where_phones_lack_the_script_with_every_letter_of_the_pages(built: Path) -> None:
    from fontTools.ttLib import TTFont

    site = built / "output" / "site"
    style = (site / "style.css").read_text("utf-8")
    fonts = {path.name: set(TTFont(BytesIO(path.read_bytes())).getBestCmap()) for path in (site / "fonts").iterdir()}
    whole = {name[:2]: chars for name, chars in fonts.items() if len(chars) > 30}

    assert sorted(whole) == ["ti", "ur"]
    assert all(f"fonts/{name}" in style for name in fonts)
    for tag, low, high in (("ti", 0x1200, 0x137F), ("ur", 0x620, 0x6FF)):
        text = (site / "not-alone" / tag / "index.html").read_text("utf-8")
        assert {ord(char) for char in text if low <= ord(char) <= high} <= whole[tag]


def plant_in_a_sentence(root: Path) -> None:
    """Write a private place into the English of a leaflet."""
    path = root / "leaflets" / "not-alone.yaml"
    path.write_text(
        path.read_text("utf-8").replace("title: You are not alone", "title: Come to the Blue-Lounge".replace("Come to", "Come to The"))
    )


def plant_in_a_page(root: Path) -> None:
    """Write a private number into a page of the theme, in other groups and with a tag inside."""
    path = root / "templates" / "site" / "choose.html"
    path.write_text(path.read_text("utf-8").replace("<ul", "<p>Ring 016 32 <b>06</b> 09-87</p>\n<ul", 1), "utf-8")


def plant_in_a_pdf(root: Path) -> None:
    """Put a private number into the metadata of a finished PDF, and let the manifest believe it."""
    import pypdf

    path = root / "output" / "not-alone" / "not-alone_en_a5.pdf"
    writer = pypdf.PdfWriter(clone_from=path)
    writer.add_metadata({"/Subject": "01632-060987"})
    writer.write(path)
    records = manifest.read_manifest(root / "output")
    name = "not-alone_en_a5"
    records[name] = replace(records[name], sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    manifest.save_manifest(root / "output", records.values())


def plant_in_a_name(root: Path) -> None:
    """Call a leaflet after a private place."""
    shutil.copy(root / "leaflets" / "not-alone.yaml", root / "leaflets" / "the-blue-lounge.yaml")


def plant_a_person(root: Path) -> None:
    """Thank somebody by the name under which they are on a private phone tree."""
    (root / "locales" / "thanks.yaml").write_text("ar: [zebedee quill]\n", "utf-8")


def plant_a_persons_number(root: Path) -> None:
    """Write the number of somebody on a private phone tree into the style sheet, the international way."""
    path = root / "templates" / "site" / "style.css"
    path.write_text(path.read_text("utf-8") + "/* +44 (0)1632 000 345 */\n", "utf-8")


def private_values(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield site and value of all that site files keep to themselves and that is long enough to be told from other text."""
    for path in folder.glob("*.yaml"):
        site = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - builds nothing but texts
        values = [text for fact in site["facts"].values() for text in (fact["value"], fact.get("display", ""))]
        values += [text for person in site["people"] for text in (person["name"], person["phone"])]
        yield from ((path.stem, text) for text in values if sum(char.isalnum() for char in text) >= 4)


def test_every_value_of_every_site_is_found_in_every_kind_of_file(copy: Path, tmp_path: Path) -> None:
    from generator.website.privacy import privacy_leaks
    from generator.website.publish import _secrets

    (copy / "sites" / "house.yaml").write_text(LOCAL, "utf-8")
    wanted, values = _secrets(Project(copy)), list(private_values(copy / "sites"))
    names = ["a.html", "a.txt", "a.ics", "a.xml", "a.json", "a.css", "a.js", "_headers", "a.png", "a.ogg"]

    assert len(values) >= 14
    assert {site for site, _ in values} == {"example", "house"}
    for site, value in values:
        files = {name: b"\x89\0\xff" + f"<p>{value}</p>".encode() + b"\0\x9c" for name in names}
        found = {problem.where for problem in privacy_leaks(files, wanted, tmp_path / "cache.json") if f"of site {site} " in problem.what}
        assert found == set(names), (site, value)


PLANTS = [plant_in_a_sentence, plant_in_a_page, plant_in_a_pdf, plant_in_a_name, plant_a_person, plant_a_persons_number]


@pytest.mark.parametrize("plant", sweep(PLANTS, (plant_in_a_page, plant_in_a_pdf, plant_a_persons_number)))
def test_a_private_fact_stops_everything_and_is_not_quoted(copy: Path, plant: Callable[[Path], None]) -> None:
    (copy / "sites" / "house.yaml").write_text(LOCAL, "utf-8")
    assert publish_at(copy).changed == 0  # alone it does no harm
    before = content(copy / "output" / "site")
    plant(copy)

    lines = refused(copy)

    assert all("[private]" in line and "of site house" in line for line in lines), lines
    assert not re.search("060987|060 987|lounge is|blue lounge|quill|000345", "".join(lines).lower().replace("the-blue-lounge", ""))
    assert content(copy / "output" / "site") == before


def test_a_value_that_the_campaign_itself_gives_out_is_no_secret(copy: Path) -> None:
    (copy / "sites" / "house.yaml").write_text(
        LOCAL.replace("+441632060987", "+441632000123").replace("01632 060987", "01632 000123"), "utf-8"
    )

    assert publish_at(copy).changed == 0


def test_a_site_file_that_cannot_be_read_stops_everything(copy: Path) -> None:
    (copy / "sites" / "house.yaml").write_text("facts:\n  a: [", "utf-8")

    assert any("house.yaml" in line for line in refused(copy))


def test_folders_of_others_are_not_replaced(copy: Path, tmp_path: Path) -> None:
    other = tmp_path / "photos"
    other.mkdir()
    (other / "me.jpg").write_bytes(b"x")

    with pytest.raises(LeafletsError, match="site-folder"):
        publish_at(copy, other)

    assert [path.name for path in other.iterdir()] == ["me.jpg"]


def test_a_kill_leaves_the_old_site_or_the_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    website_folder.replace_folder(site, {"manifest.json": b"1", "a/b": b"old"})

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(website_folder, "_swap", killed)
    with pytest.raises(KeyboardInterrupt):
        website_folder.replace_folder(site, {"manifest.json": b"2", "a/b": b"new"})
    assert content(site) == {"manifest.json": b"1", "a/b": b"old"}
    monkeypatch.undo()
    site.rename(tmp_path / ".leaflets-old-site")  # killed between the two renames

    assert website_folder.replace_folder(site, {"manifest.json": b"1", "a/b": b"new"}) == 1
    assert content(tmp_path) == {"site/manifest.json": b"1", "site/a/b": b"new"}


def test_hear_must_name_facts_of_the_right_kind(copy: Path) -> None:
    path = copy / "leaflets" / "campaign.yaml"
    path.write_text(
        path.read_text("utf-8")
        .replace("sms: campaign_text", "sms: campaign_email")
        .replace("phone: campaign_phone", "phone: campaign_fone")
    )

    lines = refused(copy)

    assert [re.findall(r"\[[a-z-]+\]", line)[-1] for line in lines] == ["[fact-kind]", "[fact-unknown]"]


@pytest.mark.parametrize("wrong", ["  drafts: maybe", "  fax: campaign_phone", "  hear: {pigeon: campaign_phone}"])
def test_the_schema_of_publish_is_strict(copy: Path, wrong: str) -> None:
    path = copy / "leaflets" / "campaign.yaml"
    text = path.read_text("utf-8").partition("publish:")[0]
    path.write_text(f"{text}publish:\n{wrong}\n", "utf-8")

    assert any("campaign.yaml" in line for line in refused(copy))


def test_a_leaflet_called_like_another_page_is_refused(copy: Path) -> None:
    shutil.copy(copy / "leaflets" / "not-alone.yaml", copy / "leaflets" / "status.yaml")

    assert [line for line in refused(copy) if "[site-name]" in line]


def test_the_sentences_on_the_page_have_the_codes_of_paper_and_a_message_without_a_person(built: Path, pages: dict[str, Page]) -> None:
    from generator.base.short_codes import row_code
    from generator.review.snapshot import Snapshot

    texts = Snapshot(Project(built)).texts("ar", "not-alone")
    safe = texts["safe"]
    code = row_code("ar", "not-alone", "safe", safe.message.msgid, safe.msgstr)

    ways = [href for href, _ in pages["not-alone/ar/wrong/index.html"].links if code in href]

    record = manifest.read_manifest(built / "output")["not-alone_ar_a5"]
    message = f"{code}%20not-alone%20ar%20{record.code}%3A%20"
    assert ways == [
        f"sms:+441632000123?&body={message}",
        f"https://wa.me/441632000123?text={message}",
        f"mailto:hello@nb.internal?subject={message}",
    ]


def test_an_event_has_a_calendar_file_and_a_draft_says_so_in_its_name(campaign: Path) -> None:
    from generator.website.gathering import gather_contents
    from generator.website.leaflet_pages import leaflet_files
    from generator.website.page_maker import PageMaker

    path = campaign / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("  drafts: no", "  drafts: yes"), "utf-8")
    sign_source(campaign)
    book = gather_contents(Project(campaign))
    maker = PageMaker(book, lambda pattern: [])

    for code, name in (("en", "come-to-the-rally/en/when.ics"), ("ar", "come-to-the-rally/ar/when_DRAFT.ics")):
        files = dict(leaflet_files(maker, book.shown["come-to-the-rally", code]))
        assert [path for path in files if path.endswith(".ics")] == [name]
        assert b"DTSTART:20270320T130000Z" in files[name]
        assert name.rpartition("/")[2].encode() in files[f"come-to-the-rally/{code}/index.html"]


def test_a_recording_that_somebody_read_plays_on_the_page_and_one_that_a_machine_made_does_not(campaign: Path) -> None:
    from generator.audio.recorder import NewRecording, keep_recording, recording_lines
    from generator.audio.recording_state import WHOLE_LEAFLET, Heard
    from generator.website.gathering import gather_contents
    from generator.website.leaflet_pages import leaflet_files
    from generator.website.page_maker import PageMaker
    from tests.audio.test_record import sound

    known = {line.message: line.key for line in recording_lines(Project(campaign), "en", "not-alone")}
    keep_recording(Project(campaign), NewRecording("en", "not-alone", WHOLE_LEAFLET, known[WHOLE_LEAFLET], sound(), Heard.WEBSITE))
    known = {line.message: line.key for line in recording_lines(Project(campaign), "en", "if-strangers-come")}
    keep_recording(
        Project(campaign),
        NewRecording("en", "if-strangers-come", WHOLE_LEAFLET, known[WHOLE_LEAFLET], sound(), Heard.WEBSITE, machine=True),
    )
    book = gather_contents(Project(campaign))
    maker = PageMaker(book, lambda pattern: [])

    read, made = (dict(leaflet_files(maker, book.shown[slug, "en"])) for slug in ("not-alone", "if-strangers-come"))

    names = [path for path in read if path.endswith(".wav")]
    assert [read[path] for path in names] == [sound()]
    assert f'src="{names[0].rpartition("/")[2]}"'.encode() in read["not-alone/en/index.html"]
    assert b'id="listen"' in read["not-alone/en/index.html"]  # where the code on paper leads
    assert b"<title>Listen</title>" in read["not-alone/en/index.html"]
    assert not [path for path in made if path.endswith(".wav")]
    assert b"<audio" not in made["if-strangers-come/en/index.html"]


def test_recordings_of_sentences_play_beside_their_sentences(campaign: Path) -> None:
    from generator.audio.recorder import NewRecording, keep_recording, recording_lines
    from generator.audio.recording_state import Heard
    from generator.website.gathering import gather_contents
    from generator.website.leaflet_pages import leaflet_files
    from generator.website.page_maker import PageMaker
    from tests.audio.test_record import sound

    known = {line.message: line for line in recording_lines(Project(campaign), "en", "not-alone")}
    for name in ("welcome", "who"):
        keep_recording(Project(campaign), NewRecording("en", "not-alone", name, known[name].key, sound(), Heard.WEBSITE))
    book = gather_contents(Project(campaign))

    files = dict(leaflet_files(PageMaker(book, lambda pattern: []), book.shown["not-alone", "en"]))
    text = files["not-alone/en/index.html"].decode()

    assert 'id="listen"' in text
    for name in ("welcome", "who"):
        assert re.search(re.escape(known[name].text) + rf'<audio controls preload="none" src="{name}-[0-9a-f]{{8}}\.wav"', text)
    assert text.count("<audio") == 2


def test_thanks_are_for_those_who_asked(copy: Path) -> None:
    (copy / "locales" / "thanks.yaml").write_text("ar: [r17, Leyla]\n", "utf-8")

    publish_at(copy)

    site = copy / "output" / "site"
    assert "r17, Leyla" in (site / "ar" / "index.html").read_text("utf-8")
    assert "r17, Leyla" in (site / "status" / "index.html").read_text("utf-8")
    assert "Leyla" not in (site / "ur" / "index.html").read_text("utf-8")


def test_the_public_table_never_adds_translated_and_ready(built: Path) -> None:
    text = (built / "output" / "site" / "status" / "index.html").read_text("utf-8")
    rows = re.findall(r'<td class="bar t(\d+)">(\d+) of (\d+)</td><td class="bar r(\d+)">(\d+) of (\d+)</td>', text)

    assert len(rows) == 6
    assert sorted(row[3:5] for row in rows)[:5] == [("0", "0")] * 5  # nobody has read any of it but the source
    assert all(int(row[1]) > 0 for row in rows)


def verdicts(root: Path, code: str) -> Iterator[str]:
    """Yield what the page of a code says, in the order of its languages."""
    page = (root / "output" / "site" / "c" / code.lower() / "index.html").read_text("utf-8")
    yield from re.findall(r'class="fate (\w+)" lang="([\w-]+)"', page)


def test_the_page_of_a_code_never_says_that_a_draft_can_be_used(built: Path) -> None:
    site = built / "output" / "site"
    records = [record for record in manifest.read_manifest(built / "output").values() if record.path]
    told = {record.code: (record.state, (site / "c" / record.code.lower() / "index.html").read_text("utf-8")) for record in records}

    assert {state for state, _ in told.values()} == {"draft", "ready"}
    for code, (state, text) in told.items():
        assert ("You can use it." in text, "Please do not hand it out." in text) == (state == "ready", state == "draft"), code
    feed = (site / "feed.xml").read_text("utf-8")
    assert all(f"{code} is {'a draft' if state == 'draft' else 'a current paper'}" in feed for code, (state, _) in told.items())


def test_the_page_of_a_code_tells_the_truth_about_paper(copy: Path) -> None:
    from generator.editions.build import build_editions
    from generator.editions.plan import BuildRequest

    code = manifest.read_manifest(copy / "output")["not-alone_ar_a5"].code
    assert list(verdicts(copy, code)) == [("draft", "ar"), ("draft", "en")]
    catalogue = Project(copy).catalogue("ar", "not-alone")
    before = catalogue.read_text("utf-8")
    catalogue.write_text(before.replace("نقف معكم", "نقف إلى جانبكم"), "utf-8")
    publish_at(copy)
    assert list(verdicts(copy, code)) == [("draft", "ar"), ("draft", "en")]  # the other wording is a draft too
    catalogue.write_text(before, "utf-8")
    path = copy / "leaflets" / "facts.yaml"
    path.write_text(path.read_text("utf-8").replace("+442009460123", "+442009460999").replace("020 0946 0123", "020 0946 0999"), "utf-8")

    publish_at(copy)

    assert list(verdicts(copy, code)) == [("destroy", "ar"), ("destroy", "en")]
    page = (copy / "output" / "site" / "c" / code.lower() / "index.html").read_text("utf-8")
    assert "A number, an address or a date on it has changed." in page
    build_editions(Project(copy), BuildRequest(leaflets=("not-alone",), languages=("ar",), sheets=("a5",)), 1)
    publish_at(copy)
    newer = manifest.read_manifest(copy / "output")["not-alone_ar_a5"].code
    page = (copy / "output" / "site" / "c" / code.lower() / "index.html").read_text("utf-8")
    assert newer != code
    assert newer in page
    assert "../../not-alone/ar/index.html" in page
    assert list(verdicts(copy, newer)) == [("draft", "ar"), ("draft", "en")]
