"""Find the sentence that somebody means who says the code at the foot of a page: by its number in a list of what the page holds."""

from __future__ import annotations

from dataclasses import dataclass

from generator.base.digests import wording_key
from generator.campaign.project import Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.editions.recall import RecallJudge
from generator.model import Translation
from generator.printrun.report import ReportedSentence, facts_beside
from generator.problem import LeafletsError, Problem, UsageError
from generator.review.printing import Printing, printings_with_code
from generator.review.snapshot import Snapshot
from generator.signing.sentence_task import task_for


@dataclass(frozen=True)
class ReportLine:
    """One sentence of a printed page: its number in the list, what it says today, and whether the page says that."""

    number: int
    name: str
    """Catalogue and id."""
    text: str
    """Empty where the campaign has the sentence no more."""
    same: bool


@dataclass
class ReportedPage:
    """One printed page, by its code."""

    project: Project
    printed: Printing

    def __post_init__(self) -> None:
        """Read the campaign once."""
        self.snapshot = Snapshot(self.project)

    def lines(self) -> list[ReportLine]:
        """Return the sentences of the page: its leaflet's in order, then labels and words, then what the campaign has no more."""
        return [
            ReportLine(number, name, *self._said(name))
            for number, name in enumerate(self._order(), 1)
        ]

    def find(self, wanted: str, who: str) -> ReportedSentence:
        """Return the sentence with a number, or with a name such as not-alone/title, for the reader `who`.

        Raises UsageError where the page has no such sentence, LeafletsError where it says something else since.
        """
        line = next(
            (line for line in self.lines() if wanted in (str(line.number), line.name)), None
        )
        if line is None:
            hint = f"leaflets report {self.printed.code} lists its sentences with their numbers"
            raise UsageError(
                Problem(
                    "report-sentence", f"{self.printed.code} has no sentence {wanted!r}", hint=hint
                )
            )
        found = self._text(line.name)
        if not line.same or not found:
            what = (
                f"the sentence says something else since: {line.text}"
                if line.text
                else "the campaign has this sentence no more"
            )
            hint = f"leaflets look {self.printed.code} says what to do with the page. Ask whether the new sentence is wrong too"
            raise LeafletsError(
                Problem("report-changed", what, line.name, hint, language=self.printed.language)
            )
        language, text = found
        return ReportedSentence(
            task_for(self.snapshot, language, line.name.partition("/")[0], text, who),
            facts_beside(text.message),
        )

    def _order(self) -> list[str]:
        domains = [
            domain
            for domain in (self.printed.leaflet, SHARED_DOMAIN)
            if domain in self.project.domains
        ]
        known = [
            f"{domain}/{message.msgctxt}"
            for domain in domains
            for message in self.project.domain(domain)
        ]
        held = self.printed.sentences
        return [name for name in known if name in held] + sorted(held.keys() - set(known))

    def _said(self, name: str) -> tuple[str, bool]:
        """Return what a sentence says today, and whether the page says the same."""
        found = self._text(name)
        if not found:
            return "", False
        language, text = found
        message, boxed = text.message, language != self.printed.language
        key = wording_key(
            self.printed.language, message.msgctxt, message.msgid, "" if boxed else text.msgstr
        )
        return text.msgstr, key == self.printed.sentences[name]

    def _text(self, name: str) -> tuple[str, Translation] | None:
        """Return language and text of a sentence, of one in a box those of the source language; None where it is gone."""
        domain, _, msgctxt = name.partition("/")
        texts = (
            self.snapshot.texts(self.printed.language, domain)
            if domain in self.project.domains
            else {}
        )
        if msgctxt not in texts:
            return None
        text = texts[msgctxt]
        if self.printed.sentences[name] == wording_key(
            self.printed.language, msgctxt, text.message.msgid, ""
        ):
            return "en", self.snapshot.texts("en", domain)[msgctxt]
        return self.printed.language, text


def page_of_code(project: Project, typed: str) -> ReportedPage | None:
    """Return the page with a code at its foot, None if this computer knows none; raise UsageError in a folder that is no campaign."""
    found = printings_with_code(RecallJudge(project).records, typed)
    return ReportedPage(project, found[-1]) if found else None
