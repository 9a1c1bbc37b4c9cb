"""Ask git about a folder; an edge that never fails, for git may not be installed.

A folder may come from a stranger: nothing is called that runs what its configuration names.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

# Seconds: what is asked here is answered in a few milliseconds.
_PATIENCE = 20
_NOTHING_RUNS = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")


def ask_git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git answers in a folder; None where there is no git, no clone or no answer."""
    command = ["git", "-C", str(folder), *_NOTHING_RUNS, *arguments]
    environment = os.environ | {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(  # noqa: S603 - no shell, arguments of our own
            command, capture_output=True, timeout=_PATIENCE, check=False, env=environment
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
