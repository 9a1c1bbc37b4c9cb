"""What the website shows: which leaflets in which languages, and in which words."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup, escape

from generator.campaign.project import WEBSITE_DOMAIN, Project
from generator.campaign.state_sentences import vouched_text
from generator.editions.manifest import EditionRecord
from generator.layout.leaflet_parts import LeafletParts
from generator.layout.stage import EditionState
from generator.model import Language, Leaflet, State, Translation
from generator.problem import LeafletsError
from generator.review.snapshot import Snapshot
from generator.website.addresses import leaflet_folder
from generator.website.kept_pages import BothLanguages, KeptPage, in_both_languages
from generator.website.page_templates import english_markup
from generator.website.proof import RequiredText

DRAFT_STAGE = EditionState.DRAFT

# The audience whose leaflets stand first.
_FIRST = "residents"


@dataclass(frozen=True)
class ShownLeaflet:
    """One leaflet in one language as the website shows it, with the PDFs that say the same."""

    leaflet: Leaflet
    language: Language
    laid: LeafletParts
    texts: dict[str, Translation]
    """What it says, by msgctxt."""
    pdfs: tuple[EditionRecord, ...]
    said: RequiredText
    """Every message and value that its page must show."""

    @property
    def draft(self) -> bool:
        """Whether nobody, or too few people, signed it."""
        return self.laid.state is not State.READY

    @property
    def folder(self) -> str:
        """Where its page stands."""
        return leaflet_folder(self.leaflet.slug, self.language.tag)

    @property
    def heading(self) -> Markup:
        """Its title."""
        return self.laid.title.markup


@dataclass
class WebsiteContents:
    """Everything the website shows, by leaflet and language."""

    project: Project
    snapshot: Snapshot
    shown: dict[tuple[str, str], ShownLeaflet] = field(default_factory=dict)
    kept: dict[tuple[str, str], KeptPage] = field(default_factory=dict)
    """What can still be said at printed addresses, where the leaflet itself is not shown."""
    withheld: dict[tuple[str, str], str] = field(default_factory=dict)
    """Why a leaflet is not shown in a language: `draft`, `waiting`, or what is wrong with it."""
    old: int = 0
    """PDFs that are missing, or say something else than the campaign says now."""

    @property
    def languages(self) -> list[Language]:
        """The languages in which something is shown, in the campaign's order."""
        found = {code for _, code in (*self.shown, *self.kept)}
        return [
            self.project.languages[code]
            for code in self.project.campaign.languages
            if code in found
        ]

    @property
    def leaflets(self) -> list[Leaflet]:
        """The leaflets that are shown, those for residents first."""
        found = {slug for slug, _ in (*self.shown, *self.kept)}
        return sorted(
            (leaflet for leaflet in self.project.leaflets.values() if leaflet.slug in found),
            key=lambda leaflet: (leaflet.audience != _FIRST, leaflet.slug),
        )

    def words(self, language: Language, drafts: bool) -> dict[str, Markup]:
        """Return the words of the website; unread ones in English, unless with `drafts`."""
        return {
            text.message.msgctxt.removeprefix("word."): website_word(
                vouched_text(text, language.code, WEBSITE_DOMAIN), language, drafts
            )
            for text in self.texts(language, WEBSITE_DOMAIN).values()
        }

    def both(self, language: Language, name: str) -> BothLanguages:
        """Return a word of the website, with the English while it is unread.

        A word that tells a state is said only as it is shipped or signed.
        """
        text = self.texts(language, WEBSITE_DOMAIN)[f"word.{name}"]
        return in_both_languages(vouched_text(text, language.code, WEBSITE_DOMAIN), language)

    def kept_says(self, kept: KeptPage, language: Language) -> BothLanguages:
        """Return why a page shows only what is sure: it is corrected, or its leaflet is gone."""
        return self.both(language, "reason-gone" if kept.gone else "correcting")

    def unread(self, language: Language) -> bool:
        """Tell whether the website says something in a language that nobody has read."""
        texts = self.texts(language, WEBSITE_DOMAIN).values()
        return any(text.msgstr and text.state is not State.READY for text in texts)

    def texts(self, language: Language, domain: str) -> dict[str, Translation]:
        """Return the words of a domain; in English where catalogue or ledger cannot be read."""
        try:
            return self.snapshot.texts(language.code, domain)
        except LeafletsError:
            return {
                message.msgctxt: Translation(message, "", State.MISSING)
                for message in self.project.domain(domain)
            }

    @property
    def folders(self) -> set[str]:
        """The folders of all leaflets that have a page."""
        shown = {one.folder for one in self.shown.values()}
        return shown | {one.folder for one in self.kept.values()}


def website_word(text: Translation, language: Language, drafts: bool) -> Markup:
    """Return a word of the website or the theme; in English if nobody may yet say it otherwise."""
    if text.msgstr and (text.state is State.READY or (drafts and text.state is not State.STALE)):
        return escape(text.msgstr)
    english = escape(text.message.msgid)
    return english if language.code == "en" else english_markup(english)
