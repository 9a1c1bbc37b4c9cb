"""The campaign's folder: where its files are, and everything read from them once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from generator.base.folder_guard import path_inside, refuse_strange_files
from generator.base.names import SLUG, nearest_name
from generator.campaign import pictures, settings
from generator.campaign.glossary import GLOSSARY, Glossary, read_glossary
from generator.campaign.language_table import read_languages, with_plural_rules
from generator.campaign.leaflets import read_leaflet
from generator.campaign.own_printers import read_printers
from generator.campaign.own_sheets import read_sheets
from generator.campaign.printers import Printer
from generator.campaign.settings import SHARED_DOMAIN
from generator.campaign.sheets import Sheet
from generator.campaign.shipped import shipped_folder, shipped_templates
from generator.campaign.site_record import Site
from generator.campaign.sites import read_site
from generator.model import Campaign, Fact, Language, Leaflet, Message
from generator.problem import LeafletsError, Problem, UsageError
from generator.trust.readers_edge import campaign_registry
from generator.trust.readers_file import Registry

# Files of the leaflets folder that are no leaflet.
NOT_LEAFLETS = ("campaign", "facts", "printers", "sheets", GLOSSARY)

# Domains of the words around leaflets, in `templates/<name>/words.yaml`.
#
# They stand on the page for volunteers, on the residents' website, and on notices.
PAGE_DOMAINS = ("review", "site", "paper")
PAPER_DOMAIN, WEBSITE_DOMAIN = "paper", "site"

# The record of what was printed; its two folders are those of facts and of sites.
PRINTINGS_FILE = "editions.jsonl"

# The template of a printed address whose leaflet is not shown.
KEPT_PAGE = "kept.html"


@dataclass
class Project:
    """One campaign's folder; every part is read when it is first asked for, and only once."""

    root: Path
    broken: list[Problem] = field(default_factory=list)
    """What is wrong with single leaflets, which must not stop the others."""
    archive: bool = False
    """Whether the PDFs are made to be kept for decades (PDF/A), in a folder of their own."""
    _sites: dict[str, Site] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise LeafletsError where a part of the campaign is a link out of it.

        That is before anything is read or written.
        """
        refuse_strange_files(self.root)

    @property
    def leaflets_folder(self) -> Path:
        """Where the English is written."""
        return self.root / "leaflets"

    @property
    def locales(self) -> Path:
        """Where the catalogues are."""
        return self.root / "locales"

    @property
    def output(self) -> Path:
        """Where the PDFs go."""
        return self.outputs[-1] if self.archive else self.outputs[0]

    @property
    def outputs(self) -> tuple[Path, Path]:
        """Both folders of PDFs: for printing, and to be kept for decades."""
        return self.root / "output", self.root / "output" / "archive"

    def catalogue(self, language: str, domain: str) -> Path:
        """Return the path of one PO file."""
        return path_inside(self.locales, f"{language}/LC_MESSAGES/{domain}.po")

    def ledger(self, language: str) -> Path:
        """Return the path of a language's ledger."""
        return path_inside(self.locales, f"{language}/reviews.jsonl")

    def worksheet_versions(self, language: str) -> Path:
        """Return the path of what stands on a language's printed worksheets."""
        return path_inside(self.locales, f"{language}/worksheets.jsonl")

    def back_translations(self, language: str) -> Path:
        """Return the path of a language's back-translations."""
        return path_inside(self.locales, f"{language}/back.jsonl")

    @property
    def models_lock(self) -> Path:
        """Which translation packages this campaign trusts."""
        return self.locales / "models.json"

    @property
    def history(self) -> Path:
        """Where every English wording is kept."""
        return self.locales / "sources.jsonl"

    def fact_ledger(self, site: str = "") -> Path:
        """Return the path of the ledger of the facts.

        That of the sites' facts is as private as they are.
        """
        return (self.root / "sites" if site else self.leaflets_folder) / "reviews.jsonl"

    def printings_file(self, site: str = "") -> Path:
        """Return the path of the record of printed editions; that of the sites' is private."""
        return (self.root / "sites" if site else self.leaflets_folder) / PRINTINGS_FILE

    @cached_property
    def languages(self) -> dict[str, Language]:
        """All rows of the language table: the campaign's, or the shipped one."""
        own, ours = self.locales / "languages.yaml", shipped_folder("locales") / "languages.yaml"
        rows = read_languages(own if own.exists() else ours)
        # A table from before plural rules stood in it: gettext's rules are the same for everybody.
        complete = all(row.plurals for row in rows.values())
        return rows if complete else with_plural_rules(rows, read_languages(ours))

    @cached_property
    def campaign(self) -> Campaign:
        """What all leaflets share."""
        path = self.leaflets_folder / "campaign.yaml"
        if not path.exists():
            hint = "go to your campaign's folder, or start one with `leaflets new my-campaign`"
            what = "there is no leaflets/campaign.yaml here"
            raise UsageError(Problem("no-campaign", what, str(self.root), hint))
        campaign = settings.read_campaign(path, self.languages, self.printers)
        refuse_unknown("sheet", campaign.sheets, self.sheets, str(path))
        return campaign

    @property
    def registry(self) -> Registry:
        """Who may sign in the campaign; raises LeafletsError where the file is damaged."""
        return campaign_registry(self.root)

    @cached_property
    def sheets(self) -> dict[str, Sheet]:
        """The sheets that leaflets can have, the shipped ones first, by name."""
        return read_sheets(self.leaflets_folder / "sheets.yaml")

    @cached_property
    def printers(self) -> dict[str, Printer]:
        """The machines that leaflets can be printed on, the shipped ones first, by name."""
        return read_printers(self.leaflets_folder / "printers.yaml", self.sites)

    def sheet_place(self, name: str) -> int:
        """Return where a sheet stands in the table; one that is gone stands last."""
        return list(self.sheets).index(name) if name in self.sheets else len(self.sheets)

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """The facts shared by all sites."""
        return settings.read_facts(self.leaflets_folder / "facts.yaml")

    @cached_property
    def sites(self) -> list[str]:
        """The codes of all sites, readable or not."""
        return sorted(path.stem for path in (self.root / "sites").glob("*.yaml"))

    def own_facts(self, site: str) -> Mapping[str, Fact]:
        """Return the facts that a site has of its own; raise UsageError for an unknown site."""
        return self.site(site).facts if site else {}

    def site(self, code: str) -> Site:
        """Return a site.

        Raises UsageError for an unknown one, LeafletsError for one that cannot be read.
        """
        if code not in self._sites:
            if not SLUG.fullmatch(code) or code not in self.sites:
                hint = nearest_name(code, self.sites)
                raise UsageError(Problem("unknown-name", f"no site {code!r}", hint=hint))
            self._sites[code] = self.read_site(self.root / "sites" / f"{code}.yaml")
        return self._sites[code]

    def read_site(self, path: Path) -> Site:
        """Return the site in a file.

        Raises LeafletsError where it cannot be read or wants what the campaign does not have.
        """
        site = read_site(path, self.languages, self.facts, self.printers)
        refuse_unknown("sheet", site.sheets, self.sheets, site.where)
        refuse_unknown("leaflet", site.leaflets, self.slugs, site.where)
        return site

    @cached_property
    def slugs(self) -> list[str]:
        """The names of all leaflets, readable or not."""
        return sorted(
            path.stem
            for path in self.leaflets_folder.glob("*.yaml")
            if path.stem not in (*NOT_LEAFLETS, SHARED_DOMAIN, *PAGE_DOMAINS)
        )

    @cached_property
    def leaflets(self) -> dict[str, Leaflet]:
        """The leaflets that can be read; what is wrong with the others stands in `broken`."""
        found = {}
        for slug in self.slugs:
            try:
                leaflet = read_leaflet(self.leaflets_folder / f"{slug}.yaml")
                refuse_unknown("sheet", leaflet.sheets, self.sheets, leaflet.where)
                refuse_unknown_pictures(leaflet, pictures.picture_names(self.theme))
                found[slug] = leaflet
            except LeafletsError as error:
                self.broken += [problem.at(leaflet=slug) for problem in error.problems]
        return found

    @cached_property
    def theme(self) -> Path:
        """The folder of the theme: the campaign's own, or the shipped one."""
        name, shipped = self.campaign.theme, shipped_folder("templates") / "themes"
        own = self.root / "templates" / name
        folder = own if own.is_dir() else shipped / name
        if not folder.is_dir():
            where = str(self.leaflets_folder / "campaign.yaml")
            hint = nearest_name(name, [path.name for path in shipped.iterdir() if path.is_dir()])
            raise LeafletsError(Problem("theme", f"no theme {name!r}", where, hint))
        return folder

    @cached_property
    def words(self) -> list[Message]:
        """The messages of the shared domain."""
        return settings.read_words(self.theme / "words.yaml") + settings.fact_labels(self.facts)

    @cached_property
    def glossary(self) -> Glossary:
        """Words to use the same way everywhere."""
        return read_glossary(self.locales / "glossary.yaml", self.languages)

    def domain(self, name: str) -> list[Message]:
        """Return the messages of one catalogue: a leaflet's, or the shared domain's."""
        if name == GLOSSARY:
            return self.glossary.messages()
        if name in PAGE_DOMAINS:
            return self.pages[name]
        return self.words if name == SHARED_DOMAIN else list(self.leaflets[name].messages)

    @property
    def domains(self) -> list[str]:
        """The names of all catalogues."""
        return [*self.leaflet_domains, *self.pages]

    @property
    def leaflet_domains(self) -> list[str]:
        """The names of the catalogues whose texts stand in leaflets.

        These are drafted, compared and handed out unless others are named.
        """
        return [*self.leaflets, SHARED_DOMAIN]

    @cached_property
    def pages(self) -> dict[str, list[Message]]:
        """The messages of each of `PAGE_DOMAINS` that has words.

        The website takes the shipped words that an older campaign lacks.
        """
        found: dict[str, dict[str, Message]] = {}
        for name in PAGE_DOMAINS:
            folders = [self.page(name)]
            folders += [shipped_templates(name)] if name == WEBSITE_DOMAIN else []
            for path in (folder / "words.yaml" for folder in folders):
                for message in settings.read_words(path) if path.is_file() else ():
                    found.setdefault(name, {}).setdefault(message.msgctxt, message)
        return {name: list(messages.values()) for name, messages in found.items()}

    def page(self, name: str) -> Path:
        """Return the folder of one of `PAGE_DOMAINS`: the campaign's own, or the shipped one."""
        own = self.root / "templates" / name
        return own if own.is_dir() else shipped_templates(name)


def refuse_unknown(kind: str, names: Iterable[str], known: Collection[str], where: str) -> None:
    """Raise LeafletsError at the first name that is not known; `kind` says what it names."""
    for name in names:
        if name not in known:
            hint = nearest_name(name, known)
            raise LeafletsError(Problem("unknown-name", f"no {kind} {name!r}", where, hint))


def refuse_unknown_pictures(leaflet: Leaflet, known: list[str]) -> None:
    """Raise LeafletsError at the first picture that the theme does not have."""
    for block in leaflet.blocks:
        for name in block.pictures:
            if name not in known:
                what = f"block {block.id!r} wants a picture {name!r}, which the theme does not have"
                hint = nearest_name(name, known)
                raise LeafletsError(Problem("unknown-name", what, leaflet.where, hint))
