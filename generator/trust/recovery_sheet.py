"""Write the recovery sheet: the paper with which organisers get a campaign back; an edge."""

from __future__ import annotations

from pathlib import Path

from generator.base.files import read_text, write_file
from generator.trust.keys import seed_letters

RECOVERY_SHEET = "recovery-sheet.html"
# The name of the file that says what git leaves out.
IGNORE_FILE = ".gitignore"

_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Recovery sheet</title>
<style>
@page {{ size: A4; margin: 18mm }}
body {{ font: 12pt/1.5 sans-serif; max-width: 174mm; margin: auto }}
h1 {{ font-size: 22pt; margin: 0 0 6mm }}
.letters {{ display: grid; grid-template-columns: repeat(4, 1fr); gap: 5mm;
  border: 1mm solid; padding: 6mm; margin: 6mm 0; font: bold 22pt/1.2 monospace;
  text-align: center }}
code {{ font-weight: bold; font-size: 13pt }}
.line {{ border-bottom: .3mm solid; display: inline-block; width: 80mm }}
</style>
<h1>Recovery sheet</h1>
<p><b>Print two copies, then delete this file.</b>
Keep the copies in two safe places, with two people who trust each other.</p>
<p>Which campaign: <span class="line">&nbsp;</span></p>
<div class="letters">
{groups}
</div>
<h2>When you need it</h2>
<p>Every organiser's computer is lost, broken or stolen, or a thief signs in your name.</p>
<h2>What to do</h2>
<ol>
<li>Get the campaign's folder onto a computer that you trust: from git, or from a copy.</li>
<li>In that folder, type: <code>leaflets readers recover</code>
Was an organiser's computer stolen? <code>leaflets readers</code> shows its eight signs. Then type
this instead: <code>leaflets readers recover --stolen SIGNS</code></li>
<li>Type the letters above, line by line. Hyphens and capitals do not matter.
<b>0</b> is zero; there is no letter O.</li>
<li>This computer is an organiser's again. Hand the folder on, so that others know it.</li>
</ol>
<p>Whoever has these letters can decide who signs in your campaign. They stand nowhere else:
no computer keeps them, and nobody can make this sheet a second time.</p>
</html>
"""


def sheet_page(seed: bytes) -> str:
    """Return the sheet of a recovery key as a page of HTML that needs nothing else."""
    groups = "\n".join(f"<span>{group}</span>" for group in seed_letters(seed).split("-"))
    return _PAGE.format(groups=groups)


def write_recovery_sheet(root: Path, seed: bytes) -> Path:
    """Write the sheet into the campaign's folder, for its owner alone; return its path.

    Before it stands there, git is told to leave it out.
    """
    ignore_in_git(root, RECOVERY_SHEET)
    path = root / RECOVERY_SHEET
    write_file(path, sheet_page(seed), private=True)
    return path


def ignore_in_git(root: Path, *names: str) -> bool:
    """Add lines to a campaign's `.gitignore` that it lacks; return whether it lacked some.

    A folder that is in no repository gets no such file.
    """
    path = root / IGNORE_FILE
    if not path.exists() and not (root / ".git").exists():
        return False
    text = read_text(path) if path.exists() else ""
    known = {line.strip() for line in text.splitlines()}
    missing = [name for name in names if name not in known]
    if missing:
        text += "" if text.endswith("\n") or not text else "\n"
        write_file(path, text + "".join(f"{name}\n" for name in missing))
    return bool(missing)
