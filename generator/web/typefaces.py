"""Give browsers the font files of this computer, so that every script is shown as it will be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.campaign.project import Project
from generator.layout import fonts
from generator.model import FontFace, Language
from generator.web.desk import current_snapshot

if TYPE_CHECKING:
    from flask import Blueprint, Response


def screen() -> Blueprint:
    """Return the addresses of the style and of the files."""
    from flask import Blueprint

    pages = Blueprint("typefaces", __name__)
    pages.add_url_rule("/type.css", "style", type_style)
    pages.add_url_rule("/type/<language>.css", "style", type_style)
    pages.add_url_rule("/font/<name>", "font", font_file)
    return pages


def type_style(language: str = "") -> Response:
    """Return the style of English and one language, or of all for the list of their names."""
    from flask import Response

    project = current_snapshot().project
    codes = ("en", language) if language else project.campaign.languages
    return Response(
        typeface_css([project.languages[code] for code in codes], list(installed_faces(project))),
        mimetype="text/css",
    )


def typeface_css(languages: list[Language], faces: list[FontFace]) -> str:
    """Return @font-face rules and one rule of type per language; a face that is not installed is left to the browser."""
    wanted = [
        face for face in dict.fromkeys(language.face for language in languages) if face in faces
    ]
    rules = [
        f'@font-face {{ font-family: "{fonts.FAMILY_PREFIX}{face.family}"; font-weight: {weight}; font-display: swap;'
        f' src: url("/font/{fonts.asset_name(face, weight)}") }}'
        for face in wanted
        for weight in (400, 700)
    ]
    for language in languages:
        families = ", ".join(f'"{family}"' for family in fonts.font_stack(language))
        rules.append(f":lang({language.tag}) {{ font-family: {families}, system-ui, sans-serif }}")
        rules.append(
            f".text:lang({language.tag}) {{ font-size: {language.size}em; line-height: {language.line_height} }}"
        )
    return "\n".join(rules) + "\n"


def installed_faces(project: Project) -> dict[FontFace, None]:
    """Return the faces of the campaign that this computer has."""
    faces = fonts.needed_faces(
        (project.languages[code] for code in project.campaign.languages), project.languages
    )
    return {face: None for face in faces if not fonts.missing_fonts([face])}


def font_file(name: str) -> Response:
    """Return one font file out of the fixed table of the campaign's faces."""
    from flask import abort, send_file

    faces = [
        face
        for face in installed_faces(current_snapshot().project)
        if name in (fonts.asset_name(face, 400), fonts.asset_name(face, 700))
    ]
    if not faces:
        abort(404)
    answer = send_file(
        fonts.font_files(faces)[name],
        mimetype="font/otf" if faces[0].cut else "font/ttf",
        max_age=86400,
    )
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer
