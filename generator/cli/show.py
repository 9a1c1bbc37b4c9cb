"""Words on the terminal: results on stdout, messages on stderr, nothing that could steer the terminal."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from generator.problem import Problem

COLOURS = {
    "ready": "green",
    "read": "cyan",
    "draft": "yellow",
    "example": "yellow",
    "stale": "magenta",
    "failed": "red",
    "error": "red",
    "warning": "yellow",
    "critical": "red",
    "meaning": "yellow",
    "cosmetic": "cyan",
}
TERMINAL_CONTROLS = re.compile("[\x7f-\x9f]")
"""Controls that JSON lets through and a terminal obeys."""


def printable(text: str) -> str:
    """Return text without control characters: a translation is outside text, and a terminal obeys escapes."""
    return "".join(
        char if unicodedata.category(char) not in ("Cc", "Cs") or char in "\n\t" else "\ufffd"
        for char in text
    )


def coloured(text: str, kind: str) -> str:
    """Return text in the colour of a state or severity, unless NO_COLOR is set or nobody looks."""
    if os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        return text
    return click.style(text, fg=COLOURS.get(kind))


def write_result(text: str) -> None:
    """Write a line of the result; text from outside goes through `printable` first, our colours do not."""
    click.echo(text)


def write_note(text: str) -> None:
    """Write a message for the person who looks."""
    click.echo(printable(text), err=True)


def write_json(value: object) -> None:
    """Write the result as JSON."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    click.echo(TERMINAL_CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def write_next_step(command: str) -> None:
    """Say which command to type next."""
    write_note(f"Next: {command}")


def write_problems(found: Iterable[Problem]) -> None:
    """Write problems, one a line."""
    for problem in found:
        write_result(printable(problem.line()))


class NoteHandler(logging.Handler):
    """Shows what a long piece of work says about itself."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record as a message."""
        write_note(record.getMessage())


@contextmanager
def progress_bar(what: str, rate: str = "") -> Iterator[Callable[[int, int], None]]:
    """Yield a callback (done, total) that draws a bar with the time left on a terminal and nothing elsewhere.

    `rate` names what is counted, to show how many a second.
    """
    bar: Any = None
    started = time.monotonic()

    def speed(item: object) -> str | None:
        return (
            f"{bar.pos / max(0.1, time.monotonic() - started):.0f} {rate} a second"
            if rate and bar
            else None
        )

    log = logging.getLogger("generator")
    log.handlers[:] = [NoteHandler(logging.INFO)]
    log.setLevel(logging.INFO)

    def update(done: int, total: int) -> None:
        nonlocal bar
        if bar is None:
            bar = click.progressbar(
                length=total, label=what, file=sys.stderr, show_pos=True, item_show_func=speed
            )
            bar.__enter__()
        bar.update(done - bar.pos)

    try:
        yield update if sys.stderr.isatty() else lambda done, total: None
    finally:
        if bar is not None:
            bar.__exit__(None, None, None)
