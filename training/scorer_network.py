"""The listwise network in torch: softmax cross-entropy over each row's candidates (ListNet, Cao et al. 2007)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from retrieval.columns import Floats, Rows
from retrieval.features import NAMES
from retrieval.scorer import LearnedScorer, log_softmax
from training.scorer_examples import Example


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the network is trained. The figures were chosen on a split by time (docs/recommendation.md)."""

    hidden: tuple[int, ...] = (64, 32)
    dropout: float = 0.2
    rate: float = 2e-3
    decay: float = 1e-2
    epochs: int = 8
    batch: int = 32
    seed: int = 7


def fit(examples: Sequence[Example], recipe: Recipe, tell: Callable[[int, float], None]) -> LearnedScorer:
    """Returns the scorer, not yet calibrated. `tell` hears the epoch and its mean loss.

    Examples without a target among their candidates teach nothing and are left out, and so do features that never vary.
    """
    torch.manual_seed(recipe.seed)
    useful = [example for example in examples if example.labels.any()]
    sample = np.concatenate([example.features[::10] for example in useful]).astype(np.float32)
    kept = np.flatnonzero(sample.max(axis=0) > sample.min(axis=0))
    mean, scale = sample[:, kept].mean(axis=0), np.maximum(sample[:, kept].std(axis=0), 1e-3)
    network = _network(len(mean), recipe)
    optimiser = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    steps = -(-len(useful) // recipe.batch) * recipe.epochs
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=recipe.rate, total_steps=steps)
    order = np.random.default_rng(recipe.seed)
    for epoch in range(recipe.epochs):
        network.train()
        losses = []
        shuffled = order.permutation(len(useful))
        for start in range(0, len(useful), recipe.batch):
            batch = [useful[place] for place in shuffled[start : start + recipe.batch]]
            loss = _loss(network, batch, kept, mean, scale)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it unannotated
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        tell(epoch + 1, float(np.mean(losses)))
    return LearnedScorer(mean, scale, _layers(network), (1.0, 0.0), tuple(NAMES[column] for column in kept))


def _network(width: int, recipe: Recipe) -> nn.Sequential:
    layers: list[nn.Module] = []
    for hidden in recipe.hidden:
        layers += [nn.Linear(width, hidden), nn.GELU(approximate="tanh"), nn.Dropout(recipe.dropout)]
        width = hidden
    return nn.Sequential(*layers, nn.Linear(width, 1))


def _loss(network: nn.Sequential, batch: Sequence[Example], kept: Rows, mean: Floats, scale: Floats) -> Tensor:
    longest = max(len(example.candidates) for example in batch)
    features = torch.zeros(len(batch), longest, len(mean))
    labels = torch.zeros(len(batch), longest)
    absent = torch.ones(len(batch), longest, dtype=torch.bool)
    for place, example in enumerate(batch):
        count = len(example.candidates)
        values = np.clip((example.features[:, kept].astype(np.float32) - mean) / scale, -5, 5)
        features[place, :count] = torch.from_numpy(values)
        labels[place, :count] = torch.from_numpy(example.labels.astype(np.float32))
        absent[place, :count] = False
    logits = network(features).squeeze(-1).masked_fill(absent, -1e9)
    wanted = labels / labels.sum(dim=1, keepdim=True)
    return -(wanted * torch.log_softmax(logits, dim=1)).sum(dim=1).mean()


def _layers(network: nn.Sequential) -> tuple[tuple[Floats, Floats], ...]:
    linear = [layer for layer in network if isinstance(layer, nn.Linear)]
    return tuple((layer.weight.detach().numpy().T.copy(), layer.bias.detach().numpy().copy()) for layer in linear)


def calibration(scorer: LearnedScorer, examples: Sequence[Example]) -> tuple[float, float]:
    """Returns the slope and shift that turn log-probabilities within a list into log-odds of a hit."""
    odds = np.concatenate([log_softmax(scorer.logits(example.features.astype(np.float32))) for example in examples])
    return platt(odds, np.concatenate([example.labels for example in examples]))


def platt(odds: Floats, hits: Floats, steps: int = 300) -> tuple[float, float]:
    """Returns the slope and shift (Platt 1999) under which log-odds (n,) explain hits (n,), 0 or 1, best."""
    inputs, wanted = torch.from_numpy(odds), torch.from_numpy(hits.astype(np.float32))
    weights = torch.tensor([1.0, 0.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], lr=0.5, max_iter=steps, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = nn.functional.binary_cross_entropy_with_logits(inputs * weights[0] + weights[1], wanted)
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it unannotated
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]  # torch leaves it unannotated
    slope, shift = weights.detach().tolist()
    return slope, shift


def calibration_error(scorer: LearnedScorer, examples: Sequence[Example], bins: int = 10) -> float:
    """Returns the expected calibration error over the ten best of each list, in bins of equal size (Naeini 2015)."""
    chances, hits = [], []
    for example in examples:
        logits = scorer.logits(example.features.astype(np.float32))
        best = np.argsort(-logits)[:10]
        chances.append(scorer.chances(logits)[best])
        hits.append(example.labels[best])
    said, true = np.concatenate(chances), np.concatenate(hits).astype(np.float64)
    parts = np.array_split(np.argsort(said), bins)
    return float(sum(len(part) * abs(said[part].mean() - true[part].mean()) for part in parts) / len(said))
