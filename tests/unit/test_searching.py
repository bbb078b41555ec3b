"""Three ways of searching for hyper-parameters: equal budgets, the best first, the same every time."""

import pytest

from training.adapting import AdaptingRecipe
from training.scorer_network import Recipe
from training.searching import AS_IT_WAS, compare, lines, sample


def worth(recipe: Recipe | AdaptingRecipe) -> float:
    """One width is best, and one dropout, which no point of the grid has."""
    return (recipe.hidden == (64,)) - abs(recipe.dropout - 0.31)


def test_each_way_has_as_many_trials_and_the_best_comes_first() -> None:
    asked: list[Recipe] = []

    def counted(recipe: Recipe) -> float:
        asked.append(recipe)
        return worth(recipe)

    found = compare(counted, Recipe(), 6)
    assert len(asked) == 1 + 3 * 6
    assert {one.way: one.trials for one in found} == {AS_IT_WAS: 1, "random": 6, "grid": 6, "Bayesian (TPE)": 6}
    assert [one.worth for one in found] == sorted((one.worth for one in found), reverse=True)
    for one in found:
        assert one.worth == pytest.approx(worth(one.recipe))
    assert found[0].worth == max(map(worth, asked))
    assert found[0].recipe.epochs == Recipe().epochs


def test_a_search_is_the_same_every_time_and_serves_both_networks() -> None:
    first, second = (compare(worth, AdaptingRecipe(), 4) for _ in range(2))
    assert first == second
    assert first[0].recipe.listed == AdaptingRecipe().listed


def test_a_grid_has_no_more_trials_than_points() -> None:
    assert {one.way: one.trials for one in compare(worth, Recipe(), 20)}["grid"] == 12


def test_what_nothing_beats_stays() -> None:
    start = Recipe(hidden=(7,))
    found = compare(lambda recipe: float(recipe == start), start, 2)
    assert (found[0].way, found[0].recipe) == (AS_IT_WAS, start)


def test_a_sample_is_drawn_once_and_keeps_its_order() -> None:
    assert sample(range(5), 9) == [0, 1, 2, 3, 4]
    drawn = sample(range(100), 10)
    assert drawn == sorted(drawn) == sample(range(100), 10)
    assert len(set(drawn)) == 10


def test_the_table_tells_each_way_and_what_it_found() -> None:
    head, _, *rows = lines(compare(worth, Recipe(), 2))
    assert head.startswith("| search | trials | best NDCG@10")
    assert len(rows) == 4
    assert any("64–32 | 0.002 | 0.01 | 0.20 |" in row for row in rows)
