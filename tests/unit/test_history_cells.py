"""Cells of histories, attitudes from ratings."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.history.attitudes import attitude_of, shift_of
from bot.history.cells import date_of, imdb_id_of, is_film, rating_of, year_of


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("2010", 2010),
        ("2010.0", 2010),
        ("2010–2014", 2010),
        ("2010-07-16", 2010),
        ("", None),
        ("N/A", None),
        ("0", None),
    ],
)
def test_years(cell: str, year: int | None) -> None:
    assert year_of(cell) == year


@pytest.mark.parametrize("cell", ["soon", "12", "20105", "99999"])
def test_what_is_no_year_is_refused_with_the_cell(cell: str) -> None:
    with pytest.raises(ValueError, match=cell):
        year_of(cell)


@pytest.mark.parametrize(
    ("cell", "rating"),
    [
        ("8", (8.0, None)),
        ("4.5", (4.5, None)),
        ("4,5", (4.5, None)),
        ("8/10", (8.0, 10.0)),
        ("3.5 out of 5", (3.5, 5.0)),
        ("85%", (85.0, 100.0)),
        ("★★★½", (3.5, 5.0)),
        ("★★☆☆☆", (2.0, 5.0)),
        ("", None),
        ("0", None),
        ("n/a", None),
    ],
)
def test_ratings(cell: str, rating: tuple[float, float | None] | None) -> None:
    assert rating_of(cell) == rating


@pytest.mark.parametrize("cell", ["good", "-3", "11/10", "5/0"])
def test_what_is_no_rating_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="rating"):
        rating_of(cell)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2020-05-01", date(2020, 5, 1)),
        ("2014-04-05T15:27:00.000Z", date(2014, 4, 5)),
        ("Mon Jan  1 00:00:00 2018", date(2018, 1, 1)),
        ("31.12.2019", date(2019, 12, 31)),
        ("1900-01-01T00:00:00.000Z", None),
        ("", None),
        ("last week", None),
    ],
)
def test_dates(cell: str, day: date | None) -> None:
    assert date_of(cell) == day


def test_imdb_ids() -> None:
    assert imdb_id_of("https://www.imdb.com/title/tt1375666/") == "tt1375666"
    assert imdb_id_of("0114709") == "tt0114709"
    assert imdb_id_of("") == imdb_id_of("ls012345678") == imdb_id_of("0") == ""


@pytest.mark.parametrize(
    "kind", ["", "movie", "Movie", "Feature Film", "tvMovie", "TV Movie", "short", "Documentary", "Film"]
)
def test_films(kind: str) -> None:
    assert is_film(kind)


@pytest.mark.parametrize(
    "kind", ["TV Series", "tvSeries", "tvMiniSeries", "TV Episode", "Serie TV", "Video Game", "show", "season", "TV"]
)
def test_not_films(kind: str) -> None:
    assert not is_film(kind)


def test_watched_is_not_liked() -> None:
    assert attitude_of(None, liked=False, wanted=False)[0] == "seen"
    assert attitude_of(None, liked=True, wanted=False)[0] == "like"
    assert attitude_of(None, liked=False, wanted=True)[0] == "want"


@pytest.mark.parametrize(
    ("rating", "attitude"),
    [
        (0.7, "like"),
        (3.5 / 5, "like"),
        (0.69, "seen"),
        (0.5, "seen"),
        (0.41, "seen"),
        (0.4, "dislike"),
        (0.1, "dislike"),
    ],
)
def test_ratings_are_likes_from_70_percent_and_dislikes_to_40(rating: float, attitude: str) -> None:
    assert attitude_of(rating, liked=False, wanted=False)[0] == attitude


def test_a_generous_raters_70_percent_is_no_like_and_a_strict_raters_60_percent_is() -> None:
    generous, strict = shift_of([0.8] * 30), shift_of([0.5] * 30)
    assert attitude_of(0.7, False, False, generous)[0] == "seen"
    assert attitude_of(0.6, False, False, strict)[0] == "like"
    assert shift_of([0.8] * 19) == 0


@given(st.lists(st.floats(0.1, 1.0), min_size=20, max_size=60))
def test_however_one_rates_the_top_is_liked_and_the_bottom_is_not(ratings: list[float]) -> None:
    shift = shift_of(ratings)
    assert attitude_of(0.9, False, False, shift)[0] == "like"
    assert attitude_of(0.2, False, False, shift)[0] == "dislike"


@given(st.floats(0.01, 1.0), st.floats(0.01, 1.0), st.floats(-0.15, 0.15))
def test_a_better_rating_is_never_a_worse_attitude(first: float, second: float, shift: float) -> None:
    order = ("dislike", "seen", "like")
    low, high = sorted((first, second))
    attitudes = [order.index(attitude_of(each, False, False, shift)[0]) for each in (low, high)]
    assert attitudes == sorted(attitudes)
    assert 0 <= attitude_of(first, False, False, shift)[1] <= 1
