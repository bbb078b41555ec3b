"""`tastemaker train scorer --data DIR --tune N`: the scorer's hyper-parameters, searched for on talks kept from them.

The early part of the split by time and worker is split so once more: trials learn from the earlier talks and are worth
the NDCG@10 on the later ones by other recommenders. What measures the final scorer is not seen.
"""

from retrieval.progress import Progress
from training.scorer_material import Material, split_by_time
from training.scorer_measuring import Split, hits_by
from training.scorer_metrics import macro
from training.scorer_network import Recipe, fit
from training.searching import Found, compare, lines, sample


def chosen(material: Material, start: Recipe, trials: int, progress: Progress) -> tuple[Recipe, tuple[str, ...]]:
    """Returns the best recipe that `trials` of each way found and the table of the search; the start without trials."""
    found = search(material, start, trials, progress) if trials else []
    return (found[0].recipe, tuple(lines(found))) if found else (start, ())


def search(material: Material, start: Recipe, trials: int, progress: Progress) -> list[Found[Recipe]]:
    """Returns the best recipe of each way of searching, the best first. A trial is a stage that is not made twice."""
    inner = inner_split(material, progress)

    def worth(recipe: Recipe) -> float:
        return material.stages.kept("trial", lambda: _ndcg(material, inner, recipe), recipe)

    return compare(worth, start, trials, progress)


def inner_split(material: Material, progress: Progress) -> Split:
    """Returns the examples that trials learn from, and those that they are measured on."""
    examples = Split.of(material, progress).training
    early, late = ({row.conversation for row in part} for part in split_by_time([one.row for one in examples]))
    return Split(
        sample([example for example in examples if example.row.conversation in early]),
        [example for example in examples if example.row.conversation in late],
    )


def _ndcg(material: Material, split: Split, recipe: Recipe) -> float:
    scorer = fit(split.training, recipe, lambda epoch, loss: None)
    return macro(hits_by(material, split.testing, scorer.logits))["ndcg@10"]
