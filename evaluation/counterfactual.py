"""How many 👍 a list another scorer would have got, told from a log of what was shown, by chance here and there.

An item's reward is taken to depend on the wish and the item, not on its place (the item model of Li et al. 2018): a
list is worth the sum of its items'. Estimators: self-normalised inverse propensity (Swaminathan & Joachims 2015) and
doubly robust (Dudík, Langford & Li 2011).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
MOST_WEIGHT = 20.0


@dataclass(frozen=True)
class Slate:
    """One list that was shown and the one that another scorer would have shown for the same wish.

    `possible` are further items that the log's chance might have shown.
    `rewards` and `propensities` are those of `shown`, item by item; `expected` is a model's guess of the reward of each
    item. `user` is the unit of the bootstrap.
    """

    user: str
    shown: tuple[str, ...]
    rewards: tuple[float, ...]
    propensities: tuple[float, ...]
    target: tuple[str, ...]
    expected: Mapping[str, float]
    possible: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95% interval."""

    mean: float
    low: float
    high: float


def snips(slates: Sequence[Slate]) -> float:
    """Returns 👍 a list by self-normalised weights over the shown items that the target list has too; NaN for none."""
    weights, rewards = _weighted(slates)
    length = float(np.mean([len(slate.target) for slate in slates]))
    return length * float((weights * rewards).sum() / weights.sum()) if weights.sum() > 0 else float("nan")


def doubly_robust(slates: Sequence[Slate]) -> float:
    """Returns 👍 a list: the model's guess, mended by the weighted errors that it makes on what was shown."""
    return float(np.mean([_robust(slate) for slate in slates]))


def support(slates: Sequence[Slate]) -> float:
    """Returns the share of the target lists' items that the log could have shown: else only the model speaks."""
    hits = [
        len(set(slate.target) & (slate.possible | set(slate.shown))) / max(len(slate.target), 1) for slate in slates
    ]
    return float(np.mean(hits)) if hits else 0.0


def with_interval(
    slates: Sequence[Slate], value: Callable[[Sequence[Slate]], float], draws: int = 500, seed: int = 0
) -> Estimate:
    """Returns an estimator's value with its interval, people drawn with replacement (Efron 1979)."""
    drawn = [value(sample) for sample in resampled(slates, draws, seed)]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return Estimate(value(slates), float(low), float(high))


def gain(
    ours: Sequence[Slate],
    other: Sequence[Slate],
    value: Callable[[Sequence[Slate]], float],
    draws: int = 500,
    seed: int = 0,
) -> Estimate:
    """Returns what one scorer's value adds to another's over the same log, the same people drawn for both."""
    pairs = zip(resampled(ours, draws, seed), resampled(other, draws, seed), strict=True)
    low, high = np.nanpercentile([value(mine) - value(theirs) for mine, theirs in pairs], [2.5, 97.5])
    return Estimate(value(ours) - value(other), float(low), float(high))


def resampled(slates: Sequence[Slate], draws: int, seed: int) -> list[list[Slate]]:
    """Returns samples of all people's slates; the same seed draws the same people."""
    by_user: dict[str, list[Slate]] = {}
    for slate in slates:
        by_user.setdefault(slate.user, []).append(slate)
    people = list(by_user.values())
    drawn = np.random.default_rng(seed).integers(0, len(people), size=(draws, len(people)))
    return [[slate for place in sample for slate in people[place]] for sample in drawn.tolist()]


def _weight(odds: float) -> float:
    """One over the odds, cut (Ionides 2008): a rare item that was liked by luck must not decide alone."""
    return min(1.0 / odds, MOST_WEIGHT)


def _weighted(slates: Sequence[Slate]) -> tuple[Numbers, Numbers]:
    kept = [
        (_weight(odds), reward)
        for slate in slates
        for item, reward, odds in zip(slate.shown, slate.rewards, slate.propensities, strict=True)
        if item in slate.target
    ]
    return np.array([weight for weight, _ in kept]), np.array([reward for _, reward in kept])


def _robust(slate: Slate) -> float:
    guess = sum(slate.expected[item] for item in slate.target)
    mended = (
        (reward - slate.expected[item]) * _weight(odds)
        for item, reward, odds in zip(slate.shown, slate.rewards, slate.propensities, strict=True)
        if item in slate.target
    )
    return guess + sum(mended)
