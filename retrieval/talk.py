"""From a conversation to the film that is recommended next: item vectors learned from talks, served by numpy.

A two-tower network (Covington et al. 2016): one tower reads what was said (its text vector) and the films named so
far, the other is a vector and a bias for each film that talks speak of. Trained by `training.scorer_talk`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from kg.errors import ModelError
from kg.items import Item
from retrieval.columns import Floats, Rows
from retrieval.cotaste import Join
from retrieval.encoder import DIMENSIONS, Vectors
from retrieval.tables import read_arrays, rows_by_title

# The films named last count; each weighs less the longer ago it was named.
NAMED_READ = 12
FADING = 0.15
# The log-chance of a film that no talk speaks of.
STRANGER = -14.0


@dataclass(frozen=True)
class TalkNetwork:
    """The weights. Films are m rows of their own; d is the width.

    `named` (m, d) reads a film that was named, `films` (m, d) and `bias` (m,) stand for it as an answer.
    """

    named: Floats
    films: Floats
    bias: Floats
    text: Floats
    text_bias: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats
    scale: Floats
    shift: Floats

    def log_chances(self, text: Vectors | None, named: Sequence[int]) -> Floats:
        """Returns (m,) the log-chance of each film to be recommended next. `named` are films, the last named last."""
        said = (np.zeros(DIMENSIONS, dtype=np.float32) if text is None else text) @ self.text + self.text_bias
        kept = list(named)[-NAMED_READ:]
        weights = np.exp(-FADING * np.arange(len(kept), dtype=np.float32)[::-1])
        bag = weights @ self.named[kept] / max(float(weights.sum()), 1e-6)
        hidden = _gelu(np.concatenate([bag, said]) @ self.inner + self.inner_bias)
        query = bag + said + hidden @ self.outer + self.outer_bias
        query = (query - query.mean()) / np.sqrt(query.var() + 1e-5) * self.scale + self.shift
        logits = self.films @ query + self.bias
        top = logits - logits.max()
        chances: Floats = (top - np.log(np.exp(top).sum())).astype(np.float32)
        return chances


@dataclass(frozen=True)
class Talk:
    """The network joined to a catalogue: the row of each film (m,), and the film of each row (n,); -1 is none."""

    network: TalkNetwork | None
    rows: Rows
    films: Rows

    @staticmethod
    def nothing(size: int) -> "Talk":
        """Returns one that has heard no talk."""
        none = np.zeros(0, dtype=np.int32)
        return Talk(None, none, np.full(size, -1, dtype=np.int32))

    @staticmethod
    def of(network: TalkNetwork, rows: Rows, size: int) -> "Talk":
        """Returns the network over a catalogue of `size` items, `rows` (m,) being its films."""
        films = np.full(size, -1, dtype=np.int32)
        known = np.flatnonzero(rows >= 0)
        films[rows[known]] = known
        return Talk(network, rows, films)

    def scores(self, text: Vectors | None, liked: Rows) -> Floats:
        """Returns (n,) each item's log-chance to be recommended next; STRANGER for items no talk speaks of."""
        scores = np.full(len(self.films), STRANGER, dtype=np.float32)
        if self.network is not None:
            named = [int(film) for film in self.films[liked] if film >= 0]
            chances = self.network.log_chances(text, named)
            known = np.flatnonzero(self.rows >= 0)
            scores[self.rows[known]] = np.maximum(chances[known], STRANGER)
        return scores

    def save(self, path: Path, keys: Sequence[str]) -> None:
        """Writes the network in half precision, its films under the keys of their rows."""
        if self.network is None:
            raise ModelError("There is no talk network to save.")
        arrays: dict[str, Any] = {
            field.name: getattr(self.network, field.name).astype(np.float16) for field in fields(TalkNetwork)
        }
        np.savez_compressed(path, keys=np.array("\n".join(keys[row] for row in self.rows.tolist())), **arrays)

    @staticmethod
    def load(path: Path, items: Sequence[Item], join: Join = rows_by_title) -> "Talk":
        """Returns the network joined to the items. Raises ModelError when the file is damaged."""
        file = read_arrays(path)
        try:
            network = TalkNetwork(**{field.name: file[field.name].astype(np.float32) for field in fields(TalkNetwork)})
            keys = str(file["keys"]).split("\n")
        except KeyError as error:
            raise ModelError(f"The weights {path} are incomplete: run `tastemaker train scorer`.") from error
        return Talk.of(network, join(keys, items), len(items))


def _gelu(values: Floats) -> Floats:
    bent: Floats = np.tanh(np.float32(0.7978845608) * (values + np.float32(0.044715) * values**3))
    return np.float32(0.5) * values * (np.float32(1.0) + bent)
