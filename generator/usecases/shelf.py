"""The campaign as it stands on the disk now, for a page that stays open while other programs write."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.edges.project import Project
from generator.usecases.source import Source


@dataclass
class Shelf:
    """Hands out the inputs of the campaign in `root`, read again when a file changed."""

    root: Path

    def source(self) -> Source:
        """Return the inputs as the files are now."""
        return Source(Project(self.root))
