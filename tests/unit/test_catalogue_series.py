"""Which films make a series."""

import pytest

from kg.items import Item
from kg.series import series_of


def film(title: str, year: int, *people: str) -> Item:
    return Item(f"{title} {year}", title, year, cast=people)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Rocky", "Rocky II"),
        ("Rocky", "Rocky 3"),
        ("The Godfather", "The Godfather Part III"),
        ("It", "It Chapter Two"),
        ("Kill Bill: Volume 1", "Kill Bill: Volume 2"),
        ("Star Wars: Episode IV – A New Hope", "Star Wars: The Force Awakens"),
        ("Mission: Impossible", "Mission: Impossible – Fallout"),
        ("Terminator", "Terminator 2: Judgment Day"),
        ("Batman", "Batman Returns"),
        ("Harry Potter and the Chamber of Secrets", "Harry Potter and the Goblet of Fire"),
    ],
)
def test_a_sequel_with_one_shared_person_is_of_the_series(first: str, second: str) -> None:
    one, two = film(first, 1980, "A", "B"), film(second, 1990, "B", "C")
    assert series_of([two, one]) == {one.id: one.id, two.id: one.id}


def test_without_a_shared_person_a_number_is_a_chance() -> None:
    assert series_of([film("Home", 1980, "A"), film("Home 2", 1990, "B")]) == {}


def test_a_remake_is_no_series_of_its_own() -> None:
    assert series_of([film("Cinderella", 1950, "A"), film("Cinderella", 2015, "A")]) == {}


def test_a_title_that_begins_alike_needs_more_shared_people() -> None:
    rocky, balboa = film("Rocky", 1976, "A", "B", "C"), film("Rocky Balboa", 2006, "A", "B", "C")
    assert set(series_of([rocky, balboa])) == {rocky.id, balboa.id}
    assert series_of([rocky, film("Rocky Balboa", 2006, "A", "B")]) == {}
    runner = film("Blade Runner", 1982, "A", "B")
    assert len(series_of([runner, film("Blade Runner 2049", 2017, "A", "B")])) == 2
    assert series_of([runner, film("Blade Runner Forever Young", 2017, "A")]) == {}
    # Two that merely begin with the same words are none, whoever plays in them.
    assert series_of([film("Love Story", 1970, "A", "B", "C"), film("Love Actually", 2003, "A", "B", "C")]) == {}


def test_a_chain_is_one_series_led_by_its_earliest_film() -> None:
    films = [
        film("Saw", 2004, "A"),
        film("Saw II", 2005, "A", "B"),
        film("Saw III", 2006, "B", "C"),
        film("Saw IV", 2007, "C"),
    ]
    assert set(series_of(reversed(films)).values()) == {films[0].id}
    assert len(series_of(films)) == 4


def test_two_series_of_one_name_stay_apart() -> None:
    old = [film("The Mummy", 1932, "A"), film("The Mummy 2", 1940, "A")]
    new = [film("The Mummy", 1999, "B"), film("The Mummy Returns", 2001, "B")]
    assert series_of(old + new) == {
        old[0].id: old[0].id,
        old[1].id: old[0].id,
        new[0].id: new[0].id,
        new[1].id: new[0].id,
    }
