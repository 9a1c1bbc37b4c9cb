"""What is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One finding; `code` is stable for ever, so that people and tests may name it."""

    code: str
    what: str
    where: str = ""
    hint: str = ""
    severity: Severity = "error"
    leaflet: str = ""
    language: str = ""
    msgctxt: str = ""

    def at(self, **places: str) -> Problem:
        """Return the same finding with `where`, `leaflet`, `language` or `msgctxt` filled in."""
        return replace(self, **{name: value for name, value in places.items() if value})  # type: ignore[arg-type]

    def line(self) -> str:
        """Return the finding as one line for a terminal."""
        where = self.where or "/".join(
            part for part in (self.leaflet, self.language, self.msgctxt) if part
        )
        hint = f" → {self.hint}" if self.hint else ""
        return f"{self.severity}: {where + ': ' if where else ''}{self.what}{hint} [{self.code}]"

    def row(self) -> dict[str, str]:
        """Return the finding as the JSON object that `--json` promises."""
        return asdict(self)


class LeafletsError(Exception):
    """Work cannot go on; `problems` say why. The command line shows them and exits with 1."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(problem.line() for problem in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[LeafletsError], tuple[Problem, ...]]:
        """Keep the problems when the error travels between processes."""
        return type(self), self.problems


class UsageError(LeafletsError):
    """The command named something that does not exist; exit code 2."""

    exit_code = 2


def errors_among(problems: Iterable[Problem]) -> list[Problem]:
    """Return the findings that stop an edition."""
    return [problem for problem in problems if problem.severity == "error"]
