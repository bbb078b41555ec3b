"""`tastemaker train scorer --interactions FILE --tune N`: the network's hyper-parameters, searched for in three ways.

Random, grid and Bayesian search (tree-structured Parzen estimator, Bergstra et al. 2011), by Optuna, each with the same
number of trials over the same lists. A trial is worth the NDCG@10 on lists of people that it was not trained on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import optuna
from optuna.samplers import BaseSampler, GridSampler, RandomSampler, TPESampler

from retrieval.adapted import AdaptedScorer
from retrieval.candidates import Knowledge
from retrieval.encoder import Encoder
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.progress import Progress, silent
from retrieval.scorer import LearnedScorer
from training.adapting import AdaptingRecipe, Choice, adapt
from training.interactions import hits_of, shipped, split
from training.interactions_choices import Maker, cross_fitted, decisions_of, fold_of
from training.interactions_log import Log
from training.interactions_tables import TableRecipe
from training.scorer_metrics import macro

SHAPES: dict[str, tuple[int, ...]] = {"none": (), "32": (32,), "64": (64,), "64-32": (64, 32)}
RATES, DECAYS, DROPOUTS = (5e-4, 2e-2), (1e-4, 0.3), (0.0, 0.5)
# The grid's points, in the order of their trying: a budget takes the first.
GRID: dict[str, Sequence[str | float | int | bool | None]] = {
    "hidden": ["64-32", "32"],
    "rate": [3e-3, 1e-3, 1e-2],
    "dropout": [0.2, 0.4],
    "decay": [1e-2],
}
SEED = 7
# The fold of people that trials are measured on; the last one measures what was chosen (`interactions.split`).
TESTING = 0
# Lists that a search needs: it is after the order of recipes, not after their last digit.
ENOUGH = 1500


@dataclass(frozen=True, slots=True)
class Found:
    """The best of one way of searching: its worth, at which trial it was found, and the recipe."""

    way: str
    worth: float
    at: int
    trials: int
    recipe: AdaptingRecipe


def compare(
    base: LearnedScorer | AdaptedScorer,
    choices: Sequence[Choice],
    trials: int,
    tell: Progress = silent,
    start: AdaptingRecipe | None = None,
) -> list[Found]:
    """Returns the best of each way, all with as many trials, the best way first. Seeded."""
    start = start or AdaptingRecipe()
    training = [choice for choice in choices if fold_of(choice.group) != TESTING]
    testing = [choice for choice in choices if fold_of(choice.group) == TESTING]
    ways: dict[str, BaseSampler] = {
        "random": RandomSampler(seed=SEED),
        "grid": GridSampler(GRID, seed=SEED),
        "bayesian (TPE)": TPESampler(seed=SEED, n_startup_trials=max(trials // 3, 1)),
    }
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    found = []
    for way, sampler in ways.items():

        def worth(trial: optuna.Trial, way: str = way) -> float:
            tell(f"{way} search", trial.number, trials)
            scorer = adapt(base, training, recipe_of(trial, start))
            return macro([hits_of(choice, scorer.logits) for choice in testing])["ndcg@10"]

        study = optuna.create_study(direction="maximize", sampler=sampler)
        most = min(trials, len(list(product(*GRID.values())))) if way == "grid" else trials
        study.optimize(worth, n_trials=most)
        best = study.best_trial
        found.append(Found(way, study.best_value, best.number + 1, most, recipe_of(best, start)))
    return sorted(found, key=lambda one: -one.worth)


def search(
    log: Log, index: Index, encoder: Encoder, base: Learned, trials: int, progress: Progress = silent
) -> list[Found]:
    """Returns the best recipe of each way for a log, the best way first; what measures the final scorer is not seen."""
    maker = Maker(Knowledge.of(index, base.cotaste, base.talk), encoder, TableRecipe())
    early, _ = split(log, SEED)
    choices, _ = cross_fitted(maker, early, decisions_of(early, SEED), progress)
    return compare(shipped(base), sample([one for one in choices if not one.missed], ENOUGH), trials, progress)


def recipe_of(trial: optuna.Trial | optuna.trial.FrozenTrial, start: AdaptingRecipe) -> AdaptingRecipe:
    """Returns the recipe that a trial proposes."""
    return replace(
        start,
        hidden=SHAPES[trial.suggest_categorical("hidden", list(SHAPES))],
        rate=trial.suggest_float("rate", *RATES, log=True),
        decay=trial.suggest_float("decay", *DECAYS, log=True),
        dropout=trial.suggest_float("dropout", *DROPOUTS),
    )


def lines(found: Sequence[Found]) -> list[str]:
    """Returns the comparison as a Markdown table."""
    columns = ("search", "trials", "best NDCG@10", "found at trial", "hidden", "rate", "decay", "dropout")
    rows = [columns, ("---",) * len(columns)]
    for one in found:
        shape, recipe = "–".join(map(str, one.recipe.hidden)) or "none", one.recipe
        sizes = (f"{recipe.rate:.2g}", f"{recipe.decay:.2g}", f"{recipe.dropout:.2f}")
        rows.append((one.way, str(one.trials), f"{one.worth:.4f}", str(one.at), shape, *sizes))
    return [f"| {' | '.join(row)} |" for row in rows]


def sample(choices: Sequence[Choice], most: int) -> list[Choice]:
    """Returns up to `most` lists, drawn once."""
    order = np.random.default_rng(SEED).permutation(len(choices))[:most]
    return [choices[place] for place in sorted(order.tolist())]
