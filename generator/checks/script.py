"""The text is written in the script of its language."""

from generator.base.words import script_of
from generator.checks import Findings, Rule, Subject

# Least share of letters in the language's script.
_LEAST = 0.6
_LEAST_HAN = 0.3
# Unicode's scripts of characters that many scripts use.
_SHARED = ("Zyyy", "Zinh")


@Rule(
    why="A text in another script stands in the wrong file, or was never translated.",
    hint="check that this is the right language's file, and translate the sentence",
    passes=(
        ("ar", "Call Migrant Help.", "اتصلوا بمنظمة Migrant Help."),
        ("ar", "Ask the Samaritans, or write on WhatsApp.", "Samaritans, WhatsApp: اسألوا."),
        ("zh_Hans", "Come.", "请来。"),
        ("zh_Hans", "Call the police.", "请报警 (police)。"),
        ("ar", "Ask Refugee Action today.", "اسألوا Refugee Action."),
        ("ar", "Migrant Help is free.", "Migrant Help مجانية"),
        ("ar", "WhatsApp", "WhatsApp"),
        ("fr", "{line}", "{line}"),
        ("ckb", "Call the police.", "پەیوەندی بە پۆلیسەوە بکەن (police)."),
    ),
    fails=(
        ("ar", "Come to us.", "Venez chez nous."),
        ("ckb", "Come to us now.", "Niha werin cem me."),
        ("fr", "Come to us.", "تعالوا إلينا."),
        ("uk", "Come here now.", "Idit syudy zaraz."),
        ("bn", "Stay inside and keep your door closed.", "ভিতরে থাকুন এবং आपका দরজা বন্ধ রাখুন।"),
        ("zh_Hans", "Please come with your friend.", "请和您的친구一起来这里。"),
    ),
)
def script(subject: Subject) -> Findings:
    """Are most letters of the language's script, and the others Latin?"""
    own = {*subject.language.unicode_scripts, *_SHARED}
    words = subject.own_words(subject.msgstr)
    letters = [char for word in words for char in word if char.isalpha()]
    count = sum(script_of(char) in own for char in letters)
    least = _LEAST_HAN if "Hani" in own else _LEAST
    if letters and count < least * len(letters):
        share, script_name = 100 * count // len(letters), subject.language.script
        yield f"only {share} % of the letters are of the script {script_name}"
        return
    third = {char for char in letters if script_of(char) not in {*own, "Latn"}}
    if third := third - set(subject.msgid):
        yield f"letters of another script: {' '.join(sorted(third))}"
