"""What day it is."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def today() -> date:
    """Return today's date, or that of `SOURCE_DATE_EPOCH`, so that a build can be repeated.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return date.today()
