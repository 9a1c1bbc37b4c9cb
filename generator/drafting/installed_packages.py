"""Find the translation packages on this computer by the campaign's own language codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.drafting.argos_package import Package, argos_folders, discover_packages
from generator.drafting.package_files import PackageKind
from generator.problem import LeafletsError, Problem


@dataclass
class InstalledPackages:
    """The newest packages in some folders (default: Argos's own), by our language codes."""

    codes: Mapping[str, str]
    folders: Sequence[Path] | None = None
    kinds: Sequence[PackageKind] = tuple(PackageKind)

    def __post_init__(self) -> None:
        """Look into the folders, once."""
        self._packages, self.problems = discover_packages(
            argos_folders() if self.folders is None else self.folders, self.kinds
        )

    def pairs(self) -> list[tuple[str, str]]:
        """Return the pairs of our codes for which there is a package."""
        return [
            (a, b)
            for a, source in self.codes.items()
            for b, target in self.codes.items()
            if (source, target) in self._packages
        ]

    def package(self, source: str, target: str) -> Package:
        """Return the package of a pair.

        Raises LeafletsError if there is none, with what is wrong with those beside it.
        """
        pair = self.codes.get(source, ""), self.codes.get(target, "")
        if package := self._packages.get(pair):
            return package
        what = f"no package from {source} to {target}"
        hint = (
            "leaflets models lists the packages, leaflets models add FILE adds one; "
            "for many languages there is none: people write those"
        )
        raise LeafletsError(Problem("model-missing", what, hint=hint), *self.problems)
