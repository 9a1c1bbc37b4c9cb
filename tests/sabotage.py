"""Harmful edits of a translation, as saboteurs, tired volunteers, machines and text editors make them, and what finds them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from random import Random

from generator.checks import Context, check_translation
from generator.checks.forbidden_word import holds
from generator.checks.glossary import folded, spoken, stems
from generator.checks.sentence_count import ENGLISH, QUESTIONS, sentences
from generator.core.digest import digest
from generator.core.text import CUT, NAME, TAG
from generator.edges.project import Project
from generator.model import Language, Message
from generator.usecases.check import printable
from generator.usecases.source import Source

ROOT = Path(__file__).resolve().parent.parent
SIX = ("fr", "ar", "fa", "ur", "tr", "zh_Hans")
"""The languages of the score."""
SPACED = ("fr", "ar", "fa", "ur", "tr")
ARABIC = ("ar", "fa", "ur")
LATIN = ("fr", "tr")


@dataclass(frozen=True)
class Sentence:
    """One shipped translation, with what a saboteur can copy from."""

    message: Message
    msgstr: str
    context: Context
    abroad: Mapping[str, str]
    """The same English in the campaign's other languages."""
    book: tuple[tuple[str, str], ...]
    """English and translation of every sentence of the language."""

    @property
    def language(self) -> Language:
        """The row of the language table."""
        return self.context.language

    @property
    def parts(self) -> list[str]:
        """The sentences of the text, as they stand there; one if tags or too few marks forbid to cut."""
        found = re.split(rf"(?<=[{re.escape(self.language.ends)}])\s*(?=\S)(?![{re.escape(self.language.ends)}»”])", self.msgstr)
        return found if not TAG.search(self.msgstr) else [self.msgstr]

    @cached_property
    def before(self) -> frozenset[str]:
        """The checks that find something in the text as it ships."""
        return self.problems(self.msgstr)

    def problems(self, msgstr: str, asks: bool = False) -> frozenset[str]:
        """Return the ids of the checks that find something in a text for this English, with `asks` the questions too."""
        return frozenset(problem.code for problem in check_translation(self.message, msgstr, self.context, asks))

    def joined(self, parts: list[str]) -> str:
        """Return sentences as one text."""
        return (" " if self.language.spaced else "").join(parts)

    def of(self, words: Mapping[str, str]) -> str | None:
        """Return the language's own word, None if the table has none."""
        return words.get(self.language.code)


Change = Callable[[Sentence, Random], str | None]


@dataclass(frozen=True)
class Kind:
    """One way to harm a translation; `change` gives None for a sentence that it cannot be done to."""

    name: str
    harm: str
    change: Change
    languages: tuple[str, ...] = SIX
    """Where it can be done at all."""


# Tools


def ended(text: str, ends: str) -> tuple[str, str]:
    """Return a text without its last mark, and that mark with what follows it."""
    found = re.search(rf"[{re.escape(ends)}]+[»”\"']?(?:</(?:b|em)>)?\Z", text)
    return (text[: found.start()], found[0]) if found else (text, "")


def add(words: str | Mapping[str, str]) -> Change:
    """Return a change that writes words into the sentence, before its last mark."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        new = words if isinstance(words, str) else sentence.of(words)
        text, end = ended(sentence.msgstr, sentence.language.ends)
        return f"{text.rstrip()}{' ' if sentence.language.spaced else ''}{new}{end}" if new else None

    return change


def swap(pattern: str | Mapping[str, tuple[str, str]], new: str | Callable[[re.Match[str]], str] = "") -> Change:
    """Return a change that replaces the first match; with a table, pattern and text are the language's."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        old, put = (pattern, new) if isinstance(pattern, str) else pattern.get(sentence.language.code, ("(?!)", ""))
        return re.sub(old, put, sentence.msgstr, count=1)

    return change


def inside(char: str) -> Change:
    """Return a change that puts a character between two letters of a word."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        places = spots(sentence.msgstr)
        at = chance.choice(places) if places else 0
        return sentence.msgstr[:at] + char + sentence.msgstr[at:] if at else None

    return change


def spots(text: str) -> list[int]:
    """Return the places between two letters, outside of placeholders and tags."""
    masked = CUT.sub(lambda cut: " " * len(cut[0]), text)
    return [at for at in range(1, len(masked)) if masked[at - 1].isalpha() and masked[at].isalpha()]


def letter(table: Callable[[Sentence], Mapping[str, str]], whole: bool = False) -> Change:
    """Return a change that replaces one letter by the table's, or every letter of a word that the table has all of."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        swaps, text = table(sentence), CUT.sub(lambda cut: " " * len(cut[0]), sentence.msgstr)
        pattern = rf"(?<!\w)[{''.join(swaps)}]{{3,}}(?!\w)" if whole else f"[{''.join(swaps)}]"
        found = list(re.finditer(pattern, text)) if swaps else []
        if not found:
            return None
        place = chance.choice(found)
        return sentence.msgstr[: place.start()] + "".join(swaps[char] for char in place[0]) + sentence.msgstr[place.end() :]

    return change


def untagged(change: Callable[[Sentence], str | None]) -> Change:
    """Return a change of a sentence that has no tags."""
    return lambda sentence, chance: None if TAG.search(sentence.msgstr) else change(sentence)


def wrap(before: str, after: str = "") -> Change:
    """Return a change that puts something before and after the text."""
    return lambda sentence, chance: before + sentence.msgstr + after


def tagged(pattern: str, new: str) -> Change:
    """Return a change of a sentence that has tags."""
    return lambda sentence, chance: re.sub(pattern, new, sentence.msgstr, count=1) if TAG.search(sentence.msgstr) else None


def named(change: Callable[[str], str]) -> Change:
    """Return a change of the first placeholder's name, braces and all."""
    return swap(NAME.pattern, lambda found: change(found[1]))


def number(change: Callable[[str], str]) -> Change:
    """Return a change of the first number."""
    return swap(r"(?<![\da-z_])\d+", lambda found: change(found[0]))


def digits(text: str, zero: str) -> str:
    """Return a number in another row of digits."""
    return "".join(chr(ord(zero) + int(char)) for char in text)


def next_number(text: str) -> str:
    """Return another number: each digit is one higher."""
    return "".join(str((int(char) + 1) % 10) for char in text)


def forms(start: int, end: int) -> dict[str, str]:
    """Return letters of a block of disguised forms by the plain letter."""
    found = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(start, end)}
    return {plain: form for plain, form in found.items() if len(plain) == 1 and plain != form and plain.isalpha()}


def alike(sentence: Sentence) -> dict[str, str]:
    """Return look-alikes by letter: Cyrillic for Latin, old forms for Arabic, radicals for Chinese."""
    latin = dict(["aа", "eе", "oо", "pр", "cс", "xх", "yу", "iі", "sѕ", "jј", "AА", "EЕ", "OО", "CС", "TТ", "HН", "MМ"])
    rows = {"Latn": latin, "Arab": forms(0xFB50, 0xFEFD), "Hani": forms(0x2F00, 0x2FD6)}
    return rows.get(sentence.language.unicode_scripts[0], {})


# The languages' words

ZEROS = {"ar": "٠", "fa": "۰", "ur": "۰", "bn": "০"}
STRANGE_ZEROS = {"fr": "０", "tr": "０", "zh_Hans": "０", "ar": "۰", "fa": "٠", "ur": "٠", "ti": "०", "bn": "०"}
THING = {"fr": "truc", "ar": "شيء", "fa": "چیز", "ur": "چیز", "tr": "şey", "zh_Hans": "东西", "ti": "ነገር", "bn": "জিনিস"}
SPOKEN = {
    "fr": "zéro sept neuf quatre six neuf", "ar": "صفر سبعة تسعة أربعة ستة تسعة", "fa": "صفر هفت نه چهار شش نه",
    "ur": "صفر سات نو چار چھ نو", "tr": "sıfır yedi dokuz dört altı dokuz", "zh_Hans": "零七九四六九",
}  # fmt: skip
DAY = {"fr": "le 20 mars", "ar": "يوم 20 مارس", "fa": "۲۰ مارس", "ur": "20 مارچ", "tr": "20 Mart", "zh_Hans": "3月20日"}
DAY_IN_WORDS = {
    "fr": "le vingt avril", "ar": "في العشرين من أبريل", "fa": "بیستم آوریل", "ur": "بیس اپریل", "tr": "yirmi Nisan",
    "zh_Hans": "四月二十日",
}  # fmt: skip
HOUR = {"fr": "à 18 h 30", "ar": "الساعة 6", "fa": "ساعت ۱۸", "ur": "شام 6 بجے", "tr": "saat 18.30", "zh_Hans": "晚上6点半"}
PRICE = {"fr": "pour 5 livres", "ar": "5 جنيهات", "fa": "۵ پوند", "ur": "5 پاؤنڈ", "tr": "5 sterlin", "zh_Hans": "5英镑"}
THREAT = {
    "fr": "avec votre passeport", "ar": "مع جواز سفركم", "fa": "با پاسپورت خود", "ur": "اپنے پاسپورٹ کے ساتھ", "tr": "ve pasaportunuz",
    "zh_Hans": "，带上护照",
}  # fmt: skip
INSULT = {
    "fr": "clandestin", "ar": "مهاجر غير شرعي", "fa": "مهاجر غیرقانونی", "ur": "غیر قانونی", "tr": "kaçak göçmen", "zh_Hans": "非法移民",
}  # fmt: skip
CHATTER = {
    "fr": "Voici la traduction : ", "ar": "إليك الترجمة: ", "fa": "ترجمه: ", "ur": "ترجمہ: ", "tr": "Çeviri: ", "zh_Hans": "翻译：",
}  # fmt: skip
NEGATION = {
    "fr": (r"\b(?:[Nn]e |[Nn]’)(\w+(?:-les)?) pas\b", r"\1"), "ar": (r"(?<!\w)(?:لا|لم) (?=\w)", ""),
    "fa": ("(?<!\\w)ن(?=می\u200c|کنید|دهید)", ""), "ur": (r" (?:نہیں|نہ)(?!\w)", ""), "tr": (r"m[ae]y([ıiuü]n)\b", r"\1"),
    "zh_Hans": (r"不要|不(?=[会能必])|没有", ""),
}  # fmt: skip
DUTY = {
    "fr": (r"\bpouvez\b", "devez"), "ar": ("يحق لكم", "يجب عليكم"), "fa": ("می\u200cتوانید", "باید"),
    "ur": ("سکتے ہیں", "پر مجبور ہیں"), "tr": (r"[ae]bilirsiniz", "melisiniz"), "zh_Hans": ("可以", "必须"),
}  # fmt: skip
WHO = {
    "fr": (r"\bNous\b", "Vous"), "ar": (r"نحن", "أنتم"), "fa": (r"(?<!\w)ما(?!\w)", "شما"), "ur": (r"(?<!\w)ہم(?!\w)", "آپ"),
    "tr": (r"\b[Bb]iz", "siz"), "zh_Hans": ("我们", "您"),
}  # fmt: skip
HOW_MANY = {
    "fr": (r"\b(?:[Uu]ne|deux) personnes?\b", "dix personnes"), "ar": (r"شخص واحد|شخصين(?! )|شخصًا واحدًا", "عشرة أشخاص"),
    "fa": (r"(?:یک|دو) نفر", "ده نفر"), "ur": (r"ایک شخص|دو افراد", "دس افراد"), "tr": (r"\b(?:[Bb]ir|iki) kişi", "on kişi"),
    "zh_Hans": (r"[一两]个人", "十个人"),
}  # fmt: skip
NEIGHBOURS = {"fr": "es pt", "ar": "fa ps", "fa": "ar ur", "ur": "fa ar", "tr": "ku sq", "ti": "am am"}
"""Languages whose text is put into the wrong file, near ones."""
FAR = {"fr": "am", "ar": "fr", "fa": "zh_Hans", "ur": "bn", "tr": "ar", "zh_Hans": "vi"}
STRANGERS = {
    "fr": "Nu sunteți singuri. Suntem vecinii dumneavoastră și vă ajutăm.",
    "tr": "Siz tək deyilsiniz. Biz sizin yanınızdayıq və kömək edirik.",
    "zh_Hans": "あなたは一人ではありません。私たちはそばにいます。", "ar": "تۆ تەنیا نیت. ئێمە لەگەڵ تۆین و یارمەتیت دەدەین.",
    "fa": "ته تنها نه یې. موږ له تاسو سره یو او مرسته درسره کوو.", "ur": "اسيں تہاڈے نال آں تے تہاڈی مدد کراں گے، تسيں کلے نئیں۔",
}  # fmt: skip
"""Sentences of languages that the campaign has not, or of another neighbour."""
LATIN_LETTERS = {
    "ar": "Lastum wahdakum. Nahnu jiranukum wa naqifu maakum.", "fa": "Shoma tanha nistid. Ma hamsayehaye shoma hastim.",
    "ur": "Aap akele nahin hain. Hum aap ke parosi hain.", "zh_Hans": "Nin bu shi yi ge ren. Women he nin zai yiqi.",
}  # fmt: skip
NEIGHBOURS_LETTER = {"fr": "iı", "tr": "şș", "ar": "كک", "fa": "کك", "ur": "یي"}
CODE_PAGES = {
    "fr": ("cp1252", "cp850"), "tr": ("cp1254", "cp857"), "ar": ("utf-8", "cp1256"), "fa": ("utf-8", "cp1256"), "ur": ("utf-8", "cp1256"),
    "zh_Hans": ("utf-8", "gbk"),
}  # fmt: skip
NO_GLYPH = {"Latn": "\ua7b0\U0001df25", "Arab": "\u0870\u088e", "Hani": "\U0002a6d0\U00030000", "Ethi": "\U0001e7e0", "Beng": "\u0980"}


# Kinds that are more than one replacement


def no_glyph(sentence: Sentence, chance: Random) -> str | None:
    """Write a letter of the right script that no font of the language has."""
    covers = sentence.context.covers or frozenset()
    found = [char for char in NO_GLYPH[sentence.language.unicode_scripts[0]] if ord(char) not in covers]
    return inside(found[0])(sentence, chance) if found else None


def traditional(sentence: Sentence) -> dict[str, str]:
    """Return the traditional letters by the simplified ones; the two rows of the language table stand in one order."""
    rows = {row.code: row for row in sentence.context.languages}
    pairs = zip(rows["zh_Hans"].own, rows["zh_Hant"].own, strict=False) if sentence.language.code == "zh_Hans" else ()
    return {simple: other for simple, other in pairs if simple != other}


def neighbours_letter(sentence: Sentence) -> dict[str, str]:
    """Return a letter of a neighbour's keyboard by the right one."""
    return dict([NEIGHBOURS_LETTER[sentence.language.code]]) if sentence.language.code in NEIGHBOURS_LETTER else traditional(sentence)


def long_enough(sentence: Sentence, least: int = 6) -> bool:
    """Tell whether a sentence says enough to be told from another language."""
    return len(CUT.sub("", sentence.message.msgid).split()) >= least


def of_neighbour(place: int, least: int = 10, most: int = 99) -> Change:
    """Return a change that puts another language's text here, for English of some length in words."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        if not long_enough(sentence, least) or long_enough(sentence, most):
            return None
        if sentence.language.code == "zh_Hans":
            table = traditional(sentence)
            return "".join(table.get(char, char) for char in sentence.msgstr)
        return sentence.abroad.get(NEIGHBOURS.get(sentence.language.code, " ").split(" ")[place]) or None

    return change


def other_scripts_text(sentence: Sentence, chance: Random) -> str | None:
    """Put the text of a language with other letters here."""
    return sentence.abroad.get(FAR.get(sentence.language.code, "")) or None if long_enough(sentence) else None


def neighbours_end(sentence: Sentence, chance: Random) -> str | None:
    """Put the last sentence of a neighbour's text in the place of the own."""
    code = NEIGHBOURS.get(sentence.language.code, "").split(" ")[0]
    other = replace(sentence, msgstr=sentence.abroad.get(code, ""))
    same = len(sentence.parts) == len(other.parts) > 1 and len(other.parts[-1]) >= 30
    return sentence.joined([*sentence.parts[:-1], other.parts[-1]]) if same and not NAME.search(sentence.msgstr) else None


def fixed(table: Mapping[str, str]) -> Change:
    """Return a change that puts a sentence of a table here, where it is about as long and nothing else must stand."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        new = sentence.of(table)
        fits = new and not CUT.search(sentence.msgstr) and 0.5 < len(new) / len(sentence.msgstr) < 2 and len(sentence.parts) == 2
        return new if fits else None

    return change


def untranslated(sentence: Sentence, chance: Random) -> str | None:
    """Copy the English, if it is more than a name."""
    return sentence.message.msgid if len(CUT.sub("", sentence.message.msgid).split()) > 1 else None


def half_english(sentence: Sentence, chance: Random) -> str | None:
    """Leave the second half in English."""
    if CUT.search(sentence.msgstr) or not long_enough(sentence):
        return None
    words = sentence.message.msgid.split(" ")
    half = sentence.msgstr[: len(sentence.msgstr) // 2]
    half = half.rpartition(" ")[0] if sentence.language.spaced else half
    return f"{half} {' '.join(words[len(words) // 2 :])}"


def english_sentence(sentence: Sentence, chance: Random) -> str | None:
    """Leave the last of several sentences in English."""
    english = sentences(CUT.sub("", sentence.message.msgid))
    if CUT.search(sentence.msgstr) or len(sentence.parts) < 2 or len(english) < 2:
        return None
    return sentence.joined([*sentence.parts[:-1], english[-1].strip()])


def without(place: int) -> Change:
    """Return a change that leaves out one of several sentences, none that has a placeholder."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        parts = sentence.parts
        if len(parts) < 2 or CUT.search(parts[place]) or len(sentences(sentence.message.msgid, ENGLISH)) != len(parts):
            return None
        del parts[place]
        return sentence.joined(parts)

    return change


def cut_in_the_middle(sentence: Sentence, chance: Random) -> str | None:
    """Cut the text off after half of its words."""
    half = sentence.msgstr[: len(sentence.msgstr) // 2]
    half = half.rpartition(" ")[0] if sentence.language.spaced else half
    whole = ended(sentence.message.msgid, ENGLISH)[1]
    return half if whole and long_enough(sentence) and sorted(CUT.findall(half)) == sorted(CUT.findall(sentence.msgstr)) else None


def other_end(sentence: Sentence) -> str | None:
    """End a statement as in Hindi."""
    return sentence.msgstr[:-1] + "।" if sentence.msgstr[-1] in sentence.language.ends else None


def said_twice(short: bool) -> Change:
    """Return a change that says a text twice, a short one or a longer one."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        fits = (len(sentence.message.msgid) < 25) is short and len(sentence.message.msgid.split()) > 2 and not CUT.search(sentence.msgstr)
        return sentence.joined([sentence.msgstr, sentence.msgstr]) if fits else None

    return change


def loop(sentence: Sentence, chance: Random) -> str | None:
    """Say the last words again and again."""
    text, end = ended(sentence.msgstr, sentence.language.ends)
    words = text.split(" ")[-2:] if sentence.language.spaced else [text[-4:]]
    return f"{text}{' ' if sentence.language.spaced else ''}{sentence.joined(words * 5)}{end}" if not CUT.search("".join(words)) else None


def other_sentence(fits: Callable[[Sentence, str, str], bool]) -> Change:
    """Return a change that puts the translation of another English sentence here."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        mine = sorted(CUT.findall(sentence.msgstr))
        book = [(english, own) for english, own in sentence.book if own != sentence.msgstr and sorted(CUT.findall(own)) == mine]
        found = [own for english, own in book if english != sentence.message.msgid and fits(sentence, english, own)]
        return chance.choice(sorted(found)) if found else None

    return change


def of_same_shape(sentence: Sentence, english: str, own: str) -> bool:
    """Tell whether two sentences are of one shape: as many sentences, about as long, of the same end, without numbers."""
    same = ended(english, ENGLISH)[1][:1] == ended(sentence.message.msgid, ENGLISH)[1][:1]
    marks = len(sentences(english)) == len(sentences(sentence.message.msgid)) and not re.search(r"\d", english + sentence.message.msgid)
    terms = not any(spoken(term).search(sentence.message.msgid) for term, _ in sentence.context.terms)
    return same and marks and terms and 0.8 < len(english) / len(sentence.message.msgid) < 1.25


def of_other_shape(sentence: Sentence, english: str, own: str) -> bool:
    """Tell whether another text has at least two sentences more, or less."""
    return abs(len(sentences(english)) - len(sentences(sentence.message.msgid))) >= 2


def one_more_sentence(sentence: Sentence, chance: Random) -> str | None:
    """Add a sentence that stands elsewhere in the leaflets, to a text of one or two."""
    known = [own for _, own in sentence.book if own.endswith(tuple(".。۔።।")) and not CUT.search(own) and own != sentence.msgstr]
    end = ended(sentence.msgstr, sentence.language.ends)[1]
    return sentence.joined([sentence.msgstr, chance.choice(sorted(known))]) if end and len(sentence.parts) < 3 else None


def other_order(sentence: Sentence, chance: Random) -> str | None:
    """Turn the order of the sentences around."""
    return sentence.joined(sentence.parts[::-1]) if len(sentence.parts) > 1 else None


def asked(question: bool) -> Change:
    """Return a change that makes a question of a statement, or a statement of a question."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        text, end = ended(sentence.msgstr, sentence.language.ends)
        mark = next(char for char in sentence.language.ends if (char in QUESTIONS) is question)
        old = next((char for char in end if char in sentence.language.ends), "")
        return text + end.replace(old, mark, 1) if old and (old in QUESTIONS) is not question else None

    return change


def glued(sentence: Sentence, chance: Random) -> str | None:
    """Lose the space after a sentence."""
    return "".join(sentence.parts) if sentence.language.spaced and len(sentence.parts) > 1 else None


def some_words(change: Callable[[list[str], str], list[str]]) -> Change:
    """Return a change of two words in the middle of a text without placeholders and tags; in Chinese, of two letters."""

    def run(sentence: Sentence, chance: Random) -> str | None:
        words = sentence.msgstr.split(" ") if sentence.language.spaced else list(sentence.msgstr)
        places = [at for at in range(1, len(words) - 2) if words[at].isalpha() and words[at + 1].isalpha() and words[at] != words[at + 1]]
        term = any(spoken(term).search(sentence.message.msgid) for term, _ in sentence.context.terms)
        if len(words) < 6 or not places or CUT.search(sentence.msgstr) or term:
            return None
        at = chance.choice(places)
        words[at : at + 2] = change(words[at : at + 2], sentence.of(THING) or words[0])
        return sentence.joined(words)

    return run


def name_lost(sentence: Sentence, chance: Random) -> str | None:
    """Translate a name."""
    found = next((name for name in sentence.context.names if name in sentence.message.msgid and name in sentence.msgstr), "")
    return sentence.msgstr.replace(found, sentence.of(THING) or "") if found else None


def name_misspelt(sentence: Sentence, chance: Random) -> str | None:
    """Swap two letters of a name."""
    found = next((name for name in sentence.context.names if name in sentence.message.msgid and name in sentence.msgstr), "")
    return sentence.msgstr.replace(found, found[:-2] + found[:-3:-1]) if found else None


def term_replaced(sentence: Sentence, chance: Random) -> str | None:
    """Write another word for one that people agreed on."""
    for term, word in sentence.context.terms:
        begins = stems(word)
        if not spoken(term).search(sentence.message.msgid) or not any(stem in folded(sentence.msgstr) for stem in begins):
            continue
        if sentence.language.spaced:
            words = sentence.msgstr.split(" ")
            kept = [THING[sentence.language.code] if any(stem in folded(word) for stem in begins) else word for word in words]
            if sorted(CUT.findall(" ".join(kept))) == sorted(CUT.findall(sentence.msgstr)):
                return " ".join(kept)
        elif begins[0] in sentence.msgstr:
            return sentence.msgstr.replace(begins[0], THING[sentence.language.code])
    return None


def otherwise_elsewhere(sentence: Sentence, chance: Random) -> str | None:
    """Change a wording that stands in another leaflet too."""
    known = sentence.context.translations.get(sentence.message.msgid)
    return add(THING)(sentence, chance) if known and sentence.msgstr in known else None


def exchanged(sentence: Sentence, chance: Random) -> str | None:
    """Exchange the places of two placeholders."""
    found = list(dict.fromkeys(NAME.findall(sentence.msgstr)))
    if len(found) < 2:
        return None
    other = {found[0]: found[1], found[1]: found[0]}
    return NAME.sub(lambda place: "{" + other.get(place[1], place[1]) + "}", sentence.msgstr)


def ascii_only(sentence: Sentence, chance: Random) -> str | None:
    """Lose every accent, as an old telephone does."""
    plain = "".join(char for char in unicodedata.normalize("NFD", sentence.msgstr) if unicodedata.category(char) != "Mn")
    lost = sum(not char.isascii() and char.isalpha() for char in sentence.msgstr)
    return plain.replace("ı", "i") if lost > 2 else None


def code_page(sentence: Sentence, chance: Random) -> str | None:
    """Read the letters in an old code page and save them."""
    pair = CODE_PAGES.get(sentence.language.code)
    if not pair or CUT.search(sentence.msgstr):
        return None
    return sentence.msgstr.encode(pair[0], "ignore").decode(pair[1], "ignore")


def mojibake(sentence: Sentence, chance: Random) -> str | None:
    """Read one word's UTF-8 as Windows-1252."""
    words = [word for word in re.findall(r"[^\W\d_]+", CUT.sub(" ", sentence.msgstr)) if not word.isascii()]
    word = chance.choice(words) if words else ""
    return sentence.msgstr.replace(word, word.encode().decode("cp1252", "replace"), 1) if word else None


def bold_moved(sentence: Sentence, chance: Random) -> str | None:
    """Mark another sentence than the English does."""
    found = re.fullmatch(r"<b>(.+?)</b>\s*(.+)", sentence.msgstr)
    return f"{found[1]}{' ' if sentence.language.spaced else ''}<b>{found[2]}</b>" if found else None


def insult(sentence: Sentence, chance: Random) -> str | None:
    """Write a word that the campaign does not use."""
    word = sentence.of(INSULT)
    return add(INSULT)(sentence, chance) if word and not holds(sentence.msgstr, word, sentence.language.spaced) else None


def kind(name: str, harm: str, change: Change, languages: tuple[str, ...] = SIX) -> Kind:
    """Make a row of the table."""
    return Kind(name, harm, change, languages)


PHONE = "020 7946 0999"
OWN_PHONE = {code: digits("02079460999", zero) for code, zero in ZEROS.items()}
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
BEGINNING = rf"\A((?:{CUT.pattern})*)"
KINDS = (
    # numbers
    kind("a digit changed", "Three weeks instead of two: the day is missed.", number(next_number)),
    kind("digits swapped", "01 for 10.", swap(r"([1-9])(0)", r"\2\1")),
    kind("a digit typed twice", "22 people are called instead of 2.", number(lambda text: text + text[-1])),
    kind("a number lost", "Nobody knows how many.", swap(r" ?[(（]\d+[)）]|\d+ ?")),
    kind(
        "another number in own digits",
        "The wrong number in digits that a checker of ASCII does not see.",
        lambda sentence, chance: number(lambda text: digits(next_number(text), ZEROS[sentence.language.code]))(sentence, chance),
        ARABIC,
    ),
    kind(
        "digits of another script",
        "Digits that the reader does not know.",
        lambda sentence, chance: number(lambda text: digits(text, STRANGE_ZEROS[sentence.language.code]))(sentence, chance),
    ),
    kind("a circled digit", "Prints as a box.", number(lambda text: chr(0x245F + int(text)))),
    kind("another number in words", "Ten people instead of one.", swap(HOW_MANY)),
    # placeholders
    kind("placeholder lost", "No number to call.", named(lambda name: "")),
    kind("placeholder doubled", "The number stands there twice.", named(lambda name: f"{{{name}}} {{{name}}}")),
    kind("placeholder misspelt", "No number to call.", named(lambda name: f"{{{name[1:]}}}")),
    kind("placeholder of another fact", "The police instead of the helpline.", named(lambda name: "{police}")),
    kind("placeholder translated", "No number to call.", named(lambda name: "{numéro}")),
    kind("placeholder in capitals", "No number to call.", named(lambda name: f"{{{name.upper()}}}")),
    kind("placeholder without braces", "A code is printed.", named(lambda name: name)),
    kind("placeholder in other brackets", "A code is printed.", named(lambda name: f"｛{name}｝")),
    kind("placeholder with a space", "A code is printed.", named(lambda name: f"{{ {name} }}")),
    kind("placeholder typed out", "The number stays when it changes.", named(lambda name: PHONE)),
    kind("placeholder glued to a word", "The number cannot be told from the word.", swap(r"(?<=\w\w\w) (?=\{)"), SPACED),
    kind("placeholders exchanged", "The hours stand where the number belongs.", exchanged),
    # facts typed in
    kind("a phone number", "A stranger's telephone.", add(PHONE)),
    kind("a phone number in own digits", "A stranger's telephone.", add(OWN_PHONE), ARABIC),
    kind("a phone number in wide digits", "A stranger's telephone.", add(PHONE.translate(WIDE))),
    kind("a phone number with spaces", "A stranger's telephone.", add("0 2 0 7 9 4 6 0 9 9 9")),
    kind("a phone number with dots", "A stranger's telephone.", add("020.7946.0999")),
    kind("a phone number with hidden characters", "A stranger's telephone.", add("020\u200b7946\u200b0999")),
    kind("a phone number in words", "A stranger's telephone.", add(SPOKEN)),
    kind("an emergency number", "The wrong emergency call.", add("911")),
    kind("a link", "A page that collects names.", add("https://help.example.net/form")),
    kind("a domain", "A page that collects names.", add("example.net")),
    kind("a short link", "A page that nobody can see beforehand.", add("bit.ly/3x")),
    kind("an e-mail address", "Mail to a stranger.", add("help@example.net")),
    kind("an e-mail address in disguise", "Mail to a stranger.", add("help [at] example")),
    kind("an account name", "Messages to a stranger.", add("@helpers")),
    kind("a date", "The wrong day.", add("20/03/2027")),
    kind("a date with the month's name", "The wrong day.", add(DAY)),
    kind("a date without digits", "The wrong day.", add(DAY_IN_WORDS)),
    kind("a time", "The wrong hour.", add(HOUR)),
    kind("a price", "Free help for money.", add(PRICE)),
    kind("a postcode", "The wrong place.", add("BS1 4ST")),
    kind("a bank account", "Money to a stranger.", add("GB33 BUKB 2020 1555 5555 55")),
    # tags
    kind("bold lost", "The warning is overlooked.", tagged(r"<b>(.*?)</b>", r"\1")),
    kind("bold around nothing", "The warning is overlooked.", tagged(r"<b>(.*?)</b>", r"<b></b>\1")),
    kind("bold not closed", "Everything is bold, so nothing is.", tagged(r"</b>", "")),
    kind("bold not opened", "The warning is overlooked.", tagged(r"<b>", "")),
    kind("bold the wrong way round", "Broken markup.", tagged(r"<b>(.*?)</b>", r"</b>\1<b>")),
    kind("another tag", "A code is printed.", tagged(r"<b>(.*?)</b>", r"<i>\1</i>")),
    kind("emphasis for bold", "The warning is weaker.", tagged(r"<b>(.*?)</b>", r"<em>\1</em>")),
    kind("a tag with an attribute", "Text is hidden.", tagged(r"<b>", '<b style="display:none">')),
    kind("everything bold", "Bold marks nothing.", tagged(r"\A(?=.*</b>.)<b>(.*?)</b>(.*)\Z", r"<b>\1\2</b>")),
    kind("bold on another sentence", "The warning is overlooked.", bold_moved),
    kind("bold where the English has none", "Something is shouted.", untagged(lambda s: f"<b>{s.msgstr}</b>")),
    kind("a script", "Code in the page.", wrap("", "<script>alert(1)</script>")),
    kind("a picture", "A picture that tells who reads.", wrap('<img src="http://example.net/x.png">')),
    kind("a hidden link", "A page that collects names.", wrap('<a href="//x">', "</a>")),
    # characters
    kind("a direction override", "A number prints backwards.", wrap("\u202e")),
    kind("a direction isolate", "Words change their places.", inside("\u2067")),
    kind("a direction mark", "Marks change their places.", wrap("", "\u200f"), ("fr", "tr", "zh_Hans")),
    kind("hidden tag characters", "Text that only machines read.", wrap("", "\U000e0068\U000e0069")),
    kind("hidden variation selectors", "Text that only machines read.", inside("\U000e0148\U000e0149")),
    kind("a zero-width space in a word", "The word cannot be found.", inside("\u200b")),
    kind("a joiner twice in a word", "The word cannot be found.", inside("\u200c\u200c")),
    kind("a word joiner", "The word cannot be found.", inside("\u2060")),
    kind("a byte order mark", "The word cannot be found.", inside("\ufeff")),
    kind("a soft hyphen", "A hyphen in the middle of a line.", inside("\u00ad")),
    kind("a private character", "Prints as a box.", inside("\ue001")),
    kind("a control character", "Prints as a box.", inside("\x07")),
    kind("a line break", "Half a line stays empty.", inside("\n")),
    kind("a tab", "A hole in the line.", swap(" ", "\t"), SPACED),
    kind("an invisible letter", "A hole in the word.", inside("\u3164")),
    kind("a look-alike letter", "The word is read out wrongly.", letter(alike)),
    kind("a word of look-alikes", "A false name that looks right.", letter(alike, whole=True), SPACED),
    kind("mathematical letters", "Cannot be read out.", add("𝐟𝐫𝐞𝐞")),
    kind("a letter of the neighbour's keyboard", "The word cannot be found.", letter(neighbours_letter)),
    kind("a word of another script", "Nobody can read it.", add("नमस्ते")),
    kind("a letter of another script", "Nobody can read it.", inside("Ж")),
    kind("a letter without glyph", "Prints as a box.", no_glyph),
    kind("an emoji", "Prints as a box.", wrap("", "😀")),
    kind("piled accents", "Prints over the lines above.", inside("\u0301\u0302\u0303\u0304\u0305")),
    kind("an accent on nothing", "A dotted circle.", swap(" ", " \u0301"), SPACED),
    # language
    kind("untranslated", "Nobody understands it.", untranslated),
    kind("half English", "Half is lost.", half_english),
    kind("one sentence in English", "A sentence is lost.", english_sentence),
    kind("an English end", "The reader misses a condition.", add("if you want to")),
    kind("the neighbour's text", "Nobody understands it.", of_neighbour(0)),
    kind("another neighbour's text", "Nobody understands it.", of_neighbour(1), SPACED),
    kind("a stranger's text", "Nobody understands it.", fixed(STRANGERS)),
    kind("the neighbour's last sentence", "A sentence is lost.", neighbours_end, SPACED),
    kind("the neighbour's heading", "Nobody understands it.", of_neighbour(0, 2, 6), SPACED),
    kind("another script's text", "Nobody can read it.", other_scripts_text),
    kind("written in Latin letters", "Few can read it.", fixed(LATIN_LETTERS), ("ar", "fa", "ur", "zh_Hans")),
    kind("accents lost", "Hard to read, and words change their meaning.", ascii_only, LATIN),
    # text
    kind("said twice", "A machine's mistake.", said_twice(False)),
    kind("a heading said twice", "A machine's mistake.", said_twice(True)),
    kind("a machine's loop", "Words without end.", loop),
    kind("cut in the middle", "The condition is lost.", cut_in_the_middle),
    kind("last sentence lost", "“You do not have to” is gone.", without(-1)),
    kind("first sentence lost", "What it is about is gone.", without(0)),
    kind("a sentence added", "Says what nobody wrote.", one_more_sentence),
    kind("a statement for a question", "“Are you in danger?” becomes a claim.", asked(False)),
    kind("a question for a statement", "A right becomes doubtful.", asked(True)),
    kind("end mark lost", "Two sentences run into one.", untagged(lambda s: ended(s.msgstr, s.language.ends)[0])),
    kind("end mark of another script", "Looks like a mistake.", untagged(other_end)),
    kind("two spaces", "A hole in the line.", swap(" ", "  "), SPACED),
    kind("no space after a sentence", "Two words become one.", glued, SPACED),
    kind("a space before the full stop", "The mark falls to the next line.", swap(r"(?<=\w)(?=[.。۔])", " ")),
    kind("dots for words", "Something is left out.", untagged(lambda s: ended(s.msgstr, s.language.ends)[0] + "…")),
    kind("a bracket without its other half", "Something is lost.", wrap("(")),
    kind("only a space", "An empty line is printed.", lambda s, _: " "),
    kind("nothing", "An empty line is printed.", lambda s, _: ""),
    # leftovers
    kind("an HTML entity", "A code is printed.", add("&nbsp;")),
    kind("a format of C", "A code is printed.", add("%s")),
    kind("a format of Python", "A code is printed.", add("%(name)s")),
    kind("a template's code", "Code in the page.", add("{{ name }}")),
    kind("a shell's variable", "A code is printed.", add("${name}")),
    kind("Markdown", "A code is printed.", wrap("**", "**")),
    kind("a typed line break", "A code is printed.", add("\\n")),
    kind("mojibake", "Letters that nobody can read.", mojibake),
    kind("another code page", "Letters that nobody can read.", code_page),
    kind("a replacement character", "Prints as a question mark.", inside("\ufffd")),
    kind("letters lost to question marks", "Letters that nobody can read.", add("?????")),
    kind("a note to do", "The volunteer's note is printed.", wrap("", " TODO: check")),
    kind("a note in brackets", "The volunteer's note is printed.", wrap("", " [?]")),
    kind("a machine's words", "The machine talks to the reader.", lambda s, _: (s.of(CHATTER) or "翻訳: ") + s.msgstr),
    kind("a machine's English words", "The machine talks to the reader.", wrap("Sure, here is the translation: ")),
    # words
    kind("a name translated", "Nobody finds the helpline.", name_lost),
    kind("a name misspelt", "Nobody finds the helpline.", name_misspelt),
    kind("an agreed word replaced", "One thing looks like two.", term_replaced),
    kind("a forbidden word", "An insult.", insult),
    kind("a forbidden word in the plural", "An insult.", add({"fr": "clandestins"}), ("fr",)),
    kind("said otherwise in another leaflet", "One thing looks like two.", otherwise_elsewhere),
    # meaning
    kind("negation lost", "“Open the door” for “do not open the door”.", swap(NEGATION)),
    kind("must for may", "A right becomes a duty.", swap(DUTY)),
    kind("who is swapped", "You pay us for we pay you.", swap(WHO)),
    kind("a word replaced", "Another meaning.", some_words(lambda pair, thing: [thing, pair[1]])),
    kind("a word lost", "Another meaning.", some_words(lambda pair, thing: pair[1:])),
    kind("two words exchanged", "Another meaning.", some_words(lambda pair, thing: pair[::-1])),
    kind("a condition added", "People bring what they must not.", add(THREAT)),
    kind("the order of sentences turned", "First call, then decide.", other_order),
    kind("the translation of another sentence", "Something else is said.", other_sentence(of_same_shape)),
    kind("the translation of a sentence of another shape", "Something else is said.", other_sentence(of_other_shape)),
)  # fmt: skip


# What finds them


@dataclass(frozen=True)
class Unfound:
    """Why no check finds a kind in every sentence, and in which languages."""

    reason: str
    languages: tuple[str, ...] = SIX


ALIVE = "both are words of the language, rightly spelt: only a reader knows which one is meant"
NOT_FINDABLE = {
    # meaning
    "negation lost": Unfound("no list of words knows how a language says no; so `negation` asks every reader"),
    "must for may": Unfound(ALIVE),
    "who is swapped": Unfound(ALIVE),
    "a word replaced": Unfound(ALIVE),
    "a word lost": Unfound("translations have more words than the English, or fewer"),
    "two words exchanged": Unfound("every language has its own order of words"),
    "a condition added": Unfound("translations are longer than the English, by up to 2.4 times"),
    "the order of sentences turned": Unfound("nothing tells which sentence is which"),
    "the translation of another sentence": Unfound("it is right in itself, and of the same length, marks and names"),
    "placeholders exchanged": Unfound("every language has its own order of words"),
    "bold on another sentence": Unfound("nothing tells which sentence is which"),
    # words that carry a fact
    "another number in words": Unfound("number words bend, and “one” is also “a”"),
    "a phone number in words": Unfound("number words bend, and no table of them is at hand"),
    "a date without digits": Unfound("months are words too: mars, Mart, mayo"),
    # too little to go by
    "the neighbour's heading": Unfound("two or three words say nothing about a language", SPACED),
    "the neighbour's text": Unfound("a short text may hold none of the common words", ("fr", "ar")),
    "another neighbour's text": Unfound("a short text may hold none of the common words", ("fr",)),
    "the neighbour's last sentence": Unfound("the rest of the text speaks for the language", ("fr", "ar", "tr")),
    "a letter of the neighbour's keyboard": Unfound("one letter can belong to a foreign name", SPACED),
    "accents lost": Unfound("every word may be right without them", LATIN),
    "another code page": Unfound("what comes out are letters that the language has, now and then"),
    "mojibake": Unfound("a capital and a dash can stand side by side", ("tr",)),
    "half English": Unfound("a word that both languages have, and two more, are no row of English", LATIN),
    "an English end": Unfound("the table of common English words is short", LATIN),
    "a heading said twice": Unfound("twice is no loop"),
    "said twice": Unfound("twice is no loop, and one sentence has no second one to miss"),
    "a sentence added": Unfound("one more than five is a translator's full stop", ("ur",)),
    "a space before the full stop": Unfound("`spacing` wants a space or the end after the mark", ("zh_Hans",)),
    "a forbidden word in the plural": Unfound("endings are not known: every form must be listed", ("fr",)),
    "nothing": Unfound("there is no text to look at: the state is `missing`, and the edition is withheld"),
}


def shipped_sentences(project: Project, code: str) -> list[Sentence]:
    """Return every translation of a language that ships, ready to be harmed; the glossary's words count as agreed."""
    source = Source(project)
    terms = tuple((term, words[code]) for term, words in project.glossary.terms.items() if code in words)
    avoid = project.glossary.avoid.get(code) or (((INSULT[code], "-"),) if code in INSULT else ())
    context = replace(source.context(code), terms=terms, avoid=avoid, covers=printable(project, project.languages[code]))
    places = [(domain, text) for domain in project.domains for text in source.texts(code, domain).values() if text.msgstr]
    book = tuple((text.message.msgid, text.msgstr) for _, text in places)
    found = []
    for number, (domain, text) in enumerate(places):
        others = frozenset(own for at, (english, own) in enumerate(book) if at != number and english == text.message.msgid)
        abroad = {other: source.texts(other, domain)[text.message.msgctxt].msgstr for other in project.campaign.languages}
        here = replace(context, translations={text.message.msgid: others})
        found.append(Sentence(text.message, text.msgstr, here, abroad, book))
    return found


@dataclass(frozen=True)
class Trial:
    """One sentence, harmed in one way."""

    kind: Kind
    sentence: Sentence
    harmed: str

    @property
    def found(self) -> frozenset[str]:
        """The checks that find something in the harmed sentence and nothing in the whole one."""
        return self.sentence.problems(self.harmed) - self.sentence.before


def trials(found: list[Sentence], kind: Kind, most: int) -> Iterator[Trial]:
    """Yield up to `most` sentences that a kind can harm, in an order that depends on nothing but their names."""
    tried = 0
    for sentence in sorted(found, key=lambda sentence: digest(kind.name, sentence.message.msgctxt, sentence.message.msgid)):
        chance = Random(sentence.message.msgid)  # noqa: S311 - the same harm every time
        harmed = kind.change(sentence, chance) if tried < most else None
        if harmed is not None and harmed != sentence.msgstr:
            tried += 1
            yield Trial(kind, sentence, harmed)
