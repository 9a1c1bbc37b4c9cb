"""What drafts translations: the protocol of an engine, and the engines that are installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, entry_points
from pathlib import Path
from typing import Protocol

from generator.base.names import nearest_name
from generator.model import Language
from generator.problem import Problem, UsageError

# The entry point group by which packages offer engines.
ENGINE_GROUP = "leaflets.engines"
INSTALL_HINT = (
    "make draft, typed in the folder of the program, installs it; "
    "elsewhere: pip install 'solidarity-leaflets[draft]'"
)


@dataclass(frozen=True)
class Guess:
    """What an engine makes of one text."""

    text: str = ""
    score: float | None = None
    """Mean log-probability per token, 0 at best; None if the engine does not tell."""
    fault: str = ""
    """Why there is no usable text, in words; empty if there is."""


EMPTY_TEXT = Guess(fault="there is nothing to translate")


@dataclass(frozen=True)
class Origin:
    """Where the guesses of an engine for one pair come from, for the ledger and for credit."""

    engine: str
    """Short name with version, such as argos-4.8.5; at most 24 characters."""
    package: str = ""
    """Such as en_fr-1.9; empty for engines without packages."""
    sha256: str = ""
    """Of the package."""
    settings: str = ""
    """Such as beam 4, patience 2."""
    licence: str = ""
    """Licence and credit as the package states them."""


@dataclass(frozen=True)
class EngineSetup:
    """What an engine may want to know when it is made."""

    languages: Mapping[str, Language]
    """The language table, by our codes."""
    folders: Sequence[Path] = ()
    """Where translation packages may be."""
    fast: bool = False
    """Whether quick is better than good."""

    @property
    def codes(self) -> dict[str, str]:
        """Argos's code for each of our languages that has one."""
        return {code: row.argos for code, row in self.languages.items() if row.argos}


class Engine(Protocol):
    """Translates texts from one language into another, offline unless it says otherwise."""

    name: str
    offline: bool
    fake: bool
    """Whether its texts only fill the layout and are no translations."""

    @classmethod
    def set_up(cls, setup: EngineSetup) -> Engine:
        """Return the engine, ready; raise ImportError if its library is not installed."""

    @property
    def version(self) -> str:
        """The version of the engine's own library."""

    def pairs(self) -> Sequence[tuple[str, str]]:
        """Return the pairs of our language codes that can be translated now, source first."""

    def origin(self, source: str, target: str) -> Origin:
        """Return where the guesses for a pair come from.

        Raises LeafletsError if the pair is not there.
        """

    def translate(self, batch: Sequence[str], source: str, target: str) -> list[Guess]:
        """Return one guess for each text, in order; one that cannot be translated has a fault.

        Raises LeafletsError if the pair is not there or its package is broken.
        """


def load_engine(name: str, setup: EngineSetup) -> Engine:
    """Return an engine by name; raise UsageError with the near names, or with what to install."""
    found = {point.name: point for point in entry_points(group=ENGINE_GROUP)}
    if name not in found:
        hint = nearest_name(name, found)
        raise UsageError(Problem("unknown-name", f"no engine {name!r}", hint=hint))
    try:
        engine: Engine = found[name].load().set_up(setup)
    except (ImportError, PackageNotFoundError) as error:
        what = f"the engine {name} needs {error.name}"
        raise UsageError(Problem("engine-missing", what, hint=INSTALL_HINT)) from None
    return engine
