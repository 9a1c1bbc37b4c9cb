"""What day it is."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def today() -> date:
    """Return today's date, or that of `SOURCE_DATE_EPOCH` (seconds since 1970) where a build must not depend on the day.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (
        datetime.fromtimestamp(int(fixed), UTC).date()
        if fixed.isascii() and fixed.isdigit()
        else date.today()
    )
