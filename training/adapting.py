"""Training the network that a shop's own log adds to the shipped scorer: listwise, over the base's logits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from kg.errors import ModelError
from retrieval.adapted import AdaptedScorer
from retrieval.columns import Floats, Rows
from retrieval.features import NAMES
from retrieval.scorer import LearnedScorer, log_softmax
from training.scorer_network import platt


@dataclass(frozen=True, slots=True)
class AdaptingRecipe:
    """How the network is trained, over `listed` candidates a list; how it was chosen is in docs/learning.md."""

    hidden: tuple[int, ...] = (64, 32)
    dropout: float = 0.2
    rate: float = 3e-3
    decay: float = 1e-2
    epochs: int = 4
    batch: int = 32
    listed: int = 100
    seed: int = 7


@dataclass(frozen=True)
class Choice:
    """One list that was chosen from: features float16 (k, f), and how much each candidate was wanted (k,), 0 … 1.

    `group` is the person, the unit of the bootstrap; `missed` counts targets that are no candidates.
    """

    features: npt.NDArray[np.float16]
    wanted: Floats
    group: int
    missed: int = 0


def adapt(
    base: LearnedScorer | AdaptedScorer,
    choices: Sequence[Choice],
    recipe: AdaptingRecipe,
    tell: Callable[[int, float], None] = lambda epoch, loss: None,
) -> AdaptedScorer:
    """Returns the base with a network of its own beside it, not yet calibrated. `tell` hears the epoch and its loss.

    Softmax cross-entropy over each list (Cao et al. 2007), of which what was wanted and a fixed draw of the rest are
    kept. The network reads the features that vary: what the log cannot show (words) is left to the base, which is
    trusted by a learned factor. Raises ModelError when no list holds anything that was wanted.
    """
    torch.manual_seed(recipe.seed)
    lists = _Lists.of(base, [choice for choice in choices if choice.wanted.any()], recipe)
    network = _Own(len(lists.names), recipe)
    optimiser = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    steps = -(-len(lists.wanted) // recipe.batch) * recipe.epochs
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=recipe.rate, total_steps=max(steps, 2))
    order = np.random.default_rng(recipe.seed)
    for epoch in range(recipe.epochs):
        losses = []
        shuffled = torch.from_numpy(order.permutation(len(lists.wanted)))
        for batch in torch.split(shuffled, recipe.batch):
            logits = network(lists.features[batch], lists.base[batch]).masked_fill(lists.absent[batch], -1e9)
            loss = -(lists.wanted[batch] * torch.log_softmax(logits, dim=1)).sum(dim=1).mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it unannotated
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        tell(epoch + 1, float(np.mean(losses)))
    own = LearnedScorer(lists.mean, lists.scale, network.folded(), (1.0, 0.0), lists.names)
    return AdaptedScorer(base, own, float(network.trust.detach()))


def calibrate(scorer: AdaptedScorer, choices: Sequence[Choice]) -> AdaptedScorer:
    """Returns the scorer with chances fitted (Platt 1999) to lists that it was not trained on."""
    logits = [log_softmax(scorer.logits(choice.features.astype(np.float32))) for choice in choices]
    hits = np.concatenate([choice.wanted > 0 for choice in choices]).astype(np.float32)
    return replace(scorer, own=replace(scorer.own, calibration=platt(np.concatenate(logits), hits)))


class _Own(nn.Module):
    """The network, and how far the base is trusted."""

    def __init__(self, width: int, recipe: AdaptingRecipe) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for hidden in recipe.hidden:
            layers += [nn.Linear(width, hidden), nn.GELU(approximate="tanh"), nn.Dropout(recipe.dropout)]
            width = hidden
        self.layers = nn.Sequential(*layers, nn.Linear(width, 1))
        self.trust = nn.Parameter(torch.tensor(1.0))

    def forward(self, features: Tensor, base: Tensor) -> Tensor:
        """Returns logits (b, k) for features (b, k, f) and the base's logits (b, k)."""
        logits: Tensor = self.layers(features).squeeze(-1) + self.trust * base
        return logits

    def folded(self) -> tuple[tuple[Floats, Floats], ...]:
        """Returns the layers for serving."""
        linear = [layer for layer in self.layers if isinstance(layer, nn.Linear)]
        return tuple((layer.weight.detach().numpy().T.copy(), layer.bias.detach().numpy().copy()) for layer in linear)


@dataclass(frozen=True)
class _Lists:
    """The lists as tensors, padded: features (m, k, f) standardised, the base's logits, shares of what was wanted."""

    features: Tensor
    base: Tensor
    wanted: Tensor
    absent: Tensor
    mean: Floats
    scale: Floats
    names: tuple[str, ...]

    @staticmethod
    def of(base: LearnedScorer | AdaptedScorer, choices: Sequence[Choice], recipe: AdaptingRecipe) -> "_Lists":
        if not choices:
            raise ModelError("There is nothing to learn from: no item that was chosen is found by any generator.")
        random = np.random.default_rng(recipe.seed)
        drawn = [_drawn(choice.wanted, recipe.listed, random) for choice in choices]
        features = [choice.features[rows].astype(np.float32) for choice, rows in zip(choices, drawn, strict=True)]
        every = np.concatenate(features)
        kept = np.flatnonzero(every.max(axis=0) > every.min(axis=0))
        mean, scale = every[:, kept].mean(axis=0), np.maximum(every[:, kept].std(axis=0), 1e-3)
        shape = (len(choices), max(map(len, drawn)))
        values = np.zeros((*shape, len(kept)), dtype=np.float32)
        offsets, wanted, absent = np.zeros(shape, np.float32), np.zeros(shape, np.float32), np.ones(shape, np.bool_)
        for place, (choice, rows, own) in enumerate(zip(choices, drawn, features, strict=True)):
            values[place, : len(rows)] = np.clip((own[:, kept] - mean) / scale, -5, 5)
            offsets[place, : len(rows)] = base.logits(own)
            wanted[place, : len(rows)] = choice.wanted[rows] / choice.wanted.sum()
            absent[place, : len(rows)] = False
        return _Lists(
            torch.from_numpy(values),
            torch.from_numpy(offsets),
            torch.from_numpy(wanted),
            torch.from_numpy(absent),
            mean,
            scale,
            tuple(NAMES[column] for column in kept),
        )


def _drawn(wanted: Floats, most: int, random: np.random.Generator) -> Rows:
    """The places of all that was wanted and of as many others as fit."""
    yes, no = np.flatnonzero(wanted > 0), np.flatnonzero(wanted <= 0)
    others = random.permutation(no)[: max(most - len(yes), 1)]
    return np.concatenate([yes, others])
