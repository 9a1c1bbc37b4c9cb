"""Publish the website: static files, whole or not at all, with nothing private in them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.audio.take_back import unasked_problems
from generator.base.files import locked_folder
from generator.base.message_text import text_pieces
from generator.campaign.contact_ways import contact_problems
from generator.campaign.project import Project
from generator.editions.lost import find_losses
from generator.problem import LeafletsError, Problem, Severity
from generator.review.snapshot import Snapshot
from generator.website import privacy
from generator.website.addresses import PAGE_BYTES
from generator.website.contents import DRAFT_STAGE, WebsiteContents
from generator.website.folder import FILE_LIST, refuse_other_files, repair_folder, replace_folder
from generator.website.gathering import gather_contents
from generator.website.last_website import published_addresses, remember_website, reusable_files
from generator.website.page_maker import PageMaker
from generator.website.pages import reserved_folders
from generator.website.website_files import website_files

# Which PDFs were found without private facts; it stays in the output folder.
_CACHE = "private-scan.json"


@dataclass(frozen=True)
class PublishReport:
    """What was published; `changed` counts files that are new or other than before."""

    folder: Path
    files: int
    changed: int
    bytes: int
    ready: int
    drafts: int
    held: int
    """Drafts that are not shown, because the campaign does not say so."""
    kept: int
    """Printed addresses with a page of what can be said while the leaflet is not shown."""
    languages: int
    old: int
    """PDFs that could not be offered, because they are missing or older than the campaign."""
    seal: str
    """The sha256 of the list of files: who knows it can verify any copy."""
    problems: tuple[Problem, ...]
    made_up: tuple[str, ...] = ()
    """The facts of the campaign that are still made up."""


def publish_website(
    project: Project, to: Path | None = None, progress: Callable[[int, int], None] | None = None
) -> PublishReport:
    """Write the website to `to`, or to the output folder, and return what is in it.

    Raises LeafletsError if something private would be published, if `campaign.yaml` names what is
    not there, or if other files stand at `to`; then the website stays as it was.
    """
    folder = to or project.output / "site"
    refuse_other_files(folder)
    with locked_folder(project.output):
        repair_folder(folder)
        # Asked before anything is written: the pages of lost codes are witnesses, and would go.
        gone = find_losses(Snapshot(project))
        last = reusable_files(project, folder)
        contents = gather_contents(project, published_addresses(last))
        contents.snapshot.save_findings()
        if wrong := [
            *_wrong(project),
            *([] if contents.shown or contents.kept else [_nothing(contents)]),
        ]:
            raise LeafletsError(*wrong)
        maker = PageMaker(contents, last)
        files = dict(website_files(maker, progress or (lambda done, total: None)))
        if found := privacy.privacy_leaks(files, _secrets(project), project.output / _CACHE):
            raise LeafletsError(*found)
        listed = _sums(files)
        # Noted before it stands there: after a kill between the two, the old one is known as well.
        remember_website(project, folder, listed[FILE_LIST])
        changed = replace_folder(folder, files | listed)
    drafts = sum(shown.draft for shown in contents.shown.values())
    return PublishReport(
        folder=folder,
        files=len(files) + len(listed),
        changed=changed,
        bytes=sum(map(len, files.values())),
        ready=len(contents.shown) - drafts,
        drafts=drafts,
        held=list(contents.withheld.values()).count(DRAFT_STAGE),
        kept=len(contents.kept),
        languages=len(contents.languages),
        old=contents.old,
        seal=hashlib.sha256(listed["SHA256SUMS"]).hexdigest(),
        problems=(
            *(*gone, *project.broken, *_unread(contents), *maker.lost, *_heavy(files)),
            *unasked_problems(project),
        ),
        made_up=tuple(sorted(contents.snapshot.made_up)),
    )


def _wrong(project: Project) -> list[Problem]:
    """Return leaflets that stand where other pages do, and what is wrong with `hear:`."""
    tags = (project.languages[code].tag.lower() for code in project.campaign.languages)
    taken = reserved_folders().union(tags)
    hint = "rename the file in leaflets/ and its catalogues"
    names = [
        Problem(
            "site-name",
            f"a leaflet called {slug} has no place on the website",
            hint=hint,
            leaflet=slug,
        )
        for slug in project.leaflets
        if slug in taken
    ]
    where = str(project.leaflets_folder / "campaign.yaml")
    return [*names, *contact_problems(project.campaign.publish, project.facts, where)]


def _unread(contents: WebsiteContents) -> list[Problem]:
    """Return why catalogues and ledgers cannot be read: each costs its language alone."""
    broken = sorted(contents.snapshot.broken.items())
    return list(
        dict.fromkeys(
            problem.at(language=code) for (code, _), error in broken for problem in error.problems
        )
    )


def _nothing(contents: WebsiteContents) -> Problem:
    hint = (
        "leaflets check"
        if contents.project.campaign.publish.drafts
        else "leaflets status; or write `publish:` and `drafts: yes` in campaign.yaml"
    )
    return Problem("site-empty", "no leaflet is ready to be published", hint=hint)


def _secrets(project: Project) -> list[privacy.PrivateValue]:
    """Return the values of every site file; one that cannot be read stops everything."""
    sites = [project.site(code) for code in project.sites]
    facts = [
        text
        for fact in project.facts.values()
        for text in (fact.value, fact.display, fact.label, fact.detail, fact.source)
    ]
    english = [
        "".join(text_pieces(message.msgid))
        for domain in project.domains
        for message in project.domain(domain)
    ]
    return privacy.private_values(sites, [*facts, *english, project.campaign.name])


def _sums(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the lists by which a copy is verified: one for programs, one for `sha256sum -c`."""
    sums = {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())}
    rows = {path: {"sha256": sums[path], "bytes": len(files[path])} for path in sums}
    return {
        FILE_LIST: (json.dumps({"files": rows}, indent=0) + "\n").encode(),
        "SHA256SUMS": "".join(f"{sums[path]}  {path}\n" for path in sums).encode(),
    }


def _heavy(files: dict[str, bytes]) -> list[Problem]:
    hint = "split the leaflet in two"
    return [
        Problem(
            "site-heavy",
            f"{len(data)} bytes, more than {PAGE_BYTES}: slow on an old phone",
            path,
            hint,
            Severity.WARNING,
        )
        for path, data in files.items()
        if path.endswith(".html") and len(data) > PAGE_BYTES
    ]
