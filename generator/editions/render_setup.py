"""What a process needs to draw the pages of some languages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.base.files import ANY_END, read_text
from generator.campaign.project import Project
from generator.layout import fonts
from generator.layout.render import ARCHIVE_PDF, READING_PDF, RenderSetup
from generator.model import Language

LAYOUT_SECONDS = 20


def render_setup(
    project: Project, languages: Iterable[Language], workdir: Path, css: str = ""
) -> RenderSetup:
    """Return the setup for some languages; `css` comes after the theme's own.

    Chinese fonts are cut on first use, which takes a minute.
    Raises LeafletsError if a font is not installed.
    """
    languages = list(languages)
    faces = fonts.needed_faces(languages, project.languages)
    theme_css = read_text(project.theme / "style.css", whole=ANY_END)
    return RenderSetup(
        workdir,
        fonts.font_files(faces) | {path.name: path for path in project.theme.glob("*.svg")},
        fonts.font_css([project.languages["en"], *languages], faces) + theme_css + css,
        LAYOUT_SECONDS,
        ARCHIVE_PDF if project.archive else READING_PDF,
    )
