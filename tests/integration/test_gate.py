"""A made-up log in which a better scorer exists: the gate lets it through, and refuses one that learned lies."""

from dataclasses import replace

import numpy as np
import pytest

from bot.feedback import Verdict as Word
from evaluation.gate import Verdict, judge
from retrieval.encoder import HashEncoder
from retrieval.exploring import Exploring
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.ranking import Retriever
from retrieval.wish import Wish
from tests.retrieval_films import films, index_of
from training.logs import Trial, candidate_from_logs, split_trials

ENCODER = HashEncoder()
NEW = 1990  # whoever is asked here likes films from this year on; no scorer knew that


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(films(60))


@pytest.fixture(scope="module")
def served(index: Index) -> Learned:
    return Learned.load(tuple(index.catalogue))


def said(year: int, random: np.random.Generator) -> Word:
    return "up" if random.random() < (0.8 if year >= NEW else 0.1) else "down"


@pytest.fixture(scope="module")
def trials(index: Index, served: Learned) -> list[Trial]:
    random, retriever = np.random.default_rng(4), Retriever(index, ENCODER, served)
    found = []
    for number in range(150):
        liked = tuple(f"f{row}" for row in random.choice(60, 2, replace=False))
        wish = Wish(liked=liked, count=4, novelty=0.0)
        ranked = retriever.recommend(wish, Exploring(0.5, str(number)))
        verdicts = {pick.item.id: said(pick.item.year or 0, random) for pick in ranked.items}
        items = tuple(pick.item.id for pick in ranked.items)
        found.append(Trial(f"u{number % 50}", wish, items, ranked.propensities, verdicts))
    return found


def gated(trials: list[Trial], learned_from: list[Trial], index: Index, served: Learned) -> Verdict:
    _, late = split_trials(trials)
    candidate = candidate_from_logs(split_trials(learned_from)[0], index, ENCODER, served)
    return judge(late, index, ENCODER, served, candidate, lambda retriever: [True, False, True])


def test_a_better_scorer_is_let_through(trials: list[Trial], index: Index, served: Learned) -> None:
    verdict = gated(trials, trials, index, served)
    assert verdict.passed, verdict.lines()
    assert {question.name for question in verdict.questions} == {"order", "support", "value", "simulator"}
    assert verdict.lines()[-1] == "The candidate may serve."


def test_a_worse_scorer_is_refused(trials: list[Trial], index: Index, served: Learned) -> None:
    turned: dict[Word, Word] = {"up": "down", "down": "up"}
    lies = [replace(trial, verdicts={item: turned[word] for item, word in trial.verdicts.items()}) for trial in trials]
    verdict = gated(trials, lies, index, served)
    assert not verdict.passed
    assert not next(question for question in verdict.questions if question.name == "order").passed


def test_a_scorer_that_loses_simulated_talks_is_refused(trials: list[Trial], index: Index, served: Learned) -> None:
    early, late = split_trials(trials)
    candidate = candidate_from_logs(early, index, ENCODER, served)
    answers = iter([[True] * 20, [True] * 10 + [False] * 10])
    verdict = judge(late, index, ENCODER, served, candidate, lambda retriever: next(answers))
    assert [question.name for question in verdict.questions if not question.passed] == ["simulator"]
