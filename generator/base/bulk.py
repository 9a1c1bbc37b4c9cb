"""Make many small values at once: Python's search for circles among them waits until the end."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def bulk_work() -> Iterator[None]:
    """Hold the collector of circles back while the block runs.

    Two hundred thousand lines of a ledger take three times as long where it runs in between.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
