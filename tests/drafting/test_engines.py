"""Engines of machine drafts on real packages: what is read, what is refused, and that nothing leaves the computer."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import socket
import stat
import subprocess
import sys
import weakref
import zipfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, entry_points
from pathlib import Path
from types import ModuleType

import pytest

from generator.drafting import argos as argos_module
from generator.drafting import argos_reference, engine
from generator.drafting.argos import FAST, THOROUGH, Argos, load_model
from generator.drafting.argos_package import argos_folders, discover_packages, inspect_package
from generator.drafting.engine import EngineSetup, Guess
from generator.drafting.installed_packages import InstalledPackages
from generator.drafting.pseudo import Pseudo
from generator.layout import fonts
from generator.model import Language
from generator.problem import LeafletsError, UsageError
from tests.conftest import ROOT

pytest.importorskip("ctranslate2", reason="needs pip install -e '.[draft]'")
from tests.support.tiny_package import EN_AR, EN_FR, FR_EN, README, Tiny, archive, build, declare, parts, unpack, without_network

CODES = {"en": "en", "fr": "fr", "ar": "ar", "zh_Hant": "zt"}
HOTLINE = "Call {hotline} for peace"
Change = Callable[[dict[str, bytes]], object]


def refused(path: Path) -> str:
    """Return the code with which a package is refused; every refusal says where it is and what to do."""
    with pytest.raises(LeafletsError) as error:
        inspect_package(path)
    (problem,) = error.value.problems
    assert problem.where.startswith(str(path))
    assert problem.hint
    return problem.code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with packages from English to French and Arabic, and from French."""
    for tiny in (EN_FR, EN_AR, FR_EN):
        build(tmp_path / "packages", tiny)
    return tmp_path / "packages"


@pytest.fixture
def argos(folder: Path) -> Argos:
    """Give the engine over these packages, with one thread."""
    return Argos(CODES, [folder], threads=1)


def texts(guesses: list[Guess]) -> list[str]:
    """Return the texts of guesses, none of which has a fault."""
    assert [guess.fault for guess in guesses] == [""] * len(guesses)
    return [guess.text for guess in guesses]


# Packages


def test_package_says_what_it_is(tmp_path: Path) -> None:
    """Languages, versions and credit come from the package; the digest is that of the file."""
    path = build(tmp_path)

    package = inspect_package(path)

    assert (package.label, package.from_code, package.to_code, package.argos_version) == ("en_fr-1.0", "en", "fr", "1.9")
    assert package.credit == README.strip()
    assert package.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert package.tokens() == parts(EN_FR)["sentencepiece.model"]
    assert package.files.read("model/model.bin") == parts(EN_FR)["model/model.bin"]


def test_two_builds_are_equal(tmp_path: Path) -> None:
    """The same words give the same bytes, or no test of a digest would mean anything."""
    first = build(tmp_path / "a").read_bytes()
    parts.cache_clear()

    assert build(tmp_path / "b").read_bytes() == first


def test_unpacked_package_is_the_same(tmp_path: Path) -> None:
    """A folder that Argos unpacked is read like the file, and its digest tells of any change."""
    path = unpack(tmp_path / "a")
    package, again = inspect_package(path), inspect_package(unpack(tmp_path / "b"))
    assert (package.label, package.credit, package.files.kind) == ("en_fr-1.0", README.strip(), "folder")
    assert package.sha256 == again.sha256

    (path / "README.md").write_text("Licence: none\n")

    assert inspect_package(path).sha256 != package.sha256


def metadata(**values: object) -> Change:
    """Return a change of metadata.json; None takes a key away."""
    kept = {key: value for key, value in (EN_FR.metadata | values).items() if value is not None}
    return lambda files: files.update({"metadata.json": json.dumps(kept).encode()})


BROKEN: dict[str, tuple[Change, str]] = {
    "no metadata": (lambda files: files.pop("metadata.json"), "model-metadata"),
    "no JSON": (lambda files: files.update({"metadata.json": b"{"}), "model-metadata"),
    "no object": (lambda files: files.update({"metadata.json": b"[]"}), "model-metadata"),
    "no UTF-8": (lambda files: files.update({"metadata.json": b"\xff\xfe\xff"}), "model-metadata"),
    "JSON without a bottom": (lambda files: files.update({"metadata.json": b"[" * 200_000}), "model-metadata"),
    "endless metadata": (lambda files: files.update({"metadata.json": b" " * 1_000_001}), "model-size"),
    "sentence splitter": (metadata(type="sbd"), "model-type"),
    "type of another kind": (metadata(type=["translate"]), "model-type"),
    "no source": (metadata(from_code=None), "model-metadata"),
    "path as target": (metadata(to_code="../fr"), "model-metadata"),
    "line end after the target": (metadata(to_code="fr\n"), "model-metadata"),
    "number as target": (metadata(to_code=5), "model-metadata"),
    "version with words": (metadata(package_version="1.0 beta"), "model-metadata"),
    "control character": (metadata(from_name="Engl\x1b[31mish"), "model-metadata"),
    "byte pairs": (lambda files: files.update({"bpe.model": files.pop("sentencepiece.model")}), "model-tokens"),
    "no pieces": (lambda files: files.pop("sentencepiece.model"), "model-incomplete"),
    "no model": (lambda files: files.pop("model/model.bin"), "model-incomplete"),
    "empty model": (lambda files: files.update({"model/model.bin": b""}), "model-incomplete"),
    "no vocabulary": (lambda files: files.pop("model/shared_vocabulary.json"), "model-incomplete"),
    "out of the folder": (lambda files: files.update({"../evil": b"x"}), "model-path"),
    "far out of the folder": (lambda files: files.update({"model/../../../evil": b"x"}), "model-path"),
    "Windows path": (lambda files: files.update({"model\\..\\evil": b"x"}), "model-path"),
    "drive": (lambda files: files.update({"C:evil": b"x"}), "model-path"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_package_is_refused(name: str, tmp_path: Path) -> None:
    """Every fault has its code, and says what to do."""
    change, code = BROKEN[name]

    assert refused(build(tmp_path, change=change)) == code


def layout(*names: str) -> dict[str, bytes]:
    """Return the files of a package as they would stand in a zip file, in each of the folders `names`."""
    return {f"{name}{file}": data for name in names for file, data in parts(EN_FR).items()}


def test_one_folder_with_one_package(tmp_path: Path) -> None:
    """Two packages in a file, none, files beside the folder, or no folder at all are refused."""
    zipped = tmp_path / "p.argosmodel"

    assert refused(archive(zipped, layout("a/", "b/"))) == "model-metadata"
    assert refused(archive(zipped, layout("a/b/"))) == "model-metadata"
    assert refused(archive(zipped, {})) == "model-metadata"
    assert refused(archive(zipped, layout("a/") | {"b/evil": b"x"})) == "model-folder"
    assert refused(archive(zipped, layout("a/") | {"ab": b"x"})) == "model-folder"
    assert refused(archive(zipped, layout(""))) == "model-folder"
    assert refused(archive(zipped, layout("a/") | {"/etc/evil": b"x"})) == "model-path"


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(kind: int, tmp_path: Path) -> None:
    """Only plain files may stand in a package."""
    files = layout("a/") | {"a/README.md": b"/etc/passwd"}

    assert refused(archive(tmp_path / "p.argosmodel", files, {"a/README.md": kind | 0o777})) == "model-path"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_same_name_twice_is_refused(tmp_path: Path) -> None:
    """Of two files of one name, programs read different ones."""
    path = build(tmp_path)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(f"{EN_FR.root}/README.md", "Licence: another\n")

    assert refused(path) == "model-path"


@pytest.mark.parametrize("size", [3_000_000_000, 150_000_000])
def test_zip_bomb_is_refused(size: int, tmp_path: Path) -> None:
    """A few bytes that say they unpack to very many are refused before anything is unpacked."""
    assert refused(declare(build(tmp_path), size)) == "model-size"


def test_giant_file_is_refused(tmp_path: Path) -> None:
    """A file of more than 2 GB is no package, whatever it holds."""
    path = build(tmp_path)
    packed = path.read_bytes()
    with path.open("wb") as file:
        file.seek(2_000_000_001)
        file.write(packed)

    assert refused(path) == "model-size"


def test_wrong_size_is_refused(tmp_path: Path) -> None:
    """A file that unpacks to more or less than it says is damaged."""
    for size in (1000, 90_000_000):
        assert refused(declare(build(tmp_path), size)) == "model-damaged"


def test_damaged_file_is_refused(tmp_path: Path) -> None:
    """A download that broke off, a changed byte, and files that are no zip at all."""
    path = build(tmp_path)
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as package:
        middle = package.getinfo(f"{EN_FR.root}/model/model.bin").header_offset + 3000

    for data in (
        whole[:-30],
        whole[: len(whole) // 2],
        b"",
        b"<html>404</html>",
        whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
    ):
        path.write_bytes(data)
        assert refused(path) == "model-damaged"


def test_unknown_packing_is_refused(tmp_path: Path) -> None:
    """Encrypted members, and ways of packing that may want any memory."""
    path = tmp_path / "p.argosmodel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as package:
        for name, data in layout("a/").items():
            package.writestr(name, data)
    assert lzma.compress(b"")  # this Python can unpack it: refused for what it is, not for want of a library
    assert refused(path) == "model-damaged"

    path = build(tmp_path)
    with zipfile.ZipFile(path, "a") as package:
        package.infolist()[0].flag_bits |= 1
        package._didModify = True  # type: ignore[attr-defined]
    assert refused(path) == "model-damaged"


def test_missing_file_is_named(tmp_path: Path) -> None:
    """A name that does not exist is said as every other missing file."""
    assert refused(tmp_path / "nothing.argosmodel") == "file"


def test_newest_package_counts(tmp_path: Path) -> None:
    """Of two versions the higher one is taken, by number; broken packages are told beside."""
    for version in ("1.9", "1.10"):
        build(tmp_path, Tiny(version=version))
    build(tmp_path, EN_AR, BROKEN["no model"][0])
    (tmp_path / "notes").mkdir()
    (tmp_path / "readme.txt").write_text("no package\n")

    found, broken = discover_packages([tmp_path, tmp_path / "nowhere"])

    assert {pair: package.version for pair, package in found.items()} == {("en", "fr"): "1.10"}
    assert [problem.code for problem in broken] == ["model-incomplete"]


def test_argos_own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folders are those of Argos: a variable of its own, the user's data folder, or its default."""
    monkeypatch.delenv("ARGOS_PACKAGES_DIR", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert argos_folders() == (tmp_path / ".local/share/argos-translate/packages",)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert argos_folders() == (tmp_path / "data/argos-translate/packages",)
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "own"))
    assert argos_folders() == (tmp_path / "own",)

    unpack(tmp_path / "own")
    assert Argos(CODES).pairs() == [("en", "fr")]
    assert InstalledPackages(CODES, kinds=("folder",)).pairs() == [("en", "fr")]
    assert InstalledPackages(CODES, kinds=("zip",)).pairs() == []


# The engine


def test_argos_translates(argos: Argos) -> None:
    """Known words are translated and all else is copied, in every pair there is, also right to left."""
    assert argos.pairs() == [("en", "fr"), ("en", "ar"), ("fr", "en")]
    assert texts(argos.translate(["Hello world, 5 < 7!"], "en", "fr")) == ["Salut monde, 5 < 7!"]
    assert texts(argos.translate(["Hello world", "Help for peace"], "en", "ar")) == ["مرحبا العالم", "مساعدة من سلام"]
    assert texts(argos.translate(["Salut monde"], "fr", "en")) == ["Hello world"]


def test_unknown_letters_are_copied(argos: Argos) -> None:
    """Letters that the model has no piece for come from the English; a space in front does not."""
    assert texts(argos.translate(["café for señor", " Hello"], "en", "fr")) == ["café pour señor", "Salut"]


def test_unpacked_and_fast(tmp_path: Path) -> None:
    """A folder that Argos unpacked is used in place, with a greedy search too."""
    unpack(tmp_path)

    fast = Argos(CODES, [tmp_path], fast=True)

    assert texts(fast.translate(["Hello world for peace"], "en", "fr")) == ["Salut monde pour paix"]
    assert fast.origin("en", "fr").settings.startswith("beam 1, patience 1, sentencepiece ")


def test_origin_is_complete(argos: Argos, folder: Path) -> None:
    """The ledger learns engine, package, its digest, the settings and the licence."""
    origin = argos.origin("en", "fr")

    assert origin.engine == f"argos-{argos.version}"
    assert len(origin.engine) <= 24
    assert origin.package == "en_fr-1.0"
    assert origin.sha256 == hashlib.sha256((folder / "translate-en_fr-1_0.argosmodel").read_bytes()).hexdigest()
    assert origin.settings.startswith("beam 4, patience 2, sentencepiece ")
    assert "CC0 1.0" in origin.licence


def test_codes_are_mapped(tmp_path: Path) -> None:
    """Argos has its own codes for some languages; ours are used outside."""
    build(tmp_path, Tiny(("en", "zt")))
    engine = Argos(CODES, [tmp_path])

    assert engine.pairs() == [("en", "zh_Hant")]
    assert texts(engine.translate(["Hello"], "en", "zh_Hant")) == ["Salut"]


def test_language_rows_name_argos_codes(languages: dict[str, Language]) -> None:
    """The table of languages knows the 17 that Argos translates into from English."""
    codes = {code: row.argos for code, row in languages.items() if row.argos}

    assert (codes["en"], codes["ar"], codes["zh_Hans"], codes["zh_Hant"]) == ("en", "ar", "zh", "zt")
    assert len(codes) >= 18
    assert languages["ti"].argos == ""


def test_every_text_gets_its_own_guess(argos: Argos) -> None:
    """Order, repetitions and empty texts come back as they went in."""
    batch = ["peace", "Hello", "", "peace", " \n", "Call", "Hello"]

    guesses = argos.translate(batch, "en", "fr")

    assert [guess.text for guess in guesses] == ["paix", "Salut", "", "paix", "", "Appelez", "Salut"]
    assert [guess.fault for guess in guesses if not guess.text] == ["there is nothing to translate"] * 2
    assert argos.translate([], "en", "fr") == []


def test_each_source_is_translated_once_in_one_order(argos: Argos, monkeypatch: pytest.MonkeyPatch) -> None:
    """Int8 arithmetic depends on the neighbours in a batch, so the batch is the same whatever the order of the texts."""
    seen: list[list[str]] = []
    guesses = argos_module.ArgosModel.guesses
    monkeypatch.setattr(argos_module.ArgosModel, "guesses", lambda self, texts, search: seen.append(texts) or guesses(self, texts, search))
    batch = ["Call for peace", "Hello", "Call", "Hello", *"hgfedcba", "Help"]

    first = argos.translate(batch, "en", "fr")
    second = argos.translate(batch[::-1], "en", "fr")

    assert seen == [[*"abcdefgh", "Call", "Help", "Hello", "Call for peace"]] * 2
    assert second == first[::-1]


def test_wired_faults_come_through(argos: Argos) -> None:
    """The engine gives what the model says: changed numbers, lost words and damaged placeholders are the checks' to find."""
    batch = ["SWAP people", HOTLINE, "Hello dropped world"]

    assert texts(argos.translate(batch, "en", "fr")) == ["12 people", "Appelez {hot line} pour paix", "Salut \u2060 monde"]


def test_empty_translation_is_a_fault(argos: Argos) -> None:
    """A translation of nothing but invisible characters is none."""
    (guess,) = argos.translate(["Emptyword"], "en", "fr")

    assert (guess.text, guess.fault) == ("", "the translation is empty")


def test_stutter_comes_back(argos: Argos) -> None:
    """A model that repeats itself is seen by the checks; the engine passes it on, with its neighbours unharmed."""
    stutter, other = argos.translate(["this stutter goes on", "Hello"], "en", "fr")

    assert stutter.text.count("stutter") > 3
    assert other.text == "Salut"


@pytest.mark.parametrize("fast", [False, True])
def test_only_the_guilty_text_is_too_long(fast: bool, folder: Path) -> None:
    """A text longer than the model can count costs its own translation, wherever it stands in the batch."""
    argos = Argos(CODES, [folder], fast=fast)
    batch = [f"Hello {number}" for number in range(70)]
    batch[40:40] = ["y" * 300, "z" * 2000]

    guesses = argos.translate(batch, "en", "fr")

    assert [guess.fault for guess in guesses[40:42]] == ["the text is too long for the model"] * 2
    assert texts(guesses[:40] + guesses[42:]) == [f"Salut {number}" for number in range(70)]


def test_text_beyond_the_limit_is_never_cut(tmp_path: Path) -> None:
    """CTranslate2 would drop what follows token 1024 without a word."""
    build(tmp_path, Tiny(positions=1100))

    (guess,) = Argos(CODES, [tmp_path]).translate(["Hello " * 520], "en", "fr")

    assert guess.fault == "the text is too long for the model"


def test_endless_translation_is_a_fault(argos: Argos) -> None:
    """A translation that is as long as CTranslate2 allows was cut off."""
    endless, whole = argos.translate(["x" * 255, "x" * 250], "en", "fr")

    assert (endless.text, endless.fault) == ("", "the translation does not end")
    assert whole.text == "x" * 250


def test_score_is_the_mean_of_the_tokens(tmp_path: Path) -> None:
    """The score is the mean log-probability per token, the end included, whatever the length of the text."""
    model = load_model(inspect_package(build(tmp_path, Tiny(sure=0.2))), threads=1)

    for text in ("Hello", "Hello world for peace, free Help"):
        (guess,) = model.guesses([text], FAST)
        pieces = [model.tokens.encode(side, out_type=str) for side in (text, guess.text)]
        (scores,) = model.translator.score_batch([pieces[0]], [pieces[1]])
        assert guess.score == pytest.approx(sum(scores.log_probs) / len(scores.log_probs), rel=0.01)
        assert guess.score < -0.01


def test_target_prefix_is_taken_off(tmp_path: Path) -> None:
    """A model of several languages begins with the target's token, which nobody wants to read."""
    build(tmp_path, Tiny(prefix="<2fr>"))

    assert texts(Argos(CODES, [tmp_path]).translate(["Hello world"], "en", "fr")) == ["Salut monde"]


def test_one_model_is_in_memory(argos: Argos, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model stays while its pair is asked for, and goes before the next one comes."""
    loaded: list[weakref.ref[argos_module.ArgosModel]] = []

    def load(*given: object) -> argos_module.ArgosModel:
        assert [model() for model in loaded] == [None] * len(loaded)
        model = load_model(*given)
        loaded.append(weakref.ref(model))
        return model

    monkeypatch.setattr(argos_module, "load_model", load)

    for source, target in (("en", "fr"), ("en", "fr"), ("en", "ar"), ("en", "fr")):
        argos.translate(["Hello"], source, target)

    assert [model() is None for model in loaded] == [True, True, False]
    argos.close()
    assert loaded[-1]() is None
    assert texts(argos.translate(["Hello"], "en", "fr")) == ["Salut"]


def test_missing_pair_says_what_to_do(tmp_path: Path) -> None:
    """No package, no draft; a broken package that lies there is named too."""
    build(tmp_path, EN_FR, BROKEN["no model"][0])
    engine = Argos(CODES, [tmp_path])

    for call in (lambda: engine.translate(["Hello"], "en", "fr"), lambda: engine.origin("en", "ti")):
        with pytest.raises(LeafletsError) as error:
            call()
        assert [problem.code for problem in error.value.problems] == ["model-missing", "model-incomplete"]
        assert "leaflets models" in error.value.problems[0].hint


@pytest.mark.parametrize("name", ["model/model.bin", "sentencepiece.model", "model/shared_vocabulary.json"])
@pytest.mark.parametrize("packed", [True, False])
def test_broken_model_says_so(name: str, packed: bool, tmp_path: Path) -> None:
    """A model with the right checksum that no library can read ends in words, not in a traceback."""
    half = parts(EN_FR)[name][:-200]
    path = build(tmp_path, change=lambda files: files.update({name: half})) if packed else unpack(tmp_path)
    if not packed:
        (path / name).write_bytes(half)
    assert inspect_package(path).path == path

    with pytest.raises(LeafletsError) as error:
        Argos(CODES, [tmp_path]).translate(["Hello"], "en", "fr")

    assert [problem.code for problem in error.value.problems] == ["model-broken"]


@pytest.mark.parametrize("failure", [MemoryError(), RuntimeError("std::bad_alloc"), RuntimeError("failed to allocate memory")])
def test_too_little_memory_says_so(failure: Exception, argos: Argos, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways in which the libraries run out of memory become one problem."""

    def fail(*given: object) -> list[Guess]:
        raise failure

    monkeypatch.setattr(argos_module.ArgosModel, "_batch", fail)

    with pytest.raises(LeafletsError) as error:
        argos.translate(["Hello"], "en", "fr")
    assert [problem.code for problem in error.value.problems] == ["model-memory"]


def test_searches() -> None:
    """The careful search needs patience: without it beams end too soon."""
    assert (str(THOROUGH), str(FAST)) == ("beam 4, patience 2", "beam 1, patience 1")


# Offline


def test_no_socket_is_opened(argos: Argos, monkeypatch: pytest.MonkeyPatch) -> None:
    """No Python code of engine or library connects anywhere."""

    def connect(*given: object) -> None:
        raise AssertionError(f"connects to {given}")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)

    assert texts(argos.translate(["Hello"], "en", "fr")) == ["Salut"]


def test_works_without_network_and_leaves_the_home_empty(folder: Path, tmp_path: Path) -> None:
    """In a process without any network, import, load and translate work, and no file is written."""
    home = tmp_path / "home"
    home.mkdir()
    code = (
        "import sys; from pathlib import Path; from generator.drafting.argos import Argos;"
        "print(Argos({'en': 'en', 'fr': 'fr'}, [Path(sys.argv[1])]).translate(['Hello world'], 'en', 'fr')[0].text)"
    )
    command = without_network(sys.executable, "-c", code, str(folder))
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)}

    done = subprocess.run(command, capture_output=True, text=True, cwd=home, env=environment, check=True)

    assert (done.stdout, done.stderr) == ("Salut monde\n", "")
    assert list(home.rglob("*")) == []


def test_engines_load_by_name(folder: Path, languages: dict[str, Language]) -> None:
    """All three are offered as entry points, and made from the language table and the folders."""
    setup = EngineSetup(languages, [folder])
    argos, pseudo = engine.load_engine("argos", setup), engine.load_engine("pseudo", setup)

    assert {"argos", "argostranslate", "pseudo"} <= {point.name for point in entry_points(group=engine.ENGINE_GROUP)}
    assert (argos.name, argos.offline, pseudo.name, pseudo.offline) == ("argos", True, "pseudo", True)
    assert texts(argos.translate(["Hello"], "en", "fr")) == ["Salut"]
    assert ("en", "ti") in pseudo.pairs()
    assert engine.load_engine("argos", EngineSetup(languages, [folder], fast=True)).origin("en", "fr").settings.startswith("beam 1,")
    with pytest.raises(UsageError, match="did you mean argos"):
        engine.load_engine("argus", setup)


@pytest.mark.parametrize(
    ("module", "name", "extra"), [(argos_module, "argos", "draft"), (argos_reference, "argostranslate", "argostranslate")]
)
def test_missing_library_says_what_to_install(
    module: ModuleType, name: str, extra: str, languages: dict[str, Language], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its extra an engine is not there, and the message says how to get it."""

    def nothing(library: str) -> str:
        raise PackageNotFoundError(library)

    monkeypatch.setattr(module, "version", nothing)

    with pytest.raises(UsageError, match=rf"\[{extra}\]"):
        engine.load_engine(name, EngineSetup(languages))


# Fake text

ENGLISH = (
    "You have the right to an interpreter.",
    "If you feel unwell, ask for a doctor: it's free & nobody may refuse you.",
    "<b>Call {hotline}</b> before 18:00, or write to help@example.org (https://example.org/help).",
    "[0] X1 Q2Q %(name)s &amp; zoo quick jumps",
    "HELP",
)


@pytest.fixture
def pseudo(languages: dict[str, Language]) -> Pseudo:
    """Give the engine of fake text."""
    return Pseudo(languages)


def test_fake_text_is_longer(pseudo: Pseudo, languages: dict[str, Language]) -> None:
    """It needs about 40 % more room than English, and no more than the language may."""
    texts = ENGLISH[:2]
    for source, target in pseudo.pairs():
        times = sum(len(guess.text) for guess in pseudo.translate(list(texts), source, target)) / sum(map(len, texts))
        longest = languages[target].length[1]
        assert min(1.2, 0.85 * longest) <= times <= min(1.9, 1.1 * longest), target


def test_fake_text_keeps_what_no_one_may_change(pseudo: Pseudo) -> None:
    """Placeholders, tags, addresses, numbers and masks stand there as in the English, in every language."""
    for source, target in pseudo.pairs():
        guesses = texts(pseudo.translate(ENGLISH, source, target))
        for kept in ("<b>", "{hotline}", "</b>", "18:00,", "help@example.org", "https://example.org/help"):
            assert guesses[2].count(kept) == 1, target
        for kept in ("[0]", "X1", "Q2Q", "%(name)s", "&amp;"):
            assert guesses[3].count(kept) == 1, target


def test_fake_text_is_repeatable(pseudo: Pseudo) -> None:
    """The same English gives the same text, in any order and company."""
    alone = [pseudo.translate([text], "en", "ar")[0] for text in ENGLISH]

    assert pseudo.translate(ENGLISH, "en", "ar") == alone
    assert pseudo.translate(ENGLISH[::-1], "en", "ar") == alone[::-1]


def test_fake_text_can_be_recognised(pseudo: Pseudo, languages: dict[str, Language]) -> None:
    """A designer finds the English words again in Latin letters, and right-to-left letters where they belong."""
    found = (pseudo.translate(["Call a doctor"], "en", code)[0].text for code in ("fr", "ar", "zh_Hans", "hi"))
    latin, arabic, chinese, hindi = found

    assert latin == "Çååļļ ååå đööçţöööŕ"
    assert arabic == "جاالل ااا دووجتووور"
    assert " " not in chinese
    assert set(hindi.split()) <= set(languages["hi"].words)
    assert len(hindi.split()) >= 3


def test_fake_text_has_glyphs(pseudo: Pseudo, languages: dict[str, Language]) -> None:
    """The font of the language, or the Latin one beside it, covers all of the fake text."""
    alphabet = ["The quick brown fox jumps over a lazy dog", "THE QUICK BROWN FOX JUMPS OVER A LAZY DOG", *ENGLISH]
    latin = fonts.face_coverage(languages["en"].face)[400]
    for source, target in pseudo.pairs():
        language = languages[target]
        found = "".join(texts(pseudo.translate(alphabet, source, target)))
        if language.face.cut:  # the font is cut to this standard, which takes long
            assert found.encode(language.face.cut), target
        else:
            assert set(map(ord, found)) - {0x200B} <= fonts.face_coverage(language.face)[400] | latin, target


def test_fake_text_is_marked(pseudo: Pseudo) -> None:
    """Nobody can take it for a translation."""
    origin = pseudo.origin("en", "ti")

    assert origin.package == "fake"
    assert origin.settings == "fake text to look at a layout, no translation"
    with pytest.raises(LeafletsError, match="model-missing"):
        pseudo.origin("ti", "en")
    with pytest.raises(LeafletsError, match="model-missing"):
        pseudo.translate(["x"], "en", "tlh")
    assert pseudo.translate([" "], "en", "ti")[0].fault == "there is nothing to translate"
