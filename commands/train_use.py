"""What `tastemaker train scorer` does with a log of use, and with what people did in talk."""

from pathlib import Path

import typer

from commands.shared import tell


def from_interactions(file: Path, tune: int) -> None:
    """Trains the data folder's scorer on a log of use, lets it serve, and tells what was measured.

    With `tune`, its hyper-parameters are searched for first, by so many trials in each of three ways.
    """
    from bot import Settings
    from bot.opening import opened_index, staged
    from retrieval.learned import Learned
    from retrieval.scorer import WEIGHTS
    from retrieval.versions import Versions
    from training import interactions, use_cards
    from training.adapting import AdaptingRecipe
    from training.interactions_reading import read_interactions

    settings = Settings()
    versions, recipe = Versions(settings.home), AdaptingRecipe()
    with opened_index(settings, tell) as (index, encoder):
        read = read_interactions(file, index.catalogue)
        for line in read.lines():
            typer.echo(line)
        base = Learned.load(tuple(index.catalogue), WEIGHTS)
        if tune:
            from training import interactions_tuning, searching

            found = interactions_tuning.search(read.log, index, encoder, base, tune, staged(tell))
            recipe = found[0].recipe
            for line in searching.lines(found):
                typer.echo(line)
        taught = interactions.learn_from_use(read.log, index, encoder, base, staged(tell), recipe)
        staging = versions.staging()
        interactions.save_adapted(taught.learned, staging, index, WEIGHTS)
    card = use_cards.interactions_card(read.lines(), taught.figures, taught.learned, recipe)
    name = versions.add(staging, card)
    versions.promote(name)
    typer.echo(card)
    typer.echo(f"{name} serves from the next start on; `tastemaker model rollback` takes it back.")


def from_logs(talks: int) -> None:
    """Makes a candidate of what people did in talk, asks its gate, and lets it rank as a shadow where it passed."""
    from bot import Settings
    from bot.opening import opened_index
    from bot.store import Store
    from evaluation.gate import judge
    from evaluation.simulated_talks import successes
    from retrieval.learned import Learned
    from retrieval.versions import Versions
    from training import interactions, logs, use_cards

    settings = Settings()
    versions = Versions(settings.home)
    store = Store(settings.database)
    trials = logs.trials_of(store.uses)
    store.close()
    early, late = logs.split_trials(trials)
    with opened_index(settings, tell) as (index, encoder):
        weights = versions.folder(versions.serving.current)
        served = Learned.load(tuple(index.catalogue), weights)
        tell("Learning from what people did …")
        candidate = logs.candidate_from_logs(early, index, encoder, served)
        tell("Asking the gate …")
        simulate = successes(index, talks) if talks else None
        verdict = judge(late, index, encoder, served, candidate, simulate)
        staging = versions.staging()
        interactions.save_adapted(candidate, staging, index, weights)
    counts = {"lists learned from": len(early), "lists gated on": len(late)}
    card = use_cards.logs_card(candidate, logs.LOG_RECIPE, counts, verdict.lines())
    name = versions.add(staging, card, verdict.passed)
    if verdict.passed:
        versions.watch(name)
    for line in verdict.lines():
        typer.echo(line)
    typer.echo(
        f"{name} ranks as a shadow from the next start on; `tastemaker model promote {name}` lets it serve."
        if verdict.passed
        else f"{name} is kept aside; its card is in {versions.folder(name)}. More lists with a verdict make the gate "
        f"surer; `tastemaker model promote {name} --anyway` lets it serve all the same."
    )
