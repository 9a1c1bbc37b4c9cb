"""Translation packages: which are here, which are trusted to the byte, and that only a person lets one be downloaded."""

from __future__ import annotations

import hashlib
import json
import random
import socket
import stat
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytest.importorskip("ctranslate2", reason="needs pip install -e '.[draft]'")
from tests.drafting.test_draft import DRAFTS, EN_AR, EN_FR, FR_EN, Here, make_campaign, use_places
from tests.support.tiny_package import Tiny, archive, build, declare, parts, unpack

Command = Callable[..., tuple[int, str, str]]
NEWER = Tiny(EN_FR.codes, EN_FR.words, version="1.1")
NAME = f"{EN_FR.root}.argosmodel"
OTHER_BYTES = {"README.md": b"Licence: another\n"}
"""What makes a package another one under the same name and version."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leaflets_command: Command) -> Here:
    """Give a campaign, and a store without any package."""
    store = use_places(tmp_path, monkeypatch)
    monkeypatch.setenv("no_proxy", "*")
    return Here(make_campaign(tmp_path / "campaign"), store, leaflets_command, monkeypatch)


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    """Give a folder outside of the campaign and the store."""
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb"


def trusted(here: Here) -> dict[str, dict[str, str]]:
    """Return the rows of locales/models.json by package."""
    path = here.folder / "locales" / "models.json"
    return {row["package"]: row for row in json.loads(path.read_text("utf-8"))} if path.exists() else {}


def stored(here: Here) -> list[str]:
    """Return the names of all files of the store, incoming ones too."""
    return sorted(path.relative_to(here.store).as_posix() for path in here.store.rglob("*") if path.is_file())


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def nothing_kept(here: Here) -> None:
    """Assert that no package is stored or trusted."""
    assert (stored(here), trusted(here)) == ([], {})


# Listing


def test_lists_installed_offered_and_none(here: Here) -> None:
    """Each language of the campaign is one of the three, and says what to do."""
    build(here.store, EN_FR)
    build(here.store, FR_EN)

    code, out, _ = here("models")
    rows = json.loads(here("models", "--json")[1])["models"]

    lines = {line.split()[0]: line for line in out.splitlines() if not line.startswith(" ")}
    assert (code, lines.keys()) == (0, {"French", "Arabic", "Tigrinya"})
    assert "en_fr-1.0, and back fr_en-1.0" in lines["French"]
    assert "leaflets models fetch ar" in lines["Arabic"]
    assert "no machine package: people translate it" in lines["Tigrinya"]
    assert "CC0 1.0" in out
    found = {row["language"]: (row["state"], row["package"], row["back"]) for row in rows}
    assert found == {"fr": ("installed", "en_fr-1.0", "fr_en-1.0"), "ar": ("offered", "", ""), "ti": ("none", "", "")}


@pytest.mark.parametrize("place", ["LEAFLETS_MODELS", "XDG_DATA_HOME", "ARGOS_PACKAGES_DIR", "Argos below XDG_DATA_HOME"])
def test_packages_are_found_in_every_place(place: str, here: Here, tmp_path: Path) -> None:
    """Our store, the user's data folder, and where Argos itself has unpacked them: `draft` uses what `models` lists."""
    data = tmp_path / "data"
    if place == "LEAFLETS_MODELS":
        build(here.store, EN_FR)
    elif place == "XDG_DATA_HOME":
        here.monkeypatch.delenv("LEAFLETS_MODELS")
        build(data / "solidarity-leaflets" / "models", EN_FR)
    elif place == "ARGOS_PACKAGES_DIR":
        unpack(tmp_path / "argos", EN_FR)
    else:
        here.monkeypatch.delenv("ARGOS_PACKAGES_DIR")
        unpack(data / "argos-translate" / "packages", EN_FR)

    assert "French                   en_fr-1.0" in here("models")[1]
    assert here("draft", "fr")[0] == 0
    assert here.texts() == DRAFTS


# Adding


def test_adding_keeps_and_trusts_a_package(here: Here, usb: Path) -> None:
    """The file is copied into the store, and the campaign learns its sha256, source and credit; twice is once."""
    path = build(usb, EN_FR)
    data = path.read_bytes()

    code, out, err = here("models", "add", str(path))

    row = {"package": "en_fr-1.0", "sha256": sha256(data), "source": NAME, "credit": "Tiny package"}
    assert (code, trusted(here), stored(here)) == (0, {"en_fr-1.0": row}, ["en_fr-1.0.argosmodel"])
    assert (here.store / "en_fr-1.0.argosmodel").read_bytes() == data
    assert (sha256(data) in out, "locales/models.json" in err) == (True, True)
    before = here.files()
    assert here("models", "add", str(path))[0] == 0
    assert here.files() == before
    path.unlink()
    assert here("draft", "fr")[0] == 0
    assert here.texts() == DRAFTS


def test_adding_an_unpacked_folder(here: Here, usb: Path) -> None:
    """A folder that Argos unpacked is found again by the next command, wherever it lay."""
    assert here("models", "add", str(unpack(usb, EN_FR)))[0] == 0

    assert here("draft", "fr")[0] == 0
    assert here.texts() == DRAFTS


def test_versions_stand_side_by_side(here: Here, usb: Path) -> None:
    """A newer version is trusted beside the older one, and used."""
    for tiny in (NEWER, EN_FR):
        assert here("models", "add", str(build(usb, tiny)))[0] == 0

    here("draft", "fr")

    assert trusted(here).keys() == {"en_fr-1.0", "en_fr-1.1"}
    assert {event.who.split()[1] for event in here.events()} == {"en_fr-1.1"}


def truncated(folder: Path) -> Path:
    path = build(folder, EN_FR)
    path.write_bytes(path.read_bytes()[:-30])
    return path


def of_type(folder: Path) -> Path:
    return build(folder, EN_FR, lambda files: files.update({"metadata.json": json.dumps(EN_FR.metadata | {"type": "sbd"}).encode()}))


def byte_pairs(folder: Path) -> Path:
    return build(folder, EN_FR, lambda files: files.update({"bpe.model": files.pop("sentencepiece.model")}))


def twofold(folder: Path) -> Path:
    return archive(folder / NAME, {f"{name}/{file}": data for name in "ab" for file, data in parts(EN_FR).items()})


def linked(folder: Path) -> Path:
    files = {f"a/{file}": data for file, data in parts(EN_FR).items()} | {"a/README.md": b"/etc/passwd"}
    return archive(folder / NAME, files, {"a/README.md": stat.S_IFLNK | 0o777})


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "cut off": (truncated, "model-damaged"),
    "of another type": (of_type, "model-type"),
    "with byte pairs": (byte_pairs, "model-tokens"),
    "with two metadata files": (twofold, "model-metadata"),
    "with a link": (linked, "model-path"),
    "that unpacks to too much": (lambda folder: declare(build(folder, EN_FR), 3_000_000_000), "model-size"),
    "for no language": (lambda folder: build(folder, Tiny(("en", "tlh"), EN_FR.words)), "model-language"),
    "of another language": (lambda folder: build(folder, Tiny(("xx", "fr"), EN_FR.words)), "model-language"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_package_is_not_added(name: str, here: Here, usb: Path) -> None:
    """Each refusal has its code, the place and what to do; nothing is kept or trusted."""
    make, code = BAD[name]
    path = make(usb)

    exit_code, out, err = here("models", "add", str(path))

    assert (exit_code, out) == (1, "")
    assert err.startswith(f"error: {path}")
    assert " → " in err
    assert f"[{code}]" in err
    nothing_kept(here)


def test_a_file_that_is_not_there_is_wrong_use(here: Here, usb: Path) -> None:
    """The command names it."""
    code, _, err = here("models", "add", str(usb / "nothing.argosmodel"))

    assert (code, "nothing.argosmodel" in err) == (2, True)


# Trust


def test_other_bytes_under_the_same_name_are_refused(here: Here, usb: Path) -> None:
    """What the campaign trusts does not change in silence; taking the row out, as the hint says, allows it."""
    here("models", "add", str(build(usb, EN_FR)))
    before, files, kept = trusted(here), here.files(), (here.store / "en_fr-1.0.argosmodel").read_bytes()
    other = build(usb, EN_FR, lambda files: files.update(OTHER_BYTES))

    code, _, err = here("models", "add", str(other))

    assert (code, "[model-changed]" in err, "take the row of en_fr-1.0 out" in err) == (1, True, True)
    assert (trusted(here), here.files(), (here.store / "en_fr-1.0.argosmodel").read_bytes()) == (before, files, kept)
    here.rewrite("locales/models.json", "[]\n")
    assert here("models", "add", str(other))[0] == 0
    assert trusted(here)["en_fr-1.0"]["sha256"] == sha256(other.read_bytes())


@pytest.mark.parametrize("tiny", [EN_FR, FR_EN], ids=["there", "back"])
@pytest.mark.parametrize("place", ["store", "argos"])
def test_other_bytes_draft_nothing(tiny: Tiny, place: str, here: Here, usb: Path) -> None:
    """A package that was exchanged after it was added is not used, there or back, nor one in Argos's own place."""
    for one in (EN_FR, FR_EN):
        here("models", "add", str(build(usb, one)))
    label = f"{tiny.codes[0]}_{tiny.codes[1]}-1.0"
    (here.store / f"{label}.argosmodel").unlink()
    build(here.store if place == "store" else here.store.parent / "argos", tiny, lambda files: files.update(OTHER_BYTES))
    here("extract")
    before = here.files()

    for arguments in (["draft", "fr"], ["draft"]):
        code, _, err = here(*arguments)
        assert (code, f"{label} is not the package this campaign trusts" in err, "[model-changed]" in err) == (1, True, True)
        assert here.files() == before


DAMAGED = {
    "cut off": '[{"package": "en_fr-1.0",\n',
    "no list": "{}\n",
    "a word": '"none"\n',
    "numbers": "[1, 2]\n",
    "no sha256": '[{"package": "en_fr-1.0", "source": "x", "credit": ""}]\n',
    "a merge": "[\n<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n]\n",
    "empty": "",
    "without a bottom": "[" * 200_000 + "\n",
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_list_of_trust_stops_drafts(name: str, here: Here, usb: Path) -> None:
    """Nobody knows any more which packages are trusted: none is used or added, and the file stays for people to mend."""
    here("models", "add", str(build(usb, EN_FR)))
    here("extract")
    here.rewrite("locales/models.json", DAMAGED[name])
    before, kept = here.files(), stored(here)

    for arguments in (["draft", "fr"], ["models", "add", str(build(usb, EN_AR))]):
        code, _, err = here(*arguments)
        assert (code, "models.json" in err, "git" in err or "delete the marker lines" in err) == (1, True, True), arguments
        assert (here.files(), stored(here)) == (before, kept)


# Fetching


def index(*rows: tuple[Tiny, str]) -> bytes:
    """Return an index.json as Argos publishes it: packages with their links."""
    return json.dumps([tiny.metadata | {"links": [link], "code": f"translate-{tiny.root}"} for tiny, link in rows]).encode()


def large(files: dict[str, bytes]) -> None:
    """Let a package have some megabytes that do not shrink."""
    files["stanza/large"] = random.Random(1).randbytes(2_600_000)  # noqa: S311 - no secret


def test_fetch_from_a_folder_asks_first(here: Here, usb: Path) -> None:
    """Place, name and size are shown; without a yes nothing is kept; the newest version is taken."""
    data = build(usb, NEWER, large).read_bytes()
    build(usb, EN_FR)
    (usb / "index.json").write_bytes(index((EN_FR, NAME), (NEWER, f"{NEWER.root}.argosmodel"), (EN_AR, "other.argosmodel")))

    code, _, err = here("models", "fetch", "fr", "--from", str(usb), answers=["n"])
    assert (code, "Download it?" in err) == (0, True)
    assert "en_fr-1.1, 3 MB" in err
    assert str(usb / f"{NEWER.root}.argosmodel") in err
    nothing_kept(here)

    code, out, _ = here("models", "fetch", "fr", "--from", str(usb), answers=["y"])
    assert (code, sha256(data) in out, stored(here)) == (0, True, ["en_fr-1.1.argosmodel"])
    assert (trusted(here)["en_fr-1.1"]["sha256"], trusted(here)["en_fr-1.1"]["source"]) == (sha256(data), f"{NEWER.root}.argosmodel")
    assert here("draft", "fr")[0] == 0
    assert here.texts() == DRAFTS


def test_yes_does_not_ask(here: Here, usb: Path) -> None:
    """For scripts; the package into English is named by --back."""
    build(usb, FR_EN)
    (usb / "index.json").write_bytes(index((FR_EN, f"{FR_EN.root}.argosmodel")))

    code, _, err = here("models", "fetch", "fr", "--back", "--yes", "--from", str(usb))

    assert (code, "?" in err, trusted(here).keys()) == (0, False, {"fr_en-1.0"})


def no_connection(here: Here) -> None:
    """Let every attempt to connect fail."""

    def connect(*given: object) -> None:
        raise AssertionError(f"connects to {given}")

    here.monkeypatch.setattr(socket.socket, "connect", connect)
    here.monkeypatch.setattr(socket, "getaddrinfo", connect)


def test_fetch_connects_only_after_a_yes(here: Here) -> None:
    """It says where to before it opens anything."""
    no_connection(here)

    code, _, err = here("models", "fetch", "fr", answers=["n"])

    assert (code, "This opens a connection" in err) == (0, True)
    assert "https://raw.githubusercontent.com/argosopentech/" in err


def test_fetch_from_a_folder_connects_nowhere(here: Here, usb: Path) -> None:
    """A folder is enough."""
    build(usb, EN_FR)
    (usb / "index.json").write_bytes(index((EN_FR, NAME)))
    no_connection(here)

    assert here("models", "fetch", "fr", "--yes", "--from", str(usb))[0] == 0


def test_nothing_to_fetch(here: Here, usb: Path) -> None:
    """A language that has no package anywhere, one that does not exist, and one that this place does not have."""
    (usb / "index.json").write_bytes(index((EN_FR, NAME)))
    no_connection(here)

    for language, code, sign in (("ti", 2, "[model-none]"), ("tlh", 2, "[unknown-name]"), ("en", 2, ""), ("ar", 1, "[model-none]")):
        exit_code, _, err = here("models", "fetch", language, "--yes", "--from", str(usb))
        assert (exit_code, sign in err) == (code, True), language
    exit_code, _, err = here("models", "fetch", "fr", "--yes", "--from", str(usb))  # the index names a file that is not there
    assert (exit_code, "[model-fetch]" in err) == (1, True)
    nothing_kept(here)


@pytest.mark.parametrize("content", [b"", b"<html>404</html>", b"{}", b"[1]", b'[{"links": ["x"]}]', b"\xff\xfe", b"[" * 200_000])
def test_a_damaged_index_says_so(content: bytes, here: Here, usb: Path) -> None:
    """What is no list of packages offers none."""
    (usb / "index.json").write_bytes(content)

    code, _, err = here("models", "fetch", "fr", "--yes", "--from", str(usb))

    assert (code, err.count(" → ")) == (1, 1)
    assert "[model-index]" in err or "[model-none]" in err
    nothing_kept(here)


@dataclass
class Mirror:
    """A web server on this computer, and what it was asked: method, path, range."""

    files: dict[str, bytes]
    ranges: bool = True
    """Whether it knows Range."""
    length: bool = True
    """Whether it says how long its files are."""
    cut: int = 0
    """Bytes after which the next download breaks off."""
    redirects: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    address: str = ""

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer one GET or HEAD request."""
        wanted = request.headers.get("Range", "")
        self.asked.append((request.command, request.path, wanted))
        if request.path in self.redirects:
            return self.head(request, 302, Location=self.redirects[request.path])
        data = self.files.get(request.path)
        if data is None:
            return self.head(request, 404)
        start = int(wanted.removeprefix("bytes=").partition("-")[0]) if wanted and self.ranges else 0
        if start >= len(data) and start:
            return self.head(request, 416, **{"Content-Range": f"bytes */{len(data)}"})
        body = data[start:]
        about = {"Content-Length": str(len(body))} if self.length else {}
        about |= {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"} if start else {}
        self.head(request, 206 if start else 200, **about)
        if request.command == "GET":
            end, self.cut = (self.cut, 0) if self.cut and request.path.endswith(".argosmodel") else (len(body), self.cut)
            request.wfile.write(body[:end])

    def head(self, request: BaseHTTPRequestHandler, status: int, **headers: str) -> None:
        """Send status and headers."""
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()

    @property
    def downloads(self) -> list[str]:
        """The ranges of the downloads of packages so far."""
        return [wanted for method, path, wanted in self.asked if method == "GET" and path.endswith(".argosmodel")]


@pytest.fixture
def serve() -> Iterator[Callable[..., Mirror]]:
    """Give a function that starts a web server with some files: (files, host) to Mirror."""
    running: list[ThreadingHTTPServer] = []

    def start(files: dict[str, bytes], host: str = "127.0.0.1") -> Mirror:
        mirror = Mirror(files)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                mirror.answer(self)

            def do_HEAD(self) -> None:
                mirror.answer(self)

            def log_message(self, *given: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer((host, 0), Handler)
        running.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        mirror.address = f"http://{host}:{server.server_address[1]}"
        return mirror

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def mirror(serve: Callable[..., Mirror], usb: Path) -> Mirror:
    """Give a server with an index and a package of 3 MB for French."""
    return serve({"/index.json": index((EN_FR, NAME)), f"/{NAME}": build(usb, EN_FR, large).read_bytes()})


def fetch(here: Here, mirror: Mirror, *options: str, answers: tuple[str, ...] = ()) -> tuple[int, str, str]:
    """Fetch the package for French from a server."""
    return here("models", "fetch", "fr", "--from", mirror.address, *options, answers=answers)


def whole(here: Here, mirror: Mirror) -> None:
    """Assert that exactly the server's package is stored and trusted, with its address."""
    data = mirror.files[f"/{NAME}"]
    assert stored(here) == ["en_fr-1.0.argosmodel"]
    assert (here.store / "en_fr-1.0.argosmodel").read_bytes() == data
    row = trusted(here)["en_fr-1.0"]
    assert (row["sha256"], row["source"]) == (sha256(data), f"{mirror.address}/{NAME}")


def test_fetch_from_a_server_asks_first(here: Here, mirror: Mirror) -> None:
    """Size and address are shown before the download; after a no, nothing was downloaded."""
    code, _, err = fetch(here, mirror, answers=("n",))
    assert (code, "en_fr-1.0, 3 MB" in err, f"from {mirror.address}/{NAME}" in err) == (0, True, True)
    assert mirror.downloads == []
    nothing_kept(here)

    code, _, err = fetch(here, mirror, answers=("y",))
    assert (code, "Download it?" in err, mirror.downloads) == (0, True, [""])
    whole(here, mirror)
    assert here("draft", "fr")[0] == 0


@pytest.mark.parametrize("ranges", [True, False], ids=["goes on", "starts again"])
def test_a_download_that_broke_off(ranges: bool, here: Here, mirror: Mirror) -> None:
    """It says so and keeps what came; the next run goes on there, also where the server only knows whole files."""
    mirror.ranges, mirror.cut = ranges, 1_500_000

    code, _, err = fetch(here, mirror, "--yes")

    assert (code, "[model-fetch]" in err, "run the command again" in err, trusted(here)) == (1, True, True, {})
    assert stored(here) == ["incoming/en_fr-1.0.argosmodel.part"]
    assert fetch(here, mirror, "--yes")[0] == 0
    assert mirror.downloads == ["", "bytes=1500000-"]
    whole(here, mirror)


def part(here: Here) -> Path:
    """Return where a download that broke off is kept."""
    path = here.store / "incoming" / "en_fr-1.0.argosmodel.part"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def test_a_part_that_is_whole(here: Here, mirror: Mirror) -> None:
    """All came, and the computer went off before it was checked: the server has no more (416), and it is taken."""
    part(here).write_bytes(mirror.files[f"/{NAME}"])

    code, _, err = fetch(here, mirror, "--yes")

    assert code == 0, err
    whole(here, mirror)


@pytest.mark.parametrize("size", [1_000, 5_000_000], ids=["short", "longer than the package"])
def test_a_part_of_another_file(size: int, here: Here, mirror: Mirror) -> None:
    """A mixture is refused and goes, so that one of the next runs is a fresh download."""
    part(here).write_bytes(b"x" * size)

    code, _, _ = fetch(here, mirror, "--yes")

    if code:
        nothing_kept(here)
        assert fetch(here, mirror, "--yes")[0] == 0
    whole(here, mirror)


WRONG = {
    "a web page": b"<html>Please log in</html>",
    "nothing": b"",
    "half a package": parts(EN_FR)["model/model.bin"][:4000],
}


@pytest.mark.parametrize("length", [True, False], ids=["with its length", "without"])
@pytest.mark.parametrize("name", WRONG)
def test_wrong_content_is_refused(name: str, length: bool, here: Here, mirror: Mirror) -> None:
    """What is no package is not kept, and the next run starts afresh."""
    good = mirror.files[f"/{NAME}"]
    mirror.files[f"/{NAME}"], mirror.length = WRONG[name], length

    code, _, err = fetch(here, mirror, "--yes")

    assert (code, "[model-damaged]" in err) == (1, True)
    nothing_kept(here)
    mirror.files[f"/{NAME}"] = good
    assert fetch(here, mirror, "--yes")[0] == 0
    whole(here, mirror)


def test_a_short_download_without_a_length_is_refused(here: Here, mirror: Mirror) -> None:
    """Where the server does not say how much there is, the zip file tells."""
    mirror.length, mirror.cut = False, 1_500_000

    code, _, err = fetch(here, mirror, "--yes")

    assert (code, "[model-damaged]" in err) == (1, True)
    nothing_kept(here)


def test_another_package_than_the_index_says_is_refused(here: Here, mirror: Mirror, usb: Path) -> None:
    """Who asked for French gets neither Arabic nor another version, whatever lies at the address."""
    for tiny in (EN_AR, NEWER):
        mirror.files[f"/{NAME}"] = build(usb, tiny).read_bytes()
        code, _, err = fetch(here, mirror, "--yes")
        assert (code, err.count("error:")) == (1, 1), tiny.root
        nothing_kept(here)


def test_a_changed_package_is_not_fetched(here: Here, mirror: Mirror, usb: Path) -> None:
    """What the campaign trusts under this name is another file: the one it has stays."""
    here("models", "add", str(build(usb, EN_FR)))
    before, kept = trusted(here), (here.store / "en_fr-1.0.argosmodel").read_bytes()

    code, _, err = fetch(here, mirror, "--yes")

    assert (code, "[model-changed]" in err, trusted(here)) == (1, True, before)
    assert (stored(here), (here.store / "en_fr-1.0.argosmodel").read_bytes()) == (["en_fr-1.0.argosmodel"], kept)


UNSAFE = [
    "http://192.0.2.1",
    "HTTP://192.0.2.1",
    "http://example.org/index.json",
    "http://localhost.example.org",
    "http://127.0.0.1.example.org",
    "http://127.0.0.1@192.0.2.1",
    "ftp://127.0.0.1",
]


@pytest.mark.parametrize("address", UNSAFE)
def test_an_unsafe_address_is_refused(address: str, here: Here) -> None:
    """Only https, and http to this very computer: the refusal comes before any connection."""
    no_connection(here)

    code, _, err = here("models", "fetch", "fr", "--yes", "--from", address)

    assert (code, "[model-address]" in err, "https" in err) == (1, True, True)
    nothing_kept(here)


@pytest.mark.parametrize("link", [f"http://192.0.2.1/{NAME}", f"//192.0.2.1/{NAME}", f"ftp://127.0.0.1/{NAME}"])
def test_an_unsafe_link_in_an_index_is_refused(link: str, here: Here, mirror: Mirror) -> None:
    """An index cannot lead to where nobody is sure who answers."""
    mirror.files["/index.json"] = index((EN_FR, link))

    code, _, err = fetch(here, mirror, "--yes")

    assert (code, "[model-address]" in err) == (1, True)
    nothing_kept(here)


@pytest.mark.parametrize("path", ["/index.json", f"/{NAME}"])
def test_a_redirect_to_an_unsafe_address_is_not_followed(path: str, here: Here, mirror: Mirror, serve: Callable[..., Mirror]) -> None:
    """127.0.0.2 stands for a computer elsewhere: nothing is asked there."""
    try:
        elsewhere = serve(dict(mirror.files), "127.0.0.2")
    except OSError:
        pytest.skip("this system has one loopback address only")
    mirror.redirects[path] = elsewhere.address + path

    code, _, err = fetch(here, mirror, "--yes")

    assert elsewhere.asked == []
    assert (code, err.count(" → ")) == (1, 1)
    nothing_kept(here)


def test_a_local_file_in_a_remote_index_is_not_read(here: Here, mirror: Mirror, usb: Path) -> None:
    """A server cannot name files of this computer."""
    mirror.files["/index.json"] = index((EN_FR, (usb / NAME).as_uri()))

    code, _, _ = fetch(here, mirror, "--yes")

    assert code == 1
    nothing_kept(here)


def test_no_server_says_what_to_do(here: Here) -> None:
    """Nobody answers there: the hint names the other way."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        code, _, err = here("models", "fetch", "fr", "--yes", "--from", address)

    assert (code, "[model-fetch]" in err, "models add" in err) == (1, True, True)
    nothing_kept(here)


def test_a_folder_of_packages_needs_no_index(here: Here, usb: Path) -> None:
    """A USB stick with packages is enough, and an index that names far addresses uses the file beside it."""
    build(usb, EN_FR)
    assert here("models", "fetch", "fr", "--yes", "--from", str(usb))[0] == 0
    (here.store / "en_fr-1.0.argosmodel").unlink()

    (usb / "index.json").write_bytes(index((EN_FR, f"https://packages.example.org/v1/{NAME}")))

    assert here("models", "fetch", "fr", "--yes", "--from", str(usb))[0] == 0
    assert (here.store / "en_fr-1.0.argosmodel").exists()
