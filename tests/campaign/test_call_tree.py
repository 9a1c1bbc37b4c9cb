"""The call tree: everybody reached once where it is possible, by people who share a language, and soon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.campaign.call_tree import NO_CALLER, CallTree, call_tree, shared_languages
from generator.campaign.site_record import Person


def person(number: int, languages: str, calls: int) -> Person:
    return Person(f"P{number}", f"07700 9002{number:02}", tuple(languages.split()), calls, date(2026, 11, 20))


def crowd(*rows: tuple[str, int]) -> list[Person]:
    return [person(number, languages, calls) for number, (languages, calls) in enumerate(rows)]


LANGUAGES = st.lists(st.sampled_from(["ar", "ckb", "en", "ur"]), min_size=1, max_size=3, unique=True).map(" ".join)
ROWS = st.tuples(LANGUAGES, st.integers(0, 3))
SMALL = st.lists(ROWS, min_size=1, max_size=5).map(lambda rows: crowd(*rows))
LARGE = st.lists(ROWS, min_size=1, max_size=40).map(lambda rows: crowd(*rows))


def lawful(found: CallTree) -> bool:
    """Tell whether capacities hold, every link shares a language, and there is no circle."""
    links = [(caller, place) for place, caller in enumerate(found.callers) if caller != NO_CALLER]
    capacities = all(len(found.called(place)) <= one.calls for place, one in enumerate(found.people))
    return capacities and all(shared_languages(found.people[caller], found.people[place]) for caller, place in links)


def rooted(callers: Sequence[int]) -> list[int]:
    """Return how many calls it takes to each person; -1 if the news never comes."""
    depths = []
    for place in range(len(callers)):
        way, at = 0, place
        while at != 0 and callers[at] != NO_CALLER and way <= len(callers):
            at, way = callers[at], way + 1
        depths.append(way if at == 0 and way <= len(callers) else NO_CALLER)
    return depths


def best(people: Sequence[Person]) -> tuple[int, int]:
    """Return by trying every tree how many can be reached at most, and how deep the flattest such tree is."""
    places = range(len(people))
    choices = [[NO_CALLER]] + [
        [NO_CALLER, *(other for other in places if other != place and shared_languages(people[place], people[other]))]
        for place in places[1:]
    ]
    found = []
    for callers in product(*choices):
        if all(callers.count(place) <= people[place].calls for place in places):
            depths = rooted(callers)
            reached = [depth for place, depth in enumerate(depths) if depth != NO_CALLER]
            if all(depth != NO_CALLER for place, depth in enumerate(depths) if callers[place] != NO_CALLER):
                found.append((len(reached), -max(reached)))
    count, depth = max(found)
    return count, -depth


@given(LARGE)
@settings(max_examples=150, deadline=None)
def test_every_tree_keeps_its_laws(people: list[Person]) -> None:
    found = call_tree(people)
    depths = rooted(found.callers)

    assert lawful(found)
    assert {place for place, depth in enumerate(depths) if depth == NO_CALLER} == set(found.missing)
    assert len(found.deepest) - 1 == max(depths)
    assert call_tree(people) == found


@given(SMALL)
@settings(max_examples=200, deadline=None)
def test_nobody_is_left_out_who_could_be_reached_and_the_tree_is_flat(people: list[Person]) -> None:
    found = call_tree(people)
    count, depth = best(people)

    assert found.missing == () if count == len(people) else len(people) - len(found.missing) >= count - 1
    assert len(found.deepest) - 1 <= depth + 1


@given(st.lists(st.integers(0, 4), min_size=1, max_size=60))
@settings(max_examples=100, deadline=None)
def test_with_one_language_the_tree_is_as_flat_as_can_be(calls: list[int]) -> None:
    found = call_tree(crowd(*(("en", count) for count in calls)))
    order = [calls[0], *sorted(calls[1:], reverse=True)]
    reached, room, least = 1, order[0], 0
    while room and reached < len(order):
        level = order[reached : reached + room]
        reached, room, least = reached + len(level), sum(level), least + 1

    assert len(found.missing) == len(calls) - reached
    assert len(found.deepest) - 1 == least


def test_a_bridge_between_two_languages_is_used() -> None:
    found = call_tree(crowd(("en", 1), ("en", 0), ("en ur", 1), ("ur", 0)))

    assert found.callers == (NO_CALLER, NO_CALLER, 0, 2)
    assert found.missing == (1,)


def test_those_nobody_can_call_are_named() -> None:
    found = call_tree(crowd(("en", 3), ("en", 0), ("ckb", 2), ("ckb", 0)))

    assert found.missing == (2, 3)
    assert found.deepest == (0, 1)


def test_nobody_makes_an_empty_tree() -> None:
    assert call_tree([]) == CallTree((), ())
    assert call_tree([]).deepest == ()
