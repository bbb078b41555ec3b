"""Simulated talks through the real conversation, over a small made-up catalogue."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot import Recommender
from bot.asking import Question, best_question, no_question
from bot.parts import Parts
from bot.store import Store
from bot.taste import Topic
from evaluation.conversations import card_figures, difference, evaluate_conversations, talk_figures
from evaluation.conversations_cards import Cards, evaluate_cards
from evaluation.simulated_talks import TURNS, Talk, Told, simulate, targets_of
from kg.errors import CatalogueError
from retrieval.belief import Belief
from retrieval.encoder import HashEncoder
from retrieval.index import Index
from retrieval.ranking import Retriever
from retrieval.scorer import PlainScorer
from tests.retrieval_films import film, index_of

FILMS = [film(n, popularity=0.1 + (n % 10) / 12) for n in range(120)]


@pytest.fixture(scope="module")
def recommender() -> Recommender:
    index = index_of(FILMS)
    retriever = Retriever.open(index, HashEncoder(), PlainScorer())
    return Recommender(Parts(index.catalogue, index.graph, retriever, Told()), Store("sqlite://"))


def test_the_same_seed_gives_the_same_talks(recommender: Recommender) -> None:
    targets = targets_of(recommender.catalogue, 12, 1)

    def seen(talks: Sequence[Talk]) -> list[tuple[int | None, int, int]]:
        return [(talk.hit, talk.turns, talk.questions) for talk in talks]

    assert seen(simulate(recommender, targets, best_question, 3)) == seen(
        simulate(recommender, targets, best_question, 3)
    )


def test_a_talk_ends_with_the_hit_or_with_the_patience(recommender: Recommender) -> None:
    talks = simulate(recommender, targets_of(recommender.catalogue, 40, 2), best_question, 4)
    assert any(talk.hit for talk in talks)
    for talk in talks:
        assert talk.hit in (None, talk.turns)
        assert talk.turns <= (3 if talk.kind == "impatient" else TURNS)


def test_policies_differ_in_their_questions_only(recommender: Recommender) -> None:
    targets = targets_of(recommender.catalogue, 20, 2)
    assert sum(talk.questions for talk in simulate(recommender, targets, no_question, 4)) == 0
    topics: list[Topic] = []

    def nosy(index: Index, belief: Belief, left: Sequence[Topic]) -> Question | None:
        topics.append(left[0])
        assert belief.chances.sum() == pytest.approx(1.0, abs=1e-4)
        assert len(np.unique(belief.rows)) == len(belief.rows)
        return Question(left[0], ("Comedy", "Drama"), 1.0)

    talks = simulate(recommender, targets, nosy, 4)
    assert sum(talk.questions for talk in talks) == len(topics) > 0
    assert all(talk.questions <= 2 for talk in talks)


def test_targets_come_from_what_seekers_liked(recommender: Recommender, tmp_path: Path) -> None:
    liked, other = FILMS[3], FILMS[4]
    names = {"1": f"{liked.title} ({liked.year})", "2": f"{other.title} ({other.year})", "3": "Unknown (1999)"}
    forms = {"1": {"liked": 1}, "2": {"liked": 0}, "3": {"liked": 1}}
    folder = tmp_path / "redial"
    folder.mkdir()
    lines = [{"movieMentions": names, "initiatorQuestions": forms}, {"movieMentions": {}, "initiatorQuestions": []}]
    (folder / "valid.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert {item.id for item in targets_of(recommender.catalogue, 5, 0, tmp_path)} == {liked.id}
    with pytest.raises(CatalogueError, match="--data"):
        targets_of(recommender.catalogue, 5, 0, tmp_path / "nowhere")


def test_cards_of_true_explanations_are_faultless(recommender: Recommender) -> None:
    cards = evaluate_cards(recommender, 60, 0)
    assert cards.explanations >= 60 and cards.claims > cards.explanations
    assert not cards.unwelcome and not cards.broken and not cards.repeats


def test_faults_of_cards_are_counted() -> None:
    figures = card_figures(Cards(explanations=10, claims=20, false=["a"], broken=["b", "c"], lists=2, distinct_lists=1))
    assert figures["claim_precision"] == 0.95
    assert figures["hard_violations"] == 2
    assert figures["lists_without_two_alike"] == 0.5


def test_figures_of_talks() -> None:
    talks = [Talk("terse", 1, 1, 0, 0.1), Talk("terse", None, 5, 2, 0.3), Talk("impatient", 3, 3, 1, 0.2)]
    figures = talk_figures(talks, 0)
    assert figures["success"]["mean"] == pytest.approx(2 / 3)
    assert figures["turns"]["mean"] == pytest.approx((1 + TURNS + 1 + 3) / 3)
    assert figures["turns_to_hit"]["mean"] == 2
    assert figures["success"]["low"] <= figures["success"]["mean"] <= figures["success"]["high"]
    assert figures["success_by_kind"]["cooperative"] is None
    worse = [Talk("terse", None, 5, 0, 0.1)] * 3
    assert difference(talks, worse, 0)["success"]["mean"] == pytest.approx(2 / 3)


def test_the_whole_report_is_json(recommender: Recommender) -> None:
    report = evaluate_conversations(recommender, users=8, seed=1, explanations=20)
    assert json.loads(json.dumps(report)) == report
    assert set(report["users"]["policies"]) == {"ours", "always_recommend", "random_question"}
