"""Words on the terminal: results on stdout, messages on stderr, nothing that could steer it."""

import json
import logging
import os
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
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

# Controls that JSON lets through and a terminal obeys.
TERMINAL_CONTROLS = re.compile("[\x7f-\x9f]")


def printable(text: str) -> str:
    """Return text without controls: a translation comes from outside, and a terminal obeys them."""
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
    """Write a line of the result as it is, with our colours."""
    click.echo(text)


def write_text(text: str) -> None:
    """Write a line of the result that holds text from outside."""
    write_result(printable(text))


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


def write_problems(problems: Iterable[Problem]) -> None:
    """Write problems as a result, one a line."""
    for problem in problems:
        write_text(problem.line())


def write_papers(paths: Iterable[Path], problems: Iterable[Problem]) -> None:
    """Write where papers were written, and what is wrong with others."""
    for path in paths:
        write_result(str(path))
    write_problems(problems)


def note_problems(problems: Iterable[Problem]) -> None:
    """Write problems as messages, one a line."""
    for problem in problems:
        write_note(problem.line())


def problem_objects(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Return problems as the JSON objects that `--json` promises."""
    return [problem.row() for problem in problems]


class NoteHandler(logging.Handler):
    """Shows what a long piece of work says about itself."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record as a message."""
        write_note(record.getMessage())


@contextmanager
def progress_bar(what: str, rate: str = "") -> Iterator[Callable[[int, int], None]]:
    """Yield a callback (done, total) that draws a bar on a terminal and nothing elsewhere.

    `rate` names what is counted, to show how many a second.
    """
    log = logging.getLogger("generator")
    log.handlers[:] = [NoteHandler(logging.INFO)]
    log.setLevel(logging.INFO)
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return

    bar: Any = None
    started = time.monotonic()

    def speed(item: object) -> str | None:
        passed = max(0.1, time.monotonic() - started)
        return f"{bar.pos / passed:.0f} {rate} a second" if rate and bar else None

    def update(done: int, total: int) -> None:
        nonlocal bar
        if bar is None:
            bar = click.progressbar(
                length=total, label=what, file=sys.stderr, show_pos=True, item_show_func=speed
            )
            bar.__enter__()
        bar.update(done - bar.pos)

    try:
        yield update
    finally:
        if bar is not None:
            bar.__exit__(None, None, None)
