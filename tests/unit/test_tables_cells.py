"""Cells of anyone's table: the ways people write numbers, money, times, years and lists."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.tables.cells import (
    MOST,
    currency_of,
    minutes_of,
    names_of,
    number_of,
    people_of,
    separator_of,
    text_of,
    year_of,
)


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("$12.99", 12.99, 12.99),
        ("12,99 €", 12.99, 12.99),
        ("EUR 9", 9, 9),
        ("1,234.50", 1234.5, 1234.5),
        ("1.234,50", 1234.5, 1234.5),
        ("1 234", 1234, 1234),
        ("1,200", 1200, 1200),
        ("400 pp", 400, 400),
        ("2-4", 2, 4),
        ("2–4 players", 2, 4),
        ("4+", 4, MOST),
        (7, 7, 7),
        (2.5, 2.5, 2.5),
        ("0,5", 0.5, 0.5),
    ],
)
def test_numbers(cell: object, low: float, high: float) -> None:
    assert number_of(cell) == (low, high)


@pytest.mark.parametrize("cell", ["call us", "-5", "9" * 40, True, "∞"])
def test_no_number_is_refused(cell: object) -> None:
    with pytest.raises(ValueError, match="number"):
        number_of(cell)


@pytest.mark.parametrize("cell", ["", " ", None, "n/a", "NaN", math.nan, [], "-"])
def test_what_says_nothing_is_nothing(cell: object) -> None:
    assert number_of(cell) is None
    assert minutes_of(cell) is None
    assert year_of(cell) is None
    assert names_of(cell) == people_of(cell) == ()
    assert text_of(cell) == ""


@given(st.floats(0, 1e6).map(lambda value: round(value, 2)))
def test_a_price_is_read_as_it_was_written(value: float) -> None:
    assert number_of(f"${value:,.2f}") == (value, value)
    assert number_of(f"{value:.2f}".replace(".", ",") + " €") == (value, value)


@given(st.text(max_size=30))
def test_any_cell_gives_a_number_or_a_reason(cell: str) -> None:
    try:
        found = number_of(cell)
    except ValueError as error:
        assert str(error)
    else:
        assert found is None or 0 <= found[0] <= found[1] <= MOST


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("1h 30m", 90),
        ("90 min", 90),
        ("1:30", 90),
        ("PT1H30M", 90),
        ("1.5 hours", 90),
        ("45", 45),
        ("30-60", 60),
        ("2h", 120),
    ],
)
def test_minutes(cell: str, minutes: int) -> None:
    assert minutes_of(cell) == minutes


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("1965", 1965),
        ("1965.0", 1965),
        ("1965-08-01", 1965),
        ("01/08/1965", 1965),
        ("c. 1605", 1605),
        ("800 BC", -800),
        (-500, -500),
    ],
)
def test_years(cell: object, year: int) -> None:
    assert year_of(cell) == year


@pytest.mark.parametrize("cell", ["soon", "99999", "12"])
def test_an_impossible_year_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="year"):
        year_of(cell)


@pytest.mark.parametrize(
    ("cell", "separator", "names"),
    [
        ('["Fantasy", "Quest"]', "", ("Fantasy", "Quest")),
        ("['Fantasy', 'Quest']", "", ("Fantasy", "Quest")),
        ("Fantasy|Quest|Fantasy", "|", ("Fantasy", "Quest")),
        (["a", None, "b"], "", ("a", "b")),
        ("[not a list", "", ("[not a list",)),
        ('[{"id": 1, "name": "Drama"}]', "", ("Drama",)),
    ],
)
def test_lists(cell: object, separator: str, names: tuple[str, ...]) -> None:
    assert names_of(cell, separator) == names


@pytest.mark.parametrize(
    ("cell", "separator", "people"),
    [
        ("Tolkien, J. R. R.", ",", ("J. R. R. Tolkien",)),
        ("Le Guin, Ursula K.", ";", ("Ursula K. Le Guin",)),
        ("Terry Pratchett, Neil Gaiman", ",", ("Terry Pratchett", "Neil Gaiman")),
        ("Terry Pratchett & Neil Gaiman", "", ("Terry Pratchett", "Neil Gaiman")),
        ("Pratchett, Terry; Gaiman, Neil", ";", ("Terry Pratchett", "Neil Gaiman")),
        ("Walter M. Miller Jr.", "", ("Walter M. Miller Jr.",)),
    ],
)
def test_people(cell: str, separator: str, people: tuple[str, ...]) -> None:
    assert people_of(cell, separator) == people


def test_a_mark_that_only_separates_wins_over_the_comma() -> None:
    assert separator_of(["Miller, Jr.; Lee, Ann", "Fox, Bo"]) == ";"
    assert separator_of(["a, b", "c"]) == ","
    assert separator_of(["a", "b", ["x", "y"]]) == ""


def test_the_currency_is_the_first_sign() -> None:
    assert currency_of(["", None, "12 EUR", "$3"]) == "€"
    assert currency_of([12, 13]) == ""
