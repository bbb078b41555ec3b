"""What the whole catalogue tells about its people."""

from kg.items import Item
from kg.sources.people import best_known_first, one_spelling


def test_a_name_of_the_notes_is_spelled_as_in_the_other_source() -> None:
    films = [Item("1", "One", cast=("J. K. Simmons", "Zoë K"))]
    notes = [Item("2", "Two", cast=("J.K. Simmons", "Zoe K", "New Name"), directors=("j k simmons",))]
    (item,), changed = one_spelling(films, notes)
    assert item.cast == ("J. K. Simmons", "Zoë K", "New Name") and item.directors == ("J. K. Simmons",)
    assert changed == 3


def test_within_the_notes_the_commonest_spelling_wins_and_repeats_go() -> None:
    notes = [
        Item("1", "One", cast=("S.S. Rajamouli",)),
        Item("2", "Two", cast=("S. S. Rajamouli", "S.S. Rajamouli")),
        Item("3", "Three", writers=("S. S. Rajamouli",)),
        Item("4", "Four", writers=("S. S. Rajamouli",)),
    ]
    items, changed = one_spelling([], notes)
    assert items[0].cast == items[1].cast == ("S. S. Rajamouli",)
    assert changed == 1


def test_two_people_of_the_first_source_that_differ_by_an_accent_stay_two() -> None:
    films = [Item("1", "One", cast=("Victor Nuñez", "Víctor Núñez"))]
    items, changed = one_spelling(films, [Item("2", "Two", cast=("Somebody",))])
    assert films[0].cast == ("Victor Nuñez", "Víctor Núñez") and changed == 0
    assert items[0].cast == ("Somebody",)


def test_names_of_other_scripts_are_not_thrown_together() -> None:
    notes = [Item("1", "One", cast=("宮崎駿", "黒澤明", "...", "!!!"))]
    items, changed = one_spelling([], notes)
    assert items == notes and changed == 0


def test_the_cast_begins_with_the_people_of_well_known_films() -> None:
    films = [
        Item("1", "Hit", cast=("Extra", "Star"), popularity=0.9),
        Item("2", "Other Hit", cast=("Star",), popularity=0.9),
        Item("3", "Unknown", cast=("Extra",), popularity=0.0),
    ]
    hit, *_ = best_known_first(films, billed=[])
    assert hit.cast == ("Star", "Extra")


def test_a_leading_part_in_a_billed_film_counts_and_equals_stand_in_order() -> None:
    films = [Item("1", "Film", cast=("Ann", "Ben", "Lead"), popularity=0.5)]
    billed = [Item("2", "Billed", cast=("Lead", "Second", "Third", "Ben"), popularity=0.9)]
    assert best_known_first(films, billed)[0].cast == ("Lead", "Ann", "Ben")
    assert best_known_first(films, [])[0].cast == ("Ann", "Ben", "Lead")
