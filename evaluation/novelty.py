"""What the control of novelty does to lists: varied, wide of reach, well known, close to the taste."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from evaluation.recommend_lists import exposure, list_figures
from evaluation.simulated_pairs import satisfaction_with, wish_of_person
from evaluation.simulated_people import Person
from retrieval.ranking import Retriever

SETTINGS = (0.0, 0.2, 0.5, 0.8, 1.0)
COUNT = 10


def evaluate_novelty(retriever: Retriever, people: Sequence[Person]) -> dict[str, dict[str, Any]]:
    """Returns by setting the means over the people's lists of ten.

    - `intra_list_distance`: mean cosine distance between two films of a list (Ziegler et al. 2005).
    - `coverage`, `gini`: the share of the catalogue in any list; how unevenly its films are shown.
    - `popularity`, `popularity_bias`: how well known the films are, 0 … 1, and by how much more than what the people
      said they like (Abdollahpouri et al. 2019).
    - `satisfaction`: nearness to the likes they did not tell, 0 … 1 (`evaluation.simulated_pairs`).
    - `lists_with_a_series_twice`: must be 0.
    """
    return {f"{novelty:g}": _at(retriever, people, novelty) for novelty in SETTINGS}


def _at(retriever: Retriever, people: Sequence[Person], novelty: float) -> dict[str, Any]:
    index = retriever.index
    columns = index.columns
    counts = np.zeros(len(columns), dtype=np.float32)
    lists = [retriever.recommend(wish_of_person(person, COUNT, novelty)).items for person in people]
    rows = [columns.rows([pick.item.id for pick in items]) for items in lists]
    liked = [columns.rows(person.told) for person in people]
    series = [columns.series[shown][columns.series[shown] >= 0] for shown in rows]
    fame = float(np.mean([columns.popularity[shown].mean() for shown in rows if len(shown)]))
    reach = exposure(rows, len(columns))
    near = [
        satisfaction_with([p.item for p in items], person, index) for items, person in zip(lists, people, strict=True)
    ]
    return {
        "intra_list_distance": float(
            np.mean([list_figures(shown, (), index.matrix, counts)["diversity@10"] for shown in rows])
        ),
        "coverage": reach["coverage@10"],
        "gini": reach["gini@10"],
        "popularity": fame,
        "popularity_bias": fame - float(np.mean([columns.popularity[own].mean() for own in liked])),
        "satisfaction": float(np.mean(near)),
        "lists_with_a_series_twice": sum(len(np.unique(each)) < len(each) for each in series),
    }
