"""The suite that every vector store passes: in memory, Chroma in a folder, and Chroma on a server of its own."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from kg.errors import IndexNotReadyError, LockedError, SettingsError
from retrieval.building import build_index
from retrieval.chroma import ChromaVectors, drop_collection, weighed
from retrieval.encoder import DIMENSIONS, HashEncoder, Vectors
from retrieval.index import Places, collection_of, open_index
from retrieval.vectors import MemoryVectors, StandbyVectors, VectorStore
from tests.chroma import ChromaServer
from tests.retrieval_films import FilmSource, films


def unit_rows(count: int, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


@pytest.fixture(scope="module")
def server(chroma_server: ChromaServer) -> str:
    """The address of a real Chroma server on this machine."""
    return chroma_server.url


@pytest.fixture(params=["memory", "folder", "server", "standby"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    if request.param == "memory":
        opened: VectorStore = MemoryVectors()
    elif request.param == "folder":
        opened = ChromaVectors.open(tmp_path / "chroma")
    else:
        opened = ChromaVectors.open(tmp_path, f"t-{uuid4()}", request.getfixturevalue("server"))
        if request.param == "standby":
            opened = StandbyVectors(opened, MemoryVectors())
    yield opened
    opened.close()
    opened.close()


def test_the_nearest_come_first_with_their_cosines(store: VectorStore) -> None:
    rows = unit_rows(50)
    store.add([f"i{row}" for row in range(50)], rows)
    found = store.nearest(rows[7], 10)
    assert store.count() == 50
    assert found[0][0] == "i7"
    cosines = rows @ rows[7]
    assert [item for item, _ in found] == [f"i{row}" for row in np.argsort(-cosines)[:10]]
    np.testing.assert_allclose([score for _, score in found], np.sort(cosines)[::-1][:10], atol=1e-5)


def test_an_id_that_is_there_is_replaced(store: VectorStore) -> None:
    first, second = unit_rows(1, 1), unit_rows(1, 2)
    store.add(["a"], first)
    store.add(["a", "b"], np.concatenate([second, first]))
    assert store.count() == 2
    assert store.nearest(second[0], 1)[0][0] == "a"


def test_fewer_than_asked_for_are_all_returned(store: VectorStore) -> None:
    store.add(["a", "b"], unit_rows(2))
    assert len(store.nearest(unit_rows(1)[0], 10)) == 2


def test_chroma_keeps_what_was_added(tmp_path: Path) -> None:
    rows = unit_rows(5)
    store = ChromaVectors.open(tmp_path)
    store.add(list("abcde"), rows)
    store.close()
    again = ChromaVectors.open(tmp_path)
    assert again.count() == 5
    assert again.nearest(rows[2], 1)[0][0] == "c"
    again.close()


def test_a_larger_collection_is_searched_more_widely_also_when_it_is_opened_again(tmp_path: Path) -> None:
    """The exact nearest 100 of 6,000 rows without structure, the hardest case: a narrow search misses many."""
    rows, asked = unit_rows(6_000), unit_rows(6_020)[-20:]
    found = {}
    for size in (0, 1_000_000):
        folder = tmp_path / str(size)
        written = ChromaVectors.open(folder, size=size)
        written.add([str(at) for at in range(len(rows))], rows)
        written.close()
        store = ChromaVectors.open(folder)
        exact = [set(np.argsort(-(rows @ vector))[:100].tolist()) for vector in asked]
        near = [{int(item) for item, _ in store.nearest(vector, 100)} for vector in asked]
        found[size] = sum(len(a & b) for a, b in zip(exact, near, strict=True)) / 2_000
        store.close()
    assert found[1_000_000] > found[0]
    assert found[1_000_000] > 0.95
    assert [weighed(size) for size in (0, 20_000, 100_000, 10**7)] == [200, 200, 669, 4_000]


def test_a_collection_on_a_server_is_dropped_and_one_that_is_not_there_is_no_error(server: str, tmp_path: Path) -> None:
    name = f"t-{uuid4()}"
    store = ChromaVectors.open(tmp_path, name, server)
    store.add(["a"], unit_rows(1))
    store.close()
    drop_collection(name, server)
    drop_collection(name, server)
    again = ChromaVectors.open(tmp_path, name, server)
    assert again.count() == 0
    again.close()


def test_a_server_that_is_away_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexNotReadyError, match="CHROMA_URL"):
        ChromaVectors.open(tmp_path, url="http://127.0.0.1:9")


def test_a_server_that_goes_away_is_missed_by_nobody_and_asked_again(tmp_path: Path) -> None:
    rows, ids = unit_rows(20), [f"i{row}" for row in range(20)]
    with ChromaServer(tmp_path / "server") as server:
        bare = ChromaVectors.open(tmp_path, "films", server.url)
        bare.add(ids, rows)
        store = StandbyVectors(bare, MemoryVectors(ids, rows), retry_after=0.0)
        there = store.nearest(rows[3], 5)
        server.kill()
        assert [item for item, _ in store.nearest(rows[3], 5)] == [item for item, _ in there]
        assert store.count() == 20
        for ask in (bare.count, lambda: bare.nearest(rows[3], 1), lambda: bare.add(ids, rows)):
            with pytest.raises(IndexNotReadyError, match="CHROMA_URL"):
                ask()
        server.start()
        assert bare.nearest(rows[3], 1)[0][0] == "i3"  # the same client
        assert store.nearest(rows[3], 5) == there
        store.close()


def test_a_server_that_hangs_is_not_waited_for(tmp_path: Path) -> None:
    rows = unit_rows(3)
    with ChromaServer(tmp_path / "server") as server:
        writer = ChromaVectors.open(tmp_path, "films", server.url, within=60)
        writer.add(["a", "b", "c"], rows)
        reader = ChromaVectors.open(tmp_path, "films", server.url, within=0.5)
        server.freeze()
        with pytest.raises(IndexNotReadyError, match="CHROMA_URL"):
            reader.nearest(rows[0], 1)


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="CHROMA_URL"):
        ChromaVectors.open(tmp_path, url="http://")


def test_an_index_keeps_its_vectors_on_the_server_and_takes_the_old_ones_away(server: str, tmp_path: Path) -> None:
    places = Places(chroma_url=server)
    old = build_index(tmp_path, FilmSource(films(20)), encoder=HashEncoder(), places=places)
    build_index(tmp_path, FilmSource(films(30)), encoder=HashEncoder(), places=places)
    index = open_index(tmp_path, places=places)
    try:
        assert not (tmp_path / f"index-{index.fingerprint}" / "chroma").exists()
        assert index.vectors.count() == 30
        assert index.vectors.nearest(index.matrix[3], 1)[0][0] == "f3"
    finally:
        index.close()
    name = collection_of(old.name.removeprefix("index-"), server)
    left = ChromaVectors.open(tmp_path, name, server)
    assert left.count() == 0
    left.close()


def test_a_folder_is_shared_by_those_that_keep_the_vectors_on_a_server(server: str, tmp_path: Path) -> None:
    places = Places(chroma_url=server)
    old = build_index(tmp_path, FilmSource(films(20)), encoder=HashEncoder(), places=places)
    first, second = open_index(tmp_path, places=places), open_index(tmp_path, places=places)
    assert first.graph.facts("f3") == second.graph.facts("f3") != ()
    first.close()
    build_index(tmp_path, FilmSource(films(30)), encoder=HashEncoder(), places=places)
    assert old.is_dir() and second.vectors.count() == 20  # the second one still reads it
    second.close()
    build_index(tmp_path, FilmSource(films(40)), encoder=HashEncoder(), places=places)
    assert not old.exists()


def test_a_folder_with_chromas_own_files_is_for_one(tmp_path: Path) -> None:
    build_index(tmp_path, FilmSource(films(20)), encoder=HashEncoder())
    index = open_index(tmp_path)
    with pytest.raises(LockedError, match="CHROMA_URL"):
        open_index(tmp_path)
    index.close()
    open_index(tmp_path).close()
