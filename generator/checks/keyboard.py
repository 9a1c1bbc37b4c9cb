"""The letters and digits are those of the language, not their twins on another keyboard."""

from generator.campaign.respell import respelt_words
from generator.checks import Findings, Rule, Severity, Subject


@Rule(
    why="It looks right and is another letter for every program: the word cannot be searched, and "
    "is read out wrongly.",
    hint="write what was meant; `leaflets sign` (key m) and the reading page put it in",
    passes=(
        ("fa", "The book", "کتابی ۲۴"),
        ("fa", "Say “I am here” (in Arabic).", "بگویید «إنني هنا» (به عربی)."),
        ("ps", "He is a good man.", "دی ښه سړی دي چې ځي."),
        ("ro", "Şükrü helps us.", "Domnul Şükrü ne ajută."),
        ("tr", "Ștefan is here.", "Bay Ștefan burada."),
        ("vi", "You are not alone.", "Bạn không cô đơn."),
        ("yi", "Nobody", "אַליין"),
        ("ar", "To me", "إليّ على"),
    ),
    fails=(
        ("fa", "Do not open it.", "نكنید"),
        ("fa", "The third", "سومى"),
        ("fa_AF", "24 hours", "٢٤ ساعت"),
        ("ur", "Us", "ہميں"),
        ("ckb", "You are not alone.", "تۆ تەنيا نیت"),
        ("ckb", "And the book", "كتێب"),
        ("ar", "You speak", "تتکلمون"),
        ("ro", "And the police", "Şi poliţia"),
        ("tr", "Speaks", "Herkes konușuyor."),
        ("az", "Call us.", "Bizә zәng edin."),
        ("hr", "Between us", "Izmeðu nas"),
        ("vi", "You are not alone.", "Ba\u0323n kho\u0302ng co\u0302 đơn."),
        ("ug", "We are here.", "بیز"),
    ),
    severity=Severity.WARNING,
)
def keyboard(subject: Subject) -> Findings:
    """Is there a letter for which it is certain that another was meant?"""
    if found := respelt_words(subject.msgstr, subject.language):
        words = ", ".join(f"{word}, meant {other}" for word, other in found.items())
        yield f"typed on another keyboard: {words}"
