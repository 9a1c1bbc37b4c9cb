"""Machine drafts are for people to read: only what is missing, always marked, never damaged, and taken back when asked."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from generator.base.digests import source_key, wording_key
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.drafting import argos as argos_module
from generator.drafting import engine
from generator.drafting.engine import Guess
from generator.model import State
from generator.review import back_translations, ledger
from generator.review.ledger_event import LedgerEvent
from generator.review.snapshot import Snapshot
from generator.review.support import support_by_key
from tests.conftest import ROOT

pytest.importorskip("ctranslate2", reason="needs pip install -e '.[draft]'")
from tests.support.tiny_package import FAULTS, Tiny, build, parts, without_network

ANNA = "r41"
"""A reader's code of nobody: it says itself that it is an example."""
DAY = "2026-11-23"
PATIENCE = 60
"""Seconds after which something that must happen counts as never happening."""
FRENCH = {
    "Come": "Venez",
    "tomorrow": "demain",
    "Call": "Appelez",
    "Free": "Gratuit",
    "food": "repas",
    "for": "pour",
    "everyone": "tous",
    "Wait": "Attendez",
    "days": "jours",
    "Never": "Jamais",
    "alone": "seul",
    "Welcome": "Bienvenue",
}
ARABIC = {"Come": "تعالوا", "tomorrow": "غدا", "Call": "اتصلوا", "Free": "مجاني", "food": "طعام", "for": "من", "everyone": "الجميع"}
ARABIC |= {"Wait": "انتظروا", "days": "أيام", "Never": "أبدا", "alone": "وحدكم", "Welcome": "أهلا"}
EN_FR = Tiny(("en", "fr"), tuple((FRENCH | FAULTS).items()))
EN_AR = Tiny(("en", "ar"), tuple(ARABIC.items()))
FR_EN = Tiny(("fr", "en"), tuple((target, source) for source, target in FRENCH.items()))
BAD_MASKS = (*EN_FR.words, ("X0", "X 0"), ("[0]", "[0"), ("Q0Q", "Q0"))

CAMPAIGN = """\
name: Test
address: https://example.org
languages: [en, fr, ar, ti]
theme: tiny
sheets: [a5]
"""
FACTS = """\
hotline: {kind: phone, value: "+442079460123", source: https://example.org, verified: 2026-11-22}
"""
LEAFLET = """\
title: Free food
audience: everyone
dated: 2026-11-22
blocks:
"""
FIRST = """\
  - id: come
    text: Come tomorrow.
  - id: call
    text: Call {hotline} tomorrow.
  - id: bold
    text: <b>Free food</b> for everyone.
  - id: wait
    text: Wait 3 days.
  - id: alone
    warning: Never alone.
    risk: safety
"""
DRAFTS = {
    "title": "Gratuit repas",
    "come": "Venez demain.",
    "call": "Appelez {hotline} demain.",
    "bold": "<b>Gratuit repas</b> pour tous.",
    "wait": "Attendez 3 jours.",
}
"""What the tiny package makes of FIRST; `alone` is left to people."""

Command = Callable[..., tuple[int, str, str]]


def make_campaign(folder: Path, **leaflets: str) -> Path:
    """Write a small campaign in three languages, with the blocks of each leaflet, and return its folder."""
    files = {f"leaflets/{slug}.yaml": LEAFLET + blocks for slug, blocks in (leaflets or {"first": FIRST}).items()}
    files |= {"leaflets/campaign.yaml": CAMPAIGN, "leaflets/facts.yaml": FACTS, "templates/tiny/words.yaml": "welcome: {text: Welcome}\n"}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def use_places(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let packages be looked for below a folder alone, on a fixed day; return where the store is."""
    for name, value in {"LEAFLETS_MODELS": "models", "XDG_DATA_HOME": "data", "ARGOS_PACKAGES_DIR": "argos", "HOME": "home"}.items():
        monkeypatch.setenv(name, str(folder / value))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    return folder / "models"


@dataclass
class Here:
    """A campaign with its store of packages, and somebody at a terminal."""

    folder: Path
    store: Path
    command: Command
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *arguments: str, answers: Sequence[str] = ()) -> tuple[int, str, str]:
        """Run a command with what a person answers; return exit code, stdout and stderr."""
        self.monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in answers)))
        return self.command(*arguments, cwd=self.folder)

    def path(self, language: str = "fr", domain: str = "first") -> Path:
        """Return where a catalogue is."""
        return Project(self.folder).catalogue(language, domain)

    def entries(self, language: str = "fr", domain: str = "first") -> dict[str, Entry]:
        """Return the entries of a catalogue by msgctxt."""
        return {
            found.msgctxt: found for found in pofile.read_catalogue(self.path(language, domain)) if found.msgctxt and not found.obsolete
        }

    def texts(self, language: str = "fr", domain: str = "first") -> dict[str, str]:
        """Return the texts of a catalogue that are not empty."""
        return {name: entry.msgstr for name, entry in self.entries(language, domain).items() if entry.msgstr}

    def states(self, language: str = "fr", domain: str = "first") -> dict[str, State]:
        """Return the state of each message."""
        return {name: text.state for name, text in Snapshot(Project(self.folder)).texts(language, domain).items()}

    def events(self, language: str = "fr") -> list[LedgerEvent]:
        """Return the ledger of a language."""
        return ledger.read_ledger(Project(self.folder).ledger(language))

    def write(self, msgctxt: str, msgstr: str, domain: str = "first", language: str = "fr") -> None:
        """Change a text in another program."""
        entries = pofile.read_catalogue(self.path(language, domain))
        pofile.save_catalogue(
            self.path(language, domain), [one.changed(msgstr=msgstr) if one.msgctxt == msgctxt else one for one in entries]
        )

    def sign(self, msgctxt: str, deed: str = "approve", domain: str = "first", language: str = "fr") -> None:
        """Let Anna sign a text as it is now, or reject it."""
        entry = self.entries(language, domain)[msgctxt]
        key = wording_key(language, msgctxt, entry.msgid, entry.msgstr)
        event = LedgerEvent(key, deed, ANNA, DAY, "seen" if deed == "reject" else "", src=source_key(msgctxt, entry.msgid))
        ledger.append_events(Project(self.folder).ledger(language), [event])

    def files(self) -> dict[str, bytes]:
        """Return every file of the campaign but locks, by name."""
        found = [path for path in self.folder.rglob("*") if path.is_file() and path.name != ".leaflets.lock"]
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}

    def rewrite(self, name: str, text: str) -> None:
        """Write a file of the campaign anew."""
        (self.folder / name).write_text(text, "utf-8")

    def through(self, damage: Callable[[str], str]) -> list[tuple[str, list[str]]]:
        """Let every engine's texts go through `damage`; return the list in which each call is kept, with its target."""
        calls: list[tuple[str, list[str]]] = []
        real = engine.load_engine
        self.monkeypatch.setattr(engine, "load_engine", lambda name, setup: Around(real(name, setup), damage, calls))
        return calls


@dataclass
class Around:
    """An engine around another one, which changes what comes back and keeps what was asked."""

    inner: Any
    damage: Callable[[str], str]
    calls: list[tuple[str, list[str]]] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        """Be the other engine in all else."""
        return getattr(self.inner, name)

    def translate(self, batch: Sequence[str], source: str, target: str) -> list[Guess]:
        """Return the other engine's guesses, changed."""
        self.calls.append((target, list(batch)))
        return [Guess(self.damage(one.text), one.score, one.fault) for one in self.inner.translate(batch, source, target)]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leaflets_command: Command) -> Here:
    """Give a campaign with a package for French."""
    store = use_places(tmp_path, monkeypatch)
    build(store, EN_FR)
    return Here(make_campaign(tmp_path / "campaign"), store, leaflets_command, monkeypatch)


def change(here: Here, name: str, before: str, after: str) -> None:
    """Change a file of the campaign in an editor."""
    text = (here.folder / name).read_text("utf-8")
    assert before in text
    here.rewrite(name, text.replace(before, after, 1))


# What is drafted, and how it is marked


def test_fills_what_is_missing_and_marks_it(here: Here) -> None:
    """Placeholders and tags come back exactly; every draft is fuzzy, with a short comment that ends in its hash."""
    code, out, _ = here("draft", "fr")

    assert (code, here.texts()) == (0, DRAFTS)
    for name, entry in here.entries().items():
        if name in DRAFTS:
            hash_ = wording_key("fr", name, entry.msgid, entry.msgstr)[:12]
            assert entry.flags == ("fuzzy",)
            assert entry.comments == (f"# @draft argos-{argos_module.version('ctranslate2')} en_fr-1.0 {hash_}",)
            assert len(entry.comments[0]) <= 70
    assert "CC0 1.0" in out


def test_a_draft_is_never_read_or_ready(here: Here) -> None:
    """However often drafts are made, nobody has read them; counts and ledger agree."""
    for _ in range(2):
        here("draft", "fr")

    assert here.states() == dict.fromkeys(DRAFTS, State.DRAFT) | {"alone": State.MISSING}
    rows = json.loads(here("status", "--json")[1])["catalogues"]
    (row,) = [row for row in rows if (row["leaflet"], row["language"]) == ("first", "fr")]
    assert (row["draft"], row["missing"], row["read"], row["ready"]) == (5, 1, 0, 0)
    assert all(not one.signers for one in support_by_key(here.events()).values())


def test_the_ledger_knows_where_a_draft_comes_from(here: Here) -> None:
    """Engine, package and its version, sha256, search, mask path and how sure the machine was."""
    here("draft", "fr")

    sha256 = argos_module.Argos({"en": "en", "fr": "fr"}, [here.store]).origin("en", "fr").sha256
    found = {event.key: event for event in here.events()}
    entries = here.entries()
    for name in DRAFTS:
        event = found[wording_key("fr", name, entries[name].msgid, entries[name].msgstr)]
        assert (event.file_action, event.who, event.at) == ("machine", f"argos-{argos_module.version('ctranslate2')} en_fr-1.0", DAY)
        settings = f"beam 4, patience 2, sentencepiece {argos_module.version('sentencepiece')}"
        assert re.fullmatch(rf"{settings}; masked X0; log-probability -?\d\.\d\d; sha256 {sha256}", event.why)
        assert event.src == source_key(name, entries[name].msgid)
    assert len(found) == len(here.events()) == len(DRAFTS) + 1  # and the word of the template


def test_an_unsure_draft_says_so(here: Here) -> None:
    """A machine that hesitates is shown, and marked for whoever reads it."""
    build(here.store, Tiny(EN_FR.codes, EN_FR.words, sure=0.02))

    here("draft", "fr")

    assert here.texts()["come"] == DRAFTS["come"]
    assert re.search(r"log-probability -[1-9]\.\d\d, unsure", here.events()[0].why)


def test_nothing_changes_when_nothing_is_missing(here: Here) -> None:
    """A second run writes the same bytes."""
    here("draft")
    before = here.files()

    code, _, err = here("draft")

    assert (code, here.files()) == (0, before)
    assert "0 drafts, 0 refused" in err


def test_what_people_wrote_or_read_stays(here: Here) -> None:
    """A text from another program, a signed one, a signed draft and a rejected one stay as they are, comments too."""
    here("extract")
    here.write("come", "Passez demain.")
    here.write("call", "Téléphonez au {hotline} demain.")
    here.sign("call", "write")
    path = here.path()
    path.write_text(path.read_text("utf-8").replace("#: first:wait", "# Anna: three or four?\n#: first:wait"), "utf-8")
    here("draft", "fr")
    here.sign("bold")
    here.sign("wait", "reject")
    here("extract")
    before = here.entries()

    here("draft", "fr")
    here("draft", "--engine", "pseudo", "fr")

    assert here.entries() == before
    assert before["come"].msgstr == "Passez demain."
    assert "# Anna: three or four?" in before["wait"].comments
    assert [here.states()[name] for name in ("come", "call", "bold", "wait")] == [State.DRAFT, State.READY, State.READY, State.DRAFT]
    assert not [one for one in here.entries()["call"].comments if "@draft" in one]


@pytest.mark.parametrize("before", ["draft", "write", "reject"])
def test_what_somebody_emptied_stays_empty(before: str, here: Here) -> None:
    """Whoever empties a draft, or a text of their own, wants no machine's: also after the drafts were taken back."""
    here("draft", "fr")
    if before != "draft":
        here.write("come", "Passez demain.")
        here.sign("come", before)
    here.write("come", "")

    for arguments in (["draft", "fr"], ["draft", "--clear", "--engine", "argos"], ["draft", "fr"]):
        code, out, _ = here(*arguments)
        assert (code, here.texts().get("come")) == (0, None)

    assert "1 left to people: somebody emptied it" in out
    assert here.texts() == {name: text for name, text in DRAFTS.items() if name != "come"}


def test_a_new_english_is_drafted_again(here: Here) -> None:
    """What was emptied was another sentence."""
    here("draft", "fr")
    here.write("come", "")
    change(here, "leaflets/first.yaml", "Come tomorrow.", "Come alone tomorrow.")

    here("draft", "fr")

    assert here.texts()["come"] == "Venez seul demain."


@pytest.mark.parametrize("risk", ["rights", "medical", "safety"])
def test_risky_sentences_only_by_decision_of_the_campaign(risk: str, here: Here) -> None:
    """Without its name in `drafts:` a risk is left to people; with it, its drafts are drafts like others."""
    change(here, "leaflets/first.yaml", "risk: safety", f"risk: {risk}")
    for drafts in ("", f"drafts: [plain, {', '.join({'rights', 'medical', 'safety'} - {risk})}]\n", "drafts: [plain]\n"):
        here.rewrite("leaflets/campaign.yaml", CAMPAIGN + drafts)
        code, out, _ = here("draft", "fr")
        assert (code, here.texts()) == (0, DRAFTS)
        assert f"left to people: risk {risk}" in out

    here.rewrite("leaflets/campaign.yaml", CAMPAIGN + f"drafts: [{risk}]\n")
    here("draft", "fr")

    assert here.texts()["alone"] == "Jamais seul."
    assert here.states()["alone"] is State.DRAFT


def test_plain_sentences_are_left_out_too(here: Here) -> None:
    """`drafts:` names what is allowed: nothing else is drafted."""
    here.rewrite("leaflets/campaign.yaml", CAMPAIGN + "drafts: [safety]\n")

    here("draft", "fr")

    assert here.texts() == {"alone": "Jamais seul."}


def test_languages_without_a_package_are_left_to_people(here: Here) -> None:
    """They are listed, and nothing is written for them but what `leaflets extract` writes."""
    here("extract")
    before = here.files()

    code, out, _ = here("draft")

    assert code == 0
    assert "ar: no package on this computer; leaflets models fetch ar" in out
    assert "ti: no machine package: people translate it" in out
    assert {name for name in here.files() if here.files()[name] != before.get(name)} == {
        "locales/fr/LC_MESSAGES/first.po",
        "locales/fr/LC_MESSAGES/shared.po",
        "locales/fr/reviews.jsonl",
    }


def test_only_one_leaflet(here: Here) -> None:
    """A leaflet may be named; names that do not exist are wrong use, and nothing is written."""
    here.rewrite("leaflets/second.yaml", LEAFLET + "  - id: wait\n    text: Wait 4 days.\n")
    for wrong in (["draft", "tlh"], ["draft", "--leaflet", "frist"], ["draft", "--engine", "argus"]):
        assert here(*wrong)[0] == 2
    assert "did you mean first" in here("draft", "--leaflet", "frist")[2]

    here("draft", "fr", "--leaflet", "second")

    assert (here.texts(), here.texts(domain="second")["wait"]) == ({}, "Attendez 4 jours.")


def test_what_a_person_types_meanwhile_wins(here: Here) -> None:
    """A text that came while the machine was working stays, and the ledger does not say that a machine made it."""

    def type_it(text: str) -> str:
        here.write("come", "Passez demain.")
        return text

    here.through(type_it)

    here("draft", "fr")

    assert here.texts() == DRAFTS | {"come": "Passez demain."}
    known = support_by_key(here.events())
    assert wording_key("fr", "come", "Come tomorrow.", "Venez demain.") not in known
    assert wording_key("fr", "come", "Come tomorrow.", "Passez demain.") not in known


# Damage

WRONG = {
    "a dropped word": ("Come dropped tomorrow.", r"U\+2060"),
    "a changed number": ("Wait SWAP days.", "12"),
    "a stutter": ("Wait stutter for everyone tomorrow.", "stutter|does not end|times"),
    "nothing": ("Emptyword", "empty"),
    "nothing with a mark": ("Emptyword.", "nothing readable"),
    "a corrupted placeholder": ("Emptyword {hotline} SWAP.", r"\{hotline\} is lost|broken mask|empty"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_faulty_draft_is_refused(name: str, here: Here) -> None:
    """The message stays missing, PO file and report say why, and the others are drafted."""
    text, reason = WRONG[name]
    build(here.store, Tiny(EN_FR.codes, BAD_MASKS) if "placeholder" in name else EN_FR)
    here.rewrite("leaflets/first.yaml", LEAFLET + f"  - id: bad\n    text: '{text}'\n  - id: come\n    text: Come tomorrow.\n")

    code, out, err = here("draft", "fr")

    assert (code, here.texts()) == (1, {"title": "Gratuit repas", "come": "Venez demain."})
    entry = here.entries()["bad"]
    (comment,) = entry.comments
    assert comment.startswith("# @none ")
    assert len(comment) <= 70
    assert re.search(reason, comment)
    assert (entry.flags, here.states()["bad"]) == ((), State.MISSING)
    (line,) = [line for line in out.splitlines() if line.startswith("left missing fr first/bad: ")]
    assert re.search(reason, line)
    assert "1 refused" in err
    assert source_key("bad", text) not in {event.src for event in here.events()}


def test_a_refused_sentence_is_tried_again(here: Here) -> None:
    """The same machine leaves the same bytes; with a better package the draft takes the place of the reason."""
    here.rewrite("leaflets/first.yaml", LEAFLET + "  - id: bad\n    text: Wait SWAP days.\n")
    here("draft", "fr")
    before = here.files()
    assert here("draft", "fr")[0] == 1
    assert here.files() == before

    build(here.store, Tiny(EN_FR.codes, (*FRENCH.items(), ("SWAP", "quelques")), version="1.1"))
    code, _, _ = here("draft", "fr")

    assert (code, here.texts()["bad"]) == (0, "Attendez quelques jours.")
    assert [comment.rpartition(" ")[0] for comment in here.entries()["bad"].comments] == [
        f"# @draft argos-{argos_module.version('ctranslate2')} en_fr-1.1"
    ]


def test_a_reason_goes_when_a_person_writes(here: Here) -> None:
    """What a machine could not do is no longer of interest."""
    here.rewrite("leaflets/first.yaml", LEAFLET + "  - id: bad\n    text: Wait SWAP days.\n")
    here("draft", "fr")
    here("extract")
    assert here.entries()["bad"].comments[0].startswith("# @none ")

    here.write("bad", "Attendez quelques jours.")
    here("extract")

    assert here.entries()["bad"].comments == ()


def why(here: Here, msgctxt: str) -> str:
    """Return what the ledger says about how a draft was made."""
    entry = here.entries()[msgctxt]
    key = wording_key("fr", msgctxt, entry.msgid, entry.msgstr)
    return next(event.why for event in here.events() if event.key == key)


def test_the_next_style_of_mask_is_tried(here: Here) -> None:
    """A machine that damages masks of one style is asked again with the next, for the damaged sentences alone."""
    calls = here.through(lambda text: re.sub(r"X(\d)", r"X \1", text))

    here("draft", "fr")

    assert here.texts() == DRAFTS
    assert [("; masked [0];" in why(here, name), "; masked X0;" in why(here, name)) for name in DRAFTS] == [
        (False, True),
        (False, True),
        (True, False),
        (True, False),
        (True, False),
    ]
    assert calls[1][1] == ["Call [0] tomorrow.", "[0]Free food[1] for everyone.", "Wait [0] days."]


def test_segments_are_the_last_resort(here: Here) -> None:
    """A machine that damages every mask translates what stands between; what is protected cannot be lost."""
    here.through(lambda text: re.sub(r"[XQ\[]\d[Q\]]?", "", text))

    here("draft", "fr")

    assert here.texts() == DRAFTS
    assert ["; segments;" in why(here, name) for name in DRAFTS] == [False, False, True, True, True]


def test_masks_that_change_places_by_number_are_refused(here: Here) -> None:
    """A doubled or invented mask is never put in: the reasons name what was lost."""
    build(here.store, Tiny(EN_FR.codes, (*FRENCH.items(), *FAULTS.items())))
    here.rewrite("leaflets/first.yaml", LEAFLET + "  - id: bad\n    text: Emptyword {hotline} 3 days.\n")
    here.through(lambda text: re.sub(r"([XQ\[])1", r"\g<1>0", text))

    code, out, _ = here("draft", "fr")

    assert (code, "bad" in here.texts()) == (1, False)
    assert "{hotline} stands there 2 times" in out
    assert "3 is lost" in out


def test_each_english_is_sent_once(here: Here) -> None:
    """The same sentence in two leaflets is translated once, for both; languages come one after another."""
    build(here.store, EN_AR)
    here.rewrite("leaflets/second.yaml", LEAFLET + "  - id: again\n    text: Come tomorrow.\n")
    calls = here.through(str)

    code, _, _ = here("draft")

    assert [target for target, _ in calls] == ["fr", "ar"]
    for _, batch in calls:
        assert sorted(batch) == sorted(set(batch))
        assert "Come tomorrow." in batch
    assert here.texts(domain="second") == {"title": "Gratuit repas", "again": "Venez demain."}
    assert here.texts("ar", "second") == {"title": "مجاني طعام", "again": "تعالوا غدا."}
    assert here.texts("ar")["call"] == "اتصلوا {hotline} غدا."
    assert code == 0


# Offline


def test_no_other_command_opens_a_connection(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only `leaflets models fetch` connects: status, extract, draft, models, models add, check and sign work without."""

    def connect(*given: object) -> None:
        raise AssertionError(f"connects to {given}")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)
    path = build(here.store.parent / "elsewhere", FR_EN)

    for arguments in (["models", "add", str(path)], ["models"], ["extract"], ["draft"], ["status"], ["check"]):
        assert here(*arguments)[0] == 0, arguments
    assert here("sign", "fr", "first", "--as", ANNA, answers=["s"])[0] == 0

    assert here.texts() == DRAFTS
    assert list(here.states().values()).count(State.READY) == 1


def process(here: Here, body: str, *arguments: str, cwd: Path | None = None) -> list[str]:
    """Return a command that runs `leaflets` in a process of its own, after `body` has changed how its engine works."""
    script = f"import sys\nfrom generator.cli import main\n{body}\nmain(sys.argv[1:])\n"
    return [sys.executable, "-c", script, "-C", str(cwd or here.folder), *arguments]


def test_draft_works_without_any_network(here: Here) -> None:
    """In a process that has no network the whole command works, and writes nothing into the home."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)}

    done = subprocess.run(without_network(*process(here, "", "draft")), capture_output=True, text=True, env=environment, check=False)

    assert (done.returncode, here.texts()) == (0, DRAFTS), done.stderr
    home = here.store.parent / "home"
    assert not home.exists() or not list(home.rglob("*"))


# What a machine reads in its own drafts


def wrong_way_back(here: Here) -> None:
    """Add a package into English that changes a number and loses a negation, and draft two sentences."""
    build(here.store, Tiny(("fr", "en"), tuple({"Venez": "2 come", "demain": "tomorrow", "Jamais": "Always", "seul": "alone"}.items())))
    blocks = "  - id: come\n    text: Come tomorrow.\n  - id: never\n    text: Never alone.\n  - id: wait\n    text: Wait alone.\n"
    here.rewrite("leaflets/first.yaml", LEAFLET + blocks)
    assert here("draft", "fr")[0] == 0


def test_back_translations_are_kept_for_readers_and_never_counted(here: Here) -> None:
    """They stand beside the ledger, are shown to who signs, and leave every state as it is."""
    here("draft", "fr")
    before, events = here.states(), here.events()
    assert not Project(here.folder).back_translations("fr").exists()
    build(here.store, FR_EN)

    _, _, err = here("draft", "fr")

    backs = back_translations.read_back_translations(Project(here.folder).back_translations("fr"))
    english = {name: one.msgid for name, one in here.entries().items()}
    assert "6 back-translations" in err
    for name, text in DRAFTS.items():
        assert backs[wording_key("fr", name, english[name], text)] == english[name]
    assert (here.states(), here.events()) == (before, events)
    _, out, _ = here("sign", "fr", "first", "--as", ANNA)
    assert "in English Free food   (a machine's guess)" in out


def test_signed_sentences_need_no_way_back(here: Here) -> None:
    """What is ready is not translated back, and an older back-translation of it goes."""
    build(here.store, FR_EN)
    here("draft", "fr")
    here.sign("come")

    here("draft", "fr")

    key = wording_key("fr", "come", "Come tomorrow.", "Venez demain.")
    assert (here.states()["come"], key in back_translations.read_back_translations(Project(here.folder).back_translations("fr"))) == (
        State.READY,
        False,
    )


def test_a_lost_number_or_not_on_the_way_back_is_a_warning(here: Here) -> None:
    """`leaflets check` tells it as a warning, which fails nothing."""
    wrong_way_back(here)

    code, out, _ = here("check", "--json")

    found = [row for row in json.loads(out)["problems"] if row["code"] == "back-translation"]
    assert code == 0
    assert [(row["msgctxt"], row["severity"], row["language"]) for row in found] == [("come", "warning", "fr"), ("never", "warning", "fr")]
    assert "['2']" in found[0]["what"]
    assert "Always alone." in found[1]["what"]
    assert here.states()["come"] is State.DRAFT


def test_who_signs_answers_for_what_was_lost_on_the_way_back(here: Here) -> None:
    """Without an answer the sentence is not signed; with one, it is, and the ledger keeps the answer."""
    wrong_way_back(here)

    here("sign", "fr", "first", "--as", ANNA, answers=["k", "s", ""])
    assert here.states()["come"] is State.DRAFT
    code, out, _ = here("sign", "fr", "first", "--as", ANNA, answers=["k", "s", "the machine is wrong"])

    assert (code, here.states()["come"]) == (0, State.READY)
    assert "a machine reads the numbers ['2'] in it" in out
    assert ("dismiss:back-translation", ANNA, "the machine is wrong") in [(one.file_action, one.who, one.why) for one in here.events()]


# What the campaign has said already


def test_a_signed_sentence_is_offered_where_the_english_is_the_same(here: Here) -> None:
    """Only what is ready, only for exactly the same English, with the place it comes from; and people sign it again."""
    here("extract")
    here.write("come", "Passez demain.")
    here.sign("come")
    here.write("wait", "Patientez 3 jours.")
    blocks = "  - id: again\n    text: Come tomorrow.\n  - id: near\n    text: Come tomorrow!\n  - id: days\n    text: Wait 3 days.\n"
    here.rewrite("leaflets/second.yaml", LEAFLET + blocks)

    code, _, _ = here("draft", "fr")

    texts = here.texts(domain="second")
    assert (code, texts["again"], texts["near"], texts["days"]) == (0, "Passez demain.", "Venez demain!", "Attendez 3 jours.")
    key = wording_key("fr", "again", "Come tomorrow.", "Passez demain.")
    (event,) = [event for event in here.events() if event.key == key]
    assert (event.file_action, event.who, event.why) == ("machine", "memory", "ready in first/come")
    assert here.states(domain="second")["again"] is State.DRAFT
    again = here.entries(domain="second")["again"]
    assert (again.flags, again.comments) == (("fuzzy",), (f"# @draft memory {key[:12]}",))


def test_the_campaign_remembers_where_no_package_does(here: Here) -> None:
    """A language that is left to people has its own signed sentences too."""
    here("extract")
    here.write("come", "ጽባሕ ንዑ።", language="ti")
    here.sign("come", language="ti")
    here.rewrite("leaflets/second.yaml", LEAFLET + "  - id: again\n    text: Come tomorrow.\n")

    here("draft", "ti")

    assert here.texts("ti", "second") == {"again": "ጽባሕ ንዑ።"}


# Taking back, and other engines


def test_drafts_are_taken_back_and_made_again(here: Here) -> None:
    """However often on one day: the same texts, comments and states, and the ledger only grows."""
    here("draft", "fr")
    before, states, lines = here.entries(), here.states(), here.events()

    for _ in range(3):
        code, _, err = here("draft", "--clear", "--engine", "argos")
        assert (code, here.texts()) == (0, {})
        assert "6 drafts of argos were taken back" in err
        assert all((entry.flags, entry.comments) == ((), ()) for entry in here.entries().values())
        assert all(not one.known for one in support_by_key(here.events()).values())
        assert here("draft", "fr")[0] == 0
        assert (here.entries(), here.states()) == (before, states)
        assert here.events()[: len(lines)] == lines
        lines = here.events()
    assert {event.action for event in lines} == {"machine", "withdraw"}


def test_only_unread_drafts_of_that_engine_are_taken_back(here: Here) -> None:
    """What somebody signed, rejected or wrote stays, and so does another engine's."""
    here("draft", "fr")
    here("draft", "ar", "--engine", "pseudo")
    here.sign("come")
    here.sign("wait", "reject")
    here.write("call", "Téléphonez au {hotline} demain.")
    before, arabic = here.entries(), here.texts("ar")
    assert arabic

    here("draft", "--clear", "--engine", "argos")

    kept = {name: here.entries()[name] for name in ("come", "wait", "call")}
    assert kept == {name: before[name] for name in kept}
    assert (here.texts().keys(), here.texts("ar")) == (kept.keys(), arabic)
    here("draft", "--clear", "--engine", "pseudo", "ar")
    assert (here.texts("ar"), here.texts().keys()) == ({}, kept.keys())


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_fake_text_fills_the_layout(language: str, here: Here) -> None:
    """Every sentence gets fake text, left to right and right to left, with nothing English left; always as a draft."""
    code, out, _ = here("draft", language, "--engine", "pseudo")

    texts = here.texts(language)
    assert (code, texts.keys()) == (0, DRAFTS.keys()), out
    assert not re.findall("Free|food|Call|Come", "".join(texts.values()))
    assert "{hotline}" in texts["call"]
    assert [texts["bold"].count(tag) for tag in ("<b>", "</b>")] == [1, 1]
    assert {here.states(language)[name] for name in texts} == {State.DRAFT}
    assert all(event.who.startswith("pseudo-") and event.who.endswith(" fake") for event in here.events(language))


def test_json_has_the_promised_shape(here: Here) -> None:
    """One row for each message that was missing; nothing else on stdout."""
    here.rewrite("leaflets/first.yaml", LEAFLET + FIRST + "  - id: bad\n    text: Wait SWAP days.\n")

    code, out, _ = here("draft", "fr", "--json")

    rows = {row["msgctxt"]: row for row in json.loads(out)["drafts"] if row["leaflet"] == "first"}
    assert (code, rows.keys()) == (1, {*DRAFTS, "alone", "bad"})
    keys = {"leaflet", "language", "msgctxt", "msgstr", "path", "score", "reasons", "skipped", "engine", "package"}
    assert all(row.keys() >= keys for row in rows.values())
    assert {name: row["msgstr"] for name, row in rows.items() if row["msgstr"]} == DRAFTS
    assert (rows["come"]["path"], rows["come"]["package"], rows["come"]["language"]) == ("masked X0", "en_fr-1.0", "fr")
    assert isinstance(rows["come"]["score"], float)
    assert rows["bad"]["reasons"]
    assert (rows["alone"]["skipped"][:11], rows["alone"]["engine"]) == ("risk safety", "")


def test_fast_is_a_simpler_search(here: Here) -> None:
    """The ledger says so."""
    here("draft", "fr", "--fast")

    assert here.texts() == DRAFTS
    assert all(event.why.startswith("beam 1, patience 1, ") for event in here.events())


# Bad input

TOGETHER = """
import os, time
from pathlib import Path
from generator.base import jsonl
from generator.drafting.argos import Argos
def meet(name, seconds):
    place = Path({place!r}, name)
    place.mkdir(exist_ok=True)
    Path(place, str(os.getpid())).touch()
    end = time.monotonic() + seconds
    while len(os.listdir(place)) < 2 and time.monotonic() < end:
        time.sleep(0.01)
real, write = Argos.translate, jsonl.write_file
def translate(self, *given):
    found = real(self, *given)
    meet("translated", 60)
    return found
def late(*given):
    meet("writing", 1)
    return write(*given)
Argos.translate, jsonl.write_file = translate, late
"""
"""Lets two processes both translate before either may write, and wait between reading and writing the ledger for the other."""


def at_once(here: Here, place: Path, *runs: tuple[str, ...]) -> list[int]:
    """Run two drafts that meet at `place`, and return their exit codes."""
    here("extract")
    place.mkdir()
    commands = [process(here, TOGETHER.format(place=str(place)), "draft", "fr", *options) for options in runs]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for command in commands]
    codes = [run.wait(PATIENCE) for run in running]
    assert len(list((place / "translated").iterdir())) == len(runs)
    return codes


def test_two_equal_runs_at_once_write_once(here: Here, tmp_path: Path) -> None:
    """Both saw the same sentences missing: each is written once, with one event."""
    assert at_once(here, tmp_path / "place", (), ()) == [0, 0]

    assert here.texts() == DRAFTS
    keys = [event.key for event in here.events()]
    assert len(keys) == len(set(keys)) == len(DRAFTS) + 1
    assert here.states() == dict.fromkeys(DRAFTS, State.DRAFT) | {"alone": State.MISSING}


def test_two_other_runs_at_once_lose_nothing(here: Here, tmp_path: Path) -> None:
    """Two leaflets share the ledger of a language: neither run takes the other's events away."""
    here.rewrite("leaflets/second.yaml", LEAFLET + "  - id: days\n    text: Wait 4 days.\n")

    assert at_once(here, tmp_path / "place", ("--leaflet", "first"), ("--leaflet", "second")) == [0, 0]

    assert (here.texts(), here.texts(domain="second")) == (DRAFTS, {"title": "Gratuit repas", "days": "Attendez 4 jours."})
    known = support_by_key(here.events())
    for domain in ("first", "second"):
        for name, entry in here.entries(domain=domain).items():
            assert not entry.msgstr or known[wording_key("fr", name, entry.msgid, entry.msgstr)].engines
    keys = [event.key for event in here.events()]
    assert len(keys) == len(set(keys))


SLOW = """
import time
from pathlib import Path
from generator.drafting.argos import Argos
from generator.drafting import draft
draft.CHUNK_TEXTS = 2
real = Argos.translate
calls = []
def translate(self, batch, *given):
    calls.append(batch)
    if len(calls) > {fast}:
        Path({sign!r}).touch()
        time.sleep({seconds})
    return real(self, batch, *given)
Argos.translate = translate
"""
"""An engine that takes its time for two sentences at once, after some quick ones."""


def test_ctrl_c_keeps_what_is_done(here: Here, tmp_path: Path) -> None:
    """Half-way, Ctrl-C ends with 130; what was drafted is whole and kept, and the next run does the rest."""
    here("extract")
    sign = tmp_path / "slow"
    run = subprocess.Popen(
        process(here, SLOW.format(fast=2, sign=str(sign), seconds=PATIENCE), "draft", "fr"), stderr=subprocess.PIPE, text=True
    )
    end = time.monotonic() + PATIENCE
    while not sign.exists() and run.poll() is None and time.monotonic() < end:
        time.sleep(0.01)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=PATIENCE)

    assert run.returncode == 130, err
    assert "Interrupted. What was finished is kept" in err
    done = dict(list(DRAFTS.items())[:4])
    assert here.texts() == done
    assert len(here.events()) == len(done)
    assert not [name for name in here.files() if Path(name).name.startswith(".leaflets-")]
    assert here("draft", "fr")[0] == 0
    assert here.texts() == DRAFTS


def test_progress_says_how_fast_and_how_long(here: Here, tmp_path: Path) -> None:
    """On a terminal a bar counts sentences a second and the time left; elsewhere there is none."""
    ours, theirs = pty.openpty()
    command = process(here, SLOW.format(fast=0, sign=str(tmp_path / "slow"), seconds=1.1), "draft", "fr")
    run = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=os.environ | {"TERM": "xterm-256color"})
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # Linux: the other side is closed
        pass
    os.close(ours)

    assert run.wait(PATIENCE) == 0
    assert re.search(r"Drafting +\[#+-*\] +4/6 +\d\d:\d\d:\d\d +\d+ sentences a second", shown.decode())
    here("draft", "--clear", "--engine", "argos")
    assert "sentences a second" not in here("draft", "fr")[2]


def test_text_longer_than_the_model_can_count(here: Here) -> None:
    """It has its reason; the others are drafted."""
    here.rewrite("leaflets/first.yaml", LEAFLET + FIRST + f"  - id: long\n    text: '{'Come alone, wait for everyone ' * 8}tomorrow.'\n")
    build(here.store, Tiny(EN_FR.codes, EN_FR.words, positions=100))

    code, out, _ = here("draft", "fr")

    assert (code, here.texts()) == (1, DRAFTS)
    assert here.entries()["long"].comments == ("# @none the text is too long for the model",)
    assert "left missing fr first/long: the text is too long for the model" in out


def test_a_damaged_package_beside_a_good_one(here: Here) -> None:
    """Files that are no packages stop nothing; `leaflets models` says what is wrong with them."""
    broken = build(here.store, EN_AR)
    broken.write_bytes(broken.read_bytes()[:3000])

    code, out, _ = here("draft")

    assert (code, here.texts(), here.texts("ar")) == (0, DRAFTS, {})
    assert "ti: no machine package" in out
    code, out, _ = here("models")
    assert f"{broken}: " in out
    assert "[model-damaged]" in out


def test_a_model_that_does_not_load_costs_its_own_language(here: Here) -> None:
    """The package looks whole, its model is not: the problem is told, and the other languages are drafted."""
    build(here.store, EN_AR, lambda files: files.update({"model/model.bin": parts(EN_AR)["model/model.bin"][:-200]}))
    here.rewrite("leaflets/campaign.yaml", CAMPAIGN.replace("[en, fr, ar, ti]", "[en, ar, fr, ti]"))

    code, out, err = here("draft")

    assert code == 1
    assert "[model-broken]" in out + err
    assert (here.texts(), here.texts("ar")) == (DRAFTS, {})


@pytest.mark.parametrize("back", [False, True])
def test_a_damaged_catalogue_costs_its_own_language(back: bool, here: Here) -> None:
    """One PO file that cannot be read is told; the other languages are drafted, with or without a package into English."""
    build(here.store, EN_AR)
    if back:
        build(here.store, FR_EN)
    here("extract")
    here.path("fr").write_bytes(b"\xff\xfe")

    code, out, err = here("draft")

    assert code == 1
    assert str(here.path("fr").relative_to(here.folder)) in out + err
    assert here.texts("ar").keys() == DRAFTS.keys()


def test_json_tells_problems_too(here: Here) -> None:
    """A program that reads the JSON learns why the exit code is 1."""
    here("extract")
    here.path("fr").write_bytes(b"\xff\xfe")

    code, out, err = here("draft", "--json")

    assert code == 1
    json.loads(out)
    assert "file-charset" in out + err


def test_missing_library_says_what_to_type(here: Here) -> None:
    """Without ctranslate2 the command is wrong use: it says what to install, and writes no draft."""

    def version(name: str) -> str:
        from importlib.metadata import PackageNotFoundError

        raise PackageNotFoundError(name)

    here("extract")
    before = here.files()
    here.monkeypatch.setattr(argos_module, "version", version)

    code, _, err = here("draft", "fr")

    assert (code, here.files()) == (2, before)
    assert re.search(r"needs ctranslate2.*pip install 'solidarity-leaflets\[draft\]'.*\[engine-missing\]", err)
    assert here("draft", "fr", "--engine", "pseudo")[0] in (0, 1)
