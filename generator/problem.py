"""What is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """Whether a finding stops an edition."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One finding; its `code` never changes, so that people and tests may name it."""

    code: str
    what: str
    where: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR
    leaflet: str = ""
    language: str = ""
    msgctxt: str = ""

    def __post_init__(self) -> None:
        """Take a severity that was read from a file as its text."""
        object.__setattr__(self, "severity", Severity(self.severity))

    def at(self, **places: str) -> Problem:
        """Return the same finding with `where`, `leaflet`, `language` or `msgctxt` filled in."""
        return replace(self, **{name: value for name, value in places.items() if value})  # type: ignore[arg-type]

    def as_warning(self) -> Problem:
        """Return the same finding as one that stops nothing."""
        return replace(self, severity=Severity.WARNING)

    def line(self) -> str:
        """Return the finding as one line for a terminal."""
        parts = (self.leaflet, self.language, self.msgctxt)
        where = self.where or "/".join(filter(None, parts))
        place = f"{where}: " if where else ""
        hint = f" → {self.hint}" if self.hint else ""
        return f"{self.severity}: {place}{self.what}{hint} [{self.code}]"

    def row(self) -> dict[str, str]:
        """Return the finding as the JSON object that `--json` promises."""
        return asdict(self)


class LeafletsError(Exception):
    """Work cannot go on; `problems` say why. The command line shows them and exits with 1."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(problem.line() for problem in problems))
        self.problems = problems

    def under(self, prefix: str) -> LeafletsError:
        """Return the same error with what was read put before each place, such as its file."""
        problems = (problem.at(where=prefix + problem.where) for problem in self.problems)
        return LeafletsError(*problems)

    def __reduce__(self) -> tuple[type[LeafletsError], tuple[Problem, ...]]:
        """Keep the problems when the error travels between processes."""
        return type(self), self.problems


class UsageError(LeafletsError):
    """The command named something that does not exist; exit code 2."""

    exit_code = 2


def refusal(code: str, what: str, where: object = "", hint: str = "") -> LeafletsError:
    """Return the error for a single problem; `where` is a path, or text such as `file:line`."""
    return LeafletsError(Problem(code, what, str(where), hint))


def errors_among(problems: Iterable[Problem]) -> list[Problem]:
    """Return the findings that stop an edition."""
    return [problem for problem in problems if problem.severity == Severity.ERROR]
