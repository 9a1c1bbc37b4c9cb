"""A text that was deleted for good stands nowhere, the ledger stays whole, and no older clone brings it back."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.campaign.project import Project
from generator.campaign.sites import SECRET_FILE
from generator.model import State
from generator.problem import LeafletsError
from generator.review.back_translations import save_back_translations
from generator.review.extract import extract_messages
from generator.review.ledger import ledger_reading
from generator.review.ledger_event import LedgerAction
from generator.review.snapshot import Snapshot
from generator.signing.comments import add_comment
from generator.signing.redact import find_redaction, redact_text
from generator.signing.sentence_task import corrected_task
from generator.signing.sign import ReaderAction, correct_wording, reject_wording
from generator.signing.sign_facts import fact_tasks, sign_fact
from generator.signing.undo import remember_answer
from generator.signing.unsaved import TypedText, change_desk
from tests.conftest import copy_campaign
from tests.support.wordings import DAY, french, kept, put, task, typed

Command = Callable[..., tuple[int, str, str]]
PRIVATE = "Chez la famille du numéro douze"
OTHER = "Ce que nous faisons"
GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false")


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Give a campaign of one leaflet in French, without what is made anew on each computer."""
    found = copy_campaign(tmp_path / "campaign", leaflets=("not-alone",), languages=("en", "fr"))
    (found / "sites" / SECRET_FILE).unlink(missing_ok=True)
    return found


def correct(campaign: Path, text: str, who: str) -> None:
    before = task(campaign, "help", who)
    after = corrected_task(Snapshot(Project(campaign)), before, text, who)
    events = correct_wording(Project(campaign), before, after, who, DAY, {})
    remember_answer(Project(campaign), who, ReaderAction.CORRECT, before, after, events)


def saying(campaign: Path, text: str) -> list[str]:
    """Return every file of a folder, git's too where it is not packed, that holds the bytes of a text."""
    return [str(path.relative_to(campaign)) for path in files(campaign) if text.encode() in path.read_bytes()]


def files(campaign: Path) -> Iterator[Path]:
    return (path for path in campaign.rglob("*") if path.is_file() and ".git" not in path.relative_to(campaign).parts)


def redact(campaign: Path, wanted: str, language: str = "fr") -> list[str]:
    project = Project(campaign)
    return redact_text(project, find_redaction(project, language, wanted))


def test_a_wording_goes_from_every_file_and_the_ledger_stays(campaign: Path) -> None:
    """Catalogue, obsolete entries, comments, back-translations, desks and former wordings: no byte of it is left."""
    correct(campaign, PRIVATE, "r41")
    put(campaign, "help", comments=(f"# said: {PRIVATE}", "# keep this"))
    save_back_translations(
        Project(campaign).back_translations("fr"), {task(campaign, "help").key: "At number twelve", "k": "Guarded words"}
    )
    with change_desk(campaign, "r42") as desk:
        desk.texts["fr/not-alone/help"] = TypedText(f"{PRIVATE} encore", PRIVATE)
        desk.texts["fr/not-alone/title"] = TypedText("Bonjour")
    path = french(campaign)
    path.write_text(path.read_text("utf-8") + f'\n#~ msgctxt "old"\n#~ msgid "Old"\n#~ msgstr "{PRIVATE}"\n', "utf-8")
    assert len(saying(campaign, PRIVATE)) >= 4
    lines = Project(campaign).ledger("fr").read_bytes()

    assert redact(campaign, PRIVATE) == []

    assert saying(campaign, PRIVATE) == []
    assert saying(campaign, "At number twelve") == []
    assert len(saying(campaign, "Guarded words")) == 1
    assert "# keep this" in path.read_text("utf-8")
    assert task(campaign, "help").text.state is State.MISSING
    reading = ledger_reading(Project(campaign).ledger("fr"))
    assert (reading.sound, reading.problems) == (True, ())
    assert Project(campaign).ledger("fr").read_bytes() == lines
    extract_messages(Project(campaign))
    assert saying(campaign, PRIVATE) == []
    correct(campaign, OTHER, "r41")
    assert task(campaign, "help").support.signers == {"r41"}


def test_reasons_and_comments_go_too(campaign: Path) -> None:
    """What somebody said is deleted; that they rejected the text and commented stays, without the words."""
    reject_wording(Project(campaign), task(campaign, "help"), "r41", DAY, "as the neighbour says")
    add_comment(Project(campaign), task(campaign, "help"), "r41", DAY, "ask the man in the kitchen")
    assert redact(campaign, "the man in the kitchen") == []
    assert redact(campaign, "as the neighbour says") == []
    assert saying(campaign, "neighbour says") == saying(campaign, "in the kitchen") == []
    found = task(campaign, "help").support
    assert (found.rejected, found.reasons) == (True, ())
    thread = Snapshot(Project(campaign)).comments("fr", "not-alone", "help")
    assert [one.why for one in thread] == [""]


def test_a_reason_about_a_fact_goes(campaign: Path) -> None:
    """Reasons about facts stand beside their own ledger."""
    path = campaign / "leaflets" / "facts.yaml"
    path.write_text(path.read_text("utf-8").replace("09460", "09461"), "utf-8")
    fact = next(fact_tasks(Project(campaign), "", "r41", DAY))
    sign_fact(Project(campaign), fact, "r41", DAY, LedgerAction.REJECT, "a wrong house answers")
    assert saying(campaign, "wrong house") == ["leaflets/wordings.jsonl"]
    assert redact(campaign, "wrong house", "facts") == []
    assert saying(campaign, "wrong house") == []


def test_a_merge_with_an_older_clone_does_not_bring_it_back(campaign: Path) -> None:
    """Two real clones: one deletes, the other still has the text and goes on; after git's merge it counts for nothing."""
    correct(campaign, PRIVATE, "r41")
    (campaign / ".gitattributes").write_text("*.jsonl merge=union\n", "utf-8")
    (campaign / ".gitignore").write_text(".leaflets*\n", "utf-8")
    git(campaign, "init", "-q", "-b", "main")
    commit(campaign)
    other = campaign.with_name("other")
    git(campaign.parent, "clone", "-q", str(campaign), str(other))
    redact(campaign, PRIVATE)
    commit(campaign)
    with (other / "locales" / "fr" / "wordings.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"c": "help", "s": "What we can do", "t": "' + PRIVATE + '"}\n')
    commit(other)
    git(other, "pull", "-q", "--no-rebase", "--no-edit", "-X", "ours", "origin", "main")
    shutil.copy(french(other), french(other).with_suffix(".was"))
    put(other, "help", msgstr=PRIVATE)

    snapshot = Snapshot(Project(other))
    assert snapshot.texts("fr", "not-alone")["help"].state is State.MISSING
    french(other).with_suffix(".was").unlink()
    extract_messages(Project(other))
    assert saying(other, PRIVATE) == []
    assert PRIVATE not in kept(other)


def git(folder: Path, *arguments: str) -> None:
    subprocess.run([*GIT, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "work")


def test_a_former_source_text_goes_in_all_languages(campaign: Path) -> None:
    """What the source said before is deleted with what was made for it; today's text is changed in its file first."""
    correct(campaign, OTHER, "r41")
    source = campaign / "leaflets" / "not-alone.yaml"
    with pytest.raises(LeafletsError) as refused:
        find_redaction(Project(campaign), "en", "What we can do")
    problem = refused.value.problems[0]
    assert (problem.code, "not-alone.yaml:" in problem.where) == ("redact-today", True)
    source.write_text(source.read_text("utf-8").replace("What we can do", "What we will do"), "utf-8")
    extract_messages(Project(campaign))
    assert saying(campaign, "What we can do") != []
    left = redact(campaign, "What we can do", "en")
    assert [place for place in left if place.startswith(("locales", "leaflets"))] == []
    assert saying(campaign, "What we can do") == []
    extract_messages(Project(campaign))
    assert saying(campaign, "What we can do") == []


def test_what_is_meant_must_be_one_text(campaign: Path) -> None:
    """Nothing is deleted that was not meant: a part that two texts share, or that none has, is refused; a hash is enough."""
    typed(campaign, "help", "Nos aides une")
    typed(campaign, "who", "Nos aides deux")
    for wanted, code in (("Nos aides", "redact-many"), ("personne ne dit cela", "redact-none"), ("", "redact-none")):
        with pytest.raises(LeafletsError) as refused:
            find_redaction(Project(campaign), "fr", wanted)
        assert refused.value.problems[0].code == code
    assert find_redaction(Project(campaign), "fr", task(campaign, "who").key[:12]).text == "Nos aides deux"


def test_the_command_asks_and_says_what_stays(leaflets_command: Command, campaign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a yes nothing goes; a file that people made themselves is named afterwards."""
    correct(campaign, PRIVATE, "r41")
    (campaign / "notes.txt").write_text(PRIVATE, "utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    code, out, err = leaflets_command("redact", "fr", "numéro douze", cwd=campaign)
    assert (code, PRIVATE in out, PRIVATE in kept(campaign)) == (130, True, True)
    assert "Not done." in err
    code, _, err = leaflets_command("redact", "fr", "numéro douze", "--yes", cwd=campaign)
    assert code == 0
    assert "it still stands in notes.txt" in err
    assert "git" in err
    assert saying(campaign, PRIVATE) == ["notes.txt"]
