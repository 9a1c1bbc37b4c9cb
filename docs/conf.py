"""How Sphinx makes a website of the docs, to be read without internet: `make docs`."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parent.parent
HOME = "docs/index"
SECTION = re.compile(r"^## (?P<name>.+)\n\n(?P<links>(?:\* .+\n)+)", re.MULTILINE)
LINK = re.compile(r"\]\((?P<path>[\w./-]+)\.md\)")

project = "Leaflets in many languages"
extensions = ["myst_parser"]
root_doc = HOME
include_patterns = ["docs/**", "CONTRIBUTING.md", "ARCHITECTURE.md"]
# What a checkout holds besides is not walked through: environments are many files.
exclude_patterns = sorted({path.name for path in ROOT.iterdir() if path.is_dir()} - {"docs"})
myst_heading_anchors = 4
html_theme = "furo"
html_title = project
html_copy_source = False
html_use_index = False
html_show_sphinx = False
html_show_copyright = False
html_last_updated_fmt = None
# Under what was found, a script would show lines of the page; from a folder no browser lets it.
html_show_search_summary = False
html_static_path = ["website.css"]
html_css_files = ["website.css"]


def with_menu(_app: Sphinx, name: str, text: list[str]) -> None:
    """Give the first page a menu of what its lists link to, each list under its heading."""
    if name != HOME:
        return
    for part in SECTION.finditer(text[0]):
        pages = [found["path"] for found in LINK.finditer(part["links"])]
        menu = ["```{toctree}", ":hidden:", f":caption: {part['name']}", "", *pages, "```"]
        text[0] += "\n".join(["", *menu, ""])


def setup(app: Sphinx) -> None:
    """Tell Sphinx what is added."""
    app.connect("source-read", with_menu)
