"""No phone number, link, e-mail address, date, time or price typed into a sentence."""

import re
import unicodedata
from collections.abc import Iterator

from generator.checks import Finding, Subject, check
from generator.core.text import NAME

KINDS = (
    ("a phone number", re.compile(r"\+?\d(?:[\s().\u00a0-]?\d){5,}")),
    ("an emergency number", re.compile(r"\b(?:999|112|101|111|116 ?123)\b")),
    ("a link", re.compile(r"https?:|www\.|\b[a-z0-9-]+\.(?:org|com|net|uk|info|de|fr|eu|io|ly|me)\b", re.IGNORECASE)),
    ("an e-mail address", re.compile(r"\S@\S")),
    ("a date", re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\b20\d\d\b")),
    ("a time", re.compile(r"\b\d{1,2}[:.]\d{2}\b")),
    ("a price", re.compile(r"[£€$]\s?\d|\d\s?[£€$]")),
)


def ascii_digits(text: str) -> str:
    """Return the text with the decimal digits of every script as ASCII."""
    return "".join(str(unicodedata.digit(char)) if unicodedata.category(char) == "Nd" else char for char in text)


@check(
    why="A number in a sentence can be mistyped in one language and is missed when it changes; facts are data.",
    hint="put it into facts.yaml and write its name in braces",
    passes=(("en", "Call {line}.", "Call {line}."), ("fr", "Calls 2 people.", "Appelle 2 personnes."), ("tr", "3 things", "3 şey")),
    fails=(
        ("en", "Call 0808 801 0503.", "Call 0808 801 0503."),
        ("ar", "Call {line}.", "اتصلوا ٠٨٠٨٨٠١٠٥٠٣ أو {line}."),
        ("fr", "Call {line}.", "Appelez {line} ou le 999."),
        ("fr", "See {web}.", "Voir {web} ou exemple.org."),
        ("es", "Write to {mail}.", "Escriba a {mail} o a@b.es."),
        ("en", "On 20/03/2027", "On 20/03/2027"),
        ("en", "At 18:00", "At 18:00"),
        ("en", "It costs £5.", "It costs £5."),
    ),
    on="both",
)
def literal_fact(subject: Subject) -> Iterator[Finding]:
    """Does the sentence type out what belongs into the facts?"""
    text = ascii_digits(NAME.sub(" ", subject.msgstr))
    yield from (f"{kind} stands in the text: {found[0]!r}" for kind, pattern in KINDS if (found := pattern.search(text)))
