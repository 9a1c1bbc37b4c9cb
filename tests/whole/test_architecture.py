"""The rooms hold: imports run downwards without circles, no room is too large, heavy libraries stay in one module."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path

import pytest

from generator.campaign.shipped import program_texts
from generator.editions.fingerprint import DRAWING_ROOMS
from generator.review.check_results import CHECKING_ROOMS

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = sorted((ROOT / "generator").rglob("*.py"))
ROOMS = (
    *("problem", "model", "base", "trust", "catalogue", "blocks", "campaign", "layout", "checks", "proof", "review"),
    *("imposition", "audio", "drafting", "editions", "sitemerge", "signing", "readers", "printrun", "overview"),
    *("worksheet", "website", "web", "cli"),
)
"""The rooms from the ground up: what stands later may import what stands before."""
LARGEST = 0.15
"""The share of the lines that one room may have."""
HEAVY = {
    "weasyprint": {"layout/isolation.py", "layout/render.py", "layout/text_layer.py", "layout/tight.py"},
    "pydyf": {"layout/text_layer.py"},
    "pypdf": {
        "website/privacy.py",
        "proof/edition_proof.py",
        "imposition/concat.py",
        "imposition/encrypt.py",
        "imposition/pdf_objects.py",
        "imposition/retag.py",
        "sitemerge/merge_template.py",
        "sitemerge/merge_glyphs.py",
        "imposition/impose.py",
        "imposition/bilingual.py",
        "imposition/separations.py",
        "imposition/pdfx.py",
        "imposition/print_proof.py",
    },
    "pypdfium2": {
        "website/picture.py",
        "proof/edition_proof.py",
        "proof/page_view.py",
        "editions/preview_page.py",
        "sitemerge/merge_proof.py",
        "imposition/print_proof.py",
        "imposition/fold_picture.py",
    },
    "PIL": {
        "editions/preview_page.py",
        "website/picture.py",
        "imposition/fold_picture.py",
        "imposition/separations.py",
        "imposition/pdfx.py",
        "proof/stamp.py",
        "sitemerge/merge_proof.py",
    },
    "zxingcpp": {"proof/edition_proof.py"},
    "uharfbuzz": {"proof/glyphs.py", "sitemerge/merge_glyphs.py"},
    "segno": {"layout/qr.py"},
    "flask": {"web/*"},
    "waitress": {"web/serve.py", "web/limits.py"},
    "openpyxl": {"worksheet/spreadsheet.py"},
    "jinja2": {"layout/templates.py", "web/app.py"},
    "fontTools": {"layout/fonts.py", "proof/cid_fonts.py", "website/web_fonts.py", "base/words.py"},
    "babel": {"campaign/dates.py", "base/language_tags.py", "campaign/new_row.py", "catalogue/pofile.py"},
    "filelock": {"base/files.py"},
    "cryptography": {"trust/keys.py"},
    "distributed": {"editions/cluster.py"},
    "ctranslate2": {"drafting/argos.py"},
    "sentencepiece": {"drafting/argos.py"},
    "argostranslate": {"drafting/argos_reference.py"},
    "icalendar": {"editions/calendar.py"},
    "numpy": set(),
}
"""Libraries that cost time to import, and the modules that may do it, inside a function."""
AT_TOP = {"flask", "jinja2"}
"""Those that the screens import at the top: what has screens is itself imported inside a function."""
LATE = "web"
"""The room that the command line imports inside functions only."""


def name(path: Path) -> str:
    """Return a module's path below the package."""
    return path.relative_to(ROOT / "generator").as_posix()


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield every imported module, and whether the import stands at the top of the module."""
    yield from imported(path.read_text("utf-8"))


def imported(text: str) -> Iterator[tuple[str, bool]]:
    """Yield every module that a text imports: at the top, in a function, or for the type checker alone."""
    tree = ast.parse(text)
    top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        found = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            below = [f"{node.module}.{alias.name}" for alias in node.names]
            found = [module for module in below if module in OURS] or [node.module]
            found += [node.module] if len(found) < len(below) else []
        yield from ((module, id(node) in top) for module in dict.fromkeys(found))


OURS = {".".join(("generator", *path.relative_to(ROOT / "generator").with_suffix("").parts)): path for path in MODULES}
"""Our modules by their name."""


def floor(module: str) -> int:
    """Return the place of a module of ours in the order of the rooms, from the ground."""
    parts = module.split(".")
    return ROOMS.index(parts[1]) if len(parts) > 1 and parts[1] in ROOMS else -1


def upward(module: str, text: str) -> list[str]:
    """Return what a module imports from a room above its own."""
    return [other for other, _ in imported(text) if other.startswith("generator") and floor(other) > floor(module)]


def circles(arrows: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the modules that are imported by what they import themselves, or []."""
    left = {module: {other for other in others if other in arrows} for module, others in arrows.items()}
    while free := {module for module, others in left.items() if not others}:
        left = {module: others - free for module, others in left.items() if module not in free}
    return sorted(left)


@pytest.mark.parametrize("module", OURS)
def test_imports_run_downwards(module: str) -> None:
    """A module imports only from its own room and those below it; every module but the package's own stands in a room."""
    assert floor(module) >= 0 or module in ("generator.__init__", "generator.__main__")
    assert floor(module) < 0 or upward(module, OURS[module].read_text("utf-8")) == []


def test_imports_have_no_circles() -> None:
    """No module is imported by what it imports, also not late, in a function, or for the type checker."""
    arrows = {module: {other for other, _ in imports(path)} - {module} for module, path in OURS.items()}

    assert circles(arrows) == []


def test_what_would_break_the_order_is_found() -> None:
    """A late import, one for the type checker, and a circle of three are each found."""
    late = "def draw():\n    from generator.web import serve\n"
    typed = "if TYPE_CHECKING:\n    from generator.cli.commands.build import build\n"

    assert upward("generator.base.files", late) == ["generator.web.serve"]
    assert upward("generator.layout.render", typed) == ["generator.cli.commands.build"]
    assert upward("generator.cli.commands.build", late) == []
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": set()}) == ["a", "b", "c", "d"]


def reached(start: str) -> set[str]:
    """Return the rooms, or modules beside them, that a module imports, directly or by way of others."""
    seen, todo = set(), [start]
    while todo:
        module = todo.pop()
        if module not in seen:
            seen.add(module)
            todo += [other for other, _ in imports(OURS[module]) if other in OURS]
    below = (module.removeprefix("generator.").removesuffix(".__init__").split(".") for module in seen)
    return {parts[0] if (ROOT / "generator" / parts[0]).is_dir() else f"{parts[0]}.py" for parts in below} - {"__init__.py"}


@pytest.mark.parametrize("worker", ["generator.editions.worker", "generator.sitemerge.merge_worker"])
def test_a_page_is_drawn_again_when_any_room_that_draws_it_changes(worker: str) -> None:
    assert reached(worker) - {*DRAWING_ROOMS} == set()


def test_a_check_looks_again_when_any_room_it_uses_changes() -> None:
    rules = [module for module in OURS if module.startswith("generator.checks.")]

    assert set().union(*map(reached, rules)) - {*CHECKING_ROOMS} == set()


def test_a_room_that_is_gone_is_not_passed_over() -> None:
    with pytest.raises(FileNotFoundError):
        list(program_texts(["base", "edges"]))


def test_no_room_is_too_large() -> None:
    """No room holds more than 15 % of the lines."""
    lines = Counter(dict.fromkeys(ROOMS, 0))
    for module, path in OURS.items():
        lines[module.split(".")[1]] += len(path.read_text("utf-8").splitlines())

    assert {room: count for room, count in lines.items() if count > LARGEST * lines.total()} == {}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_heavy_libraries_stay_in_one_place(path: Path) -> None:
    """A heavy library is imported in its own module alone, inside the function that needs it, or in a room that is imported late."""
    late = name(path).startswith(f"{LATE}/")
    wrong = [
        module
        for module, at_top in imports(path)
        if (library := module.split(".")[0]) in HEAVY
        and ((at_top and not (late and library in AT_TOP)) or not any(fnmatch(name(path), place) for place in HEAVY[library]))
    ]

    assert wrong == []


def test_the_page_is_imported_late() -> None:
    """No other room imports the page at the top of a module, so its library costs other commands nothing."""
    early = [
        name(path)
        for path in MODULES
        if not name(path).startswith(f"{LATE}/")
        for module, at_top in imports(path)
        if at_top and module.startswith(f"generator.{LATE}.")
    ]

    assert early == []


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
