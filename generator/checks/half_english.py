"""No English words are left standing in the translation."""

from collections.abc import Iterator

from generator.base.words import script_of
from generator.campaign.respell import QUOTATION
from generator.checks import Doubt, Findings, Rule, Severity, Subject, is_well_known

# So many common English words are no accident.
_LEAST = 2
# So many words in a row, from the English or in Latin letters, are a piece of a sentence.
_RUN = 3


def english_rows(subject: Subject, words: list[str]) -> Iterator[str]:
    """Yield rows of words in the order of the English, or in Latin letters that are not its own."""
    english = f" {' '.join(subject.own_words(subject.msgid)).lower()} "
    other = "Latn" not in subject.language.unicode_scripts
    for start in range(len(words) - _RUN + 1):
        row = words[start : start + _RUN]
        latin = other and all(script_of(char) == "Latn" for word in row for char in word)
        if latin or f" {' '.join(row).lower()} " in english:
            yield " ".join(row)


@Rule(
    why="Half of the sentence was forgotten, or a machine gave up; whoever reads no English loses "
    "it.",
    hint="translate the English words; a name goes into the names of locales/glossary.yaml, an "
    "English term into brackets",
    passes=(
        (
            "fr",
            "We ask for leave to remain.",
            "Nous demandons une autorisation de séjour (leave to remain).",
        ),
        ("ar", "Call Migrant Help.", "اتصلوا بمنظمة Migrant Help."),
        ("ar", "Ask the Home Office and Migrant Help.", "اسألوا Home Office, Migrant Help."),
        ("pt", "Say no to the rally.", "Diga não à manifestação. Não me deixe."),
        ("tr", "A can of food", "Of, bir kutu yemek"),
        ("fr", "Gold and money", "L’or et l’argent sur eux"),
        ("ku", "We were on our way to you.", "Werin, were cem me, li ser rê."),
        ("es", "Go to the Hub.", "Vaya al centro The Hub."),
        ("da", "Say: “I want to go home.”", "Sig: »I want to go home.« (Jeg vil hjem)"),
        ("sv", "Say: “I want to go home.”", "Säg: ”I want to go home.” (Jag vill hem)"),
        ("sq", "Ask the police (999).", "Pyetni policinë (police)."),
    ),
    fails=(
        ("fr", "Keep the door closed and call us.", "Gardez la porte fermée and call the team."),
        ("es", "Stay inside your room.", "Quédese with your familia."),
        ("fr", "Good to bring", "Utile à apporter if you want to"),
        ("tr", "Good to bring", "Getirmek iyi olur if you want to"),
        (
            "fr",
            "Send us a text or WhatsApp message",
            "Envoyez-nous un SMS text or WhatsApp message",
        ),
        ("tr", "Give a phone or a SIM card", "Bir telefon ya da or a SIM card"),
        ("ar", "Stay inside your room now.", "ابقوا stay inside your room الآن."),
        ("zh_Hans", "Please keep your door closed.", "请保持 keep your door closed，谢谢。"),
        ("so", "Our volunteers speak many languages.", "Waa volunteers speak many, dhammaan."),
        ("ckb", "Stay safe.", "لە ژوورەوە please stay home بمێننەوە."),
    ),
    severity=Severity.WARNING,
    risky=Severity.ERROR,
)
def half_english(subject: Subject) -> Findings:
    """Do English words stand in the translation?"""
    found = subject.own_words(QUOTATION.sub(" ", subject.msgstr))
    english = {word for row in subject.languages if row.code == "en" for word in row.words}
    common = [word for word in found if word.lower() in english - set(subject.language.words)]
    row = next(english_rows(subject, found), "")
    if len(common) >= _LEAST or row:
        what = f"English words: {row or ', '.join(dict.fromkeys(common))}"
        yield what if is_well_known(subject.language) else Doubt(what)
