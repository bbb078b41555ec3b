"""Hard constraints: one item and the whole catalogue say the same; relaxations free what they promise."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.items import Amount, Item, Joined
from retrieval.columns import Columns
from retrieval.constraints import allowed, allowed_rows, broken, relaxations
from retrieval.wish import AmountLimit, Limits, Wish
from tests.retrieval_films import film


def _own(number: int) -> dict[str, object]:
    """Facets and numbers of the catalogue's own: of every third film none, of some a range."""
    if number % 3 == 0:
        return {}
    players = Amount("players", 1 + number % 4, 2 + number % 6, "…") if number % 2 else Amount("players", 3, 3, "3")
    return {
        "joined": (Joined("HAS_FORM", "form", (f"Form {number % 5}",)),),
        "amounts": (Amount("price", number / 2, number / 2, "$"), players),
    }


FILMS = [film(number, **_own(number)) for number in range(60)]
COLUMNS = Columns.of(FILMS)
ENTITIES = sorted(COLUMNS.having)
IDS = [item.id for item in FILMS]
years = st.none() | st.integers(1955, 2025)
minutes = st.none() | st.integers(60, 180)
ends = st.none() | st.integers(0, 30).map(float)
amounts = st.builds(AmountLimit, st.sampled_from(["price", "players", "nobody"]), ends, ends)
entity_sets = st.frozensets(st.sampled_from([*ENTITIES, "genre:Nobody", "f3"]), max_size=3)
wishes = st.builds(
    Wish,
    must=st.lists(entity_sets, max_size=2).map(tuple),
    avoid=entity_sets,
    exclude=st.frozensets(st.sampled_from([*IDS, "unknown"]), max_size=5),
    limits=st.builds(Limits, years, years, minutes, minutes, st.lists(amounts, max_size=2).map(tuple)),
)


@given(wishes)
def test_the_mask_says_what_each_item_says(wish: Wish) -> None:
    assert allowed_rows(COLUMNS, wish).tolist() == [allowed(item, wish) for item in FILMS]


@given(wishes)
@settings(max_examples=50)
def test_a_relaxation_frees_as_many_as_it_says_and_never_an_excluded_item(wish: Wish) -> None:
    before = allowed_rows(COLUMNS, wish)
    for change in relaxations(COLUMNS, wish):
        after = allowed_rows(COLUMNS, change.wish)
        assert change.frees == after.sum() - before.sum() > 0
        assert change.wish.exclude == wish.exclude
    costs = [change.cost for change in relaxations(COLUMNS, wish)]
    assert costs == sorted(costs)


@pytest.mark.parametrize(
    ("changes", "wish"),
    [
        ({"runtime": None}, Wish(limits=Limits(runtime_max=120))),
        ({"runtime": None}, Wish(limits=Limits(runtime_min=1))),
        ({"year": None}, Wish(limits=Limits(year_min=1900))),
        ({}, Wish(must=(frozenset({"genre:Western"}),))),
        ({}, Wish(must=(frozenset(),))),
        ({}, Wish(avoid=frozenset({"person:Star 1"}))),
        ({}, Wish(exclude=frozenset({"f1"}))),
        ({}, Wish(avoid=frozenset({"f1"}))),
    ],
)
def test_an_item_is_kept_out(changes: dict[str, object], wish: Wish) -> None:
    assert not allowed(film(1, **changes), wish)


def test_a_limit_on_an_amount_is_kept_by_a_value_or_by_some_value_of_a_range() -> None:
    item = film(1, amounts=(Amount("players", 2, 4, "2–4 players"), Amount("price", 20, 20, "$20")))
    kept = [AmountLimit("players", 4, 4), AmountLimit("players", 1, 2), AmountLimit("price", most=20)]
    left = [
        AmountLimit("players", 5),
        AmountLimit.below("price", 20),
        AmountLimit.above("price", 20),
        AmountLimit("pages", 1),
    ]
    assert all(allowed(item, Wish(limits=Limits(amounts=(limit,)))) for limit in kept)
    assert not any(allowed(item, Wish(limits=Limits(amounts=(limit,)))) for limit in left)
    assert [cause.amount for cause in broken(item, Wish(limits=Limits(amounts=(kept[0], left[0]))))] == [left[0]]


def test_a_limit_on_an_amount_is_widened_before_it_is_dropped() -> None:
    found = [
        change.amount for change in relaxations(COLUMNS, Wish(limits=Limits(amounts=(AmountLimit("price", most=0.4),))))
    ]
    assert found == [AmountLimit("price", most=0.5), AmountLimit("price")]


def test_limits_include_their_borders() -> None:
    item = film(1, year=1990, runtime=100)
    assert allowed(item, Wish(limits=Limits(1990, 1990, 100, 100)))
    assert not allowed(item, Wish(limits=Limits(year_min=1991)))
    assert not allowed(item, Wish(limits=Limits(runtime_max=99)))


def test_every_broken_constraint_is_named() -> None:
    item: Item = film(1, year=1990)
    wish = Wish(avoid=frozenset({"genre:Drama", "genre:Horror"}), limits=Limits(year_max=1980, runtime_max=10))
    found = {cause.constraint: cause.entities for cause in broken(replace(item, genres=("Drama",)), wish)}
    assert found == {"avoid": frozenset({"genre:Drama"}), "year_max": frozenset(), "runtime_max": frozenset()}


def test_the_smallest_change_comes_first() -> None:
    wish = Wish(must=(frozenset({"genre:Horror"}),), limits=Limits(runtime_max=69))
    changes = relaxations(COLUMNS, wish)
    assert (changes[0].constraint, changes[0].limit) == ("runtime_max", 84)
    assert all(change.constraint == "runtime_max" for change in changes)


def test_a_group_that_nothing_has_is_the_first_to_go() -> None:
    wish = Wish(must=(frozenset({"genre:Nobody"}),), limits=Limits(year_min=1970))
    assert relaxations(COLUMNS, wish)[0].constraint == "must"


def test_where_no_single_change_helps_the_smallest_pair_is_offered() -> None:
    items = [
        Item("a", "A", 1950, genres=("Western",)),
        Item("b", "B", 2000, genres=("Horror",), cast=("Anna",)),
    ]
    columns = Columns.of(items)
    wish = Wish(
        must=(frozenset({"genre:Western"}), frozenset({"person:Anna"})),
        limits=Limits(year_min=1990, year_max=1995),
        exclude=frozenset({"a"}),
    )
    found = relaxations(columns, wish)
    assert found and all(change.first for change in found)
    for change in found:
        assert change.frees == int(allowed_rows(columns, change.wish).sum()) > 0
    assert {found[0].first.constraint, found[0].constraint} == {"must", "year_max"}  # type: ignore[union-attr]
