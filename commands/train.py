"""`tastemaker train …`: each learned part, from data."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import Data, Out, tell

train = typer.Typer(help="Train a part of Tastemaker from data.", no_args_is_help=True)


@train.command("scorer")
def train_scorer(
    data: Data,
    out: Out = None,
    benchmark: Annotated[bool, typer.Option("--benchmark", help="Train the weights of `evaluate recommend`.")] = False,
    with_validation: Annotated[
        bool, typer.Option("--with-validation", help="With --benchmark: learn from the validation dialogues too.")
    ] = False,
    work: Annotated[
        Path | None,
        typer.Option("--work", help="Folder of finished stages; a run goes on there.", show_default="HOME/training"),
    ] = None,
) -> None:
    """Train the scorer on real conversations (ReDial in DIR/redial) and write its weights and model card.

    A run that was stopped goes on where it was. The folder of stages may be deleted when all is done.
    """
    from bot import Settings
    from bot.opening import opened_index, staged
    from evaluation import recommend_bench
    from retrieval.scorer import WEIGHTS
    from training import scorer, scorer_benchmark

    settings, told = Settings(), staged(tell)
    with opened_index(settings, tell) as (index, encoder):
        if benchmark:
            candidates = scorer_benchmark.benchmark_index(
                data, index.catalogue, encoder, settings.home / "benchmark", "all", told
            )
            figures = scorer_benchmark.train_benchmark_scorer(
                data,
                candidates,
                encoder,
                out or recommend_bench.WEIGHTS,
                told,
                work=work or settings.home / "training",
                with_validation=with_validation,
            )
        else:
            stages = work or settings.home / "training"
            figures = scorer.train_scorer(data, index, encoder, out or WEIGHTS, told, work=stages)
    for name, way in figures.ways.items():
        typer.echo(f"{name}: " + ", ".join(f"{metric} {value:.4f}" for metric, value in way.items()))


@train.command("wording")
def train_wording(out: Out = None) -> None:
    """Tune the language model to word reasons, on the wordings written for it."""
    from training import wording

    folder = wording.train_wording(out, tell)
    typer.echo(f"The adapter is in {folder}.")


@train.command("understanding")
def train_understanding(data: Data, out: Out = None) -> None:
    """Train the tagger and the language model's adapter on the gold and made data."""
    from evaluation.understanding_parts import measured
    from kg.sources import default_catalogue
    from training import understanding

    folder = understanding.train_understanding(data, out, tell)
    tell("Measuring on the dev part …")
    for line in measured(folder, default_catalogue().items, understanding.Parts.load(data).dev):
        typer.echo(line)
