"""What says the same is cosmetic however it is spelt, and what moves a duty, a right or a day is critical however small it looks."""

from __future__ import annotations

import pytest

from generator.catalogue.change import ChangeKind, classify_change
from generator.catalogue.spelling import english_tokens

SAME = (
    # contractions
    ("You can't be moved.", "You cannot be moved."),
    ("You can't be moved.", "You can not be moved."),
    ("Don't sign.", "Do not sign."),
    ("DON'T sign.", "DO NOT sign."),
    ("They won't ask.", "They will not ask."),
    ("You mustn't pay.", "You must not pay."),
    ("You needn't pay.", "You need not pay."),
    ("It isn't a test.", "It is not a test."),
    ("It's free.", "It is free."),
    ("You're safe.", "You are safe."),
    ("We're here, and we’ll help.", "We are here, and we will help."),
    ("I'm your neighbour.", "I am your neighbour."),
    ("You've got rights.", "You have got rights."),
    ("Let's talk.", "Let us talk."),
    ("That's your choice.", "That is your choice."),
    ("Who's there?", "Who is there?"),
    # one word, two spellings
    ("Use the WiFi.", "Use the Wi-Fi."),
    ("Use the wifi.", "Use the Wi-Fi."),
    ("Send an e-mail.", "Send an email."),
    ("Go on-line.", "Go online."),
    ("Okay, come in.", "OK, come in."),
    ("O.K., come in.", "Ok, come in."),
    ("Co-operate with us.", "Cooperate with us."),
    ("The UK Government helps.", "The U.K. government helps."),
    ("Bring papers, e.g. a letter.", "Bring papers, eg a letter."),
    ("We organise meals.", "We organize meals."),
    ("Ask a neighbour.", "Ask a neighbor."),
    ("Go to the centre.", "Go to the center."),
    ("The programme is long.", "The program is long."),
    ("It was cancelled.", "It was canceled."),
    ("Wait whilst we call.", "Wait while we call."),
    # hours, numbers, signs
    ("Come at 9 a.m. to the hall.", "Come at 9 am to the hall."),
    ("Come at 9 p.m.", "Come at 9 pm."),
    ("Come at 9 P. M.", "Come at 9 PM."),
    ("Come at 9 a.m. Call us.", "Come at 9 am. Call us."),
    ("About 10 000 people", "About 10,000 people"),
    ("About 10,000 people", "About 10000 people"),
    ("About 1,250,000 people", "About 1250000 people"),
    ("Half is 50 per cent.", "Half is 50%."),
    ("Half is 50 percent.", "Half is 50 per cent."),
    ("Food & clothes", "Food and clothes"),
    ("Un cafe\u0301 ici", "Un café ici"),
    ("Call\u00a0us.", "Call us."),
)
MEANING = (
    ("Food and clothes", "Food, clothes"),
    ("Eat and drink", "Eat, drink, relax"),
    ("Bring a letter.", "Bring letters."),
    ("Please re-sign the sheet.", "Please resign the sheet."),
    ("Anna's bag is big.", "Anna is bag big."),
    ("Write your name below", "Write your name bellow"),
)
HARMFUL = (
    # a comma that moves a condition
    ("Only, you can sign.", "Only you can sign."),
    ("However, late you come", "However late you come"),
    ("Stay, unless they ask.", "Stay unless, they ask."),
    ("No, you must sign.", "No you must sign."),
    ("You must not, sign.", "You must not sign."),
    ("Just, wait.", "Just wait."),
    # duty, right, doubt
    ("You may not sign.", "You might not sign."),
    ("You may not sign.", "You must not sign."),
    ("You must not sign.", "You need not sign."),
    ("You mustn't sign.", "You must sign."),
    ("They can't ask.", "They can ask."),
    ("They won't ask.", "They will ask."),
    ("It isn't free.", "It is free."),
    ("Not only you sign.", "Only you sign."),
    ("All people pay.", "Most people pay."),
    ("Any lawyer helps.", "Some lawyer helps."),
    ("Sign or wait.", "Sign and wait."),
    ("Call if they ask.", "Call even if they ask."),
    ("Even a child may sign.", "A child may sign."),
    ("They are unable.", "They are able."),
    ("They rarely ask.", "They often ask."),
    # days and numbers
    ("Answer before Easter.", "Answer after Easter."),
    ("Wait until Easter.", "Wait by Easter."),
    ("Come at 9 a.m.", "Come at 9 p.m."),
    ("You have twenty-one friends.", "You have twenty-two friends."),
    ("Less than 5 people", "More than 5 people"),
    ("At least 5 people", "At most 5 people"),
    ("About 10,000 people", "About 1,000 people"),
    ("About 1,500 people", "About 1.500 people"),
    ("Half is 50%.", "Half is 50."),
    ("Call 116 123.", "Call 116 124."),
    ("Come in rooms 1, 102.", "Come in room 1102."),
    # who
    ("He signs.", "She signs."),
    ("He signs.", "They sign."),
    ("It's your call.", "It's our call."),
    ("We'll pay.", "You'll pay."),
    ("Tell us.", "Tell the U.S."),
)
ROWS = [(*pair, ChangeKind.COSMETIC) for pair in SAME] + [(*pair, ChangeKind.MEANING) for pair in MEANING]
ROWS += [(*pair, ChangeKind.CRITICAL) for pair in HARMFUL]


@pytest.mark.parametrize(("old", "new", "kind"), ROWS)
def test_a_change_has_its_class_in_both_directions(old: str, new: str, kind: ChangeKind) -> None:
    assert (classify_change(old, new).kind, classify_change(new, old).kind) == (kind, kind), classify_change(old, new).reasons


def test_and_is_no_modal() -> None:
    assert classify_change("Food and clothes", "Food, clothes").reasons == ()


@pytest.mark.parametrize("text", ["{okay} <b>{e_mail}</b>", "Anna's {wifi}", "They'd call {uk}."])
def test_placeholders_tags_and_doubtful_contractions_stay(text: str) -> None:
    assert "".join(english_tokens(text)) == text.replace(" ", "")
