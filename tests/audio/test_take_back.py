"""Whose voice it is decides: where it may be heard is asked, published as answered, and taken back for good."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from generator.audio.recorder import NewRecording, keep_recording, leaflet_recordings, recording_lines
from generator.audio.recording_state import WHOLE_LEAFLET, Heard, Voice
from generator.audio.take_back import (
    VoiceChoice,
    change_hearing,
    draw_voice_code,
    take_back_voices,
    unasked_problems,
    voice_digest,
    voice_withdrawn,
)
from generator.campaign.project import Project
from generator.editions.build import build_editions
from generator.editions.plan import BuildRequest
from generator.problem import UsageError
from generator.website.publish import publish_website
from tests.audio.test_record import BASE, PAGE, answer, client, kept, key, send, sound, turn_on, voices
from tests.support.visitor import page_over, visitor

__all__ = ["client"]
LEDGER = "audio/fr/recordings.jsonl"
ASIDE = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}


def rows(campaign: Path, ledger: str = LEDGER) -> list[dict[str, object]]:
    """Return the lines of a ledger of recordings."""
    path = campaign / ledger
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def press(client, path: str, **form: str):
    """Send a form of the recording page."""
    return client.post(f"{PAGE}{path}", base_url=BASE, data=form, headers=ASIDE)


def shown(client) -> str:
    return client.get(PAGE, base_url=BASE).get_data(as_text=True)


def older(campaign: Path) -> Path:
    """Keep a recording as earlier versions did: with a reader's code and a day, without an answer."""
    path = campaign / f"audio/fr/not-alone/say.{key(campaign)}.wav"
    path.parent.mkdir(parents=True)
    path.write_bytes(sound())
    old = {"file": f"not-alone/{path.name}", "sha256": sha256(sound()).hexdigest(), "who": "r17", "at": "2026-11-22"}
    (campaign / LEDGER).write_text(json.dumps(old) + "\n", "utf-8")
    return path


def test_nobody_records_before_the_question_is_answered(campaign: Path, client) -> None:
    page = shown(client)
    assert page.count('name="heard"') == 3
    assert "checked" not in page  # nobody is led to an answer
    assert 'type="file"' not in page

    refused = send(client, sound(), key(campaign))
    assert refused.status_code == 422
    assert "nobody has said where" in refused.get_data(as_text=True)
    assert answer(client, "").status_code == 422
    assert answer(client, "everywhere").status_code == 422
    assert not (campaign / "audio/fr/not-alone").exists()

    with pytest.raises(UsageError) as error:
        kept(campaign, heard=Heard.UNASKED)
    assert [problem.code for problem in error.value.problems] == ["recording-unasked"]


def test_the_answer_lies_beside_the_recording_and_says_nothing_of_the_speaker(campaign: Path, client) -> None:
    answer(client, "house")
    assert "Write this code down" not in shown(client)  # nothing to take back yet
    send(client, sound(), key(campaign))

    code = re.search(r'<bdi lang="en" dir="ltr">([0-9A-Z]{5}-[0-9A-Z]{5})</bdi>', shown(client))[1]
    (row,) = rows(campaign)
    assert row.keys() == {"file", "sha256", "heard", "voice", "words", "by", "n", "prev", "sig"}  # no code of a reader, no day
    assert (row["heard"], row["voice"]) == ("house", voice_digest(code))
    written = b"".join(path.read_bytes() for path in campaign.rglob("*") if path.is_file())
    assert code.encode() not in written

    press(client, "/next")
    assert code not in shown(client)
    assert shown(client).count('name="heard"') == 3


def test_a_speaker_takes_everything_back_with_the_code(campaign: Path, client) -> None:
    code, other = draw_voice_code(), draw_voice_code()
    mine = [kept(campaign, "say", voice=voice_digest(code)), kept(campaign, WHOLE_LEAFLET, "ur", voice=voice_digest(code))]
    theirs = kept(campaign, "help", voice=voice_digest(other))

    assert press(client, "/take-back", code="00000-00000").status_code == 422
    assert all(path.exists() for path in mine)
    typed = code.lower().replace("-", " ").replace("0", "o")
    gone = press(client, "/take-back", code=typed)
    assert gone.status_code == 303

    assert [path.exists() for path in (*mine, theirs)] == [False, False, True]
    last = rows(campaign, "audio/ur/recordings.jsonl")[-1]
    assert (last["file"], last["withdrawn"], "sha256" in last, "voice" in last) == (f"not-alone/{mine[1].name}", True, False, False)
    page = client.get(gone.location, base_url=BASE).get_data(as_text=True)
    assert "papers that show the way to the voice" in page


def test_a_sentence_a_leaflet_or_a_language_is_taken_back_and_nothing_else(campaign: Path) -> None:
    project = Project(campaign)

    def there() -> list[tuple[str, str]]:
        return [(code, one.message) for code in ("fr", "ur") for one in leaflet_recordings(project, code, "not-alone")]

    for message, language in (("say", "fr"), ("help", "fr"), ("who", "fr"), ("say", "ur")):
        kept(campaign, message, language, Heard.HOUSE)
    assert take_back_voices(project, VoiceChoice("fr", "not-alone", "say")) == 1
    assert set(there()) == {("fr", "who"), ("fr", "help"), ("ur", "say")}
    with pytest.raises(UsageError) as none:
        take_back_voices(project, VoiceChoice("fr", "if-strangers-come"))
    assert [problem.code for problem in none.value.problems] == ["recording-none"]
    assert take_back_voices(project, VoiceChoice("fr", "not-alone")) == 2
    assert there() == [("ur", "say")]
    assert take_back_voices(project, VoiceChoice("ur")) == 1
    assert not list((campaign / "audio").rglob("*.wav"))


def test_a_recording_from_before_the_question_is_not_public_until_somebody_answers(
    campaign: Path, client, leaflets_command: Callable[..., tuple[int, str, str]]
) -> None:
    older(campaign)
    (one,) = leaflet_recordings(Project(campaign), "fr", "not-alone")
    assert (one.state, one.heard, one.published) == (Voice.UNSIGNED, Heard.UNASKED, False)
    assert leaflets_command("upgrade", "--yes", cwd=campaign)[0] == 0
    (one,) = leaflet_recordings(Project(campaign), "fr", "not-alone")
    assert (one.state, one.heard, one.published) == (Voice.READ, Heard.UNASKED, False)
    assert [problem.code for problem in unasked_problems(Project(campaign))] == ["recording-unasked"]
    for said in (leaflets_command("status", cwd=campaign), leaflets_command("record", "fr", "not-alone", "--list", cwd=campaign)):
        assert "nobody has said where they may be heard" in said[2]
    assert "Nobody has said where this voice may be heard" in shown(client)

    assert press(client, "/answer", message="say", heard="").status_code == 422
    assert press(client, "/answer", message="say", heard="website").status_code == 303
    (one,) = leaflet_recordings(Project(campaign), "fr", "not-alone")
    assert one.published
    assert not any({"who", "at"} & row.keys() for row in rows(campaign))  # whose code and day it was is gone
    assert unasked_problems(Project(campaign)) == []


def test_a_sound_that_nobody_entered_is_not_entered_by_an_answer(campaign: Path) -> None:
    path = older(campaign)
    path.write_bytes(sound(0.3))

    with pytest.raises(UsageError):
        change_hearing(Project(campaign), VoiceChoice("fr", "not-alone", unasked=True), Heard.WEBSITE)
    assert [one.state for one in leaflet_recordings(Project(campaign), "fr", "not-alone")] == [Voice.UNSIGNED]


def test_a_reader_hears_what_is_for_the_house_and_deletes_no_other_voice(campaign: Path) -> None:
    kept(campaign, "say", heard=Heard.NEVER)
    kept(campaign, "help", heard=Heard.HOUSE)
    app = page_over(campaign)
    reader, organiser = visitor(app, "r18", "reader"), visitor(app, "r17", "organiser")
    names = {one.message: one.path.name for one in leaflet_recordings(Project(campaign), "fr", "not-alone")}

    assert reader.get(f"{PAGE}/{names['say']}").status_code == 404
    assert organiser.get(f"{PAGE}/{names['say']}").status_code == 200
    assert reader.get(f"{PAGE}/{names['help']}").status_code == 200
    for form in ({"message": "help"}, {"all": "yes"}):
        assert reader.post(f"{PAGE}/take-back", data=form).status_code == 403
    assert len(leaflet_recordings(Project(campaign), "fr", "not-alone")) == 2
    assert reader.post(f"{PAGE}/take-back", data={}).status_code == 422  # [recording-code]

    assert reader.post(f"{PAGE}/heard", data={"heard": "never"}).status_code == 303
    form = {"message": "say", "key": key(campaign), "sound": (io.BytesIO(sound(0.4)), "voice.wav")}
    assert reader.post(PAGE, data=form).status_code == 303
    assert reader.get(f"{PAGE}/{names['say']}").data == sound(0.4)
    assert reader.post(f"{PAGE}/take-back", data={"message": "say"}).status_code == 303
    assert organiser.post(f"{PAGE}/take-back", data={"all": "yes"}).status_code == 303
    assert leaflet_recordings(Project(campaign), "fr", "not-alone") == []


@pytest.mark.parametrize("heard", [Heard.HOUSE, Heard.NEVER])
def test_only_a_voice_for_the_website_is_published_or_printed(site: Path, heard: Heard) -> None:
    record(site, heard)

    assert sounds_on(site) == []
    assert voices(site, built(site)) == 0


@pytest.mark.parametrize("narrowed", [None, Heard.HOUSE])
def test_a_voice_that_is_taken_back_leaves_the_website_the_paper_and_this_computer(site: Path, narrowed: Heard | None) -> None:
    code = draw_voice_code()
    path = record(site, Heard.WEBSITE, code)
    paper = built(site)
    assert voices(site, paper) == 1
    assert len(sounds_on(site)) == 1

    if narrowed:
        change_hearing(Project(site), VoiceChoice(code=code), narrowed)
    else:
        take_back_voices(Project(site), VoiceChoice(code=code))
    assert list((site / "output").rglob("*.wav")) == []  # at once, without another publish
    assert path.exists() is bool(narrowed)
    assert voice_withdrawn(Project(site), "ur", "not-alone")

    assert voices(site, built(site)) == 0
    assert sounds_on(site) == []
    page = (site / "output/site/not-alone/ur/index.html").read_text("utf-8")
    code_page = (site / f"output/site/c/{paper.code.lower()}/index.html").read_text("utf-8")
    assert "<audio" not in page
    assert re.search(r'<p id="listen">(?:<span[^>]*>)?The person who read this leaflet aloud has taken', page)
    assert "has taken their voice back" in code_page

    record(site, Heard.WEBSITE)  # somebody else reads it
    assert len(sounds_on(site)) == 1
    assert "has taken their voice back" not in (site / f"output/site/c/{paper.code.lower()}/index.html").read_text("utf-8")


@pytest.fixture
def site(campaign: Path) -> Path:
    """Give a campaign that prints the way to its voices, and publishes drafts."""
    turn_on(campaign)
    path = campaign / "leaflets/campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("  drafts: no", "  drafts: yes"), "utf-8")
    return campaign


def record(site: Path, heard: Heard, code: str = "") -> Path:
    lines = recording_lines(Project(site), "ur", "not-alone")
    return keep_recording(
        Project(site), NewRecording("ur", "not-alone", WHOLE_LEAFLET, lines[-1].key, sound(), heard, voice_digest(code) if code else "")
    )


def built(site: Path):
    (outcome,) = build_editions(Project(site), BuildRequest(("not-alone",), ("ur",), ("a4",)), jobs=1).outcomes
    assert outcome.record.path, outcome.record.problems
    return outcome.record


def sounds_on(site: Path) -> list[Path]:
    """Publish, and return the sounds on the website."""
    publish_website(Project(site))
    return sorted((site / "output/site").rglob("*.wav"))


def test_the_command_asks_and_takes_back(
    campaign: Path, leaflets_command: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = draw_voice_code()
    path = kept(campaign, voice=voice_digest(code))

    wrong, _, said = leaflets_command("record", "fr", "not-alone", "--as", "r17", "--no-browser", cwd=campaign)
    assert wrong == 2
    assert "add --heard house" in said  # nobody is there to be asked
    assert leaflets_command("record", "--take-back", cwd=campaign)[0] == 2
    assert leaflets_command("record", "fr", cwd=campaign)[0] == 2

    assert leaflets_command("record", "--code", code, "--heard", "house", cwd=campaign)[0] == 0
    assert [row["heard"] for row in rows(campaign)] == ["website", "house"]
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert leaflets_command("record", "--code", code, "--take-back", cwd=campaign)[0] == 130  # nobody is there to say yes
    assert path.exists()
    good, out, said = leaflets_command("record", "--code", code, "--take-back", "--yes", cwd=campaign)
    assert (good, out) == (0, "1 recording deleted for good\n")
    assert "What stays: papers" in said
    assert not path.exists()
