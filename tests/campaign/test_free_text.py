"""Words that everybody with the campaign can read: what they must not hold, on every way into the ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.base.clock import today
from generator.campaign import thanks
from generator.campaign.free_names import PrivateNames
from generator.campaign.free_text import LONGEST_NOTE, private_kinds
from generator.campaign.project import Project
from generator.model import Language
from generator.overview.check import check_campaign
from generator.overview.sharing import sharing_problems
from generator.problem import LeafletsError
from generator.review import ledger
from generator.review.ledger_event import MACHINE_ACTIONS, TARGETED_ACTIONS, LedgerAction, LedgerEvent

NUMBER, ADDRESS, LINK, NAME = "a phone number", "an e-mail address or the name of an account", "a link", "a name"
PLACE = "the address of a place"
HARMLESS = (
    "the number does not answer",
    "it should say 2 weeks, not 3",
    "the date was 2026-12-07, now it is 2027-01-14",
    "not on 20/03/2027 but on 3/4/2026, 2 people said so",
    "20.3.27 is a Saturday",
    "it is 18:00-21:00, not 18:00–20:00",
    "18.00-21.00 stands on the door",
    "since 2025-2026, and again in 2026/27",
    "EN-P5PR7 and AR-1W7GY say the same",
    "see A3KD-9QFX and RXB6-2AXG, then A123-4567",
    "r17 and r4k7m agree with r2",
    "steps.2, steps.inside and fact.alert_line.detail are right",
    "leaflets/not-alone.yaml, locales/ar/LC_MESSAGES/not-alone.po",
    "zh_Hans and fa_AF need the same word",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
    "7K3M-9QFX-2B4D-77A0-0902-QQ31-X",
    "more than 120 000 people, 1,200,000 or 1.200.000",
    "it costs £12.50, or £1,200.50, or 12,50 euros",
    "pages 0, 90, 180, 270",
    "call 999, never 112; 101 is the police",
    "write {alert_line} there, {campaign_web} here",
    "50 %, 30 % and 20 %",
    "my name is not right on the list",
    "the name is misspelt",
    "“your name” is formal, “tu nombre” is not",
    "Dr is not a word here",
    "Miss the bus, Ms the magazine",
    "after 5 ms it stops",
    "the sign @ is right",
    "an e.g. for you, v.v. cho bạn",
    "Attendez...puis venez. Il y a un point net.",
    "the word WhatsApp: leave it, as Telegram and Signal",
    "الرقم صحيح، ٢ أسابيع",
    "السيدة الحامل صحيحة",
    "تاریخ ۱۴۰۵/۰۹/۱۶ نیست، ۲ هفته است",
    "সংখ্যাটি ২০২৬ সালের",
    "2个月后，2026年12月7日",
    "各位女士们先生们，这位女士",
    "任何先生都可以",
    "adım adım anlatın",
    "bà mẹ, ông bà, anh chị em",
    "ስሜት የሚነካ ቃል",
    "el señor y la señora, un monsieur",
    "1, 2, 3, 4, 5, 6",
    "version 2.18 is older than 2.19",
    "seen",
    "116 123 is missing",
    "call 116123 or 999",
    "999/112",
    "call 101 111 112",
    "le numéro du 116 123 manque",
    "0900-1700",
    "from 0900 to 1700, 0900 to 1230",
    "steps 1. 2. 3. 4. 5. 6. are wrong",
    "1) 2) 3) 4) 5) 6) 7) 8) 9)",
    "30/28/31",
    "12 24 36",
    "10 20 30 40 50 60",
    "20-30 10-20",
    "2014 2015 2016",
    "in 2014 and 2015 and 2016",
    "Regulation (EU) 604/2013",
    "07.12. 08.12. 09.12.",
    "10 of 20 or 30 to 40 in 50",
    "2026-12-07/2027-01-14",
    "2026-12-07 18:00:00",
    "one two three four five",
    "AB-077-009 is a code",
    "wee7dfdb8f744f4e6be73ec13471dff9f",
    "a price of 120000 pounds, £999,999.99",
    "Mrs is not used here",
    "“Mr and Mrs” sounds odd",
    "Mr. is English",
    "Dr est faux",
    "Je m'appelle est faux",
    "me llamo suena raro",
    "benim adım yanlış",
    "اسمي خطأ",
    "نام من اشتباه است",
    "我叫不对",
    "我的名字是错的",
    "خانم حامله",
    "señor Juez",
    "la señora embarazada",
    "Miss your bus",
    "bir hanım geldi",
    "name: missing, Name: it is wrong",
    "signed, not written",
    "看医生",
    "look (at) home",
    "stay-at-home",
    "anna (at) home",
    "signal: strong_word",
    "Telegram: missing",
    "WhatsApp: ok",
    "r17 on WhatsApp said so",
    "the sign @ is missing",
    "“gov.uk” is the site's name",
    "https://www.gov.uk/pay-and-work-rights is right",
    "https: is wrong",
    "tel: is missing",
    "A4 2 pages, r2 4th line, 5 pm",
    "2 people in the street, 3 words down the road",
    "3 sentences too close",
)
PRIVATE = (
    ("call me on 0117 496 0123", NUMBER),
    ("01174960123", NUMBER),
    ("+44 7700 900123 is mine", NUMBER),
    ("0 7 7 0 0 9 0 0 1 2 3", NUMBER),
    ("07.70.09.00.12", NUMBER),
    ("01.12.20.26.34", NUMBER),
    ("07700-900-123", NUMBER),
    ("(020) 7946/0123", NUMBER),
    ("tel0770-0900-123", NUMBER),
    ("07\u200b700\u00ad900\u200e123", NUMBER),
    ("٠١١٧ ٤٩٦ ٠١٢٣", NUMBER),
    ("۰۷۷۰۰۹۰۰۱۲۳ شماره من است", NUMBER),
    ("০৭৭০০ ৯০০ ১২৩", NUMBER),
    ("੦੭੭੦੦ ੯੦੦੧੨੩", NUMBER),
    ("௦௭௭௦௦ ௯௦௦௧௨௩", NUMBER),
    ("０１１７－４９６－０１２３", NUMBER),
    ("oh seven seven double nine: seven, nine, four, six, oh, one", NUMBER),
    ("zéro sept neuf quatre six neuf", NUMBER),
    ("صفر سبعة تسعة أربعة ستة تسعة", NUMBER),
    ("零七九四六九", NUMBER),
    ("7946 0123 on 2026-12-07", NUMBER),
    ("case R1234567", NUMBER),
    ("x@example.org", ADDRESS),
    ("Leyla <leyla@example.org>", ADDRESS),
    ("<leyla@example.org>", ADDRESS),
    ("0117 <b>496</b> 0123", NUMBER),
    ("ayuda＠ejemplo", ADDRESS),
    ("ayuda [at] ejemplo", ADDRESS),
    ("ayuda arroba ejemplo", ADDRESS),
    ("write to @anna_k", ADDRESS),
    ("telegram: anna_77", ADDRESS),
    ("my insta anna.k9", ADDRESS),
    ("wa.me/447700", LINK),
    ("https://t.me/anna", LINK),
    ("t.me/anna", LINK),
    ("bit.ly/3x", LINK),
    ("www.example.de", LINK),
    ("example.org says so", LINK),
    ("ejemplo (punto) org", LINK),
    ("допомога.укр", LINK),
    ("my name is anna", NAME),
    ("I am called Anna.", NAME),
    ("Mr Example said so", NAME),
    ("ask mrs. smith", NAME),
    ("Dr Example wrote it", NAME),
    ("je m’appelle Anna", NAME),
    ("M. Dupont, Mme Durand", NAME),
    ("me llamo Ana", NAME),
    ("la señora García lo dijo", NAME),
    ("chamo-me Ana", NAME),
    ("meu nome é Ana", NAME),
    ("benim adım Ayşe", NAME),
    ("Ayşe Hanım söyledi", NAME),
    ("navê min Azad e", NAME),
    ("emri im është Ana", NAME),
    ("magacaygu waa Hodan", NAME),
    ("tên tôi là Lan", NAME),
    ("chị Lan nói vậy", NAME),
    ("اسمي ليلى", NAME),
    ("السيدة ليلى قالت", NAME),
    ("نام من لیلا است", NAME),
    ("آقای احمدی گفت", NAME),
    ("زما نوم احمد دی", NAME),
    ("ناوم ئازادە", NAME),
    ("میرا نام احمد ہے", NAME),
    ("ਮੇਰਾ ਨਾਮ ਗੁਰਪ੍ਰੀਤ ਹੈ", NAME),
    ("আমার নাম রহিম", NAME),
    ("জনাব রহিম বলেছেন", NAME),
    ("என் பெயர் கண்ணன்", NAME),
    ("ስመይ ሰላም እዩ", NAME),
    ("አቶ አበበ ነገሩኝ", NAME),
    ("ስሜ አበበ ነው", NAME),
    ("我叫小明", NAME),
    ("王先生说的", NAME),
    ("07700, 900, 123", NUMBER),
    ("07700; 900; 123", NUMBER),
    ("07700;900+123", NUMBER),
    ("07700=900=123", NUMBER),
    ("07700#900#123", NUMBER),
    ('07700"900"123', NUMBER),
    ("07700·900\\\\123", NUMBER),
    ("07700_900_123", NUMBER),
    ("7,700,900,123", NUMBER),
    ("£07700900123", NUMBER),
    ("07700900123 euros", NUMBER),
    ("07700a900b123", NUMBER),
    ("k0770k0900", NUMBER),
    ("AB-077-009-123", NUMBER),
    ("07700 900123a", NUMBER),
    ("078 and 900 and 123", NUMBER),
    ("zero double seven triple zero nine", NUMBER),
    ("oh 7700 nine double 0 1 2 3", NUMBER),
    ("O77OO 9OO l23", NUMBER),
    ("077OO9OOl23", NUMBER),
    ("零七七零零九", NUMBER),
    ("柒柒零零玖零零", NUMBER),
    ("07700\u3164900\u3164123", NUMBER),
    ("07\u115f700\u034f900\u3164123", NUMBER),
    ("07700\u2800900\u2800123", NUMBER),
    ("0\u03017\u03017\u03010\u03010\u03019\u03010\u0301", NUMBER),
    ("call 999 or 07700 900123", NUMBER),
    ("1 2 3 4 5 6 0", NUMBER),
    ("anna at gmail (com)", ADDRESS),
    ("anna {at} mail {dot} com", ADDRESS),
    ("anna-at-mail-dot-com", ADDRESS),
    ("anna_at_mail_dot_com", ADDRESS),
    ("anna (at) mail", ADDRESS),
    ("anna (at) example (dot) org", ADDRESS),
    ("anna[@]mail", ADDRESS),
    ("anna @ mail", ADDRESS),
    ("telegram: anna", ADDRESS),
    ("anna_k on Telegram", ADDRESS),
    ("anna.k on Insta", ADDRESS),
    ("my signal is anna.44", ADDRESS),
    ("discord: anna#1234", ADDRESS),
    ("example[.]org", LINK),
    ("example {dot} org", LINK),
    ("example .org", LINK),
    ("example。org", LINK),
    ("https: example.de", LINK),
    ("anna@x.gov.uk", ADDRESS),
    ("he lives at BS1 4DJ", PLACE),
    ("bs1 4dj", PLACE),
    ("SW1A1AA", PLACE),
    ("12 Oak Street", PLACE),
    ("12 oak street", PLACE),
    ("7b Church Close", PLACE),
    ("3, rue des Lilas", PLACE),
    ("Lindenstraße 12", PLACE),
    ("oh-seven-seven-double-oh-nine", NUMBER),
    ("t . me/anna", LINK),
    ("Mrs. O'Neill", NAME),
    ("DR SMITH", NAME),
    ("dr smith", NAME),
    ("ms khan", NAME),
    ("Mister Smith", NAME),
    ("MME DURAND", NAME),
    ("señora garcía", NAME),
    ("SEÑORA GARCÍA", NAME),
    ("ayşe hanım", NAME),
    ("Gülay hanım", NAME),
    ("الشيخ أحمد", NAME),
    ("خانم احمدی", NAME),
    ("王医生", NAME),
    ("name: Anna", NAME),
    ("signed, Anna", NAME),
    ("Signed by Anna", NAME),
)
WRITTEN = (
    "Amina K. knows it", "AMINA K.", "amina k.", "Amina K", "Amina  K.", "Amina\u00a0K.", "Amina\u200bK.", "Ami\u00adna K.",
    "Ａｍｉｎａ Ｋ．", "_Amina K._", "ask amina", "José knows", "Jose Rivera", "rivera said", "Hope",
    "asked at The Old Mill.", "the Old Mill", "THE OLD MILL",
    "我问了王小明", "at Example Hotel",
)  # fmt: skip
SITES = PrivateNames(
    frozenset({"Amina K.", "José Rivera", "Hope", "王小明", "B."}),
    frozenset({"The Old Mill", "The Example Hotel, 1 Example Way, Exampleton"}),
)
UNKNOWN = ("the old mill is no word", "I hope so", "Aminata", "a mill and a hotel", "B. said", "kilometre")


@pytest.mark.parametrize("text", HARMLESS)
def test_dates_codes_and_ids_are_no_secret(text: str) -> None:
    assert private_kinds(text) == ()


@pytest.mark.parametrize(("text", "kind"), PRIVATE)
def test_numbers_addresses_links_and_names_are_found(text: str, kind: str) -> None:
    assert kind in private_kinds(text)


@pytest.mark.parametrize("action", [action for action in LedgerAction if action not in MACHINE_ACTIONS])
def test_no_action_carries_a_number_into_a_ledger(tmp_path: Path, action: LedgerAction) -> None:
    """Whatever calls the writer: nothing is written, and the message does not say the number again."""
    path = tmp_path / "locales" / "fr" / "reviews.jsonl"
    path.parent.mkdir(parents=True)
    target = "x1" if action in TARGETED_ACTIONS else ""
    events = [LedgerEvent("k", action, "r17", "2026-11-23", why, target=target) for why in ("it is right", "call Anna on 07700 900123")]

    with pytest.raises(LeafletsError) as refused:
        ledger.append_events(path, events)

    (problem,) = refused.value.problems
    assert (problem.code, path.exists()) == ("comment-private" if action == "comment" else "text-private", False)
    assert "07700" not in problem.line()
    assert "{alert_line}" in problem.hint


def test_names_of_people_and_places_of_sites_stay_out_of_ledgers(tmp_path: Path) -> None:
    (tmp_path / "leaflets").mkdir()
    (tmp_path / "sites").mkdir()
    site = tmp_path / "sites" / "oak-7.yaml"
    site.write_text(
        "facts:\n  meeting_place: {kind: address, value: The Old Mill, source: us, verified: 2026-11-22}\n"
        "people:\n  - {name: Amina K., phone: 07700 900201, languages: [en], calls: 0, agreed: 2026-11-20}\n"
    )
    path = tmp_path / "leaflets" / "reviews.jsonl"

    for words in ("Amina K. knows it", "asked at The Old Mill."):
        with pytest.raises(LeafletsError, match="a name"):
            ledger.append_events(path, [LedgerEvent("k", "reject", "r17", "2026-11-23", words)])
    assert ledger.append_events(path, [LedgerEvent("k", "reject", "r17", "2026-11-23", "the old mill is no word")])


@pytest.mark.parametrize("words", WRITTEN)
def test_names_of_sites_are_found_however_they_are_written(words: str) -> None:
    assert NAME in private_kinds(words, SITES)


@pytest.mark.parametrize("words", UNKNOWN)
def test_words_that_are_like_names_of_sites_are_no_secret(words: str) -> None:
    assert private_kinds(words, SITES) == ()


@pytest.mark.parametrize("slip", ["people: [\n", "people:\n  - {calls: 0}\n", "people: {}\npeople: {}\n", "\tpeople\n", "poeple: []\n"])
def test_a_slip_in_the_file_of_a_site_gives_nobody_away(tmp_path: Path, slip: str) -> None:
    (tmp_path / "leaflets").mkdir()
    (tmp_path / "sites").mkdir()
    people = "others:\n  - {name: Amina K., phone: 07700 900201}\n  - name: 'Bilal R.' # new\n"
    (tmp_path / "sites" / "oak-7.yaml").write_text(people + slip, "utf-8")
    path = tmp_path / "leaflets" / "reviews.jsonl"

    for words in ("Amina K. knows it", "ask bilal r"):
        with pytest.raises(LeafletsError, match="a name"):
            ledger.append_events(path, [LedgerEvent("k", "reject", "r17", "2026-11-23", words)])
    assert ledger.append_events(path, [LedgerEvent("k", "reject", "r17", "2026-11-23", "it is right")])


@pytest.mark.parametrize(
    "event",
    [
        LedgerEvent("k", "withdraw", "r17", "2026-11-23", "it was wrong", target="x1"),
        LedgerEvent("k", "withdraw", "r17", "2026-11-23", "call 07700 900123", target="x1"),
        LedgerEvent("k", "machine", "argos-1", "2026-11-23", "call 07700 900123"),
        LedgerEvent("k", "approve", "r17", "2026-11-23", src="call 07700 900123"),
    ],
)
def test_no_line_of_a_machine_and_no_digest_carries_words_into_a_ledger(tmp_path: Path, event: LedgerEvent) -> None:
    with pytest.raises(LeafletsError):
        ledger.append_events(tmp_path / "reviews.jsonl", [event])

    assert not (tmp_path / "reviews.jsonl").exists()


def test_what_machines_note_goes_into_a_ledger(tmp_path: Path) -> None:
    note = f"beam 4, sentencepiece 0.2.1; log-probability -0.32, unsure; sha256 {'9f86d081884c7d65' * 4}"

    assert ledger.append_events(
        tmp_path / "reviews.jsonl", [LedgerEvent("k", "machine", "argos-4.8.0 en_fr-1.0", "2026-11-23", note, src="0" * 12)]
    )


def test_a_text_that_is_too_long_is_refused_as_that(tmp_path: Path) -> None:
    with pytest.raises(LeafletsError, match="4001 characters are too many"):
        ledger.append_events(tmp_path / "reviews.jsonl", [LedgerEvent("k", "reject", "r17", "2026-11-23", "a" * (LONGEST_NOTE + 1))])


def test_check_names_the_line_of_an_old_ledger_and_not_what_it_says(campaign: Path) -> None:
    path = Project(campaign).ledger("fr")
    lines = path.read_text("utf-8").count("\n")
    row = {"k": "k", "do": "reject", "who": "r17", "at": "2026-11-23", "why": "call 07700 900123"}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")

    (problem,) = [one for one in check_campaign(Project(campaign), today(), ["fr"]) if one.code == "text-private"]

    assert (problem.where, problem.severity) == (f"{path}:{lines + 1}", "warning")
    assert "07700" not in problem.line()


@pytest.mark.parametrize("user", ["Leyla <leyla@example.org>", "Amina Khan", "amina khan"])
def test_check_names_what_an_editor_wrote_about_its_user(campaign: Path, user: str) -> None:
    path = Project(campaign).catalogue("fr", "not-alone")
    text = path.read_text("utf-8")
    (line,) = [one for one in text.splitlines() if one.startswith('"Last-Translator:')]
    path.write_text(text.replace(line, f'"Last-Translator: {user}\\n"'), "utf-8")

    (problem,) = [one for one in check_campaign(Project(campaign), today(), ["fr"]) if one.code == "text-private"]

    assert problem.where == f"{path}:{text.splitlines().index(line) + 1}"


def test_check_finds_nothing_private_in_the_shipped_campaign(shipped: Project) -> None:
    assert list(sharing_problems(shipped)) == []


def test_check_names_the_lines_that_an_old_ignore_file_lacks(campaign: Path) -> None:
    (campaign / ".gitignore").write_text("/output/\n/sites/*\n")

    (problem,) = [one for one in check_campaign(Project(campaign), today(), ["en"]) if one.code == "ignore-lines"]

    assert "/audio/*" in problem.what


@pytest.mark.parametrize("letter", ["1", "1 ", "a", "a-1", "1.", "a.", "@ ", "Mr ", "王", "my name is ", "12.07.", "a_", "one "])
def test_the_longest_text_is_looked_through(letter: str) -> None:
    """No text makes the search take for ever: 8,000 characters of anything come to an end."""
    assert isinstance(private_kinds((letter * 8_000)[:8_000]), tuple)


def test_thanks_hold_names_that_people_chose_and_no_numbers(tmp_path: Path, languages: dict[str, Language]) -> None:
    path = tmp_path / "thanks.yaml"
    path.write_text("ar: [r17, Mrs Leyla]\n", "utf-8")
    assert thanks.read_thanks(path, languages) == {"ar": ("r17", "Mrs Leyla")}

    path.write_text("ar:\n  - Leyla 07700 900123\n", "utf-8")
    with pytest.raises(LeafletsError, match="a phone number") as refused:
        thanks.read_thanks(path, languages)
    assert refused.value.problems[0].where == f"{path}:2"
