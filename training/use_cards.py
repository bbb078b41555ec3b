"""The cards of scorers that use taught, written by the runs that made them."""

from collections.abc import Mapping, Sequence

from retrieval.adapted import AdaptedScorer
from retrieval.learned import Learned
from training.adapting import AdaptingRecipe
from training.interactions import UseFigures


def interactions_card(source: Sequence[str], figures: UseFigures, learned: Learned, recipe: AdaptingRecipe) -> str:
    """Returns the card of a scorer that a shop's log taught, as Markdown. `source` is the account of the log."""
    metrics = ("recall@1", "recall@10", "recall@50", "ndcg@10", "mrr")
    ways = sorted(figures.ways.items(), key=lambda pair: pair[1]["ndcg@10"])
    rows = [_row((name, *(f"{way[metric]:.3f}" for metric in metrics))) for name, way in ways]
    spans = ", ".join(f"{name} {figures.intervals[name][0]:.3f}–{figures.intervals[name][1]:.3f}" for name in metrics)
    return "\n".join(
        [
            "# Scorer, taught by a log of use",
            "",
            *_parts(learned, recipe),
            "",
            "## Data",
            *(f"- {line}" for line in source),
            "",
            "## Measured",
            f"Learned from {figures.training:,} events; measured on {figures.testing:,} later choices of "
            f"{figures.people:,} people who were not learned from. A choice is to be found among all items of the "
            f"catalogue; the candidates hold {figures.candidate_recall:.1%} of them. Then learned again from all.",
            "",
            _row(("ordered by", *metrics)),
            _row(("---",) * (1 + len(metrics))),
            *rows,
            "",
            f"95% intervals of the adapted scorer (bootstrap over people): {spans}.",
            "",
            "## Limits",
            "What the log does not hold (words, wishes, moods) is weighed by the shipped scorer as before. A choice "
            "in a log was a choice among what the shop showed at the time. Hard constraints are kept by code.",
            "",
        ]
    )


def logs_card(learned: Learned, recipe: AdaptingRecipe, counts: Mapping[str, int], verdict: Sequence[str]) -> str:
    """Returns the card of a candidate that learned from what people did with what they were shown."""
    return "\n".join(
        [
            "# Scorer, taught by feedback",
            "",
            *_parts(learned, recipe),
            "",
            "## Data",
            "Lists that this installation showed, with 👍, 👎, seen and dismissed.",
            *(f"- {name}: {count:,}" for name, count in counts.items()),
            "",
            "## Gate",
            *(f"- {line}" for line in verdict),
            "",
            "## Limits",
            "Feedback is of those who give it. What was never shown is unknown; only the last place of a list is ever "
            "given away by chance. Hard constraints are kept by code, not learned.",
            "",
        ]
    )


def _parts(learned: Learned, recipe: AdaptingRecipe) -> list[str]:
    scorer = learned.scorer
    assert isinstance(scorer, AdaptedScorer)
    shape = " → ".join(map(str, (len(scorer.own.names), *recipe.hidden, 1)))
    return [
        f"The logits are {scorer.trust:.2f} × those of the scorer that was, plus those of a network of {shape}, "
        f"trained listwise (AdamW, {recipe.epochs} epochs, rate {recipe.rate:.2g}, decay "
        f"{recipe.decay:.2g}, dropout {recipe.dropout:.2g}, seed {recipe.seed}).",
        "Served by numpy from this folder alone.",
    ]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
