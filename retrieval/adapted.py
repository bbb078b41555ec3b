"""The scorer that use adapts: one that was there, trusted so far, and what this installation's own people taught."""

from dataclasses import dataclass
from pathlib import Path
from typing import Union

import numpy as np

from kg.errors import ModelError
from retrieval.columns import Floats
from retrieval.scorer import LearnedScorer, calibrated
from retrieval.tables import read_arrays

TRUST_FILE = "trust.npz"
OWN_FILE = "own{}.npz"


@dataclass(frozen=True)
class AdaptedScorer:
    """Logits are `trust` × the base's + the own network's, so that what no log shows (words) goes on to be weighed.

    The own network reads only the features that varied in the log. Its calibration is that of the sum. The base may
    have been adapted before.
    """

    base: Union[LearnedScorer, "AdaptedScorer"]
    own: LearnedScorer
    trust: float

    def logits(self, features: Floats) -> Floats:
        """Returns (k,) the sum."""
        summed: Floats = np.float32(self.trust) * self.base.logits(features) + self.own.logits(features)
        return summed

    def chances(self, logits: Floats) -> Floats:
        """Returns (k,) calibrated chances."""
        return calibrated(logits, self.own.calibration)

    @property
    def levels(self) -> tuple["AdaptedScorer", ...]:
        """The adaptions, the first one first."""
        below = self.base.levels if isinstance(self.base, AdaptedScorer) else ()
        return (*below, self)

    @staticmethod
    def load(folder: Path, base: LearnedScorer) -> "LearnedScorer | AdaptedScorer":
        """Returns the base with the folder's adaptions over it. Raises ModelError when a file is missing or damaged."""
        if not (folder / TRUST_FILE).is_file():
            return base
        file = read_arrays(folder / TRUST_FILE)
        if "trust" not in file:
            raise ModelError(f"The scorer in {folder} is incomplete: run `tastemaker train scorer` again.")
        scorer: LearnedScorer | AdaptedScorer = base
        for level, trust in enumerate(file["trust"].tolist(), start=1):
            scorer = AdaptedScorer(scorer, LearnedScorer.load(folder / OWN_FILE.format(level)), trust)
        return scorer

    def save(self, folder: Path) -> None:
        """Writes the adaptions; what is below them all is kept by `Learned`."""
        for level, scorer in enumerate(self.levels, start=1):
            scorer.own.save(folder / OWN_FILE.format(level))
        np.savez_compressed(folder / TRUST_FILE, trust=np.array([scorer.trust for scorer in self.levels]))
