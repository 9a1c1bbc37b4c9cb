"""About as many sentences as in the English."""

from generator.base.sentences import has_full_stop, split_sentences
from generator.base.words import count_words
from generator.checks import Findings, Rule, Severity, Subject

# Share of the English sentences from which a difference is told.
#
# One of four is a lost sentence, one of five a translator's comma.
_ALLOWED = 1 / 4


@Rule(
    why="A sentence was left out, or one was added that the English does not say.",
    hint="compare with the English, sentence by sentence; if nothing is missing, leave it as it is",
    passes=(
        (
            "fr",
            "Stay inside. Keep your door closed.",
            "Restez à l'intérieur. Gardez la porte fermée.",
        ),
        ("ur", "Stay inside. Keep your door closed.", "اندر رہیں۔ دروازہ بند رکھیں۔"),
        ("zh_Hans", "Stay inside. Keep your door closed.", "请待在室内。请关好门。"),
        ("am", "Stay inside. Keep your door closed.", "ውስጥ ይቆዩ። በርዎን ዝግ ያድርጉ።"),
        ("th", "Stay inside. Keep your door closed.", "อยู่ข้างใน ปิดประตูไว้"),
        ("fr", "One. Two. Three. Four. Five.", "Un. Deux, trois. Quatre. Cinq."),
        ("es", "Call {line}. It is free.", "Llame al {line}. Es gratis."),
    ),
    fails=(
        ("fr", "Stay inside. Keep your door closed.", "Restez à l'intérieur."),
        ("ur", "Stay inside. Keep your door closed.", "اندر رہیں۔"),
        ("fr", "Stay inside.", "Restez à l'intérieur. Ayez peur."),
        ("zh_Hans", "Stay inside. Keep your door closed. Call {line}.", "请待在室内。"),
        ("pa", "Stay inside. Keep your door closed.", "ਅੰਦਰ ਰਹੋ।"),
    ),
    severity=Severity.WARNING,
)
def sentence_count(subject: Subject) -> Findings:
    """Is a sentence lost or added?"""
    language = subject.language
    english = len(split_sentences(subject.msgid))
    own = len(split_sentences(subject.msgstr, language))
    if has_full_stop(language) and english and own and abs(own - english) >= english * _ALLOWED:
        yield f"{count_words(own, 'sentence')}, in the English {english}"
