"""What accuracy does not say of ranked lists: their reach, variety and novelty."""

from collections.abc import Sequence

import numpy as np

from retrieval.columns import Floats, Rows
from retrieval.encoder import Vectors

SHOWN = 10


def list_figures(shown: Rows, targets: Sequence[int], matrix: Vectors, counts: Floats) -> dict[str, float]:
    """Returns the figures of one list: `shown` are the rows of its ten best, `counts` (n,) a film's talks in training.

    - `diversity@10`: mean cosine distance between two items of the list (Ziegler et al. 2005), 0 … 2.
    - `novelty@10`: mean self-information, −log2 of an item's share of all mentions (Zhou et al. 2010), in bits.
    - `popularity@10` and `target_popularity`: talks that speak of an item of the list, and of a target, mean.
    """
    own = matrix[shown]
    pairs = np.triu_indices(len(shown), k=1)
    share = (counts[shown] + 1.0) / (counts.sum() + len(counts))
    return {
        "diversity@10": float(1.0 - (own @ own.T)[pairs].mean()) if len(shown) > 1 else 0.0,
        "novelty@10": float(-np.log2(share).mean()) if len(shown) else 0.0,
        "popularity@10": float(counts[shown].mean()) if len(shown) else 0.0,
        "target_popularity": float(counts[list(targets)].mean()) if targets else 0.0,
    }


def exposure(lists: Sequence[Rows], size: int) -> dict[str, float]:
    """Returns figures of all lists together over a catalogue of `size` items.

    - `coverage@10`: the share of the catalogue that is in any list.
    - `gini@10`: how unevenly the catalogue's items are shown, 0 (all alike) … 1 (always the same).
    """
    shown = np.bincount(np.concatenate([np.zeros(0, dtype=np.int64), *lists]).astype(np.int64), minlength=size)
    total = shown.sum()
    ranks = np.arange(1, size + 1)
    gini = float(((2 * ranks - size - 1) * np.sort(shown)).sum() / (size * total)) if total else 0.0
    return {"coverage@10": float((shown > 0).mean()), "gini@10": gini}
