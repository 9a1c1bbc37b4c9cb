"""Write down how the program's own sentences about states are shipped, for `campaign/told`: run it when one of them was changed.

python -m generator.overview.retell
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

FOLDERS = {"shared": "community"}
"""The folder of templates that holds the words of a domain, where it is called differently."""


def shipped_wordings() -> dict[str, dict[str, Any]]:
    """Return the shipped source and the keys of the shipped translations of every sentence that tells a state."""
    project = Project(shipped_folder("locales").parent)
    return {domain: _wordings(project, domain, ids) for domain, ids in STATE_SENTENCES.items()}


def _wordings(project: Project, domain: str, ids: tuple[str, ...]) -> dict[str, Any]:
    words = shipped_templates(FOLDERS.get(domain, domain)) / "words.yaml"
    sources = {
        message.msgctxt: message.msgid for message in read_words(words) if message.msgctxt in ids
    }
    keys: dict[str, list[str]] = {name: [] for name in ids}
    for code, language in project.languages.items():
        path = project.catalogue(code, domain)
        for entry in pofile.read_catalogue(path, language) if path.is_file() else ():
            if (
                entry.msgctxt in keys
                and entry.msgid == sources[entry.msgctxt]
                and entry.msgstr
                and not entry.obsolete
            ):
                keys[entry.msgctxt].append(
                    wording_key(code, entry.msgctxt, entry.msgid, entry.msgstr)
                )
    return {name: {"source": sources[name], "keys": sorted(keys[name])} for name in ids}


if __name__ == "__main__":
    write_file(WORDINGS_FILE, (json.dumps(shipped_wordings(), indent=1) + "\n").encode())
