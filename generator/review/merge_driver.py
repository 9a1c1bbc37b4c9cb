"""Let git join catalogues message by message: the program as a merge driver of a clone; an edge."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from generator.base.git import ask_git

# The name of the driver in .gitattributes.
DRIVER = "leaflets"

# What a campaign's .gitattributes says: how files of two people are joined.
ATTRIBUTES = f"""\
* text=auto eol=lf
# Catalogues are joined message by message, or by `leaflets extract`
*.po merge={DRIVER}
*.pot merge={DRIVER}
# Two people sign at the same time: keep both lines
*.jsonl merge=union
"""
_KEY = f"merge.{DRIVER}.driver"
_NAME = "leaflets, message by message"


def driver_command() -> str:
    """Return what git calls, in a shell: this program, or git's own text merge if it is gone.

    `-P`: the folder that git calls it in is a campaign, and none of its files is ever run.
    """
    python = shlex.quote(Path(sys.executable).as_posix())
    text_merge = "git merge-file -L ours -L base -L theirs %A %O %B"
    return f"{python} -P -m generator merge-driver %O %A %B || {text_merge}"


def register_driver(root: Path) -> bool:
    """Name the driver in the configuration of a campaign's clone; return whether that was needed.

    Only where the campaign asks for it in .gitattributes. Nothing happens without git, outside a
    clone, and where the configuration is a link to another file.
    """
    try:
        attributes = (root / ".gitattributes").read_text("utf-8", "replace")
    except OSError:
        return False
    if f"merge={DRIVER}" not in attributes:
        return False
    wanted = driver_command()
    known = ask_git(root, "config", "--local", "--get", _KEY)
    if known is not None and known.decode("utf-8", "replace").rstrip("\n") == wanted:
        return False
    folder = ask_git(root, "rev-parse", "--git-common-dir")
    if folder is None or ask_git(root, "rev-parse", "--is-inside-work-tree") != b"true\n":
        return False
    config = root / folder.decode("utf-8", "replace").rstrip("\n") / "config"
    if config.is_symlink() or config.parent.is_symlink():
        return False
    ask_git(root, "config", "--local", f"merge.{DRIVER}.name", _NAME)
    return ask_git(root, "config", "--local", _KEY, wanted) is not None
