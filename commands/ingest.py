"""`tastemaker ingest`: anyone's catalogue becomes the index."""

import sys
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commands.shared import tell

if TYPE_CHECKING:
    from retrieval.embedding import Embedder
    from retrieval.ingesting import Opened

Engine = Literal["local", "ray"]

_SHOWN = 60  # characters of an example cell


def ingest(
    source: Annotated[
        str,
        typer.Argument(
            help="A table (CSV, JSON Lines, Parquet, SQLite), a folder of MovieLens or of wikipedia-movie-data, "
            "`wikidata`, or `default`: the films that are included.",
            show_default="what is in use, built anew",
        ),
    ] = "",
    mapping: Annotated[
        Path | None, typer.Option(help="TOML that says which column means what.", show_default="guessed")
    ] = None,
    write_mapping: Annotated[
        Path | None, typer.Option("--write-mapping", help="Keep the mapping that is used here.", show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
    name: Annotated[str, typer.Option(help="The source's name; a second run under it replaces it.")] = "",
    noun: Annotated[str, typer.Option(help="What one thing is called: book, board game, recipe …")] = "",
    table: Annotated[str, typer.Option(help="The table of an SQLite file.")] = "",
    add: Annotated[
        bool | None, typer.Option("--add/--alone", help="Join the catalogue in use, or be it.", show_default=False)
    ] = None,
    update: Annotated[bool, typer.Option("--update", help="Merge into what this source had; remove nothing.")] = False,
    delete: Annotated[Path | None, typer.Option(help="A table of ids or titles to remove.", show_default=False)] = None,
    since: Annotated[int | None, typer.Option(help="First year, for `wikidata`.", show_default=False)] = None,
    engine: Annotated[Engine, typer.Option(help="Who makes the vectors: this process, or a Ray cluster.")] = "local",
    ray_address: Annotated[
        str | None,
        typer.Option(envvar="RAY_ADDRESS", help="The cluster to join.", show_default="one started on this machine"),
    ] = None,
) -> None:
    """Build the index of a catalogue: items, graph, vectors. The old one serves until the new one is whole.

    A bot that is running goes on with the old index and takes the new one up when it is started again.
    """
    from bot import Settings
    from bot.opening import places_of, staged
    from kg.sources.shelf import Shelf
    from kg.sources.tables import write_mapping as write
    from retrieval.building import build_index
    from retrieval.ingest_options import Asked
    from retrieval.ingesting import names_after, open_source, read_source, take_up
    from retrieval.locking import hold

    settings = Settings()
    asked = Asked(source, mapping, write_mapping, name, noun, table, add, update, delete, since)
    opened = open_source(asked)
    if opened.mapping:
        _show(opened)
        if write_mapping:
            write(opened.mapping, write_mapping)
            tell(f"The mapping is kept in {write_mapping}.")
        if not yes and sys.stdin.isatty():
            typer.confirm("Shall I read it so? (--write-mapping keeps it for you to correct)", default=True, abort=True)
    with hold(settings.home / "ingest.lock", "reading a catalogue"), _embedder(engine, ray_address) as embedder:
        tell(f"Reading {source or 'what is in use'} …")
        loaded, rejected = read_source(asked, opened, settings.home)
        shelf = Shelf(settings.home)
        before, names = shelf.names, names_after(asked, opened, loaded.domain, shelf)
        build = partial(
            build_index, settings.home, progress=staged(tell), embedder=embedder, places=places_of(settings)
        )
        folder = take_up(shelf, opened, loaded, names, build)
    for line in (*loaded.report.lines(), *rejected, *_told(folder, before, names)):
        typer.echo(line)


def _embedder(engine: Engine, address: str | None) -> "AbstractContextManager[Embedder]":
    """Returns who makes the vectors, to be entered before anything is read: a cluster that is away is told at once."""
    if engine == "local":
        from retrieval.embedding import Alone

        return nullcontext(Alone())
    from retrieval.cluster import joined

    tell(f"Joining the cluster at {address} …" if address else "Starting a cluster of this machine's processors …")
    return joined(address)


def _show(opened: "Opened") -> None:
    """Prints the mapping as a table: column, what it is taken for, an example."""
    from rich.console import Console
    from rich.table import Table

    assert opened.table is not None and opened.mapping is not None
    mapping, rows = opened.mapping, opened.table.rows
    shown = Table(title=f"{opened.name}: {len(rows):,} rows, each taken for a {mapping.noun}", title_justify="left")
    for header in ("column", "is taken for", "for example"):
        shown.add_column(header, overflow="fold")
    taken: dict[str, str] = {}
    for part, fields in (
        ("", mapping.columns),
        ("person: ", mapping.people),
        ("", mapping.facets),
        ("number: ", mapping.numbers),
    ):
        taken |= {column: f"{part}{field}" for field, columns in fields.items() for column in columns}
    taken |= {column: f"theme “{name}” where it says yes" for name, column in mapping.flags.items()}
    for column in opened.table.columns:
        example = next((str(row[column]) for _, row in rows if row.get(column) not in (None, "")), "")
        shown.add_row(column, taken.get(column, "– not used –"), example[:_SHOWN].replace("\n", " "))
    Console(stderr=True).print(shown)


def _told(folder: Path, before: tuple[str, ...], names: tuple[str, ...]) -> list[str]:
    """Returns what the catalogue is now, and what left it."""
    from retrieval.manifest import read_manifest

    lines = [f"The catalogue is now {' + '.join(names)}: {read_manifest(folder).items:,} items."]
    if gone := [name for name in before if name not in names]:
        lines.append(f"{', '.join(gone)} left it; `--add` would have joined them.")
    return [*lines, f"The index is in use: {folder}", "A bot that is running takes it up at its next start."]
