"""The suite that every vector store passes."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kg.errors import IndexNotReadyError, SettingsError
from retrieval.encoder import DIMENSIONS, Vectors
from retrieval.vectors import ChromaVectors, MemoryVectors, VectorStore


def unit_rows(count: int, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


@pytest.fixture(params=["memory", "chroma"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    opened: VectorStore = MemoryVectors() if request.param == "memory" else ChromaVectors.open(tmp_path / "chroma")
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


def test_a_server_that_is_away_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexNotReadyError, match="CHROMA_URL"):
        ChromaVectors.open(tmp_path, url="http://127.0.0.1:9")


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="CHROMA_URL"):
        ChromaVectors.open(tmp_path, url="http://")
