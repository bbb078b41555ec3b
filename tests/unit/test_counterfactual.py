"""Estimates from a log, where the truth is known; the odds that exploring states are those with which it shows."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from evaluation.counterfactual import Slate, doubly_robust, gain, snips, support, with_interval
from retrieval.exploring import Exploring, explored

ODDS = {"a": 1.0, "b": 0.5, "c": 0.3, "d": 0.2}
WORTH = {"a": 0.2, "b": 0.1, "c": 0.6, "d": 0.4}


def slates(target: tuple[str, ...], guess: float, count: int = 4000) -> list[Slate]:
    """A log that always shows a, and one of b, c, d by chance; 👍 by each item's worth."""
    random = np.random.default_rng(5)
    found = []
    for number in range(count):
        other = str(random.choice(["b", "c", "d"], p=[0.5, 0.3, 0.2]))
        shown = ("a", other)
        rewards = tuple(float(random.random() < WORTH[item]) for item in shown)
        odds = tuple(ODDS[item] for item in shown)
        found.append(Slate(f"u{number % 400}", shown, rewards, odds, target, dict.fromkeys("abcd", guess)))
    return found


@pytest.mark.parametrize("target", [("a", "b"), ("a", "c"), ("a", "d")])
def test_both_estimators_find_what_another_list_would_have_got(target: tuple[str, ...]) -> None:
    truth = sum(WORTH[item] for item in target)
    log = slates(target, guess=0.9)  # a bad guess, which the log mends
    robust = with_interval(log, doubly_robust, draws=200)
    assert robust.mean == pytest.approx(truth, abs=0.06)
    assert robust.low <= truth <= robust.high
    assert snips(log) == pytest.approx(truth, abs=0.12)


def test_a_better_list_is_told_from_a_worse_one() -> None:
    better, worse = slates(("a", "c"), 0.3), slates(("a", "b"), 0.3)
    found = gain(better, worse, doubly_robust, draws=200)
    assert found.low > 0.3
    assert found.high < 0.7
    assert gain(better, better, doubly_robust, draws=20).high == 0


def test_support_is_what_the_log_shows_of_a_list() -> None:
    log = slates(("a", "z"), 0.5, count=10)
    assert support(log) == 0.5
    assert support([]) == 0
    assert support([replace(slate, possible=frozenset("z")) for slate in log]) == 1.0
    assert np.isnan(snips([Slate("u", ("a",), (1.0,), (1.0,), ("z",), {})]))


def test_items_are_shown_as_often_as_their_odds_say() -> None:
    logits = np.array([3.0, 2.0, 1.0, 0.5, 0.0], dtype=np.float32)
    picked, share, draws = [0, 1, 2, 3, 4], 0.4, 4000
    shown: Counter[int] = Counter()
    odds: dict[int, float] = {}
    for number in range(draws):
        items, chances = explored(picked, 3, logits, Exploring(share, str(number)))
        assert items[:2] == [0, 1]
        assert chances[:2] == [1.0, 1.0]
        shown[items[2]] += 1
        odds[items[2]] = chances[2]
    assert sum(odds.values()) == pytest.approx(1.0)
    for item, chance in odds.items():
        assert shown[item] / draws == pytest.approx(chance, abs=0.03)


def test_the_same_seed_shows_the_same_and_no_share_shows_the_best() -> None:
    logits = np.arange(30, dtype=np.float32)
    picked = list(range(30))
    assert explored(picked, 5, logits, Exploring(0.5, "x")) == explored(picked, 5, logits, Exploring(0.5, "x"))
    assert explored(picked, 5, logits, Exploring(0.0, "x")) == (picked[:5], [1.0] * 5)
    assert explored(picked, 1, logits, Exploring(0.5, "x")) == ([0], [1.0])
    assert explored(picked[:5], 5, logits, Exploring(0.5, "x")) == (picked[:5], [1.0] * 5)
