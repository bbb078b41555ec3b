"""Changes beyond the contract's ten: read from words, measured on axes, counted truly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.moving import moves_said, moving
from bot.understanding.types import Mention, Understanding
from kg.items import AXES, Axes
from retrieval.columns import Columns
from retrieval.constraints import allowed_rows
from retrieval.moves import OPPOSITE, Move, Steer, onward
from retrieval.steering import AXIS_STEP, ERROR, NOTICED, OFFERED, ON_AXIS, openings, steered_rows
from retrieval.wish import Limits, Wish
from tests.retrieval_films import film, films, index_of


@pytest.mark.parametrize(
    ("words", "moves"),
    [
        ("but funnier", ("funnier",)),
        ("less violent please", ("less_violent",)),
        ("too gory for me", ("less_violent",)),
        ("scarier", ("scarier",)),
        ("not so scary", ("less_scary",)),
        ("something by a different director", ("different_director",)),
        ("more by the same director", ("same_director",)),
        ("not by the same director", ("different_director",)),
        ("too slow", ("faster",)),
        ("smarter and more romantic", ("more_romantic", "more_demanding")),
        ("newer", ()),
        ("a funny film", ()),
        ("更搞笑", ("funnier",)),
        ("换个导演", ("different_director",)),
    ],
)
def test_words(words: str, moves: tuple[Move, ...]) -> None:
    assert moves_said(words) == moves


def test_what_such_words_name_is_no_wish_and_no_ban() -> None:
    words = "but funnier"
    meant = Understanding("recommend", (Mention("funnier", "genre", "want", "genre:Comedy", 4),))
    heard = moving(meant, words, shown=True)
    assert (heard.intent, heard.mentions) == ("critique", ())
    assert moving(meant, words, shown=False) == meant  # there is nothing to be funnier than
    other = Understanding("critique", (Mention("Tom Hanks", "person", "want", "person:Tom Hanks", 12),))
    assert moving(other, "scarier, with Tom Hanks", shown=True).mentions == other.mentions


def test_scarier_is_darker_only_where_that_is_said_too() -> None:
    scarier = Understanding("critique", critique=("darker",), intents=("critique",))
    assert moving(scarier, "scarier", shown=True).critique == ()
    assert moving(scarier, "scarier and darker", shown=True).critique == ("darker",)


def test_less_like_the_second_one_is_the_opposite_of_similar() -> None:
    similar = Understanding("critique", critique=("similar",), reference=2, intents=("critique",))
    assert moving(similar, "less like the second one", shown=True).critique == ("different",)
    assert moving(similar, "more like the second one", shown=True).critique == ("similar",)


def test_a_move_stands_until_its_opposite() -> None:
    lighter, newer, darker = Steer("lighter", ("a",)), Steer("newer", ("b",)), Steer("darker", ("c",))
    assert onward((lighter,), (newer,)) == (lighter, newer)
    assert onward((lighter, newer), (darker,)) == (newer, darker)
    others = onward((Steer("different_director", ("a",)),), (Steer("different_director", ("b",)),))
    assert others == (Steer("different_director", ("a", "b")),)
    assert all(OPPOSITE[OPPOSITE[move]] == move for move in OPPOSITE)


FILMS = [
    film(
        number,
        axes=Axes(
            tone=1 + number % 5,
            violence=number % 4,
            pace=1 + number % 3,
            scary=(number // 2) % 5,
            romance=number % 2,
            humour=(number // 3) % 5,
            demands=1 + number % 4,
            estimated=number % 3 == 0,
        )
        if number % 7
        else None,
    )
    for number in range(60)
]
INDEX = index_of(FILMS)
BY_ID = {item.id: item for item in FILMS}


def goes(move: Move, item_id: str, base: list[str]) -> bool:
    """The definition, item by item: what the columns must count."""
    item, others = BY_ID[item_id], [BY_ID[other] for other in base]
    if move == "different_director":
        return bool(item.directors) and not set(item.directors) & {name for other in others for name in other.directors}
    if move in ON_AXIS:
        axis, sign = ON_AXIS[move]
        known = [getattr(other.axes, axis) for other in others if other.axes]
        every = [getattr(film.axes, axis) for film in FILMS if film.axes]
        middle = float(np.median(known or every))
        if item.axes is None:
            return False
        step = AXIS_STEP + (ERROR[axis] if item.axes.estimated else 0.0)
        return bool(sign * (getattr(item.axes, axis) - middle) >= step - 1e-5)
    name = {"newer": "year", "older": "year", "shorter": "runtime", "longer": "runtime"}.get(move, "popularity")
    sign = 1 if move in ("newer", "longer", "better_known") else -1
    middle = float(np.median([getattr(other, name) for other in others]))
    return bool(sign * (getattr(item, name) - middle) >= NOTICED[move] - 1e-5)


ids = st.sampled_from([item.id for item in FILMS])


@settings(deadline=None)
@given(st.lists(ids, min_size=1, max_size=5, unique=True), st.integers(1965, 2010), st.sampled_from(OFFERED))
def test_counts_are_true(base: list[str], year: int, standing: Move) -> None:
    wish = Wish(limits=Limits(year_min=year), exclude=frozenset(base))
    columns = INDEX.columns
    within = allowed_rows(columns, wish)
    counts = openings(columns, INDEX.matrix, within, columns.rows(base), [(standing, columns.rows(base))])
    for move in OFFERED:
        left = [
            item.id
            for item in FILMS
            if (item.year or 0) >= year and item.id not in base and goes(move, item.id, base)
            if move in (standing, OPPOSITE[standing]) or goes(standing, item.id, base)
        ]
        assert counts.get(move, 0) == len(left), move


@settings(deadline=None)
@given(st.lists(ids, min_size=1, max_size=5, unique=True), st.sampled_from(OFFERED))
def test_saying_the_move_leaves_as_many_as_were_counted(base: list[str], move: Move) -> None:
    columns = INDEX.columns
    within = allowed_rows(columns, Wish(exclude=frozenset(base)))
    counted = openings(columns, INDEX.matrix, within, columns.rows(base), []).get(move, 0)
    wish = Wish(moves=(move,), base=tuple(base), exclude=frozenset(base))
    steers = [(steer.move, columns.rows(steer.base)) for steer in wish.steers]
    kept = allowed_rows(columns, wish) & steered_rows(columns, INDEX.matrix, steers)
    assert int(kept.sum()) == counted


def test_nothing_shown_leads_nowhere() -> None:
    columns = Columns.of(films(10))
    nothing = columns.rows([])
    assert openings(columns, np.zeros((10, 3), dtype=np.float32), np.ones(10, dtype=np.bool_), nothing, []) == {}


def test_every_axis_has_a_known_error() -> None:
    assert set(ERROR) == set(AXES) and {axis for axis, _ in ON_AXIS.values()} == set(AXES)
