"""Tastemaker's one entry point and command line: `tastemaker` and `python app.py` are the same program.

Talking is here; `commands/` has the rest. Each command imports what it needs when it runs, so that the web page is up
as soon as Gradio is.
"""

import logging
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.logs import log_to_stderr
from commands.evaluate import evaluate
from commands.ingest import ingest
from commands.model import model
from commands.shared import opened
from commands.train import train
from kg.errors import TastemakerError

app = typer.Typer(
    name="tastemaker",
    help="Learns your taste by talking, recommends from your catalogue, proves why. Without a command: the web chat.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(train, name="train")
app.add_typer(evaluate, name="evaluate")
app.add_typer(model, name="model")
app.command()(ingest)

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
def web(
    host: Host = "127.0.0.1",
    port: WebPort = 7860,
    each_browser: Annotated[
        bool,
        typer.Option(
            "--each-browser",
            help="Keep a taste for each browser, as is done for a --host that others reach. Behind a proxy, say so.",
        ),
    ] = False,
) -> None:
    """Open the web chat in a browser's reach; the rest loads behind the page.

    On this machine alone it uses the taste of `tastemaker chat` and `tastemaker import-history`.
    """
    _need_free_port(host, port)
    from bot import Settings
    from bot.background import Background
    from bot.channels.addresses import this_machine_only
    from bot.channels.web import WebChat
    from bot.welcome import Welcome

    alone = this_machine_only(host) and not each_browser
    WebChat(Background(opened), Welcome.of_settings(Settings()), "you" if alone else None).launch(host, port)


@app.command()
def chat(
    user: Annotated[str, typer.Option(help="Whose taste to use and to keep.")] = "you",
    id: Annotated[str | None, typer.Option(help="Resume the conversation with this id.", show_default=False)] = None,
) -> None:
    """Talk in the terminal."""
    from rich.console import Console

    from bot.channels import terminal
    from bot.welcome import Welcome

    console = Console()
    with opened(lambda words: console.print(words, style="dim")) as recommender:
        welcome = Welcome.of(recommender.parts.retriever.index.domain)
        terminal.chat(recommender.conversation(user, id), console, welcome.invitation)


@app.command()
def serve(host: Host = "127.0.0.1", port: WebPort = 8000) -> None:
    """Serve the HTTP API, OpenAI-compatible: /v1/chat/completions and /v1/models."""
    _need_free_port(host, port)
    from bot.background import Background
    from bot.channels.http import run_http

    run_http(Background(opened), host, port)


@app.command()
def slack(host: Host = "127.0.0.1", port: WebPort = 3000) -> None:
    """Answer in Slack; needs SLACK_BOT_TOKEN, and SLACK_APP_TOKEN or SLACK_SIGNING_SECRET.

    With SLACK_APP_TOKEN nothing is listened on, and --host and --port mean nothing.
    """
    from bot import Settings
    from bot.background import Background
    from bot.channels.slack import run_slack

    run_slack(Background(opened), Settings(), host, port)


@app.command()
def discord() -> None:
    """Answer in Discord; needs DISCORD_TOKEN."""
    from bot import Settings
    from bot.background import Background
    from bot.channels.discord import run_discord

    run_discord(Background(opened), Settings())


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


def _need_free_port(host: str, port: int) -> None:
    """Says what is wrong with the address before anything is loaded, rather than after."""
    from bot.channels.addresses import listening_on

    listening_on(host, port).close()


def main() -> None:
    """Runs the command line; a TastemakerError becomes its sentence and exit code 1."""
    try:
        app(prog_name="tastemaker")
    except TastemakerError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
