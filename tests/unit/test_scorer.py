"""The suite that every scorer passes; the learned one's file; the network learns what it is shown."""

from pathlib import Path

import numpy as np
import pytest

from kg.errors import ModelError
from retrieval.features import NAMES
from retrieval.scorer import SCORER_FILE, WEIGHTS, LearnedScorer, PlainScorer, Scorer

RANDOM = np.random.default_rng(0)


def network() -> LearnedScorer:
    width = len(NAMES)
    layers = tuple(
        (RANDOM.normal(size=shape).astype(np.float32), RANDOM.normal(size=shape[1]).astype(np.float32))
        for shape in ((width, 8), (8, 1))
    )
    return LearnedScorer(np.zeros(width, dtype=np.float32), np.ones(width, dtype=np.float32), layers, (0.9, -0.1))


@pytest.fixture(params=["plain", "random", "shipped"])
def scorer(request: pytest.FixtureRequest) -> Scorer:
    return {"plain": PlainScorer, "random": network, "shipped": LearnedScorer.load}[request.param]()


def test_chances_are_chances_in_the_order_of_the_logits(scorer: Scorer) -> None:
    features = RANDOM.normal(size=(40, len(NAMES))).astype(np.float32)
    logits = scorer.logits(features)
    chances = scorer.chances(logits)
    assert logits.shape == chances.shape == (40,)
    assert ((chances >= 0) & (chances <= 1)).all()
    assert (np.diff(chances[np.argsort(logits)]) >= 0).all()


def test_an_item_scores_alike_in_any_company(scorer: Scorer) -> None:
    features = RANDOM.normal(size=(40, len(NAMES))).astype(np.float32)
    np.testing.assert_allclose(scorer.logits(features)[3:5], scorer.logits(features[3:5]), rtol=1e-4, atol=1e-4)


def test_an_empty_list_has_no_scores(scorer: Scorer) -> None:
    logits = scorer.logits(np.zeros((0, len(NAMES)), dtype=np.float32))
    assert scorer.chances(logits).shape == (0,)


def test_a_saved_scorer_is_the_same(tmp_path: Path) -> None:
    first = network()
    first.save(tmp_path / "scorer.npz")
    again = LearnedScorer.load(tmp_path / "scorer.npz")
    features = RANDOM.normal(size=(5, len(NAMES))).astype(np.float32)
    np.testing.assert_array_equal(first.logits(features), again.logits(features))
    assert again.calibration == first.calibration


def test_a_damaged_scorer_says_how_to_train_it(tmp_path: Path) -> None:
    path = tmp_path / "scorer.npz"
    path.write_bytes((WEIGHTS / SCORER_FILE).read_bytes()[:200])
    with pytest.raises(ModelError, match="tastemaker train scorer"):
        LearnedScorer.load(path)
    with pytest.raises(ModelError, match="tastemaker train scorer"):
        LearnedScorer.load(tmp_path / "missing.npz")


def test_a_scorer_of_other_features_is_refused(tmp_path: Path) -> None:
    with np.load(WEIGHTS / SCORER_FILE) as file:
        arrays = dict(file)
    np.savez(tmp_path / "scorer.npz", **{**arrays, "names": np.array("a\nb")})
    with pytest.raises(ModelError, match="other features"):
        LearnedScorer.load(tmp_path / "scorer.npz")
