"""Ask the reader whether each fact still stands by its own words where their order, or their sentence, is another one."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, pairwise

from generator.base.message_text import INLINE_TAG, MARKUP_PART, PLACEHOLDER
from generator.checks import Finding, Subject, check
from generator.checks.sentence_count import ENGLISH_ENDS, has_full_stop, split_sentences
from generator.problem import Severity

Spot = tuple[str, int]
"""A fact or a number, and the number of its sentence."""
BEFORE, AFTER = 4, 2
"""Words around a fact that tell which one it is."""
STOPS = re.compile(r"[.!?…;:]\s|[.!?…;:]$")


def find_spots(
    text: str, pattern: re.Pattern[str], ends: str = ENGLISH_ENDS, spaced: bool = True
) -> tuple[list[Spot], int]:
    """Return what a pattern finds, each with the number of its sentence, and how many sentences there are.

    >>> find_spots("Call {line}. In danger call {police}.", NAME)
    ([('{line}', 0), ('{police}', 1)], 2)
    """
    lengths = [letters_and_facts(sentence) for sentence in split_sentences(text, ends, spaced)]
    starts = [0, *accumulate(lengths)][:-1]
    found = [
        (match[0], bisect_right(starts, letters_and_facts(text[: match.start()])) - 1)
        for match in pattern.finditer(text)
    ]
    return found, len(lengths)


def letters_and_facts(text: str) -> int:
    """Return how many letters and digits a text has, a fact for two.

    >>> letters_and_facts("<b>Go</b> to {place}.")
    6
    """
    return sum(
        map(str.isalnum, MARKUP_PART.sub(lambda cut: "Xx" if cut[0][0] == "{" else "", text))
    )


def has_moved(english: tuple[list[Spot], int], own: tuple[list[Spot], int], stops: bool) -> bool:
    """Whether the same things stand in another order, or in another sentence where sentences can be told apart."""
    (before, count), (after, others) = english, own
    names, same = [name for name, _ in before], [name for name, _ in after]
    if sorted(names) != sorted(same):
        return False  # another check says so
    if names != same or not stops:
        return names != same
    if count == others:
        return before != after
    return [one == next_ for (_, one), (_, next_) in pairwise(before)] != [
        one == next_ for (_, one), (_, next_) in pairwise(after)
    ]


def quoted_around(text: str, pattern: re.Pattern[str]) -> str:
    """Return what the English says around each thing that a pattern finds.

    >>> quoted_around("In danger call {police}. For 2 weeks, come.", re.compile(NAME.pattern + "|[0-9]+"))
    '“In danger call {police}”, “For 2 weeks”'
    """
    found = list(pattern.finditer(text))
    edges = (
        [0, *(match.end() for match in found)],
        [*(match.start() for match in found[1:]), len(text)],
    )
    parts: list[str] = []
    for match, start, end in zip(found, *edges, strict=False):
        before = STOPS.split(text[start : match.start()])[-1].split()[-BEFORE:]
        after = re.split(r"[.,;:!?…()]", text[match.end() : end])[0].split()[:AFTER]
        parts.append(INLINE_TAG.sub("", f"“{' '.join([*before, match[0], *after]).strip(' ,')}”"))
    return ", ".join(dict.fromkeys(parts))


@check(
    why="With two numbers exchanged, somebody in danger calls the line for advice; no program knows the word order of every language.",
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
def fact_order(subject: Subject) -> Iterator[Finding]:
    """Do the facts stand in another order or sentence than in the English?"""
    language = subject.language
    own = find_spots(subject.msgstr, PLACEHOLDER, language.ends, language.spaced)
    if has_moved(find_spots(subject.msgid, PLACEHOLDER), own, has_full_stop(language.ends)):
        yield f"the English says {quoted_around(subject.msgid, PLACEHOLDER)}"
