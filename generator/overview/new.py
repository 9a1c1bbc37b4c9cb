"""Start a campaign in a new folder, and add languages and leaflets to one."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from generator.base.files import file_error, read_text, write_file
from generator.base.language_tags import language_code_of
from generator.base.names import SLUG
from generator.campaign.ignored import IGNORED
from generator.campaign.new_row import language_row, new_code
from generator.campaign.project import NOT_LEAFLETS, PAGE_DOMAINS, Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.campaign.shipped import shipped_folder
from generator.model import Language
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.extract import extract_messages

ATTRIBUTES = "* text=auto eol=lf\n*.jsonl merge=union\n"

EXAMPLE_LINE = re.compile(r"^(?:#.*\n)*example:.*\n", re.MULTILINE)
"""What the shipped campaign alone says of itself, with the comment above it."""

NEW_LEAFLET = """\
# A leaflet. Every value is text. One message is one to three short sentences that belong together.
# Numbers, links, dates and places are facts: put them into facts.yaml and write their names in braces.
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


def new_campaign(folder: Path) -> list[Path]:
    """Copy the shipped campaign with its languages and drafts into `folder`; raise UsageError if something is there."""
    if folder.exists() and any(folder.iterdir()) if folder.is_dir() else folder.exists():
        raise UsageError(
            Problem(
                "not-empty", "there is something in this folder", str(folder), "name a new folder"
            )
        )
    try:
        for name in ("leaflets", "locales"):
            shutil.copytree(
                shipped_folder(name), folder / name, ignore=shutil.ignore_patterns(".leaflets*")
            )
        own = folder / "leaflets" / "campaign.yaml"
        write_file(own, EXAMPLE_LINE.sub("", read_text(own)))
        write_file(
            folder / "sites" / "example.yaml",
            (shipped_folder("sites") / "example.yaml").read_bytes(),
        )
        write_file(folder / ".gitignore", IGNORED)
        write_file(folder / ".gitattributes", ATTRIBUTES)
    except OSError as error:
        raise file_error(folder, error, "write") from None
    return sorted(path for path in folder.rglob("*") if path.is_file())


def add_leaflet(project: Project, slug: str, today: date) -> Path:
    """Write a leaflet to start from; raise UsageError for a bad name or one that exists."""
    if (
        not SLUG.fullmatch(slug)
        or slug in (*NOT_LEAFLETS, SHARED_DOMAIN, *PAGE_DOMAINS)
        or len(slug) > 60
    ):
        hint = "small letters, digits and hyphens, such as know-your-rights"
        raise UsageError(Problem("leaflet-name", f"{slug!r} cannot name a leaflet", hint=hint))
    path = project.leaflets_folder / f"{slug}.yaml"
    if path.exists():
        raise UsageError(
            Problem("exists", "this leaflet exists already", str(path), "open and edit it")
        )
    contact = next((fact.name for fact in project.facts.values() if fact.label), "campaign_phone")
    title = slug.replace("-", " ").capitalize()
    write_file(path, NEW_LEAFLET.format(title=title, today=today, contact=contact))
    extract_messages(Project(project.root))
    return path


def add_language(project: Project, name: str) -> Language:
    """Add a language to campaign.yaml and make its catalogues; raise UsageError with the near names, or with what is missing.

    A language without a row in languages.yaml gets one from CLDR, for people to correct; a region is written with its language's row.
    """
    code = language_code_of(name, project.languages) or new_code(name, project.languages)
    if code in project.campaign.languages:
        raise UsageError(
            Problem(
                "exists",
                f"{code} is a language of this campaign already",
                hint="run `leaflets status`",
            )
        )
    path = project.leaflets_folder / "campaign.yaml"
    text = read_text(path)
    changed = re.sub(
        r"^(languages:\s*\[[^\]]*?),?\s*\]", rf"\1, {code}]", text, count=1, flags=re.MULTILINE
    )
    if changed == text:
        raise LeafletsError(
            Problem(
                "campaign",
                "the line `languages: […]` was not found",
                str(path),
                f"add {code} to it by hand",
            )
        )
    if code not in project.languages:
        _add_row(project, code)
    write_file(path, changed)
    after = Project(project.root)
    extract_messages(after, anew=(code,))
    return after.languages[code]


def _add_row(project: Project, code: str) -> None:
    """Write a row for a language that CLDR knows and the table does not."""
    row = language_row(code, project.languages)
    path = project.locales / "languages.yaml"
    text = (
        read_text(path)
        if path.exists()
        else read_text(shipped_folder("locales") / "languages.yaml")
    )
    write_file(path, text.rstrip("\n") + f"\n{row}\n")
