"""Which editions there are, what each is made of, and which of them changed since they were built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

from generator import __version__
from generator.audio.recorder import fully_recorded
from generator.base.digests import digest
from generator.base.files import ANY_END, read_text
from generator.base.message_text import placeholder_names
from generator.base.names import pick_names
from generator.campaign import state_sentences
from generator.campaign.facts import check_fact, check_past
from generator.campaign.made_up import CAMPAIGN_ADDRESS
from generator.campaign.printers import Printer, PrintOrder
from generator.campaign.project import Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.campaign.shipped import program_texts
from generator.imposition.pairs import BACK_TO_BACK, PAIR_SHEET, sheet_pair
from generator.layout import fonts
from generator.layout.compose import ComposedPage, compose_page
from generator.layout.composer import Composer
from generator.layout.render import ARCHIVE_PDF, READING_PDF, RenderSetup
from generator.layout.stage import FactState
from generator.model import BlockKind, Edition, Language, Leaflet, State, Translation
from generator.problem import Problem, UsageError, errors_among
from generator.review.paper_keys import paper_keys
from generator.review.snapshot import Snapshot

LAYOUT_SECONDS = 20
UNTRANSLATED = "word.english"
"""The line above a sentence that stands in the source language."""
NOTHING_SHORT = Problem(
    "no-short",
    "this sheet would hold nothing but the title",
    hint="write `short: yes` in the blocks that matter, or use another sheet",
)
LIBRARIES = ("weasyprint", "pydyf", "tinycss2", "segno", "babel", "jinja2")
"""Packages whose versions change the bytes of a PDF."""


@dataclass(frozen=True)
class BuildRequest:
    """What the user asked for; nothing means everything."""

    leaflets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    site: str = ""
    pairs: frozenset[tuple[str, str]] = frozenset()
    """Leaflets with languages; where there are any, only these of the above."""
    printer: str = ""
    """A row of `project.printers`; empty means the campaign's."""
    marks: bool = False
    profile: str = ""
    """Path of an ICC profile for PDF/X-4."""

    other: str = ""
    """A second language for every sheet."""
    layout: str = BACK_TO_BACK
    """How two languages share a sheet."""

    def holds(self, edition: Edition) -> bool:
        """Tell whether an edition is among the pairs."""
        return not self.pairs or (edition.leaflet, edition.language) in self.pairs

    def order(self, project: Project, edition: Edition) -> PrintOrder:
        """Return what the files to print of an edition are made for."""
        return PrintOrder(
            project.printers[edition.printer],
            self.marks,
            self.profile,
            str(project.leaflets[edition.leaflet].dated),
        )


EVERYTHING = BuildRequest()
DRAWING_ROOMS = (
    *("model.py", "problem.py", "base", "catalogue", "campaign", "layout", "proof"),
    *("imposition", "editions", "sitemerge"),
)
"""The code that decides what a page looks like, and what its proof finds."""


def drawing_digest(project: Project) -> str:
    """Return a digest of what draws every page, theme, program and libraries: another one, and all is drawn again, under the same codes."""
    parts = [
        read_text(path, whole=ANY_END)
        for path in sorted(project.theme.iterdir())
        if path.suffix in (".html", ".css", ".svg")
    ]
    return digest(
        __version__,
        *(version(name) for name in LIBRARIES),
        *parts,
        *program_texts(DRAWING_ROOMS),
        state_sentences.WORDINGS_FILE.read_text("utf-8"),
    )


def render_setup(
    project: Project, languages: Iterable[Language], workdir: Path, css: str = ""
) -> RenderSetup:
    """Return what a process needs to draw pages in some languages, with more `css` after the theme's.

    Raises LeafletsError if a font is not installed; cuts Chinese fonts on first use, which takes a minute.
    """
    languages = list(languages)
    faces = fonts.needed_faces(languages, project.languages)
    theme = {path.name: path for path in project.theme.glob("*.svg")}
    rules = (
        fonts.font_css([project.languages["en"], *languages], faces)
        + read_text(project.theme / "style.css", whole=ANY_END)
        + css
    )
    return RenderSetup(
        workdir,
        fonts.font_files(faces) | theme,
        rules,
        LAYOUT_SECONDS,
        ARCHIVE_PDF if project.archive else READING_PDF,
    )


def edition_page(
    snapshot: Snapshot,
    edition: Edition,
    texts: Mapping[str, Translation],
    composer_of: Callable[..., Composer] = Composer,
) -> ComposedPage:
    """Return an edition with `texts` as HTML, and what its proof must find; raise LeafletsError if it must not be printed.

    Where it prints the way to its voice, it knows the same page without it, too.
    """
    project, leaflet = snapshot.project, leaflet_on_sheet(snapshot, edition)
    draw = partial(
        compose_page, edition, leaflet, project.languages[edition.language], project.sheets[edition.sheet], project.campaign, snapshot.facts, texts,
        project.theme, paper_keys(snapshot), state_of_numbers(snapshot, leaflet, texts), composer_of,
    )  # fmt: skip
    quiet = draw()
    return replace(draw(listen=True), quiet=quiet) if has_voice(snapshot, edition) else quiet


def has_voice(snapshot: Snapshot, edition: Edition) -> bool:
    """Tell whether an edition prints the way to its voice: the campaign wants it, and people have read all of it aloud."""
    return snapshot.project.campaign.audio and fully_recorded(
        snapshot, edition.language, edition.leaflet
    )


def edition_fingerprint(snapshot: Snapshot, edition: Edition, salt: str, order: PrintOrder) -> str:
    """Return a digest of everything the PDF of an edition is made from; equal digests mean equal bytes."""
    languages = [snapshot.project.languages[half.language] for half in edition.halves]
    files = fonts.font_files(fonts.needed_faces(languages, snapshot.project.languages))
    return digest(
        salt,
        repr(languages),
        repr(snapshot.project.sheets[edition.sheet]),
        repr(
            (
                order.printer,
                order.marks,
                bool(order.profile) and fonts.font_digest(Path(order.profile)),
            )
        ),
        content_digest(snapshot, edition),
        *(fonts.font_digest(path) for path in files.values()),
    )


def content_digest(snapshot: Snapshot, edition: Edition) -> str:
    """Return a digest of what an edition says and how far it is: words, facts and states, whatever the theme and the fonts."""
    if edition.other:
        return digest(edition.name, *(content_digest(snapshot, half) for half in edition.halves))
    leaflet, texts, campaign = (
        leaflet_on_sheet(snapshot, edition),
        snapshot.edition_texts(edition),
        snapshot.project.campaign,
    )
    used, keys = sorted(printable_messages(leaflet, texts)), paper_keys(snapshot)
    return digest(
        repr(edition),
        repr((campaign.name, campaign.address, campaign.missing, sorted(campaign.changed.items()))),
        repr(
            [
                (block.id, str(block.kind), list(block.facts.items()), block.rows, block.pictures)
                for block in leaflet.blocks
            ]
        ),
        repr((leaflet.dated, has_voice(snapshot, edition), snapshot.example)),
        *(
            repr((name, texts[name].message.msgid, *_made(texts[name])))
            for name in used
            if name in texts
        ),
        *(
            repr(
                (
                    replace(snapshot.facts[name], where=""),
                    snapshot.fact_states[name],
                    keys[name],
                )
            )
            for name in sorted(fact_names(leaflet, texts))
            if name in snapshot.facts
        ),
    )


def _made(text: Translation) -> tuple[str, str, str, bool]:
    return text.msgstr, text.state, text.old, text.doubted


def state_of_numbers(
    snapshot: Snapshot, leaflet: Leaflet, texts: Mapping[str, Translation]
) -> FactState:
    """Return what stands behind the facts that a leaflet prints, and behind the address that its codes lead to."""
    found = fact_names(leaflet, texts) & snapshot.facts.keys()
    if snapshot.example:
        return FactState.EXAMPLE
    if (found | {CAMPAIGN_ADDRESS}) & snapshot.made_up:
        return FactState.MADE_UP
    return (
        FactState.SIGNED
        if all(snapshot.fact_states[name] is State.READY for name in found)
        else FactState.UNSIGNED
    )


def fact_names(leaflet: Leaflet, texts: Mapping[str, Translation]) -> set[str]:
    """Return the facts a leaflet prints: in contacts, in events, in its sentences, and in the words that all leaflets share."""
    placed = {fact for block in leaflet.blocks for fact in block.facts.values()}
    said = {name: text.message for name, text in texts.items()} | {
        message.msgctxt: message for message in leaflet.messages
    }
    shown = (
        said[name] for name in (*printed_messages(leaflet, texts), UNTRANSLATED) if name in said
    )
    return placed | {fact for message in shown for fact in placeholder_names(message.msgid)}


def printable_messages(leaflet: Leaflet, texts: Mapping[str, Translation]) -> set[str]:
    """Return the ids of the messages an edition of the leaflet may print."""
    own = {message.msgctxt for message in leaflet.messages}
    words = {name for name in texts if name.startswith("word.")}
    labels = {
        label
        for block in leaflet.blocks
        for fact in block.facts.values()
        for label in (f"fact.{fact}", f"fact.{fact}.detail")
    }
    return own | words | labels


def printed_messages(leaflet: Leaflet, texts: Mapping[str, Translation]) -> list[str]:
    """Return the ids of the messages that an edition prints once nothing is missing or a draft, in page order."""
    found = [leaflet.title.msgctxt]
    for block in leaflet.blocks:
        found += [message.msgctxt for message in block.messages]
        found += [
            name
            for name in (f"word.picture-{picture}" for picture in block.pictures)
            if name in texts
        ]
        if block.kind is BlockKind.CONTACTS:
            found += [
                name
                for fact in block.facts.values()
                for name in (f"fact.{fact}", f"fact.{fact}.detail")
                if name in texts
            ]
        if block.kind is BlockKind.EVENT:
            found += [
                name
                for role in block.facts
                for name in (f"word.{role}", *(("word.uk-time",) if role == "time" else ()))
            ]
        if block.kind is BlockKind.LETTER and block.rows:  # lines to sign have a place for the day
            found.append("word.date")
    return list(dict.fromkeys([*found, "word.online"]))


def leaflet_on_sheet(snapshot: Snapshot, edition: Edition) -> Leaflet:
    """Return the part of its leaflet that an edition prints."""
    project = snapshot.project
    return project.sheets[edition.sheet].printed(project.leaflets[edition.leaflet])


def wanted_editions(project: Project, wish: BuildRequest) -> list[Edition]:
    """Return the editions asked for, or all; raise UsageError with the near names for what does not exist."""
    wanted_leaflets = pick_names("leaflet", wish.leaflets, project.slugs)
    wanted_languages = pick_names("language", wish.languages, project.campaign.languages)
    wanted_sheets = pick_names("sheet", wish.sheets, project.sheets) if wish.sheets else []
    (printer,) = pick_names("printer", [wish.printer or project.campaign.printer], project.printers)
    check_print_order(project.printers[printer], wish.marks, wish.profile)
    (other,) = (
        pick_names("language", [wish.other], project.campaign.languages) if wish.other else ("",)
    )
    for sheet in wanted_sheets if other else ():
        sheet_pair(project.sheets[sheet], wish.layout)
    found = [
        Edition(
            slug,
            language,
            sheet,
            wish.site,
            printer,
            other,
            wish.layout if other and wish.layout != BACK_TO_BACK else "",
        )
        for slug in wanted_leaflets
        if slug in project.leaflets
        for language in wanted_languages
        if language != other
        for sheet in wanted_sheets
        or ([PAIR_SHEET] if other else project.leaflets[slug].sheets or project.campaign.sheets)
    ]
    return [edition for edition in found if wish.holds(edition)]


def check_print_order(printer: Printer, marks: bool, profile: str) -> None:
    """Raise UsageError for marks or a colour profile where the machine has no use for them, or the file is not there."""
    if (marks or profile) and not printer.bleed:
        hint = "add --printer shop; other machines print without bleed and in their own colours"
        raise UsageError(
            Problem("printer", f"--icc and --marks are nothing for {printer.name}", hint=hint)
        )
    if profile and not Path(profile).is_file():
        raise UsageError(
            Problem(
                "icc",
                "there is no such file",
                profile,
                "ask the print shop for the ICC profile of its paper",
            )
        )


def unreadable_leaflets(project: Project, leaflets: Iterable[str]) -> list[Problem]:
    """Return what is wrong with the leaflets asked for that cannot be read at all."""
    wanted = set(leaflets) or set(project.slugs)
    _ = project.leaflets
    return [problem for problem in project.broken if problem.leaflet in wanted]


def output_path(edition: Edition, ending: str) -> Path:
    """Return where the PDF goes, below the output folder; what is not ready says so in the ending of its name."""
    return Path(edition.leaflet) / f"{edition.name}{ending}.pdf"


def print_path(edition: Edition, ending: str, suffix: str) -> Path:
    """Return where a file to print goes, beside its edition; the suffix tells binding and ink."""
    path = output_path(edition, ending)
    return path.with_name(
        "_".join(filter(None, (edition.name, "PRINT", suffix)))
        + path.name.removeprefix(edition.name)
    )


def fold_picture_path(path: Path) -> Path:
    """Return where the picture of the fold of a PDF stands, beside it."""
    return path.with_name(f"{path.stem}_FOLD.png")


def leaflet_fact_errors(snapshot: Snapshot, leaflet: Leaflet, language: str) -> list[Problem]:
    """Return the errors for which nothing with the facts of a leaflet may be printed today."""
    found = sorted(
        fact_names(leaflet, snapshot.texts(language, SHARED_DOMAIN)) & snapshot.facts.keys()
    )
    return [problem for name in found for problem in errors_among(problems_of_fact(snapshot, name))]


def problems_of_fact(snapshot: Snapshot, name: str) -> list[Problem]:
    """Return what is wrong today with a fact that stands on a page."""
    fact = snapshot.facts[name]
    return [*check_fact(fact, snapshot.today), *check_past(fact, snapshot.today)]


def printed_facts(snapshot: Snapshot) -> set[str]:
    """Return the names of the facts that any leaflet prints."""
    texts = snapshot.texts("en", SHARED_DOMAIN)
    return {
        name
        for leaflet in snapshot.project.leaflets.values()
        for name in fact_names(leaflet, texts)
    } & snapshot.facts.keys()


def edition_errors(snapshot: Snapshot, edition: Edition) -> list[Problem]:
    """Return the errors for which an edition must not be printed, also if it was built before somebody made a rule stricter."""
    if edition.other:
        return [
            problem.at(language=half.language)
            for half in edition.halves
            for problem in edition_errors(snapshot, half)
        ]
    leaflet = leaflet_on_sheet(snapshot, edition)
    found = [
        *snapshot.source_errors(leaflet),
        *leaflet_fact_errors(snapshot, leaflet, edition.language),
    ]
    found += [NOTHING_SHORT] if not leaflet.blocks else []
    if edition.language == "en":
        return found
    texts = snapshot.edition_texts(edition)
    printed = [
        texts[name]
        for name in sorted(printable_messages(leaflet, texts))
        if name in texts and texts[name].state is not State.STALE
    ]
    return found + [
        problem for text in printed for problem in snapshot.errors(edition.language, text)
    ]
