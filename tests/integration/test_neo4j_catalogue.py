"""The whole catalogue on a real Neo4j: the answers of Ladybug, and a talk that outlives the server."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import Recommender, Settings
from kg.away import RETRY_AFTER
from kg.catalogue import Catalogue
from kg.graph import KnowledgeGraph
from kg.items import facts_of
from kg.loading import load_graph, open_engine, open_graph
from retrieval.index import CURRENT
from tests.neo4j.server import PASSWORD, Neo4jServer

SAMPLE = 40
PATIENCE = 12  # turns: a busy machine starts a server slowly


@pytest.fixture(scope="module")
def index(home: Path) -> Path:
    """The folder of the index in use."""
    return home / f"index-{(home / CURRENT).read_text(encoding='utf-8').strip()}"


@pytest.fixture(scope="module")
def catalogue(index: Path) -> Catalogue:
    return Catalogue.load(index / "items.jsonl")


@pytest.fixture(scope="module")
def loaded(neo4j_server: Neo4jServer, catalogue: Catalogue) -> Iterator[Neo4jServer]:
    """The server with the catalogue's graph in it."""
    engine = open_engine(neo4j_server.settings, writing=True)
    load_graph(engine, tuple(catalogue))
    yield neo4j_server
    load_graph(engine, ())
    engine.close()


@pytest.fixture
def both(loaded: Neo4jServer, index: Path) -> Iterator[tuple[KnowledgeGraph, KnowledgeGraph]]:
    graphs = open_graph(index / "graph"), open_graph(loaded.settings)
    yield graphs
    for graph in graphs:
        graph.close()


def test_both_engines_answer_alike(both: tuple[KnowledgeGraph, KnowledgeGraph], catalogue: Catalogue) -> None:
    embedded, server = both
    items = list(catalogue)[:: len(catalogue) // SAMPLE]
    for item, other in zip(items, [*items[1:], items[0]], strict=True):
        entities = list(dict.fromkeys(fact.object.id for fact in facts_of(item) if fact.object.kind != "value"))
        people = [entity for entity in entities if entity.startswith("person:")][:3]
        assert server.facts(item.id) == embedded.facts(item.id) == facts_of(item)
        assert server.connections(item.id, other.id) == embedded.connections(item.id, other.id)
        assert server.items_with(people) == embedded.items_with(people)
        for person in people:
            assert server.works_of(person) == embedded.works_of(person)
        near, expected = server.neighbours([item.id, other.id]), embedded.neighbours([item.id, other.id])
        assert [found.item_id for found in near] == [found.item_id for found in expected]
        assert [found.weight for found in near] == pytest.approx([found.weight for found in expected])


def test_a_talk_goes_on_when_the_server_is_killed_and_takes_it_up_again(
    loaded: Neo4jServer, home: Path, index: Path, tmp_path: Path
) -> None:
    for name in (CURRENT, index.name, "models"):
        copy = shutil.copytree if (home / name).is_dir() else shutil.copy
        copy(home / name, tmp_path / name)
    where = loaded.settings
    settings = Settings(home=tmp_path, neo4j_uri=where.uri, neo4j_user=where.user, neo4j_password=PASSWORD)
    assert loaded.agent() == "Neo4j/5.26.24"
    with Recommender.open(settings) as recommender:
        chat = recommender.conversation("alice")
        first = chat.say("I loved Heat and Collateral, nothing with Tom Cruise please")
        assert first.act == "recommend" and "graph" not in first.text
        loaded.kill()
        during = chat.say("something older than 1990, like Alien")
        assert "graph does not answer" in during.text
        assert during.act == "recommend" and during.recommendations
        for pick in during.recommendations:
            assert pick.explanation.evidence
            assert "Tom Cruise" not in pick.item.cast
            assert pick.item.year and pick.item.year < 1990
        answer = chat.say("who directed the first one?")
        assert during.recommendations[0].item.directors[0] in answer.text
        assert "graph" not in answer.text  # said once
        loaded.start()
        later = []
        while len(later) < PATIENCE and not (later and "is back" in later[-1].text):
            time.sleep(RETRY_AFTER)
            later.append(chat.say("more like the first one"))
        assert "is back" in later[-1].text and later[-1].recommendations
        shown = [pick.item.id for reply in (first, during, *later) for pick in reply.recommendations]
        assert len(shown) == len(set(shown))
        assert {"Heat", "Collateral"} <= {p.text for p in chat.taste if p.attitude == "like"}
        assert len(chat.turns) == 3 + len(later)
