"""A graph that goes away and comes back, with a clock of its own."""

from collections.abc import Sequence

import pytest

from kg.catalogue import Catalogue
from kg.errors import GraphError
from kg.graph import Related
from kg.items import Fact
from kg.memory_graph import MemoryGraph
from kg.standby import StandbyGraph
from tests.graph_films import FILMS


class Flaky(MemoryGraph):
    """A graph that answers only while it is up, and counts how often it was asked."""

    up = True
    asked = 0

    def facts(self, item_id: str) -> tuple[Fact, ...]:
        self._answer()
        return super().facts(item_id)

    def neighbours(self, item_ids: Sequence[str], limit: int = 200) -> list[Related]:
        self._answer()
        return super().neighbours(item_ids, limit)

    def works_of(self, person_id: str) -> tuple[Fact, ...]:
        self._answer()
        return super().works_of(person_id)

    def _answer(self) -> None:
        self.asked += 1
        if not self.up:
            raise GraphError("away")


@pytest.fixture
def time() -> list[float]:
    return [0.0]


@pytest.fixture
def flaky() -> Flaky:
    return Flaky(FILMS)


@pytest.fixture
def standby(flaky: Flaky, time: list[float]) -> StandbyGraph:
    return StandbyGraph(flaky, Catalogue(FILMS), retry_after=5.0, clock=lambda: time[0])


def test_the_catalogue_answers_with_the_same_facts_while_the_engine_is_away(
    flaky: Flaky, standby: StandbyGraph
) -> None:
    there = MemoryGraph(FILMS)
    people = ("person:James Cameron", "person:Bill Paxton", "genre:Horror", "person:Nobody")
    assert not standby.away
    flaky.up = False
    for item in FILMS:
        assert standby.facts(item.id) == there.facts(item.id)
        assert standby.connections(item.id, "titanic") == there.connections(item.id, "titanic")
        assert all(standby.holds(fact) for fact in there.facts(item.id))
    for person in people:
        assert standby.works_of(person) == there.works_of(person)
        for other in people:
            if person != other:
                assert standby.together(person, other) == there.together(person, other)
    assert standby.neighbours(["alien"]) == standby.items_with(["genre:Horror"]) == []
    assert standby.facts("unknown") == ()
    assert standby.away


def test_it_is_not_asked_at_every_call_and_taken_up_again(
    flaky: Flaky, standby: StandbyGraph, time: list[float]
) -> None:
    flaky.up = False
    standby.facts("alien")
    asked = flaky.asked
    standby.neighbours(["alien"])
    time[0] = 4.9
    standby.neighbours(["alien"])
    assert flaky.asked == asked
    flaky.up = True
    assert standby.neighbours(["alien"]) == [] and standby.away
    time[0] = 5.0
    assert standby.neighbours(["alien"]) == MemoryGraph(FILMS).neighbours(["alien"])
    assert not standby.away


def test_an_engine_that_stays_away_is_tried_once_each_time(
    flaky: Flaky, standby: StandbyGraph, time: list[float]
) -> None:
    flaky.up, flaky.asked = False, 0
    for second in range(0, 21):
        time[0] = float(second)
        standby.neighbours(["alien"])
    assert flaky.asked == 5  # at 0, 5, 10, 15 and 20 seconds
