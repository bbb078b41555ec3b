"""Means with their uncertainty."""

import numpy as np
import numpy.typing as npt

_DRAWS = 2000
Numbers = npt.NDArray[np.float64]


def mean_interval(values: Numbers, seed: int) -> dict[str, float] | None:
    """Returns the mean and its 95 % interval, by drawing with replacement (Efron 1979); None of nothing."""
    if not len(values):
        return None
    drawn = np.random.default_rng(seed).integers(0, len(values), size=(_DRAWS, len(values)))
    low, high = np.percentile(values[drawn].mean(axis=1), [2.5, 97.5])
    return {"mean": float(values.mean()), "low": float(low), "high": float(high)}
