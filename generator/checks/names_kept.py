"""Names that must not be translated stand in the translation as in the English."""

import re

from generator.checks import Findings, Rule, Subject


@Rule(
    why="People recognise a helpline by its name on the phone and on the door; a translated name "
    "leads nowhere.",
    hint="write the name in Latin letters, as in the English; you may explain it in brackets",
    passes=(
        ("ar", "Call Migrant Help.", "اتصلوا بمنظمة Migrant Help."),
        ("fr", "Give a SIM card", "Donnez une carte SIM"),
        ("fr", "SIMPLE WORDS", "MOTS COURTS"),
    ),
    fails=(
        ("fr", "Call Migrant Help.", "Appelez l'Aide aux migrants."),
        ("ar", "Ask the NHS.", "اسألوا هيئة الصحة."),
    ),
)
def names_kept(subject: Subject) -> Findings:
    """Is a name missing?"""
    for name in subject.names:
        whole = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", subject.msgid)
        if whole and name not in subject.msgstr:
            yield f"the name {name!r} is missing"
