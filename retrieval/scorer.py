"""The learned scorer at serving time: a small network in numpy. It is trained by `training.scorer`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from kg.errors import ModelError
from retrieval.columns import Floats
from retrieval.features import NAMES
from retrieval.tables import read_arrays

WEIGHTS = Path(__file__).parent / "weights"
SCORER_FILE = "scorer.npz"


class Scorer(Protocol):
    """Orders candidates. `LearnedScorer` and `PlainScorer` (the fake) pass one test suite."""

    def logits(self, features: Floats) -> Floats:
        """Returns (k,) for features (k, f): the more, the better; only differences within a list mean anything."""
        ...

    def chances(self, logits: Floats) -> Floats:
        """Returns (k,) the calibrated chance, 0 … 1, that each candidate is the one the person would take next."""
        ...


@dataclass(frozen=True)
class LearnedScorer:
    """Two hidden layers of GELU over standardised features.

    `layers` are (weights, biases); `calibration` (slope, shift) turns a log-probability within the list into the
    log-odds of a hit (Platt 1999), fitted on held-out conversations. `names` are the features that it reads.
    """

    mean: Floats
    scale: Floats
    layers: tuple[tuple[Floats, Floats], ...]
    calibration: tuple[float, float]
    names: tuple[str, ...] = NAMES

    @staticmethod
    def load(path: Path = WEIGHTS / SCORER_FILE) -> "LearnedScorer":
        """Returns the trained scorer. Raises ModelError when the file is missing or made for other features."""
        file = read_arrays(path)
        try:
            names = tuple(str(file["names"]).split("\n"))
            layers = tuple((file[f"weights{n}"], file[f"biases{n}"]) for n in range(int(file["depth"])))
            slope, shift = file["calibration"].tolist()
            scorer = LearnedScorer(file["mean"], file["scale"], layers, (slope, shift), names)
        except (KeyError, ValueError) as error:
            raise ModelError(f"The scorer {path} is incomplete: run `tastemaker train scorer`.") from error
        if not set(names) <= set(NAMES):
            raise ModelError(f"The scorer {path} was trained on other features: run `tastemaker train scorer`.")
        return scorer

    def save(self, path: Path) -> None:
        """Writes the scorer with the names of its features."""
        arrays: dict[str, Any] = {"names": np.array("\n".join(self.names)), "mean": self.mean, "scale": self.scale}
        for place, (weights, bias) in enumerate(self.layers):
            arrays |= {f"weights{place}": weights, f"biases{place}": bias}
        np.savez_compressed(path, depth=len(self.layers), calibration=self.calibration, **arrays)

    def logits(self, features: Floats) -> Floats:
        """Returns (k,) the network's output."""
        own = features if self.names == NAMES else features[:, [NAMES.index(name) for name in self.names]]
        hidden: Floats = np.clip((own - self.mean) / self.scale, -5, 5)
        for depth, (weights, bias) in enumerate(self.layers):
            summed: Floats = np.matmul(hidden, weights, dtype=np.float32) + bias
            hidden = _gelu(summed) if depth < len(self.layers) - 1 else summed
        flat: Floats = hidden[:, 0]
        return flat

    def chances(self, logits: Floats) -> Floats:
        """Returns (k,) calibrated chances."""
        return calibrated(logits, self.calibration)


# The fake's weights: what a person would guess.
_PLAIN = {
    "text_similarity": 3.0,
    "taste_similarity": 3.0,
    "preferred_any": 1.0,
    "popularity": 1.0,
    "rrf": 1.0,
    "dispreferred": -2.0,
    "disliked_nearest": -1.0,
}


class PlainScorer:
    """The fake: a hand-set sum of a few features. It needs no training and is the baseline to beat."""

    def __init__(self) -> None:
        self._weights = np.array([_PLAIN.get(name, 0.0) for name in NAMES], dtype=np.float32)

    def logits(self, features: Floats) -> Floats:
        """Returns (k,) the weighted sum."""
        summed: Floats = features @ self._weights
        return summed

    def chances(self, logits: Floats) -> Floats:
        """Returns (k,) the softmax over the list: in order, but not calibrated."""
        chances: Floats = np.exp(log_softmax(logits))
        return chances


def _gelu(values: Floats) -> Floats:
    # The tanh form (Hendrycks & Gimpel 2016), the same that the training uses.
    bent: Floats = np.tanh(np.float32(0.7978845608) * (values + np.float32(0.044715) * values**3))
    return np.float32(0.5) * values * (np.float32(1.0) + bent)


def log_softmax(logits: Floats) -> Floats:
    """Returns (k,) the logarithm of each candidate's share of the list's softmax."""
    if not len(logits):
        return logits
    top: Floats = logits - logits.max()
    return top - np.float32(np.log(np.exp(top).sum()))


def calibrated(logits: Floats, calibration: tuple[float, float]) -> Floats:
    """Returns (k,) chances: the log-probabilities within the list, by slope and shift, as log-odds."""
    slope, shift = calibration
    return _sigmoid(slope * log_softmax(logits) + shift)


def _sigmoid(values: Floats) -> Floats:
    squashed: Floats = (1.0 / (1.0 + np.exp(-values))).astype(np.float32)
    return squashed
