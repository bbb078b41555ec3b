"""What is special to the graph in a file: processes, threads, damage, interruption."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.engines import ladybug as ladybug_engine
from kg.engines.base import Row
from kg.engines.ladybug import LadybugEngine
from kg.errors import GraphError, IndexNotReadyError
from kg.graph_rows import GraphSize
from kg.items import Item, facts_of
from kg.loading import load_graph, open_engine, open_graph
from kg.memory_graph import MemoryGraph
from tests.graph_films import FILMS

READ = """
import sys; from pathlib import Path; from kg.loading import open_graph
print(len(open_graph(Path(sys.argv[1])).facts("alien")))
"""
WRITE = """
import sys; from pathlib import Path; from kg.errors import LockedError; from kg.loading import open_engine
try: open_engine(Path(sys.argv[1]), writing=True)
except LockedError as error: print(error)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A built graph."""
    path = tmp_path / "graph"
    engine = open_engine(path, writing=True)
    load_graph(engine, FILMS)
    engine.close()
    return path


def test_loading_tells_its_progress_and_the_size(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "graph", writing=True)
    seen: list[tuple[int, int]] = []
    size = load_graph(engine, FILMS, lambda done, total: seen.append((done, total)))
    engine.close()
    edges = [fact for item in FILMS for fact in facts_of(item) if fact.object.kind != "value"]
    assert size == GraphSize(len(FILMS), len({fact.object.id for fact in edges}), len(edges))
    assert seen[0][0] == 0 and seen[-1][0] == seen[-1][1] == size.items + size.entities + size.edges
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_many_small_batches_give_the_same_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ladybug_engine, "BATCH", 2)
    engine = open_engine(tmp_path / "graph", writing=True)
    load_graph(engine, FILMS)
    engine.close()
    graph = open_graph(tmp_path / "graph")
    assert all(graph.facts(item.id) == facts_of(item) for item in FILMS)
    graph.close()


def test_a_second_process_reads_while_the_first_does(path: Path) -> None:
    graph = open_graph(path)
    other = _python(READ, path)
    assert other == str(len(graph.facts("alien")))
    graph.close()


def test_a_second_writer_is_told_to_wait(path: Path) -> None:
    engine = open_engine(path, writing=True)
    assert "Another process" in _python(WRITE, path)
    engine.close()
    assert _python(WRITE, path) == ""


def test_a_graph_opened_for_reading_refuses_to_write(path: Path) -> None:
    engine = LadybugEngine(path)
    with pytest.raises(GraphError, match="read-only"):
        engine.write("load_genre", [{"id": "genre:New", "name": "New", "degree": 1}])
    engine.close()


def test_threads_ask_at_once_and_each_gets_its_own_answer(path: Path) -> None:
    graph, memory = open_graph(path), MemoryGraph(FILMS)
    asked = [item.id for item in FILMS] * 40
    with ThreadPoolExecutor(8) as pool:
        facts = list(pool.map(graph.facts, asked))
        near = list(pool.map(lambda item_id: graph.neighbours([item_id]), asked))
    assert facts == [memory.facts(item_id) for item_id in asked]
    assert near == [memory.neighbours([item_id]) for item_id in asked]
    graph.close()


def test_closing_twice_does_nothing_and_a_closed_graph_says_so(path: Path) -> None:
    graph = open_graph(path)
    graph.facts("alien")
    graph.close()
    graph.close()
    with pytest.raises(GraphError, match="closed"):
        graph.facts("alien")


def test_closing_waits_for_the_queries_that_run(path: Path) -> None:
    graph = open_graph(path)
    whole = facts_of(FILMS[0])

    def ask(_: int) -> str:
        try:
            return "right" if graph.facts("alien") == whole else "wrong"
        except GraphError:
            return "closed"

    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(ask, range(2000))
        assert next(answers) == "right"
        graph.close()
        assert set(answers) <= {"right", "closed"}
    assert ask(0) == "closed"


@pytest.mark.parametrize("damage", ["missing", "empty", "garbage", "cut", "overwritten"])
def test_a_damaged_graph_is_not_ready_and_the_cure_is_named(path: Path, damage: str) -> None:
    whole = path.read_bytes()
    path.unlink()
    left = {
        "empty": b"",
        "garbage": b"not a graph" * 1000,
        "cut": whole[: len(whole) // 2],
        "overwritten": bytes(8192) + whole[8192:],
    }
    if damage in left:
        path.write_bytes(left[damage])
    with pytest.raises(IndexNotReadyError, match="tastemaker ingest"):
        open_graph(path)


def test_an_interrupted_load_is_not_used_and_can_be_run_again(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    engine = open_engine(path, writing=True)
    engine.begin()
    engine.write("load_genre", [_node("genre:Horror")])
    engine.close()
    with pytest.raises(IndexNotReadyError, match="empty"):
        open_graph(path)
    engine = open_engine(path, writing=True)
    load_graph(engine, FILMS)
    engine.close()
    graph = open_graph(path)
    assert graph.items_with(["genre:Horror"]) == MemoryGraph(FILMS).items_with(["genre:Horror"])
    graph.close()


def test_a_file_without_our_tables_is_not_ready(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    open_engine(path, writing=True).close()
    with pytest.raises(IndexNotReadyError, match="tastemaker ingest"):
        open_graph(path)


def test_two_items_of_one_id_are_refused(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "graph", writing=True)
    with pytest.raises(GraphError):
        load_graph(engine, [Item("one", "One"), Item("one", "Two")])
    engine.close()


def test_a_reader_in_this_process_may_open_while_another_reads(path: Path) -> None:
    first, second = open_graph(path), open_graph(path)
    first.close()
    assert second.facts("alien") == facts_of(FILMS[0])
    second.close()


def _node(entity_id: str) -> Row:
    return {"id": entity_id, "name": entity_id.split(":")[1], "degree": 1}


def _python(code: str, path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.strip()
