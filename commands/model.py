"""`tastemaker model …`: which scorer serves, which one is only watched, and the way back."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from retrieval.versions import Versions

model = typer.Typer(help="List, watch, promote and roll back scorers.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="A scorer's name, as `tastemaker model list` tells it.", show_default=False)]


@model.command("list")
def list_versions() -> None:
    """List the scorers of the data folder, the one that serves marked, and how a shadow agrees with it."""
    from bot import Settings
    from bot.feedback import Shadowed
    from bot.store import Store
    from retrieval.versions import Versions

    settings = Settings()
    versions = Versions(settings.home)
    serving = versions.serving
    store = Store(settings.database)
    watched = [use.event for use in store.uses if isinstance(use.event, Shadowed)]
    store.close()
    for name in versions.names:
        agreed = [event.agreement for event in watched if event.model == name]
        told = f"  {sum(agreed) / len(agreed):.0%} of {len(agreed):,} lists as shown" if agreed else ""
        mark = {serving.shadow: "shadow", serving.current: "serves"}.get(name, "")
        typer.echo(f"{name:9} {mark:7} {versions.verdict(name)}{told}".rstrip())


@model.command()
def shadow(name: Annotated[str, typer.Argument(help="A scorer's name, or `off`.", show_default=False)]) -> None:
    """Let a scorer rank beside the one that serves, unseen; `off` ends it. Takes hold at the next start."""
    serving = _versions().watch(None if name == "off" else name)
    watched = f"{serving.shadow} ranks, unseen, beside {serving.current}" if serving.shadow else "No scorer is watched"
    typer.echo(f"{watched} from the next start on.")


@model.command()
def promote(
    name: Name,
    anyway: Annotated[bool, typer.Option("--anyway", help="Even one that its gate refused.")] = False,
) -> None:
    """Let a scorer serve, from the next start on; `rollback` takes it back."""
    from kg.errors import ModelError
    from retrieval.versions import REFUSED

    versions = _versions()
    versions.folder(name)
    if versions.verdict(name) == REFUSED and not anyway:
        raise ModelError(f"The gate refused {name}; its MODEL_CARD.md says why. `--anyway` promotes it all the same.")
    typer.echo(f"{versions.promote(name).current} serves from the next start on.")


@model.command()
def rollback() -> None:
    """Let the scorer that served before serve again, from the next start on."""
    typer.echo(f"{_versions().rollback().current} serves from the next start on.")


def _versions() -> "Versions":
    from bot import Settings
    from retrieval.versions import Versions

    return Versions(Settings().home)
