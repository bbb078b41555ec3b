"""Embedding in shards, whoever makes the vectors and in whatever order they come."""

from pathlib import Path

import numpy as np
import pytest

from retrieval import embedding
from retrieval.embedding import Alone, Embedder, embed
from retrieval.encoder import HashEncoder
from retrieval.progress import silent
from tests.embedding_fakes import Backwards, Refusing

TEXTS = [f"film {number % 17} of {number}" for number in range(43)]
ENCODER = HashEncoder()


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "SHARD", 5)


@pytest.mark.parametrize("embedder", [None, Alone(), Backwards()])
def test_the_rows_are_the_texts_in_their_order(embedder: Embedder | None, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    found = embed(TEXTS, ENCODER, tmp_path, lambda _, done, total: told.append((done, total)), embedder=embedder)
    np.testing.assert_array_equal(found, ENCODER.encode(TEXTS))
    assert told[0] == (0, 43) and told[-1] == (43, 43) and told == sorted(told) and len(told) == 10


@pytest.mark.parametrize("embedder", [Alone(), Backwards()])
def test_a_text_that_is_known_keeps_its_vector(embedder: Embedder, tmp_path: Path) -> None:
    known = dict(zip(TEXTS[3:21], -ENCODER.encode(TEXTS[3:21]), strict=True))
    found = embed(TEXTS, ENCODER, tmp_path, silent, known, embedder)
    expected = ENCODER.encode(TEXTS)
    expected[3:21] *= -1
    np.testing.assert_array_equal(found, expected)


def test_what_was_made_before_a_failure_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="poison"):
        embed([*TEXTS[:12], "poison", *TEXTS[12:]], Refusing(), tmp_path, silent)
    assert len(list(tmp_path.glob("*.npy"))) == 2
    with pytest.raises(ValueError, match="poison"):
        embed([*TEXTS[:12], "poison", *TEXTS[12:]], Refusing(), tmp_path, silent, embedder=Backwards())
    assert len(list(tmp_path.glob("*.npy"))) == 2 + 6


def test_no_texts_are_no_rows(tmp_path: Path) -> None:
    assert embed([], ENCODER, tmp_path, silent, embedder=Backwards()).shape == (0, 384)
