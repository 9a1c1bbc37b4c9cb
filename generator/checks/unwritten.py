"""English that somebody must still write: the sentences of a new leaflet."""

import re

from generator.checks import Findings, Rule, Subject

_UNWRITTEN = re.compile(
    r"\bTODO\b|\bXXX\b|\bLorem ipsum\b|\bWrite (?:one|the next) step here\b"
    r"|\bSay here in one or two short sentences\b"
)


@Rule(
    why="A leaflet with the sentences of its template says nothing, and looks finished.",
    hint="write the sentence",
    passes=(("en", "Write your name here.", ""),),
    fails=(("en", "Write one step here.", ""), ("en", "TODO: opening hours", "")),
    on="source",
)
def unwritten(subject: Subject) -> Findings:
    """Does a sentence wait to be written?"""
    if found := _UNWRITTEN.search(subject.msgid):
        yield f"not written yet: {found[0]}"
