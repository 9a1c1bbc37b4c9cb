"""A question stays a question, a statement a statement, a heading a heading."""

from generator.base.message_text import INLINE_TAG
from generator.base.sentences import CLOSERS, ENGLISH_ENDS, QUESTION_MARKS, has_full_stop
from generator.base.words import count_words
from generator.checks import Findings, Rule, Severity, Subject

# Marks that end a sentence in some script.
_FOREIGN = QUESTION_MARKS + ".!。।॥።۔։！…"


def end_kind(text: str, ends: str) -> str:
    """Return what the last mark of a text makes of it.

    >>> end_kind("<b>Are you safe?</b>", ENGLISH_ENDS), end_kind("Our help", ENGLISH_ENDS)
    ('a question mark', 'no end mark')
    >>> end_kind("Free.", ENGLISH_ENDS), end_kind("مفت.", "۔؟")
    ('the mark of a statement', 'a mark of another script')
    """
    last = INLINE_TAG.sub("", text).rstrip().rstrip(CLOSERS).rstrip()[-1:]
    if last not in ends or not last:
        return "a mark of another script" if last and last in _FOREIGN else "no end mark"
    return "a question mark" if last in QUESTION_MARKS else "the mark of a statement"


def question_count(text: str) -> int:
    """Return how many question marks of any script a text has."""
    return sum(char in QUESTION_MARKS for char in text)


@Rule(
    why="A lost question mark turns a question into a claim; a missing full stop is often a "
    "missing end.",
    hint="end the text with the mark of your language that the English has: question mark, full "
    "stop or none",
    passes=(
        ("ar", "Do you need a phone?", "هل تحتاجون إلى هاتف؟"),
        ("fr", "<b>Free!</b>", "<b>Gratuit.</b>"),
        ("fr", "Say “yes”.", "Dites « oui »."),
        ("ur", "Come to us.", "ہمارے پاس آئیں۔"),
        ("zh_Hans", "Come to us.", "请来找我们。"),
        ("am", "Come to us.", "ወደ እኛ ይምጡ።"),
        ("fr", "Our help", "Notre aide"),
        ("es", "Are you safe?", "¿Está a salvo?"),
        ("th", "Come to us.", "มาหาเรา"),
        ("hy", "Are you safe?", "Ապահո՞վ եք։"),
    ),
    fails=(
        ("fr", "Do you need a phone?", "Vous avez besoin d'un téléphone."),
        ("fr", "You need a phone.", "Avez-vous besoin d'un téléphone ?"),
        ("fr", "Our help", "Notre aide."),
        ("fr", "<b>Our help is free.</b>", "<b>Notre aide est gratuite</b>"),
        ("fr", "Are you safe? Call us.", "Vous êtes en sécurité. Appelez-nous."),
        ("ur", "Come to us.", "ہمارے پاس آئیں"),
        ("ur", "Come to us.", "ہمارے پاس آئیں."),
        ("ar", "Are you safe?", "هل أنتم بأمان?"),
        ("hy", "Come to us.", "Եկեք մեզ մոտ"),
    ),
    severity=Severity.WARNING,
)
def end_punctuation(subject: Subject) -> Findings:
    """Do English and translation end alike, and ask as often?"""
    ends = subject.language.ends
    english, own = end_kind(subject.msgid, ENGLISH_ENDS), end_kind(subject.msgstr, ends)
    asks = bool(set(QUESTION_MARKS) & set(ends))
    asked, asked_own = question_count(subject.msgid), question_count(subject.msgstr)
    comparable = has_full_stop(subject.language) and (asks or english != "a question mark")
    if english != own and comparable:
        yield f"at the end: {own}, in the English {english}"
    elif asks and asked != asked_own:
        yield f"{count_words(asked_own, 'question mark')}, in the English {asked}"
