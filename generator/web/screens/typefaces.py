"""Give browsers this computer's fonts, so that every script looks as it will be printed."""

from flask import Blueprint, Response, abort, send_file

from generator.campaign.project import Project
from generator.layout import fonts
from generator.model import FontFace, Language
from generator.web.server_state import current_snapshot

screen = Blueprint("typefaces", __name__)
_WEIGHTS = (400, 700)
_A_DAY = 86_400


@screen.get("/type.css")
@screen.get("/type/<language>.css")
def type_style(language: str = "") -> Response:
    """Return the style of English and one language, or of all for the list of their names."""
    project = current_snapshot().project
    codes = ("en", language) if language else project.campaign.languages
    rows = [project.languages[code] for code in codes]
    return Response(typeface_css(rows, installed_faces(project)), mimetype="text/css")


def typeface_css(languages: list[Language], faces: list[FontFace]) -> str:
    """Return @font-face rules, and the rules of type of each language.

    A face that is not installed is left to the browser.
    """
    wanted = dict.fromkeys(language.face for language in languages)
    rules = [
        f'@font-face {{ font-family: "{fonts.FAMILY_PREFIX}{face.family}"; font-weight: {weight};'
        f' font-display: swap; src: url("/font/{fonts.asset_name(face, weight)}") }}'
        for face in wanted
        if face in faces
        for weight in _WEIGHTS
    ]
    for language in languages:
        families = ", ".join(f'"{family}"' for family in fonts.font_stack(language))
        size = f"font-size: {language.size}em; line-height: {language.line_height}"
        rules += [
            f":lang({language.tag}) {{ font-family: {families}, system-ui, sans-serif }}",
            f".text:lang({language.tag}) {{ {size} }}",
        ]
    return "\n".join(rules) + "\n"


def installed_faces(project: Project) -> list[FontFace]:
    """Return the faces of the campaign that this computer has."""
    languages = (project.languages[code] for code in project.campaign.languages)
    wanted = fonts.needed_faces(languages, project.languages)
    return [face for face in wanted if not fonts.missing_fonts([face])]


@screen.get("/font/<name>")
def font(name: str) -> Response:
    """Return one font file out of the fixed table of the campaign's faces."""
    for face in installed_faces(current_snapshot().project):
        if name in [fonts.asset_name(face, weight) for weight in _WEIGHTS]:
            kind = "font/otf" if face.cut else "font/ttf"
            answer = send_file(fonts.font_files([face])[name], mimetype=kind, max_age=_A_DAY)
            answer.headers["Cache-Control"] = f"private, max-age={_A_DAY}"
            return answer
    abort(404)
