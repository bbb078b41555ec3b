"""Critiques: "newer", "lighter", "better known" … of the items last shown, each as a direction on a scale."""

from collections.abc import Sequence

import numpy as np

from kg.items import AXES
from retrieval.columns import Columns, Floats, Mask, Rows
from retrieval.encoder import Vectors
from retrieval.wish import Critique

TONE = AXES.index("tone")
# The least change that a person would notice, by scale: years, minutes, points of tone, popularity.
NOTICED: dict[Critique, float] = {
    "newer": 1.0,
    "older": 1.0,
    "shorter": 5.0,
    "longer": 5.0,
    "lighter": 0.5,
    "darker": 0.5,
    "better_known": 0.1,
    "lesser_known": 0.2,
}
# Cosines of item vectors. Among 40,000 pairs of noted films that share a genre a tenth lie above the first and half
# below the second; a film's fiftieth neighbour is at 0.45.
ALIKE, UNLIKE, LIKENESS_STEP = 0.40, 0.30, 0.05


def scale_of(columns: Columns, move: Critique) -> Floats | None:
    """Returns (n,) the scale that a move goes along, growing in its direction; None for `different` and `similar`."""
    scales: dict[Critique, Floats] = {
        "newer": columns.year,
        "older": -columns.year,
        "shorter": -columns.runtime,
        "longer": columns.runtime,
        "lighter": columns.axes[:, TONE],
        "darker": -columns.axes[:, TONE],
        "better_known": columns.popularity,
        "lesser_known": -columns.popularity,
    }
    return scales.get(move)


def gains(columns: Columns, matrix: Vectors, base: Rows, moves: Sequence[Critique]) -> Floats:
    """Returns (moves, n) how far each item lies from the middle of `base` in the direction of each move.

    The unit is the least change a person would notice; an unknown value gains nothing. Empty where there is no base.
    """
    if not len(base) or not moves:
        return np.zeros((0, len(columns)), dtype=np.float32)
    return np.stack([_gain(columns, matrix, base, move) for move in moves])


def _gain(columns: Columns, matrix: Vectors, base: Rows, move: Critique) -> Floats:
    scale = scale_of(columns, move)
    if scale is None:
        alike: Floats = (matrix @ matrix[base].T).max(axis=1)
        beyond = alike - ALIKE if move == "similar" else UNLIKE - alike
        return np.float32(1.0) + beyond / np.float32(LIKENESS_STEP)
    known = scale[base][~np.isnan(scale[base])]
    middle = np.float32(np.median(known)) if len(known) else np.float32(np.nanmedian(scale))
    gain: Floats = np.nan_to_num((scale - middle) / np.float32(NOTICED[move]), nan=-1.0)
    return gain


def steered_rows(columns: Columns, matrix: Vectors, base: Rows, moves: Sequence[Critique]) -> Mask:
    """Returns a mask (n,) of the items that go noticeably the way of every move; all of them where there is none."""
    kept: Mask = np.all(gains(columns, matrix, base, moves) >= 1.0, axis=0)
    return kept
