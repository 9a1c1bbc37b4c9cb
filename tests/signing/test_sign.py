"""People sign exactly what they saw: shown with all there is to judge it, kept at once, and never against somebody else's text."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from generator.base.digests import wording_key
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.model import SigningRule, State
from generator.problem import LeafletsError, Problem
from generator.review import back_translations, ledger
from generator.review.extract import extract_messages
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.snapshot import Snapshot
from generator.review.state import wording_state
from generator.review.support import support_by_key
from generator.signing import record_answer
from tests.conftest import copy_campaign
from tests.support.remembered import take_for_true

ANNA, BILAL = "r41", "r42"
"""Reader codes of nobody: they say themselves that they are examples."""
DAY = "2026-11-23"

Command = Callable[..., tuple[int, str, str]]


class Answers(io.StringIO):
    """What a person types, line by line; before an answer something may happen. At the end, the terminal closes or Ctrl-C comes."""

    def __init__(self, lines: list[str], before: dict[int, Callable[[], None]], end: type[BaseException] | None) -> None:
        super().__init__("".join(f"{line}\n" for line in lines))
        self.count, self.before, self.end = 0, before, end

    def readline(self, size: int | None = -1, /) -> str:
        """Return the next answer."""
        if self.count in self.before:
            self.before[self.count]()
        self.count += 1
        line = super().readline(-1 if size is None else size)
        if not line and self.end:
            raise self.end
        return line


@dataclass
class Reader:
    """Somebody at a terminal: runs `leaflets sign` with answers."""

    command: Command
    monkeypatch: pytest.MonkeyPatch
    folder: Path
    before: dict[int, Callable[[], None]] = field(default_factory=dict)
    end: type[BaseException] | None = None

    def __call__(
        self, *answers: str, at: tuple[str, ...] = ("fr", "not-alone"), who: str = ANNA, cwd: Path | None = None
    ) -> tuple[int, str, str]:
        """Return exit code, stdout and stderr; without `who` the folder knows who it is."""
        self.monkeypatch.setattr("sys.stdin", Answers(list(answers), self.before, self.end))
        return self.command("sign", *at, *(("--as", who) if who else ()), cwd=cwd or self.folder)

    def edits(self, *texts: str) -> Path:
        """Let the editor write these texts, one each time it is started; return the file that keeps what it was given."""
        seen, todo = self.folder.parent / "seen.txt", self.folder.parent / "todo.txt"
        todo.write_text("".join(f"{text}\n" for text in texts), "utf-8")
        script = self.folder.parent / "editor.sh"
        script.write_text(
            f'#!/bin/sh\ncat "$1" >> "{seen}"\necho >> "{seen}"\nhead -n 1 "{todo}" > "$1"\nsed -i 1d "{todo}"\ntouch -d 2031-01-01 "$1"\n'
        )
        script.chmod(0o755)
        self.monkeypatch.setenv("EDITOR", str(script))
        self.monkeypatch.delenv("VISUAL", raising=False)
        return seen


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be 23 November 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Give a copy of the campaign in three languages, which is faster."""
    return copy_campaign(tmp_path / "campaign", languages=("en", "ar", "fr"))


@pytest.fixture
def sign(leaflets_command: Command, monkeypatch: pytest.MonkeyPatch, campaign: Path) -> Reader:
    """Give somebody at a terminal."""
    return Reader(leaflets_command, monkeypatch, campaign)


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text, f"{before!r} is not in {path.name}"
    path.write_text(text.replace(before, after, 1), "utf-8")


def french(campaign: Path, domain: str = "not-alone") -> Path:
    return Project(campaign).catalogue("fr", domain)


def entry(campaign: Path, msgctxt: str = "help", domain: str = "not-alone") -> Entry:
    return next(found for found in pofile.read_catalogue(french(campaign, domain)) if found.msgctxt == msgctxt and not found.obsolete)


def marks(campaign: Path, msgctxt: str, domain: str = "not-alone") -> list[str]:
    """Return what a catalogue says for people about the signatures of a sentence."""
    return [line for line in entry(campaign, msgctxt, domain).comments if line.startswith("# @ok")]


def state_of(campaign: Path, msgctxt: str = "help", domain: str = "not-alone") -> State:
    return Snapshot(Project(campaign)).texts("fr", domain)[msgctxt].state


def events(campaign: Path, language: str = "fr") -> list[tuple[str, str, str]]:
    """Return what people did: deed, person, reason; machines left out."""
    return [
        (found.action, found.who, found.why)
        for found in ledger.read_ledger(Project(campaign).ledger(language))
        if found.action != "machine"
    ]


def to(campaign: Path, msgctxt: str, *answers: str, domain: str = "not-alone") -> list[str]:
    """Return the answers that skip to a sentence, for somebody who has signed nothing yet."""
    names = [message.msgctxt for message in Project(campaign).domain(domain)]
    texts = Snapshot(Project(campaign)).texts("fr", domain)
    return ["k" for name in names[: names.index(msgctxt)] if texts[name].state is not State.READY] + list(answers)


def fixed(campaign: Path, old: str, new: str, domain: str = "not-alone") -> None:
    """Change a catalogue in another program."""
    edit(french(campaign, domain), old, new)


def test_shows_all_there_is_to_judge_a_sentence(campaign: Path, sign: Reader) -> None:
    """English, note, risk, translation, where it comes from, a machine's way back, the agreed word, and the question about not."""
    safe = entry(campaign, "safe")
    key = wording_key("fr", "safe", safe.msgid, safe.msgstr)
    back_translations.save_back_translations(
        Project(campaign).back_translations("fr"), {key: "Our help costs nothing. \x1b[31mRed", "0" * 20: "Of another text"}
    )
    code, out, err = sign("q")
    assert (code, "12 sentences for r41, about" in err) == (0, True)
    _, out, _ = sign(*["k"] * 20)
    assert "not-alone / safe   8 of 12   risk: safety, 0 of 2 people" in out
    assert f"  English    {safe.msgid}" in out
    assert f"  French     {safe.msgstr}" in out
    assert "  origin     machine draft by language-model" in out
    assert "  in English Our help costs nothing. \ufffd[31mRed   (a machine's guess)" in out
    assert "Of another text" not in out
    assert "  note       Do not soften" in out
    assert "  glossary   solicitor = avocat (draft)" in out
    assert "the English says “nobody”" in out
    assert events(campaign) == []


def test_signature_binds_to_the_wording_and_is_kept_at_once(campaign: Path, sign: Reader) -> None:
    code, _, err = sign(*to(campaign, "help", "s", "q"))
    assert (code, "1 answer by r41 is kept." in err) == (0, True)
    found = entry(campaign)
    (last,) = [event for event in ledger.read_ledger(Project(campaign).ledger("fr")) if event.action != "machine"]
    key = wording_key("fr", "help", found.msgid, found.msgstr)
    assert (last.key, last.file_action, last.who, last.at) == (key, "approve", ANNA, DAY)
    assert (state_of(campaign), found.fuzzy, marks(campaign, "help")) == (State.READY, False, [f"# @ok {key[:12]}"])
    assert ANNA not in french(campaign).read_text("utf-8")
    assert "not-alone / help " not in sign("q", who="")[1]


def test_skip_quit_and_empty_line_change_nothing(campaign: Path, sign: Reader) -> None:
    before = {path: path.read_bytes() for path in (campaign / "locales").rglob("*") if path.is_file()}
    for answers in (["q"], ["k", "", "q"], ["x", "?", "k", "q"], []):
        code, _, err = sign(*answers)
        assert (code, "0 answers by r41 are kept." in err) == (0, True)
    assert {
        path: path.read_bytes() for path in (campaign / "locales").rglob("*") if path.is_file() and path.name != ".leaflets.lock"
    } == before


def test_correction_is_written_and_counts_as_its_writers(campaign: Path, sign: Reader) -> None:
    seen = sign.edits("  Ce que nous Pouvons  faire ")
    old = entry(campaign).msgstr
    sign(*to(campaign, "help", "c", "q"))
    found = entry(campaign)
    assert seen.read_text("utf-8").strip() == old
    assert (found.msgstr, state_of(campaign), found.fuzzy) == ("Ce que nous Pouvons faire", State.READY, False)
    assert events(campaign) == [("write", ANNA, "")]
    assert not any(line.startswith("# @draft") for line in found.comments)


def test_correction_of_a_risky_sentence_needs_a_second_person(campaign: Path, sign: Reader) -> None:
    sign.edits(entry(campaign, "private").msgstr.replace("en sécurité", "En sécurité"))
    sign(*to(campaign, "private", "c", "y", "q"))
    assert state_of(campaign, "private") is State.READ
    assert [event[:2] for event in events(campaign)] == [("write", ANNA), ("dismiss", ANNA)]


@pytest.mark.parametrize("written", ["", "   ", "Ce que nous pouvons faire"])
def test_editor_left_without_a_change_changes_nothing(campaign: Path, sign: Reader, written: str) -> None:
    sign.edits(written)
    before = french(campaign).read_bytes()
    _, _, err = sign(*to(campaign, "help", "c", "q"))
    assert "Nothing was changed." in err
    assert (french(campaign).read_bytes(), events(campaign)) == (before, [])


def test_correction_with_an_error_is_refused_and_comes_back_into_the_editor(campaign: Path, sign: Reader) -> None:
    domain, name = "if-strangers-come", "steps.call"
    wrong, right = "Appelez-nous.", entry(campaign, name, domain).msgstr.replace("jour", "Jour")
    assert right != entry(campaign, name, domain).msgstr
    seen = sign.edits(wrong, right)
    before = french(campaign, domain).read_bytes()
    skip = to(campaign, name, domain=domain)
    sign.before = {len(skip) + 1: lambda: before_is(french(campaign, domain), before)}
    _, _, err = sign(*skip, "c", "y", "q", at=("fr", domain))
    assert "nobody can sign over an error [placeholders]" in err
    assert seen.read_text("utf-8").splitlines()[1:] == ["", wrong, ""]
    assert entry(campaign, name, domain).msgstr == right
    assert events(campaign) == [("write", ANNA, "")]


def test_correction_is_not_compared_with_the_text_it_replaces(campaign: Path, sign: Reader) -> None:
    """The sentence stands in one leaflet only: no other translation of it is left."""
    sign.edits("Ce que nous faisons")
    _, _, err = sign(*to(campaign, "help", "c", "q"))
    assert "elsewhere it is" not in err
    assert events(campaign) == [("write", ANNA, "")]


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_correction_keeps_spaces_that_do_not_break(campaign: Path, sign: Reader, space: str) -> None:
    """French writes one before a colon; without it the colon may begin a line."""
    text = f"Ce que nous Pouvons faire{space}: ceci"
    sign.edits(text)
    sign(*to(campaign, "help", "c", *["."] * 3, "q"))
    assert entry(campaign).msgstr == text


def test_text_with_a_space_that_does_not_break_left_without_a_change_is_not_signed(campaign: Path, sign: Reader) -> None:
    edit(french(campaign), "tous les jours, {line_hours}", "tous les jours\u00a0: {line_hours}")
    sign.edits(entry(campaign, "say").msgstr)
    before = french(campaign).read_bytes()
    _, _, err = sign(*to(campaign, "say", "c", "q"))
    assert "Nothing was changed." in err
    assert (french(campaign).read_bytes(), events(campaign)) == (before, [])


def before_is(path: Path, data: bytes) -> None:
    assert path.read_bytes() == data


def test_correction_given_up_changes_nothing(campaign: Path, sign: Reader) -> None:
    sign.edits("Appelez.")
    before = french(campaign).read_bytes()
    sign(*to(campaign, "say", "c", "n", "q"))
    assert (french(campaign).read_bytes(), events(campaign)) == (before, [])


def test_rejection_needs_a_reason_and_is_shown_to_the_next_reader(campaign: Path, sign: Reader) -> None:
    _, _, err = sign(*to(campaign, "help", "s", "q"))
    _, _, err = sign(*to(campaign, "offers.listen", "r", " ", "r", "“écouter”  is too formal", "q"), who="")
    assert "[sign-reason]" in err
    assert events(campaign)[-1] == ("reject", ANNA, "“écouter” is too formal")
    assert (state_of(campaign, "offers.listen"), entry(campaign, "offers.listen").fuzzy) == (State.DRAFT, True)
    (campaign / ".leaflets.reader").unlink()
    _, out, _ = sign(*["k"] * 20, who=BILAL)
    assert "  rejected   “écouter” is too formal" in out


def test_a_reason_with_a_number_is_asked_for_again(campaign: Path, sign: Reader) -> None:
    """The message names what is wrong; the same sentence stays in front of the reader, and the second reason is kept."""
    _, _, err = sign(*to(campaign, "help", "r", "ask 07700 900123", "r", "too formal", "q"))

    assert "no names, no numbers" in err
    assert "there is a phone number in it" in err
    assert events(campaign)[-1] == ("reject", ANNA, "too formal")


def test_rejection_outweighs_signatures_until_it_is_taken_back(campaign: Path, sign: Reader) -> None:
    sign(*to(campaign, "safe", "r", "money is missing", "u", "q"))
    assert [event[0] for event in events(campaign)] == ["reject", "withdraw"]
    sign(*to(campaign, "safe", "s", "y", "q"), who="")
    assert state_of(campaign, "safe") is State.READ


def test_undo_then_sign_again_any_number_of_times(campaign: Path, sign: Reader) -> None:
    """A signature that was taken back comes back: nothing is erased, the last word counts."""
    path = Project(campaign).ledger("fr")
    for number in range(3):
        before = path.read_bytes()
        sign(*to(campaign, "help", "s", "u", "q"))
        assert (state_of(campaign), len(events(campaign))) == (State.DRAFT, 2 * number + 2)
        assert path.read_bytes().startswith(before)
    sign(*to(campaign, "help", "s", "q"))
    assert state_of(campaign) is State.READY
    assert [event[0] for event in events(campaign)] == ["approve"] + ["withdraw"] * 6


def test_undo_within_one_sitting(campaign: Path, sign: Reader) -> None:
    before = french(campaign).read_bytes()
    _, _, err = sign(*to(campaign, "help", "s", "u", "u", "q"))
    assert "Taken back: not-alone / help." in err
    assert "There is nothing to take back." in err
    assert "0 answers by r41 are kept." in err
    assert (state_of(campaign), french(campaign).read_bytes()) == (State.DRAFT, before)


def test_undo_of_a_correction_gives_back_the_text(campaign: Path, sign: Reader) -> None:
    before = french(campaign).read_bytes()
    sign.edits("Ce que nous Pouvons faire")
    sign(*to(campaign, "help", "c", "u", "q"))
    assert (french(campaign).read_bytes(), state_of(campaign)) == (before, State.DRAFT)


def test_undo_takes_back_the_dismissal_too(campaign: Path, sign: Reader) -> None:
    sign(*to(campaign, "safe", "s", "y", "u", "q"))
    assert [event[0] for event in events(campaign)] == ["approve", "dismiss", "withdraw", "withdraw"]
    assert "the English says “nobody”" in sign(*["k"] * 20, who="")[1]


def test_undo_is_refused_when_the_text_is_another_one_by_now(campaign: Path, sign: Reader) -> None:
    place = len(to(campaign, "help")) + 1
    sign.before = {place: lambda: fixed(campaign, "Ce que nous pouvons faire", "Notre aide")}
    _, _, err = sign(*to(campaign, "help", "s", "u", "q"))
    assert "[sign-conflict]" in err
    assert entry(campaign).msgstr == "Notre aide"
    assert [event[0] for event in events(campaign)] == ["approve"]


@pytest.mark.parametrize(("key", "deed"), [("w", "write"), ("s", "approve")])
def test_text_of_unknown_origin_is_signed_as_its_writer_or_as_a_reader(campaign: Path, sign: Reader, key: str, deed: str) -> None:
    fixed(campaign, "Ce que nous pouvons faire", "Notre aide pour vous")
    _, out, err = sign(*to(campaign, "help", key, "q"))
    assert "  origin     unknown: edited in another program, signed by nobody" in out
    assert "[w] sign as its writer" in err
    assert (events(campaign), state_of(campaign)) == ([(deed, ANNA, "")], State.READY)


def test_error_cannot_be_signed_over(campaign: Path, sign: Reader) -> None:
    fixed(campaign, "Appelez le {campaign_phone}", "Appelez le 999")
    for key in ("s", "w"):
        _, out, err = sign(*to(campaign, "say", key, "because I know", "q"))
        assert "  problem    " in out
        assert "nobody can sign over an error" in err
    assert events(campaign) == []


def checked(command: Command, campaign: Path) -> list[tuple[str, str]]:
    """Return code and place of each warning and error of the French leaflet."""
    _, out, _ = command("check", "-l", "fr", "--json", cwd=campaign)
    return [(row["code"], row["msgctxt"]) for row in json.loads(out)["problems"] if row["leaflet"] == "not-alone" and row["msgctxt"]]


def test_warning_needs_a_reason_and_is_gone_from_check_then(campaign: Path, sign: Reader, leaflets_command: Command) -> None:
    listen = entry(campaign, "offers.listen").msgstr
    fixed(campaign, listen, listen.removesuffix("."))
    assert ("end-punctuation", "offers.listen") in checked(leaflets_command, campaign)
    _, out, err = sign(*to(campaign, "offers.listen", "s", "", "q"))
    assert "  look       " in out
    assert "or say why it is right [end-punctuation]" in err
    assert events(campaign) == []
    sign(*to(campaign, "offers.listen", "s", "a line of a list", "q"))
    assert events(campaign) == [("approve", ANNA, ""), ("dismiss", ANNA, "a line of a list")]
    (dismissed,) = [found for found in ledger.read_ledger(Project(campaign).ledger("fr")) if found.action == "dismiss"]
    assert dismissed.file_action == "dismiss:end-punctuation"
    assert ("end-punctuation", "offers.listen") not in checked(leaflets_command, campaign)
    fixed(campaign, "Vous écouter, et", "Vous écouter et")
    assert ("end-punctuation", "offers.listen") in checked(leaflets_command, campaign)


def test_question_about_not_is_answered_with_yes_only(campaign: Path, sign: Reader) -> None:
    for answer in ("", "n", "perhaps"):
        _, _, err = sign(*to(campaign, "who", "s", answer, "q"))
        assert "[negation]" in err
        assert events(campaign) == []
    sign(*to(campaign, "who", "s", "Y", "q"))
    assert [event[:2] for event in events(campaign)] == [("approve", ANNA), ("dismiss", ANNA)]


def test_each_reader_is_asked_about_not(campaign: Path, sign: Reader) -> None:
    """The second person of a risky sentence stands behind its "nobody" too."""
    sign(*to(campaign, "safe", "s", "y", "q"))
    (campaign / ".leaflets.reader").unlink()
    _, out, _ = sign(*["k"] * 20, who=BILAL)
    assert "the English says “nobody”" in out


def test_each_of_two_warnings_needs_its_reason(campaign: Path, sign: Reader) -> None:
    """Two agreed words are missing: that the one is right all the same says nothing of the other."""
    project = Project(campaign)
    for msgctxt, term, word in (("term.solicitor", "solicitor", "avocat"), ("term.volunteer", "volunteer", "bénévole")):
        ledger.append_events(project.ledger("fr"), [LedgerEvent(wording_key("fr", msgctxt, term, word), "approve", BILAL, DAY)])
    edit(campaign / "leaflets" / "not-alone.yaml", "What we can do", "Meet a solicitor and a volunteer")
    extract_messages(Project(campaign))
    _, out, err = sign(*to(campaign, "help", "s", "", "a reason for the second", "q"))
    assert out.count("[glossary]") == 2
    assert ("[glossary]" in err, events(campaign)) == (True, [("approve", BILAL, "")] * 2)


def test_one_folder_is_one_person(campaign: Path, sign: Reader) -> None:
    sign("q")
    kept = (campaign / ".leaflets.reader").read_text("utf-8")
    assert kept == f"{ANNA}\n"
    code, _, err = sign("s", who=BILAL)
    assert (code, "[reader-other]" in err, "one person cannot be two" in err) == (1, True, True)
    assert sign("q", who="")[0] == 0
    assert ((campaign / ".leaflets.reader").read_text("utf-8"), events(campaign)) == (kept, [])


def test_two_spellings_are_one_person(campaign: Path, sign: Reader) -> None:
    """R17 is r17, in the folder and in a ledger that another program wrote."""
    assert [sign("q", who=who)[0] for who in ("R17", "r17", " r17 ")] == [0, 0, 0]
    assert (campaign / ".leaflets.reader").read_text("utf-8") == "r17\n"
    found = entry(campaign, "safe")
    key = wording_key("fr", "safe", found.msgid, found.msgstr)
    both = support_by_key([LedgerEvent(key, LedgerAction.SIGN, who, DAY) for who in ("R17", "r17")])[key]
    assert wording_state(found.msgstr, both, SigningRule(2, 1)) is State.READ
    ledger.append_events(Project(campaign).ledger("fr"), [LedgerEvent(key, "approve", "R17", DAY)])
    assert "not-alone / safe " not in sign(*["k"] * 20, who="")[1]


NO_CODES = ["anna@example.org", "Anna Example", "Éva", "-r17", "r", "7", "r17;", "r_17", "a" * 25, "r17\nr18", "محمد"]


@pytest.mark.parametrize("who", NO_CODES)
def test_names_and_addresses_are_no_codes(campaign: Path, sign: Reader, who: str) -> None:
    code, _, err = sign("s", who=who)
    assert (code, "[reader-code]" in err, "never a name" in err) == (2, True, True)
    assert ((campaign / ".leaflets.reader").exists(), events(campaign)) == (False, [])


def test_nobody_signs_without_a_code(campaign: Path, sign: Reader) -> None:
    code, _, err = sign("s", who="")
    assert (code, "--as r17" in err, events(campaign)) == (2, True, [])


@pytest.mark.parametrize("who", ["language-model", "Language-Model"])
def test_code_of_a_machine_is_refused(campaign: Path, sign: Reader, who: str) -> None:
    code, _, err = sign("s", who=who)
    assert (code, "[reader-code]" in err, events(campaign)) == (2, True, [])


def test_refused_code_of_a_machine_does_not_stay_in_the_folder(campaign: Path, sign: Reader) -> None:
    sign("s", who="language-model")
    assert sign("q", who=ANNA)[0] == 0


@pytest.mark.parametrize("at", [("en", "no-such-leaflet"), ("xx",), ("fr", "no-such-leaflet"), (), ("fr", "facts")])
def test_wrong_use_writes_nothing(campaign: Path, sign: Reader, at: tuple[str, ...]) -> None:
    code, _, err = sign("s", at=at)
    assert (code, bool(err)) == (2, True)
    assert not (campaign / ".leaflets.reader").exists()


@pytest.mark.parametrize("key", ["s", "w", "r"])
def test_text_that_changed_between_showing_and_answering_is_refused(campaign: Path, sign: Reader, key: str) -> None:
    fixed(campaign, "Ce que nous pouvons faire", "Notre aide pour vous")
    sign.before = {len(to(campaign, "help")): lambda: fixed(campaign, "Notre aide pour vous", "Nous ne faisons rien")}
    reason = ["a reason"] if key == "r" else []
    _, _, err = sign(*to(campaign, "help", key, *reason, "q"))
    assert ("[sign-conflict]" in err, "it says now: Nous ne faisons rien" in err) == (True, True)
    assert (entry(campaign).msgstr, events(campaign)) == ("Nous ne faisons rien", [])


@pytest.mark.parametrize("what", ["gone", "obsolete", "other English"])
def test_sentence_that_went_meanwhile_is_refused(campaign: Path, sign: Reader, what: str) -> None:
    def change() -> None:
        if what == "other English":
            edit(campaign / "leaflets" / "not-alone.yaml", "What we can do", "What you must do")
        else:
            edit(campaign / "leaflets" / "not-alone.yaml", "  - id: help\n    heading: What we can do\n", "")
        extract_messages(Project(campaign))
        if what == "gone":
            pofile.save_catalogue(french(campaign), [found for found in pofile.read_catalogue(french(campaign)) if not found.obsolete])

    sign.before = {len(to(campaign, "help")): change}
    _, _, err = sign(*to(campaign, "help", "s", "q"))
    assert ("[sign-conflict]" in err, events(campaign)) == (True, [])


def test_correction_of_text_that_changed_meanwhile_is_refused_and_not_lost(campaign: Path, sign: Reader) -> None:
    """Their text stays in the file; mine comes back into the editor."""
    seen = sign.edits("Ce que nous Pouvons faire", "Ce que nous Pouvons faire")
    script = campaign.parent / "editor.sh"
    script.write_text(script.read_text("utf-8") + f'sed -i "s/Ce que nous pouvons faire/Leur phrase/" "{french(campaign)}"\n', "utf-8")
    _, _, err = sign(*to(campaign, "help", "c", "y", "n", "q"))
    assert err.count("[sign-conflict]") == 2
    assert (entry(campaign).msgstr, events(campaign)) == ("Leur phrase", [])
    assert "Ce que nous Pouvons faire" in seen.read_text("utf-8")


def test_another_sentence_changed_meanwhile_is_kept(campaign: Path, sign: Reader) -> None:
    sign.before = {len(to(campaign, "help")): lambda: fixed(campaign, "Comment nous joindre", "Nous joindre")}
    assert "Comment nous joindre" in french(campaign).read_text("utf-8")
    sign(*to(campaign, "help", "s", "q"))
    assert "Nous joindre" in french(campaign).read_text("utf-8")
    assert events(campaign) == [("approve", ANNA, "")]


def test_signature_of_another_person_meanwhile_is_kept(campaign: Path, sign: Reader) -> None:
    found = entry(campaign, "safe")
    theirs = LedgerEvent(wording_key("fr", "safe", found.msgid, found.msgstr), "approve", BILAL, DAY)
    sign.before = {len(to(campaign, "safe")): lambda: ledger.append_events(Project(campaign).ledger("fr"), [theirs]) and None}
    sign(*to(campaign, "safe", "s", "y", "q"))
    assert state_of(campaign, "safe") is State.READY
    assert marks(campaign, "safe") == [f"# @ok {theirs.key[:12]}"]
    assert {event[:2] for event in events(campaign)} == {("approve", BILAL), ("approve", ANNA), ("dismiss", ANNA)}


def test_english_ahead_of_the_catalogues_is_refused(campaign: Path, sign: Reader) -> None:
    edit(campaign / "leaflets" / "not-alone.yaml", "What we can do", "What you must do")
    code, _, err = sign("s")
    assert (code, "[extract-first]" in err, "leaflets extract" in err, events(campaign)) == (1, True, True, [])
    extract_messages(Project(campaign))
    assert sign("q")[0] == 0


def test_signing_changed_english_makes_the_text_current(campaign: Path, sign: Reader) -> None:
    edit(campaign / "leaflets" / "not-alone.yaml", "Nobody may ask you for money", "Nobody may ask for money")
    extract_messages(Project(campaign))
    found = [state_of(campaign, "safe")]
    for who, folder in ((ANNA, campaign), (BILAL, campaign)):
        (campaign / ".leaflets.reader").unlink(missing_ok=True)
        _, out, _ = sign(*to(campaign, "safe", "s", "y", "q"), who=who, cwd=folder)
        assert "  changed    <b>Our help is free.</b> Nobody may ask [-you-] for money" in out
        assert "edited in another program" not in out
        found.append(state_of(campaign, "safe"))
    assert found == [State.STALE, State.READ, State.READY]
    assert entry(campaign, "safe").previous == ""


def test_undo_of_a_signature_of_changed_english_makes_it_stale_again(campaign: Path, sign: Reader) -> None:
    edit(campaign / "leaflets" / "not-alone.yaml", "What we can do", "What you must do")
    extract_messages(Project(campaign))
    before = french(campaign).read_bytes()
    sign(*to(campaign, "help", "s", "u", "q"))
    assert state_of(campaign) is State.STALE
    extract_messages(Project(campaign))
    assert french(campaign).read_bytes() == before


def test_undo_does_not_make_old_text_of_unknown_origin_current(campaign: Path, sign: Reader) -> None:
    """Only the line `#| msgid` tells what it was made for: it comes back with the undo, or the old text is printed as a draft."""
    fixed(campaign, "Ce que nous pouvons faire", "Notre aide pour vous")
    edit(campaign / "leaflets" / "not-alone.yaml", "What we can do", "What you must do")
    extract_messages(Project(campaign))
    assert state_of(campaign) is State.STALE
    sign(*to(campaign, "help", "s", "u", "q"))
    assert (state_of(campaign), entry(campaign).previous) == (State.STALE, "What we can do")


@pytest.mark.parametrize("end", [None, KeyboardInterrupt], ids=["closed terminal", "Ctrl-C"])
def test_interrupted_at_any_question_keeps_what_was_answered(campaign: Path, sign: Reader, end: type[BaseException] | None) -> None:
    """After each answer the talk breaks off: the ledger holds what was answered until then, and files are whole."""
    talk = [*to(campaign, "who"), "s", "y", "r", "too cold", "s", "u", "s", "s"]
    kept = ["approve", "dismiss", "reject", "approve", "withdraw", "approve", "approve"]
    files = {path: path.read_bytes() for path in (french(campaign), Project(campaign).ledger("fr"))}
    sign.end, counts = end, []
    for length in range(len(talk) + 1):
        for path, data in files.items():
            path.write_bytes(data)
        take_for_true(campaign)
        code, _, err = sign(*talk[:length])
        done = [event[0] for event in events(campaign)]
        assert (code, re.search(r"answers? by r41 (is|are) kept\.", err) is not None) == (0, True)
        assert done == kept[: len(done)]
        assert ledger.ledger_reading(Project(campaign).ledger("fr")).sound
        counts.append(len(done))
        assert pofile.read_catalogue(french(campaign))
    assert counts == [0, 0, 0, 0, 2, 2, 3, 4, 5, 6, 7]
    assert list(campaign.rglob(".leaflets-*")) == []
    assert extract_messages(Project(campaign)).written == ()


def test_ctrl_c_at_the_question_to_edit_again_keeps_the_file(campaign: Path, sign: Reader) -> None:
    sign.edits("Appelez.")
    before = french(campaign).read_bytes()
    sign.end = KeyboardInterrupt
    code, _, _ = sign(*to(campaign, "say", "c"))
    assert (code, french(campaign).read_bytes(), events(campaign)) == (0, before, [])


def test_two_people_in_two_copies_make_a_rights_sentence_ready_after_the_merge(campaign: Path, sign: Reader) -> None:
    """The ledgers are merged line by line (merge=union); the catalogue may be either side's, extract mends its comments."""
    domain = "if-strangers-come"
    base = Project(campaign).ledger("fr").read_text("utf-8")
    copies = []
    for who in (ANNA, BILAL):
        copy = campaign.with_name(who)
        shutil.copytree(campaign, copy)
        sign(*to(copy, "you-decide", "s", "y", "q", domain=domain), at=("fr", domain), who=who, cwd=copy)
        assert state_of(copy, "you-decide", domain) is State.READ
        copies.append(copy)
    lines = ["".join(Project(copy).ledger("fr").read_text("utf-8").removeprefix(base)) for copy in copies]
    assert all(lines)
    for first, second in ((0, 1), (1, 0)):
        Project(campaign).ledger("fr").write_text(base + lines[first] + lines[second], "utf-8")
        shutil.copy(french(copies[first], domain), french(campaign, domain))
        assert state_of(campaign, "you-decide", domain) is State.READY
        extract_messages(Project(campaign))
        found = entry(campaign, "you-decide", domain)
        assert marks(campaign, "you-decide", domain) == [f"# @ok {wording_key('fr', 'you-decide', found.msgid, found.msgstr)[:12]}"]
        assert not found.fuzzy


def test_one_person_in_two_copies_stays_one(campaign: Path, sign: Reader) -> None:
    base = Project(campaign).ledger("fr").read_text("utf-8")
    text = base
    for name in ("one", "two"):
        copy = campaign.with_name(name)
        shutil.copytree(campaign, copy)
        sign(*to(copy, "safe", "s", "y", "q"), who=ANNA, cwd=copy)
        text += Project(copy).ledger("fr").read_text("utf-8").removeprefix(base)
    path = Project(campaign).ledger("fr")
    path.write_text(text, "utf-8")
    assert (ledger.ledger_reading(path).sound, state_of(campaign, "safe")) == (True, State.READ)
    assert [event[:2] for event in events(campaign)].count(("approve", ANNA)) == 2


def test_locked_language_is_told_and_nothing_is_written(campaign: Path, sign: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise LeafletsError(Problem("locked", "somebody else is writing", hint="wait"))

    monkeypatch.setattr(record_answer, "locked_folder", busy)
    code, _, err = sign(*to(campaign, "help", "s", "q"))
    assert (code, "[locked]" in err, events(campaign)) == (0, True, [])


def test_missing_text_can_be_written_but_not_signed(campaign: Path, sign: Reader) -> None:
    fixed(campaign, 'msgstr "Ce que nous pouvons faire"', 'msgstr ""')
    seen = sign.edits("Notre aide pour vous")
    _, _, err = sign(*to(campaign, "help", "s", "c", "q"))
    assert "[sign-missing]" in err
    assert "What we can do" in seen.read_text("utf-8")
    assert (entry(campaign).msgstr, state_of(campaign), events(campaign)) == ("Notre aide pour vous", State.READY, [("write", ANNA, "")])


def test_letters_of_another_keyboard_are_put_right_with_one_key(campaign: Path, sign: Reader) -> None:
    """A Persian kaf in Arabic: what was meant is shown, and stands there once somebody signs it so."""
    path = Project(campaign).catalogue("ar", "not-alone")
    before = path.read_text("utf-8")
    place = before.index("msgctxt", before.index('msgctxt "help"'))
    there = before[place : before.index("\n\n", place)]
    assert "ك" in there
    path.write_text(before.replace(there, there.replace("ك", "ک")), "utf-8")
    names = [message.msgctxt for message in Project(campaign).domain("not-alone")]
    _, out, err = sign(*["k"] * names.index("help"), "m", "q", at=("ar", "not-alone"))
    assert "m: sign it so" in out
    found = next(entry for entry in pofile.read_catalogue(path) if entry.msgctxt == "help")
    assert "ک" not in found.msgstr, out + err
    assert [verb for verb, _, _ in events(campaign, "ar")] == ["write"]
