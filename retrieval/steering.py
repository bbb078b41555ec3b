"""Moves such as "newer", "lighter", "another director": each a direction on a scale, away from the items it names."""

from collections.abc import Mapping, Sequence

import numpy as np

from kg.items import AXES
from retrieval.columns import Columns, Floats, Mask, Rows
from retrieval.encoder import Vectors
from retrieval.moves import OPPOSITE, Move

Steered = tuple[Move, Rows]
"""A move and the rows that it moves away from."""

# The least change that a person would notice: years, minutes, popularity; on every axis half a step of its scale.
NOTICED: Mapping[Move, float] = {
    "newer": 1.0,
    "older": 1.0,
    "shorter": 5.0,
    "longer": 5.0,
    "better_known": 0.1,
    "lesser_known": 0.2,
}
AXIS_STEP = 0.5
REACHED = 1.0 - 1e-4  # a step that is just taken must not fail by rounding
# The mean absolute error of an estimated axis (`python -m kg.measure axes`): an item without notes must lie that much
# further along before it counts as noticeably different.
ERROR: Mapping[str, float] = {
    "tone": 0.56,
    "violence": 0.58,
    "pace": 0.54,
    "scary": 0.38,
    "romance": 0.61,
    "humour": 0.54,
    "demands": 0.47,
}
ON_AXIS: Mapping[Move, tuple[str, int]] = {
    "lighter": ("tone", 1),
    "darker": ("tone", -1),
    "funnier": ("humour", 1),
    "more_serious": ("humour", -1),
    "scarier": ("scary", 1),
    "less_scary": ("scary", -1),
    "more_violent": ("violence", 1),
    "less_violent": ("violence", -1),
    "more_romantic": ("romance", 1),
    "less_romantic": ("romance", -1),
    "faster": ("pace", 1),
    "slower": ("pace", -1),
    "more_demanding": ("demands", 1),
    "easier": ("demands", -1),
}
# Cosines of item vectors. Among 40,000 pairs of noted films that share a genre a tenth lie above the first and half
# below the second; a film's fiftieth neighbour is at 0.45.
ALIKE, UNLIKE, LIKENESS_STEP = 0.40, 0.30, 0.05
# What may be offered: where a move leads is only known for those that go along a scale.
OFFERED: tuple[Move, ...] = (*NOTICED, *ON_AXIS, "different_director")


def scale_of(columns: Columns, move: Move) -> Floats | None:
    """Returns (n,) the scale that a move goes along, growing in its direction; None for a move along no scale."""
    if move in ON_AXIS:
        axis, sign = ON_AXIS[move]
        values: Floats = sign * columns.axes[:, AXES.index(axis)]
        return values
    scales: dict[Move, Floats] = {
        "newer": columns.year,
        "older": -columns.year,
        "shorter": -columns.runtime,
        "longer": columns.runtime,
        "better_known": columns.popularity,
        "lesser_known": -columns.popularity,
    }
    return scales.get(move)


def gains(columns: Columns, matrix: Vectors, steers: Sequence[Steered]) -> Floats:
    """Returns (steers, n) how far each item lies from the middle of a move's base, in the direction of the move.

    The unit is the least change a person would notice; an unknown value gains nothing. A move with no base is left out.
    """
    rows = [_gain(columns, matrix, base, move) for move, base in steers if len(base)]
    return np.stack(rows) if rows else np.zeros((0, len(columns)), dtype=np.float32)


def _gain(columns: Columns, matrix: Vectors, base: Rows, move: Move) -> Floats:
    if move in ("different_director", "same_director"):
        return _by_director(columns, base, same=move == "same_director")
    scale = scale_of(columns, move)
    if scale is None:
        alike: Floats = (matrix @ matrix[base].T).max(axis=1)
        beyond = alike - ALIKE if move == "similar" else UNLIKE - alike
        return np.float32(1.0) + beyond / np.float32(LIKENESS_STEP)
    known = scale[base][~np.isnan(scale[base])]
    if not len(known):
        known = scale[~np.isnan(scale)]
    if not len(known):  # nothing in this catalogue lies on the scale
        return np.full(len(scale), -1.0, dtype=np.float32)
    middle = np.float32(np.median(known))
    gain: Floats = np.nan_to_num((scale - middle) / _step(columns, move), nan=-1.0)
    return gain


def _step(columns: Columns, move: Move) -> Floats:
    """Returns (n,) or () the least change that counts; of an estimate, its error is asked for besides."""
    if move not in ON_AXIS:
        return np.float32(NOTICED[move])  # type: ignore[return-value]
    return AXIS_STEP + np.float32(ERROR[ON_AXIS[move][0]]) * columns.axes_estimated.astype(np.float32)


def _by_director(columns: Columns, base: Rows, *, same: bool) -> Floats:
    """Returns 1 where the directors are the base's (or are not), else -1; an item of unknown director is neither."""
    directors = columns.links["DIRECTED_BY"].entities
    theirs = np.unique(directors[base])
    shared = np.isin(directors, theirs[theirs > 0]).any(axis=1)
    known = (directors > 0).any(axis=1)
    gain: Floats = np.where(known & (shared == same), 1.0, -1.0).astype(np.float32)
    return gain


def steered_rows(columns: Columns, matrix: Vectors, steers: Sequence[Steered]) -> Mask:
    """Returns a mask (n,) of the items that go noticeably the way of every move; all of them where there is none."""
    kept: Mask = np.all(gains(columns, matrix, steers) >= REACHED, axis=0)
    return kept


def openings(
    columns: Columns, matrix: Vectors, within: Mask, shown: Rows, standing: Sequence[Steered]
) -> dict[Move, int]:
    """Returns how many of the items `within` go the way of each move from those shown; moves that lead nowhere are out.

    The standing moves hold as well, but for the one that is the same or the opposite. About 3 ms for 19,000 items.
    """
    keeping = [(move, gains(columns, matrix, [(move, base)])[0] >= REACHED) for move, base in standing if len(base)]
    counts = {}
    for move in OFFERED if len(shown) else ():
        others = [kept for other, kept in keeping if other not in (move, OPPOSITE[move])]
        kept = np.logical_and.reduce([within, _gain(columns, matrix, shown, move) >= REACHED, *others])
        if count := int(kept.sum()):
            counts[move] = count
    return counts
