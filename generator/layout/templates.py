"""Fill templates: those of a campaign see plain data alone, run nothing, and end in time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.blocks import BlockPart, all_kinds
from generator.campaign.own_templates import shipped_twin
from generator.campaign.shipped import shipped_templates
from generator.layout.parts import unknown_kind
from generator.layout.pool import WorkerLost, WorkerPool
from generator.problem import LeafletsError, Problem

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

# What a template may do to a value; nothing here reaches an attribute by a name that is made up
# on the way.
ALLOWED_FILTERS = (
    *("default", "escape", "first", "join", "last", "length", "list"),
    *("lower", "replace", "safe", "string", "sum", "trim", "upper"),
)
# What may be called of a value; `format` is not among them.
ALLOWED_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset(
        (
            *("endswith", "lower", "removeprefix", "removesuffix"),
            *("rpartition", "partition", "startswith", "upper"),
        )
    ),
    dict: frozenset(("get", "items", "keys", "values")),
}
# Wall clock for one page of a campaign's own templates, and bytes of address space of the process
# that fills it.
FILL_SECONDS, FILL_MEMORY = 20.0, 1 << 30
_THEME_HINT = (
    "take back what was changed in it, or delete the campaign's folder to have the shipped look"
    " again"
)


def fill_template(folder: Path, name: str, /, **context: Any) -> str:
    """Return the template `name` of `folder`, filled.

    A folder that is the shipped one byte for byte is filled at once, another one in a process that
    can be ended. Raises LeafletsError with what is wrong with a campaign's own template.
    """
    if twin := shipped_twin(folder):
        return fill_here(twin, name, context)
    try:
        return _process().submit(_told, folder, name, context).result()
    except WorkerLost as error:
        what = f"it does not end or needs too much memory ({error})"
        raise LeafletsError(_wrong(folder, name, what)) from None


def fill_here(folder: Path, name: str, context: Mapping[str, Any]) -> str:
    """Return a template of a folder, filled in this process."""
    text: str = _environment(folder).get_template(name).render(context)
    return text


def _told(folder: Path, name: str, context: Mapping[str, Any]) -> str:
    """Return a template, filled; its errors become words, for foreign ones may not travel."""
    try:
        return fill_here(folder, name, context)
    except LeafletsError:  # a block that the template does not know
        raise
    except Exception as error:  # noqa: BLE001 - a template can raise anything
        line = getattr(error, "lineno", None)
        what = f"{type(error).__name__}: {str(error)[:200]}"
        raise LeafletsError(_wrong(folder, f"{name}:{line}" if line else name, what)) from None


def _wrong(folder: Path, name: str, what: str) -> Problem:
    what = f"this template cannot be filled: {what}"
    return Problem("theme", what, str(folder / name), _THEME_HINT)


@cache
def _process() -> WorkerPool:
    return WorkerPool(1, _nothing, (), FILL_SECONDS, FILL_MEMORY)


def _nothing() -> None:
    """Set nothing up: a process that fills templates needs only them."""


@cache
def _environment(folder: Path) -> SandboxedEnvironment:
    """Return the one kind of environment there is.

    It has few filters, no globals but `range` and `unknown_kind`, and no attributes but plain data.
    """
    from jinja2 import ChoiceLoader, FileSystemLoader, FunctionLoader, StrictUndefined

    environment = _Sandbox()(
        loader=ChoiceLoader([FileSystemLoader(folder), FunctionLoader(_shipped_block)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=folder.name == "site",
        lstrip_blocks=folder.name == "site",
        optimized=False,  # else a text of a gigabyte is made while the template is read
    )
    environment.globals = {"range": environment.globals["range"], "unknown_kind": unknown_kind}
    environment.filters = {name: environment.filters[name] for name in ALLOWED_FILTERS}
    return environment


def _shipped_block(name: str) -> str | None:
    """Return the shipped template of a kind, for themes and websites without one of their own."""
    kind = name.removeprefix("block-").removesuffix(".html")
    if kind not in all_kinds():
        return None
    path = shipped_templates("community") / f"block-{kind}.html"
    return path.read_text("utf-8") if path.is_file() else unknown_kind(BlockPart(kind))


def _data(value: Any) -> Collection[str]:
    """Return the names of the parts of a record of ours."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name for field in fields(value)}
    return getattr(value, "_fields", ()) if isinstance(value, tuple) else ()


def _methods(value: Any) -> frozenset[str]:
    """Return the names of what may be called of a value."""
    found = (names for kind, names in ALLOWED_METHODS.items() if isinstance(value, kind))
    return next(found, frozenset())


@cache
def _Sandbox() -> type[SandboxedEnvironment]:  # noqa: N802 - a class, made once jinja2 is imported
    from jinja2.environment import TemplateModule
    from jinja2.runtime import BlockReference, LoopContext, Macro
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Shows a template fields of our data, and nothing that could be reached through them."""

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            """Tell whether a template may see an attribute."""
            if attr.startswith("_"):
                return False
            if own := _data(obj):
                shown = attr in own or isinstance(getattr(type(obj), attr, None), property)
                return shown and not callable(value)
            return attr in _methods(obj) or isinstance(obj, LoopContext | TemplateModule)

        def is_safe_callable(self, obj: Any) -> bool:
            """Tell whether a template may call a value."""
            if isinstance(obj, Macro | BlockReference | LoopContext):
                return True
            if any(obj is one for one in self.globals.values()):
                return True
            return getattr(obj, "__name__", "") in _methods(getattr(obj, "__self__", None))

    return Sandbox
