"""What travels with the program: its folders of campaign and templates, and its own text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE_FOLDER = Path(__file__).resolve().parent.parent


def shipped_folder(name: str) -> Path:
    """Return a folder that travels with the program.

    It stands beside the program in a checkout, and inside it once installed.
    """
    inside = PACKAGE_FOLDER / "shipped" / name
    return inside if inside.is_dir() else PACKAGE_FOLDER.parent / name


def program_texts(rooms: Iterable[str]) -> Iterator[str]:
    """Yield the text of every module of some rooms, or of single modules, in a fixed order.

    Raises FileNotFoundError for a room without modules: a change in what it names went unnoticed.
    """
    for room in rooms:
        files = (
            [PACKAGE_FOLDER / room]
            if room.endswith(".py")
            else sorted((PACKAGE_FOLDER / room).rglob("*.py"))
        )
        if not files:
            raise FileNotFoundError(PACKAGE_FOLDER / room)
        yield from (path.read_text("utf-8") for path in files)


def shipped_templates(name: str) -> Path:
    """Return a shipped folder of templates: a theme, or the program's own screens.

    A campaign may copy and change a theme.
    """
    theme = shipped_folder("templates") / "themes" / name
    return theme if theme.is_dir() else shipped_folder("templates") / "screens" / name
