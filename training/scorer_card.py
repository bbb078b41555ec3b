"""The scorer's model card, written by the run that trained it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from retrieval.features import FEATURES
from training.scorer_measuring import Figures
from training.scorer_network import Recipe

COMMAND = "tastemaker train scorer --data DIR"
SHIPPED = "The weights that ship were then trained in the same way on all dialogues."


def write_card(path: Path, figures: Figures, recipe: Recipe, command: str = COMMAND, shipped: str = SHIPPED) -> None:
    """Writes the card as Markdown; `shipped` says what the weights beside it were trained on."""
    metrics = list(figures.ways["learned scorer"])
    cells = [(name, *(f"{row[metric]:.3f}" for metric in metrics)) for name, row in _ways(figures)]
    table = [_line(("ordered by", *metrics)), _line(("---",) * (1 + len(metrics))), *(_line(row) for row in cells)]
    shape = " → ".join(map(str, (len(FEATURES), *recipe.hidden, 1)))
    trained = f"{figures.training_rows:,} rows of {figures.training_dialogues:,} dialogues"
    tested = f"{figures.testing_rows:,} rows of {figures.testing_dialogues:,} later dialogues"
    low_high = ", ".join(f"{name} {low:.3f}–{high:.3f}" for name, (low, high) in figures.intervals.items())
    path.write_text(
        f"""# Model card: the scorer

Orders the candidates of a wish. A network of {shape}, served by numpy (`scorer.npz`),
a table of films that are spoken of together and that foretell each other (`cotaste.npz`), and a network that reads a
talk and expects what is recommended next (`talk.npz`). Written by `{command}`.

## Data
ReDial (Li et al. 2018, CC BY 4.0), its dialogues joined to the catalogue by title and year: every turn of a recommender
that names a film. Only weights and counts are kept here, no text. No weight was learned from
MovieLens, whose licence is non-commercial.

## Training
Listwise softmax cross-entropy over each row's candidates, AdamW, {recipe.epochs} epochs, rate {recipe.rate:.2g}, decay
{recipe.decay:.2g}, dropout {recipe.dropout:.2g}, seed {recipe.seed}. Features that have seen labels (co-taste, the talk
network, how often a film is spoken of) are
cross-fitted: a dialogue is shown tables learned without any dialogue of its recommender's fold. Dialogues of which only
the films are known (`train_sequences.jsonl`) teach co-taste and the talk network.
{_search(figures.search)}
## Measured
Trained on {trained}; measured on {tested} by other recommenders, films named before left out. The candidates hold
{figures.candidate_recall:.1%} of the targets that the catalogue has. Macro averages:

{chr(10).join(table)}

95% intervals of the learned scorer (bootstrap over dialogues): {low_high}.
Expected calibration error of the chances shown, ten best of each list: {figures.calibration_error:.4f}.
{shipped}

## Limits
Learned from paid workers who talked in English, mostly about well-known American films up to 2018. Critiques
("newer", "lighter"), softly shunned things and the novelty setting are not in the data; they are steered by hand
(`retrieval/steering.py`, `retrieval/diversity.py`). Hard constraints are never learned: they are kept by code.

## Features
{chr(10).join(f"- `{name}`: {meaning}" for name, meaning in FEATURES.items())}
""",
        encoding="utf-8",
    )


def _search(table: Sequence[str]) -> str:
    told = "Hyper-parameters were searched for on the earlier part, split once more by time and worker:"
    return "\n".join(("", told, "", *table, "")) if table else ""


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _ways(figures: Figures) -> list[tuple[str, Mapping[str, float]]]:
    return sorted(figures.ways.items(), key=lambda pair: pair[1]["recall@10"])
