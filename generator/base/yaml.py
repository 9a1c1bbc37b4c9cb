"""Read YAML as text only: no numbers, no dates, no aliases, no duplicate keys; each value knows its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from generator.base.files import read_text
from generator.base.names import nearest_name
from generator.problem import LeafletsError, Problem

T = TypeVar("T")
BLOCK = 600
"""Code points that a block may have; what may have fewer is no block."""
KEPT = 256
"""How many files are remembered, by their text: composing one costs far more than reading it again."""
HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls that reorder or hide text (CVE-2021-42574); YAML escapes bring them in as plain ASCII."""


class StrictLoader(yaml.BaseLoader):
    """A composer that refuses what makes YAML surprising."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next node; refuse aliases, anchors and tags."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        for refused, what in (
            (isinstance(event, yaml.AliasEvent), "an alias (*name)"),
            (getattr(event, "anchor", None), "an anchor (&name)"),
            (getattr(event, "tag", None), "a tag (!name)"),
        ):
            if refused:
                raise yaml.MarkedYAMLError(None, None, f"{what} is not allowed", event.start_mark)
        return super().compose_node(parent, index)


@dataclass(frozen=True)
class YamlValue:
    """One YAML value with its place; every accessor raises LeafletsError with `file:line` if it has another shape."""

    node: yaml.Node
    path: Path
    name: str = ""

    @property
    def where(self) -> str:
        """The file and the line, counted from 1."""
        return f"{self.path}:{self.node.start_mark.line + 1}"

    def fail(self, what: str, hint: str = "", code: str = "yaml-shape") -> LeafletsError:
        """Return the error to raise for this value."""
        return LeafletsError(
            Problem(code, f"{self.name + ': ' if self.name else ''}{what}", self.where, hint)
        )

    def text(self, limit: int = 2000) -> str:
        """Return the value as one line of text, 1 to `limit` code points."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.fail(
                "text is needed here", "put the text in quotes, or after | on the next line"
            )
        text = " ".join(self.node.value.split())
        if not text or text == "~":
            raise self.fail("this is empty", "write the text, or remove the line")
        if len(text) > limit:
            hint = "write it shorter" if limit < BLOCK else "split it into several blocks"
            raise self.fail(f"{len(text)} characters, at most {limit} fit", hint)
        if found := HARMFUL.search(self.node.value):
            raise self.fail(
                f"an invisible control character U+{ord(found[0]):04X}",
                "delete it and type the text again",
            )
        return text

    def match(self, pattern: re.Pattern[str], example: str) -> str:
        """Return text that matches `pattern` as a whole."""
        text = self.text()
        if not pattern.fullmatch(text):
            raise self.fail(f"{text!r} has the wrong form", f"write it like {example}")
        return text

    def choice(self, known: Iterable[str]) -> str:
        """Return text that is one of `known`."""
        text, known = self.text(), list(known)
        if text not in known:
            raise self.fail(f"{text!r} is not known here", nearest_name(text, known))
        return text

    def parsed(self, parse: Callable[[str], T], example: str) -> T:
        """Return the text as `parse` reads it; its ValueError becomes an error with an example."""
        text = self.text()
        try:
            return parse(text)
        except ValueError:
            raise self.fail(f"{text!r} has the wrong form", f"write it like {example}") from None

    def items(self) -> list[YamlValue]:
        """Return the values of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fail(
                "a list is needed here",
                "write one line a value, each starting with a hyphen and a space",
            )
        return [YamlValue(node, self.path, self.name) for node in self.node.value]

    def mapping(
        self, required: Iterable[str] = (), optional: Iterable[str] | None = ()
    ) -> dict[str, YamlValue]:
        """Return the values by key, in the order of the file; `optional=None` allows any key."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fail(
                "keys and values are needed here",
                "write `key: value`, with a space after the colon",
            )
        found: dict[str, YamlValue] = {}
        for key_node, node in self.node.value:
            key = YamlValue(key_node, self.path).text()
            if key in found:
                raise YamlValue(key_node, self.path, key).fail(
                    "this key stands here twice", "keep one of the two", "yaml-twice"
                )
            known = None if optional is None else {*required, *optional}
            if known is not None and key not in known:
                raise YamlValue(key_node, self.path, key).fail(
                    "this key is not known here", nearest_name(key, known), "yaml-key"
                )
            found[key] = YamlValue(node, self.path, key)
        if missing := [key for key in required if key not in found]:
            raise self.fail(
                f"{missing[0]!r} is missing", f"add a line `{missing[0]}: …`", "yaml-missing"
            )
        return found


def load_yaml(path: Path) -> YamlValue:
    """Return the root of a YAML file; raise LeafletsError with file, line, column and advice."""
    text = read_text(path)
    try:
        return YamlValue(_root(text), path)
    except LeafletsError as error:
        raise LeafletsError(
            *(problem.at(where=f"{path}{problem.where}") for problem in error.problems)
        ) from None


@lru_cache(KEPT)
def _root(text: str) -> yaml.Node:
    """Return the root of a YAML text; errors name the line as `:7`."""
    _refuse_tabs(text)
    try:
        node = yaml.compose(text, Loader=StrictLoader)
    except yaml.MarkedYAMLError as error:
        raise LeafletsError(_syntax(error)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise LeafletsError(
            Problem("yaml-syntax", "a character that YAML does not allow", f":{line}", "delete it")
        ) from None
    except RecursionError:
        raise LeafletsError(
            Problem("yaml-syntax", "nested too deeply", hint="use fewer levels")
        ) from None
    if node is None:
        raise LeafletsError(
            Problem("file-empty", "nothing but comments", hint="get it back from git or a backup")
        )
    _refuse_lost(node, text)
    return node


def _refuse_tabs(text: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip(" ").startswith("\t"):
            raise LeafletsError(
                Problem(
                    "yaml-tab",
                    "a tab at the start of the line",
                    f":{number}",
                    "put spaces in place of the tab",
                )
            )


def _refuse_lost(node: yaml.Node, text: str) -> None:
    """Raise LeafletsError where YAML would silently keep only what stands before ` #`."""
    if isinstance(node, yaml.ScalarNode) and node.style is None:
        rest = text[node.end_mark.index :].partition("\n")[0]
        if node.value and rest.lstrip(" ").startswith("#"):
            hint = "YAML drops what follows ` #`: put the text in quotes, or the remark on a line of its own"
            raise LeafletsError(
                Problem("yaml-comment", "text followed by #", f":{node.end_mark.line + 1}", hint)
            )
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _refuse_lost(child, text)
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            _refuse_lost(key, text)
            _refuse_lost(child, text)


def _syntax(error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
    hint = "check quotes, colons and spaces there; text with `: ` or that starts with { [ * & ! % @ needs quotes"
    return Problem("yaml-syntax", error.problem or "not YAML", where, hint)
