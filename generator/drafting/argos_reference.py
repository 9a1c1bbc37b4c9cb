"""Translate by the real argostranslate, one text after another, to check our own engine.

It is slow and large. Its own ways to find the ends of sentences want a download, so each line is
one sentence here. Importing it makes Argos's folders in the home.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from generator.drafting.argos import (
    EMPTY_DRAFT,
    INVISIBLE_CHARS,
    NO_POSITION,
    TEXT_TOO_LONG,
    model_errors,
)
from generator.drafting.argos_package import Package
from generator.drafting.engine import EMPTY_TEXT, EngineSetup, Guess, Origin
from generator.drafting.installed_packages import InstalledPackages
from generator.drafting.package_files import PackageKind
from generator.problem import Problem, UsageError

REFERENCE_HINT = (
    "make test-argostranslate installs it beside; "
    "elsewhere: pip install 'solidarity-leaflets[argostranslate]' (1.4 GB)"
)


class LineSplitter:
    """Stands in for argostranslate's own splitters, which ask the network."""

    def split_sentences(self, text: str) -> list[str]:
        """Return the text as one sentence; argostranslate has already cut it into lines."""
        return [text]


@dataclass
class ArgosReference:
    """The engine; `codes` gives Argos's code for each of ours.

    `folders` hold unpacked packages (default: Argos's own).
    """

    codes: Mapping[str, str]
    folders: Sequence[Path] | None = None
    name: str = field(default="argostranslate", init=False)
    offline: bool = field(default=True, init=False)
    fake: bool = field(default=False, init=False)
    version: str = field(init=False)
    _current: tuple[Package, Any] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        """Look up the library's version; raise UsageError if it is not installed."""
        try:
            self.version = version("argostranslate")
        except PackageNotFoundError:
            what = "argostranslate is not installed"
            raise UsageError(Problem("engine-missing", what, hint=REFERENCE_HINT)) from None
        self.packages = InstalledPackages(self.codes, self.folders, kinds=(PackageKind.FOLDER,))

    @classmethod
    def set_up(cls, setup: EngineSetup) -> ArgosReference:
        """Return the engine for a campaign's languages and folders."""
        return cls(setup.codes, setup.folders or None)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the pairs of our codes for which there is an unpacked package."""
        return self.packages.pairs()

    def origin(self, source: str, target: str) -> Origin:
        """Return library, package, its digest and licence for a pair.

        Raises LeafletsError if there is no package.
        """
        engine = f"{self.name}-{self.version}"
        return self.packages.package(source, target).origin(engine, "its own settings")

    def translate(self, batch: Sequence[str], source: str, target: str) -> list[Guess]:
        """Return a guess without score for each text.

        Raises LeafletsError if there is no package or it does not work.
        """
        package = self.packages.package(source, target)
        with model_errors(package):
            if self._current is None or self._current[0] != package:
                self._current = (package, load_translation(package.path))
            translation = self._current[1]
            return [_guess(translation, text) if text.strip() else EMPTY_TEXT for text in batch]


def load_translation(folder: Path) -> Any:
    """Return argostranslate's translation for an unpacked package.

    It has neither its own splitter nor telemetry.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from argostranslate.package import Package as Unpacked
    from argostranslate.translate import Language, PackageTranslation

    unpacked = Unpacked(folder)
    source = Language(unpacked.from_code, unpacked.from_name)
    target = Language(unpacked.to_code, unpacked.to_name)
    translation = PackageTranslation(source, target, unpacked)
    translation.sentencizer = LineSplitter()
    return translation


def _guess(translation: Any, text: str) -> Guess:
    try:
        found = translation.translate(text)
    except RuntimeError as error:
        if NO_POSITION not in str(error):
            raise
        return TEXT_TOO_LONG
    return Guess(found) if found.strip(INVISIBLE_CHARS) else EMPTY_DRAFT
