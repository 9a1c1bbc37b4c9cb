"""Compare the text that was meant with the glyphs that were drawn.

Text extraction is unreliable in Nastaliq, Bengali, Burmese and others. So the words are shaped
again with HarfBuzz from the same font files, and their glyph numbers are looked for in the page's
content. WeasyPrint keeps the numbers when it subsets a font.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from generator.layout.text_spans import is_right_to_left

_GLYPH_OPERATOR = re.compile(rb"\bBT\b|/(?P<font>\w+) [\d.]+ Tf|(?<!<)<(?P<hex>[0-9a-f]+)>(?!>)")
_CLUSTER = re.compile(
    "[A-Za-z0-9\u00c0-\u024f]+|[^A-Za-z0-9\u00c0-\u024f][\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]*"
)
# Scripts whose lines may break between any two letters: compared letter by letter.
BREAK_ANYWHERE = {"Hang", "Hani", "Thai"}
# Scripts whose words follow each other without a space glyph: looked for inside longer runs.
NO_SPACES = BREAK_ANYWHERE | {"Khmr", "Laoo", "Mymr"}
FONT_WEIGHTS = ("", "-Bold")
JOINERS = "\u200c\u200d"
# The language of text in Latin type: names, numbers, and English beside the reader's language.
_ROMAN_TAG = "en"


class DrawnWord(NamedTuple):
    """One drawn word: the name of its font, and its glyph numbers, one character each."""

    font: str
    glyphs: str


def drawn_words(reader: Any, spaces: Mapping[str, str]) -> list[list[DrawnWord]]:
    """Return every drawn word of each page in the order of its content.

    `reader` is a pypdf reader; `spaces` has the glyphs that stand between words, by font name.
    """
    return [
        [
            DrawnWord(font, word)
            for font, run in _drawn_runs(page)
            for word in _split(run, spaces.get(font, ""))
        ]
        for page in reader.pages
    ]


def word_counts(pages: Iterable[Iterable[DrawnWord]]) -> dict[str, Counter[str]]:
    """Return how often each word stands on the pages, by font name."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for font, glyphs in (word for page in pages for word in page):
        found[font][glyphs] += 1
    return found


def page_fonts(page: Any) -> dict[str, str]:
    """Return the names of a page's fonts, by the names its content calls them."""
    fonts = page["/Resources"].get("/Font", {})
    return {name[1:]: font["/BaseFont"].partition("+")[2] for name, font in fonts.items()}


def decoded_glyphs(digits: bytes) -> str:
    """Return glyph numbers as they stand in a page's content, one character each."""
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "surrogatepass")


def without_spaces(glyphs: str, spaces: str) -> str:
    """Return glyphs without those that stand between words."""
    return "".join(glyph for glyph in glyphs if glyph not in spaces)


def _drawn_runs(page: Any) -> Iterator[tuple[str, str]]:
    """Yield the font and the glyphs of each run: it ends with its font or its text object."""
    fonts, font, run = page_fonts(page), "", ""
    for match in _GLYPH_OPERATOR.finditer(page.get_contents().get_data()):
        if match["hex"]:
            run += decoded_glyphs(match["hex"])
            continue
        if run:
            yield font, run
            run = ""
        if match["font"]:
            font = fonts[match["font"].decode()]
    if run:
        yield font, run


def _split(run: str, spaces: str) -> list[str]:
    return [word for word in re.split(f"[{re.escape(spaces)}]", run) if word] if spaces else [run]


class Shaper:
    """Shapes words with the fonts of one language.

    Like Pango, it takes the first font that has the letter.
    """

    def __init__(
        self, files: list[tuple[str, Path, Path]], tag: str, scripts: Iterable[str]
    ) -> None:
        """Take each family in order with its regular and its bold file, the Latin one last.

        `scripts` are Unicode's codes.
        """
        self.tag, self.scripts = tag, set(scripts)
        self.families = [family for family, _, _ in files]
        self.paths = {
            (family, weight): path
            for family, *paths in files
            for weight, path in zip(FONT_WEIGHTS, paths, strict=True)
        }
        self.covers = {family: _covers(self.paths[family, ""]) for family in self.families}
        self.shape = lru_cache(maxsize=8_000)(self._shape)
        self.spaces = {
            font_name(family, weight): _separator_glyphs(path, tag, min(self.scripts))
            for (family, weight), path in self.paths.items()
        }
        self.roman = self if tag == _ROMAN_TAG else Shaper(files[-1:], _ROMAN_TAG, ("Latn",))

    def _shape(self, family: str, weight: str, word: str, tag: str = "") -> str:
        return _shaped_glyphs(harfbuzz_font(self.paths[family, weight]), word, tag or self.tag)

    def expected(self, piece: str) -> Iterator[tuple[str, str, str]]:
        """Yield (family, word, the word with its neighbours) of a piece of text."""
        for family, run in self._font_runs(piece):
            words = separated_words(run)
            for place, word in enumerate(words):
                if self.scripts & BREAK_ANYWHERE:
                    yield from ((family, part, part) for part in _CLUSTER.findall(word))
                else:
                    yield family, word, " ".join(words[max(0, place - 1) : place + 2])

    def _font_runs(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield (family, part) of a text, cut where the font changes."""
        part, last = "", ""
        for char in text:
            # What joins or separates letters is drawn in the font of the letters before it.
            family = last if char in JOINERS or is_separator(char) else ""
            family = family or next(
                (name for name in self.families if ord(char) in self.covers[name]),
                self.families[0],
            )
            if part and family != last:
                yield last, part
                part = ""
            part, last = part + char, family
        if part:
            yield last, part

    def missing(self, pieces: Iterable[str], on_page: dict[str, Counter[str]]) -> list[str]:
        """Return the words that are on the pages too seldom, regular and bold together."""
        wanted: Counter[tuple[str, str]] = Counter()
        around: dict[tuple[str, str], set[str]] = defaultdict(set)
        for family, word, neighbours in (item for piece in pieces for item in self.expected(piece)):
            wanted[family, word] += 1
            around[family, word].add(neighbours)
        return [
            word
            for (family, word), times in wanted.items()
            if self._count(family, {word}, word, on_page) < times
            and self._count(family, around[family, word], word, on_page) < times
        ]

    def _count(
        self, family: str, contexts: set[str], word: str, on_page: dict[str, Counter[str]]
    ) -> int:
        """Return how often a word was drawn in any of the forms it takes in the contexts."""
        total = 0
        for weight in FONT_WEIGHTS:
            found = on_page[font_name(family, weight)]
            of_context = (self.forms(family, weight, context, word) for context in contexts)
            forms = {form for some in of_context for form in some}
            if self.scripts & NO_SPACES:
                total += sum(run.count(form) * found[run] for run in found for form in forms)
            else:
                total += sum(found[form] for form in forms)
        return total

    def forms(self, family: str, weight: str, context: str, word: str) -> Iterator[str]:
        """Yield the glyphs of a word alone, and beside the words before and after it.

        Nastaliq joins words over spaces.
        """
        yield self.shape(family, weight, word)
        neighbours, spaces = context.split(" "), self.spaces[font_name(family, weight)]
        place, end = neighbours.index(word), len(neighbours) - 1
        for first, last in ((0, place), (place, end), (0, end)):
            if first == last:
                continue
            text = " ".join(neighbours[first : last + 1])
            glyphs = _split(self.shape(family, weight, text), spaces)
            if len(glyphs) == last + 1 - first:
                yield glyphs[:: -1 if is_right_to_left(text) else 1][place - first]


def _shaped_glyphs(font: Any, text: str, tag: str, script: str = "") -> str:
    """Return the glyphs that a font draws for a text in a language, one character each.

    A mark alone has no script of its own: it takes the `script` of the words around it.
    """
    import uharfbuzz as hb

    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    if script:
        buffer.script = script
    buffer.language = tag
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(font, buffer)
    return "".join(chr(info.codepoint) for info in buffer.glyph_infos)


@cache
def harfbuzz_font(path: Path) -> Any:
    """Return a font for HarfBuzz; the languages of a process share it."""
    import uharfbuzz as hb

    return hb.Font(hb.Face(hb.Blob.from_file_path(path)))


@cache
def _covers(path: Path) -> frozenset[int]:
    return frozenset(harfbuzz_font(path).face.unicodes)


def font_name(family: str, weight: str) -> str:
    """Return the name a font has in the PDF."""
    return family.replace(" ", "-") + weight


def is_separator(char: str) -> bool:
    """Tell whether a character stands between words: any space, punctuation, symbol."""
    return unicodedata.category(char)[0] in "PSZ" or char == "\u200b"


def separated_words(text: str) -> list[str]:
    """Return the words of a text without what stands between them."""
    return "".join(" " if is_separator(char) else char for char in text).split()


@cache
def _separator_glyphs(path: Path, tag: str, script: str) -> str:
    """Return the glyphs of a font that stand only between words, as the language draws them."""
    font = harfbuzz_font(path)
    glyphs = {chr(code): chr(font.get_nominal_glyph(code)) for code in sorted(_covers(path))}
    separators = [char for char in glyphs if is_separator(char)]
    letters = {
        glyph
        for char, glyph in glyphs.items()
        if not is_separator(char) and unicodedata.category(char) != "Cf"
    }
    drawn = [glyphs[char] for char in separators]
    # A Chinese font draws other straight quotes than those its table of characters names.
    drawn += [_shaped_glyphs(font, char, tag, script) for char in separators]
    return without_spaces("".join(dict.fromkeys("".join(drawn))), "".join(letters) + chr(0))
