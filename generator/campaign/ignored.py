"""What git must never take along from a campaign's folder: the one list for every `.gitignore`."""

from __future__ import annotations

# The lines that `leaflets new` writes; those of this repository end with them.
IGNORED = """\
# Made by the program
/output/
.leaflets.lock
.leaflets.reader
.leaflets.port
.leaflets-*
# The letters with which organisers get the campaign back: for paper alone
recovery-sheet.html
# Private: the facts of a place stay with the people of that place
/sites/*
!/sites/example.yaml
# Voices: recordings stay with the campaign's people, and are published from there
/audio/*
!/audio/README.md
# Tables of places, and sheets that come back: they hold addresses, codes and whatever readers wrote
*.csv
*.xlsx
*.ods
answers_*
.~lock.*
# Fonts and models come from packages
*.ttf
*.otf
*.ttc
*.argosmodel
*.mo
*~
"""


def lacking(text: str) -> list[str]:
    r"""Return the lines of the list that an ignore file does not have.

    >>> lacking(IGNORED.replace("/audio/*\n", ""))
    ['/audio/*']
    """
    known = {line.strip() for line in text.splitlines()}
    return [line for line in IGNORED.splitlines() if not line.startswith("#") and line not in known]
