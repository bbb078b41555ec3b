"""May a candidate take the place of the scorer that serves? Four questions, each with its figures; one verdict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from evaluation.counterfactual import Estimate, Numbers, Slate, doubly_robust, gain, snips, support, with_interval
from retrieval.candidates import Knowledge
from retrieval.columns import Floats
from retrieval.encoder import Encoder
from retrieval.exploring import RUNNERS_UP
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.ranking import Retriever
from retrieval.wish import Wish
from training.logs import Trial, choice_of
from training.scorer_metrics import Hits

# Less of the candidate's lists than this in the log, and the log cannot speak for it.
LEAST_SUPPORT = 0.4
# How many 👍 a list, how much success in simulated talks the candidate may seem to lose by chance.
TOLERANCE, SIMULATED_TOLERANCE = 0.02, 0.05
DRAWS = 1000
Simulate = Callable[[Retriever], Sequence[bool]]
"""Given a retriever, the success of each simulated talk: the same talks, in the same order, for any."""


@dataclass(frozen=True, slots=True)
class Question:
    """One part of the gate: what is asked, the answer, and the figures behind it."""

    name: str
    passed: bool
    words: str
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's answer: every question must be passed."""

    questions: tuple[Question, ...]

    @property
    def passed(self) -> bool:
        """Whether the candidate may serve."""
        return all(question.passed for question in self.questions)

    def lines(self) -> list[str]:
        """Returns the verdict, a line a question."""
        told = [f"{'pass' if q.passed else 'FAIL'}  {q.name}: {q.words}" for q in self.questions]
        return [*told, "The candidate may serve." if self.passed else "The candidate is refused."]


def judge(
    late: Sequence[Trial],
    index: Index,
    encoder: Encoder,
    served: Learned,
    candidate: Learned,
    simulate: Simulate | None = None,
) -> Verdict:
    """Returns the verdict on lists that the candidate was not learned from, shown later than those it was."""
    questions = [_offline(late, index, encoder, served, candidate)]
    now, then = (Retriever(index, encoder, learned) for learned in (served, candidate))
    questions += _counterfactual(late, now, then, served)
    if simulate is not None:
        questions.append(_simulated(simulate(now), simulate(then)))
    return Verdict(tuple(questions))


def _offline(late: Sequence[Trial], index: Index, encoder: Encoder, served: Learned, candidate: Learned) -> Question:
    """Does the candidate put what got a 👍 higher within the lists that were shown?"""
    telling = [trial for trial in late if any(trial.rewards) and not all(trial.rewards)]
    gains, users = [], []
    for trial in telling:
        values = []
        for learned in (served, candidate):
            known = Knowledge.of(index, learned.cotaste, learned.talk, learned.behaviour)
            choice = choice_of(trial, known, encoder)
            values.append(_ndcg(learned.scorer.logits(choice.features.astype(np.float32)), choice.wanted))
        gains.append(values[1] - values[0])
        users.append(trial.user)
    found = _by_user(np.array(gains), users)
    words = f"NDCG of 👍 within {len(telling)} later lists {found.mean:+.3f} ({found.low:+.3f} to {found.high:+.3f})"
    return Question("order", found.low > 0, words, {"lists": len(telling), "gain": _figures(found)})


def _counterfactual(late: Sequence[Trial], now: Retriever, then: Retriever, served: Learned) -> list[Question]:
    """Would people have liked the candidate's lists as well as those that serve, and can the log tell?"""
    lists = {retriever: [_slate(trial, retriever, now) for trial in late] for retriever in (now, then)}
    odds = _reward_odds(late, now)
    ours, theirs = ([_expecting(slate, odds) for slate in lists[retriever]] for retriever in (then, now))
    share = support(ours)
    robust, self_normalised = gain(ours, theirs, doubly_robust), gain(ours, theirs, snips)
    figures = {
        "support": share,
        "doubly_robust": {
            "served": _figures(with_interval(theirs, doubly_robust)),
            "candidate": _figures(with_interval(ours, doubly_robust)),
            "gain": _figures(robust),
        },
        "snips": {
            "served": _figures(with_interval(theirs, snips)),
            "candidate": _figures(with_interval(ours, snips)),
            "gain": _figures(self_normalised),
        },
    }
    enough = share >= LEAST_SUPPORT
    told = f"the log could show {share:.0%} of what the candidate would show"
    advice = "" if enough else "; let it explore (TASTEMAKER_EXPLORE=0.1) and wait"
    better = robust.mean >= -TOLERANCE and robust.high > 0
    words = (
        f"👍 a list {robust.mean:+.3f} ({robust.low:+.3f} to {robust.high:+.3f}) doubly robust, "
        f"{self_normalised.mean:+.3f} ({self_normalised.low:+.3f} to {self_normalised.high:+.3f}) SNIPS"
    )
    return [Question("support", enough, told + advice, {"support": share}), Question("value", better, words, figures)]


def _simulated(now: Sequence[bool], then: Sequence[bool]) -> Question:
    """Do simulated users find their film as often?"""
    change = np.array(then, dtype=np.float64) - np.array(now, dtype=np.float64)
    found = _by_user(change, [str(place) for place in range(len(change))])
    words = f"success in {len(change)} simulated talks {found.mean:+.3f} ({found.low:+.3f} to {found.high:+.3f})"
    passed = found.mean >= -SIMULATED_TOLERANCE
    return Question("simulator", passed, words, {"talks": len(change), "gain": _figures(found)})


def _slate(trial: Trial, retriever: Retriever, served: Retriever) -> Slate:
    wish: Wish = replace(trial.wish, count=len(trial.items))
    target = tuple(pick.item.id for pick in retriever.recommend(wish).items)
    every = tuple(dict.fromkeys((*trial.items, *target)))
    chances = {fit.item_id: fit.chance for fit in served.weigh(every, wish)}
    runners_up = RUNNERS_UP if min(trial.propensities) < 1 else 0
    might = served.recommend(replace(wish, count=wish.count + runners_up)).items
    possible = frozenset(pick.item.id for pick in might)
    return Slate(trial.user, trial.items, trial.rewards, trial.propensities, target, chances, possible)


def _reward_odds(trials: Sequence[Trial], retriever: Retriever) -> float:
    """The factor that brings the served scorer's chances to the log's mean reward: chances are of a next pick, not
    of a 👍."""
    chances, rewards = [], []
    for trial in trials:
        fits = retriever.weigh(trial.items, trial.wish)
        chances += [fit.chance for fit in fits]
        rewards += list(trial.rewards)
    return float(np.mean(rewards)) / max(float(np.mean(chances)), 1e-9) if rewards else 1.0


def _expecting(slate: Slate, odds: float) -> Slate:
    every = (*slate.shown, *slate.target)
    return replace(slate, expected={item: min(odds * slate.expected.get(item, 0.0), 1.0) for item in every})


def _ndcg(logits: Floats, wanted: Floats) -> float:
    order = np.argsort(-logits, kind="stable")
    places = np.flatnonzero(wanted[order] > 0) + 1
    return Hits(tuple(int(place) for place in places), 0).metrics()["ndcg@10"]


def _by_user(values: Numbers, users: Sequence[str]) -> Estimate:
    """The mean with its interval, people drawn with replacement."""
    if not len(values):
        return Estimate(0.0, 0.0, 0.0)
    names, place = np.unique(np.array(users), return_inverse=True)
    sums, sizes = np.bincount(place, values), np.bincount(place)
    drawn = np.random.default_rng(0).integers(0, len(names), size=(DRAWS, len(names)))
    low, high = np.percentile(sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1), [2.5, 97.5])
    return Estimate(float(values.mean()), float(low), float(high))


def _figures(estimate: Estimate) -> dict[str, float]:
    return {"mean": estimate.mean, "low": estimate.low, "high": estimate.high}
