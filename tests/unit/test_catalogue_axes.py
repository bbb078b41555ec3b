"""Estimates of the axes for items without notes."""

import numpy as np

from kg.axes import ENOUGH, HIGHEST, LOWEST, Estimator, cross_validate, with_estimates
from kg.items import AXES, Axes, Item

SCARY = Axes(tone=1, violence=3, pace=3, scary=4, romance=0, humour=0, demands=2)
SUNNY = Axes(tone=5, violence=0, pace=3, scary=0, romance=3, humour=4, demands=1)
GRAVE = Axes(tone=2, violence=0, pace=1, scary=0, romance=1, humour=0, demands=4)


def noted(count: int = ENOUGH * 2) -> list[Item]:
    kinds = [(("Horror",), SCARY), (("Comedy",), SUNNY)]
    return [
        Item(f"n{number}", "Noted", 1990, genres, directors=(f"D{number % 9}",), axes=axes)
        for number in range(count)
        for genres, axes in (kinds[number % 2],)
    ]


def test_the_genre_tells_and_the_estimate_is_marked() -> None:
    bare = [Item("horror", "Bare", 1990, ("Horror",)), Item("comedy", "Bare", 1990, ("Comedy",))]
    *_, horror, comedy = with_estimates([*noted(), *bare])
    assert horror.axes is not None and comedy.axes is not None
    assert horror.axes.estimated and comedy.axes.estimated
    assert horror.axes.scary > 3 and comedy.axes.scary < 1
    assert comedy.axes.tone > 4 and horror.axes.tone < 2


def test_the_people_tell_how_a_film_departs_from_its_genre() -> None:
    grave = [Item(f"g{number}", "Grave", 1990, ("Comedy",), ("Grave Director",), axes=GRAVE) for number in range(6)]
    asked = [Item("his", "Bare", 1990, ("Comedy",), ("Grave Director",)), Item("other", "Bare", 1990, ("Comedy",))]
    *_, his, other = with_estimates([*noted(), *grave, *asked])
    assert his.axes is not None and other.axes is not None
    assert his.axes.humour < other.axes.humour - 0.5
    assert his.axes.demands > other.axes.demands + 0.5


def test_notes_stay_as_written_and_the_order_is_kept() -> None:
    items = [Item("first", "Bare"), *noted(), Item("last", "Bare")]
    result = with_estimates(items)
    assert [item.id for item in result] == [item.id for item in items]
    assert result[1:-1] == items[1:-1]
    assert result == with_estimates(items)


def test_too_few_notes_teach_nothing() -> None:
    items = [*noted(ENOUGH - 1), Item("bare", "Bare", 1990, ("Horror",))]
    assert with_estimates(items) == items


def test_estimates_stay_within_the_scales() -> None:
    strange = [
        Item("x", "X", 2090, ("Horror", "Comedy", "New"), tuple(f"D{n}" for n in range(9)), runtime=900, rating=10)
    ]
    guesses = Estimator.fit(noted()).predict(strange)
    assert guesses.shape == (1, len(AXES))
    assert (guesses >= LOWEST).all() and (guesses <= HIGHEST).all()


def test_cross_validation_hides_the_item_that_it_asks_about() -> None:
    errors, plain = cross_validate(noted())
    assert (errors <= plain + 1e-9).all() and errors[AXES.index("scary")] < 0.3
    # Noise cannot be learned: were an item's own note seen, its error would be nearly none.
    scale = np.random.default_rng(0)
    noise = [
        Item(
            f"r{number}",
            "Noise",
            directors=(f"Only {number}",),
            axes=Axes(*(float(v) for v in scale.integers(1, 5, 7))),
        )
        for number in range(ENOUGH * 2)
    ]
    errors, plain = cross_validate(noise)
    assert (errors > 0.9 * plain).all()
