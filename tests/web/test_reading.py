"""Reading and signing on the page, request by request: what a reader sees, what is kept, and what two people do at once."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.campaign.glossary import GLOSSARY
from generator.campaign.project import PAGE_DOMAINS, Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.model import State
from generator.review import ledger
from generator.review.conversation import comment_key, comment_threads
from generator.review.extract import extract_messages
from generator.review.ledger_event import LedgerEvent
from generator.review.live_snapshot import LiveSnapshot
from generator.review.snapshot import Snapshot
from generator.signing import unsaved
from generator.web import form_actions
from generator.web.server_state import ServerState
from generator.web.visitors import User, UserRole, Visitors
from generator.web.words import english_words
from tests.conftest import ROOT, copy_campaign
from tests.support.visitor import made

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

HOST = "127.0.0.1:8000"
BASE = f"http://{HOST}"
SAY = "/read/fr/not-alone/say"
SAFE = "/read/fr/not-alone/safe"


@dataclass
class Reader:
    """Somebody in front of the page, without JavaScript: opens screens, sends the forms that stand on them."""

    client: FlaskClient
    seen: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    def opens(self, path: str) -> str:
        """Open a screen and return it as text without markup; its form is remembered."""
        return self.shows(self.client.get(path, base_url=BASE))

    def shows(self, answer: TestResponse) -> str:
        self.seen = answer.get_data(as_text=True)
        form = re.search(r'<form id="sentence".*?</form>', self.seen, re.DOTALL)
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[0]) if form else []
        area = re.findall(r'<textarea id="text"[^>]*>(.*?)</textarea>', form[0], re.DOTALL) if form else []
        self.fields = {name: html.unescape(value) for name, value in [*found, *(("text", text) for text in area)]}
        return plain(self.seen)

    def presses(self, path: str, do: str, **typed: str) -> TestResponse:
        """Press a button of the form that was opened last."""
        return self.posts(path, do=do, **(self.fields | typed))

    def undoes(self) -> TestResponse:
        """Press the button that takes back what was done last."""
        self.opens("/read/fr/not-alone")
        (which,) = re.findall(r'<input type="hidden" name="which" value="(\w+)">', self.seen)
        return self.posts("/undo/fr", which=which)

    def posts(self, path: str, **fields: str) -> TestResponse:
        data = {name.replace("__", "-"): value for name, value in fields.items()}
        return self.client.post(path, base_url=BASE, data=data, headers={"Origin": BASE, "Sec-Fetch-Site": "same-origin"})


def plain(markup: str) -> str:
    """Return what stands on a screen, in one line."""
    body = re.sub(r"<template.*?</template>|<(script|style).*?</\1>", " ", markup, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"</?(?:bdi|ins|del)\b[^>]*>", "", re.sub(r"</?(?!bdi|ins|del)\w[^>]*>", " ", body))).split())


LANGUAGES = ("fr", "ar", "zh_Hans")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign of few languages, its page's words extracted; to be copied."""
    folder = copy_campaign(tmp_path_factory.mktemp("small"))
    path = folder / "leaflets" / "campaign.yaml"
    path.write_text(re.sub(r"languages: \[.*\]", f"languages: [en, {', '.join(LANGUAGES)}]", path.read_text("utf-8")), "utf-8")
    for language in (folder / "locales").iterdir():
        if language.is_dir() and language.name not in LANGUAGES:
            shutil.rmtree(language)
    extract_messages(Project(folder))
    return folder


@pytest.fixture
def campaign(small: Path, tmp_path: Path) -> Path:
    """Give a fresh copy of the small campaign, to change."""
    return copy_campaign(tmp_path / "campaign", small)


@pytest.fixture
def enter(campaign: Path) -> Iterator[Callable[..., Reader]]:
    """Give a function that lets a reader in, by code; every call is another browser at the same page."""
    desk = ServerState(campaign, LiveSnapshot(campaign), Visitors(), HOST)
    app = made(desk)

    def entering(code: str = "example-anna") -> Reader:
        client = app.test_client()
        client.get(f"/start/{desk.visitors.invite(User(code, UserRole.ORGANISER))}", base_url=BASE)
        return Reader(client)

    return entering


def text_of(campaign: Path, name: str = "say", domain: str = "not-alone", language: str = "fr") -> Any:
    """Return a sentence with its state as it is on the disk."""
    return Snapshot(Project(campaign)).texts(language, domain)[name]


def change(campaign: Path, msgstr: str, name: str = "say") -> None:
    """Write a text into the catalogue as Poedit does, without a word to anybody."""
    project = Project(campaign)
    path = project.catalogue("fr", "not-alone")
    entries = pofile.read_catalogue(path, project.languages["fr"])
    pofile.save_catalogue(path, [entry.changed(msgstr=msgstr) if entry.msgctxt == name else entry for entry in entries])


def test_languages_stand_under_their_own_names_with_the_minutes_left(enter: Callable[..., Reader]) -> None:
    seen = enter().opens("/")

    assert re.search(r"العربية Arabic about \d+ minutes to read 简体中文 Chinese \(Simplified\) about \d+ minutes to read", seen)


def test_a_leaflet_lists_its_sentences_in_page_order_with_state_in_words(enter: Callable[..., Reader]) -> None:
    reader = enter()
    seen = reader.opens("/read/fr/not-alone")

    names = dict.fromkeys(re.findall(r"/read/fr/not-alone/([\w.-]+)", reader.seen))
    assert " ".join(names) == "title welcome who help offers.listen offers.go offers.find safe private reach say free"
    assert "nobody has checked it" in seen


def test_signing_records_who_and_goes_to_the_next_sentence(enter: Callable[..., Reader], campaign: Path) -> None:
    reader = enter()
    reader.opens(SAY)
    answer = reader.presses(SAY, "sign")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/read/fr/not-alone/free")
    assert text_of(campaign).state is State.READY
    assert ledger.read_ledger(Project(campaign).ledger("fr"))[-1].who == "example-anna"


def test_a_question_about_not_is_asked_and_a_warning_needs_a_reason(enter: Callable[..., Reader], campaign: Path) -> None:
    reader = enter()
    assert "Question the English says" in reader.opens(SAFE)
    answer = reader.presses(SAFE, "sign")
    assert answer.status_code == 422
    assert "or say why it is right" in reader.shows(answer)

    assert reader.presses(SAFE, "sign", **{"why-negation": "seen"}).status_code == 303
    assert text_of(campaign, "safe").state is State.READ


def test_nobody_signs_over_an_error_and_what_was_typed_stays(enter: Callable[..., Reader], campaign: Path) -> None:
    reader = enter()
    reader.opens(SAY)
    before = text_of(campaign).msgstr
    answer = reader.presses(SAY, "correct", text="Appelez. Dites le nom de votre langue.")

    assert answer.status_code == 422
    assert "nobody can sign over an error" in reader.shows(answer)
    assert text_of(campaign).msgstr == before
    assert "Appelez. Dites le nom" in enter().opens(SAY), "another browser of the same reader shows what was typed"
    assert "Appelez. Dites le nom" not in enter("example-bilal").opens(SAY), "nobody else sees it"


def test_a_correction_is_written_and_undone_also_after_a_restart(enter: Callable[..., Reader], campaign: Path) -> None:
    reader = enter()
    reader.opens(SAY)
    before = text_of(campaign)
    reader.presses(SAY, "correct", text=before.msgstr.replace("Dites", "Indiquez"))
    assert "Indiquez" in text_of(campaign).msgstr

    again = enter()
    assert "You corrected and signed a sentence." in again.opens("/read/fr/not-alone")
    assert again.undoes().headers["Location"] == SAY

    assert (text_of(campaign).msgstr, text_of(campaign).state) == (before.msgstr, before.state)


def test_signing_after_a_change_in_the_field_asks_which_text_is_meant(enter: Callable[..., Reader], campaign: Path) -> None:
    reader = enter()
    reader.opens(SAY)
    events = ledger.read_ledger(Project(campaign).ledger("fr"))
    answer = reader.presses(SAY, "sign", text="Quelque chose {campaign_phone} {line_hours}.")

    assert "You changed the text." in reader.shows(answer)
    assert ledger.read_ledger(Project(campaign).ledger("fr")) == events


def test_rejecting_needs_a_reason_and_shows_it_to_the_next_reader(enter: Callable[..., Reader]) -> None:
    reader = enter()
    reader.opens(SAY)
    assert reader.presses(SAY, "reject").status_code == 422
    reader.presses(SAY, "reject", reason="The hours are missing")

    assert "The hours are missing" in enter("example-bilal").opens(SAY)


@pytest.mark.parametrize(("do", "field"), [("reject", "reason"), ("ask", "comment")])
def test_a_number_in_free_words_is_refused_and_shown_again(enter: Callable[..., Reader], campaign: Path, do: str, field: str) -> None:
    reader = enter()
    seen = reader.opens(SAY)
    assert seen.count("no phone numbers") == 2  # beside both fields

    answer = reader.presses(SAY, do, **{field: "ask me: 07700 900123"})

    assert (answer.status_code, "there is a phone number in it" in answer.text) == (422, True)
    assert "ask me: 07700 900123</textarea>" in answer.text
    assert "900123" not in Project(campaign).ledger("fr").read_text("utf-8")


def test_what_was_typed_before_a_rejection_is_not_lost(enter: Callable[..., Reader]) -> None:
    reader = enter()
    reader.opens(SAY)
    reader.presses(SAY, "reject", text="Appelez-nous le soir.", reason="The hours are missing")

    reader.opens(SAY)
    assert reader.fields["text"] == "Appelez-nous le soir."


def test_a_desk_as_full_as_the_forms_allow_can_be_read_again(tmp_path: Path) -> None:
    text = "ት" * form_actions.LONGEST_TYPED
    with unsaved.change_desk(tmp_path, "r17") as desk:
        desk.texts |= {f"ti/not-alone/{number}": unsaved.TypedText(text, text, text) for number in range(unsaved.TEXTS)}

    assert len(unsaved.read_desk(tmp_path, "r17").texts) == unsaved.TEXTS


def test_a_campaign_may_ask_two_readers_of_plain_sentences(campaign: Path, enter: Callable[..., Reader]) -> None:
    path = campaign / "leaflets" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("  plain: 1", "  plain: 2"), "utf-8")
    reader = enter()

    assert "Call" in reader.opens(SAY)
    reader.presses(SAY, "sign")
    assert text_of(campaign).state is State.READ


def test_two_people_on_different_sentences_never_collide(enter: Callable[..., Reader], campaign: Path) -> None:
    anna, bilal = enter(), enter("example-bilal")
    anna.opens(SAY)
    bilal.opens("/read/fr/not-alone/welcome")

    assert anna.presses(SAY, "sign").status_code == 303
    assert bilal.presses("/read/fr/not-alone/welcome", "sign").status_code == 303
    assert (text_of(campaign).state, text_of(campaign, "welcome").state) == (State.READY, State.READY)


def test_on_the_same_sentence_the_second_sees_both_and_chooses(enter: Callable[..., Reader], campaign: Path) -> None:
    anna, bilal = enter(), enter("example-bilal")
    text = text_of(campaign).msgstr
    anna.opens(SAY)
    bilal.opens(SAY)
    anna.presses(SAY, "correct", text=text.replace("Dites", "Indiquez"))
    answer = bilal.presses(SAY, "correct", text=text.replace("Dites", "Donnez"))

    assert answer.status_code == 409
    seen = bilal.shows(answer)
    assert "Two people worked on this sentence" in seen
    assert "Signed by: example-anna" in seen
    assert "IndiquezDonnez" in seen, "the difference is marked word by word"
    assert "Indiquez" in text_of(campaign).msgstr, "nothing was overwritten"
    assert bilal.presses(SAY, "correct").status_code == 303
    assert "Donnez" in text_of(campaign).msgstr


def test_a_signature_does_not_land_on_a_text_that_changed_underneath(enter: Callable[..., Reader], campaign: Path) -> None:
    reader = enter()
    reader.opens(SAY)
    events = ledger.read_ledger(Project(campaign).ledger("fr"))
    change(campaign, "Ne composez jamais {campaign_phone} entre {line_hours}.")
    answer = reader.presses(SAY, "sign")

    assert answer.status_code == 409
    assert "Ne composez jamais" in reader.shows(answer)
    assert ledger.read_ledger(Project(campaign).ledger("fr")) == events


def test_text_typed_before_poedit_changed_the_sentence_is_shown_beside_it(enter: Callable[..., Reader], campaign: Path) -> None:
    reader = enter()
    reader.opens(SAY)
    typed = reader.fields["text"].replace("Dites", "Donnez")
    assert reader.posts("/keep/fr/not-alone/say", **(reader.fields | {"text": typed})).get_json()["kept"]
    change(campaign, reader.fields["text"].replace("Dites", "Annoncez"))

    seen = enter().opens(SAY)

    assert "Meanwhile the sentence changed" in seen
    assert "AnnoncezDonnez" in seen


def test_a_correction_that_an_open_editor_saved_over_comes_back(enter: Callable[..., Reader], campaign: Path) -> None:
    """Poedit keeps the whole file and writes it as it was when it was opened: the corrected text is offered again."""
    reader = enter()
    reader.opens(SAY)
    before = text_of(campaign).msgstr
    mine = before.replace("Dites", "Donnez")
    reader.presses(SAY, "correct", text=mine)
    change(campaign, before)

    assert "your text was put back" in reader.opens("/read/fr/not-alone")
    assert "another program put the older one back" in reader.opens(SAY)
    assert reader.fields["text"] == mine
    assert reader.presses(SAY, "correct").status_code == 303
    assert (text_of(campaign).msgstr, text_of(campaign).state) == (mine, State.READY)
    reader.undoes()
    assert "your text was put back" not in reader.opens("/read/fr/not-alone"), "who takes an answer back wants the older text"


def test_what_others_signed_meanwhile_is_not_taken_back(enter: Callable[..., Reader], campaign: Path) -> None:
    """Undo never takes a text away under somebody's signature; it says so, and the next undo means the answer before."""
    anna, bilal = enter(), enter("example-bilal")
    anna.opens("/read/fr/not-alone/welcome")
    anna.presses("/read/fr/not-alone/welcome", "sign")
    anna.opens(SAFE)
    mine = anna.fields["text"].replace("aide", "assistance")
    anna.presses(SAFE, "correct", text=mine, **{"why-negation": "seen"})
    bilal.opens(SAFE)
    bilal.presses(SAFE, "sign", **{"why-negation": "seen"})

    answer = anna.undoes()
    assert answer.status_code == 409
    assert "example-bilal signed your wording meanwhile" in anna.shows(answer)
    assert (text_of(campaign, "safe").msgstr, text_of(campaign, "safe").state) == (mine, State.READY)
    assert anna.undoes().headers["Location"] == "/read/fr/not-alone/welcome"
    assert text_of(campaign, "welcome").state is State.DRAFT


def test_changed_english_is_explained_and_the_text_is_kept(enter: Callable[..., Reader], campaign: Path) -> None:
    reader = enter()
    reader.opens(SAY)
    path = campaign / "leaflets" / "not-alone.yaml"
    path.write_text(path.read_text("utf-8").replace("Say the name of your language.", "Say your language."), "utf-8")
    answer = reader.presses(SAY, "correct", text="Mon texte {campaign_phone} {line_hours}.")

    assert answer.status_code == 409
    assert "leaflets extract" in reader.shows(answer)
    assert "What you typed is kept" in plain(reader.seen)
    extract_messages(Project(campaign))
    seen = enter().opens(SAY)
    assert "Mon texte" in seen
    assert "Say the name of your language." in seen.replace("the name of ", "the name of "), "the word diff shows what is gone"
    assert "The translation below was made for the older English." in seen


def test_the_former_wording_says_who_signed_it(enter: Callable[..., Reader], campaign: Path) -> None:
    reader = enter()
    reader.opens(SAY)
    reader.presses(SAY, "sign")
    path = campaign / "leaflets" / "not-alone.yaml"
    path.write_text(path.read_text("utf-8").replace("Say the name of your language.", "Do not say your name."), "utf-8")
    extract_messages(Project(campaign))

    seen = enter("example-bilal").opens(SAY)

    assert "Signed for the older English by: example-anna" in seen
    assert "This change can hurt people" in seen


def test_the_checks_answer_while_somebody_types(enter: Callable[..., Reader]) -> None:
    reader = enter()
    reader.opens(SAY)
    found = reader.posts("/check/fr/not-alone/say", **(reader.fields | {"text": "Appelez {campaign_phone}."})).get_json()

    assert found["wrong"] >= 1
    assert found["said"] == f"Must be mended: {found['wrong']}. To look at: {found['doubtful']}."
    assert "line_hours" in found["markup"]


def test_markup_in_texts_and_comments_is_shown_as_text(enter: Callable[..., Reader], campaign: Path) -> None:
    change(campaign, "<img src=x onerror=alert(1)> {campaign_phone} {line_hours} \u202etxt")
    reader = enter()
    reader.opens(SAY)
    reader.presses(SAY, "ask", comment="<script>alert(1)</script>")
    reader.opens(SAY)

    assert "<img src=x" not in reader.seen
    assert "<script>alert" not in reader.seen
    assert "U+202E" in plain(reader.seen), "a sign that turns the text around is made visible"


def test_others_are_asked_and_answer_in_order(enter: Callable[..., Reader], campaign: Path) -> None:
    anna, bilal = enter(), enter("example-bilal")
    anna.opens(SAY)
    assert anna.presses(SAY, "ask", comment="Is “Appelez” polite enough?").status_code == 303
    assert "Others ask about: 1" in bilal.opens("/read/fr")
    bilal.opens(SAY)
    bilal.presses(SAY, "ask", comment="Yes.")

    seen = anna.opens(SAY)
    assert re.search(r"example-anna 2026-11-23 Is “Appelez” polite enough\? example-bilal 2026-11-23 Yes\.", seen)
    change(campaign, "Autre texte {campaign_phone} {line_hours}")
    assert "polite enough" in anna.opens(SAY), "the conversation outlives the wording"
    assert "polite enough" not in anna.opens("/read/ar/not-alone/say"), "it belongs to one language"


@pytest.mark.parametrize("text", ["", "Call me: 07700 900123", "write to a@example.org", "x" * 601])
def test_comments_that_must_not_stay_for_ever_are_refused(text: str, enter: Callable[..., Reader], campaign: Path) -> None:
    reader = enter()
    reader.opens(SAY)

    assert reader.presses(SAY, "ask", comment=text).status_code == 422
    assert not any(event.action == "comment" for event in ledger.read_ledger(Project(campaign).ledger("fr")))


def test_a_conversation_does_not_depend_on_the_order_of_lines() -> None:
    key = comment_key("fr", "not-alone", "say")
    first = LedgerEvent(key, "comment", "r17", "2026-11-23", "One?")
    second = LedgerEvent(key, "comment", "r18", "2026-11-23", "Two.", old=first.id)
    third = LedgerEvent(key, "comment", "r17", "2026-11-22", "Three, with a wrong clock.", old=second.id)

    assert comment_threads([third, second, first, second]) == comment_threads([first, second, third]) == {key: (first, second, third)}


def test_a_comment_changes_no_state(campaign: Path, enter: Callable[..., Reader]) -> None:
    before = {name: text.state for name, text in Snapshot(Project(campaign)).texts("fr", "not-alone").items()}
    reader = enter()
    reader.opens(SAY)
    reader.presses(SAY, "ask", comment="Good.")

    assert {name: text.state for name, text in Snapshot(Project(campaign)).texts("fr", "not-alone").items()} == before


def test_a_signed_neighbour_is_shown_and_never_put_in(enter: Callable[..., Reader], campaign: Path) -> None:
    reader = enter()
    reader.opens("/read/fr/not-alone/welcome")
    reader.presses("/read/fr/not-alone/welcome", "sign")
    path = campaign / "leaflets" / "phone-tree.yaml"
    path.write_text(
        path.read_text("utf-8").replace("blocks:\n", "blocks:\n  - id: hello\n    text: We are your friends. We stand with you.\n", 1),
        "utf-8",
    )
    extract_messages(Project(campaign))

    seen = reader.opens("/read/fr/phone-tree/hello")

    assert "Nearly the same English" in seen
    assert "neighbours. friends." in seen, "the difference of the two is marked"
    assert text_of(campaign, "welcome").msgstr in seen
    assert reader.fields["text"] == ""


def test_done_says_what_is_ready_and_what_is_left(enter: Callable[..., Reader]) -> None:
    reader = enter()
    reader.opens(SAY)
    reader.presses(SAY, "sign")
    reader.opens(SAFE)
    reader.presses(SAFE, "sign", **{"why-negation": "seen"})

    seen = reader.opens("/done/fr/not-alone")

    assert "Sentences you signed in this leaflet: 2 Ready because of you: 1 Waiting for another person: 1" in seen


def test_the_glossary_is_signed_like_a_sentence(enter: Callable[..., Reader], campaign: Path) -> None:
    reader = enter()
    reader.opens("/read/fr/glossary/term.asylum")
    reader.presses("/read/fr/glossary/term.asylum", "sign")

    assert text_of(campaign, "term.asylum", "glossary").state is State.READY


def test_own_words_of_the_page_are_shown_where_people_signed_them(enter: Callable[..., Reader]) -> None:
    reader = enter()
    assert '<span lang="en" dir="ltr">Agree and sign</span>' in reader.seen or reader.opens(SAY)
    reader.opens("/read/fr/review/word.do-sign")
    reader.presses("/read/fr/review/word.do-sign", "correct", text="D’accord, je signe")
    reader.opens(SAY)

    assert ">D’accord, je signe <kbd" in reader.seen
    assert '<span lang="en" dir="ltr">Skip</span>' in reader.seen


def test_a_folder_that_cannot_be_read_stops_no_other(enter: Callable[..., Reader], campaign: Path) -> None:
    (campaign / "locales" / "fr" / "LC_MESSAGES" / "get-online.po").write_text('msgid "x\n', "utf-8")
    reader = enter()

    assert "A file of this leaflet must be mended" in reader.opens("/read/fr")
    assert "Sentence 11 of 12" in reader.opens(SAY)


@pytest.mark.parametrize(
    "path", ["/read/fr/campaign", "/read/xx", "/read/fr/nothing", "/read/fr/not-alone/nothing", "/font/passwd", "/type/xx.css"]
)
def test_only_what_the_campaign_has_is_a_page(path: str, enter: Callable[..., Reader]) -> None:
    reader = enter()

    assert reader.client.get(path, base_url=BASE).status_code == 404


def test_the_fonts_of_a_language_come_from_this_computer(enter: Callable[..., Reader]) -> None:
    reader = enter()
    style = reader.client.get("/type/ar.css", base_url=BASE).get_data(as_text=True)
    found = [reader.client.get(one, base_url=BASE) for one in re.findall(r'url\("([^"]+)"\)', style)]
    starts = [next(iter(answer.response))[:4] for answer in found]
    for answer in found:
        answer.close()

    assert ':lang(ar) { font-family: "L Noto Sans Arabic", "L Noto Sans"' in style
    assert starts == [b"\x00\x01\x00\x00"] * 4


def test_the_desk_of_a_reader_is_private_and_written_whole(campaign: Path, enter: Callable[..., Reader]) -> None:
    reader = enter()
    reader.opens(SAY)
    reader.posts("/keep/fr/not-alone/say", **(reader.fields | {"text": "Un"}))
    folder = campaign / unsaved.DESK_FOLDER

    assert folder.stat().st_mode & 0o077 == 0
    assert unsaved.read_desk(campaign, "example-anna").texts["fr/not-alone/say"].text == "Un"
    reader.posts("/keep/fr/not-alone/say", **reader.fields)
    assert unsaved.read_desk(campaign, "example-anna").texts == {}


def test_every_entry_of_the_words_is_used() -> None:
    """No word of the page is translated for nothing: its name stands in a screen, whole or as a beginning that is completed there."""
    files = [path for suffix in ("html", "py") for path in (*ROOT.glob(f"templates/**/*.{suffix}"), *ROOT.glob(f"generator/**/*.{suffix}"))]
    named = set(re.findall(r"""["']([a-z][\w-]*)(?=["'{])""", "".join(path.read_text("utf-8") for path in files)))
    words = re.findall(r"^([a-z][\w-]*):$", (ROOT / "templates" / "screens" / "review" / "words.yaml").read_text("utf-8"), re.MULTILINE)

    unused = [word for word in words if word not in named and not any(name.endswith("-") and word.startswith(name) for name in named)]

    assert unused == []


def test_every_catalogue_has_a_name_on_the_page() -> None:
    """The words around leaflets are called by what they are for."""
    names = {f"word.domain-{name}" for name in (*PAGE_DOMAINS, SHARED_DOMAIN, GLOSSARY)}

    assert names <= english_words().keys()


def test_entries_are_rewritten_only_where_somebody_signed(enter: Callable[..., Reader], campaign: Path) -> None:
    path = Project(campaign).catalogue("fr", "not-alone")
    before: list[Entry] = pofile.read_catalogue(path)
    reader = enter()
    reader.opens(SAY)
    reader.presses(SAY, "sign")

    assert [entry.msgctxt for entry, old in zip(pofile.read_catalogue(path), before, strict=True) if entry.lines != old.lines] == ["say"]


def test_letters_of_another_keyboard_are_put_right_with_one_button(enter: Callable[..., Reader], campaign: Path) -> None:
    """A Persian kaf in Arabic: shown as it was meant, put into the field on demand, and signed by the reader alone."""
    place = "/read/ar/not-alone/say"
    before = text_of(campaign, language="ar").msgstr
    assert "ك" in before
    reader = enter()
    reader.opens(place)
    typed = before.replace("ك", "ک")
    shown = reader.shows(reader.presses(place, "look", text=typed))
    assert "typed on another keyboard" in shown
    assert 'value="mend"' in reader.seen

    answer = reader.presses(place, "mend", text=typed + "!")
    assert (answer.status_code, text_of(campaign, language="ar").msgstr) == (200, before)
    reader.shows(answer)
    assert reader.fields["text"] == before + "!"
    assert 'value="mend"' not in reader.seen
