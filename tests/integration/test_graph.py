"""One suite for every knowledge graph: in memory, Ladybug, and a real Neo4j server, waited for or awaited."""

import asyncio
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.cypher_graph import AsyncCypherGraph, CypherGraph
from kg.engines.neo4j_async import AsyncNeo4jEngine
from kg.graph import KnowledgeGraph, Related
from kg.items import Entity, Fact, Item, facts_of
from kg.loading import Neo4jSettings, load_graph, open_engine
from kg.memory_graph import MemoryGraph
from kg.nearness import HUB
from tests.graph_films import CATALOGUES, FILMS

Build = Callable[[list[Item]], KnowledgeGraph]


class Awaited:
    """An asynchronous graph, each of whose answers the test waits for."""

    def __init__(self, where: Neo4jSettings, runner: asyncio.Runner) -> None:
        self._run = runner.run
        opening = AsyncNeo4jEngine.open(where.uri, where.user, where.password, where.database)
        self._graph = AsyncCypherGraph(self._run(opening))

    def __getattr__(self, question: str) -> Callable[..., Any]:
        return lambda *asked, **more: self._run(getattr(self._graph, question)(*asked, **more))


@pytest.fixture(params=["memory", "ladybug", "neo4j", "neo4j awaited"])
def build(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Build]:
    """Yields a function that makes the graph of some items, the one before it gone."""
    if request.param == "memory":
        yield MemoryGraph
        return
    where: Path | Neo4jSettings = tmp_path / "graph"
    if request.param != "ladybug":
        where = request.getfixturevalue("neo4j_server").settings
    engine = open_engine(where, writing=True)
    with asyncio.Runner() as runner:
        awaited = None
        if request.param == "neo4j awaited":
            assert isinstance(where, Neo4jSettings)
            awaited = cast(KnowledgeGraph, Awaited(where, runner))

        def written(items: list[Item]) -> KnowledgeGraph:
            load_graph(engine, items)
            return awaited or CypherGraph(engine)

        yield written
        if awaited:
            awaited.close()
    load_graph(engine, [])
    engine.close()


@pytest.fixture
def graph(build: Build) -> KnowledgeGraph:
    return build(list(FILMS))


def test_facts_are_those_of_the_item_in_its_order(graph: KnowledgeGraph) -> None:
    for item in FILMS:
        assert graph.facts(item.id) == facts_of(item)
    assert graph.facts("unknown") == ()
    assert graph.facts("person:James Cameron") == ()


def test_holds_what_is_true_and_nothing_else(graph: KnowledgeGraph) -> None:
    alien, scott = Entity("alien", "", "item"), Entity.of("person", "Ridley Scott")
    assert graph.holds(Fact(alien, "DIRECTED_BY", scott))
    assert graph.holds(Fact(alien, "RELEASED_IN", Entity.of("value", "1979")))
    assert graph.holds(Fact(alien, "RATED", Entity.of("value", "9.1")))
    assert not graph.holds(Fact(alien, "WRITTEN_BY", scott))
    assert not graph.holds(Fact(alien, "RELEASED_IN", Entity.of("value", "1980")))
    assert not graph.holds(Fact(Entity("unknown", "", "item"), "DIRECTED_BY", scott))
    assert not graph.holds(Fact(scott, "DIRECTED_BY", alien))


def test_items_with_most_of_the_entities_come_first_then_the_popular(graph: KnowledgeGraph) -> None:
    asked = ["genre:Sci-Fi", "genre:Horror", "person:Ridley Scott", "genre:Sci-Fi", "genre:Unknown"]
    assert [(found.item_id, found.weight) for found in graph.items_with(asked)] == [
        ("alien", 3.0),
        ("aliens", 2.0),
        ("blade", 2.0),
        ("horror", 1.0),
    ]
    assert graph.items_with(asked)[0].through == ("genre:Horror", "genre:Sci-Fi", "person:Ridley Scott")
    assert len(graph.items_with(asked, limit=2)) == 2
    assert graph.items_with([]) == []


def test_items_with_counts_a_person_of_three_parts_once(graph: KnowledgeGraph) -> None:
    assert graph.items_with(["person:Tommy O'Wiseau"]) == [Related("room", ("person:Tommy O'Wiseau",), 1.0)]


def test_neighbours_share_entities_and_rare_ones_weigh_more(graph: KnowledgeGraph) -> None:
    found = {related.item_id: related for related in graph.neighbours(["aliens"])}
    assert set(found) == {"alien", "titanic", "blade", "horror"}
    assert found["titanic"].through == (
        "person:Bill Paxton",
        "person:James Cameron",
        "country:United States",
        "language:English",
    )
    expected = 2 / math.log(2 + 2) + 2 / math.log(2 + 3)
    assert found["titanic"].weight == pytest.approx(expected)
    assert graph.neighbours(["aliens"])[0].item_id == "alien"


def test_neighbours_leave_out_the_given_and_count_an_entity_for_each_of_them(graph: KnowledgeGraph) -> None:
    found = {related.item_id: related for related in graph.neighbours(["alien", "aliens", "alien"])}
    assert not found.keys() & {"alien", "aliens"}
    assert found["blade"].weight == pytest.approx(2 / math.log(2 + 3) + 1 / math.log(2 + 2))
    assert found["blade"].through == ("person:Ridley Scott", "genre:Sci-Fi")
    assert graph.neighbours(["unknown"]) == graph.neighbours([]) == graph.neighbours(["bare"]) == []


def test_hubs_lead_to_no_neighbours(build: Build) -> None:
    crowd = [Item(f"i{place}", "One", genres=("Drama",), moods=("rare",) * (place < 2)) for place in range(HUB + 1)]
    assert [found.item_id for found in build(crowd).neighbours(["i0"])] == ["i1"]
    assert len(build(crowd[:HUB]).neighbours(["i0"], limit=HUB)) == HUB - 1


def test_connections_are_the_shared_edges_of_the_first(graph: KnowledgeGraph) -> None:
    assert [(fact.relation, fact.object.name) for fact in graph.connections("aliens", "titanic")] == [
        ("DIRECTED_BY", "James Cameron"),
        ("WRITTEN_BY", "James Cameron"),
        ("FEATURES", "Bill Paxton"),
        ("MADE_IN", "United States"),
        ("SPOKEN_IN", "English"),
    ]
    assert graph.connections("alien", "blade")[0].subject.name == "Alien (1979)"
    # Both run 117 minutes; a number joins nothing.
    assert {fact.relation for fact in graph.connections("alien", "blade")} == {"DIRECTED_BY", "HAS_GENRE"}
    assert graph.connections("aliens", "room") == graph.connections("aliens", "unknown") == ()


def test_works_of_a_person_the_popular_first(graph: KnowledgeGraph) -> None:
    works = [(fact.subject.name, fact.relation) for fact in graph.works_of("person:James Cameron")]
    assert works == [
        ("Titanic (1997)", "DIRECTED_BY"),
        ("Titanic (1997)", "WRITTEN_BY"),
        ("Aliens (1986)", "DIRECTED_BY"),
        ("Aliens (1986)", "WRITTEN_BY"),
    ]
    assert graph.works_of("person:James Cameron")[0].object == Entity.of("person", "James Cameron")
    assert graph.works_of("person:Nobody") == graph.works_of("genre:Horror") == ()


def test_people_together_with_what_each_did(graph: KnowledgeGraph) -> None:
    found = graph.together("person:James Cameron", "person:Bill Paxton")
    assert [(fact.subject.name, fact.relation, fact.object.name) for fact in found] == [
        ("Titanic (1997)", "DIRECTED_BY", "James Cameron"),
        ("Titanic (1997)", "WRITTEN_BY", "James Cameron"),
        ("Titanic (1997)", "FEATURES", "Bill Paxton"),
        ("Aliens (1986)", "DIRECTED_BY", "James Cameron"),
        ("Aliens (1986)", "WRITTEN_BY", "James Cameron"),
        ("Aliens (1986)", "FEATURES", "Bill Paxton"),
    ]
    assert graph.together("person:Kate Winslet", "person:Ridley Scott") == ()
    assert graph.together("person:Nobody", "person:Bill Paxton") == ()


def test_no_value_is_taken_for_cypher(graph: KnowledgeGraph) -> None:
    attack = "alien'}) DETACH DELETE n //"
    assert graph.facts(attack) == graph.works_of(attack) == ()
    assert graph.items_with([attack]) == graph.neighbours([attack]) == []
    assert graph.facts("alien") == facts_of(FILMS[0])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CATALOGUES, st.data())
def test_any_catalogue_gives_the_answers_of_the_memory_graph(
    build: Build, items: list[Item], data: st.DataObject
) -> None:
    graph, memory = build(items), MemoryGraph(items)
    ids = [item.id for item in items] or ["none"]
    entities = sorted({fact.object.id for item in items for fact in facts_of(item)} | {"genre:A", "person:B"})
    some = data.draw(st.lists(st.sampled_from(ids), max_size=3))
    asked = data.draw(st.lists(st.sampled_from(entities), max_size=5))
    limit = data.draw(st.integers(0, 8))
    for item_id in ids:
        assert graph.facts(item_id) == memory.facts(item_id)
        assert graph.connections(item_id, ids[0]) == memory.connections(item_id, ids[0])
    for entity_id in entities:
        assert graph.works_of(entity_id) == memory.works_of(entity_id)
        if entity_id != "person:B":
            assert graph.together(entity_id, "person:B") == memory.together(entity_id, "person:B")
    assert graph.items_with(asked, limit) == memory.items_with(asked, limit)
    assert graph.neighbours(some, limit) == memory.neighbours(some, limit)
