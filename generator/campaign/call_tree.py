"""Who calls whom: a call tree that links only people who share a language, as flat as can be.

The first person of the list hears the news. To reach everybody with few calls each is a
degree-bounded spanning tree, which is NP-hard. So this lays the tree level by level, moves people
to make room for those it could not reach, and tries exchanges.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.base.digests import digest
from generator.campaign.site_record import Person

NO_CALLER = -1


@dataclass(frozen=True)
class CallTree:
    """People in the order of the list, and who calls each.

    The root and those whom nobody can call have no caller.
    """

    people: tuple[Person, ...]
    callers: tuple[int, ...]
    """For each person the place of the one who calls them, or -1."""

    @property
    def missing(self) -> tuple[int, ...]:
        """Those whom nobody can call."""
        return tuple(
            place for place, caller in enumerate(self.callers) if caller == NO_CALLER and place
        )

    def called(self, place: int) -> tuple[int, ...]:
        """Return whom a person calls, in the order of the list."""
        return tuple(other for other, caller in enumerate(self.callers) if caller == place)

    def path(self, place: int) -> tuple[int, ...]:
        """Return the way of the news from the first person to somebody."""
        caller = self.callers[place]
        return (place,) if caller == NO_CALLER else (*self.path(caller), place)

    @property
    def deepest(self) -> tuple[int, ...]:
        """The longest way of the news; of several the first of the list."""
        reached = [place for place in range(len(self.people)) if place not in self.missing]
        return max(map(self.path, reached), key=len, default=())


def shared_languages(one: Person, other: Person) -> tuple[str, ...]:
    """Return the languages that two people share, in the order of the first."""
    return tuple(language for language in one.languages if language in other.languages)


def call_tree(people: Sequence[Person]) -> CallTree:
    """Return the call tree of a list; the same list always gives the same tree."""
    plan = _TreePlan(tuple(people))
    plan.grow()
    plan.exchange()
    plan.flatten()
    return CallTree(plan.people, tuple(plan.callers))


@dataclass
class _TreePlan:
    """A tree in the making."""

    people: tuple[Person, ...]
    callers: list[int] = field(default_factory=list)
    speak: list[set[int]] = field(default_factory=list)
    """For each person those they share a language with."""

    def __post_init__(self) -> None:
        if self.callers:
            return
        self.callers = [NO_CALLER for _ in self.people]
        self.speak = [
            {
                other
                for other, listed in enumerate(self.people)
                if other != place and shared_languages(person, listed)
            }
            for place, person in enumerate(self.people)
        ]

    def waiting(self) -> list[int]:
        return [place for place, caller in enumerate(self.callers) if caller == NO_CALLER and place]

    def reached(self, place: int) -> bool:
        return place == 0 or self.callers[place] != NO_CALLER

    def room(self, place: int) -> int:
        return self.people[place].calls - len(self.called(place))

    def depth(self, place: int) -> int:
        return 0 if self.callers[place] == NO_CALLER else 1 + self.depth(self.callers[place])

    def called(self, place: int) -> list[int]:
        return [other for other, caller in enumerate(self.callers) if caller == place]

    def below(self, place: int) -> Iterator[int]:
        """Yield a person and all to whom the news comes through them."""
        yield place
        for other in self.called(place):
            yield from self.below(other)

    def grow(self) -> None:
        """Reach everybody that laying level by level and making room can reach."""
        self.lay()
        while any(self.reach(place) for place in self.waiting()):
            self.lay()

    def exchange(self) -> None:
        """Give one person's place to somebody nobody could call, where that reaches more people."""
        while better := next(self._exchanges(), None):
            self.callers = better

    def _exchanges(self) -> Iterator[list[int]]:
        """Yield trees that reach more people."""
        for place in [place for place in self.waiting() if self.people[place].calls]:
            for caller in sorted(self.speak[place]):
                for other in self.called(caller):
                    trial = _TreePlan(self.people, list(self.callers), self.speak)
                    for gone in list(self.below(other)):
                        trial.callers[gone] = NO_CALLER
                    trial.callers[place] = caller
                    trial.grow()
                    if len(trial.waiting()) < len(self.waiting()):
                        yield trial.callers

    def lay(self) -> None:
        """Reach, level by level, whom those already reached can call.

        First come those who call many themselves, then those whom few can call.
        """

        def worth(place: int) -> tuple[int, int, int]:
            return -self.people[place].calls, len(self.speak[place]), place

        reached = [place for place in range(len(self.people)) if self.reached(place)]
        queue = sorted(reached, key=self.depth)
        for caller in queue:  # grows while it is read
            near = sorted(self.speak[caller] & set(self.waiting()), key=worth)
            for place in near[: self.room(caller)]:
                self.callers[place] = caller
                queue.append(place)

    def reach(self, place: int) -> bool:
        """Make room for somebody nobody could call; return whether that went."""
        for caller in sorted(self.speak[place], key=lambda other: (self.depth(other), other)):
            if self.reached(caller) and self._free(caller, {caller}):
                self.callers[place] = caller
                return True
        return self._between(place)

    def _free(self, caller: int, seen: set[int]) -> bool:
        """Give a caller room for one more by handing one of theirs to somebody else.

        That person may have to hand on in turn; `seen` are those who were asked already.
        """
        if self.room(caller) > 0:
            return True
        for other in self.called(caller):
            under = set(self.below(other))
            for taker in sorted(self.speak[other] - under - seen):
                seen.add(taker)
                free = self.reached(taker) and self._free(taker, seen)
                if free and taker not in self.below(other):  # making room may have moved them
                    self.callers[other] = taker
                    return True
        return False

    def _between(self, place: int) -> bool:
        """Put somebody between a caller and the one they call."""
        if not self.people[place].calls:
            return False
        for other in sorted(self.speak[place]):
            caller = self.callers[other]
            if caller != NO_CALLER and caller in self.speak[place]:
                self.callers[other], self.callers[place] = place, caller
                return True
        return False

    def flatten(self) -> None:
        """Move people up to callers nearer to the root who have room, the deepest first."""
        for place in sorted(range(len(self.people)), key=lambda place: (-self.depth(place), place)):
            under = set(self.below(place))
            nearer = [
                caller
                for caller in self.speak[place] - under
                if self.reached(caller) and self.room(caller) > 0
            ]
            best = min(nearer, key=lambda caller: (self.depth(caller), caller), default=place)
            if place and self.reached(place) and self.depth(best) + 1 < self.depth(place):
                self.callers[place] = best


# The name of the print for the organiser, with everybody on it.
WHOLE_TREE = "whole"


def people_on_print(found: CallTree, language: str) -> tuple[int, ...]:
    """Return who stands on the print of a language, in the order of the calls.

    Its speakers, who calls them, and whom they call. Nobody else: whoever finds a paper finds as
    few numbers as can be. `WHOLE_TREE` has everybody.
    """
    speak = {
        place
        for place, person in enumerate(found.people)
        if language in (WHOLE_TREE, *person.languages)
    }
    near = {found.callers[place] for place in speak} | {
        place for place, caller in enumerate(found.callers) if caller in speak
    }
    return tuple(place for place in call_order(found) if place in speak | near)


def call_order(found: CallTree) -> tuple[int, ...]:
    """Return everybody in the order of the calls, those whom nobody can call last."""
    roots = [*range(min(1, len(found.people))), *found.missing]
    return tuple(place for root in roots for place in _branch(found, root))


def _branch(found: CallTree, root: int) -> Iterator[int]:
    yield root
    for place in found.called(root):
        yield from _branch(found, place)


def print_names(people: Sequence[Person]) -> tuple[str, ...]:
    """Return the names of the prints of a list of people: their languages, and `WHOLE_TREE`."""
    languages = dict.fromkeys(language for person in people for language in person.languages)
    return (*languages, WHOLE_TREE) if people else ()


def print_keys(people: Sequence[Person]) -> dict[str, str]:
    """Return for each print a digest of who stands on it and calls whom.

    Another person, number or link is another key.
    """
    found = call_tree(people)

    def row(place: int) -> str:
        person = found.people[place]
        calls = [found.people[other].name for other in found.called(place)]
        return repr((person.name, person.phone, person.languages, calls))

    return {
        name: digest("phone-tree", *map(row, people_on_print(found, name)))
        for name in print_names(people)
    }
