"""The feature table: complete, finite, of the same meaning on any catalogue."""

from pathlib import Path

import numpy as np
import pytest

from kg.items import Item
from retrieval.candidates import Knowledge, Pool, find_candidates
from retrieval.columns import Floats
from retrieval.cotaste import CoTaste
from retrieval.encoder import HashEncoder
from retrieval.features import FEATURES, NAMES, feature_matrix
from retrieval.request import Request
from retrieval.wish import Wish
from tests.retrieval_films import film, films, index_of

ENCODER = HashEncoder()


def table(items: list[Item], wish: Wish, cotaste: CoTaste | None = None) -> tuple[Pool, Floats]:
    known = Knowledge.of(index_of(items), cotaste)
    request = Request.of(known.index, wish, ENCODER)
    pool = find_candidates(known, request)
    return pool, feature_matrix(known, request, pool)


def value(items: list[Item], wish: Wish, item_id: str, name: str, cotaste: CoTaste | None = None) -> float:
    pool, features = table(items, wish, cotaste)
    place = pool.rows.tolist().index([item.id for item in items].index(item_id))
    return float(features[place, NAMES.index(name)])


@pytest.mark.parametrize(
    "wish",
    [
        Wish(),
        Wish(text="a heist"),
        Wish(text="x", liked=("f1", "f2"), disliked=("f3",), prefer=("genre:Horror", "person:Nobody"), base=("f1",)),
        Wish(liked=("unknown",), disliked=("f3",), moves=("newer",)),
    ],
)
def test_every_feature_is_there_and_finite(wish: Wish) -> None:
    blank = Item("blank", "Blank")
    pool, features = table([*films(), blank], wish)
    assert features.shape == (len(pool.rows), len(FEATURES))
    assert features.dtype == np.float32
    assert np.isfinite(features).all()


def test_no_candidates_make_an_empty_table() -> None:
    pool, features = table(films(), Wish(must=(frozenset({"genre:Nothing"}),)))
    assert features.shape == (0, len(FEATURES))
    assert not len(pool.rows)


def test_a_rarer_shared_entity_weighs_more() -> None:
    common = [film(number, genres=("Drama",)) for number in range(30)]
    rare = [film(number, genres=("Noir",)) for number in (40, 41)]
    items = [*common, *rare]
    often = value(items, Wish(liked=("f0",)), "f1", "shared_genres")
    seldom = value(items, Wish(liked=("f40",)), "f41", "shared_genres")
    assert seldom == pytest.approx(1 / np.log(4), rel=1e-5)
    assert often == pytest.approx(1 / np.log(32), rel=1e-5)


def test_preferred_kinds_are_told_apart() -> None:
    wish = Wish(prefer=("genre:Comedy", "genre:Horror", "person:Director 0"))
    items = [film(0, genres=("Comedy",), directors=("Director 0",)), film(1, genres=("Comedy", "Horror"))]
    assert value(items, wish, "f0", "preferred_genre") == 0.5
    assert value(items, wish, "f1", "preferred_genre") == 1.0
    assert value(items, wish, "f0", "preferred_person") == 1.0
    assert value(items, wish, "f1", "preferred_person") == 0.0


def test_distances_in_years_have_a_sign() -> None:
    items = [film(0, year=1980), film(1, year=2000), film(2, year=None)]
    assert value(items, Wish(liked=("f0",)), "f1", "newer_than_liked") == pytest.approx(2.0)
    assert value(items, Wish(liked=("f1",)), "f0", "newer_than_liked") == pytest.approx(-2.0)
    assert value(items, Wish(liked=("f1",)), "f2", "year_distance") == 0.0


def test_co_taste_comes_from_histories() -> None:
    items = films(12)
    cotaste = CoTaste.learn([[0, 1], [0, 1], [0, 2]], len(items))
    near = value(items, Wish(liked=("f0",)), "f1", "co_taste", cotaste)
    far = value(items, Wish(liked=("f0",)), "f2", "co_taste", cotaste)
    assert near > far > 0
    assert value(items, Wish(liked=("f0",)), "f5", "co_taste", cotaste) == 0


def test_the_last_named_is_marked_where_repeats_are_allowed() -> None:
    wish = Wish(liked=("f1", "f2"))
    assert value(films(), wish, "f2", "named_last") == 1.0
    assert value(films(), wish, "f1", "named_last") == 0.5
    assert value(films(), wish, "f3", "named_before") == 0.0


def test_the_documentation_has_the_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "recommendation.md").read_text(encoding="utf-8")
    for name, meaning in FEATURES.items():
        assert f"| `{name}` | {meaning} |" in page
