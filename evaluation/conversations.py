"""`tastemaker evaluate conversations`: are the cards true, and does asking help people to find their film sooner?"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot import Recommender
from evaluation.conversations_cards import Cards, evaluate_cards
from evaluation.conversations_intervals import mean_interval
from evaluation.novelty import evaluate_novelty
from evaluation.simulated_pairs import evaluate_pairs
from evaluation.simulated_people import people_of
from evaluation.simulated_talks import POLICIES, TURNS, Talk, simulate, targets_of
from evaluation.simulated_users import HABITS, KINDS, KNOWS

EXPLANATIONS = 1000
OURS = "ours"
_WRITING = 600  # seconds for the wordings that a talk of some minutes finds written
_SHOWN = 10  # examples of each fault in the report
Numbers = npt.NDArray[np.float64]
Tell = Callable[[str], None]


def evaluate_conversations(
    recommender: Recommender,
    users: int = 200,
    seed: int = 0,
    data: Path | None = None,
    words: bool = False,
    explanations: int = EXPLANATIONS,
    tell: Tell = lambda _: None,
) -> dict[str, Any]:
    """Returns the report: `cards` (truth of explanations) and `users` (simulated ones, policy against policy).

    Films to look for come from ReDial's validation talks in `data`, else from the catalogue by popularity. With `words`
    the real understander reads the users. With `data` also `pairs` (lists for two people of those talks) and `novelty`
    (lists at several settings of that control). Raises CatalogueError when the dialogues cannot be read.
    """
    if recommender.parts.wordings:
        tell("waiting until the model has written its wordings, ten minutes at most")
        recommender.parts.wordings.written(_WRITING)
    tell(f"checking {explanations} explanations")
    cards = evaluate_cards(recommender, explanations, seed)
    targets = targets_of(recommender.catalogue, users, seed, data)
    talks: dict[str, list[Talk]] = {}
    for name, policy in POLICIES.items():
        tell(f"{users} users, {name.replace('_', ' ')}")
        talks[name] = simulate(recommender, targets, policy(seed), seed, words)
    return {
        "cards": card_figures(cards),
        "users": {
            "count": users,
            "films_from": "redial valid, liked" if data else "catalogue, by popularity",
            "different_films": len({target.id for target in targets}),
            "understood": "from words" if words else "told",
            "turn_limit": TURNS,
            "habits": {kind: asdict(habit) for kind, habit in HABITS.items()},
            "knows": dict(KNOWS),
            "policies": {name: talk_figures(found, seed) for name, found in talks.items()},
            "ours_minus": {name: difference(talks[OURS], found, seed) for name, found in talks.items() if name != OURS},
        },
        **(_of_people(recommender, data, users, seed, tell) if data else {}),
    }


def _of_people(recommender: Recommender, data: Path, count: int, seed: int, tell: Tell) -> dict[str, Any]:
    people = people_of(recommender.catalogue, data / "redial" / "valid.jsonl", seed)
    retriever = recommender.parts.retriever
    tell(f"{count} pairs of people")
    pairs = evaluate_pairs(retriever, people, count, seed)
    tell("lists at several settings of novelty")
    return {"pairs": pairs, "novelty": evaluate_novelty(retriever, people[:count])}


def card_figures(cards: Cards) -> dict[str, Any]:
    """Returns what the cards' counts amount to; of each kind of fault the first examples."""
    return {
        "explanations": cards.explanations,
        "claims": cards.claims,
        "claim_precision": 1 - len(cards.false) / max(cards.claims, 1),
        "worded_by_model": cards.worded / max(cards.explanations, 1),
        "worded_by_model_english": cards.worded_english / max(cards.english, 1),
        "lists_of_ten": cards.lists,
        "lists_without_two_alike": cards.distinct_lists / max(cards.lists, 1),
        "different_wordings_in_a_list": cards.distinct_share,
        "unwelcome_reasons": len(cards.unwelcome),
        "hard_violations": len(cards.broken),
        "repeats": len(cards.repeats),
        "examples": {
            "false": cards.false[:_SHOWN],
            "unwelcome": cards.unwelcome[:_SHOWN],
            "broken": cards.broken[:_SHOWN],
            "repeated": cards.repeats[:_SHOWN],
        },
    }


def talk_figures(talks: Sequence[Talk], seed: int) -> dict[str, Any]:
    """Returns success within the turn limit and turns to a hit, with 95 % intervals, over all users and by kind.

    `turns` counts a miss as one more than the limit; `turns_to_hit` is over the hits alone.
    """
    turns = sum(talk.turns for talk in talks)
    hits = np.array([talk.hit for talk in talks if talk.hit is not None], dtype=np.float64)
    return {
        "success": mean_interval(_success(talks), seed),
        "turns": mean_interval(_turns(talks), seed),
        "turns_to_hit": mean_interval(hits, seed),
        "questions_a_talk": float(np.mean([talk.questions for talk in talks])),
        "milliseconds_a_turn_beyond_retrieval": 1000 * sum(talk.seconds for talk in talks) / max(turns, 1),
        "success_by_kind": {
            kind: mean_interval(_success([t for t in talks if t.kind == kind]), seed) for kind in KINDS
        },
    }


def difference(ours: Sequence[Talk], other: Sequence[Talk], seed: int) -> dict[str, Any]:
    """Returns what our policy adds for the same users: success (more is better) and turns (fewer are better)."""
    return {
        "success": mean_interval(_success(ours) - _success(other), seed),
        "turns": mean_interval(_turns(ours) - _turns(other), seed),
    }


def _success(talks: Sequence[Talk]) -> Numbers:
    return np.array([talk.hit is not None for talk in talks], dtype=np.float64)


def _turns(talks: Sequence[Talk]) -> Numbers:
    return np.array([talk.hit or TURNS + 1 for talk in talks], dtype=np.float64)
