"""Read YAML as text only, with the line of each value.

No numbers, no dates, no aliases, no duplicate keys: what stands in the file is what counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import yaml

from generator.base.files import read_text
from generator.base.names import nearest_name
from generator.problem import LeafletsError, Problem, refusal

T = TypeVar("T")
# Code points that a block may have; a text with a lower limit is no block.
LONGEST_BLOCK = 600
# How many files are remembered, by their text: composing costs far more than reading.
_CACHED_FILES = 256
# Controls that reorder or hide text (CVE-2021-42574); YAML escapes bring them in as ASCII.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069"
    "\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


class StrictLoader(yaml.BaseLoader):
    """A composer that refuses what makes YAML surprising."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next node; refuse aliases, anchors and tags."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        refused = (
            (isinstance(event, yaml.AliasEvent), "an alias (*name)"),
            (getattr(event, "anchor", None), "an anchor (&name)"),
            (getattr(event, "tag", None), "a tag (!name)"),
        )
        for found, what in refused:
            if found:
                raise yaml.MarkedYAMLError(None, None, f"{what} is not allowed", event.start_mark)
        return super().compose_node(parent, index)


@dataclass(frozen=True)
class YamlValue:
    """One YAML value with its place.

    Every accessor raises LeafletsError with `file:line` if the value has another shape.
    """

    node: yaml.Node
    path: Path
    name: str = ""

    @property
    def where(self) -> str:
        """The file and the line, counted from 1."""
        return f"{self.path}:{self.node.start_mark.line + 1}"

    def fail(self, what: str, hint: str = "", code: str = "yaml-shape") -> LeafletsError:
        """Return the error to raise for this value."""
        return refusal(code, f"{self.name + ': ' if self.name else ''}{what}", self.where, hint)

    def text(self, limit: int = 2000) -> str:
        """Return the value as one line of text, 1 to `limit` code points."""
        if not isinstance(self.node, yaml.ScalarNode):
            hint = "put the text in quotes, or after | on the next line"
            raise self.fail("text is needed here", hint)
        text = " ".join(self.node.value.split())
        if not text or text == "~":
            raise self.fail("this is empty", "write the text, or remove the line")
        if len(text) > limit:
            hint = "write it shorter" if limit < LONGEST_BLOCK else "split it into several blocks"
            raise self.fail(f"{len(text)} characters, at most {limit} fit", hint)
        if found := _HARMFUL.search(self.node.value):
            what = f"an invisible control character U+{ord(found[0]):04X}"
            raise self.fail(what, "delete it and type the text again")
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
            hint = "write one line a value, each starting with a hyphen and a space"
            raise self.fail("a list is needed here", hint)
        return [YamlValue(node, self.path, self.name) for node in self.node.value]

    def mapping(
        self, required: Iterable[str] = (), optional: Iterable[str] | None = ()
    ) -> dict[str, YamlValue]:
        """Return the values by key, in the order of the file; `optional=None` allows any key."""
        if not isinstance(self.node, yaml.MappingNode):
            hint = "write `key: value`, with a space after the colon"
            raise self.fail("keys and values are needed here", hint)
        known = None if optional is None else {*required, *optional}
        found: dict[str, YamlValue] = {}
        for key_node, node in self.node.value:
            key = YamlValue(key_node, self.path).text()
            named = YamlValue(key_node, self.path, key)
            if key in found:
                raise named.fail("this key stands here twice", "keep one of the two", "yaml-twice")
            if known is not None and key not in known:
                raise named.fail("this key is not known here", nearest_name(key, known), "yaml-key")
            found[key] = YamlValue(node, self.path, key)
        for key in required:
            if key not in found:
                raise self.fail(f"{key!r} is missing", f"add a line `{key}: …`", "yaml-missing")
        return found


def load_yaml(path: Path) -> YamlValue:
    """Return the root of a YAML file; raise LeafletsError with file, line, column and advice."""
    text = read_text(path)
    try:
        return YamlValue(_root(text), path)
    except LeafletsError as error:
        raise error.under(str(path)) from None


@lru_cache(_CACHED_FILES)
def _root(text: str) -> yaml.Node:
    """Return the root of a YAML text; errors name the line as `:7`."""
    _refuse_tabs(text)
    try:
        node = yaml.compose(text, Loader=StrictLoader)
    except yaml.MarkedYAMLError as error:
        raise LeafletsError(_syntax_problem(error)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        what = "a character that YAML does not allow"
        raise refusal("yaml-syntax", what, f":{line}", "delete it") from None
    except RecursionError:
        raise refusal("yaml-syntax", "nested too deeply", hint="use fewer levels") from None
    if node is None:
        hint = "get it back from git or a backup"
        raise refusal("file-empty", "nothing but comments", hint=hint)
    _refuse_lost_text(node, text)
    return node


def _refuse_tabs(text: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip(" ").startswith("\t"):
            hint = "put spaces in place of the tab"
            raise refusal("yaml-tab", "a tab at the start of the line", f":{number}", hint)


def _refuse_lost_text(node: yaml.Node, text: str) -> None:
    """Raise LeafletsError where YAML would silently keep only what stands before ` #`."""
    if isinstance(node, yaml.ScalarNode) and node.style is None:
        rest = text[node.end_mark.index :].partition("\n")[0]
        if node.value and rest.lstrip(" ").startswith("#"):
            quotes = "put the text in quotes, or the remark on a line of its own"
            hint = f"YAML drops what follows ` #`: {quotes}"
            where = f":{node.end_mark.line + 1}"
            raise refusal("yaml-comment", "text followed by #", where, hint)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _refuse_lost_text(child, text)
    elif isinstance(node, yaml.MappingNode):
        for child in chain.from_iterable(node.value):
            _refuse_lost_text(child, text)


def _syntax_problem(error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
    quotes = "text with `: ` or that starts with { [ * & ! % @ needs quotes"
    hint = f"check quotes, colons and spaces there; {quotes}"
    return Problem("yaml-syntax", error.problem or "not YAML", where, hint)
