"""`tastemaker train scorer --from-logs`: what people did with what they were shown teaches a candidate scorer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.feedback import Judged, Listed, Verdict
from bot.feedback_log import LoggedUse
from kg.errors import ModelError
from retrieval.adapted import AdaptedScorer
from retrieval.candidates import Knowledge, find_candidates
from retrieval.encoder import Encoder
from retrieval.features import feature_matrix
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.request import Request
from retrieval.scorer import LearnedScorer
from retrieval.wish import Wish
from training.adapting import AdaptingRecipe, Choice, adapt, calibrate

# The last lists, by time, are kept out to gate on.
HELD_OUT = 0.3
FEWEST = 30
# Lists of five teach little: a small network, kept small.
LOG_RECIPE = AdaptingRecipe(hidden=(16,), dropout=0.1, rate=5e-3, decay=0.1, epochs=12)
REFUSED: frozenset[Verdict] = frozenset(("down", "dismissed"))


@dataclass(frozen=True)
class Trial:
    """A list that was shown and what was said to it. `verdicts` hold only the items that got one."""

    user: str
    wish: Wish
    items: tuple[str, ...]
    propensities: tuple[float, ...]
    verdicts: Mapping[str, Verdict]

    @property
    def rewards(self) -> tuple[float, ...]:
        """1 for each item that got a 👍, 0 for the others."""
        return tuple(float(self.verdicts.get(item) == "up") for item in self.items)

    @property
    def wanted(self) -> tuple[float, ...]:
        """How much each item was wanted, next to the others of the list: all but the refused where none got a 👍."""
        if any(self.rewards):
            return self.rewards
        refused = [self.verdicts.get(item) in REFUSED for item in self.items]
        return tuple(float(not no) for no in refused) if any(refused) else (0.0,) * len(self.items)


def trials_of(uses: Iterable[LoggedUse]) -> list[Trial]:
    """Returns the lists with their verdicts, in the order of showing; a verdict goes to the last list with its item."""
    lists: list[tuple[LoggedUse, Listed, dict[str, Verdict]]] = []
    by_talk: dict[str, list[int]] = {}
    for use in uses:
        match use.event:
            case Listed() as listed:
                by_talk.setdefault(use.talk, []).append(len(lists))
                lists.append((use, listed, {}))
            case Judged(item=item, verdict=verdict):
                places = by_talk.get(use.talk, ())
                place = next((at for at in reversed(places) if item in lists[at][1].items), None)
                if place is not None:
                    lists[place][2][item] = verdict
    return [
        Trial(use.user, listed.wish, listed.items, listed.propensities, verdicts) for use, listed, verdicts in lists
    ]


def split_trials(trials: Sequence[Trial]) -> tuple[list[Trial], list[Trial]]:
    """Returns (early, late), the last of them by time being late. Raises ModelError where too few tell anything."""
    telling = sum(any(trial.wanted) for trial in trials)
    if telling < FEWEST:
        raise ModelError(
            f"Only {telling} lists that were shown got a 👍 or a 👎; {FEWEST} are needed to learn from. "
            "The scorer that serves stays as it is."
        )
    border = int(len(trials) * (1 - HELD_OUT))
    return list(trials[:border]), list(trials[border:])


def choice_of(trial: Trial, known: Knowledge, encoder: Encoder, group: int = 0) -> Choice:
    """Returns a shown list with the features that its items have now; items gone from the catalogue are left out."""
    wish = replace(trial.wish, exclude=trial.wish.exclude.union(trial.wish.liked) - set(trial.items))
    request = Request.of(known.index, wish, encoder)
    row_of = known.index.columns.row_of
    there = [(row_of[item], want) for item, want in zip(trial.items, trial.wanted, strict=True) if item in row_of]
    rows = np.array([row for row, _ in there], dtype=np.int32)
    pool = find_candidates(known, request).with_rows(rows)
    place = {row: at for at, row in enumerate(pool.rows.tolist())}
    features = feature_matrix(known, request, pool)[[place[row] for row in rows.tolist()]]
    return Choice(features.astype(np.float16), np.array([want for _, want in there], dtype=np.float32), group)


def candidate_from_logs(
    early: Sequence[Trial], index: Index, encoder: Encoder, served: Learned, recipe: AdaptingRecipe = LOG_RECIPE
) -> Learned:
    """Returns what the early lists teach, over the scorer and the tables that serve. Seeded.

    Listwise over the items of each list alone: of what was not shown nobody knows what they would have said.
    """
    known = Knowledge.of(index, served.cotaste, served.talk, served.behaviour)
    choices = [choice_of(trial, known, encoder, group) for group, trial in enumerate(early) if any(trial.wanted)]
    if not isinstance(served.scorer, LearnedScorer | AdaptedScorer):
        raise ModelError("Only a learned scorer can be adapted: run `tastemaker train scorer` first.")
    scorer = adapt(served.scorer, choices, recipe)
    return replace(served, scorer=calibrate(scorer, choices))
