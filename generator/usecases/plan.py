"""Which editions there are, what each is made of, and which of them changed since they were built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from generator import __version__
from generator.core.digest import digest
from generator.core.names import pick
from generator.core.sheets import SHEETS
from generator.core.state import Standing, standings, translations
from generator.core.text import names
from generator.edges import fonts, ledger, pofile
from generator.edges.campaignfile import WORDS
from generator.edges.project import HERE, Project
from generator.model import Edition, Fact, Leaflet, State, Translation
from generator.problem import LeafletsError, Problem

LIBRARIES = ("weasyprint", "pydyf", "tinycss2", "segno", "babel", "jinja2")
"""Packages whose versions change the bytes of a PDF."""


@dataclass
class Source:
    """The inputs of a run, read once: translations by language, and what all pages share."""

    project: Project
    site: str = ""
    broken: dict[tuple[str, str], LeafletsError] = field(default_factory=dict)
    """What is wrong with a catalogue, by language and domain."""
    _texts: dict[tuple[str, str], dict[str, Translation]] = field(default_factory=dict)
    _standings: dict[str, dict[str, Standing]] = field(default_factory=dict)

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """The facts as they are at the site."""
        return self.project.site_facts(self.site)

    @cached_property
    def salt(self) -> str:
        """What every page depends on besides its words: theme, program, libraries."""
        parts = [path.read_text("utf-8") for path in sorted(self.project.theme.iterdir()) if path.suffix in (".html", ".css", ".svg")]
        code = [path.read_text("utf-8") for folder in ("core", "edges") for path in sorted((HERE / folder).glob("*.py"))]
        return digest(__version__, *(version(name) for name in LIBRARIES), *parts, *code)

    def texts(self, language: str, domain: str) -> dict[str, Translation]:
        """Return the translations of one catalogue by msgctxt; raise LeafletsError if it cannot be read."""
        if (language, domain) not in self._texts:
            try:
                found = self._read(language, domain)
            except LeafletsError as error:
                self.broken[language, domain] = error
                raise
            self._texts[language, domain] = {text.message.msgctxt: text for text in found}
        return self._texts[language, domain]

    def _read(self, language: str, domain: str) -> list[Translation]:
        messages = self.project.domain(domain)
        if language == "en":
            return [Translation(message, message.msgid, State.READY) for message in messages]
        if (language, domain) in self.broken:
            raise self.broken[language, domain]
        if language not in self._standings:
            self._standings[language] = standings(ledger.read(self.project.ledger(language)))
        entries = pofile.read(self.project.catalogue(language, domain), self.project.languages[language])
        return translations(messages, entries, self._standings[language], language, self.project.campaign.readers)

    def edition_texts(self, edition: Edition) -> dict[str, Translation]:
        """Return every translation an edition may print, by msgctxt."""
        return self.texts(edition.language, WORDS) | self.texts(edition.language, edition.leaflet)

    def started(self, language: str, leaflet: str) -> bool:
        """Tell whether anybody, or a machine, has translated anything of a leaflet."""
        try:
            return any(text.msgstr for text in self.texts(language, leaflet).values())
        except LeafletsError:
            return True

    def fingerprint(self, edition: Edition) -> str:
        """Return a digest of everything the PDF of an edition is made from; equal digests mean equal bytes."""
        leaflet = self.project.leaflets[edition.leaflet]
        language = self.project.languages[edition.language]
        texts = self.edition_texts(edition)
        used = sorted(relevant(leaflet, texts))
        files = fonts.files(fonts.faces([language], self.project.languages))
        campaign = self.project.campaign
        return digest(
            self.salt,
            repr(edition),
            repr(language),
            repr(SHEETS[edition.sheet]),
            repr((campaign.name, campaign.address, campaign.missing)),
            repr([(block.id, block.kind, list(block.facts.items()), block.rows) for block in leaflet.blocks]),
            repr(leaflet.dated),
            *(f"{name}\0{texts[name].message.msgid}\0{texts[name].msgstr}\0{texts[name].state}" for name in used if name in texts),
            *(repr(self.facts[name]) for name in sorted(fact_names(leaflet, texts)) if name in self.facts),
            *(fonts.fingerprint(path) for path in files.values()),
        )


def fact_names(leaflet: Leaflet, texts: dict[str, Translation]) -> set[str]:
    """Return the facts a leaflet prints: in contacts, in events, and in its sentences."""
    placed = {fact for block in leaflet.blocks for fact in block.facts.values()}
    spoken = {name for message in leaflet.messages for name in names(message.msgid)}
    details = {name for fact in placed if f"fact.{fact}.detail" in texts for name in names(texts[f"fact.{fact}.detail"].message.msgid)}
    return placed | spoken | details


def relevant(leaflet: Leaflet, texts: dict[str, Translation]) -> set[str]:
    """Return the ids of the messages an edition of the leaflet may print."""
    own = {message.msgctxt for message in leaflet.messages}
    words = {name for name in texts if name.startswith("word.")}
    labels = {label for block in leaflet.blocks for fact in block.facts.values() for label in (f"fact.{fact}", f"fact.{fact}.detail")}
    return own | words | labels


def editions(project: Project, leaflets: Iterable[str], languages: Iterable[str], sheets: Iterable[str], site: str) -> list[Edition]:
    """Return the editions asked for, or all; raise UsageError with the near names for what does not exist."""
    wanted_leaflets = pick("leaflet", leaflets, project.slugs)
    wanted_languages = pick("language", languages, project.campaign.languages)
    wanted_sheets = pick("sheet", sheets, SHEETS) if list(sheets) else []
    return [
        Edition(slug, language, sheet, site)
        for slug in wanted_leaflets
        if slug in project.leaflets
        for language in wanted_languages
        for sheet in wanted_sheets or project.leaflets[slug].sheets or project.campaign.sheets
    ]


def unreadable(project: Project, leaflets: Iterable[str]) -> list[Problem]:
    """Return what is wrong with the leaflets asked for that cannot be read at all."""
    wanted = set(leaflets) or set(project.slugs)
    _ = project.leaflets
    return [problem for problem in project.broken if problem.leaflet in wanted]


def output_path(edition: Edition, state: State) -> Path:
    """Return where the PDF goes, below the output folder; a draft says so in its name."""
    draft = "" if state is State.READY else "_DRAFT"
    return Path(edition.leaflet) / f"{edition.name}{draft}.pdf"
