"""`tastemaker ingest`: anyone's catalogue becomes the index."""

from typing import Annotated

import typer

from commands.shared import tell


def ingest(
    source: Annotated[str, typer.Argument(help="What to read: `default` is the film catalogue that is included.")] = (
        "default"
    ),
) -> None:
    """Build the index of a catalogue: items, graph, vectors. The old one serves until the new one is whole."""
    from bot import Settings
    from bot.opening import ingest as build

    for line in build(source, Settings(), tell):
        typer.echo(line)
