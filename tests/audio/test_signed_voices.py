"""Whoever edits files puts no other voice under a sentence, widens no wish, and brings no voice back that was taken back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.audio.recorder import NewRecording, keep_recording, leaflet_recordings, recording_lines
from generator.audio.recording_state import Heard, Voice
from generator.audio.take_back import VoiceChoice, change_hearing, take_back_voices
from generator.campaign.project import Project
from tests.audio.test_record import kept, sound, state, turn_on
from tests.audio.test_take_back import LEDGER, older, rows
from tests.support.two_computers import computer

Command = Callable[..., tuple[int, str, str]]


def lines(campaign: Path) -> list[str]:
    return (campaign / LEDGER).read_text("utf-8").splitlines()


def write(campaign: Path, written: list[str]) -> None:
    (campaign / LEDGER).write_text("".join(f"{line}\n" for line in written), "utf-8")


def named(campaign: Path, command: Command) -> list[tuple[str, str]]:
    """Return what `leaflets check` says of recordings: the code, and the file with its line."""
    _, out, _ = command("check", "--json", cwd=campaign)
    found = [(one["code"], one["where"]) for one in json.loads(out)["problems"]]
    return [(code, where.rpartition("audio/")[2]) for code, where in found if "audio/" in where]


def played(campaign: Path) -> bool:
    """Tell whether anybody but an organiser hears the sentence."""
    return any(
        one.published or (one.confirmed and one.heard is not Heard.NEVER)
        for one in leaflet_recordings(Project(campaign), "fr", "not-alone")
    )


def unsigned(row: dict[str, object]) -> str:
    return json.dumps({name: value for name, value in row.items() if name not in ("by", "n", "prev", "seen", "sig")})


def test_another_voice_under_a_signed_sentence_is_not_played(campaign: Path, leaflets_command: Command) -> None:
    path = kept(campaign)
    assert (played(campaign), named(campaign, leaflets_command)) == (True, [])
    path.write_bytes(sound(0.5))
    assert (state(campaign), played(campaign)) == ([Voice.UNSIGNED], False)
    assert named(campaign, leaflets_command) == [("recording-exchanged", f"fr/not-alone/{path.name}")]


@pytest.mark.parametrize("how", ["changed", "unsigned", "added", "machine", "other sentence", "other language"])
def test_a_line_that_no_key_signed_plays_nothing_and_is_named(campaign: Path, leaflets_command: Command, how: str) -> None:
    path = kept(campaign, heard=Heard.NEVER)
    other = kept(campaign, "help", heard=Heard.WEBSITE)
    never, website = lines(campaign)
    assert named(campaign, leaflets_command) == []
    forged = {
        "changed": [never.replace('"never"', '"website"'), website],
        "unsigned": [unsigned(rows(campaign)[0] | {"heard": "website"}), website],
        "added": [never, website, unsigned(rows(campaign)[0] | {"heard": "website"})],
        "machine": [never, website, unsigned(rows(campaign)[0] | {"heard": "house", "machine": True})],
        "other sentence": [never, website.replace(other.name, path.name)],
        "other language": [website],
    }[how]
    if how == "other language":
        kept(campaign, "help", "ur", heard=Heard.NEVER)
        (campaign / "audio/ur/recordings.jsonl").write_text(website + "\n", "utf-8")
        assert ("line-forged", "ur/recordings.jsonl:1") in named(campaign, leaflets_command)
        assert not any(one.confirmed for one in leaflet_recordings(Project(campaign), "ur", "not-alone"))
        return
    write(campaign, forged)
    said = leaflet_recordings(Project(campaign), "fr", "not-alone")
    assert [one.message for one in said if one.message == "say" and one.confirmed and one.heard is not Heard.NEVER] == []
    wrong = ("line-forged", "recording-unsigned", "line-missing")
    places = [where for code, where in named(campaign, leaflets_command) if code in wrong]
    assert all(where.startswith("fr/recordings.jsonl:") for where in places)
    assert bool(places) is (how != "machine")


def test_the_wider_wish_of_before_is_not_had_back(campaign: Path, leaflets_command: Command) -> None:
    """Neither by taking out the stricter line, nor by putting the wider one behind it."""
    kept(campaign, heard=Heard.WEBSITE)
    change_hearing(Project(campaign), VoiceChoice("fr"), Heard.HOUSE)
    wide, strict = lines(campaign)
    assert [one.heard for one in leaflet_recordings(Project(campaign), "fr", "not-alone")] == [Heard.HOUSE]
    for forged in ([strict, wide], [wide, strict, wide]):
        write(campaign, forged)
        assert not any(one.published for one in leaflet_recordings(Project(campaign), "fr", "not-alone"))
    write(campaign, [wide])
    assert not played(campaign)
    assert named(campaign, leaflets_command) == [("line-lost", "fr/recordings.jsonl:1")]


def test_the_stricter_of_two_wishes_counts(campaign: Path, tmp_path: Path) -> None:
    """Two copies of one folder, each with another answer, are put together."""
    kept(campaign, heard=Heard.NEVER)
    copy = shutil.copytree(campaign, tmp_path / "copy")
    change_hearing(Project(campaign), VoiceChoice("fr"), Heard.WEBSITE)
    change_hearing(Project(copy), VoiceChoice("fr"), Heard.HOUSE)
    both = [*lines(campaign), lines(copy)[-1]]
    for order in (both, [both[0], both[2], both[1]]):
        write(campaign, order)
        assert [(one.heard, one.state) for one in leaflet_recordings(Project(campaign), "fr", "not-alone")] == [(Heard.HOUSE, Voice.READ)]


def test_a_voice_that_was_taken_back_stays_away_even_where_the_loss_is_adopted(campaign: Path, leaflets_command: Command) -> None:
    path = kept(campaign)
    before = lines(campaign)
    change_hearing(Project(campaign), VoiceChoice("fr"), Heard.HOUSE)
    take_back_voices(Project(campaign), VoiceChoice("fr"))
    path.write_bytes(sound())
    write(campaign, before)

    assert not played(campaign)
    assert ("line-lost", "fr/recordings.jsonl:1") in named(campaign, leaflets_command)
    assert leaflets_command("adopt", "--yes", cwd=campaign)[0] == 0
    assert not played(campaign)
    assert ("recording-exchanged", f"fr/not-alone/{path.name}") in named(campaign, leaflets_command)

    kept(campaign)  # somebody reads it again
    assert played(campaign)


def test_a_key_that_nobody_admitted_records_nothing(campaign: Path, tmp_path: Path, leaflets_command: Command) -> None:
    kept(campaign, "help")
    with computer(tmp_path / "stranger"):
        kept(campaign, "say")
    assert [one.message for one in leaflet_recordings(Project(campaign), "fr", "not-alone") if one.confirmed] == ["help"]
    assert ("line-stranger", "fr/recordings.jsonl:2") in named(campaign, leaflets_command)


def test_recordings_of_before_are_confirmed_once(campaign: Path, leaflets_command: Command) -> None:
    path = older(campaign)
    assert named(campaign, leaflets_command) == [("recording-unsigned", "fr/recordings.jsonl:1")]
    code, out, _ = leaflets_command("upgrade", cwd=campaign)
    assert (code, "audio/fr: sign 1 recording:" in out, state(campaign)) == (0, True, [Voice.UNSIGNED])
    assert leaflets_command("upgrade", "--yes", cwd=campaign)[0] == 0
    assert (state(campaign), named(campaign, leaflets_command)) == ([Voice.READ], [])

    row = json.loads(unsigned(rows(campaign)[0])) | {"file": f"not-alone/help{path.name[3:]}", "heard": "website"}
    write(campaign, [*lines(campaign), json.dumps(row)])
    said = named(campaign, leaflets_command)
    leaflets_command("upgrade", "--yes", cwd=campaign)
    assert ("recording-unsigned", "fr/recordings.jsonl:2") in said
    assert named(campaign, leaflets_command) == said  # whoever adds a line later gets no signature


def test_paper_leads_to_no_voice_that_is_not_signed(campaign: Path) -> None:
    """The whole leaflet in one recording: another one in its place is on no website."""
    turn_on(campaign)
    project = Project(campaign)
    line = recording_lines(project, "ur", "not-alone")[-1]
    path = keep_recording(project, NewRecording("ur", "not-alone", line.message, line.key, sound(), Heard.WEBSITE))
    assert [one.published for one in leaflet_recordings(project, "ur", "not-alone")] == [True]
    path.write_bytes(sound(0.7))
    assert [one.published for one in leaflet_recordings(project, "ur", "not-alone")] == [False]
