"""How far an edition is: one row has its stamp, its band, its foot and its file's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from generator.model import State, Translation


class EditionState(StrEnum):
    """What became of an edition, as lists, records and `--json` say it."""

    READY = "ready"
    EXAMPLE = "example"
    DRAFT = "draft"
    FAILED = "failed"
    """Withheld: there is no PDF, and its problems say why."""
    WAITING = "waiting"
    """Nobody has begun to translate it; no record says so."""


class FactState(StrEnum):
    """What the facts of an edition rest on, the best first."""

    SIGNED = "signed"
    UNSIGNED = "unsigned"
    UNAGREED = "unagreed"
    """The organisers have not signed what the source says, or the campaign's rules."""
    MADE_UP = "made up"
    EXAMPLE = "example"
    """Made up in a campaign that says so of itself."""


@dataclass(frozen=True)
class Stage:
    """How an edition shows how far it is; only `READY` may be handed out."""

    name: EditionState
    stamp: str = ""
    ending: str = ""
    """What its file's name carries."""
    band: str = ""
    """The id of the sentence in its band, a word of the theme."""
    foot: str = ""

    @property
    def example(self) -> bool:
        """Whether its numbers are those of the example."""
        return self.stamp == EXAMPLE_STAMP


EXAMPLE_STAMP = "EXAMPLE"
_DRAFT = partial(Stage, EditionState.DRAFT, "DRAFT", "_DRAFT")
READY = Stage(EditionState.READY, foot="read and signed by its readers")
UNREAD = _DRAFT("word.draft", "draft, nobody has checked it")
# Not all that is unread was made by a machine: somebody typed it in another program, or people
# are not through with it.
UNKNOWN = _DRAFT("word.draft-unknown", "draft, nobody has checked it")
DOUBTED = _DRAFT("word.draft-doubt", "draft, somebody says that it is wrong")
UNSIGNED = _DRAFT("word.draft-facts", "draft, its numbers and dates are not signed")
UNAGREED = _DRAFT("word.draft-unknown", "draft, its source text is not signed")
MADE_UP = _DRAFT("word.draft-facts", "draft, some of its numbers are made up")
EXAMPLE_READY = Stage(
    EditionState.EXAMPLE, EXAMPLE_STAMP, "_EXAMPLE", "word.example", "example, made-up numbers"
)
EXAMPLE_DRAFT = Stage(
    EditionState.DRAFT,
    EXAMPLE_STAMP,
    "_EXAMPLE_DRAFT",
    "word.example-draft",
    "example, nobody has checked it",
)
STAGES = (
    READY,
    UNREAD,
    UNKNOWN,
    DOUBTED,
    UNSIGNED,
    UNAGREED,
    MADE_UP,
    EXAMPLE_READY,
    EXAMPLE_DRAFT,
)
# What an edition that was printed may be, the worst first.
STAGE_NAMES = (EditionState.DRAFT, EditionState.EXAMPLE, EditionState.READY)
STAGE_ENDINGS = tuple(dict.fromkeys(stage.ending for stage in STAGES))
_STAGE_OF_FACTS = {
    FactState.SIGNED: READY,
    FactState.UNSIGNED: UNSIGNED,
    FactState.UNAGREED: UNAGREED,
    FactState.MADE_UP: MADE_UP,
    FactState.EXAMPLE: EXAMPLE_READY,
}


def edition_stage(
    numbers: FactState, texts_ready: bool, doubted: bool, machine: bool = False
) -> Stage:
    """Return how far an edition is.

    `doubted`: somebody finds one of its sentences wrong; `machine`: a machine made all that is not
    ready.
    """
    if texts_ready:
        return _STAGE_OF_FACTS[numbers]
    if numbers is FactState.EXAMPLE:
        return EXAMPLE_DRAFT
    return DOUBTED if doubted else UNREAD if machine else UNKNOWN


def made_by_machine(texts: Iterable[Translation]) -> bool:
    """Tell whether a machine made every text that is not ready; what is missing nobody made."""
    made = [text.machine for text in texts if text.state is not State.READY and text.msgstr]
    return bool(made) and all(made)


def file_ending(name: str, example: bool) -> str:
    """Return what a file's name carries for an edition in this state.

    >>> file_ending("draft", True)
    '_EXAMPLE_DRAFT'
    """
    return next(stage.ending for stage in STAGES if (stage.name, stage.example) == (name, example))


def lesser_stage(one: Stage, other: Stage) -> Stage:
    """Return the stage of what holds both: the one that is less far."""
    return min(one, other, key=lambda stage: STAGE_NAMES.index(stage.name))
