"""Say what this machine has and lacks: versions, libraries, fonts; and what to type."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from generator import __version__
from generator.base.words import count_words
from generator.base.work_folder import work_folder
from generator.campaign.project import Project
from generator.drafting import argos_package, model_store
from generator.layout import fonts
from generator.problem import LeafletsError

_PACKAGES = (
    *("weasyprint", "babel", "jinja2", "pyyaml", "segno"),
    *("pypdf", "pypdfium2", "zxing-cpp", "uharfbuzz"),
)
LIBRARY_SCRIPT = """
import sys
from pathlib import Path
from generator.layout.isolation import load_weasyprint, native_versions
load_weasyprint(Path(sys.argv[1]))
print(native_versions())
"""
_PANGO_HINT = (
    "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0   "
    "(macOS: brew install pango; Windows: see docs/install.md)"
)
_DRAFT_HINT = (
    "not installed, for `leaflets draft` only: "
    "make draft, or pip install 'solidarity-leaflets[draft]'"
)


@dataclass(frozen=True)
class MachineFinding:
    """One line of the report; `todo` is what to type if something is missing."""

    what: str
    value: str
    todo: str = ""


def inspect_machine(project: Project) -> list[MachineFinding]:
    """Return what this machine has, in order; findings with a `todo` need work."""
    return [*_programs(), _native(), *_fonts(project), *_drafts()]


def _programs() -> Iterator[MachineFinding]:
    yield MachineFinding("leaflets", __version__)
    machine = (
        f"{platform.system()} {platform.machine()}, {count_words(os.cpu_count() or 1, 'core')}"
    )
    yield MachineFinding("Python", f"{platform.python_version()} on {machine}")
    for name in _PACKAGES:
        found = _version(name)
        yield MachineFinding(name, found or "missing", "" if found else f"pip install {name}")


def _version(name: str) -> str:
    """Return the version of an installed package, an empty string if it is missing."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _native() -> MachineFinding:
    """Load WeasyPrint in a process of its own: it must not see our fonts, and it may die."""
    with work_folder() as folder:
        command = [sys.executable, "-c", LIBRARY_SCRIPT, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603 - our own code
    if done.returncode == 0:
        return MachineFinding("Pango and friends", done.stdout.strip())
    return MachineFinding("Pango and friends", "WeasyPrint cannot start", _PANGO_HINT)


def _fonts(project: Project) -> Iterator[MachineFinding]:
    try:
        codes = project.campaign.languages
    except LeafletsError:
        codes = tuple(project.languages)  # outside a campaign: every language there is
    faces = fonts.needed_faces([project.languages[code] for code in codes], project.languages)
    gone, files = fonts.missing_fonts(faces), 2 * len(faces)
    value = f"{files - len(gone)} of {files} files for {count_words(len(codes), 'language')}"
    yield MachineFinding("fonts", value)
    for problem in gone:
        yield MachineFinding("font missing", problem.what, problem.hint)


def _drafts() -> Iterator[MachineFinding]:
    """Yield what can draft translations; nothing of it is needed to print."""
    for name in ("ctranslate2", "sentencepiece"):
        yield MachineFinding(name, _version(name) or _DRAFT_HINT)
    found, problems = argos_package.discover_packages(model_store.package_folders())
    yield MachineFinding(
        "translation packages",
        ", ".join(sorted(package.label for package in found.values())) or "none: leaflets models",
    )
    for problem in problems:
        yield MachineFinding(
            "translation package", f"{problem.where}: {problem.what}", problem.hint
        )
