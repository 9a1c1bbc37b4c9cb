"""The layers hold: imports run downwards, heavy libraries stay in one module, modules stay short."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "generator").rglob("*.py"))
LAYERS = ("problem", "model", "core", "checks", "edges", "usecases", "web", "cli")
HEAVY = {
    "weasyprint": {"edges/render.py", "edges/textlayer.py", "edges/tight.py"},
    "pydyf": {"edges/textlayer.py"},
    "pypdf": {
        "edges/privacy.py",
        "edges/proof.py",
        "edges/bind.py",
        "edges/sealed.py",
        "edges/stencil.py",
        "edges/typecase.py",
        "edges/imposition.py",
        "edges/joining.py",
        "edges/inks.py",
        "edges/pdfx.py",
        "edges/printproof.py",
    },
    "pypdfium2": {
        "edges/picture.py",
        "edges/proof.py",
        "edges/sight.py",
        "edges/preview.py",
        "edges/stencilproof.py",
        "edges/printproof.py",
        "edges/foldpicture.py",
    },
    "PIL": {
        "edges/preview.py",
        "edges/picture.py",
        "edges/foldpicture.py",
        "edges/inks.py",
        "edges/pdfx.py",
        "edges/stampproof.py",
        "edges/stencilproof.py",
    },
    "zxingcpp": {"edges/proof.py"},
    "uharfbuzz": {"edges/glyphs.py", "edges/typecase.py"},
    "segno": {"edges/qr.py"},
    "flask": {"web/*"},
    "waitress": {"web/serve.py", "web/limits.py"},
    "openpyxl": {"edges/spreadsheet.py"},
    "jinja2": {"edges/templates.py", "web/app.py"},
    "fontTools": {"edges/fonts.py", "edges/cidfonts.py", "edges/sitefont.py", "checks/script.py"},
    "babel": {"core/dates.py", "core/tags.py", "core/newrow.py", "edges/pofile.py"},
    "filelock": {"edges/files.py"},
    "distributed": {"edges/cluster.py"},
    "ctranslate2": {"edges/argos.py"},
    "sentencepiece": {"edges/argos.py"},
    "argostranslate": {"edges/argosreference.py"},
    "icalendar": {"edges/calendarfile.py"},
    "numpy": set(),
}
"""Libraries that cost time to import, and the modules that may do it, inside a function."""


def name(path: Path) -> str:
    """Return a module's path below the package."""
    return path.relative_to(ROOT / "generator").as_posix()


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield every imported module, and whether the import stands at the top of the module."""
    tree = ast.parse(path.read_text("utf-8"))
    top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        found = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            found = [node.module]
        yield from ((module, id(node) in top) for module in found)


def layer(module: str) -> int:
    """Return the place of a module of ours in the order of the layers, from the bottom."""
    parts = module.split(".")
    return LAYERS.index(parts[1]) if len(parts) > 1 and parts[1] in LAYERS else -1


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_run_downwards(path: Path) -> None:
    """A module imports only from its own layer and those below."""
    parts = name(path).removesuffix(".py").split("/")
    if parts[0] not in LAYERS:
        return
    own = LAYERS.index(parts[0])

    above = [module for module, _ in imports(path) if module.startswith("generator") and layer(module) > own]

    assert above == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_heavy_libraries_stay_in_one_place(path: Path) -> None:
    """A heavy library is imported in its own module alone, and inside the function that needs it."""
    wrong = [
        module
        for module, at_top in imports(path)
        if (library := module.split(".")[0]) in HEAVY and (at_top or not any(fnmatch(name(path), place) for place in HEAVY[library]))
    ]

    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_are_short_and_say_what_they_are(path: Path) -> None:
    """No module passes 300 lines, and each opens with a sentence."""
    text = path.read_text("utf-8")

    assert len(text.splitlines()) <= 300
    assert (ast.get_docstring(ast.parse(text)) or "").split("\n")[0].endswith((".", "?"))


def test_no_language_stands_in_the_code(shipped) -> None:
    """What a language needs is a row of the table, never a branch: no code of ours compares with one, but English."""
    codes = set(shipped.languages) - {"en"}
    found = [
        (name(path), constant.value)
        for path in MODULES
        if "checks" not in name(path)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Compare)
        for constant in ast.walk(node)
        if isinstance(constant, ast.Constant) and constant.value in codes
    ]

    assert found == []
