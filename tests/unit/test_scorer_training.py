"""From dialogues to rows, wishes, folds and a network; nothing a row should not see reaches it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.catalogue import Catalogue
from retrieval.columns import Columns
from retrieval.encoder import HashEncoder
from retrieval.features import NAMES
from retrieval.progress import silent
from retrieval.tables import key_of
from retrieval.talk import STRANGER, Talk
from tests.retrieval_films import film, films
from training.scorer_dialogues import Row, benchmark_row, dialogue_rows, title_and_year
from training.scorer_examples import Example, Teacher, fold_of, joined
from training.scorer_metrics import Hits, intervals, macro, micro, places_of
from training.scorer_network import Recipe, calibration, fit
from training.scorer_talk import TalkRecipe, Turn, learn_talk
from training.scorer_wish import Lexicon, wish_of

DIALOGUE: dict[str, Any] = {
    "conversationId": "7",
    "initiatorWorkerId": 1,
    "respondentWorkerId": 2,
    "movieMentions": {"10": "Heat (1995)", "11": "Up  (2009)", "12": None},
    "initiatorQuestions": {"10": {"liked": 0}, "11": {"liked": 1}},
    "messages": [
        {"senderWorkerId": 1, "text": "Hi"},
        {"senderWorkerId": 1, "text": "I saw @10"},
        {"senderWorkerId": 2, "text": "Try @11 and @11 or @12"},
        {"senderWorkerId": 1, "text": "Funny?"},
        {"senderWorkerId": 2, "text": "@10 is not, @11 is"},
    ],
}


def test_messages_are_merged_and_a_row_is_a_turn_that_names_a_movie() -> None:
    first, second = dialogue_rows([DIALOGUE])
    assert [said.text for said in first.context] == ["Hi I saw @10"]
    assert (first.named, first.targets, first.fresh) == (("10",), ("11",), ("11",))
    assert second.named == ("10", "11", "11")
    assert (second.targets, second.fresh) == (("10", "11"), ())
    assert second.disliked == {"10"}


def test_the_recommender_who_speaks_first_makes_no_row() -> None:
    dialogue = {**DIALOGUE, "messages": [{"senderWorkerId": 2, "text": "Have you seen @10?"}]}
    assert dialogue_rows([dialogue]) == []


def test_the_response_of_a_benchmark_row_is_not_read() -> None:
    record = {
        "conversationId": "1",
        "turn": 1,
        "context": [{"role": "seeker", "text": "I liked @10"}],
        "context_movies": ["10"],
        "targets": ["11"],
        "names": {"10": "Heat (1995)", "11": "Up (2009)"},
    }
    row = benchmark_row(record)
    assert row == benchmark_row({**record, "response": "Watch @11"})
    assert "11" not in row.names


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Titanic  (1997)", ("Titanic", 1997)),
        ("Why Him%3F (2016)", ("Why Him?", 2016)),
        ("Star Wars", ("Star Wars", None)),
        ("2012 (2009)", ("2012", 2009)),
    ],
)
def test_names_have_titles_and_years(name: str, parts: tuple[str, int | None]) -> None:
    assert title_and_year(name) == parts


def test_movies_are_joined_by_title_and_year_and_else_to_the_best_known() -> None:
    catalogue = Catalogue(
        [film(1, title="Titanic", year=1997, popularity=0.9), film(2, title="Titanic", year=1953, popularity=0.1)]
    )
    names = {"a": "Titanic (1953)", "b": "Titanic (2012)", "c": "Titanic", "d": "Nothing (2000)"}
    assert joined(names, catalogue) == {"a": "f2", "b": "f1", "c": "f1"}


def test_a_wish_holds_what_was_named_and_said() -> None:
    lexicon = Lexicon.of(Columns.of(films()))
    (row,) = dialogue_rows([{**DIALOGUE, "messages": DIALOGUE["messages"][:3]}])
    wish = wish_of(row, {"10": "f1", "11": "f2"}, lexicon, repeats=False)
    assert (wish.liked, wish.exclude, wish.text) == (("f1",), {"f1"}, "Hi I saw Heat")
    assert wish_of(row, {"10": "f1"}, lexicon, repeats=True).exclude == frozenset()
    assert wish_of(row, {"10": "f1"}, lexicon, repeats=False, forms=True).disliked == ("f1",)


def test_the_lexicon_finds_longest_names_and_no_single_names_of_people() -> None:
    lexicon = Lexicon.of(Columns.of(films()))
    assert lexicon.find("A scary HEIST with Star 3, please; horror") == ("genre:Horror", "theme:heist", "person:Star 3")
    assert lexicon.find("star") == ()


def test_a_dialogue_never_sees_a_table_that_saw_its_worker() -> None:
    rows = [
        Row(talk, 1, worker, (), (), ("x",), {})
        for talk, worker in enumerate(("anna", "anna", "ben", "carl", "dora", "emil"))
    ]
    histories = [(row.conversation, [row.conversation, 20]) for row in rows] + [(99, [30, 31]), (100, [32, 33])]
    matrix = np.eye(40, 384, dtype=np.float32)
    teacher = Teacher(histories, {}, matrix, TalkRecipe(width=4, epochs=1))
    tables = teacher.cross_fitted("early", rows, lambda talk: talk != 100, silent)
    for row in rows:
        counts, films = tables(row).cotaste.counts, tables(row).talk.films
        same = [other for other in rows if fold_of(other.worker) == fold_of(row.worker)]
        assert all(counts[other.conversation] == 0 and films[other.conversation] == -1 for other in same)
        assert counts[30] == 1 and films[30] >= 0
        assert counts[32] == 0 and films[32] == -1


def test_the_talk_network_serves_in_numpy_what_torch_learned(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    items = films(40)
    matrix = HashEncoder().encode([item.title for item in items])
    turns = [Turn((row,), ((row + 1) % 20,), None) for row in random.integers(0, 20, 600).tolist()]
    talk = learn_talk(turns, matrix, TalkRecipe(width=32, dropout=0.0, epochs=15, rate=1e-2, decay=0.0, batch=32))
    for row in range(20):
        scores = talk.scores(None, np.array([row]))
        assert scores.argmax() == (row + 1) % 20
        assert np.exp(scores[:20]).sum() == pytest.approx(1.0, abs=1e-3)
        assert (scores[20:] == STRANGER).all()
    path = tmp_path / "talk.npz"
    talk.save(path, [key_of(item) for item in items])
    other = Talk.load(path, items[::-1])
    for row in (0, 7, 19):
        np.testing.assert_allclose(
            other.scores(None, np.array([39 - row]))[::-1], talk.scores(None, np.array([row])), atol=0.05
        )


def example(random: np.random.Generator, talk: int) -> Example:
    features = random.normal(size=(20, len(NAMES))).astype(np.float16)
    best = int(features[:, 3].argmax())
    row = Row(talk, 1, "w", (), (), ("x",), {})
    return Example(row, np.arange(20), features, (best,))


def test_the_network_learns_which_feature_counts_and_is_seeded() -> None:
    random = np.random.default_rng(1)
    examples = [example(random, talk) for talk in range(300)]
    recipe = Recipe(hidden=(16,), dropout=0.0, rate=1e-2, epochs=12)
    scorer = fit(examples, recipe, lambda epoch, loss: None)
    tests = [example(random, talk) for talk in range(100)]
    hits = [scorer.logits(test.features.astype(np.float32)).argmax() == test.targets[0] for test in tests]
    assert np.mean(hits) > 0.6  # 0.05 by chance
    again = fit(examples, recipe, lambda epoch, loss: None)
    np.testing.assert_array_equal(scorer.layers[0][0], again.layers[0][0])
    slope, _ = calibration(scorer, tests)
    assert slope > 0


def test_a_feature_that_never_varies_is_not_read() -> None:
    random = np.random.default_rng(1)
    examples = [example(random, talk) for talk in range(50)]
    for one in examples:
        one.features[:, 7] = 1.0
    scorer = fit(examples, Recipe(hidden=(4,), epochs=1), lambda epoch, loss: None)
    assert scorer.names == NAMES[:7] + NAMES[8:]
    features = examples[0].features.astype(np.float32)
    changed = features.copy()
    changed[:, 7] = 5.0
    np.testing.assert_array_equal(scorer.logits(features), scorer.logits(changed))


def test_metrics_of_a_list() -> None:
    hits = places_of(["a", "b", "c"], ["b", "z"], group=1)
    found = hits.metrics()
    assert (found["recall@1"], found["recall@10"], found["mrr"]) == (0.0, 0.5, 0.5)
    assert found["ndcg@10"] == pytest.approx((1 / np.log2(3)) / (1 + 1 / np.log2(3)))
    rows = [hits, Hits((1,), 2)]
    assert macro(rows)["recall@10"] == 0.75
    assert micro(rows)["recall@10"] == pytest.approx(2 / 3)
    low, high = intervals(rows)["recall@10"]
    assert low <= 0.75 <= high
