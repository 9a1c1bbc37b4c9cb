"""Compose a page for those who work on it: what is missing or broken shows, and stops nothing."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from generator.base.message_text import same_placeholders, same_tags
from generator.layout.composer import TEXT_HINT, Composer
from generator.model import State, Translation
from generator.problem import Problem

_GREY_ENGLISH = Markup('<span class="placeholder" lang="en" dir="ltr">{}</span>')
PREVIEW_CSS = "\n.placeholder { color: #6b6b6b; font-weight: 400; line-height: 1.35 }"


class PreviewComposer(Composer):
    """Notes what would withhold the edition, and prints missing sentences in grey English."""

    def __init__(self, notes: list[Problem], *arguments: Any) -> None:
        super().__init__(*arguments)
        self.notes = notes

    def in_english(self, found: Translation) -> bool:
        """Tell whether a message has a marked box, as in a build; a withheld one has none."""
        return super().in_english(found) and (
            found.state is State.STALE or self.campaign.missing == "english"
        )

    def markup(self, found: Translation, text: str) -> Markup:
        """Return a text as markup: English in grey if there is none, bare text if it is broken."""
        msgid = found.message.msgid
        if not text:
            return _GREY_ENGLISH.format(super().markup(found, msgid))
        if same_placeholders(msgid, text) and same_tags(msgid, text):
            return super().markup(found, text)
        self.problem("text", "the placeholders or tags differ from the English", TEXT_HINT, found)
        return escape(text)

    def problem(self, code: str, what: str, hint: str, found: Translation) -> None:
        """Note why a build would withhold this edition."""
        self.notes.append(
            Problem(code, what, found.message.where, hint, msgctxt=found.message.msgctxt)
        )
