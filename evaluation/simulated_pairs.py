"""Two people, one list: how well each is served when their tastes are joined in one way or another.

A person's satisfaction with a film is the share of well-known films that are less like what they liked and did not
tell (cosine of item vectors to the nearest of it), 0 … 1; with a film that they rule out or said they dislike it is 0.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.people.voices import Voice, settled
from bot.taste import Preference
from evaluation.conversations_intervals import Numbers, mean_interval
from evaluation.simulated_people import Person
from kg.items import Item
from retrieval.columns import Columns, Floats, entities_of
from retrieval.index import Index
from retrieval.ranked import Ranked
from retrieval.ranking import Retriever
from retrieval.together import Combine, average, least_misery
from retrieval.wish import Wish

COUNT = 5
WELL_KNOWN = 3000
Serves = Callable[[Retriever, Sequence[Wish]], Ranked]


@dataclass(frozen=True, slots=True)
class Served:
    """The two satisfactions with one list, and whether it has something that one of the two rules out."""

    satisfactions: tuple[float, float]
    violated: bool


def evaluate_pairs(retriever: Retriever, people: Sequence[Person], pairs: int, seed: int) -> dict[str, Any]:
    """Returns for each way of joining two tastes the satisfaction of the less and of the more satisfied, their mean,
    and the share of lists with something ruled out, with 95 % intervals over pairs.

    `rule` is what the conversation does (`bot.people.voices.settled`); `first_alone` serves one of the two; `as_one`
    takes both for one person with all the likes.
    """
    chance = random.Random(seed)
    drawn = [tuple(chance.sample(people, 2)) for _ in range(pairs)]
    ways: dict[str, Serves] = {
        "first_alone": lambda retriever, wishes: retriever.recommend(wishes[0]),
        "as_one": lambda retriever, wishes: retriever.recommend(_as_one(wishes)),
        "average": _joined_by(average),
        "least_misery": _joined_by(least_misery),
        "rule": _by_rule,
    }
    served = {name: [_served(retriever, pair, way) for pair in drawn] for name, way in ways.items()}
    return {
        "pairs": pairs,
        "people": len(people),
        "with_a_ban": sum(any(person.ban for person in pair) for pair in drawn),
        "ways": {name: _figures(found, seed) for name, found in served.items()},
        "least_misery_minus_average": {
            name: mean_interval(_of(served["least_misery"], of) - _of(served["average"], of), seed)
            for name, of in _MEASURES.items()
        },
    }


def wish_of_person(person: Person, count: int = COUNT, novelty: float = 0.2) -> Wish:
    """Returns what a person asks for who has told their likes, dislikes and ban."""
    return Wish(
        avoid=frozenset({person.ban} if person.ban else ()),
        liked=person.told,
        disliked=person.disliked,
        exclude=frozenset(person.disliked),
        count=count,
        novelty=novelty,
    )


def satisfaction_with(items: Sequence[Item], person: Person, index: Index) -> float:
    """Returns a person's satisfaction with a list, the mean over its films; 0 with an empty one."""
    columns = index.columns
    hidden = index.matrix[columns.rows(person.hidden)]
    known = columns.by_popularity[:WELL_KNOWN]
    others: Floats = np.sort((index.matrix[known] @ hidden.T).max(axis=1))
    near = (index.matrix[columns.rows([item.id for item in items])] @ hidden.T).max(axis=1)
    places = np.searchsorted(others, near) / len(others)
    hated = np.array([_hates(person, item) for item in items], dtype=np.bool_)
    return float(np.where(hated, 0.0, places).mean()) if len(items) else 0.0


def _hates(person: Person, item: Item) -> bool:
    return item.id in person.disliked or (person.ban is not None and person.ban in entities_of(item))


def _served(retriever: Retriever, pair: Sequence[Person], way: Serves) -> Served:
    items = [pick.item for pick in way(retriever, [wish_of_person(person) for person in pair]).items]
    one, other = (satisfaction_with(items, person, retriever.index) for person in pair)
    return Served((one, other), any(_hates(person, item) for person in pair for item in items))


def _joined_by(combine: Combine) -> Serves:
    return lambda retriever, wishes: retriever.recommend_to_all(wishes, combine)


def _by_rule(retriever: Retriever, wishes: Sequence[Wish]) -> Ranked:
    columns: Columns = retriever.index.columns
    voices = [Voice(str(place), wish, bans=_bans(wish)) for place, wish in enumerate(wishes)]
    party = settled(voices, _as_one(wishes), columns)
    return retriever.recommend_to_all(party.wishes, party.combine)


def _bans(wish: Wish) -> tuple[Preference, ...]:
    genres = [Preference(ban, "genre", "avoid", ban, "", 1, hard=True) for ban in sorted(wish.avoid)]
    return (*genres, *(Preference(item, "item", "dislike", item, "", 1) for item in wish.disliked))


def _as_one(wishes: Sequence[Wish]) -> Wish:
    one, other = wishes
    return Wish(
        avoid=one.avoid | other.avoid,
        exclude=one.exclude | other.exclude,
        liked=(*one.liked, *other.liked),
        disliked=(*one.disliked, *other.disliked),
        count=one.count,
        novelty=one.novelty,
    )


def _of(served: Sequence[Served], measure: Callable[[Numbers], Numbers]) -> Numbers:
    return measure(np.array([each.satisfactions for each in served], dtype=np.float64))


_MEASURES: dict[str, Callable[[Numbers], Numbers]] = {
    "least": lambda both: both.min(axis=1),
    "mean": lambda both: both.mean(axis=1),
    "most": lambda both: both.max(axis=1),
}


def _figures(served: Sequence[Served], seed: int) -> dict[str, Any]:
    figures: dict[str, Any] = {name: mean_interval(_of(served, of), seed) for name, of in _MEASURES.items()}
    return figures | {"lists_with_something_ruled_out": float(np.mean([each.violated for each in served]))}
