"""Find the sentence of each text in a catalogue that lost its ids: by reference or exact words.

Never by likeness: a text that stands under the wrong sentence is worse than a missing one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from generator.catalogue.entry import Entry
from generator.model import Message
from generator.problem import Problem, Severity

# Every wording that a sentence of the source language ever had, by its id.
Wordings = Mapping[str, tuple[str, ...]]
_QUOTES = str.maketrans(
    {**dict.fromkeys('’‘‚‛`´“”„‟«»"', "'"), **dict.fromkeys("‐‑‒–—−", "-"), "…": "..."}
)
_CODE = "po-place"


class FoundBy(StrEnum):
    """How the sentence of a text can be found, in the words of the message."""

    REFERENCE = "their line #: leaflet:id"
    WORDS = "exactly the same msgid"
    OBSOLETE = "the msgid of an obsolete entry"


class StrayReason(StrEnum):
    """Why a text has no sentence."""

    ELSEWHERE = "elsewhere"
    FOREIGN = "foreign"
    ALIKE = "alike"
    OFTEN = "often"
    SECOND = "second"
    PLURAL = "plural"
    UNKNOWN = "unknown"


# What is said of texts without a sentence, and what to do.
_ADVICE: Mapping[StrayReason, tuple[str, str]] = {
    StrayReason.ELSEWHERE: (
        "belong to the leaflet {name}",
        "if this is its file, move it to {name}.po",
    ),
    StrayReason.FOREIGN: (
        "have a msgctxt that this leaflet never had",
        "write the ids of locales/{domain}.pot, or delete the msgctxt lines",
    ),
    StrayReason.ALIKE: (
        "differ from a sentence in spaces, quotes or dashes only",
        "copy the msgid lines of locales/{domain}.pot",
    ),
    StrayReason.OFTEN: (
        "are for words that stand in the leaflet more than once",
        "write msgctxt above them, as in locales/{domain}.pot",
    ),
    StrayReason.SECOND: ("are a second text for a sentence that has one", "keep one of the two"),
    StrayReason.PLURAL: ("are plural entries, and a leaflet has none", "delete them"),
    StrayReason.UNKNOWN: (
        "are for no sentence of the leaflet",
        "look for their msgid in locales/{domain}.pot, or delete them",
    ),
}


@dataclass(frozen=True)
class PlacedCatalogue:
    """A catalogue with its ids, how they were found, and the texts that have no sentence."""

    entries: list[Entry]
    found: Mapping[FoundBy, int] = field(default_factory=dict)
    """How many texts were found in which way."""
    strays: tuple[tuple[Entry, StrayReason, str], ...] = ()
    """Each text without a sentence, why, and which leaflet it belongs to if that is known."""


def place_entries(
    entries: Iterable[Entry],
    messages: Iterable[Message],
    domain: str,
    history: Mapping[str, Wordings],
    known: Callable[[Entry], bool],
) -> PlacedCatalogue:
    """Return the entries with the msgctxt of the sentence that each belongs to.

    One without msgctxt belongs to the ids of its references (`#: leaflet:id`) if its msgid is one
    of their wordings, else to the one sentence that says exactly its msgid. `known` tells whether
    the ledger knows a text, `history` what each leaflet ever said.
    """
    return _Placing(list(entries), list(messages), domain, history, known).placed()


def missing_ids(entries: Iterable[Entry]) -> Problem | None:
    """Return what to do about texts without msgctxt, so that nobody takes them for missing."""
    found = [
        entry for entry in entries if not entry.msgctxt and not entry.plural and _has_text(entry)
    ]
    if not found:
        return None
    uncounted = "nothing prints or counts them until extract has put each in its place"
    what = f"{_count_texts(len(found))} without msgctxt: {uncounted}"
    return Problem(_CODE, what, f":{found[0].line}", "leaflets extract")


def placing_problems(placed: PlacedCatalogue, domain: str) -> Iterator[Problem]:
    """Yield a warning with what was found, and an error for each reason to have no sentence."""
    if placed.found:
        ways = ", ".join(f"{count} by {way}" for way, count in placed.found.items())
        texts = _count_texts(sum(placed.found.values()))
        hint = "`leaflets extract` writes it; then look at some: leaflets review"
        what = f"{texts} without our msgctxt found: {ways}"
        yield Problem(_CODE, what, hint=hint, severity=Severity.WARNING)
    kinds: defaultdict[tuple[StrayReason, str], list[Entry]] = defaultdict(list)
    for entry, why, name in placed.strays:
        kinds[why, name].append(entry)
    live = sum(map(_has_text, placed.entries))
    for (why, name), found in kinds.items():
        what, hint = (text.format(name=name, domain=domain) for text in _ADVICE[why])
        first = _quoted_start(found[0].msgctxt or found[0].msgid)
        retire = "to keep them in the file as obsolete: leaflets extract --retire"
        yield Problem(
            _CODE,
            f"{len(found)} of {live} texts {what}; the first is {first}",
            f":{found[0].line}",
            f"{hint}; nothing was changed; {retire}",
        )


def _count_texts(count: int) -> str:
    return f"{count} text{'s' if count != 1 else ''}"


def _quoted_start(text: str) -> str:
    return f"“{text[:40]}…”" if len(text) > 41 else f"“{text}”"


def _has_text(entry: Entry) -> bool:
    """Whether an entry has something to lose: a text that is not obsolete."""
    has_words = bool(entry.msgstr or any(entry.forms))
    return has_words and not (entry.obsolete or entry.remark or entry.header)


class _Placing:
    """One catalogue, and what is known of its leaflet and the others."""

    def __init__(
        self,
        entries: list[Entry],
        messages: list[Message],
        domain: str,
        history: Mapping[str, Wordings],
        known: Callable[[Entry], bool],
    ) -> None:
        self.entries, self.domain, self.known = entries, domain, known
        past = history.get(domain, {})
        self.now = {message.msgctxt: message.msgid for message in messages}
        self.own = {name: (text, *past.get(name, ())) for name, text in self.now.items()}
        self.own |= {name: texts for name, texts in past.items() if name not in self.now}
        self.others = {name: wordings for name, wordings in history.items() if name != domain}
        self.taken = {
            entry.msgctxt: entry.msgstr for entry in entries if entry.msgctxt and _has_text(entry)
        }
        self.result: dict[int, list[Entry]] = {}
        self.found: dict[FoundBy, int] = {}
        self.strays: list[tuple[Entry, StrayReason]] = []

    def placed(self) -> PlacedCatalogue:
        live = filter(_has_text, self.entries)
        # Texts for today's English choose first; those for older wordings take what is left.
        for entry in sorted(live, key=lambda entry: entry.msgid not in self.now.values()):
            self.place_live(entry)
        for entry in self.entries:
            if entry.obsolete and entry.msgstr and not entry.msgctxt and not entry.plural:
                self.bring_back(entry)
        entries = [new for entry in self.entries for new in self.result.get(id(entry), [entry])]
        full = {new.msgctxt for found in self.result.values() for new in found}
        entries = [
            entry
            for entry in entries
            if entry.msgctxt not in full or entry.obsolete or entry.msgstr
        ]
        return PlacedCatalogue(entries, self.found, tuple(self.named_strays()))

    def place_live(self, entry: Entry) -> None:
        """Keep an entry, give it its place, or call it a stray."""
        if entry.plural:
            return self.stray(entry, StrayReason.PLURAL)
        if self.is_ours(entry):
            return None
        if ids := self.referred(entry):
            return self.give(entry, ids, FoundBy.REFERENCE)
        ids = [] if entry.msgctxt else self.saying(entry.msgid)
        if len(ids) == 1:
            return self.give(entry, ids, FoundBy.WORDS)
        return self.stray(entry, StrayReason.OFTEN if ids else self.why(entry))

    def is_ours(self, entry: Entry) -> bool:
        """Whether this leaflet has or had the id, and no other leaflet has these words under it."""
        texts = self.own.get(entry.msgctxt, ())
        known = bool(entry.msgctxt) and (bool(texts) or self.known(entry))
        return entry.msgid in texts or (known and not self.elsewhere(entry))

    def elsewhere(self, entry: Entry) -> list[str]:
        """Return the leaflets that say or said exactly this, under this id if there is one."""

        def says(wordings: Wordings) -> bool:
            if entry.msgctxt:
                return entry.msgid in wordings.get(entry.msgctxt, ())
            return any(entry.msgid in texts for texts in wordings.values())

        return [name for name, wordings in self.others.items() if says(wordings)]

    def referred(self, entry: Entry) -> list[str]:
        """Return the ids of an entry's references whose wording it has."""
        parts = (part.partition(":") for line in entry.references for part in line.split())
        ids = dict.fromkeys(name for leaflet, _, name in parts if leaflet == self.domain)
        return [name for name in ids if entry.msgid in self.own.get(name, ())]

    def saying(self, msgid: str) -> list[str]:
        """Return the ids of the sentences that say exactly this, or else once said it."""
        today = [name for name, text in self.now.items() if text == msgid]
        return today or [name for name, texts in self.own.items() if msgid in texts]

    def give(self, entry: Entry, ids: list[str], way: FoundBy) -> None:
        """Give an entry to all its sentences, unless one of them has another text."""
        if any(self.taken.get(name, entry.msgstr) != entry.msgstr for name in ids):
            return self.stray(entry, StrayReason.SECOND)
        self.result[id(entry)] = [
            entry.changed(msgctxt=name, obsolete=False) for name in ids if name not in self.taken
        ]
        self.taken |= dict.fromkeys(ids, entry.msgstr)
        self.found[way] = self.found.get(way, 0) + 1
        return None

    def bring_back(self, entry: Entry) -> None:
        """Bring back a text that was retired because it had no msgctxt.

        One sentence must say exactly this, and have no text.
        """
        ids = [name for name, text in self.now.items() if text == entry.msgid]
        if len(ids) == 1 and ids[0] not in self.taken:
            self.give(entry, ids, FoundBy.OBSOLETE)

    def stray(self, entry: Entry, why: StrayReason) -> None:
        self.strays.append((entry, why))

    def named_strays(self) -> Iterator[tuple[Entry, StrayReason, str]]:
        """Yield the strays in file order, each with the leaflet that most of them belong to."""
        homes = {
            id(entry): self.elsewhere(entry) if why is StrayReason.ELSEWHERE else []
            for entry, why in self.strays
        }
        counts = Counter(name for names in homes.values() for name in names)
        for entry, why in sorted(self.strays, key=lambda stray: stray[0].line):
            yield entry, why, max(homes[id(entry)], key=counts.__getitem__, default="")

    def why(self, entry: Entry) -> StrayReason:
        """Return why an entry without a place has none."""
        if self.elsewhere(entry):
            return StrayReason.ELSEWHERE
        if entry.msgctxt:
            return StrayReason.FOREIGN
        bare = _bare(entry.msgid)
        alike = any(_bare(text) == bare for text in self.now.values())
        return StrayReason.ALIKE if alike else StrayReason.UNKNOWN


def _bare(text: str) -> str:
    """Return a text without what editors change in silence: kinds of spaces, quotes and dashes."""
    return (
        re.sub(r"\s+", " ", text.translate(_QUOTES)).strip().replace(" -", "-").replace("- ", "-")
    )
