"""Harmful edits that are more than one replacement."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from generator.base.message_text import MARKUP_PART, PLACEHOLDER
from generator.base.sentences import ENGLISH_ENDS, QUESTION_MARKS, split_sentences
from generator.checks.forbidden_word import holds_word
from generator.checks.glossary import agreed_stems, folded_text, term_pattern
from tests.support.sabotage_tools import Change, Sentence, add, ended, inside
from tests.support.sabotage_words import CODE_PAGES, FAR, INSULT, NEIGHBOURS, NEIGHBOURS_LETTER, NO_GLYPH, THING


def no_glyph(sentence: Sentence, chance: Random) -> str | None:
    """Write a letter of the right script that no font of the language has."""
    covers = sentence.context.covers or frozenset()
    found = [char for char in NO_GLYPH[sentence.language.unicode_scripts[0]] if ord(char) not in covers]
    return inside(found[0])(sentence, chance) if found else None


def held_together(sentence: Sentence, chance: Random) -> str | None:
    """Put spaces at which no line can end between all words of a long sentence, as a web page has them."""
    return sentence.msgstr.replace(" ", "\u00a0") if len(sentence.msgstr) >= 60 else None


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
    return len(MARKUP_PART.sub("", sentence.message.msgid).split()) >= least


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
    return sentence.joined([*sentence.parts[:-1], other.parts[-1]]) if same and not PLACEHOLDER.search(sentence.msgstr) else None


def fixed(table: Mapping[str, str]) -> Change:
    """Return a change that puts a sentence of a table here, where it is about as long and nothing else must stand."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        new = sentence.of(table)
        fits = new and not MARKUP_PART.search(sentence.msgstr) and 0.5 < len(new) / len(sentence.msgstr) < 2 and len(sentence.parts) == 2
        return new if fits else None

    return change


def untranslated(sentence: Sentence, chance: Random) -> str | None:
    """Copy the English, if it is more than a name."""
    return sentence.message.msgid if len(MARKUP_PART.sub("", sentence.message.msgid).split()) > 1 else None


def half_english(sentence: Sentence, chance: Random) -> str | None:
    """Leave the second half in English."""
    if MARKUP_PART.search(sentence.msgstr) or not long_enough(sentence):
        return None
    words = sentence.message.msgid.split(" ")
    half = sentence.msgstr[: len(sentence.msgstr) // 2]
    half = half.rpartition(" ")[0] if sentence.language.spaced else half
    return f"{half} {' '.join(words[len(words) // 2 :])}"


def english_sentence(sentence: Sentence, chance: Random) -> str | None:
    """Leave the last of several sentences in English."""
    english = split_sentences(MARKUP_PART.sub("", sentence.message.msgid))
    if MARKUP_PART.search(sentence.msgstr) or len(sentence.parts) < 2 or len(english) < 2:
        return None
    return sentence.joined([*sentence.parts[:-1], english[-1].strip()])


def without(place: int) -> Change:
    """Return a change that leaves out one of several sentences, none that has a placeholder."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        parts = sentence.parts
        if len(parts) < 2 or MARKUP_PART.search(parts[place]) or len(split_sentences(sentence.message.msgid)) != len(parts):
            return None
        del parts[place]
        return sentence.joined(parts)

    return change


def cut_in_the_middle(sentence: Sentence, chance: Random) -> str | None:
    """Cut the text off after half of its words."""
    half = sentence.msgstr[: len(sentence.msgstr) // 2]
    half = half.rpartition(" ")[0] if sentence.language.spaced else half
    whole = ended(sentence.message.msgid, ENGLISH_ENDS)[1]
    return (
        half
        if whole and long_enough(sentence) and sorted(MARKUP_PART.findall(half)) == sorted(MARKUP_PART.findall(sentence.msgstr))
        else None
    )


def other_end(sentence: Sentence) -> str | None:
    """End a statement as in Hindi."""
    return sentence.msgstr[:-1] + "।" if sentence.msgstr[-1] in sentence.language.ends else None


def said_twice(short: bool) -> Change:
    """Return a change that says a text twice, a short one or a longer one."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        fits = (
            (len(sentence.message.msgid) < 25) is short
            and len(sentence.message.msgid.split()) > 2
            and not MARKUP_PART.search(sentence.msgstr)
        )
        return sentence.joined([sentence.msgstr, sentence.msgstr]) if fits else None

    return change


def loop(sentence: Sentence, chance: Random) -> str | None:
    """Say the last words again and again."""
    text, end = ended(sentence.msgstr, sentence.language.ends)
    words = text.split(" ")[-2:] if sentence.language.spaced else [text[-4:]]
    return (
        f"{text}{' ' if sentence.language.spaced else ''}{sentence.joined(words * 5)}{end}"
        if not MARKUP_PART.search("".join(words))
        else None
    )


def other_sentence(fits: Callable[[Sentence, str, str], bool]) -> Change:
    """Return a change that puts the translation of another English sentence here."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        mine = sorted(MARKUP_PART.findall(sentence.msgstr))
        book = [(english, own) for english, own in sentence.book if own != sentence.msgstr and sorted(MARKUP_PART.findall(own)) == mine]
        found = [own for english, own in book if english != sentence.message.msgid and fits(sentence, english, own)]
        return chance.choice(sorted(found)) if found else None

    return change


def of_same_shape(sentence: Sentence, english: str, own: str) -> bool:
    """Tell whether two sentences are of one shape: as many sentences, about as long, of the same end, without numbers."""
    same = ended(english, ENGLISH_ENDS)[1][:1] == ended(sentence.message.msgid, ENGLISH_ENDS)[1][:1]
    marks = len(split_sentences(english)) == len(split_sentences(sentence.message.msgid)) and not re.search(
        r"\d", english + sentence.message.msgid
    )
    terms = not any(term_pattern(term).search(sentence.message.msgid) for term, _ in sentence.context.terms)
    return same and marks and terms and 0.8 < len(english) / len(sentence.message.msgid) < 1.25


def of_other_shape(sentence: Sentence, english: str, own: str) -> bool:
    """Tell whether another text has at least two sentences more, or less."""
    return abs(len(split_sentences(english)) - len(split_sentences(sentence.message.msgid))) >= 2


def one_more_sentence(sentence: Sentence, chance: Random) -> str | None:
    """Add a sentence that stands elsewhere in the leaflets, to a text of one or two."""
    known = [own for _, own in sentence.book if own.endswith(tuple(".。۔።।")) and not MARKUP_PART.search(own) and own != sentence.msgstr]
    end = ended(sentence.msgstr, sentence.language.ends)[1]
    return sentence.joined([sentence.msgstr, chance.choice(sorted(known))]) if end and len(sentence.parts) < 3 else None


def other_order(sentence: Sentence, chance: Random) -> str | None:
    """Turn the order of the sentences around."""
    return sentence.joined(sentence.parts[::-1]) if len(sentence.parts) > 1 else None


def asked(question: bool) -> Change:
    """Return a change that makes a question of a statement, or a statement of a question."""

    def change(sentence: Sentence, chance: Random) -> str | None:
        text, end = ended(sentence.msgstr, sentence.language.ends)
        mark = next(char for char in sentence.language.ends if (char in QUESTION_MARKS) is question)
        old = next((char for char in end if char in sentence.language.ends), "")
        return text + end.replace(old, mark, 1) if old and (old in QUESTION_MARKS) is not question else None

    return change


def glued(sentence: Sentence, chance: Random) -> str | None:
    """Lose the space after a sentence."""
    return "".join(sentence.parts) if sentence.language.spaced and len(sentence.parts) > 1 else None


def some_words(change: Callable[[list[str], str], list[str]]) -> Change:
    """Return a change of two words in the middle of a text without placeholders and tags; in Chinese, of two letters."""

    def run(sentence: Sentence, chance: Random) -> str | None:
        words = sentence.msgstr.split(" ") if sentence.language.spaced else list(sentence.msgstr)
        places = [at for at in range(1, len(words) - 2) if words[at].isalpha() and words[at + 1].isalpha() and words[at] != words[at + 1]]
        term = any(term_pattern(term).search(sentence.message.msgid) for term, _ in sentence.context.terms)
        if len(words) < 6 or not places or MARKUP_PART.search(sentence.msgstr) or term:
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
        begins = agreed_stems(word)
        if not term_pattern(term).search(sentence.message.msgid) or not any(stem in folded_text(sentence.msgstr) for stem in begins):
            continue
        if sentence.language.spaced:
            words = sentence.msgstr.split(" ")
            kept = [THING[sentence.language.code] if any(stem in folded_text(word) for stem in begins) else word for word in words]
            if sorted(MARKUP_PART.findall(" ".join(kept))) == sorted(MARKUP_PART.findall(sentence.msgstr)):
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
    found = list(dict.fromkeys(PLACEHOLDER.findall(sentence.msgstr)))
    if len(found) < 2:
        return None
    other = {found[0]: found[1], found[1]: found[0]}
    return PLACEHOLDER.sub(lambda place: "{" + other.get(place[1], place[1]) + "}", sentence.msgstr)


def ascii_only(sentence: Sentence, chance: Random) -> str | None:
    """Lose every accent, as an old telephone does."""
    plain = "".join(char for char in unicodedata.normalize("NFD", sentence.msgstr) if unicodedata.category(char) != "Mn")
    lost = sum(not char.isascii() and char.isalpha() for char in sentence.msgstr)
    return plain.replace("ı", "i") if lost > 2 else None


def code_page(sentence: Sentence, chance: Random) -> str | None:
    """Read the letters in an old code page and save them."""
    pair = CODE_PAGES.get(sentence.language.code)
    if not pair or MARKUP_PART.search(sentence.msgstr):
        return None
    return sentence.msgstr.encode(pair[0], "ignore").decode(pair[1], "ignore")


def mojibake(sentence: Sentence, chance: Random) -> str | None:
    """Read one word's UTF-8 as Windows-1252."""
    words = [word for word in re.findall(r"[^\W\d_]+", MARKUP_PART.sub(" ", sentence.msgstr)) if not word.isascii()]
    word = chance.choice(words) if words else ""
    return sentence.msgstr.replace(word, word.encode().decode("cp1252", "replace"), 1) if word else None


def bold_moved(sentence: Sentence, chance: Random) -> str | None:
    """Mark another sentence than the English does."""
    found = re.fullmatch(r"<b>(.+?)</b>\s*(.+)", sentence.msgstr)
    return f"{found[1]}{' ' if sentence.language.spaced else ''}<b>{found[2]}</b>" if found else None


def insult(sentence: Sentence, chance: Random) -> str | None:
    """Write a word that the campaign does not use."""
    word = sentence.of(INSULT)
    return add(INSULT)(sentence, chance) if word and not holds_word(sentence.msgstr, word, sentence.language.spaced) else None
