"""The scorer that a log of use adapts: the shipped one, trusted so far, and what this shop's own people taught."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.errors import ModelError
from retrieval.columns import Floats
from retrieval.scorer import LearnedScorer, calibrated
from retrieval.tables import read_arrays

TRUST_FILE = "trust.npz"
OWN_FILE = "own.npz"


@dataclass(frozen=True)
class AdaptedScorer:
    """Logits are `trust` × the base's + the own network's, so that what no log shows (words) goes on to be weighed.

    The own network reads only the features that varied in the log. Its calibration is that of the sum.
    """

    base: LearnedScorer
    own: LearnedScorer
    trust: float

    def logits(self, features: Floats) -> Floats:
        """Returns (k,) the sum."""
        summed: Floats = np.float32(self.trust) * self.base.logits(features) + self.own.logits(features)
        return summed

    def chances(self, logits: Floats) -> Floats:
        """Returns (k,) calibrated chances."""
        return calibrated(logits, self.own.calibration)

    @staticmethod
    def load(folder: Path, base: LearnedScorer) -> "AdaptedScorer":
        """Returns the scorer over its base. Raises ModelError when a file is missing or damaged."""
        own, file = LearnedScorer.load(folder / OWN_FILE), read_arrays(folder / TRUST_FILE)
        if "trust" not in file:
            raise ModelError(f"The scorer in {folder} is incomplete: run `tastemaker train scorer` again.")
        return AdaptedScorer(base, own, float(file["trust"]))

    def save(self, folder: Path) -> None:
        """Writes what is its own; the base is kept by `Learned`."""
        self.own.save(folder / OWN_FILE)
        np.savez_compressed(folder / TRUST_FILE, trust=np.float32(self.trust))
