"""Draw and prove the card on which people point to their language: many scripts on one page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from generator.base.words import count_words
from generator.campaign.sheets import Sheet
from generator.editions.fitting import largest_fit
from generator.editions.jobs import JobResult
from generator.editions.worker import current_worker
from generator.layout import fonts
from generator.layout.expected import Expected
from generator.layout.templates import fill_template
from generator.model import Language
from generator.problem import LeafletsError, Problem

_TEXT_LAYER_HINT = "the text layer says something else than the page: do not publish it"


@dataclass(frozen=True)
class CardRow:
    """One language, and its sentence; empty if nobody has signed it yet."""

    language: Language
    sentence: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What the card says of the language."""
        return tuple(filter(None, (self.language.endonym, self.language.english, self.sentence)))


@dataclass(frozen=True)
class PointCard:
    """What stands on the card, and the sheet it is printed on."""

    campaign: str
    title: str
    rows: tuple[CardRow, ...]
    sheet: Sheet


def card_markup(theme: Path, card: PointCard) -> str:
    """Return the card as HTML."""
    return fill_template(
        theme,
        "point.html",
        campaign=card.campaign,
        title=card.title,
        rows=card.rows,
        sheet=card.sheet,
    )


def draw_card(html: str, card: PointCard) -> JobResult:
    """Return the card drawn and proved in this process."""
    worker, sheet = current_worker(), card.sheet
    stacks = [fonts.font_stack(row.language) for row in card.rows]
    families = tuple(dict.fromkeys(family for stack in stacks for family in stack))
    try:
        drawn, size = largest_fit(
            sheet, lambda size: worker.renderer.draw(html, sheet, size, families)
        )
    except LeafletsError as error:
        return JobResult(problems=error.problems)
    if drawn.pages > sheet.pages:
        pages = count_words(drawn.pages, "page")
        what = f"too many languages for {sheet.name}: {pages} instead of {sheet.pages}"
        hint = "use a larger sheet: -s a4 or -s a3-poster"
        return JobResult(problems=(Problem("overflow", what, hint=hint),))
    problems = _prove(drawn.pdf, card)
    return JobResult(b"" if problems else drawn.pdf, b"", drawn.pages, size, problems=problems)


def _prove(pdf: bytes, card: PointCard) -> tuple[Problem, ...]:
    """Return what is wrong with the finished card."""
    from generator.proof.edition_proof import open_pdf, unseen_problems, word_problems
    from generator.proof.glyphs import drawn_words
    from generator.proof.marks import surplus_problems
    from generator.proof.surplus import ExplainedWords

    reader, items, pages = open_pdf(pdf, card.sheet)
    texts = (card.title, *(text for row in card.rows for text in row.texts))
    # One language alone cannot be the page's: what each says is looked for with its own shaper.
    expected = Expected(texts, (), (), (), card.title, "en", texts)
    problems = list(unseen_problems(reader, items, pages, card.sheet, expected))

    shapers = {row.language.code: current_worker().shaper(row.language) for row in card.rows}
    spaces = {font: glyphs for shaper in shapers.values() for font, glyphs in shaper.spaces.items()}
    said = drawn_words(reader, spaces)
    roman = next(iter(shapers.values()))
    # Title and campaign stand at the foot of every page as well.
    top = [(roman, text, len(said) + 1) for text in (card.title, card.campaign)]
    names = [(shapers[row.language.code], text, 1) for row in card.rows for text in row.texts]
    explained = ExplainedWords([*top, *names])
    problems += surplus_problems(explained, explained.words(said))

    for row in card.rows:
        code = row.language.code
        own = replace(expected, pieces=tuple(filter(None, (row.language.endonym, row.sentence))))
        problems += [one.at(language=code) for one in word_problems(said, own, shapers[code])]
    for item in items:
        spoken = str(item["/ActualText"]) if "/ActualText" in item else ""
        if spoken.strip() not in " ".join(texts):
            what = f"the structure says {spoken[:60]!r}"
            problems.append(Problem("proof-text-layer", what, hint=_TEXT_LAYER_HINT))
    return tuple(problems)
