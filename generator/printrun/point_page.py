"""Draw and prove the card on which people point to their language: many scripts on one page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from generator.campaign.sheets import Sheet
from generator.editions.fitting import largest_fit
from generator.editions.jobs import JobResult
from generator.editions.worker import current_worker
from generator.layout import fonts
from generator.layout.expected import Expected
from generator.layout.templates import fill_template
from generator.model import Language
from generator.problem import LeafletsError, Problem

HINT = "the text layer says something else than the page: do not publish it"


@dataclass(frozen=True)
class CardRow:
    """One language, and its sentence; empty if nobody has signed it yet."""

    language: Language
    sentence: str = ""


def card_markup(
    theme: Path, campaign: str, title: str, rows: tuple[CardRow, ...], sheet: Sheet
) -> str:
    """Return the card as HTML."""
    return fill_template(
        theme, "point.html", campaign=campaign, title=title, rows=rows, sheet=sheet
    )


def draw_card(
    html: str, campaign: str, title: str, rows: tuple[CardRow, ...], sheet: Sheet
) -> JobResult:
    """Return the card drawn and proved in this process; its words are looked for language by language."""
    press = current_worker()
    families = tuple(
        dict.fromkeys(family for row in rows for family in fonts.font_stack(row.language))
    )
    try:
        drawn, size = largest_fit(
            sheet, lambda size: press.renderer.draw(html, sheet, size, families)
        )
    except LeafletsError as error:
        return JobResult(problems=error.problems)
    if drawn.pages > sheet.pages:
        what = f"too many languages for {sheet.name}: {drawn.pages} pages instead of {sheet.pages}"
        return JobResult(
            problems=(Problem("overflow", what, hint="use a larger sheet: -s a4 or -s a3-poster"),)
        )
    problems = _prove(drawn.pdf, campaign, title, rows, sheet)
    return JobResult(b"" if problems else drawn.pdf, b"", drawn.pages, size, problems=problems)


def _prove(
    pdf: bytes, campaign: str, title: str, rows: tuple[CardRow, ...], sheet: Sheet
) -> tuple[Problem, ...]:
    from generator.proof.edition_proof import open_pdf, unseen_problems, word_problems
    from generator.proof.glyphs import drawn_words
    from generator.proof.marks import surplus_problems
    from generator.proof.surplus import ExplainedWords

    reader, found, pages = open_pdf(pdf, sheet)
    texts = (
        title,
        *(
            text
            for row in rows
            for text in (row.language.endonym, row.language.english, row.sentence)
            if text
        ),
    )
    expected = Expected(texts, (), (), (), title, "en", texts)
    problems = list(unseen_problems(reader, found, pages, sheet, expected))
    shapers = {row.language.code: current_worker().shaper(row.language) for row in rows}
    said = drawn_words(
        reader,
        {font: glyphs for shaper in shapers.values() for font, glyphs in shaper.spaces.items()},
    )
    roman = next(iter(shapers.values()))
    top = [
        (roman, text, len(said) + 1) for text in (title, campaign)
    ]  # at the foot of every page as well
    names = [
        (shapers[row.language.code], text, 1)
        for row in rows
        for text in (row.language.endonym, row.language.english, row.sentence)
    ]
    explained = ExplainedWords([*top, *names])
    problems += surplus_problems(explained, explained.words(said))
    for row in rows:
        pieces = tuple(filter(None, (row.language.endonym, row.sentence)))
        problems += [
            problem.at(language=row.language.code)
            for problem in word_problems(
                said, replace(expected, pieces=pieces), shapers[row.language.code]
            )
        ]
    for item in found:
        if "/ActualText" in item and str(item["/ActualText"]).strip() not in " ".join(texts):
            problems.append(
                Problem(
                    "proof-text-layer",
                    f"the structure says {str(item['/ActualText'])[:60]!r}",
                    hint=HINT,
                )
            )
    return tuple(problems)
