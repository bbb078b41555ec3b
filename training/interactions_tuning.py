"""`tastemaker train scorer --interactions FILE --tune N`: the network's hyper-parameters for one log.

A trial is worth the NDCG@10 on lists of people that it was not trained on; what measures the final scorer is not seen.
"""

from collections.abc import Sequence

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
from training.searching import SEED, Found, compare, sample

# The fold of people that trials are measured on; the last one measures what was chosen (`interactions.split`).
TESTING = 0


def search(
    log: Log, index: Index, encoder: Encoder, base: Learned, trials: int, progress: Progress = silent
) -> list[Found[AdaptingRecipe]]:
    """Returns the best recipe of each way of searching for a log, the best first."""
    maker = Maker(Knowledge.of(index, base.cotaste, base.talk), encoder, TableRecipe())
    early, _ = split(log, SEED)
    choices, _ = cross_fitted(maker, early, decisions_of(early, SEED), progress)
    lists = sample([one for one in choices if not one.missed])
    return compare_on(shipped(base), lists, trials, progress)


def compare_on(
    base: LearnedScorer | AdaptedScorer,
    choices: Sequence[Choice],
    trials: int,
    tell: Progress = silent,
    start: AdaptingRecipe | None = None,
) -> list[Found[AdaptingRecipe]]:
    """Returns the best recipe of each way over these lists, all with as many trials, the best first."""
    training = [choice for choice in choices if fold_of(choice.group) != TESTING]
    testing = [choice for choice in choices if fold_of(choice.group) == TESTING]

    def worth(recipe: AdaptingRecipe) -> float:
        scorer = adapt(base, training, recipe)
        return macro([hits_of(choice, scorer.logits) for choice in testing])["ndcg@10"]

    return compare(worth, start or AdaptingRecipe(), trials, tell)
