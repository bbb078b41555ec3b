"""The regression over histories: what it foretells, and that a saved table says the same over another catalogue."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from retrieval.cotaste import CoTaste
from retrieval.foretelling import Foretelling
from retrieval.tables import key_of
from tests.retrieval_films import films

# Row 0 is in every history; 1 goes with 2, 3 with 4.
HISTORIES = [[0, 1, 2]] * 20 + [[0, 3, 4]] * 20 + [[0]] * 20


def test_what_goes_together_foretells() -> None:
    table = Foretelling.learn(HISTORIES, 8, ridge=1.0)
    scores = table.scores(np.array([1]))
    assert scores.argmax() == 2
    assert scores[0] > 0 and not scores[3:].any()
    both = table.scores(np.array([1, 3]))
    np.testing.assert_allclose(both, scores + table.scores(np.array([3])), rtol=1e-6)


def test_it_is_the_ridge_regression_of_every_item_on_the_others() -> None:
    random = np.random.default_rng(2)
    seen = random.random((60, 6)) < 0.4
    table = Foretelling.learn([np.flatnonzero(row).tolist() for row in seen], 6, ridge=3.0)
    matrix = seen.astype(np.float64)
    for item in range(6):
        others = [row for row in range(6) if row != item]
        own = matrix[:, others]
        weights = np.linalg.solve(own.T @ own + 3.0 * np.eye(5), own.T @ matrix[:, item])
        mine = [table.scores(np.array([other]))[item] for other in others]
        np.testing.assert_allclose(mine, np.maximum(weights, 0), atol=1e-4)


def test_only_the_strongest_are_kept_and_nothing_is_learned_of_nothing() -> None:
    table = Foretelling.learn([[0, 1, 2, 3]] * 3, 5, kept=2)
    assert table.foretold.shape == (5, 2)
    assert not Foretelling.learn([], 5).scores(np.array([1])).any()
    assert not CoTaste.learn(HISTORIES, 8).foretold(np.array([1])).any()


def test_a_saved_table_serves_another_catalogue(tmp_path: Path) -> None:
    items = films(8)
    learned = replace(CoTaste.learn(HISTORIES, 8), foretelling=Foretelling.learn(HISTORIES, 8, ridge=1.0))
    learned.save(tmp_path / "cotaste.npz", [key_of(item) for item in items])
    other = CoTaste.load(tmp_path / "cotaste.npz", items[::-1])
    for row in range(8):
        np.testing.assert_allclose(
            other.foretold(np.array([7 - row]))[::-1], learned.foretold(np.array([row])), atol=1e-3
        )
