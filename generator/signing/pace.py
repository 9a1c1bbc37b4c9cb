"""How long a sentence must have stood on the screen before a press of a button can be an answer to it: the longer, the longer."""

from __future__ import annotations

SHORTEST_PAUSE, LONGEST = 1.5, 6.0
"""Seconds: no second press of a double one comes later than the first, and nobody waits longer than the second."""
PER_SIGN = 0.02
"""Seconds for each code point of what is to be compared: quick readers read half as fast."""


def reading_pause(*texts: str) -> float:
    """Return the seconds for which texts must have been shown.

    >>> reading_pause("Call us."), reading_pause("You are not alone. " * 4, "No estás solo. " * 4), reading_pause("word " * 200)
    (1.5, 2.72, 6.0)
    """
    return min(LONGEST, max(SHORTEST_PAUSE, round(PER_SIGN * sum(map(len, texts)), 3)))
