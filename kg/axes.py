"""Axes for items without notes, learned from the items that have them.

Ridge regression in two steps. First genres, pairs of genres, decade, countries, languages and numbers predict each
axis; then the people: what a film's directors, writers and cast did to the error of the first step in their other
films, shrunk towards none, says how the film departs from its genre. `python -m kg.measure axes` measures the error.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from kg.items import AXES, Axes, Item

Matrix = NDArray[np.float64]

LOWEST = np.array([1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0])
HIGHEST = np.array([5.0, 4.0, 5.0, 4.0, 4.0, 4.0, 5.0])
# A feature must occur in this many noted items to be used.
SUPPORT = 8
# Strength of the ridge, and the films without error that a person is given; chosen by `python -m kg.measure axes`.
RIDGE, SHRINK = 10.0, 2.0
# Fewer notes than this teach nothing.
ENOUGH = 100


def with_estimates(items: Sequence[Item]) -> list[Item]:
    """Returns the items in their order, those without axes with estimated ones (`estimated=True`, one decimal).

    Returns them unchanged where fewer than a hundred have notes.
    """
    noted = [item for item in items if item.axes is not None and not item.axes.estimated]
    bare = [item for item in items if item.axes is None]
    if len(noted) < ENOUGH or not bare:
        return list(items)
    guesses = Estimator.fit(noted).predict(bare)
    axes = {item.id: _axes(row) for item, row in zip(bare, guesses, strict=True)}
    return [replace(item, axes=axes[item.id]) if item.id in axes else item for item in items]


@dataclass(frozen=True, slots=True)
class Estimator:
    """What was learned: the columns, the weights of both steps, and each person's (sum of errors, films) by role."""

    columns: dict[str, int]
    mean: Matrix
    base: Matrix
    people: dict[tuple[str, str], tuple[Matrix, int]]
    blend: Matrix

    @staticmethod
    def fit(noted: Sequence[Item]) -> "Estimator":
        """Returns the estimator learned from items with axes; the same items give the same estimator."""
        targets = np.array([[getattr(item.axes, axis) for axis in AXES] for item in noted])
        support = Counter(name for item in noted for name in _features(item))
        columns = {
            name: place for place, name in enumerate(sorted(n for n, count in support.items() if count >= SUPPORT))
        }
        mean = targets.mean(axis=0)
        inputs = _matrix(noted, columns)
        base = _ridge(inputs, targets - mean, RIDGE)
        errors = targets - mean - inputs @ base
        people = _sums(noted, errors)
        departures = _departures(noted, people, errors)
        blend = np.stack([_ridge(departures[:, :, axis], errors[:, axis], RIDGE) for axis in range(len(AXES))], axis=1)
        return Estimator(columns, mean, base, people, blend)

    def predict(self, items: Sequence[Item]) -> Matrix:
        """Returns one row an item, one column an axis, within the axes' scales."""
        departures = _departures(items, self.people, None)
        shift = np.einsum("ira,ra->ia", departures, self.blend)
        guesses: Matrix = self.mean + _matrix(items, self.columns) @ self.base + shift
        return guesses.clip(LOWEST, HIGHEST)


def cross_validate(noted: Sequence[Item], folds: int = 5) -> tuple[Matrix, Matrix]:
    """Returns the mean absolute error of each axis, of the estimator and of always guessing the mean.

    Item number n in the order of ids is in fold n mod `folds`; the error of an item comes from the other folds.
    """
    ordered = sorted(noted, key=lambda item: item.id)
    errors, plain = [], []
    for fold in range(folds):
        train = [item for place, item in enumerate(ordered) if place % folds != fold]
        test = ordered[fold::folds]
        truth = np.array([[getattr(item.axes, axis) for axis in AXES] for item in test])
        fitted = Estimator.fit(train)
        errors.append(np.abs(fitted.predict(test) - truth))
        plain.append(np.abs(fitted.mean - truth))
    return np.concatenate(errors).mean(axis=0), np.concatenate(plain).mean(axis=0)


def _axes(row: Matrix) -> Axes:
    tone, violence, pace, scary, romance, humour, demands = (round(float(value), 1) for value in row)
    return Axes(tone, violence, pace, scary, romance, humour, demands, estimated=True)


def _features(item: Item) -> Iterable[str]:
    yield "always"
    yield from (f"genre {name}" for name in item.genres)
    yield from (f"genres {one} + {other}" for one, other in combinations(sorted(item.genres), 2))
    yield from (f"country {name}" for name in item.countries)
    yield from (f"language {name}" for name in item.languages)
    if item.year is not None:
        yield f"decade {item.year // 10}"
    if item.runtime is not None:
        yield f"runtime {min(item.runtime // 20, 9)}"
    if item.rating is not None:
        yield f"rating {round(item.rating)}"
    yield f"known {round(item.popularity * 5)}"


def _matrix(items: Sequence[Item], columns: dict[str, int]) -> Matrix:
    matrix = np.zeros((len(items), len(columns)))
    for row, item in enumerate(items):
        for name in _features(item):
            if name in columns:
                matrix[row, columns[name]] = 1.0
    return matrix


def _ridge(inputs: Matrix, targets: Matrix, strength: float) -> Matrix:
    gram = inputs.T @ inputs + strength * np.eye(inputs.shape[1])
    weights: Matrix = np.linalg.solve(gram, inputs.T @ targets).astype(np.float64)
    return weights


def _roles(item: Item) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("director", item.directors), ("writer", item.writers), ("cast", item.cast[:12]))


def _sums(items: Sequence[Item], errors: Matrix) -> dict[tuple[str, str], tuple[Matrix, int]]:
    sums: dict[tuple[str, str], tuple[Matrix, int]] = {}
    for item, error in zip(items, errors, strict=True):
        for role, names in _roles(item):
            for name in names:
                total, films = sums.get((role, name), (np.zeros(len(AXES)), 0))
                sums[role, name] = (total + error, films + 1)
    return sums


def _departures(
    items: Sequence[Item], people: dict[tuple[str, str], tuple[Matrix, int]], own: Matrix | None
) -> NDArray[np.float64]:
    """Returns items × roles × axes: the shrunken mean error of the people's films, without the item's own (`own`)."""
    result = np.zeros((len(items), 3, len(AXES)))
    for row, item in enumerate(items):
        for role, (title, names) in enumerate(_roles(item)):
            known = [people[title, name] for name in names if (title, name) in people]
            total = sum((total for total, _ in known), np.zeros(len(AXES)))
            films = sum(films for _, films in known)
            if own is not None:
                total, films = total - len(known) * own[row], films - len(known)
            result[row, role] = total / (films + SHRINK)
    return result
