"""Write down how the sentences about states are shipped, for `campaign/state_sentences`.

Run it when one of them was changed: python -m generator.overview.retell
"""

from __future__ import annotations

import json
from typing import Any

from generator.base.digests import wording_key
from generator.base.files import write_file
from generator.campaign.project import Project
from generator.campaign.settings import read_words
from generator.campaign.shipped import shipped_folder, shipped_templates
from generator.campaign.state_sentences import STATE_SENTENCES, WORDINGS_FILE
from generator.catalogue import pofile

# The folder of templates that holds the words of a domain, where it is called differently.
_FOLDERS = {"shared": "community"}


def shipped_wordings() -> dict[str, dict[str, Any]]:
    """Return, of every sentence that tells a state, its source and the keys of its translations."""
    project = Project(shipped_folder("locales").parent)
    return {domain: _wordings(project, domain, ids) for domain, ids in STATE_SENTENCES.items()}


def _wordings(project: Project, domain: str, ids: tuple[str, ...]) -> dict[str, Any]:
    words = read_words(shipped_templates(_FOLDERS.get(domain, domain)) / "words.yaml")
    sources = {one.msgctxt: one.msgid for one in words if one.msgctxt in ids}
    keys: dict[str, list[str]] = {name: [] for name in ids}
    for code, language in project.languages.items():
        path = project.catalogue(code, domain)
        for entry in pofile.read_catalogue(path, language) if path.is_file() else ():
            name, msgid, msgstr = entry.msgctxt, entry.msgid, entry.msgstr
            if name in keys and msgid == sources[name] and msgstr and not entry.obsolete:
                keys[name].append(wording_key(code, name, msgid, msgstr))
    return {name: {"source": sources[name], "keys": sorted(keys[name])} for name in ids}


if __name__ == "__main__":
    write_file(WORDINGS_FILE, (json.dumps(shipped_wordings(), indent=1) + "\n").encode())
