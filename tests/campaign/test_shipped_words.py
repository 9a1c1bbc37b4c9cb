"""What the shipped leaflets say: nothing that can harm, in the source and in every translation, and nothing that looks read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from generator.base.digests import wording_key
from generator.base.sentences import split_sentences
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.model import Message, Risk
from generator.review import ledger
from generator.review.support import support_at, support_by_key
from tests.conftest import TIER_ONE

OTHERS = [code for code in TIER_ONE if code != "en"]
SOURCE = re.compile(r"Sources?: .*(www\.|Act \d{4}|own promise)", re.DOTALL)
"""How a note names where a sentence comes from: an address, a law, or that it is the campaign's own promise."""
HARMFUL = {
    "a time after 'between' reads as 'between 18:00–21:00'": r"between \{\w*(hours|time)\}",
    "a label that asks for a paper letter": r"^Write to us$",
    "a legal word without the plain one": r"(?<!lawyer \()\bsolicitor",
    "the colours of the police": r"\b(yellow|orange)\b",
    "a promise that nobody can keep": r"to nobody unless|nothing unless|\bWe never\b|We find someone",
    "health advice that may be read as a doctor's hours": r"NHS: health advice",
    "a law that does not protect groups": r"discriminat",
    "a deadline without its length": r"there is a time limit",
}
"""Words that must not stand in any English message, and why."""
PAPER_LETTER = {
    "fa": "نامه",
    "fa_AF": "بنویسید",
    "ar": "اكتبوا",
    "ps": "ولیکئ",
    "ckb": "بنووسن",
    "ku": "binivîsin",
    "ur": "لکھیں",
    "pa": "ਲਿਖੋ",
    "bn": "লিখুন",
    "sq": "shkruani",
    "ti": "ጽሓፉ",
    "am": "ይጻፉ",
    "so": "qor",
    "vi": "thư cho",
    "tr": "yazın",
    "zh_Hans": "写信",
    "es": "Escríba",
    "pt": "Escreva",
    "fr": "Écrivez",
    "ta": "எழுதுங்கள்",
}
"""The verb of a letter on paper, which must not stand on the label of an e-mail address."""
GONE = {
    "ar": (r"\(2\)", r"إلى هنا لاجئًا"),
    "fa": (r"با شمارهٔ",),
    "fr": (r"mairie", r"Aides-soignants"),
    "so": (r"^Waxa aad samaynayso$",),
    "pt": (r"[Vv]ocê", r"celular", r"\(tela\)", r"ônibus", r"conexão", r"dentro do hotel"),
    "vi": (r"(?i)\bbạn\b(?! bè)",),
    "zh_Hans": (r"警报热线",),
}
"""Wordings that a close reading found wrong, by language."""


def english(project: Project) -> Iterator[tuple[str, Message]]:
    """Yield the messages of leaflets and their shared words, each with its domain."""
    for domain in (*project.leaflets, "shared"):
        yield from ((domain, message) for message in project.domain(domain))


def texts(project: Project, code: str) -> dict[tuple[str, str], str]:
    """Return what the shipped catalogues of a language say today, by domain and msgctxt."""
    found = {}
    for domain in (*project.leaflets, "shared"):
        for entry in pofile.read_catalogue(project.catalogue(code, domain), project.languages[code]):
            if entry.msgstr and entry.msgctxt and not entry.obsolete:
                found[domain, entry.msgctxt] = entry.msgstr
    return found


@pytest.mark.parametrize("why", HARMFUL)
def test_the_source_has_no_harmful_wording(shipped: Project, why: str) -> None:
    assert [(domain, message.msgctxt) for domain, message in english(shipped) if re.search(HARMFUL[why], message.msgid)] == []


def test_a_lead_is_bold_already(shipped: Project) -> None:
    """Bold inside bold cannot be seen."""
    leads = [
        message for leaflet in shipped.leaflets.values() for block in leaflet.blocks if block.kind == "lead" for message in block.messages
    ]
    assert len(leads) >= 12
    assert [message.msgid for message in leads if "<b>" in message.msgid] == []


def test_staying_inside_never_stands_without_the_way_out_of_a_fire(shipped: Project) -> None:
    """Hotels were set on fire: both are one message, so that no doubt and no missing translation can part them."""
    said = [message.msgid for _, message in english(shipped) if "Stay inside" in message.msgid]
    assert [("fire exit" in text, "{emergency}" in text) for text in said] == [(True, True)]


@pytest.mark.parametrize("code", OTHERS)
def test_every_translation_names_the_emergency_number_beside_staying_inside(shipped: Project, code: str) -> None:
    row = shipped.languages[code]
    text = texts(shipped, code)["if-strangers-come", "steps.inside"]
    assert "{emergency}" in split_sentences(text, row)[-1].replace("Xx", "{emergency}")


def test_the_rally_says_nothing_about_faces(shipped: Project) -> None:
    """Covering the face at a protest can be an offence: the sentence is gone, and the police have one of their own."""
    rally = {message.msgctxt: message.msgid for message in shipped.domain("come-to-the-rally")}
    assert [name for name, text in rally.items() if re.search(r"\b(face|mask)\b", text)] == []
    assert "police" in rally
    assert rally["leave"] == "You do not have to come. You may leave at any time."


@pytest.mark.parametrize("code", OTHERS)
def test_no_translation_of_the_rally_says_more_than_come_and_leave(shipped: Project, code: str) -> None:
    row = shipped.languages[code]
    assert len(split_sentences(texts(shipped, code)["come-to-the-rally", "leave"], row)) == 2


def test_covering_the_face_is_for_inside_the_house(shipped: Project) -> None:
    faces = [message.msgid for _, message in english(shipped) if "your face" in message.msgid]
    assert faces == ["You do not have to let them film you. Inside the house you may cover your face."]


def test_a_complaint_to_the_regulator_is_about_accuracy(shipped: Project) -> None:
    (text,) = [message.msgid for message in shipped.domain("write-to-the-press") if message.msgctxt == "steps.regulator"]
    assert [word for word in ("not accurate", "Clause 1", "4 months", "Not every paper") if word not in text] == []


def test_a_promise_of_silence_has_its_exceptions(shipped: Project) -> None:
    """A child in danger, or a court."""
    kept = [message.msgid for _, message in english(shipped) if "only if you ask" in message.msgid]
    assert len(kept) == 2
    assert [text for text in kept if "child is in danger" not in text or "court" not in text] == []


def test_nobody_gives_advice_on_a_visa(shipped: Project) -> None:
    said = {message.msgctxt: message.msgid for message in shipped.domain("care-workers")}
    assert said["no-advice"].startswith("We do not advise you on your visa.")
    assert {"acas", "fair_work"} <= {name for block in shipped.leaflets["care-workers"].blocks for name in block.facts}


def test_what_can_hurt_names_its_source(shipped: Project) -> None:
    risky = [(domain, message) for domain, message in english(shipped) if message.risk is not Risk.PLAIN]
    assert len(risky) >= 30
    assert [(domain, message.msgctxt) for domain, message in risky if not SOURCE.search(message.note)] == []


@pytest.mark.parametrize("code", OTHERS)
def test_an_address_for_e_mail_asks_for_no_letter(shipped: Project, code: str) -> None:
    assert PAPER_LETTER[code] not in texts(shipped, code)["shared", "fact.campaign_email"]


@pytest.mark.parametrize("code", OTHERS)
def test_a_lawyer_has_the_english_word_beside_it(shipped: Project, code: str) -> None:
    """It is the word to say at a police station and on the phone."""
    wanted = {(domain, message.msgctxt) for domain, message in english(shipped) if "(solicitor)" in message.msgid}
    found = {place: text for place, text in texts(shipped, code).items() if place in wanted}
    assert found
    assert [place for place, text in found.items() if "solicitor" not in text] == []


@pytest.mark.parametrize("code", GONE)
def test_what_a_close_reading_corrected_stays_corrected(shipped: Project, code: str) -> None:
    found = texts(shipped, code)
    assert [(place, wrong) for place, text in found.items() for wrong in GONE[code] if re.search(wrong, text)] == []


PEACEFUL = {
    "ar": "السلمي",
    "fa": "آرام",
    "fa_AF": "صلح",
    "ps": "سوله",
    "ckb": "ئاشتی",
    "ku": "aştiyane",
    "ur": "پُرامن",
    "pa": "ਸ਼ਾਂਤਮਈ",
    "bn": "শান্তিপূর্ণ",
    "sq": "paqësor",
    "ti": "ሰላማዊ",
    "am": "ሰላማዊ",
    "so": "nabad",
    "vi": "ôn hòa",
    "tr": "Barışçıl",
    "zh_Hans": "和平",
    "es": "pacífica",
    "pt": "pacífica",
    "fr": "pacifique",
    "ta": "அமைதி",
}


@pytest.mark.parametrize("code", OTHERS)
def test_the_rally_is_peaceful_in_every_language(shipped: Project, code: str) -> None:
    assert PEACEFUL[code] in texts(shipped, code)["come-to-the-rally", "title"]


@pytest.mark.parametrize("code", OTHERS)
def test_every_shipped_wording_is_a_machines_and_read_by_nobody(shipped: Project, code: str) -> None:
    known = support_by_key(ledger.read_ledger(shipped.ledger(code)))
    for domain in shipped.domains:
        for entry in pofile.read_catalogue(shipped.catalogue(code, domain), shipped.languages[code]):
            if entry.msgstr and entry.msgctxt and not entry.obsolete:
                found = support_at(known, wording_key(code, entry.msgctxt, entry.msgid, entry.msgstr))
                assert (found.engines, found.signers) == ({"language-model"}, set()), (domain, entry.msgctxt)
                assert "fuzzy" in entry.flags, (domain, entry.msgctxt)
