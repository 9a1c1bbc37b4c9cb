"""Recordings of sentences: bound to their wording, made on the page with and without JavaScript, and by a machine as drafts."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

from generator.audio.recorder import NewRecording, Recording, keep_recording, leaflet_recordings, recording_lines, speak_missing
from generator.audio.recording_state import WHOLE_LEAFLET, Heard, Voice, sound_kind
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import dump_catalogue
from generator.editions import record as editions_record
from generator.editions.build import build_editions
from generator.editions.manifest import EditionRecord
from generator.editions.plan import BuildRequest
from generator.problem import LeafletsError, UsageError
from generator.review.live_snapshot import LiveSnapshot
from generator.web.server_state import ServerState
from generator.web.visitors import User, UserRole, Visitors
from tests.conftest import ROOT
from tests.support.browser import QUIET
from tests.support.visitor import made

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOST = "127.0.0.1:8000"
BASE = f"http://{HOST}"
PAGE = "/record/fr/not-alone"


def sound(seconds: float = 0.1) -> bytes:
    """Return silence as WAV."""
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0\0" * int(8000 * seconds))
    return data.getvalue()


def state(folder: Path, message: str = "say") -> list[Voice]:
    """Return the states of a sentence's recordings."""
    return [one.state for one in found(folder) if one.message == message]


def found(folder: Path) -> list[Recording]:
    return leaflet_recordings(Project(folder), "fr", "not-alone")


def key(folder: Path, message: str = "say", language: str = "fr") -> str:
    return next(line.key for line in recording_lines(Project(folder), language, "not-alone") if line.message == message)


def kept(
    folder: Path, message: str = "say", language: str = "fr", heard: Heard = Heard.WEBSITE, voice: str = "", machine: bool = False
) -> Path:
    new = NewRecording(language, "not-alone", message, key(folder, message, language), sound(), heard, voice, machine)
    return keep_recording(Project(folder), new)


def reword(folder: Path, text: Callable[[str], str], message: str = "say") -> None:
    """Change a French sentence in its catalogue, as any editor would."""
    path = Project(folder).catalogue("fr", "not-alone")
    entries = [entry.changed(msgstr=text(entry.msgstr)) if entry.msgctxt == message else entry for entry in pofile.read_catalogue(path)]
    path.write_text(dump_catalogue(entries), "utf-8")


def test_a_recording_holds_for_the_words_that_were_read_and_comes_back_with_them(campaign: Path) -> None:
    path = kept(campaign)
    assert state(campaign) == [Voice.READ]
    assert path.parent == campaign / "audio/fr/not-alone"

    reword(campaign, lambda text: text + " Merci.")
    assert state(campaign) == [Voice.OLD]

    reword(campaign, lambda text: text.removesuffix(" Merci."))
    assert state(campaign) == [Voice.READ]


def test_a_recording_of_the_whole_leaflet_holds_for_all_its_words(campaign: Path) -> None:
    kept(campaign, WHOLE_LEAFLET)
    assert state(campaign, WHOLE_LEAFLET) == [Voice.READ]

    reword(campaign, str.upper, "help")
    assert state(campaign, WHOLE_LEAFLET) == [Voice.OLD]


def test_nothing_but_what_was_signed_counts_as_read(campaign: Path) -> None:
    path = kept(campaign)
    path.write_bytes(sound(0.2))
    assert state(campaign) == [Voice.UNSIGNED]

    kept(campaign, machine=True)
    assert state(campaign) == [Voice.MACHINE]

    (campaign / "audio/fr/recordings.jsonl").unlink()
    assert state(campaign) == [Voice.UNSIGNED]


def test_a_new_recording_takes_the_place_of_the_old_one_of_another_kind(campaign: Path) -> None:
    first = kept(campaign)
    second = keep_recording(Project(campaign), NewRecording("fr", "not-alone", "say", key(campaign), b"OggS" + bytes(100), Heard.HOUSE))

    assert not first.exists()
    assert [(one.path, one.heard) for one in found(campaign)] == [(second, Heard.HOUSE)]


@pytest.mark.parametrize(
    ("data", "message", "when", "code"),
    [
        (b"<html>", "say", "", "recording-kind"),
        (b"OggS" + bytes(3_000_000), "say", "", "recording-large"),
        (sound(), "say", "0" * 20, "recording-old"),
        (sound(), "../say", "", "recording-old"),
    ],
)
def test_what_is_no_recording_of_todays_sentence_is_refused(campaign: Path, data: bytes, message: str, when: str, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        keep_recording(Project(campaign), NewRecording("fr", "not-alone", message, when or key(campaign), data, Heard.HOUSE))

    assert [problem.code for problem in refused.value.problems] == [code]
    assert all(problem.hint for problem in refused.value.problems)
    assert found(campaign) == []


def test_facts_are_read_as_they_are_printed_and_tags_not_at_all(campaign: Path) -> None:
    text = {line.message: line.text for line in recording_lines(Project(campaign), "fr", "not-alone")}

    assert "020\u00a00946\u00a00123" in text["say"]
    assert not any(mark in "".join(text.values()) for mark in "{}<>")


@pytest.fixture
def client(campaign: Path):
    """Give a browser without JavaScript that was let in as r17."""
    desk = ServerState(campaign, LiveSnapshot(campaign), Visitors(), HOST, "")
    client = made(desk).test_client()
    client.get(
        f"/start/{desk.visitors.invite(User('r17', UserRole.ORGANISER), PAGE)}", base_url=BASE, environ_base={"REMOTE_ADDR": "127.0.0.1"}
    )
    return client


def answer(client, heard: str = "website"):
    """Say where the voice may be heard."""
    return client.post(f"{PAGE}/heard", base_url=BASE, data={"heard": heard}, headers={"Origin": BASE, "Sec-Fetch-Site": "same-origin"})


def send(client, data: bytes, when: str, **headers: str):
    form = {"message": "say", "key": when, "sound": (io.BytesIO(data), "voice.wav")}
    return client.post(PAGE, base_url=BASE, data=form, headers={"Origin": BASE, "Sec-Fetch-Site": "same-origin"} | headers)


def test_a_file_is_handed_in_without_javascript_and_played(campaign: Path, client) -> None:
    answer(client)
    assert send(client, sound(), key(campaign)).status_code == 303

    shown = client.get(PAGE, base_url=BASE).get_data(as_text=True)
    assert re.search(r'<p class="said">(?:(?!</p>).)*A person reads', shown)
    (path,) = re.findall(r'<audio[^>]* src="([^"]+)"', shown)
    played = client.get(path, base_url=BASE)
    assert played.data == sound()
    assert played.mimetype == "audio/wav"
    assert state(campaign) == [Voice.READ]


def test_the_page_refuses_what_is_too_large_too_old_or_sent_from_elsewhere(campaign: Path, client) -> None:
    large = client.post(
        PAGE, base_url=BASE, data=bytes(3_200_000), headers={"Origin": BASE}, content_type="multipart/form-data; boundary=x"
    )
    assert large.status_code == 413
    answer(client)
    late = send(client, sound(), "0" * 20)
    assert late.status_code == 422
    assert "open the page again" in late.get_data(as_text=True)
    assert send(client, sound(), key(campaign), Origin="http://evil.example").status_code == 403
    assert client.get(f"{PAGE}/recordings.jsonl", base_url=BASE).status_code == 404
    assert found(campaign) == []


def test_only_the_recording_page_may_use_the_microphone(client) -> None:
    assert "microphone=(self)" in client.get(PAGE, base_url=BASE).headers["Permissions-Policy"]
    assert "microphone=()" in client.get("/", base_url=BASE).headers["Permissions-Policy"]


def test_the_command_lists_what_there_is(campaign: Path, leaflets_command: Callable[..., tuple[int, str, str]]) -> None:
    kept(campaign)
    code, out, _ = leaflets_command("record", "fr", "not-alone", "--json", cwd=campaign)

    assert code == 0
    assert [(row["message"], row["state"], row["heard"]) for row in json.loads(out)["recordings"]] == [("say", "read", "website")]
    assert leaflets_command("record", "fr", "not-alon", "--list", cwd=campaign)[0] == 2


def test_a_language_without_a_voice_is_left_to_people(campaign: Path) -> None:
    with pytest.raises(LeafletsError, match="no voice for Tigrinya"):
        list(speak_missing(Project(campaign), "ti", "not-alone"))


def test_git_ignores_voices() -> None:
    ignored = subprocess.run(["git", "check-ignore", "-q", "audio/fr/not-alone/say.ogg"], cwd=ROOT, check=False)
    shown = subprocess.run(["git", "check-ignore", "-q", "audio/README.md"], cwd=ROOT, check=False)

    assert (ignored.returncode, shown.returncode) == (0, 1)


@pytest.mark.tools
def test_the_machine_reads_what_nobody_has_recorded_as_drafts(campaign: Path) -> None:
    person = kept(campaign)
    made = list(speak_missing(Project(campaign), "fr", "not-alone"))

    assert person not in made
    assert len(made) == len([line for line in recording_lines(Project(campaign), "fr", "not-alone") if line.text]) - 1
    assert all(sound_kind(path.read_bytes()) == "wav" and path.stat().st_size > 10_000 for path in made)
    assert {one.state for one in found(campaign) if one.path in made} == {Voice.MACHINE}
    assert state(campaign) == [Voice.READ]
    assert list(speak_missing(Project(campaign), "fr", "not-alone")) == []


@pytest.mark.tools
def test_a_sentence_is_recorded_with_the_microphone_and_heard_again(campaign: Path, browser: Browser) -> None:
    """A real Chromium whose microphone is a tone, and a real `leaflets record`."""
    command = [
        sys.executable,
        "-m",
        "generator",
        "-C",
        str(campaign),
        "record",
        "ur",
        "not-alone",
        "--as",
        "r17",
        "--heard",
        "house",
        "--no-browser",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | {"PYTHONUNBUFFERED": "1"})
    assert process.stdout
    tone = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    try:
        microphone = browser.browser_type.launch(executable_path=shutil.which("chromium"), args=[*QUIET, *tone])
        page = microphone.new_page(viewport={"width": 360, "height": 740})
        page.goto(process.stdout.readline().strip())
        line = page.locator("#say")
        line.locator(".start").click()
        page.wait_for_timeout(1500)
        line.locator(".stop").click()
        line.get_by_text("A person reads").wait_for()
        seconds = line.locator("audio").evaluate(
            """async (sound) => {
                sound.muted = true; await sound.play();
                await new Promise((go) => setTimeout(go, 500)); return sound.currentTime }"""
        )
        page.screenshot(path=os.environ.get("LEAFLETS_SHOT", os.devnull), type="png")
        wide = page.evaluate("document.documentElement.scrollWidth")
        microphone.close()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()

    (one,) = leaflet_recordings(Project(campaign), "ur", "not-alone")
    assert (one.message, one.state, one.heard) == ("say", Voice.READ, Heard.HOUSE)
    assert one.path.stat().st_size > 1_000
    assert seconds > 0.1
    assert wide <= 360


def test_a_leaflet_that_was_read_aloud_prints_the_way_to_its_voice_until_a_word_changes(campaign: Path) -> None:
    def codes() -> int:
        record = printed(campaign, "fr")
        assert record.problems == ()
        return voices(campaign, record)

    kept(campaign, WHOLE_LEAFLET)
    assert codes() == 0  # the campaign has not turned it on

    turn_on(campaign)
    assert codes() == 1

    reword(campaign, lambda text: text + " Merci.")
    assert codes() == 0


def test_a_full_sheet_is_printed_without_the_way_to_its_voice_and_says_so(campaign: Path) -> None:
    turn_on(campaign)
    kept(campaign, WHOLE_LEAFLET, language="ur")

    record = printed(campaign, "ur")

    assert (record.state, voices(campaign, record)) == ("draft", 0)
    assert [(problem.code, problem.severity) for problem in record.problems] == [("voice-no-room", "warning")]
    assert [one.code for one in editions_record.read_printings(Project(campaign))] == [record.code]
    assert printed(campaign, "ur") == record  # kept, and still said


def turn_on(campaign: Path) -> None:
    """Let a campaign print the way to its voices."""
    path = campaign / "leaflets/campaign.yaml"
    path.write_text(path.read_text("utf-8") + "audio: yes\n", "utf-8")


def printed(campaign: Path, language: str) -> EditionRecord:
    """Build `not-alone` on A5 and return its record."""
    (outcome,) = build_editions(Project(campaign), BuildRequest(("not-alone",), (language,), ("a5",)), jobs=1).outcomes
    return outcome.record


def voices(campaign: Path, record: EditionRecord) -> int:
    """Return how many pictures of a PDF are codes to a voice."""
    objects = pypdf.PdfWriter(clone_from=campaign / "output" / record.path)._objects
    return sum("#listen" in str(item.get("/Alt")) for item in objects if isinstance(item, dict))
