"""What each signal is worth to a scorer that was trained without it: `python bench/signals.py --data DIR`.

Over the examples of the split by time and worker, as `tastemaker train scorer --benchmark` left them in its folder of
stages (what is missing is made). The candidates stay the same; a signal's features and its generators' places say
nothing. Beside it the same loss without training again. Writes a Markdown table.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from bot import Settings
from bot.opening import opened_index, staged
from commands.shared import Data, tell
from evaluation.recommend_ablation import WEIGHED, Signal, compared
from retrieval.columns import Floats, Rows
from retrieval.features import NAMES
from training.scorer import CHOSEN
from training.scorer_benchmark import benchmark_index, benchmark_material
from training.scorer_examples import Example
from training.scorer_material import Material
from training.scorer_measuring import Split, hits_by, telling
from training.scorer_network import fit

METRICS = ("recall@1", "recall@10", "recall@50")


def main(
    data: Data,
    work: Annotated[Path | None, typer.Option(help="Folder of stages.", show_default="HOME/training")] = None,
    every: Annotated[int, typer.Option(help="Train on every so-manieth dialogue only.", min=1)] = 1,
    out: Annotated[Path | None, typer.Option(help="Write the table here.", show_default="printed only")] = None,
) -> None:
    """Train without each signal in turn."""
    settings, told = Settings(), staged(tell)
    with opened_index(settings, tell) as (index, encoder):
        bench = benchmark_index(data, index.catalogue, encoder, settings.home / "benchmark", "all", told)
        material = benchmark_material(data, bench, encoder, told, work=work or settings.home / "training")
        split = Split.of(material, told)
    few = [example for example in split.training if example.row.conversation % every == 0]
    table = "\n".join(lines(material, Split(few, split.testing)))
    typer.echo(table)
    if out:
        out.write_text(table + "\n", encoding="utf-8")


def lines(material: Material, split: Split) -> Iterator[str]:
    """Yields the table: for each signal what is lost without it, trained again and not, with 95% intervals."""
    tell_epochs = telling(lambda stage, done, total: None, CHOSEN)
    whole_scorer = fit(split.training, CHOSEN, tell_epochs)
    whole = hits_by(material, split.testing, whole_scorer.logits)
    yield f"| lost without | {' | '.join(f'{metric}, trained again' for metric in METRICS)} | recall@10, as it is |"
    yield "|---|---|---|---|---|"
    for name, signal in WEIGHED.items():
        columns = columns_of(signal)
        if not any(example.features[:, columns].any() for example in split.training):
            continue
        scorer = fit(muted(split.training, columns), CHOSEN, tell_epochs)
        testing = muted(split.testing, columns)
        again = compared(whole, hits_by(material, testing, scorer.logits))
        kept = compared(whole, hits_by(material, averaged(split.testing, columns), whole_scorer.logits))
        cells = [_cell(again, metric) for metric in METRICS]
        tell(f"{name}: {cells[1]}")
        yield f"| {name} | {' | '.join(cells)} | {_cell(kept, 'recall@10')} |"


def columns_of(signal: Signal) -> Rows:
    """Returns the columns of the feature table that live on the signal."""
    names = {*signal.features, *(f"rank_{name}" for name in signal.generators)}
    return np.flatnonzero([name in names for name in NAMES])


def muted(examples: Sequence[Example], columns: Rows) -> list[Example]:
    """Returns the examples with the columns at zero, which a scorer that is trained on them does not read."""
    return [_with(example, columns, np.zeros(len(columns), dtype=np.float32)) for example in examples]


def averaged(examples: Sequence[Example], columns: Rows) -> list[Example]:
    """Returns the examples with the columns at their list's mean, so that they tell no candidate from another."""
    return [
        _with(example, columns, example.features[:, columns].astype(np.float32).mean(axis=0)) for example in examples
    ]


def _with(example: Example, columns: Rows, values: Floats) -> Example:
    features = example.features.copy()
    features[:, columns] = values.astype(np.float16)
    return replace(example, features=features)


def _cell(found: Mapping[str, Any], metric: str) -> str:
    low, high = found["interval_95"][metric]
    return f"{found['loss'][metric]:+.4f} ({low:+.4f} … {high:+.4f})"


if __name__ == "__main__":
    typer.run(main)
