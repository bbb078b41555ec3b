"""`tastemaker train …`: each learned part, from data."""

from pathlib import Path
from typing import Annotated

import typer

from commands import train_use
from commands.shared import Data, Out, tell
from kg.errors import SettingsError

train = typer.Typer(help="Train a part of Tastemaker from data.", no_args_is_help=True)


@train.command("scorer")
def train_scorer(
    data: Annotated[
        Path | None, typer.Option("--data", help="Folder with the training data (ReDial).", show_default=False)
    ] = None,
    out: Out = None,
    benchmark: Annotated[bool, typer.Option("--benchmark", help="Train the weights of `evaluate recommend`.")] = False,
    with_validation: Annotated[
        bool, typer.Option("--with-validation", help="With --benchmark: learn from the validation dialogues too.")
    ] = False,
    work: Annotated[
        Path | None,
        typer.Option("--work", help="Folder of finished stages; a run goes on there.", show_default="HOME/training"),
    ] = None,
    interactions: Annotated[
        Path | None,
        typer.Option("--interactions", help="Your log of use: CSV, JSON lines or Parquet.", show_default=False),
    ] = None,
    tune: Annotated[
        int, typer.Option(help="First search for hyper-parameters: random, grid, Bayesian, so many trials each.", min=0)
    ] = 0,
    from_logs: Annotated[bool, typer.Option("--from-logs", help="Learn from 👍 and 👎 in talks.")] = False,
    talks: Annotated[int, typer.Option(help="With --from-logs: simulated talks of the gate.", min=0)] = 60,
) -> None:
    """Train the scorer and write its weights and model card.

    From real conversations (--data, ReDial in DIR/redial): a run that was stopped goes on where it was, and the folder
    of stages may be deleted when all is done. From a log of use (--interactions) or from feedback (--from-logs): the
    weights go to the data folder.
    """
    if interactions:
        return train_use.from_interactions(interactions, tune)
    if from_logs:
        return train_use.from_logs(talks)
    if data is None:
        raise SettingsError("Give the scorer something to learn from: --data DIR, --interactions FILE or --from-logs.")
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
                out or (recommend_bench.ALL if with_validation else recommend_bench.TRAINING),
                told,
                work=work or settings.home / "training",
                with_validation=with_validation,
                trials=tune,
            )
        else:
            stages = work or settings.home / "training"
            figures = scorer.train_scorer(data, index, encoder, out or WEIGHTS, told, work=stages, trials=tune)
    for line in figures.search:
        typer.echo(line)
    for name, way in figures.ways.items():
        typer.echo(f"{name}: " + ", ".join(f"{metric} {value:.4f}" for metric, value in way.items()))


@train.command("wording")
def train_wording(out: Out = None) -> None:
    """Tune the language model to word reasons, on the wordings written for it."""
    from training import wording

    folder = wording.train_wording(out, tell)
    typer.echo(f"The adapter is in {folder}.")


@train.command("understanding")
def train_understanding(
    data: Data,
    out: Out = None,
    minutes: Annotated[float, typer.Option(help="How long to train, reading and measuring not counted.", min=1)] = 105,
) -> None:
    """Train the tagger and the language model's adapter on the gold and made data.

    A run that was stopped goes on where it was.
    """
    from evaluation.understanding_parts import measured
    from kg.sources import default_catalogue
    from training import understanding

    folder = understanding.train_understanding(data, out, tell, understanding.Stages.within(minutes))
    tell("Measuring on the dev part …")
    for line in measured(folder, default_catalogue().items, understanding.Parts.load(data).dev):
        typer.echo(line)
