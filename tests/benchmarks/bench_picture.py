"""How long a reader waits: from a keystroke (POST of unsaved text) to the new picture (PNG of the page with the sentence marked)."""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from generator.review.live_snapshot import LiveSnapshot
from generator.web.app import create_app
from generator.web.server_state import ServerState
from generator.web.visitors import User, UserRole, Visitors

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
LANGUAGES = ("en", "ar", "ur", "zh_Hans")
LEAFLET, NAME = "not-alone", "title"
ROUNDS = 15


def client_of(desk: ServerState):  # type: ignore[no-untyped-def]
    """Return a browser without a network, let in as a reader."""
    client = create_app(desk).test_client()
    client.environ_base["HTTP_ORIGIN"] = "http://localhost"
    client.set_cookie(desk.cookie, desk.visitors.admit(desk.visitors.invite(User("r17", UserRole.READER))))
    return client


def keystroke(client, language: str, text: str) -> float:  # type: ignore[no-untyped-def]
    """Return the seconds until the picture of a text is there: what the page's script waits for, without its pause of 0.15 s."""
    start = time.perf_counter()
    answer = client.post(f"/picture/{language}/{LEAFLET}/{NAME}", data={"text": text, "you": "r17"})
    picture = client.get(answer.json["url"])
    assert picture.data[:4] == b"\x89PNG", picture.data
    return time.perf_counter() - start


def english(desk: ServerState, text: str) -> float:
    """Return the same for the English page, which no reader corrects and so has no address to post to."""
    from generator.editions.preview import edition_for

    start = time.perf_counter()
    snapshot = desk.live.snapshot()
    edition = edition_for(snapshot, "en", LEAFLET)
    assert edition
    assert desk.studio.marked(desk.studio.order(snapshot, edition, {NAME: text}), NAME, "r17")
    return time.perf_counter() - start


def main() -> None:
    from tests.conftest import copy_campaign

    print(
        f"{platform.platform()}, Python {platform.python_version()}, WeasyPrint {version('weasyprint')}, pypdfium2 {version('pypdfium2')}"
    )
    print(f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} processes want them: other work slows the pictures as much")
    print(f"{'milliseconds':12} {'first':>7} {'median':>7} {'worst':>7}   of {ROUNDS} keystrokes")
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            root = copy_campaign(Path(folder) / "campaign")
            desk = ServerState(root, LiveSnapshot(root), Visitors(), "localhost")
            client = client_of(desk)
            title = desk.live.snapshot().texts(language, LEAFLET)[NAME].msgstr
            texts = [
                title[: len(title) // 2] + " " * (number % 2) + title[len(title) // 2 :] + "." * number for number in range(ROUNDS + 1)
            ]
            times = [english(desk, text) if language == "en" else keystroke(client, language, text) for text in texts]
            desk.studio.close()
        first, warm = times[0] * 1000, [value * 1000 for value in times[1:]]
        print(f"{language:12} {first:7.0f} {statistics.median(warm):7.0f} {max(warm):7.0f}")


if __name__ == "__main__":
    main()
