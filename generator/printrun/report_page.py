"""Find the sentence that somebody means who says the code at the foot of a page, by its number."""

from __future__ import annotations

from dataclasses import dataclass

from generator.base.digests import same_key, wording_key
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
    """One sentence of a printed page, what it says today, and whether the page says that."""

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
        """Return the sentences: the leaflet's in order, labels and words, then what is gone."""
        return [
            ReportLine(number, name, *self._today(name))
            for number, name in enumerate(self._order(), 1)
        ]

    def find(self, wanted: str, who: str) -> ReportedSentence:
        """Return the sentence with a number, or a name such as not-alone/title, for `who`.

        Raises UsageError where the page has no such sentence, LeafletsError where it has changed.
        """
        code = self.printed.code
        lines = (line for line in self.lines() if wanted in (str(line.number), line.name))
        line = next(lines, None)
        if line is None:
            what = f"{code} has no sentence {wanted!r}"
            hint = f"leaflets report {code} lists its sentences with their numbers"
            raise UsageError(Problem("report-sentence", what, hint=hint))
        found = self._text(line.name)
        if not line.same or not found:
            what = "the campaign has this sentence no more"
            if line.text:
                what = f"the sentence says something else since: {line.text}"
            hint = (
                f"leaflets look {code} says what to do with the page. "
                "Ask whether the new sentence is wrong too"
            )
            language = self.printed.language
            raise LeafletsError(Problem("report-changed", what, line.name, hint, language=language))
        language, text = found
        task = task_for(self.snapshot, language, line.name.partition("/")[0], text, who)
        return ReportedSentence(task, facts_beside(text.message))

    def _order(self) -> list[str]:
        held = self.printed.sentences
        known = [
            f"{domain}/{message.msgctxt}"
            for domain in (self.printed.leaflet, SHARED_DOMAIN)
            if domain in self.project.domains
            for message in self.project.domain(domain)
        ]
        return [name for name in known if name in held] + sorted(held.keys() - set(known))

    def _today(self, name: str) -> tuple[str, bool]:
        """Return what a sentence says today, and whether the page says the same."""
        found = self._text(name)
        if not found:
            return "", False
        language, text = found
        own = text.msgstr if language == self.printed.language else ""
        return text.msgstr, same_key(self._key(text, own), self.printed.sentences[name])

    def _text(self, name: str) -> tuple[str, Translation] | None:
        """Return language and text of a sentence, None where it is gone.

        One that the page shows in a box, because it was not translated, is an English one.
        """
        domain, _, msgctxt = name.partition("/")
        if domain not in self.project.domains:
            return None
        text = self.snapshot.texts(self.printed.language, domain).get(msgctxt)
        if text and same_key(self._key(text, ""), self.printed.sentences[name]):
            return "en", self.snapshot.texts("en", domain)[msgctxt]
        return (self.printed.language, text) if text else None

    def _key(self, text: Translation, msgstr: str) -> str:
        message = text.message
        return wording_key(self.printed.language, message.msgctxt, message.msgid, msgstr)


def page_of_code(project: Project, typed: str) -> ReportedPage | None:
    """Return the page with a code at its foot, None if this computer knows none.

    Raises UsageError in a folder that is no campaign.
    """
    found = printings_with_code(RecallJudge(project).records, typed)
    return ReportedPage(project, found[-1]) if found else None
