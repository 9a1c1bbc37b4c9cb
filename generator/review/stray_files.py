"""Files among the catalogues that nothing reads: whoever put them there waits for them in vain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator.base.language_tags import language_code_of
from generator.base.names import nearest_name
from generator.campaign.glossary import GLOSSARY
from generator.problem import LeafletsError, Problem, Severity
from generator.review.snapshot import Snapshot

KNOWN_ENDS = (".mo", "~", ".bak", ".orig")
"""Ends of what gettext and editors leave beside a catalogue."""


def stray_files(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield a warning for each file that no catalogue of the campaign is; what belongs to a leaflet or language taken out may stay."""
    known = _domains(snapshot)
    folders = sorted(
        path
        for path in snapshot.project.locales.glob("*")
        if path.is_dir() and not path.is_symlink()
    )
    for folder in folders:
        files = [
            path
            for path in (*sorted(folder.glob("*.po")), *sorted(folder.glob("LC_MESSAGES/*")))
            if not _passed(path)
        ]
        if folder.name in snapshot.project.campaign.languages:
            yield from (problem for path in files if (problem := _of(path, known, snapshot)))
        elif files and folder.name not in snapshot.project.languages:
            yield _folder(folder, snapshot)


def _domains(snapshot: Snapshot) -> set[str]:
    """Return the names of all catalogues there are or once were."""
    with suppress(LeafletsError):
        return {
            *snapshot.project.domains,
            *(path.stem for path in snapshot.project.locales.glob("*.pot")),
            *snapshot.history,
        }
    return set(snapshot.project.domains)


def _passed(path: Path) -> bool:
    return path.name.startswith(".") or path.name.endswith(KNOWN_ENDS) or path.is_dir()


def _of(path: Path, known: set[str], snapshot: Snapshot) -> Problem | None:
    """Return what is wrong with the name or the place of a file of a language, None if nothing is."""
    place = (
        snapshot.project.locales
        / path.relative_to(snapshot.project.locales).parts[0]
        / "LC_MESSAGES"
    )
    if path.suffix == ".po" and path.stem in known - {GLOSSARY}:
        return (
            None
            if path.parent == place
            else _said(
                path, "a catalogue in a folder where nothing looks for it", f"move it to {place}"
            )
        )
    if path.suffix == ".po":
        return _said(
            path,
            f"no leaflet is called {path.stem!r}",
            f"give it the name of its leaflet; {nearest_name(path.stem, known)}",
        )
    return _said(
        path,
        "this file is no catalogue, and nothing reads it",
        "export it as PO (gettext) under the name of its leaflet",
    )


def _folder(folder: Path, snapshot: Snapshot) -> Problem:
    code = language_code_of(folder.name, snapshot.project.languages)
    if code in snapshot.project.campaign.languages:
        return _said(
            folder,
            f"the catalogues of {snapshot.project.languages[code].english} stand in {code}",
            f"move these to locales/{code}",
        )
    return _said(
        folder,
        f"no language of this campaign is called {folder.name!r}",
        f"leaflets add language {folder.name}",
    )


def _said(path: Path, what: str, hint: str) -> Problem:
    return Problem("po-stray", what, str(path), hint, Severity.WARNING)
