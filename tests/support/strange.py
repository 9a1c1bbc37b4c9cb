"""A campaign with long values: addresses, a link, a place, names; each longer than any line of a small page."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conftest import sign_all

EMAILS = {34: "hello@good-neighbours-nb.internal", 42: "neighbours.of.the.hotel@good-nbhd.internal"}
EMAIL = "neighbours.and.friends.of.the.old.hotel@good-neighbours.internal"
ADDRESS = "https://good-neighbours-of-the-harbour.internal"
LINK = "https://www.good-neighbours-of-the-city.internal/welcome/people_who_live_in_hotels/rights-and-help/in-all-languages/read.this.first/page~01"
PLACE = "The Great Hall of the Community Centre of the Old Harbour, 120 Upper Sample Road, Sampleton"
NAME = "The Good Neighbours of the Old Harbour and All Hotels Nearby"
LANGUAGES = ("en", "ar", "ur", "ti", "zh_Hans")


def lengthen(root: Path, email: str = EMAIL, address: str = ADDRESS, link: str = LINK, place: str = PLACE, name: str = NAME) -> Path:
    """Put long values into a copy of the tests' own campaign, signed by two people; return its folder."""
    facts = root / "leaflets" / "facts.yaml"
    text = facts.read_text("utf-8").replace("value: hello@nb.internal", f"value: {email}")
    text = text.replace("value: https://nb.internal\n  display: nb.internal\n", f"value: {link}\n")
    facts.write_text(re.sub("value: (Town|Community) Hall.*", f"value: {place}", text), "utf-8")
    campaign = root / "leaflets" / "campaign.yaml"
    text = re.sub("(?m)^name: .*", f"name: {name}", campaign.read_text("utf-8"))
    campaign.write_text(re.sub("(?m)^address: .*", f"address: {address}", text), "utf-8")
    sign_all(root)
    return root
