"""What all pages of the website share: their frame, their notice, and the ways to reach us."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from generator.audio.take_back import voice_withdrawn
from generator.campaign.contact_ways import CONTACT_WAYS
from generator.campaign.project import WEBSITE_DOMAIN
from generator.campaign.settings import SHARED_DOMAIN
from generator.campaign.shipped import shipped_templates
from generator.campaign.state_sentences import state_sentence
from generator.campaign.thanks import THANKS_FILE, read_thanks
from generator.editions.obstacles import problems_of_fact
from generator.layout.stage import EXAMPLE_READY, UNKNOWN, UNREAD, made_by_machine
from generator.model import Fact, Language, State
from generator.problem import LeafletsError, Problem, errors_among
from generator.website import addresses
from generator.website.contents import ShownLeaflet, WebsiteContents
from generator.website.kept_pages import KeptPage
from generator.website.page_templates import WebsiteFile, render_page

# The word that says of a leaflet that a voice was taken back.
VOICE_GONE = "reason-voice"


class PageMaker:
    """Makes pages of the website from its contents.

    `reusable` returns files of the last website by a pattern of their names, so that pictures and
    fonts need not be drawn again.
    """

    def __init__(
        self, contents: WebsiteContents, reusable: Callable[[str], list[WebsiteFile]]
    ) -> None:
        self.contents, self.reusable = contents, reusable
        self.lost: list[Problem] = []
        """Why leaflets are not shown whose page would not say everything."""
        self.project, self.campaign = contents.project, contents.project.campaign
        self.folder = self.project.page(WEBSITE_DOMAIN)
        self.english = self.project.languages["en"]
        self.thanks = read_thanks(self.project.locales / THANKS_FILE, self.project.languages)

    def page(
        self,
        path: str,
        template: str,
        language: Language,
        title: str,
        leaflet: ShownLeaflet | None = None,
        folder: Path | None = None,
        **more: Any,
    ) -> WebsiteFile:
        """Return one page; that of a `leaflet` carries its notice, or none if it is ready."""
        drafts = self.campaign.publish.drafts if leaflet is None else leaflet.draft
        example = self.contents.snapshot.example
        notice = self.notice(language, leaflet) if drafts or example else None
        common = {
            "root": addresses.way_to_root(path),
            "language": language,
            "title": title,
            "campaign": self.campaign.name,
            "policy": addresses.WEBSITE_POLICY,
            "offline": self.campaign.publish.offline and self.offline_page(language),
            "notice": notice,
            "hidden": bool(notice),
            "words": self.contents.words(language, drafts),
        }
        folder = folder or self.folder
        if not (folder / template).is_file():  # a theme older than this kind of page
            folder = shipped_templates(WEBSITE_DOMAIN)
        return path, render_page(folder, template, page=common | more)

    def notice(self, language: Language, leaflet: ShownLeaflet | None) -> dict[str, str] | None:
        """Return the notice of a draft or an example, in the language and in English.

        None where people have read everything that the page says.
        """
        example = self.contents.snapshot.example
        if leaflet is None and not example and not self.contents.unread(language):
            return None
        if leaflet:
            band = leaflet.laid.band
        else:
            words = self.contents.texts(language, WEBSITE_DOMAIN).values()
            stage = EXAMPLE_READY if example else UNREAD if made_by_machine(words) else UNKNOWN
            shared = self.contents.texts(language, SHARED_DOMAIN)
            band = state_sentence(shared, stage.band, language.code)
        return {"own": band.msgstr or band.message.msgid, "english": band.message.msgid}

    def says_voice_gone(self, language: str, leaflet: str) -> bool:
        """Tell whether to say that the voice of a leaflet was taken back.

        A theme older than this word has none for it.
        """
        words = self.contents.texts(self.english, WEBSITE_DOMAIN)
        known = leaflet in self.project.leaflets and language in self.project.campaign.languages
        if not known or f"word.{VOICE_GONE}" not in words:
            return False
        with suppress(LeafletsError):  # what cannot be read costs its own leaflet alone
            return voice_withdrawn(self.project, language, leaflet)
        return False

    def offline_page(self, language: Language) -> str:
        """Return the page about what the phone keeps: in English if the language shows nothing."""
        own = language in self.contents.languages and language is not self.english
        return addresses.offline_page(language.tag if own else "")

    def entry(self, path: str, leaflet: ShownLeaflet | KeptPage) -> dict[str, Any]:
        """Return a leaflet as a line in the list on the page at `path`."""
        return {
            "path": f"{addresses.way_to_root(path)}{leaflet.folder}index.html",
            "title": leaflet.heading,
            "language": leaflet.language,
        }

    def contact_facts(self) -> dict[str, Fact]:
        """Return whom people write to or call, by the way; nobody whom no page may print."""
        wanted = self.campaign.publish.hear
        return {
            way: self.contents.snapshot.facts[wanted[way]]
            for way in CONTACT_WAYS
            if way in wanted and self._may_print(wanted[way])
        }

    def _may_print(self, name: str) -> bool:
        snapshot = self.contents.snapshot
        signed = snapshot.fact_states[name] is State.READY
        draft = self.campaign.publish.drafts and name not in snapshot.made_up
        return not errors_among(problems_of_fact(snapshot, name)) and (
            signed or draft or snapshot.example
        )
