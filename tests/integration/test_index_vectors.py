"""The suite that every vector store passes: in memory, Chroma in a folder, and Chroma on a server of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from kg.errors import IndexNotReadyError, SettingsError
from retrieval.building import build_index
from retrieval.encoder import DIMENSIONS, HashEncoder, Vectors
from retrieval.index import Places, collection_of, open_index
from retrieval.vectors import ChromaVectors, MemoryVectors, VectorStore, drop_collection
from tests.retrieval_films import FilmSource, films


def unit_rows(count: int, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Chroma server on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    command = [str(Path(sys.executable).parent / "chroma"), "run", "--path", str(folder), "--host", "127.0.0.1"]
    with subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            run.terminate()


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the Chroma server did not start")


@pytest.fixture(params=["memory", "folder", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    if request.param == "memory":
        opened: VectorStore = MemoryVectors()
    elif request.param == "folder":
        opened = ChromaVectors.open(tmp_path / "chroma")
    else:
        opened = ChromaVectors.open(tmp_path, f"t-{uuid4()}", request.getfixturevalue("server"))
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
