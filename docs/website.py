"""Make a website of the docs in build/docs: `make docs`. A warning is an error."""

from __future__ import annotations

import sys
from pathlib import Path

from sphinx.cmd.build import main as sphinx_build

ROOT = Path(__file__).resolve().parent.parent
FIRST = """<!doctype html>
<meta charset="utf-8">
<title>Documentation</title>
<meta http-equiv="refresh" content="0; url=docs/index.html">
<a href="docs/index.html">Documentation</a>
"""
"""The page at the top of the folder; the docs lie one below, as in the checkout."""


def main(folder: Path) -> int:
    """Build the website into a folder, from nothing, and return 0 if nothing was wrong."""
    options = ["--quiet", "--fail-on-warning", "--keep-going", "--fresh-env", "--builder", "html"]
    cache = folder.with_name(f"{folder.name}-cache")
    places = ["--conf-dir", str(ROOT / "docs"), "--doctree-dir", str(cache)]
    if failed := sphinx_build([*options, *places, str(ROOT), str(folder)]):
        return failed
    (folder / "index.html").write_text(FIRST, "utf-8")
    print(f"Next: open {folder / 'index.html'}")  # noqa: T201 - what `make docs` says
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build" / "docs"))
