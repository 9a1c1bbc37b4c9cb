"""No letter of another script that only looks like the right one."""

import re
import unicodedata
from itertools import groupby

from generator.base.words import code_points, script_of, words_of
from generator.checks import Findings, Rule, Subject

# By script: letters that a reader takes for Latin ones, and the Latin ones that pass for them.
_ALIKE = {
    "Cyrl": ("АВЕКМНОРСТХУІаеорсухіѕјһԛԝЅЈ", "ABEKMHOPCTXYIaeopcyxi"),
    "Grek": ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονικρυϲϳ", "ABEZHIKMNOPTYXov"),
    "Armn": ("ՕՏՍԼօսոհցզյք", "OSULounhgq"),
    "Cher": ("ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᏀᏃᏔᏕᏙᏚᏞᏟᏢᏦᏮᏴ", "DRTiYAJEWMHGZWSVSLCPKG"),
    "Copt": ("ⲀⲂⲈⲒⲔⲘⲚⲞⲢⲤⲦⲨⲬⲟⲣⲥ", "ABEIKMNOPCTYXopc"),
    "Lisu": ("ꓐꓑꓓꓔꓖꓗꓙꓚꓝꓡꓢꓣꓤꓥꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", ""),
}
# Unicode's words for a letter in disguise: mathematical, fullwidth, or out of an old PDF.
#
# The last are the shapes of Arabic letters that old PDFs hold in place of the letters.
_FORMS = ("<font>", "<wide>", "<initial>", "<medial>", "<final>", "<isolated>")
# Arabic phrases and signs that have no plain letter.
_SIGN = re.compile("[\ufdf0-\ufdff]")
_ROMAN = re.compile("[IVXLCDM]{2,}")


def disguised_letters(text: str) -> list[str]:
    """Return the letters that stand for a plain one."""
    return sorted(
        char
        for char in set(text)
        if unicodedata.decomposition(char).startswith(_FORMS)
        and unicodedata.category(char)[0] == "L"
        and not _SIGN.match(char)
    )


def latin_lookalikes(own: tuple[str, ...]) -> set[str]:
    """Return the Latin letters that pass for letters of the scripts."""
    return {char for name in own if name in _ALIKE for char in _ALIKE[name][1]}


def mixes_scripts(word: str, own: tuple[str, ...]) -> bool:
    """Tell whether letters of two look-alike scripts stand in one word.

    An ending after a Latin name, as in “BBCшном”, is no mixture.
    """
    rows = [
        (name, "".join(chars))
        for name, chars in groupby(word, script_of)
        if name == "Latn" or name in _ALIKE
    ]
    if len({name for name, _ in rows}) < 2:
        return False
    (first_script, first), (second_script, _), *more = rows
    acronym = len(first) > 1 and first.isupper()
    is_name = acronym or not set(first) <= latin_lookalikes(own)
    return not (first_script == "Latn" and second_script in own and not more and is_name)


def poses_as_own(word: str, own: tuple[str, ...]) -> bool:
    """Tell whether a whole word is in letters of another script that pass for the own ones."""
    name = script_of(word[0])
    if name in own or _ROMAN.fullmatch(word):
        return False
    if name == "Latn":
        return set(word) <= latin_lookalikes(own)
    return "Latn" in own and name in _ALIKE and set(word) <= set(_ALIKE[name][0])


@Rule(
    why="A word with a look-alike letter cannot be searched, is read out wrongly, and can hide a "
    "false name.",
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
def homoglyph(subject: Subject) -> Findings:
    """Does a letter pretend to be another?"""
    own = subject.language.unicode_scripts
    if found := disguised_letters(subject.msgstr):
        yield f"letters in disguise: {' '.join(found)}"
    kept = {word for text in (subject.msgid, *subject.names) for word in words_of(text)}
    for word in dict.fromkeys(words_of(subject.msgstr)):
        if word not in kept and (mixes_scripts(word, own) or poses_as_own(word, own)):
            alike = {"Latn", *_ALIKE} - set(own)
            strange = {char for char in word if script_of(char) in alike}
            numbers = code_points(strange, shown=True)
            yield f"look-alike letters of another script in {word!r}: {numbers}"
