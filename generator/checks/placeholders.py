"""The same placeholders as in the English, each as often."""

from generator.base.message_text import placeholder_names, same_placeholders
from generator.checks import Findings, Rule, Subject


@Rule(
    why="A lost or misspelt placeholder prints no phone number; a second one prints two.",
    hint="copy the words in braces from the English, unchanged",
    passes=(
        ("ar", "Call {line} now.", "اتصلوا بالرقم {line} الآن."),
        ("fr", "Come.", "Venez."),
        ("tr", "Call {a} at {b}.", "{b} {a} arayın."),
    ),
    fails=(
        ("fr", "Call {line}.", "Appelez."),
        ("fr", "Call {line}.", "Appelez {ligne}."),
        ("fr", "Call {line}.", "Appelez {line} ou {line}."),
        ("fr", "Call {line}.", "Appelez { line}."),
        ("fr", "Come.", "Venez {"),
    ),
)
def placeholders(subject: Subject) -> Findings:
    """Are the words in braces the same?"""
    if not same_placeholders(subject.msgid, subject.msgstr):
        wanted = ", ".join(sorted(placeholder_names(subject.msgid))) or "none"
        yield f"the words in braces are not those of the English: {wanted}"
