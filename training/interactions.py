"""`tastemaker train scorer --interactions FILE`: a shop's log of use teaches the scorer that serves.

Measured on people and times that were not learned from; then learned again from everything and written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

import numpy as np

from kg.errors import ModelError
from retrieval.adapted import OWN_FILE, TRUST_FILE, AdaptedScorer
from retrieval.candidates import Knowledge
from retrieval.columns import Floats
from retrieval.encoder import Encoder
from retrieval.features import NAMES
from retrieval.index import Index
from retrieval.learned import BEHAVIOUR_FILE, Learned
from retrieval.progress import Progress, silent
from retrieval.scorer import LearnedScorer
from training.adapting import AdaptingRecipe, Choice, adapt, calibrate
from training.interactions_choices import FOLDS, Maker, cross_fitted, decisions_of, fold_of
from training.interactions_log import Decision, Log
from training.interactions_tables import TableRecipe, as_of, learn_behaviour
from training.scorer_metrics import Hits, intervals, macro

# The last choices, by time, of one fold of the people are kept out to measure on.
HELD_OUT = 0.15
# Fewer decisions to learn from than these teach a network nothing but noise.
FEWEST = 50
WAYS = ("popularity", "use_people", "use_trend", "use_vectors", "use_together", "use_next", "rrf")


@dataclass(frozen=True, slots=True)
class UseFigures:
    """What was measured on later choices of people who were not learned from, over the whole catalogue."""

    training: int
    testing: int
    people: int
    candidate_recall: float
    ways: Mapping[str, Mapping[str, float]]
    intervals: Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Adapted:
    """What a log taught, ready to serve, and its figures."""

    learned: Learned
    figures: UseFigures


def learn_from_use(
    log: Log,
    index: Index,
    encoder: Encoder,
    base: Learned,
    progress: Progress = silent,
    recipe: AdaptingRecipe | None = None,
    tables: TableRecipe | None = None,
) -> Adapted:
    """Returns the base with what the log teaches beside it. Seeded: the same log gives the same weights.

    Raises ModelError when the log holds too few decisions (a first choice, and a repeated one, is none).
    """
    scorer = shipped(base)
    recipe = recipe or AdaptingRecipe()
    maker = Maker(Knowledge.of(index, base.cotaste, base.talk), encoder, tables or TableRecipe())
    early, late = split(log, recipe.seed)
    if min(len(decisions_of(early, recipe.seed)), len(decisions_of(log, recipe.seed))) < FEWEST or not late:
        raise ModelError(
            f"The log holds too few choices to learn from: at least {FEWEST} by people with an earlier one are needed. "
            "Give a longer log; the scorer that serves stays as it is."
        )
    learned, test = _fitted(maker, early, scorer, recipe, progress), late
    tested = _tested(maker, early, test, progress)
    figures = _figures(len(early), test, tested, scorer, learned)
    choices, whole = cross_fitted(maker, log, decisions_of(log, recipe.seed), progress)
    final = adapt(scorer, choices, recipe, _telling(progress, recipe))
    final = replace(final, own=replace(final.own, calibration=calibrate(learned, tested).own.calibration))
    return Adapted(replace(base, scorer=final, behaviour=whole()), figures)


def split(log: Log, seed: int) -> tuple[Log, list[Decision]]:
    """Returns (early, late): the choices before a time by most people, and the later decisions of all others.

    A log without times is split by people alone.
    """
    border = float(np.quantile(log.times, 1 - HELD_OUT)) if log.times.any() else -1.0
    testers = np.array([fold_of(person) == FOLDS - 1 for person in log.people.tolist()], dtype=np.bool_)
    decisions = decisions_of(log.where(testers), seed)
    timed = border >= 0
    early = log.where(~testers & (log.times <= border)) if timed else log.where(~testers)
    return early, [decision for decision in decisions if not timed or decision.now >= border]


def shipped(base: Learned) -> LearnedScorer:
    """Returns the scorer that was learned from talks, under whatever was adapted before."""
    scorer = base.scorer.levels[0].base if isinstance(base.scorer, AdaptedScorer) else base.scorer
    if not isinstance(scorer, LearnedScorer):
        raise ModelError("Only a learned scorer can be adapted to a log: run `tastemaker train scorer` first.")
    return scorer


def save_adapted(learned: Learned, folder: Path, index: Index, base: Path) -> None:
    """Writes a whole model into the folder: copies of the files of `base`, and what use taught."""
    folder.mkdir(parents=True, exist_ok=True)
    own = (TRUST_FILE, BEHAVIOUR_FILE, OWN_FILE.format("*"))
    for file in base.glob("*.npz"):
        if not any(fnmatch(file.name, pattern) for pattern in own):
            (folder / file.name).write_bytes(file.read_bytes())
    if isinstance(learned.scorer, AdaptedScorer):
        learned.scorer.save(folder)
    if learned.behaviour is not None:
        learned.behaviour.save(folder / BEHAVIOUR_FILE, index.columns.ids)


def _fitted(maker: Maker, log: Log, base: LearnedScorer, recipe: AdaptingRecipe, progress: Progress) -> AdaptedScorer:
    choices, _ = cross_fitted(maker, log, decisions_of(log, recipe.seed), progress)
    return adapt(base, choices, recipe, _telling(progress, recipe))


def _tested(maker: Maker, log: Log, decisions: Sequence[Decision], progress: Progress) -> list[Choice]:
    behaviour, chosen = learn_behaviour(log, maker.size, maker.recipe), log.chosen
    found = []
    for place, decision in enumerate(decisions):
        if place % 50 == 0:
            progress("measuring", place, len(decisions))
        now = min(decision.now, float(chosen.times.max(initial=0.0)))
        found.append(maker.choice(decision, as_of(behaviour, chosen, now, maker.recipe))[1])
    return found


def _figures(
    training: int, decisions: Sequence[Decision], tested: Sequence[Choice], base: LearnedScorer, learned: AdaptedScorer
) -> UseFigures:
    ways: dict[str, Callable[[Floats], Floats]] = {name: column(name) for name in WAYS}
    ways |= {"the scorer that was": base.logits, "the adapted scorer": learned.logits}
    lists = {name: [hits_of(choice, way) for choice in tested] for name, way in ways.items()}
    return UseFigures(
        training=training,
        testing=len(tested),
        people=len({decision.person for decision in decisions}),
        candidate_recall=1.0 - float(np.mean([choice.missed for choice in tested])),
        ways={name: macro(hits) for name, hits in lists.items()},
        intervals=intervals(lists["the adapted scorer"]),
    )


def column(name: str) -> Callable[[Floats], Floats]:
    """Returns the way of scoring by one feature."""
    return lambda features: features[:, NAMES.index(name)]


def hits_of(choice: Choice, way: Callable[[Floats], Floats]) -> Hits:
    """Returns the place of what was chosen in the list that a way of scoring makes; None where it is no candidate.

    Of equals it takes the middle place: a signal that knows nothing of the candidates is no good at finding any.
    """
    if choice.missed:
        return Hits((None,), choice.group)
    scores = way(choice.features.astype(np.float32))
    mine = scores[choice.wanted > 0].max()
    return Hits((1 + int((scores > mine).sum()) + (int((scores == mine).sum()) - 1) // 2,), choice.group)


def _telling(progress: Progress, recipe: AdaptingRecipe) -> Callable[[int, float], None]:
    return lambda epoch, loss: progress("training", epoch, recipe.epochs)
