"""The best question: its gain is the mutual information, it is never asked twice, and never against the user's will."""

from itertools import pairwise
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.acts.question import in_words
from bot.asking import (
    LEAST_GAIN,
    MANY,
    MOST_QUESTIONS,
    TOPICS,
    USEFUL,
    Question,
    best_question,
    question_about,
    topics_left,
)
from bot.folding import fold
from bot.phrases import LANGUAGES, phrases
from bot.taste import Asked, Forgot, Preference, Preferred, Shown, Taste, TasteEvent, Topic, Undone
from bot.understanding.types import MentionKind
from retrieval.belief import Belief
from retrieval.columns import Floats
from retrieval.wish import Limits, Wish
from tests.retrieval_films import film, films, index_of

FILMS = films(60)
INDEX = index_of(FILMS)


def belief(chances: list[float], shown: float = 0.0) -> Belief:
    whole: Floats = np.array(chances, dtype=np.float32)
    shares: Floats = whole / np.float32(max(whole.sum(), 1e-9))
    return Belief(np.arange(len(whole), dtype=np.int32), shares, shown)


def values_of(topic: Topic, place: int) -> list[str]:
    item = FILMS[place]
    if topic == "genre":
        return sorted(set(item.genres))
    assert topic == "decade" and item.year
    return [f"{item.year // 10}0s"]


@given(st.lists(st.floats(0.01, 1.0), min_size=60, max_size=60), st.sampled_from(["genre", "decade"]))
def test_the_gain_is_the_mutual_information_of_answer_and_film(chances: list[float], topic: Topic) -> None:
    weights = [chance / sum(chances) for chance in chances]
    joint: dict[tuple[str, int], float] = {}
    answers: dict[str, float] = {}
    for place, weight in enumerate(weights):
        values = [genre for genre in FILMS[place].genres] if topic == "genre" else values_of(topic, place)
        for value in values:
            joint[value, place] = joint.get((value, place), 0.0) + weight / len(values)
            answers[value] = answers.get(value, 0.0) + weight / len(values)
    information = sum(p * log2(p / (answers[value] * weights[place])) for (value, place), p in joint.items())
    found = question_about(INDEX, belief(chances), topic)
    assert found is not None
    if topic == "decade":
        assert found.gain == pytest.approx(USEFUL[topic] * information, abs=1e-4)
    assert 0 <= found.gain <= USEFUL[topic] * log2(len(answers)) + 1e-4
    masses = [answers[option] for option in found.options]
    assert all(first >= second - 1e-6 for first, second in pairwise(masses)), "the likeliest answers come first"


def test_nothing_is_asked_that_all_candidates_answer_alike() -> None:
    assert question_about(INDEX, belief([1.0] * 60), "language") is None
    assert question_about(INDEX, belief([1.0] * 60), "mood") is None, "no film of these has a mood"


def test_the_question_that_splits_best_is_chosen() -> None:
    alike = index_of([film(n, year=1990, genres=(("Comedy", "Horror")[n % 2],), runtime=110) for n in range(40)])
    found = best_question(alike, belief([1.0] * 40), ("decade", "length", "genre"))
    assert found and found.topic == "genre"
    assert set(found.options) == {"Comedy", "Horror"}
    assert found.gain == pytest.approx(USEFUL["genre"], abs=1e-5), "one bit, if it is answered"


@pytest.mark.parametrize(
    ("chances", "shown"),
    [([1.0] * (MANY - 1), 0.1), ([1.0] * 60, 0.9), ([], 0.0)],
    ids=["few candidates", "settled", "no candidates"],
)
def test_no_question_where_none_is_needed(chances: list[float], shown: float) -> None:
    some = belief(chances, shown)
    assert best_question(INDEX, some, TOPICS) is None


def test_a_question_that_tells_little_is_not_asked() -> None:
    lopsided = index_of([film(n, genres=("Comedy",) if n else ("Horror",)) for n in range(60)])
    some = question_about(lopsided, belief([1.0] * 60), "genre")
    assert some and some.gain < LEAST_GAIN
    assert best_question(lopsided, belief([1.0] * 60), ("genre",)) is None


def wants(kind: MentionKind, turn: int = 1) -> Preference:
    return Preference("x", kind, "want", "x", "", turn)


@pytest.mark.parametrize(
    ("taste", "wish", "gone"),
    [
        (Taste((wants("genre"),)), Wish(), {"genre"}),
        (Taste((wants("person"),)), Wish(), {"person"}),
        (Taste((wants("country"),)), Wish(), {"language"}),
        (Taste((wants("keyword"),)), Wish(), {"mood", "tone"}),
        (Taste(limits=Limits(year_min=1990)), Wish(), {"decade"}),
        (Taste(limits=Limits(runtime_max=90)), Wish(), {"length"}),
        (Taste(), Wish(moves=("newer", "lighter")), {"decade", "tone"}),
        (Taste(), Wish(), set()),
    ],
)
def test_what_was_said_is_not_asked(taste: Taste, wish: Wish, gone: set[Topic]) -> None:
    assert set(topics_left(taste, wish, "something good")) == set(TOPICS) - gone


@pytest.mark.parametrize(
    "utterance",
    ["just recommend something", "Surprise me!", "you choose", "no more questions please", "随便", "你来选"],
)
def test_who_wants_films_is_asked_nothing(utterance: str) -> None:
    assert topics_left(Taste(), Wish(), utterance) == ()


def test_an_unanswered_question_is_the_last() -> None:
    assert topics_left(Taste(asked=(Asked(1, "genre"),)), Wish(), "the second one") == ()
    answered = Taste((wants("genre"),), asked=(Asked(1, "genre"),))
    assert "genre" not in topics_left(answered, Wish(), "comedy")
    assert "decade" in topics_left(answered, Wish(), "comedy")


def test_no_more_questions_than_the_most() -> None:
    asked = (Asked(1, "genre"), Asked(2, "person"), Asked(3, "decade"))[:MOST_QUESTIONS]
    taste = Taste((wants("genre"), wants("person")), limits=Limits(year_min=1990), asked=asked)
    assert topics_left(taste, Wish(), "more") == ()


def test_what_was_asked_outlives_an_undo_and_a_forgetting() -> None:
    log: list[TasteEvent] = [
        Preferred(1, wants("genre")),
        Shown(1, ("a",)),
        Asked(1, "mood", ("funny",)),
        Undone(2, 1),
        Forgot(3, ()),
    ]
    assert fold(log).asked == (Asked(1, "mood", ("funny",)),)
    assert fold(log).preferences == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_question_has_words(language: str, topic: Topic) -> None:
    options = {"decade": ("2000s", "1980s"), "tone": ("darker",), "length": ("short", "long")}.get(topic, ("Aa", "Bb"))
    text = in_words(Question(topic, options, 1.0), phrases(language), "seed")
    assert text.endswith(("?", "？")) and "{" not in text
    if topic == "decade":
        assert text.index("80") < text.index("2000"), "decades are told in order"
