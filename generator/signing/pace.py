"""How long a sentence must be on the screen before a button works: longer for a longer one."""

from __future__ import annotations

# Seconds: the second press of a double click comes sooner, and nobody waits longer.
SHORTEST_PAUSE, LONGEST = 1.5, 6.0

# Seconds for each code point of what is to be compared: quick readers read half as fast.
PER_SIGN = 0.02


def reading_pause(*texts: str) -> float:
    """Return the seconds for which texts must have been shown.

    >>> reading_pause("Call us."), reading_pause("word " * 200)
    (1.5, 6.0)
    >>> reading_pause("You are not alone. " * 4, "No estás solo. " * 4)
    2.72
    """
    return min(LONGEST, max(SHORTEST_PAUSE, round(PER_SIGN * sum(map(len, texts)), 3)))
