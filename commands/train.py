"""`tastemaker train …`: each learned part, from data."""

from typing import Annotated

import typer

from commands.shared import Data, Out, tell

train = typer.Typer(help="Train a part of Tastemaker from data.", no_args_is_help=True)


@train.command("scorer")
def train_scorer(
    data: Data,
    out: Out = None,
    benchmark: Annotated[bool, typer.Option("--benchmark", help="Train the weights of `evaluate recommend`.")] = False,
) -> None:
    """Train the scorer on real conversations (ReDial in DIR/redial) and write its weights and model card."""
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
            scorer_benchmark.train_benchmark_scorer(data, candidates, encoder, out or recommend_bench.WEIGHTS, told)
        else:
            typer.echo(scorer.train_scorer(data, index, encoder, out or WEIGHTS, told))


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
