"""English sentences of at most 20 words."""

import re

from generator.checks import Findings, Rule, Subject

_MOST = 20


@Rule(
    why="Long sentences are hard to read in any language, and hardest to translate.",
    hint="make two sentences of it; 12 words is good",
    passes=(("en", "Stay inside. Keep your door closed.", ""),),
    fails=(
        (
            "en",
            "We " + "and you " * 10 + "come.",
            "",
        ),
    ),
    on="source",
)
def sentence_length(subject: Subject) -> Findings:
    """Is a sentence too long?"""
    for sentence in re.split(r"(?<=[.!?])[\s<]", subject.msgid):
        if (words := len(sentence.split())) > _MOST:
            yield f"{words} words in one sentence, at most {_MOST}: {sentence[:40]}…"
