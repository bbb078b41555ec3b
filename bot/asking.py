"""The best question: the one whose answer is expected to tell most about which candidate is wanted. Pure.

The retriever's belief gives each candidate a probability. An item has values on a topic (its genres, its decade …); a
person who wants it names one of them, each as likely. The gain of asking is the mutual information of answer and item
(expected information gain, Lindley 1956), times the chance that a person has an answer to such a question at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt

from bot.answered import LONG_FILM, SHORT_FILM, wants_no_question
from bot.taste import Taste, Topic
from bot.understanding.types import MentionKind
from kg.items import AXES, Relation
from retrieval.belief import Belief
from retrieval.columns import Floats, Rows
from retrieval.index import Index
from retrieval.wish import Wish

TOPICS: tuple[Topic, ...] = get_args(Topic)
MOST_QUESTIONS = 2
LEAST_GAIN = 0.5  # bits: below this a question costs the user more than it tells
SETTLED = 0.5  # no question when the suggestions already hold this share of the belief
MANY = 30  # no question when fewer candidates are left: the user sees them all soon
# How much of the information an answer brings: how often people have one, times how well it can be used. Set by what
# asking for each topic alone was worth to simulated users (docs/conversation.md): nearly everybody names the same
# language, and "lighter" does not say than what.
USEFUL: dict[Topic, float] = {
    "genre": 0.5,
    "mood": 0.4,
    "decade": 1.0,
    "tone": 0.1,
    "language": 0.1,
    "length": 0.8,
    "person": 0.4,
}
DARK, LIGHT = 2.5, 3.5  # of the axis of tone, 1 … 5
_OPTIONS = 3
_NAMED_PEOPLE = 20  # the likeliest: nobody answers with the name of an extra
_LISTED: dict[Topic, tuple[Relation, str]] = {
    "genre": ("HAS_GENRE", "genres"),
    "mood": ("HAS_MOOD", "moods"),
    "language": ("SPOKEN_IN", "languages"),
    "person": ("FEATURES", "cast"),
}
_TOPIC_OF_KIND: dict[MentionKind, Topic] = {
    "genre": "genre",
    "keyword": "mood",
    "language": "language",
    "country": "language",
    "person": "person",
}


Masses = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a topic. `options` are its likeliest answers, best first; `gain` is in bits."""

    topic: Topic
    options: tuple[str, ...]
    gain: float


Asks = Callable[[Index, Belief, Sequence[Topic]], Question | None]
"""Chooses a question among the topics that may be asked about, or None."""


def topics_left(taste: Taste, wish: Wish, utterance: str) -> tuple[Topic, ...]:
    """Returns what may still be asked about; () when the user wants no question, now or any more.

    Nothing is asked twice, nor what was said; a question that went unanswered is the last one of the talk.
    """
    if wants_no_question(utterance) or len(taste.asked) >= MOST_QUESTIONS:
        return ()
    said = _said(taste, wish)
    if any(asked.topic not in said and asked.topic != "tone" for asked in taste.asked):  # a change leaves no trace
        return ()
    known = said | {asked.topic for asked in taste.asked}
    return tuple(topic for topic in TOPICS if topic not in known)


def _said(taste: Taste, wish: Wish) -> frozenset[Topic]:
    said = {_TOPIC_OF_KIND[p.kind] for p in taste.having("want", "like") if p.kind in _TOPIC_OF_KIND}
    limits = taste.limits
    if limits.year_min is not None or limits.year_max is not None or {"newer", "older"} & set(wish.moves):
        said.add("decade")
    if limits.runtime_min is not None or limits.runtime_max is not None or {"shorter", "longer"} & set(wish.moves):
        said.add("length")
    if {"lighter", "darker"} & set(wish.moves) or "mood" in said:
        said.add("tone")
    return frozenset(said)


def best_question(index: Index, belief: Belief, topics: Sequence[Topic]) -> Question | None:
    """Returns the question with the highest expected gain; None when the belief is settled or no answer tells enough.

    About 1 ms for 300 candidates.
    """
    if len(belief.rows) < MANY or belief.shown >= SETTLED:
        return None
    questions = [question for topic in topics if (question := question_about(index, belief, topic))]
    best = max(questions, key=lambda question: question.gain, default=None)
    return best if best and best.gain >= LEAST_GAIN else None


def no_question(index: Index, belief: Belief, topics: Sequence[Topic]) -> Question | None:
    """Returns None: always recommend, never ask."""
    return None


def question_about(index: Index, belief: Belief, topic: Topic) -> Question | None:
    """Returns the question about one topic, with what asking it gains; None where there are not two answers.

    The gain is I(item; answer) = H(answer) - H(answer | item) over the candidates whose value is known: of the others
    an answer tells nothing that could be used.
    """
    values, name_of = _values(index, belief, topic)
    count = (values > 0).sum(axis=1)
    known = count > 0
    values, count, chances = values[known], count[known], belief.chances[known]
    numbers, place = np.unique(values, return_inverse=True)
    mass: Masses = np.bincount(place.ravel(), weights=np.repeat(chances / count, values.shape[1])).astype(np.float64)
    mass[numbers == 0] = 0.0  # 0 pads the lists of values
    if (mass > 0).sum() < 2:
        return None
    # With p(known) = k: k H(answer) is -sum m log(m / k) over the answers' masses m, which sum to k.
    told = _entropy(mass) + mass.sum() * np.log2(mass.sum())
    left = (chances * np.log2(count)).sum()
    likeliest = [int(n) for n in np.argsort(-mass, kind="stable")[:_OPTIONS] if mass[n] > 0]
    options = tuple(name_of(int(numbers[n])) for n in likeliest)
    return Question(topic, options, USEFUL[topic] * float(told - left))


def _values(index: Index, belief: Belief, topic: Topic) -> tuple[Rows, Callable[[int], str]]:
    """Returns (k, width) the numbers of each candidate's values, 0 for none, and the name of a number."""
    columns, rows = index.columns, belief.rows
    if topic == "decade":
        return np.nan_to_num(columns.year[rows] // 10).astype(np.int64)[:, None], lambda number: f"{number}0s"
    if topic == "tone":
        return _bands(columns.axes[rows, AXES.index("tone")], DARK, LIGHT), ("", "darker", "", "lighter").__getitem__
    if topic == "length":
        return _bands(columns.runtime[rows], SHORT_FILM, LONG_FILM), ("", "short", "", "long").__getitem__
    relation, field = _LISTED[topic]
    table = columns.links[relation].entities[rows]
    if topic == "person":
        table = _likeliest(table, belief.chances, _NAMED_PEOPLE)

    def name_of(number: int) -> str:
        place, column = np.argwhere(table == number)[0]
        item = index.catalogue.get(columns.ids[rows[place]])
        names: list[str] = list(getattr(item, field))
        return names[int(column)]

    return table, name_of


def _bands(values: Floats, low: float, high: float) -> Rows:
    """Returns (k, 1) 1 up to `low`, 3 from `high` on, 2 between, 0 where unknown."""
    bands = np.select([np.isnan(values), values <= low, values >= high], [0, 1, 3], 2)
    return bands[:, None]


def _likeliest(table: Rows, chances: Floats, most: int) -> Rows:
    numbers, place = np.unique(table, return_inverse=True)
    mass = np.bincount(place.ravel(), weights=np.repeat(chances, table.shape[1]))
    mass[numbers == 0] = 0.0
    kept = numbers[np.argsort(-mass, kind="stable")[:most]]
    return np.where(np.isin(table, kept), table, 0)


def _entropy(chances: Masses) -> float:
    some = chances[chances > 0]
    return float(-(some * np.log2(some)).sum())
