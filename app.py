"""Tastemaker's one entry point and command line: `tastemaker` and `python app.py` are the same program.

Each command imports what it needs when it runs, so that the web page is up as soon as Gradio is.
"""

import logging
import socket
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.logs import log_to_stderr
from kg.errors import SettingsError, StoreError, TastemakerError

if TYPE_CHECKING:
    from bot import Recommender
    from bot.recommender import Progress

app = typer.Typer(
    name="tastemaker",
    help="Learns your taste by talking, recommends from your catalogue, proves why. Without a command: the web chat.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
train = typer.Typer(help="Train a part of Tastemaker from data.", no_args_is_help=True)
evaluate = typer.Typer(help="Measure a part of Tastemaker.", no_args_is_help=True)
app.add_typer(train, name="train")
app.add_typer(evaluate, name="evaluate")

Data = Annotated[Path, typer.Option("--data", help="Folder with the training and benchmark data.", show_default=False)]
JsonOut = Annotated[Path | None, typer.Option("--json", help="Write the figures to this file too.", show_default=False)]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for the weights.", show_default="the project's own")]
Host = Annotated[str, typer.Option(help="Address to listen on.")]
WebPort = Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)]


class Level(StrEnum):
    """How much is logged."""

    debug = "debug"
    info = "info"
    warning = "warning"
    error = "error"


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    log: Annotated[Level, typer.Option(help="How much to log, to standard error.")] = Level.warning,
) -> None:
    """Without a command, opens the web chat on http://127.0.0.1:7860."""
    log_to_stderr(logging.getLevelNamesMapping()[log.upper()])
    if context.invoked_subcommand is None:
        web()


@app.command()
def web(host: Host = "127.0.0.1", port: WebPort = 7860) -> None:
    """Open the web chat in a browser's reach; the rest loads behind the page."""
    _need_free_port(host, port)
    from bot.background import Background
    from bot.channels.web import WebChat

    WebChat(Background(_open)).launch(host, port)


@app.command()
def chat(
    user: Annotated[str, typer.Option(help="Whose taste to use and to keep.")] = "you",
    id: Annotated[str | None, typer.Option(help="Resume the conversation with this id.", show_default=False)] = None,
) -> None:
    """Talk in the terminal."""
    from rich.console import Console

    from bot.channels import terminal

    console = Console()
    with _open(lambda words: console.print(words, style="dim")) as recommender:
        terminal.chat(recommender.conversation(user, id), console)


@app.command()
def serve(host: Host = "127.0.0.1", port: WebPort = 8000) -> None:
    """Serve the HTTP API, OpenAI-compatible: /v1/chat/completions and /v1/models."""
    _need_free_port(host, port)
    from bot.background import Background
    from bot.channels.http import run_http

    run_http(Background(_open), host, port)


@app.command()
def slack() -> None:
    """Answer in Slack; needs SLACK_BOT_TOKEN, and SLACK_APP_TOKEN or SLACK_SIGNING_SECRET."""
    from bot import Settings
    from bot.background import Background
    from bot.channels.slack import run_slack

    run_slack(Background(_open), Settings())


@app.command()
def discord() -> None:
    """Answer in Discord; needs DISCORD_TOKEN."""
    from bot import Settings
    from bot.background import Background
    from bot.channels.discord import run_discord

    run_discord(Background(_open), Settings())


@app.command()
def ingest(
    source: Annotated[str, typer.Argument(help="What to read: `default` is the film catalogue that is included.")] = (
        "default"
    ),
) -> None:
    """Build the index of a catalogue: items, graph, vectors. The old one serves until the new one is whole."""
    from bot import Settings
    from bot.opening import ingest as build

    for line in build(source, Settings(), _tell):
        typer.echo(line)


@app.command("import-history")
def import_history(
    file: Annotated[Path, typer.Argument(help="A Letterboxd, IMDb or Trakt export, or plain CSV.", show_default=False)],
    user: Annotated[str, typer.Option(help="Whose taste to add to.")] = "you",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and match; write nothing.")] = False,
) -> None:
    """Turn a watch history into taste: watched is seen, well rated is liked, the watchlist is wanted."""
    from bot import Settings
    from bot.history.importing import import_file

    for line in import_file(file, Settings(), user, dry_run=dry_run).lines():
        typer.echo(line)


@app.command()
def doctor() -> None:
    """Say what is wrong with this installation, and the command that mends it."""
    from bot import Settings
    from bot.doctor import examine

    findings = list(examine(Settings()))
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.ok else 'BAD '} {finding.subject}: {finding.words}")
        if finding.remedy:
            typer.echo(f"     → {finding.remedy}")
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


@train.command("scorer")
def train_scorer(
    data: Data,
    out: Out = None,
    benchmark: Annotated[bool, typer.Option("--benchmark", help="Train the weights of `evaluate recommend`.")] = False,
) -> None:
    """Train the scorer on real conversations (ReDial in DIR/redial) and write its weights and model card."""
    from bot import Settings
    from bot.opening import opened_index, staged
    from evaluation import recommend
    from retrieval.scorer import WEIGHTS
    from training import scorer, scorer_benchmark

    settings, told = Settings(), staged(_tell)
    with opened_index(settings, _tell) as (index, encoder):
        if benchmark:
            candidates = scorer_benchmark.benchmark_index(
                data, index.catalogue, encoder, settings.home / "benchmark", "all", told
            )
            scorer_benchmark.train_benchmark_scorer(data, candidates, encoder, out or recommend.WEIGHTS, told)
        else:
            typer.echo(scorer.train_scorer(data, index, encoder, out or WEIGHTS, told))


@train.command("understanding")
def train_understanding(data: Data, out: Out = None) -> None:
    """Train the tagger and the language model's adapter on the gold and made data."""
    from evaluation.understanding_parts import measured
    from kg.sources import default_catalogue
    from training import understanding

    folder = understanding.train_understanding(data, out, _tell)
    _tell("Measuring on the dev part …")
    for line in measured(folder, default_catalogue().items, understanding.Parts.load(data).dev):
        typer.echo(line)


@evaluate.command("understanding")
def evaluate_understanding(
    file: Annotated[Path, typer.Argument(help="Labelled utterances, one JSON object a line.", show_default=False)],
    json: JsonOut = None,
    html: Annotated[Path | None, typer.Option(help="Write the report as a page here.", show_default=False)] = None,
) -> None:
    """Measure how well utterances are understood."""
    from evaluation import understanding
    from evaluation.understanding_page import page

    with _open(_tell) as recommender:
        report = understanding.evaluate_understanding(file, recommender.parts.understander)
    if html:
        _write(html, page(report))
    _report(report.json(), json)


@evaluate.command("recommend")
def evaluate_recommend(
    data: Data,
    test: Annotated[Path, typer.Option("--test", help="Benchmark rows, one JSON object a line.", show_default=False)],
    json: JsonOut = None,
) -> None:
    """Measure recommendation on ReDial by the standardised protocol: recall, NDCG, MRR with 95 % intervals."""
    from json import dumps

    from bot import Settings
    from bot.opening import opened_index, staged
    from evaluation import recommend

    rows = recommend.read_rows(test)
    settings = Settings()
    with opened_index(settings, _tell) as (index, encoder):
        cache = settings.home / "benchmark"
        bench = recommend.open_bench(data, index.catalogue, encoder, cache, progress=staged(_tell))
        report = recommend.evaluate(bench, rows, staged(_tell))
    _report(dumps(report, indent=2), json)


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

    with _open(_tell) as recommender:
        report = conversations.evaluate_conversations(recommender, users, seed, data, words, tell=_tell)
    _report(dumps(report, indent=2, ensure_ascii=False), json)


@evaluate.command("latency")
def evaluate_latency(
    json: JsonOut = None,
    rounds: Annotated[int, typer.Option(help="How often the fixed talks are measured.", min=1)] = 3,
) -> None:
    """Measure how long a user waits, over a fixed set of warm turns."""
    from dataclasses import asdict
    from json import dumps

    from evaluation import latency

    found = latency.evaluate_latency(lambda: _open(_tell), rounds, _tell)
    _report(dumps(asdict(found), indent=2), json)


def _report(text: str, file: Path | None) -> None:
    typer.echo(text)
    if file:
        _write(file, text + "\n")


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{file} cannot be written ({error.strerror}); choose another place.") from error


def _open(progress: "Progress") -> "Recommender":
    from bot import Recommender, Settings

    return Recommender.open(Settings(), progress)


def _tell(words: str) -> None:
    typer.echo(words, err=True)


def _need_free_port(host: str, port: int) -> None:
    """Says which port is taken before anything is loaded, rather than after."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SettingsError(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                f"Stop the program that has it, or choose another: `--port {port + 1}`."
            ) from error


def main() -> None:
    """Runs the command line; a TastemakerError becomes its sentence and exit code 1."""
    try:
        app(prog_name="tastemaker")
    except TastemakerError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
