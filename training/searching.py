"""Hyper-parameters of a network, searched for in three ways by Optuna: random, grid and Bayesian.

Bayesian is the tree-structured Parzen estimator (Bergstra et al. 2011). Each way has the same number of trials, and
they are compared with the recipe as it was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Generic, TypeVar

import numpy as np
import optuna
from optuna.samplers import BaseSampler, GridSampler, RandomSampler, TPESampler

from retrieval.progress import Progress, silent
from training.adapting import AdaptingRecipe
from training.scorer_network import Recipe

SHAPES: dict[str, tuple[int, ...]] = {"none": (), "32": (32,), "64": (64,), "64-32": (64, 32)}
RATES, DECAYS, DROPOUTS = (5e-4, 2e-2), (1e-4, 0.3), (0.0, 0.5)
# The grid's points; a budget tries some of them, in an order drawn once.
GRID: dict[str, Sequence[str | float | int | bool | None]] = {
    "hidden": ["64-32", "32"],
    "rate": [3e-3, 1e-3, 1e-2],
    "dropout": [0.2, 0.4],
    "decay": [1e-2],
}
# Lists that a search needs: it is after the order of recipes, not after their last digit.
ENOUGH = 3000
AS_IT_WAS = "none (as it was)"
SEED = 7
Network = TypeVar("Network", Recipe, AdaptingRecipe)
List = TypeVar("List")


@dataclass(frozen=True, slots=True)
class Found(Generic[Network]):
    """The best of one way of searching: its worth, at which of how many trials it was found, and the recipe."""

    way: str
    worth: float
    at: int
    trials: int
    recipe: Network


def compare(
    worth: Callable[[Network], float], start: Network, trials: int, tell: Progress = silent
) -> list[Found[Network]]:
    """Returns the best of each way and the start, the greatest worth first. Seeded.

    `worth` is asked once a trial. Where nothing is better than the start, the start comes first.
    """
    ways: dict[str, BaseSampler] = {
        "random": RandomSampler(seed=SEED),
        "grid": GridSampler(GRID, seed=SEED),
        "Bayesian (TPE)": TPESampler(seed=SEED, n_startup_trials=max(trials // 3, 1)),
    }
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    found = [Found(AS_IT_WAS, worth(start), 1, 1, start)]
    for way, sampler in ways.items():
        most = min(trials, len(list(product(*GRID.values())))) if way == "grid" else trials
        best = _best(worth, start, sampler, most, partial(tell, f"{way} search"))
        found.append(Found(way, best.value or 0.0, best.number + 1, most, recipe_of(best, start)))
    return sorted(found, key=lambda one: -one.worth)


def _best(
    worth: Callable[[Network], float],
    start: Network,
    sampler: BaseSampler,
    trials: int,
    tell: Callable[[int, int], None],
) -> optuna.trial.FrozenTrial:
    def asked(trial: optuna.Trial) -> float:
        tell(trial.number, trials)
        return worth(recipe_of(trial, start))

    study = optuna.create_study(direction="maximize", sampler=sampler)
    study.optimize(asked, n_trials=trials)
    return study.best_trial


def sample(lists: Sequence[List], most: int = ENOUGH) -> list[List]:
    """Returns up to `most` of the lists to learn from or to measure on, drawn once, in their order."""
    order = np.random.default_rng(SEED).permutation(len(lists))[:most]
    return [lists[place] for place in sorted(order.tolist())]


def recipe_of(trial: optuna.Trial | optuna.trial.FrozenTrial, start: Network) -> Network:
    """Returns the recipe that a trial proposes; what is not searched for stays as in `start`."""
    return replace(
        start,
        hidden=SHAPES[trial.suggest_categorical("hidden", list(SHAPES))],
        rate=trial.suggest_float("rate", *RATES, log=True),
        decay=trial.suggest_float("decay", *DECAYS, log=True),
        dropout=trial.suggest_float("dropout", *DROPOUTS),
    )


def lines(found: Sequence[Found[Network]]) -> list[str]:
    """Returns the comparison as a Markdown table."""
    columns = ("search", "trials", "best NDCG@10", "found at trial", "hidden", "rate", "decay", "dropout")
    rows = [columns, ("---",) * len(columns), *(_cells(one) for one in found)]
    return [f"| {' | '.join(row)} |" for row in rows]


def _cells(one: Found[Network]) -> tuple[str, ...]:
    recipe = one.recipe
    return (
        one.way,
        str(one.trials),
        f"{one.worth:.4f}",
        str(one.at),
        "–".join(map(str, recipe.hidden)) or "none",
        f"{recipe.rate:.2g}",
        f"{recipe.decay:.2g}",
        f"{recipe.dropout:.2f}",
    )
