"""Enter what somebody who holds a leaflet says is wrong."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from generator.base.words import count_words
from generator.cli.dialogue import doubts_shown
from generator.cli.options import project_of, reader_option
from generator.cli.output import write_next_step, write_note, write_result, write_text

if TYPE_CHECKING:
    from generator.campaign.project import Project
    from generator.printrun.report import ReportedSentence


@click.command("report")
@click.argument("sentence", metavar="CODE")
@click.option(
    "--sentence",
    "wanted",
    default="",
    metavar="N",
    help="With the code of a page: which of its sentences, by its number.",
)
@click.option(
    "--says",
    default="",
    metavar="TEXT",
    help="What is wrong, in the person's words; nothing about the person.",
)
@click.option(
    "--right",
    is_flag=True,
    help="You looked at it, and the sentence is right as it is; needs --why.",
)
@click.option("--why", default="", metavar="TEXT", help="With --right: why.")
@reader_option
@click.pass_context
def command(
    context: click.Context, sentence: str, wanted: str, says: str, right: bool, why: str, code: str
) -> None:
    """Enter that the sentence with CODE is wrong, as somebody wrote or said on the phone.

    Without --says the sentence is only shown. CODE may also be the one at the foot of a page: then
    its sentences are listed, and --sentence says which one.

    The sentence is not ready any more until a reader of the language signs or corrects it;
    `leaflets sign` shows what was said.

    \b
    Example:
      leaflets report RXB6-2AXG --says "nobody answers this number" --as r2
      leaflets report AR-1W7GY --sentence 4 --says "a word is missing" --as r2
      leaflets report RXB6-2AXG --right --why "called it, it answers after 18:00"
    """
    from generator.base.clock import today
    from generator.printrun.report import enter_report, settle_report
    from generator.review.reader_code import signing_reader
    from generator.review.snapshot import Snapshot

    if says and right:
        raise click.UsageError("Either --says or --right")
    project = project_of(context)
    who = signing_reader(project.root, code, Snapshot(project).codes) if says or right else ""
    found = _found(project, sentence, wanted, who, bool(says or right))
    if found is None:
        write_next_step(f'leaflets report {sentence} --sentence N --says "what is wrong"')
        return
    _show(found)
    if right:
        settle_report(project, found, who, today(), why)
        write_note("Answered. The sentence counts again with the signatures it has.")
        write_next_step("leaflets build")
        return
    if says:
        enter_report(project, found, who, today(), says)
        write_note("Entered. The sentence is not ready until a reader has answered.")
    _papers(project, found)
    write_next_step(_next(found, entered=bool(says)))


def _found(
    project: Project, typed: str, wanted: str, who: str, answers: bool
) -> ReportedSentence | None:
    """Return the sentence that is meant; None if a page was listed and nobody said which of it.

    Raises UsageError if something is said about a page, without a terminal to ask which sentence.
    """
    from generator.printrun.report import find_sentence
    from generator.printrun.report_page import page_of_code

    page = page_of_code(project, typed)
    if page is None:
        return find_sentence(project, typed, who)
    if wanted:
        return page.find(wanted, who)
    for line in page.lines():
        changed = "says something else since" if line.text else "the campaign has it no more"
        remark = "" if line.same else f"  ({changed})"
        write_text(f"{line.number:3}  {line.text or line.name}{remark}")
    if sys.stdin.isatty():
        number = click.prompt("Which sentence is wrong (its number)", type=int, err=True)
        return page.find(str(number), who)
    if answers:
        how = f"leaflets report {typed} --sentence N …"
        raise click.UsageError(f"Say which sentence, by its number in the list: {how}")
    return None


def _show(found: ReportedSentence) -> None:
    task = found.task
    write_text(f"{found.name} in {task.language}, {task.text.state}")
    write_text(f"  English   {task.message.msgid}")
    if task.language != "en":
        write_text(f"  {task.language:9} {task.text.msgstr}")
    for doubt in task.support.doubts:
        write_text(f"  doubted   {doubts_shown([doubt])}")
    if found.facts:
        reject = "if one of them is wrong, leaflets sign facts, and reject it"
        write_result(f"  facts     {', '.join(found.facts)}: {reject}")


def _papers(project: Project, found: ReportedSentence) -> None:
    from generator.printrun.report import papers_with

    papers = papers_with(project, found)
    if not papers:
        write_result("No printed edition holds this sentence.")
        return
    hold = count_words(len(papers), "printed edition holds", "printed editions hold")
    write_result(f"{hold} this sentence")
    for paper in papers:
        one = paper.printed
        edition = f"{one.leaflet} {one.language} {one.sheet}"
        place = f"site {one.site}" if one.site else "no site"
        copies = (
            f"{count_words(paper.copies, 'copy', 'copies')} in packs"
            if paper.copies
            else "copies not counted"
        )
        write_text(f"  {one.code}  {edition}, {place}, {one.built}, {one.state}: {copies}")


def _next(found: ReportedSentence, entered: bool) -> str:
    task = found.task
    if not entered:
        return 'the same command with --says "what is wrong"'
    if task.language == "en":
        correct = "correct the English in leaflets/, then leaflets extract"
        return f"{correct}; or leaflets report CODE --right --why …"
    return f"leaflets sign {task.language} {task.domain} --as YOUR-CODE"
