"""The shortest, the best rated … of what was shown: which words ask for which number."""

import pytest

from bot.extremes import asked_for, pointed_at
from kg.domain import FILMS, Domain, Measure
from kg.items import Amount, Axes, Item

SHOP = Domain(noun="book", measures=(Measure("price", less=("cheaper", "less pricey", "便宜一点"), more=("dearer",)),))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("which of these is the shortest?", "shortest"),
        ("Which one is longest", "longest"),
        ("what's the oldest?", "oldest"),
        ("ok, which has the best reviews?", "best_rated"),
        ("which film is the highest-rated", "best_rated"),
        ("which one’s the scariest?", "scariest"),
        ("and which is the least scary of them?", "least_scary"),
        ("which won the most Oscars", None),
        ("which has the most oscars?", "most_oscars"),
        ("哪部最短？", "shortest"),
        ("评分最高的是哪一部", "best_rated"),
        ("what is the scariest film ever?", None),
        ("which is the newest you have?", None),
        ("something newer", None),
        ("the shortest one", None),
        ("I want the funniest film", None),
    ],
)
def test_what_is_asked_for(question: str, name: str | None) -> None:
    found = asked_for(question, FILMS)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("words", "name"), [("the older one", "oldest"), ("I'll take the shortest of them", "shortest"), ("older", None)]
)
def test_what_is_pointed_at(words: str, name: str | None) -> None:
    found = pointed_at(words)
    assert (found.name if found else None) == name


def test_numbers_of_a_catalogue_of_its_own() -> None:
    items = [
        Item("a", "Dear", amounts=(Amount("price", 20, 20, "$20"),)),
        Item("b", "Cheap", amounts=(Amount("price", 5, 5, "$5"),)),
        Item("c", "Unknown"),
    ]
    cheapest = asked_for("which is the cheapest?", SHOP)
    assert cheapest is not None
    assert [item.id for item in cheapest.ordered(items)] == ["b", "a"]
    assert cheapest.what == ("cheapest", "最便宜")
    chinese = asked_for("哪本最便宜？", SHOP)
    assert chinese is not None and (chinese.name, chinese.sign) == ("price", -1)
    most = asked_for("which has the most pages?", Domain(noun="book", measures=(Measure("pages", units=("pages",)),)))
    assert most is not None and most.sign == 1
    least = asked_for("which one is the least pricey?", SHOP)
    assert least is not None
    assert least.ordered(items)[0].id == "b"


def test_axes_are_compared_where_they_are_known() -> None:
    funny = Item("a", "Funny", axes=Axes(4, 0, 3, 0, 0, 4, 1))
    grave = Item("b", "Grave", axes=Axes(1, 2, 2, 1, 0, 0, 4))
    funniest = asked_for("which is the funniest?", FILMS)
    assert funniest is not None
    assert [item.id for item in funniest.ordered([grave, funny, Item("c", "Unknown")])] == ["a", "b"]
