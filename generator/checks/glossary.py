"""The words that people agreed on are used."""

import re
import unicodedata

from generator.base.message_text import without_markup
from generator.checks import Findings, Rule, Severity, Subject

# Part of a word's letters that every form of it begins with.
_SHARE = 0.6
_SHORTEST = 3
_VOWELS = re.compile("[\u064b-\u065f\u0670\u0640\u0307\u200d]")
_ALIKE = str.maketrans("يكأإآةۀı", "یکاااههi")
_ARTICLE = re.compile(r"(?<!\w)(?:و|ب|ل|ف|ک)?(?:ال|لل)(?=\w{2})")


def folded_text(text: str) -> str:
    """Return a text without what varies from form to form.

    That is case, Turkish dots, Arabic vowel marks, and the Arabic article.

    >>> folded_text("İltica") == folded_text("iltica"), folded_text("المجلس") == folded_text("مجلس")
    (True, True)
    """
    simple = _VOWELS.sub("", unicodedata.normalize("NFKC", text).casefold()).translate(_ALIKE)
    return _ARTICLE.sub("", simple)


def agreed_stems(agreed: str) -> list[str]:
    """Return the beginning of the longest word of every agreed expression.

    >>> agreed_stems("mairie (conseil municipal)")
    ['mai', 'munic']
    """
    parts = filter(None, re.split(r"\s*[,،、;/()（）]\s*", folded_text(agreed)))
    longest = (max(re.split(r"[\s’'-]+", part), key=len) for part in parts)
    return [word[: max(_SHORTEST, int(_SHARE * len(word)))] for word in longest]


def term_pattern(term: str) -> re.Pattern[str]:
    """Return the pattern of an English term, each of its words in singular or plural."""
    forms = (
        rf"{re.escape(word[:-1])}(?:y|ies)" if word.endswith("y") else rf"{re.escape(word)}(?:e?s)?"
        for word in term.split()
    )
    return re.compile(r"\b" + r"\s+".join(forms) + r"\b", re.IGNORECASE)


@Rule(
    why="Two words for one thing read like two things; people agreed on one.",
    hint="use the agreed word, or change it in locales/glossary.yaml",
    passes=(
        ("fr", "Two asylum seekers", "Deux demandeuses d'asile"),
        ("fr", "Ask the councils.", "Demandez aux conseils municipaux."),
        ("fr", "Come.", "Venez."),
    ),
    fails=(
        ("fr", "Claim asylum.", "Demandez la protection."),
        ("fr", "Two asylum seekers", "Deux migrants"),
        ("fr", "Ask the councils.", "Demandez à la ville."),
    ),
    severity=Severity.WARNING,
    given={
        "terms": (
            ("asylum", "asile"),
            ("asylum seeker", "demandeur d'asile, demandeuse d'asile"),
            ("council", "mairie (conseil)"),
        )
    },
)
def glossary(subject: Subject) -> Findings:
    """Does an agreed word stand where the English has its term?"""
    english = without_markup(subject.msgid)
    own = folded_text(without_markup(subject.msgstr))
    for term, agreed in sorted(subject.terms, key=lambda pair: -len(pair[0])):
        english, count = term_pattern(term).subn(" ", english)
        if count and not any(stem in own for stem in agreed_stems(agreed)):
            yield f"for {term!r} people agreed on {agreed!r}"
