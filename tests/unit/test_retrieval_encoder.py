"""The suite that every encoder passes; MiniLM runs where its model can be exported."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kg.errors import ModelError
from retrieval import encoder_export
from retrieval.encoder import DIMENSIONS, Encoder, HashEncoder, MiniLM
from retrieval.encoder_export import FILE

TEXTS = ["a heist in Paris", "", "🎬", "two brothers rob a bank " * 200, "a heist in Paris"]


@pytest.fixture(scope="module", params=["hash", "minilm"])
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Encoder]:
    if request.param == "hash":
        yield HashEncoder()
    else:
        yield MiniLM.open(tmp_path_factory.mktemp("models"))


def test_rows_are_unit_vectors_in_order(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSIONS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(vectors[0], vectors[-1], atol=1e-6)


def test_the_same_text_alone_gives_the_same_vector_each_time(encoder: Encoder) -> None:
    np.testing.assert_array_equal(encoder.encode(TEXTS[:1]), encoder.encode(TEXTS[:1]))


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)


def test_texts_that_say_alike_are_nearer(encoder: Encoder) -> None:
    heist, robbery, cooking = encoder.encode(["a bank heist thriller", "a bank heist", "cooking soup for children"])
    assert heist @ robbery > heist @ cooking + 0.1


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.onnx"
    path.write_bytes(b"no network")
    with pytest.raises(ModelError, match=r"broken\.onnx"):
        MiniLM(path)


def test_a_damaged_model_in_the_data_folder_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = MiniLM.open(tmp_path).encode(["a heist"])
    kept = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(kept[:1000])
    monkeypatch.setattr(encoder_export, "export_exact", lambda target: target.touch())
    monkeypatch.setattr(encoder_export, "quantise", lambda exact, target: target.write_bytes(kept))
    np.testing.assert_array_equal(MiniLM.open(tmp_path).encode(["a heist"]), whole)
