"""Remember what was used last, and forget the rest."""

from __future__ import annotations

from collections import OrderedDict
from typing import TypeVar

T = TypeVar("T")


class RecentlyUsed(OrderedDict[str, T]):
    """A dictionary that forgets the oldest entries."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def keep(self, key: str, value: T) -> None:
        """Remember a value as the newest."""
        self[key] = value
        self.move_to_end(key)
        while len(self) > self.limit:
            self.popitem(last=False)
