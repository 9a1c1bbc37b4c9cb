"""No letter of another script that only looks like the right one."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from generator.checks import Finding, Subject, check
from generator.checks.script import script_of, words_of

ALIKE = {
    "Cyrl": ("АВЕКМНОРСТХУІаеорсухіѕјһԛԝЅЈ", "ABEKMHOPCTXYIaeopcyxi"),
    "Grek": ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονικρυϲϳ", "ABEZHIKMNOPTYXov"),
    "Armn": ("ՕՏՍԼօսոհցզյք", "OSULounhgq"),
    "Cher": ("ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᏀᏃᏔᏕᏙᏚᏞᏟᏢᏦᏮᏴ", "DRTiYAJEWMHGZWSVSLCPKG"),
    "Copt": ("ⲀⲂⲈⲒⲔⲘⲚⲞⲢⲤⲦⲨⲬⲟⲣⲥ", "ABEIKMNOPCTYXopc"),
    "Lisu": ("ꓐꓑꓓꓔꓖꓗꓙꓚꓝꓡꓢꓣꓤꓥꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", ""),
}
"""By script: letters that a reader takes for Latin ones, and the Latin letters that pass for the first of them."""
FORMS = ("<font>", "<wide>", "<initial>", "<medial>", "<final>", "<isolated>")
"""Unicode's words for a letter in disguise: mathematical, fullwidth, or the shape of an Arabic letter out of an old PDF."""
SIGN = re.compile("[\ufdf0-\ufdff]")
"""Arabic phrases and signs that have no plain letter."""
ROMAN = re.compile("[IVXLCDM]{2,}")


def disguised_letters(text: str) -> list[str]:
    """Return the letters that stand for a plain one."""
    found = {
        char
        for char in text
        if unicodedata.decomposition(char).startswith(FORMS) and not SIGN.match(char)
    }
    return sorted(char for char in found if unicodedata.category(char)[0] == "L")


def latin_lookalikes(own: tuple[str, ...]) -> set[str]:
    """Return the Latin letters that pass for letters of the scripts."""
    return {char for name in own if name in ALIKE for char in ALIKE[name][1]}


def mixes_scripts(word: str, own: tuple[str, ...]) -> bool:
    """Tell whether letters of two look-alike scripts stand in one word; an ending after a Latin name is no mixture."""
    rows = [
        (name, "".join(chars))
        for name, chars in groupby(word, script_of)
        if name == "Latn" or name in ALIKE
    ]
    if len({name for name, _ in rows}) < 2:
        return False
    name = rows[0][1]
    real = (len(name) > 1 and name.isupper()) or not set(name) <= latin_lookalikes(own)
    return not (len(rows) == 2 and rows[0][0] == "Latn" and rows[1][0] in own and real)


def poses_as_own(word: str, own: tuple[str, ...]) -> bool:
    """Tell whether a whole word is written in letters of another script that pass for the language's own."""
    name = script_of(word[0])
    if name in own or ROMAN.fullmatch(word):
        return False
    return set(word) <= (
        latin_lookalikes(own)
        if name == "Latn"
        else set(ALIKE.get(name, ("",))[0])
        if "Latn" in own
        else set()
    )


@check(
    why="A word with a look-alike letter cannot be searched, is read out wrongly, and can hide a false name.",
    hint="type the word again with the keyboard of the language",
    passes=(
        ("uk", "A SIM card", "SIM-карта, SIMка"),
        ("ru", "the URLs on WhatsApp", "URLы в WhatsAppе"),
        ("ru", "In Tesco in the last century", "В Tesco, в XX веке"),
        ("ru", "On the BBC site, plan B", "На BBCшном сайте, план B"),
        ("ar", "Peace be upon him.", "ﷺ"),
        ("ar", "Write on WhatsApp.", "اكتبوا على WhatsAppنا."),
        ("pt", "Floor 1", "1º piso, 2ª porta"),
        ("ru", "Ask the NHS or Tom.", "Спросите NHS или Tom."),
        ("zh_Hans", "Come!", "请来！"),
        ("hy", "Call Migrant Help.", "Զանգահարեք Migrant Help-ին։"),
    ),
    fails=(
        ("fr", "Call us.", "Аppelez-nous."),
        ("fr", "Come.", "Venezа."),
        ("uk", "Call us.", "Подзвонiть нам."),
        ("ru", "The house is closed.", "Дом закрыт, он нe открыт."),
        ("ru", "Moscow", "Mоcква"),
        ("ru", "Sunday", "Bоскресенье"),
        ("fr", "One Euro", "Un Ευro"),
        ("fr", "By car", "En сар"),
        ("uk", "We and you", "Ми i ви"),
        ("fr", "Call us now.", "𝐀𝐩𝐩𝐞𝐥𝐞𝐳-nous."),
        ("zh_Hans", "A SIM card", "ＳＩＭ卡"),
        ("ar", "Peace", "ﺳﻼم"),
        ("az", "Call us.", "Bizə zәng edin."),
    ),
)
def homoglyph(subject: Subject) -> Iterator[Finding]:
    """Does a letter pretend to be another?"""
    own = subject.language.unicode_scripts
    if found := disguised_letters(subject.msgstr):
        yield f"letters in disguise: {' '.join(found)}"
    kept = {word for text in (subject.msgid, *subject.names) for word in words_of(text)}
    for word in dict.fromkeys(words_of(subject.msgstr)):
        if word not in kept and (mixes_scripts(word, own) or poses_as_own(word, own)):
            strange = sorted(
                {
                    char
                    for char in word
                    if script_of(char) in ("Latn", *ALIKE) and script_of(char) not in own
                }
            )
            yield f"look-alike letters of another script in {word!r}: " + ", ".join(
                f"{char} U+{ord(char):04X}" for char in strange
            )
