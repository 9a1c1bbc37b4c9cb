"""Every wording that a sentence ever had: who did what with it, when and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.base.digests import OLD_KEY, sentence_key, wording_key
from generator.catalogue.change import word_diff
from generator.model import State
from generator.problem import refusal
from generator.review.ledger_event import LedgerAction, LedgerEvent, withdrawn_ids
from generator.review.snapshot import Snapshot
from generator.review.source_texts import POLICY_ID, WHOLE_ID
from generator.review.state import wording_state
from generator.review.support import wording_support
from generator.review.wordings import KeptWording, language_wordings
from generator.signing.sentence_task import SentenceTask

# A text as runs of words: kept (=), gone (-) and new (+).
Diff = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PastAction:
    """What somebody did with a wording."""

    who: str
    """A reader's code, or the name of an engine."""
    action: LedgerAction
    day: str
    why: str = ""
    check: str = ""
    """The check whose warning was dismissed."""
    taken_back: bool = False


@dataclass(frozen=True)
class PastWording:
    """One wording of a sentence; all of it is text, numbers and truth values, for JSON too."""

    key: str
    """The hash that signatures of it bind to."""
    source: str
    """The source text that it was made for."""
    text: str
    """Empty where the text was deleted for good, or is known by its hash alone."""
    state: State
    """How far it is by those who stand behind it, for its own source text."""
    actions: tuple[PastAction, ...] = ()
    diff: Diff = ()
    """Against the wording before."""
    source_diff: Diff = ()
    """Its source text against that of the wording before; empty where it is the same."""
    standing: bool = False
    """Whether it is what the catalogue says now."""
    deleted: bool = False

    @property
    def day(self) -> str:
        """The day of the newest thing that was done with it, "" where nobody knows one."""
        return max((action.day for action in self.actions), default="")


def sentence_history(snapshot: Snapshot, task: SentenceTask) -> list[PastWording]:
    """Return the wordings that a sentence had, the newest last and the standing one at the end."""
    return list(_with_differences(_History(snapshot, task).wordings()))


def past_text(found: Iterable[PastWording], number: int) -> str:
    """Return the wording of a number, counted from 1, to be signed again as it was.

    Raise LeafletsError where there is none, or where its text is gone.
    """
    texts = {place: past.text for place, past in enumerate(found, 1) if past.text}
    if number not in texts:
        what = f"there is no wording {number} to put back"
        numbers = ", ".join(map(str, texts))
        hint = f"type one of these: {numbers}" if texts else "no wording has its text any more"
        raise refusal("history-number", what, hint=hint)
    return texts[number]


@dataclass
class _History:
    """What is known of one sentence."""

    snapshot: Snapshot
    task: SentenceTask

    def wordings(self) -> list[PastWording]:
        language = self.task.language
        self.kept = language_wordings(self.snapshot.project, language)
        self.by_key: defaultdict[str, list[LedgerEvent]] = defaultdict(list)
        events = self.snapshot.events(language)
        self.gone = withdrawn_ids(events)
        for event in events:
            self.by_key[event.key].append(event)
        texts = self._texts()
        standing = texts.pop(self.task.key, None)
        found = [self._past(key, *pair) for key, pair in texts.items()]
        found += self._without_text({*texts, self.task.key})
        ordered = _by_day(found)
        if standing and standing[1].strip():
            ordered.append(replace(self._past(self.task.key, *standing), standing=True))
        return ordered

    def _sources(self) -> list[str]:
        """Return every source text there was, the newest first."""
        message, domain = self.task.message, self.task.domain
        older = self.snapshot.history.get(domain, {}).get(message.msgctxt, ())
        return list(dict.fromkeys((message.msgid, *older)))

    def _texts(self) -> dict[str, tuple[str, str]]:
        """Return source and text of each wording by its key, today's too."""
        task, name = self.task, self.task.message.msgctxt
        sources = set(self._sources())
        found = {
            key: (kept.msgid, kept.msgstr)
            for key, kept in self.kept.texts.items()
            if kept.msgctxt == name and (kept.msgid in sources or self._is_whole(kept))
        }
        if task.text.old:
            key = wording_key(task.language, name, task.text.old, task.text.msgstr)
            found.setdefault(key, (task.text.old, task.text.msgstr))
        return found | {task.key: (task.message.msgid, task.text.msgstr)}

    def _is_whole(self, kept: KeptWording) -> bool:
        """Tell whether a text is a former one of this whole leaflet, or of the policy."""
        # A whole leaflet begins with its name and the day of its text.
        name = kept.msgid.partition("\n")[0].partition(",")[0]
        return kept.msgctxt == POLICY_ID or (kept.msgctxt == WHOLE_ID and name == self.task.domain)

    def _without_text(self, shown: set[str]) -> Iterator[PastWording]:
        """Yield the wordings of which the ledger alone still knows."""
        name, domain = self.task.message.msgctxt, self.task.domain
        sources = {sentence_key(domain, name, source): source for source in self._sources()}
        for key, events in self.by_key.items():
            src = next((event.src for event in events if event.src in sources), "")
            if src and key not in shown:
                actions = tuple(self._actions(key))
                deleted = key in self.kept.gone
                yield PastWording(key, sources[src], "", State.MISSING, actions, deleted=deleted)

    def _past(self, key: str, source: str, text: str) -> PastWording:
        task = self.task
        known = self.snapshot.support_by_key(task.language)
        support = wording_support(known, task.language, task.message.msgctxt, source, text)
        state = wording_state(text, support, task.rule)
        return PastWording(key, source, text, state, tuple(self._actions(key)))

    def _actions(self, key: str) -> Iterator[PastAction]:
        events = dict.fromkeys([*self.by_key.get(key[:OLD_KEY], ()), *self.by_key.get(key, ())])
        named = {event.id: event for event in events}.values()
        for event in sorted(named, key=lambda one: one.at):
            if event.action not in (LedgerAction.WITHDRAW, LedgerAction.ANSWER):
                check = event.target if event.action == LedgerAction.DISMISS else ""
                why = event.why
                back = event.id in self.gone
                yield PastAction(event.who, event.action, event.at, why, check, back)


def _by_day(found: list[PastWording]) -> list[PastWording]:
    """Return wordings by day; one of no known day stays behind the one it was kept after."""
    day, days = "", []
    for past in found:
        day = past.day or day
        days.append(day)
    places = sorted(range(len(found)), key=lambda place: (days[place], place))
    return [found[place] for place in places]


def _with_differences(found: list[PastWording]) -> Iterator[PastWording]:
    before: PastWording | None = None
    for past in found:
        if before and past.text and before.text:
            past = replace(past, diff=tuple(word_diff(before.text, past.text)))
        if before and before.source != past.source:
            past = replace(past, source_diff=tuple(word_diff(before.source, past.source)))
        yield past
        before = past if past.text else before
