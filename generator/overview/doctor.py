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
from generator.base.work_folder import work_folder
from generator.campaign.project import Project
from generator.drafting import argos_package, model_store
from generator.layout import fonts
from generator.problem import LeafletsError

PACKAGES = (
    "weasyprint",
    "babel",
    "jinja2",
    "pyyaml",
    "segno",
    "pypdf",
    "pypdfium2",
    "zxing-cpp",
    "uharfbuzz",
)
LIBRARIES = """
import sys
from pathlib import Path
from generator.layout.render import load_weasyprint, native_versions
load_weasyprint(Path(sys.argv[1]))
print(native_versions())
"""
PANGO_HINT = "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0   (macOS: brew install pango; Windows: see README)"


@dataclass(frozen=True)
class Finding:
    """One line of the report; `todo` is what to type if something is missing."""

    what: str
    value: str
    todo: str = ""


def doctor(project: Project) -> list[Finding]:
    """Return what this machine has, in order; findings with a `todo` need work."""
    return [*_programs(), _native(), *_fonts(project), *_drafts()]


def _programs() -> Iterator[Finding]:
    yield Finding("leaflets", __version__)
    yield Finding(
        "Python",
        f"{platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores",
    )
    for name in PACKAGES:
        try:
            yield Finding(name, version(name))
        except PackageNotFoundError:
            yield Finding(name, "missing", f"pip install {name}")


def _native() -> Finding:
    """Load WeasyPrint in a process of its own: it must not see this one's fonts, and may die without its libraries."""
    with work_folder() as folder:
        command = [sys.executable, "-c", LIBRARIES, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603 - our own code
    if done.returncode == 0:
        return Finding("Pango and friends", done.stdout.strip())
    return Finding("Pango and friends", "WeasyPrint cannot start", PANGO_HINT)


def _fonts(project: Project) -> Iterator[Finding]:
    try:
        codes = project.campaign.languages
    except LeafletsError:
        codes = tuple(project.languages)  # outside a campaign: every language there is
    faces = fonts.faces([project.languages[code] for code in codes], project.languages)
    gone = fonts.missing(faces)
    yield Finding(
        "fonts",
        f"{2 * len(faces) - len(gone)} of {2 * len(faces)} files for {len(codes)} languages",
    )
    for problem in gone:
        yield Finding("font missing", problem.what, problem.hint)


def _drafts() -> Iterator[Finding]:
    """Yield what can draft translations; nothing of it is needed to print."""
    for name in ("ctranslate2", "sentencepiece"):
        try:
            yield Finding(name, version(name))
        except PackageNotFoundError:
            yield Finding(
                name,
                "not installed, for `leaflets draft` only: make draft, or pip install 'solidarity-leaflets[draft]'",
            )
    found, problems = argos_package.discover(model_store.folders())
    yield Finding(
        "translation packages",
        ", ".join(sorted(package.label for package in found.values())) or "none: leaflets models",
    )
    for problem in problems:
        yield Finding("translation package", f"{problem.where}: {problem.what}", problem.hint)
