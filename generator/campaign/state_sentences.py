"""Let a sentence about a state be said only as it was shipped or signed.

Anybody may edit a catalogue or a theme. `state_sentences.json` holds the shipped wordings by their
digest; `python -m generator.overview.retell` writes it again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from generator.base.digests import wording_key
from generator.campaign.settings import SHARED_DOMAIN
from generator.model import Message, State, Translation

WORDINGS_FILE = Path(__file__).with_name("state_sentences.json")
_NAMES = {
    SHARED_DOMAIN: (
        *("draft", "draft-unknown", "draft-facts", "draft-doubt", "example", "example-draft"),
        "english",
    ),
    "site": (
        *("english", "current", "replaced", "doubted", "correcting", "gap", "destroy", "unknown"),
        *("reason-sentence", "reason-fact", "reason-gone", "reason-voice"),
    ),
    "paper": ("recall-give", "recall-wrong"),
}

# The ids of the sentences that tell a state, by the domain of their catalogue.
STATE_SENTENCES = {
    domain: tuple(f"word.{name}" for name in names) for domain, names in _NAMES.items()
}


def vouched_text(text: Translation, language: str, domain: str = SHARED_DOMAIN) -> Translation:
    """Return a sentence as it may be said.

    A translation whose exact wording is neither shipped nor signed is left out. The source is
    always the shipped one. A sentence that tells no state comes back as it is.
    """
    known = wordings().get(domain, {}).get(text.message.msgctxt)
    if known is None:
        return text
    if text.message.msgid != known["source"]:
        shipped = _shipped_sentence(replace(text.message, msgid=known["source"]), language)
        return replace(shipped, doubted=text.doubted, rejected=text.rejected)
    key = wording_key(language, text.message.msgctxt, text.message.msgid, text.msgstr)
    signed = text.state is State.READY or key in known["keys"]
    return text if signed else replace(text, msgstr="")


def state_sentence(texts: Mapping[str, Translation], name: str, language: str) -> Translation:
    """Return the sentence that a band or a notice says, as it may be said.

    Where an older theme lacks it, that is the shipped source.
    """
    if name in texts:
        return vouched_text(texts[name], language)
    source = wordings()[SHARED_DOMAIN][name]["source"]
    return _shipped_sentence(Message(name, source), language)


def _shipped_sentence(message: Message, language: str) -> Translation:
    return Translation(message, message.msgid if language == "en" else "", State.MISSING)


@cache
def wordings() -> dict[str, dict[str, Any]]:
    """Return what was shipped, by domain and id: the source, and the keys of all translations."""
    found: dict[str, dict[str, Any]] = json.loads(WORDINGS_FILE.read_text("utf-8"))
    return found
