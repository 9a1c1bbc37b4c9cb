"""Find files among the catalogues that nothing reads: whoever put them there waits in vain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator.base.language_tags import language_code_of
from generator.base.names import nearest_name
from generator.campaign.glossary import GLOSSARY
from generator.campaign.project import Project
from generator.problem import LeafletsError, Problem, Severity
from generator.review.snapshot import Snapshot

# Ends of what gettext and editors leave beside a catalogue.
KNOWN_ENDS = (".mo", "~", ".bak", ".orig")


def stray_files(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield a warning for each file that is no catalogue of the campaign.

    What belongs to a leaflet or a language that was taken out may stay.
    """
    project, known = snapshot.project, _known_domains(snapshot)
    for folder in sorted(project.locales.glob("*")):
        if folder.is_symlink() or not folder.is_dir():
            continue
        files = [
            path
            for path in (*sorted(folder.glob("*.po")), *sorted(folder.glob("LC_MESSAGES/*")))
            if not (path.name.startswith(".") or path.name.endswith(KNOWN_ENDS) or path.is_dir())
        ]
        if folder.name in project.campaign.languages:
            yield from (found for path in files if (found := _stray_file(folder, path, known)))
        elif files and folder.name not in project.languages:
            yield _stray_folder(folder, project)


def _known_domains(snapshot: Snapshot) -> set[str]:
    """Return the names of all catalogues there are or once were."""
    project = snapshot.project
    with suppress(LeafletsError):
        templates = (path.stem for path in project.locales.glob("*.pot"))
        return {*project.domains, *templates, *snapshot.history}
    return set(project.domains)


def _stray_file(folder: Path, path: Path, known: set[str]) -> Problem | None:
    """Return what is wrong with name or place of a language's file, None if nothing is."""
    what = "this file is no catalogue, and nothing reads it"
    hint = "export it as PO (gettext) under the name of its leaflet"
    if path.suffix == ".po" and path.stem in known - {GLOSSARY}:
        place = folder / "LC_MESSAGES"
        if path.parent == place:
            return None
        what, hint = "a catalogue in a folder where nothing looks for it", f"move it to {place}"
    elif path.suffix == ".po":
        what = f"no leaflet is called {path.stem!r}"
        hint = f"give it the name of its leaflet; {nearest_name(path.stem, known)}"
    return Problem("po-stray", what, str(path), hint, Severity.WARNING)


def _stray_folder(folder: Path, project: Project) -> Problem:
    what = f"no language of this campaign is called {folder.name!r}"
    hint = f"leaflets add language {folder.name}"
    code = language_code_of(folder.name, project.languages)
    if code in project.campaign.languages:
        what = f"the catalogues of {project.languages[code].english} stand in {code}"
        hint = f"move these to locales/{code}"
    return Problem("po-stray", what, str(folder), hint, Severity.WARNING)
