"""Messages for `pybabel extract`, the same that `leaflets extract` writes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any

from generator.base.yaml import load_yaml
from generator.campaign.leaflets import read_leaflet
from generator.campaign.settings import fact_labels, read_facts, read_words
from generator.model import Message

BabelMessage = tuple[int, str, tuple[str, str], list[str]]


def extract(
    file: IO[bytes],
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: dict[str, Any],
) -> Iterator[BabelMessage]:
    """Yield the messages of a leaflet, a facts file or a theme's words.

    Babel calls this, by entry point; its interface is described under "Writing Extraction Methods"
    in https://babel.pocoo.org/en/latest/messages.html.
    """
    for message in _messages(Path(file.name)):
        line = int(message.where.rpartition(":")[2])
        yield (
            line,
            "pgettext",
            (message.msgctxt, message.msgid),
            [message.note] if message.note else [],
        )


def _messages(path: Path) -> list[Message]:
    if path.name == "facts.yaml":
        return fact_labels(read_facts(path))
    if path.name == "words.yaml":
        return read_words(path)
    keys = load_yaml(path).mapping(optional=None)
    return list(read_leaflet(path).messages) if "blocks" in keys else []
