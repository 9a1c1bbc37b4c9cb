"""How the house reads: sizes, names, comments and doubles of `generator/`, counted from its syntax trees.

Run it with `.venv/bin/python tests/benchmarks/bench_house.py [FOLDER]`; FOLDER holds another checkout to compare with.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
WORD = re.compile(r"_|(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class Module:
    """One module: its name below the package, its lines, its tree."""

    name: str
    lines: tuple[str, ...]
    tree: ast.Module

    @property
    def functions(self) -> list[ast.FunctionDef]:
        """Every function and method."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)]

    @property
    def names(self) -> Iterator[str]:
        """The public names at the top of the module."""
        for node in self.tree.body:
            found = [node.name] if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
            if isinstance(node, ast.Assign):
                found = [target.id for target in node.targets if isinstance(target, ast.Name)]
            yield from (name for name in found if not name.startswith("_"))


def modules(root: Path) -> list[Module]:
    """Return every module of the program in a checkout."""
    folder = root / "generator"
    texts = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.py"))}
    return [Module(name, tuple(text.splitlines()), ast.parse(text)) for name, text in texts.items()]


def tenth(values: list[int]) -> int:
    """Return the value that a tenth of all pass."""
    return sorted(values)[int(len(values) * 0.9)]


def used_once(house: list[Module]) -> tuple[int, int]:
    """Return how many private functions there are, and how many stand in one place of their module only."""
    found = once = 0
    for module in house:
        uses = Counter(node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
        uses += Counter(node.attr for node in ast.walk(module.tree) if isinstance(node, ast.Attribute))
        private = [one.name for one in module.functions if re.match("_(?!_)", one.name)]
        found, once = found + len(private), once + sum(uses[name] == 1 for name in private)
    return found, once


def statements(house: list[Module]) -> dict[str, int]:
    """Return how many statements there are: all, imports, and texts that only people read."""
    nodes = [node for module in house for node in ast.walk(module.tree) if isinstance(node, ast.stmt)]
    texts = [node for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)]
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    return {"all": len(nodes), "imports": len(imports), "docstrings": len(texts), "others": len(nodes) - len(imports) - len(texts)}


def parameters(function: ast.FunctionDef) -> int:
    """Return how many parameters a function takes, without `self` and `cls`."""
    given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return len([one for one in given if one.arg not in ("self", "cls")])


def rows(house: list[Module]) -> Iterator[tuple[str, object]]:
    """Yield what is measured, with its figure."""
    lines = [line for module in house for line in module.lines]
    lengths = [one.end_lineno - one.lineno + 1 for module in house for one in module.functions if one.end_lineno]
    where, classes, names = defaultdict(set), defaultdict(set), [name for module in house for name in module.names]
    for module in house:
        for name in module.names:
            where[name].add(module.name)
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                classes[node.name].add(module.name)
    rooms = Counter(module.name.split("/")[0] for module in house for _ in module.lines)
    words = [len(list(filter(None, WORD.split(name)))) for name in names if not name.isupper()]
    private, once = used_once(house)
    yield "modules", len(house)
    yield "lines", len(lines)
    yield (
        "module, median and most lines",
        f"{median(len(module.lines) for module in house):.0f} / {max(len(module.lines) for module in house)}",
    )
    yield "function, median and ninth tenth", f"{median(lengths):.0f} / {tenth(lengths)}"
    yield "line length, ninth tenth and longest", f"{tenth([len(line) for line in lines])} / {max(map(len, lines))}"
    yield "comment lines", f"{100 * sum(line.lstrip().startswith('#') for line in lines) / len(lines):.1f} %"
    yield "words of a public name of a function or class", f"{sum(words) / len(words):.2f}"
    yield "names at the top of more than one module", f"{100 * sum(len(found) > 1 for found in where.values()) / len(where):.1f} %"
    yield "class names used twice", sum(len(found) > 1 for found in classes.values())
    yield "private functions used once", f"{once} of {private}"
    yield "functions of more than six parameters", sum(parameters(one) > 6 for module in house for one in module.functions)
    yield "statements", ", ".join(f"{count} {kind}" for kind, count in statements(house).items())
    yield "largest room", "{} with {} lines".format(*rooms.most_common(1)[0])


if __name__ == "__main__":
    for what, figure in rows(modules(Path(sys.argv[1]) if sys.argv[1:] else ROOT)):
        print(f"{what:48} {figure}")
