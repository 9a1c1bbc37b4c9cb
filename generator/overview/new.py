"""Start a campaign in a new folder, and add languages and leaflets to one."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from generator.base.files import file_error, make_private_folder, read_text, write_file
from generator.base.language_tags import language_code_of
from generator.base.names import SLUG
from generator.base.origin import state_folder
from generator.campaign.ignored import IGNORED
from generator.campaign.new_row import language_row, new_code
from generator.campaign.project import NOT_LEAFLETS, PAGE_DOMAINS, PRINTINGS_FILE, Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.campaign.shipped import shipped_folder
from generator.model import Language
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.extract import extract_messages
from generator.review.merge_driver import ATTRIBUTES
from generator.trust.memory import forget_folder
from generator.trust.old_lines import keep_machine_lines, ledger_files
from generator.trust.signer import begin_trust

# What the shipped campaign alone says of itself, with the comment above it.
EXAMPLE_LINE = re.compile(r"^(?:#.*\n)*example:.*\n", re.MULTILINE)

# The numbers of people in the settings, and what a campaign of one person has in their place.
_READERS = re.compile(r"^readers:\n(?:  .*\n)+", re.MULTILINE)
_ALONE = """\
readers:
  plain: 1
  rights: 1
  medical: 1
  safety: 1
  facts: 1
  # From how many computers signatures must come. This is a campaign of one person;
  # once you are two, write 2 everywhere but at plain.
  keys: 1
"""

NEW_LEAFLET = """\
# A leaflet. Every value is text. One message is one to three short sentences that belong together.
# Numbers, links, dates and places are facts: put them into facts.yaml and write their \
names in braces.
title: {title}
audience: everyone
sheets: [a5]
dated: {today}
note: |
  What a translator must know about this leaflet.
blocks:
  - id: why
    lead: Say here in one or two short sentences what this leaflet is for.
  - id: what
    heading: "TODO: a heading"
  - id: steps
    steps:
      first: Write one step here.
      second: Write the next step here.
  - id: lines
    contacts: [{contact}]
"""


def new_campaign(folder: Path, alone: bool = False) -> list[Path]:
    """Copy the shipped campaign with its languages and drafts into a new or empty folder.

    This computer becomes its first organiser's, and the recovery sheet lies in it. `alone`: one
    person, with one computer, is enough for everything. Raises UsageError if something is there.
    """
    if any(folder.iterdir()) if folder.is_dir() else folder.exists():
        what, hint = "there is something in this folder", "name a new folder"
        raise UsageError(Problem("not-empty", what, str(folder), hint))
    # First: a campaign whose key cannot be kept would be one that nobody can sign.
    make_private_folder(state_folder())
    try:
        # What somebody signed or printed of the shipped campaign is none of the new one's.
        own_work = ("readers.jsonl", "wordings.jsonl", PRINTINGS_FILE)
        hidden = shutil.ignore_patterns(".leaflets*", *own_work)
        for name in ("leaflets", "locales"):
            shutil.copytree(shipped_folder(name), folder / name, ignore=hidden)
        own = folder / "leaflets" / "campaign.yaml"
        text = EXAMPLE_LINE.sub("", read_text(own))
        write_file(own, _READERS.sub(_ALONE, text, count=1) if alone else text)
        example = shipped_folder("sites") / "example.yaml"
        write_file(folder / "sites" / "example.yaml", example.read_bytes())
        write_file(folder / ".gitignore", IGNORED)
        write_file(folder / ".gitattributes", ATTRIBUTES)
    except OSError as error:
        raise file_error(folder, error, "write") from None
    for path in ledger_files(folder):
        keep_machine_lines(path)
    forget_folder(folder)
    begin_trust(folder)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def add_leaflet(project: Project, slug: str, today: date) -> Path:
    """Write a leaflet to start from; raise UsageError for a bad name or one that exists."""
    taken = slug in (*NOT_LEAFLETS, SHARED_DOMAIN, *PAGE_DOMAINS)
    if taken or not SLUG.fullmatch(slug) or len(slug) > 60:
        hint = "small letters, digits and hyphens, such as know-your-rights"
        raise UsageError(Problem("leaflet-name", f"{slug!r} cannot name a leaflet", hint=hint))
    path = project.leaflets_folder / f"{slug}.yaml"
    if path.exists():
        what, hint = "this leaflet exists already", "open and edit it"
        raise UsageError(Problem("exists", what, str(path), hint))
    contact = next((fact.name for fact in project.facts.values() if fact.label), "campaign_phone")
    title = slug.replace("-", " ").capitalize()
    write_file(path, NEW_LEAFLET.format(title=title, today=today, contact=contact))
    extract_messages(Project(project.root))
    return path


def add_language(project: Project, name: str) -> Language:
    """Add a language to campaign.yaml and make its catalogues; raise UsageError for a wrong name.

    A language without a row in languages.yaml gets one from CLDR, for people to correct; a region
    is written with its language's row.
    """
    code = language_code_of(name, project.languages) or new_code(name, project.languages)
    if code in project.campaign.languages:
        what = f"{code} is a language of this campaign already"
        raise UsageError(Problem("exists", what, hint="run `leaflets status`"))
    path = project.leaflets_folder / "campaign.yaml"
    text = read_text(path)
    changed = re.sub(
        r"^(languages:\s*\[[^\]]*?),?\s*\]", rf"\1, {code}]", text, count=1, flags=re.MULTILINE
    )
    if changed == text:
        what, hint = "the line `languages: […]` was not found", f"add {code} to it by hand"
        raise LeafletsError(Problem("campaign", what, str(path), hint))

    if code not in project.languages:
        own = project.locales / "languages.yaml"
        table = read_text(own if own.exists() else shipped_folder("locales") / "languages.yaml")
        row = language_row(code, project.languages)
        write_file(own, table.rstrip("\n") + f"\n{row}\n")
    write_file(path, changed)
    after = Project(project.root)
    extract_messages(after, anew=(code,))
    return after.languages[code]
