"""Break the rules on purpose, one small change at a time, and count the changes that no test sees: `make mutants`.

A mutant is one module with one change: a comparison turned round, `and` for `or`, a number one off, a step left out. It is killed
when a test fails. The changes are drawn by a seed, so that two runs break the same. What survives is printed with its line;
`SURVIVORS` says of known ones why nothing is lost.
"""

from __future__ import annotations

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGETS: dict[str, tuple[str, ...]] = {
    "review/state": ("review/test_state.py",),
    "review/support": ("review/test_state.py",),
    "review/recall_rules": ("editions/test_printed.py", "editions/test_lookups.py"),
    "base/message_text": ("base/test_message_text.py", "base/test_spaces.py"),
    "catalogue/change": ("catalogue/test_change.py", "catalogue/test_spelling.py"),
    "imposition/geometry": ("imposition/test_geometry.py",),
    "proof/edition_proof": ("proof/test_proof.py",),
    "proof/rows": ("proof/test_proof.py",),
    "web/guard": ("web/test_guard.py",),
}
"""The modules that hold the rules nothing may break, below generator/, and the tests that know them, below tests/."""
EACH, SEED, SECONDS = 20, 2026, 300
"""Mutants of a module, what draws them, and how long the tests of one may take: one that hangs is killed as well."""
KILLED = 0.9
"""The share of mutants that the tests must kill."""
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Mod: ast.Mult,
}  # fmt: skip
SURVIVORS: dict[str, str] = {}
"""Mutants that may live, as `module: line of the code -> what it became`, each with the reason."""


@dataclass(frozen=True)
class Mutant:
    """One module with one change."""

    module: str
    line: int
    was: str
    became: str
    source: str

    @property
    def name(self) -> str:
        """What names it in `SURVIVORS`, wherever its line stands by now."""
        return f"{self.module}: {self.was} -> {self.became}"


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what a node of the code can become."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARED:
        yield ast.Compare(node.left, [COMPARED[type(node.ops[0])]()], node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC and not isinstance(node.left, ast.Constant):
        yield ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(node.test, node.orelse, node.body)
    elif isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom)):
        yield ast.Pass()


def hints(tree: ast.Module) -> set[int]:
    """Return the nodes that no program looks at: hints of types, docstrings, and what `print` or an error says."""
    found: set[int] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef):
            parts = [node.returns, *(argument.annotation for argument in ast.walk(node.args) if isinstance(argument, ast.arg))]
        elif isinstance(node, ast.AnnAssign):
            parts = [node.annotation]
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            parts = [node]
        found |= {id(inner) for part in parts if part for inner in ast.walk(part)}
    return found


def mutants(module: str) -> list[Mutant]:
    """Return every mutant of a module, in the order of its lines."""
    text = (ROOT / "generator" / f"{module}.py").read_text("utf-8")
    tree = ast.parse(text)
    found, deaf = [], hints(tree)
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in deaf:
            continue
        for became in changes(node):
            copy = deepcopy(tree)
            target = list(ast.walk(copy))[number]
            source = ast.unparse(ast.fix_missing_locations(Swap(target, became).visit(copy)))
            found.append(Mutant(module, node.lineno, ast.unparse(node), ast.unparse(became), source))  # type: ignore[attr-defined]
    return sorted(found, key=lambda mutant: (mutant.line, mutant.was, mutant.became))


class Swap(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the node, or what stands in its place."""
        return self.new if node is self.old else self.generic_visit(node)


def checkout(folder: Path) -> Path:
    """Return a copy of the checkout in which a module can be broken.

    The code is copied, for a linked test would look for the program beside its own file; what is only read is linked.
    """
    folder.mkdir(parents=True)
    for name in ("generator", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in ROOT.iterdir():
        if path.name not in ("generator", "tests", ".git", "output", "build", "dist"):
            (folder / path.name).symlink_to(path)
    return folder


def killed(mutant: Mutant, folder: Path) -> bool:
    """Tell whether a test fails in a checkout with the mutant, or does not end."""
    path = folder / "generator" / f"{mutant.module}.py"
    before = path.read_text("utf-8")
    path.write_text(mutant.source, "utf-8")
    tests = [f"tests/{name}" for name in TARGETS[mutant.module]]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-p",
        "no:xdist",
        "-p",
        "no:faulthandler",
        "-m",
        "not tools and not long",
        *tests,
    ]
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return True
    finally:
        path.write_text(before, "utf-8")
    return done.returncode != 0


def chosen(module: str, each: int = EACH, seed: int = SEED) -> list[Mutant]:
    """Return the mutants of a module that a seed draws."""
    found = mutants(module)
    return sorted(random.Random(f"{seed}{module}").sample(found, min(each, len(found))), key=lambda mutant: mutant.line)  # noqa: S311


def survivors(todo: list[Mutant], folder: Path, jobs: int) -> list[Mutant]:
    """Return the mutants that no test kills, saying of each as it comes; in each of some checkouts one at a time."""
    places = [checkout(folder / str(number)) for number in range(jobs)]

    def some(number: int) -> list[Mutant]:
        left = []
        for mutant in todo[number::jobs]:
            dead = killed(mutant, places[number])
            print(f"{'killed  ' if dead else 'SURVIVED'} {mutant.module}:{mutant.line} {mutant.was} -> {mutant.became}", flush=True)
            left += [] if dead else [mutant]
        return left

    with ThreadPoolExecutor(jobs) as pool:
        return [mutant for left in pool.map(some, range(jobs)) for mutant in left]


def main(modules: list[str]) -> int:
    """Break the modules, or all, and return 0 if at least nine in ten of the mutants are killed."""
    todo = [mutant for module in modules or TARGETS for mutant in chosen(module)]
    with tempfile.TemporaryDirectory() as folder:
        left = survivors(todo, Path(folder) / "checkouts", os.cpu_count() or 1)
    unknown = [mutant for mutant in left if mutant.name not in SURVIVORS]
    print(f"{len(todo) - len(left)} of {len(todo)} mutants killed; {len(unknown)} survived without a known reason")
    return 0 if len(todo) - len(left) >= KILLED * len(todo) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
