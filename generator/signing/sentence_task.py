"""One sentence in front of a reader, with everything needed to judge it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from generator.base.digests import sentence_key, wording_key
from generator.base.message_text import on_one_line
from generator.base.names import pick_names
from generator.campaign.glossary import GLOSSARY
from generator.catalogue.two_sides import MERGED, other_texts
from generator.checks import all_checks, check_translation
from generator.checks.glossary import term_pattern
from generator.editions.overflow import overflow_warnings
from generator.model import Message, SigningRule, State, Translation
from generator.problem import LeafletsError, Problem, refusal
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.snapshot import Snapshot
from generator.review.source_texts import POLICY_ID, WHOLE_ID
from generator.review.standing import Rival, Standing
from generator.review.support import Support

# Checks that ask a question; every reader answers it, whatever others answered.
QUESTION_CHECKS = frozenset(rule.id for rule in all_checks() if rule.asks)


@dataclass(frozen=True)
class SentenceTask:
    """One sentence in front of a reader, with everything needed to judge it."""

    language: str
    domain: str
    text: Translation
    support: Support
    rule: SigningRule
    problems: tuple[Problem, ...] = ()
    """What the checks find and ask, without what somebody dismissed."""
    back: str = ""
    """What a machine makes of the translation in English: a guess."""
    terms: tuple[tuple[str, str, State], ...] = ()
    """Terms of the glossary in the English, their word, and its state."""
    rivals: tuple[Rival, ...] = ()
    """Other wordings of this sentence that people stand behind."""
    parts: tuple[SentenceTask, ...] = ()
    """Of a whole leaflet in the source: its sentences, which are signed with it."""

    @property
    def message(self) -> Message:
        """The English with its note and risk."""
        return self.text.message

    @property
    def key(self) -> str:
        """What signatures of this wording bind to."""
        return wording_key(
            self.language, self.message.msgctxt, self.message.msgid, self.text.msgstr
        )

    @property
    def origin(self) -> str:
        """Where the text comes from, in words."""
        signers, engines = sorted(self.support.signers), sorted(self.support.engines)
        parts = [f"machine draft by {', '.join(engines)}"] if engines else []
        parts += [f"signed by {', '.join(signers)}"] if signers else []
        unknown = "unknown: edited in another program, signed by nobody"
        if self.text.old:
            unknown = "from before the source changed; nobody has signed it since"
        return "; ".join(parts) or (unknown if self.text.msgstr else "not translated yet")

    def open_for(self, who: str) -> bool:
        """Tell whether a reader can still do something about it."""
        if self.text.state is State.READY:
            # Fewer people stand behind the other text: somebody has to look at it all the same.
            others = [one for one in self.rivals if who not in one.signers]
            return any((who, one.key) not in self.support.chosen for one in others)
        undecided = any((who, rival.key) not in self.support.chosen for rival in self.rivals)
        return undecided or who not in self.support.signers

    def event(
        self, action: LedgerAction, who: str, day: date, why: str = "", target: str = ""
    ) -> LedgerEvent:
        """Return the event of something done to exactly this wording."""
        src = sentence_key(self.domain, self.message.msgctxt, self.message.msgid)
        return LedgerEvent(self.key, action, who, str(day), why, src=src, target=target)


def sentence_tasks(
    snapshot: Snapshot, language: str, domains: Iterable[str], who: str, everything: bool = False
) -> Iterator[SentenceTask]:
    """Yield what `who` can still do something about, or `everything`, in page order.

    Raise LeafletsError if a catalogue cannot be read or is behind the English.
    """
    for domain in domains:
        refuse_outdated(snapshot, language, domain)
        for text in snapshot.texts(language, domain).values():
            task = task_for(snapshot, language, domain, text, who)
            if everything or task.support.doubts or task.open_for(who):
                yield task


def named_tasks(
    snapshot: Snapshot, language: str, domains: Iterable[str], name: str, who: str
) -> Iterator[SentenceTask]:
    """Yield the sentences of an id, however far they are; raise UsageError if there is none."""
    texts = {domain: snapshot.texts(language, domain) for domain in domains}
    pick_names("sentence", [name], {one for found in texts.values() for one in found})
    for domain, found in texts.items():
        if name in found:
            refuse_outdated(snapshot, language, domain)
            yield task_for(snapshot, language, domain, found[name], who)


def task_for(
    snapshot: Snapshot, language: str, domain: str, text: Translation, who: str
) -> SentenceTask:
    """Return one sentence with everything `who` needs to judge it.

    A question is open until this reader answered it, a warning until anybody dismissed it.
    """
    message, support = text.message, snapshot.support(language, text)
    if language == snapshot.project.campaign.source:
        return _source_task(snapshot, domain, text)
    context = replace(
        snapshot.context(language),
        translations={message.msgid: snapshot.elsewhere(language, domain, message)},
    )
    found = [
        *check_translation(message, text.msgstr, context, asks=True),
        *overflow_warnings(snapshot).get((language, domain, message.msgctxt), ()),
    ]

    def settled(problem: Problem) -> bool:
        if problem.severity == "error":
            return False
        if problem.code in QUESTION_CHECKS:
            return (problem.code, who) in support.answers
        return problem.code in support.dismissed

    terms = snapshot.texts(language, GLOSSARY).values() if domain != GLOSSARY else ()
    task = SentenceTask(
        language,
        domain,
        text,
        support,
        rule=snapshot.signed_rules.rule(message, source=False),
        problems=tuple(problem for problem in found if not settled(problem)),
        terms=tuple(
            (term.message.msgid, term.msgstr, term.state)
            for term in terms
            if term.msgstr and term_pattern(term.message.msgid).search(message.msgid)
        ),
        rivals=tuple(_standing(snapshot, language).rivals(domain, *_texts_of(text))),
    )
    return replace(task, back=snapshot.back_translations(language).get(task.key, ""))


def _standing(snapshot: Snapshot, language: str) -> Standing:
    known = snapshot.support_by_key(language)
    return Standing.of(language, known, snapshot.ledger(language))


def _texts_of(text: Translation) -> tuple[str, str, str]:
    return text.message.msgctxt, text.message.msgid, text.msgstr


def _source_task(snapshot: Snapshot, domain: str, text: Translation) -> SentenceTask:
    """Return a source sentence, or a whole leaflet, with what is wrong with it."""
    language, message = snapshot.project.campaign.source, text.message
    texts = snapshot.texts(language, domain)
    rules = snapshot.signed_rules
    if message.msgctxt == WHOLE_ID:
        found = snapshot.source_errors(snapshot.project.leaflets[domain])
    else:
        policy = message.msgctxt == POLICY_ID
        found = [] if policy else list(snapshot.source_findings.of(message))
    support = snapshot.support(language, text)
    parts = [one for name, one in texts.items() if name != WHOLE_ID]
    return SentenceTask(
        language,
        domain,
        text,
        support,
        rule=rules.rule(message, source=True),
        problems=tuple(
            problem
            for problem in found
            if problem.severity == "error" or problem.code not in support.dismissed
        ),
        parts=tuple(
            SentenceTask(
                language,
                domain,
                one,
                snapshot.support(language, one),
                rules.rule(one.message, source=True),
            )
            for one in parts
        )
        if message.msgctxt == WHOLE_ID
        else (),
    )


def corrected_task(snapshot: Snapshot, task: SentenceTask, msgstr: str, who: str) -> SentenceTask:
    """Return the task with another wording, its spaces made single, as its reader will see it."""
    text = replace(task.text, msgstr=on_one_line(msgstr), state=State.DRAFT, old="")
    return task_for(snapshot, task.language, task.domain, text, who)


def refuse_outdated(snapshot: Snapshot, language: str, domain: str) -> None:
    """Raise LeafletsError if a catalogue holds an older English.

    What a reader saw there is not what will be printed.
    """
    if language == snapshot.project.campaign.source:
        return  # it has no catalogue
    found = snapshot.entries(language, domain)
    if any(map(other_texts, found)):
        path = snapshot.project.catalogue(language, domain)
        raise LeafletsError(MERGED.at(where=str(path)))
    entries = {entry.msgctxt: entry.msgid for entry in found if not entry.obsolete}
    for message in snapshot.project.domain(domain):
        if entries.get(message.msgctxt, message.msgid) != message.msgid:
            where = str(snapshot.project.catalogue(language, domain))
            what = "the English has changed since the last extract"
            raise refusal("extract-first", what, where, "leaflets extract")
