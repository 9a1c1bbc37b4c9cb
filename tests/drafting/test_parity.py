"""Our reader of Argos packages beside the real argostranslate: the same package, the same settings, the same texts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

from generator.drafting.argos import BeamSearch, load_model
from generator.drafting.argos_package import inspect_package
from tests.conftest import ROOT

if not find_spec("argostranslate"):
    pytest.skip("argostranslate is not installed: make test-argostranslate", allow_module_level=True)
from tests.support.tiny_package import EN_AR, EN_FR, FR_EN, Tiny, build, without_network

ARGOS = BeamSearch(beam=4, patience=1, batch=1)
"""What argostranslate asks of CTranslate2."""
PARITY = """
import json, os, socket, sys
from pathlib import Path

def connect(*given):
    raise AssertionError(f"connects to {given}")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = connect
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
from argostranslate import package, translate
from generator.drafting.argos_reference import ArgosReference, LineSplitter

given = json.load(sys.stdin)
package.install_from_path(given["package"])
source, target = given["codes"]
real = translate.get_translation_from_codes(source, target)
real.underlying.sentencizer = LineSplitter()
engine = ArgosReference({source: source, target: target}, [Path(os.environ["ARGOS_PACKAGES_DIR"])])
guesses = engine.translate(given["texts"], source, target)
json.dump({
    "pairs": engine.pairs(),
    "origin": [engine.origin(source, target).engine, engine.origin(source, target).package],
    "real": [real.translate(text) for text in given["texts"]],
    "engine": [guess.text for guess in guesses],
}, sys.stdout)
"""
TEXTS = {
    EN_FR: [
        "Hello",
        "Hello world",
        "Help for peace.",
        "Call for free Help!",
        "Unknown words stay as they are",
        "Call {hotline} now",
        "5 < 7 & 8 > 3",
        "SWAP people",
        "Hello dropped world",
        "<b>Help</b> for peace",
        "%(user_name)s and a_b@c.org",
        "Two  spaces",
        "What is this - a list; of marks? (yes)",
        "Hello\nworld",
        "x" * 250,
        "café, naïve, señor",
    ],
    EN_AR: ["Hello world", "Call for Help", "Hello 123"],
    FR_EN: ["Salut monde", "Appelez pour paix"],
    Tiny(prefix="<2fr>"): ["Hello world", "Call"],
}


@pytest.fixture(params=TEXTS, ids=lambda tiny: "-".join(tiny.codes) + tiny.prefix)
def tiny(request: pytest.FixtureRequest) -> Tiny:
    """Give each of the packages."""
    return request.param


def argostranslate(tiny: Tiny, folder: Path) -> dict[str, list[str]]:
    """Return what argostranslate and the engine around it make of the texts, in a process with a home of its own."""
    given = {"package": str(build(folder, tiny)), "codes": tiny.codes, "texts": TEXTS[tiny]}
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder / "home"),
        "ARGOS_PACKAGES_DIR": str(folder / "home" / "packages"),
        "ARGOS_INTRA_THREADS": "1",
    }
    command = without_network(sys.executable, "-W", "ignore", "-c", PARITY)
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_same_texts(tiny: Tiny, tmp_path: Path) -> None:
    """Both give the same texts, but for the underscores that argostranslate turns into spaces; neither asks the network."""
    model = load_model(inspect_package(build(tmp_path, tiny)), threads=1)
    ours = [model.guesses([text], ARGOS)[0].text for text in TEXTS[tiny]]

    theirs = argostranslate(tiny, tmp_path)

    assert theirs["engine"] == theirs["real"]
    assert [text.replace("_", " ") for text in ours] == theirs["real"]
    assert theirs["pairs"] == [list(tiny.codes)]
    assert theirs["origin"] == [f"argostranslate-{version('argostranslate')}", f"{'_'.join(tiny.codes)}-1.0"]
