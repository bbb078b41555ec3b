"""How many stars a person will give: biases and factors, an item's facts beside its own vector, against the means."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from evaluation.interactions_data import BEST_RATING
from retrieval.columns import Floats, Mask
from retrieval.encoder import Vectors
from retrieval.progress import Progress
from training.interactions_log import Log

HELD_OUT = 0.2
# Ratings that draw an item's, a person's mean to the mean of all.
ITEM_DOUBT, PERSON_DOUBT = 3.0, 5.0
LOWEST = 0.5
DRAWS = 300


@dataclass(frozen=True, slots=True)
class StarsRecipe:
    """How the factors are learned (biased matrix factorisation, Koren, Bell & Volinsky 2009, by Adam)."""

    factors: int = 8
    keep_small: float = 0.05
    facts_small: float = 0.002
    rate: float = 5e-3
    epochs: int = 10
    batch: int = 1024
    seed: int = 0


def rating_figures(log: Log, matrix: Vectors, tell: Progress, recipe: StarsRecipe | None = None) -> dict[str, Any]:
    """Returns RMSE and MAE in stars with 95% intervals: a random fifth held out, each person's last fifth, new people.

    `matrix` (n, 384) are the items' text vectors. Items of the random split with no rating left are a row of their own.
    """
    random = np.random.default_rng(0)
    people = np.unique(log.people)
    places = np.concatenate([np.linspace(0, 1, span.stop - span.start) for _, span in log.spans()])
    splits: Mapping[str, Mask] = {
        "a random fifth": random.random(len(log)) < HELD_OUT,
        "each person's last fifth": places > 1 - HELD_OUT,
        "new people": np.isin(log.people, random.choice(people, int(len(people) * HELD_OUT), replace=False)),
    }
    report: dict[str, Any] = {}
    for number, (name, held) in enumerate(splits.items()):
        tell("stars", number, len(splits))
        stars = log.ratings * np.float32(BEST_RATING)
        guesses = predictions(log, stars, held, matrix, recipe or StarsRecipe())
        errors = {way: guess - stars[held] for way, guess in guesses.items()}
        report[name] = {"ratings": int(held.sum()), "ways": {way: _figures(error) for way, error in errors.items()}}
        if number == 0:
            rated = np.bincount(log.items[~held], minlength=len(matrix))
            new = rated[log.items[held]] == 0
            report["a random fifth, items nobody rated before"] = {
                "ratings": int(new.sum()),
                "ways": {way: _figures(error[new]) for way, error in errors.items()},
            }
    return report


def predictions(log: Log, stars: Floats, held: Mask, matrix: Vectors, recipe: StarsRecipe) -> dict[str, Floats]:
    """Returns each way's stars for the held-out ratings, learned from all others."""
    persons = np.unique(log.people, return_inverse=True)[1]
    items, known = log.items, ~held
    count, size = int(persons.max()) + 1, len(matrix)
    mean = float(stars[known].mean())
    rest = stars - mean
    own_person = _means(persons[known], rest[known], count, 0.0)
    own_item = _means(items[known], rest[known], size, 0.0)
    person, item = np.zeros(count, np.float32), np.zeros(size, np.float32)
    for _ in range(15):
        item = _means(items[known], rest[known] - person[persons[known]], size, ITEM_DOUBT)
        person = _means(persons[known], rest[known] - item[items[known]], count, PERSON_DOUBT)
    model = _learned(persons, items, stars, known, _Stars(mean, person, item, matrix, recipe), recipe)
    with torch.no_grad():
        ours = model(torch.from_numpy(persons[held]), torch.from_numpy(items[held])).numpy()
    found = {
        "mean of all": np.full(int(held.sum()), mean, dtype=np.float32),
        "mean of the person": mean + own_person[persons[held]],
        "mean of the item": mean + own_item[items[held]],
        "biases of both": mean + person[persons[held]] + item[items[held]],
        "factors and facts": ours,
    }
    return {name: np.clip(guess, LOWEST, BEST_RATING).astype(np.float32) for name, guess in found.items()}


def _means(groups: Any, values: Floats, size: int, doubt: float) -> Floats:
    counts = np.bincount(groups, minlength=size)
    means: Floats = (np.bincount(groups, values, minlength=size) / np.maximum(counts + doubt, 1.0)).astype(np.float32)
    return means


class _Stars(nn.Module):
    """Stars = mean + biases + person · (item + projected facts); the facts have a bias of their own as well."""

    def __init__(self, mean: float, person: Floats, item: Floats, matrix: Vectors, recipe: StarsRecipe) -> None:
        super().__init__()
        self.mean = mean
        self.facts = torch.from_numpy(matrix)
        self.person_bias = nn.Parameter(torch.from_numpy(person.copy()))
        self.item_bias = nn.Parameter(torch.from_numpy(item.copy()))
        self.person = nn.Embedding(len(person), recipe.factors)
        self.item = nn.Embedding(len(item), recipe.factors)
        for vectors in (self.person, self.item):
            nn.init.normal_(vectors.weight, std=0.05)
        self.projection = nn.Linear(matrix.shape[1], recipe.factors, bias=False)
        self.fact_bias = nn.Linear(matrix.shape[1], 1, bias=False)
        nn.init.zeros_(self.projection.weight)
        nn.init.zeros_(self.fact_bias.weight)

    def forward(self, persons: Tensor, items: Tensor) -> Tensor:
        """Returns the stars (b,)."""
        facts = self.facts[items]
        vectors = self.item(items) + self.projection(facts)
        biases = self.person_bias[persons] + self.item_bias[items] + self.fact_bias(facts).squeeze(-1)
        stars: Tensor = self.mean + biases + (self.person(persons) * vectors).sum(dim=1)
        return stars

    def size(self, persons: Tensor, items: Tensor) -> Tensor:
        """Returns how large the parameters of these ratings are, which is to be kept small."""
        vectors = self.person(persons).pow(2).sum(1) + self.item(items).pow(2).sum(1)
        size: Tensor = (vectors + self.person_bias[persons] ** 2 + self.item_bias[items] ** 2).mean()
        return size


def _learned(persons: Any, items: Any, stars: Floats, known: Mask, model: _Stars, recipe: StarsRecipe) -> _Stars:
    torch.manual_seed(recipe.seed)
    given = [torch.from_numpy(values[known]) for values in (persons, items, stars)]
    optimiser = torch.optim.Adam(model.parameters(), lr=recipe.rate)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.05, recipe.epochs)
    for _ in range(recipe.epochs):
        for batch in torch.split(torch.randperm(len(given[0])), recipe.batch):
            person, item, wanted = (values[batch] for values in given)
            facts = model.projection.weight.pow(2).sum() + model.fact_bias.weight.pow(2).sum()
            loss = (model(person, item) - wanted).pow(2).mean()
            loss = loss + recipe.keep_small * model.size(person, item) + recipe.facts_small * facts
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        schedule.step()
    return model


def _figures(errors: Floats) -> dict[str, Any]:
    """RMSE and MAE, ratings drawn with replacement."""
    if not len(errors):
        return {}
    random = np.random.default_rng(0)
    squares, sizes = errors.astype(np.float64) ** 2, np.abs(errors.astype(np.float64))
    draws = [random.integers(0, len(errors), size=len(errors)) for _ in range(DRAWS)]
    rmse, mae = [np.sqrt(squares[rows].mean()) for rows in draws], [sizes[rows].mean() for rows in draws]
    return {
        "rmse": float(np.sqrt(squares.mean())),
        "mae": float(sizes.mean()),
        "rmse_95": np.percentile(rmse, [2.5, 97.5]).tolist(),
        "mae_95": np.percentile(mae, [2.5, 97.5]).tolist(),
    }
