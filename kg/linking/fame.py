"""How well known a thing is, comparable across catalogues."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def fame_of(popularity: Sequence[float]) -> list[float]:
    """Returns log10(n / rank) of each value: 0 for the least known of n things, log10(n) for the best known.

    Ties share their mean rank. Attention falls with rank about as 1 / rank (Zipf's law), so a difference of 1 means
    that the one is talked about ten times as often as the other, whatever scale the catalogue's own popularity has.
    """
    values: npt.NDArray[np.float64] = np.asarray(popularity, dtype=np.float64)
    if values.size == 0:
        return []
    _, inverse, counts = np.unique(-values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    mean_rank = last - (counts - 1) / 2
    ranks: npt.NDArray[np.float64] = mean_rank[inverse]
    return [float(fame) for fame in np.log10(values.size / ranks)]
