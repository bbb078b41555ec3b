"""`tastemaker evaluate …`: each part measured."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.shared import Data, HtmlOut, JsonOut, opened, report, tell, write

if TYPE_CHECKING:
    from bot import Settings
    from evaluation.recommend_bench import Bench
    from evaluation.recommend_leaks import Record
    from training.scorer_benchmark import Facts

evaluate = typer.Typer(help="Measure a part of Tastemaker.", no_args_is_help=True)


@evaluate.command("understanding")
def evaluate_understanding(
    file: Annotated[Path, typer.Argument(help="Labelled utterances, one JSON object a line.", show_default=False)],
    json: JsonOut = None,
    html: HtmlOut = None,
) -> None:
    """Measure how well utterances are understood."""
    from evaluation import understanding
    from evaluation.understanding_page import page

    with opened(tell) as recommender:
        found = understanding.evaluate_understanding(file, recommender.parts.understander)
    if html:
        write(html, page(found))
    report(found.json(), json)


@evaluate.command("recommend")
def evaluate_recommend(
    data: Data,
    test: Annotated[
        Path,
        typer.Option(
            "--test", help="ReDial's benchmark rows (.jsonl) or INSPIRED's dialogues (.tsv).", show_default=False
        ),
    ],
    json: JsonOut = None,
    html: HtmlOut = None,
    ablate: Annotated[bool, typer.Option("--ablate", help="Measure too what each signal is worth.")] = False,
    weights: Annotated[
        Path | None,
        typer.Option(help="Folder of weights that you trained.", show_default="the project's that have not seen FILE"),
    ] = None,
    own_facts: Annotated[
        bool, typer.Option("--own-facts", help="ReDial's films have the product's facts alone, not metadata.json's.")
    ] = False,
    generative: Annotated[
        int, typer.Option("--generative", help="On so many rows, ask the language model for titles too.", min=0)
    ] = 0,
) -> None:
    """Measure recommendation on recorded dialogues, with 95 % intervals: recall, NDCG, MRR, variety, calibration."""
    from json import dumps

    from bot import Settings
    from bot.opening import opened_index, staged
    from evaluation import recommend, recommend_bench, recommend_page

    settings, told = Settings(), staged(tell)
    with opened_index(settings, tell) as (index, encoder):
        if test.suffix == ".tsv":
            found = recommend.evaluate_inspired(test, index, encoder, told, ablate=ablate)
        else:
            records = recommend.read_records(test)
            cache = settings.home / "benchmark"
            facts: Facts = "own" if own_facts else "all"
            chosen = weights or recommend_bench.honest_weights(records)
            typer.echo(f"weights: {chosen}", err=True)
            bench = recommend_bench.open_bench(
                data, index.catalogue, encoder, cache, chosen, facts=facts, progress=told
            )
            found = recommend.evaluate(bench, records, told, ablate=ablate)
            if generative:
                found["generative"] = _proposals(settings, bench, records, generative)
    if html:
        write(html, recommend_page.page(found, test.name))
    report(dumps(found, indent=2, ensure_ascii=False), json)


@evaluate.command("interactions")
def evaluate_interactions(data: Data, json: JsonOut = None) -> None:
    """Measure on MovieLens (DIR/movielens-small) what a log of use teaches, beside ALS, BPR and popularity."""
    from json import dumps

    from bot import Settings
    from bot.opening import opened_index, staged
    from evaluation import interactions, interactions_data
    from retrieval.learned import Learned

    settings, told = Settings(), staged(tell)
    folder = data / interactions_data.FOLDER
    with opened_index(settings, tell) as (own, encoder):
        index = interactions_data.movielens_index(folder, own.catalogue, encoder, settings.home / "benchmark", told)
    log = interactions_data.movielens_log(folder, index.columns)
    found = interactions.evaluate_interactions(log, index, encoder, Learned.load(tuple(index.catalogue)), told)
    report(dumps(found, indent=2), json)


def _proposals(settings: "Settings", bench: "Bench", records: Sequence["Record"], count: int) -> dict[str, Any]:
    from random import Random

    from bot.language_model import chat_model
    from bot.opening import staged
    from evaluation.recommend_generative import evaluate_generative
    from training.scorer_dialogues import benchmark_row

    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
    model = chat_model(settings.llm, gpu_layers=settings.gpu_layers, base_url=settings.openai_base_url, api_key=key)
    rows = [row for row in map(benchmark_row, records) if row.fresh]
    sample = Random(0).sample(rows, min(count, len(rows)))
    return evaluate_generative(bench, sample, model, settings.llm, staged(tell))


@evaluate.command("conversations")
def evaluate_conversations(
    data: Annotated[
        Path | None, typer.Option("--data", help="Folder with the benchmark data.", show_default="none: by popularity")
    ] = None,
    users: Annotated[int, typer.Option(help="How many simulated users, for each policy.", min=1)] = 200,
    seed: Annotated[int, typer.Option(help="Chooses the users and what they say.")] = 0,
    words: Annotated[bool, typer.Option("--words", help="Understand what they say from their words.")] = False,
    json: JsonOut = None,
) -> None:
    """Check every claim of 1,000 explanations; measure what questions help, with simulated users."""
    from json import dumps

    from evaluation import conversations

    with opened(tell) as recommender:
        found = conversations.evaluate_conversations(recommender, users, seed, data, words, tell=tell)
    report(dumps(found, indent=2, ensure_ascii=False), json)


@evaluate.command("latency")
def evaluate_latency(
    json: JsonOut = None,
    rounds: Annotated[int, typer.Option(help="How often the fixed talks are measured.", min=1)] = 3,
) -> None:
    """Measure how long a user waits, over a fixed set of warm turns."""
    from dataclasses import asdict
    from json import dumps

    from evaluation import latency

    found = latency.evaluate_latency(lambda: opened(tell), rounds, tell)
    report(dumps(asdict(found), indent=2), json)
