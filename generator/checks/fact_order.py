"""Ask the reader whether each fact still stands by its own words, where one of them moved."""

import re
from bisect import bisect_right
from itertools import pairwise

from generator.base.message_text import INLINE_TAG, PLACEHOLDER
from generator.base.sentences import has_full_stop, letters_and_facts, sentence_edges
from generator.checks import Findings, Rule, Severity, Subject
from generator.model import Language

# A fact or a number, and the number of its sentence.
Spot = tuple[str, int]
# Words around a fact that tell which one it is.
_BEFORE, _AFTER = 4, 2
_STOPS = re.compile(r"[.!?…;:]\s|[.!?…;:]$")


def find_spots(
    text: str, pattern: re.Pattern[str], language: Language | None = None
) -> tuple[list[Spot], int]:
    """Return what a pattern finds, each with the number of its sentence, and how many there are.

    >>> find_spots("Call {line}. In danger call {police}.", PLACEHOLDER)
    ([('{line}', 0), ('{police}', 1)], 2)
    """
    *starts, _ = sentence_edges(text, language)
    found = [
        (match[0], bisect_right(starts, letters_and_facts(text[: match.start()])) - 1)
        for match in pattern.finditer(text)
    ]
    return found, len(starts)


def has_moved(english: tuple[list[Spot], int], own: tuple[list[Spot], int], stops: bool) -> bool:
    """Whether the same things stand in another order, or in another sentence.

    Sentences count only where the language `stops` them with a mark.
    """
    (before, count), (after, own_count) = english, own
    names, own_names = [name for name, _ in before], [name for name, _ in after]
    if sorted(names) != sorted(own_names):
        return False  # another check says so
    if names != own_names or not stops:
        return names != own_names
    if count == own_count:
        return before != after
    return _neighbours_share(before) != _neighbours_share(after)


def _neighbours_share(spots: list[Spot]) -> list[bool]:
    """Return for each two neighbours whether they stand in one sentence."""
    return [one == other for (_, one), (_, other) in pairwise(spots)]


def quoted_around(text: str, pattern: re.Pattern[str]) -> str:
    r"""Return what the English says around each thing that a pattern finds.

    >>> quoted_around("In danger call {police}. For 2 weeks, come.", re.compile(r"\{\w+\}|[0-9]+"))
    '“In danger call {police}”, “For 2 weeks”'
    """
    found = list(pattern.finditer(text))
    starts = [0, *(match.end() for match in found)]
    ends = [*(match.start() for match in found[1:]), len(text)]
    parts: list[str] = []
    for match, start, end in zip(found, starts, ends, strict=False):
        before = _STOPS.split(text[start : match.start()])[-1].split()[-_BEFORE:]
        after = re.split(r"[.,;:!?…()]", text[match.end() : end])[0].split()[:_AFTER]
        words = " ".join([*before, match[0], *after]).strip(" ,")
        parts.append(INLINE_TAG.sub("", f"“{words}”"))
    return ", ".join(dict.fromkeys(parts))


@Rule(
    why="With two numbers exchanged, somebody in danger calls the line for advice; no program "
    "knows the word order of every language.",
    hint="see which words each fact stands by in both, and sign only if they are the same",
    passes=(
        (
            "fr",
            "For advice call {advice}. In danger call {police}.",
            "Pour un conseil\u00a0: {advice}. En danger\u00a0: {police}.",
        ),
        ("fr", "Call {line}.", "Appelez le {line}."),
        ("ur", "Call {line} or {other}.", "{line} یا {other} پر کال کریں۔"),
        ("fr", "Call {line} or {other}.", "Appelez le {line}."),
        ("th", "Call {line}. Write {other}.", "โทร {line} เขียน {other}"),
        (
            "fr",
            "Come. Call {line}. Write to {other}. Stay.",
            "Venez, appelez {line}. Écrivez à {other}. Restez.",
        ),
    ),
    fails=(
        (
            "fr",
            "For advice call {advice}. In danger call {police}.",
            "Pour un conseil\u00a0: {police}. En danger\u00a0: {advice}.",
        ),
        (
            "ar",
            "For advice call {advice}, in danger {police}.",
            "للمشورة {police}، وفي الخطر {advice}.",
        ),
        (
            "fr",
            "Are you hurt? Call {line}.",
            "Appelez {line} si c'est loin. Êtes-vous blessé\u00a0?",
        ),
        ("fr", "Call {line}. Write to {other}.", "Appelez {line} et {other}. Écrivez."),
        (
            "fr",
            "Call {line}. Write to {other}. Stay.",
            "Appelez {line}, écrivez à {other}. Restez.",
        ),
    ),
    severity=Severity.WARNING,
    asks=True,
)
def fact_order(subject: Subject) -> Findings:
    """Do the facts stand in another order or sentence than in the English?"""
    own = find_spots(subject.msgstr, PLACEHOLDER, subject.language)
    stops = has_full_stop(subject.language)
    if has_moved(find_spots(subject.msgid, PLACEHOLDER), own, stops):
        yield f"the English says {quoted_around(subject.msgid, PLACEHOLDER)}"
