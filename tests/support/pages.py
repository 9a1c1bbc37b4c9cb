"""What the pages of the documentation hold: links, headings, commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md")] + sorted(ROOT.glob("docs/**/*.md"))
FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])*\]\((?P<target>[^()\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
EXAMPLE = re.compile(r"^  Example:\n((?:    .+\n)+)", re.MULTILINE)


@dataclass(frozen=True)
class Command:
    """A line to type, and the page that shows it."""

    page: str
    line: str


def name(page: Path) -> str:
    """Return a page's path below the checkout."""
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """Return the text of a page without what stands in blocks of code."""
    return FENCE.sub("", page.read_text("utf-8"))


def links(page: Path) -> Iterator[str]:
    """Yield where the links and pictures of a page lead."""
    for found in LINK.finditer(INLINE.sub("", prose(page))):
        yield found["target"]


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, made as forges and our website make them."""
    found: dict[str, int] = {}
    names = set()
    for heading in HEADING.findall(prose(page)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").replace("*", "").lower()
        slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        names.add(slug if slug not in found else f"{slug}-{found[slug]}")
        found[slug] = found.get(slug, 0) + 1
    return names


def spans(page: Path) -> Iterator[str]:
    """Yield the words in `backticks` of a page."""
    yield from INLINE.findall(prose(page))


def files(page: Path) -> dict[str, str]:
    """Return the files of a campaign that a page shows whole, by the path that stands in their first line."""
    blocks = [block["text"] for block in FENCE.finditer(page.read_text("utf-8")) if block["kind"] == "yaml"]
    return {found[1]: text for text in blocks if (found := re.match(r"# (\S+\.yaml)\n", text))}


def commands(page: Path) -> list[Command]:
    """Return the lines to type of a page, in order and each once: blocks of a shell, and the examples of a command's help."""
    found = []
    for block in FENCE.finditer(page.read_text("utf-8")):
        if block["kind"] == "sh":
            found += [line for line in block["text"].splitlines() if line]
        else:
            examples = EXAMPLE.findall(block["text"])
            found += [re.split(r" {3,}", line.strip())[0] for text in examples for line in text.splitlines()]
    return [Command(name(page), line) for line in dict.fromkeys(re.sub(r"\s+# .*$", "", line) for line in found)]
