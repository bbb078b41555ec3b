"""What the commands share: options, how progress is told, how a report is written."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import StoreError

if TYPE_CHECKING:
    from bot import Recommender
    from bot.recommender import Progress

Data = Annotated[Path, typer.Option("--data", help="Folder with the training and benchmark data.", show_default=False)]
JsonOut = Annotated[Path | None, typer.Option("--json", help="Write the figures to this file too.", show_default=False)]
HtmlOut = Annotated[Path | None, typer.Option("--html", help="Write the report as a page here.", show_default=False)]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for the weights.", show_default="the project's own")]


def opened(progress: "Progress") -> "Recommender":
    """Returns the recommender of the environment's settings, opened; raises TastemakerError."""
    from bot import Recommender, Settings

    return Recommender.open(Settings(), progress)


def tell(words: str) -> None:
    """Says how long work goes, on standard error."""
    typer.echo(words, err=True)


def report(text: str, file: Path | None) -> None:
    """Prints a report and writes it to a file, where one is asked for; raises StoreError when it cannot be written."""
    typer.echo(text)
    if file:
        write(file, text + "\n")


def write(file: Path, text: str) -> None:
    """Writes a text, its folder made where missing; raises StoreError when it cannot be written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{file} cannot be written ({error.strerror}); choose another place.") from error
