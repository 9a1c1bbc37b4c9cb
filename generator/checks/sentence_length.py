"""English sentences of at most 20 words."""

import re
from collections.abc import Iterator

from generator.checks import Finding, Subject, check

MOST = 20


def english_sentences(text: str) -> list[str]:
    """Return the sentences of an English text."""
    return [part for part in re.split(r"(?<=[.!?])[\s<]", text) if part.strip()]


@check(
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
def sentence_length(subject: Subject) -> Iterator[Finding]:
    """Is a sentence too long?"""
    for sentence in english_sentences(subject.msgid):
        if (words := len(sentence.split())) > MOST:
            yield f"{words} words in one sentence, at most {MOST}: {sentence[:40]}…"
