"""Which shown items an utterance means."""

from dataclasses import replace

import pytest

from bot.clarifying import clarified, told_apart
from bot.phrases import phrases
from bot.references import meant
from bot.understanding.types import Intent, Mention, Understanding
from kg.items import Item

ITEMS = {
    "a": Item("a", "Crash", 1996, directors=("David Cronenberg",)),
    "b": Item("b", "Crash", 2004, directors=("Paul Haggis",)),
    "c": Item("c", "Tenet", 2020, directors=("Christopher Nolan",)),
}
SHOWN = ("a", "b", "c")


def _meant(words: str, intent: Intent, reference: int | None, focus: tuple[str, ...] = ()) -> tuple[str, ...]:
    understanding = Understanding(intent, reference=reference, intents=(intent,))
    return meant(understanding, words, SHOWN, focus, ITEMS.get)


@pytest.mark.parametrize(
    ("words", "intent", "reference", "expected"),
    [
        ("the first one, who directed it?", "ask", 1, ("a",)),
        ("tell me about the last one", "ask", -1, ("c",)),
        ("number 2 please", "accept", 2, ("b",)),
        ("compare the first and the last", "compare", 1, ("a", "c")),
        ("compare the first two", "compare", 1, ("a", "b")),
        ("I've seen the last two", "reject", None, ("b", "c")),
        ("seen the first and third", "reject", 1, ("a", "c")),
        ("none of these", "reject", None, SHOWN),
        ("seen 1 and 3", "inform", 1, ("a", "c")),
        ("already seen 1, 2 and 3, what else", "recommend", None, SHOWN),
        ("Compare one and two.", "compare", None, ("a", "b")),
        ("I've already seen the first two", "inform", None, ("a", "b")),
        ("I've seen them all", "inform", None, SHOWN),
        ("I have watched those", "inform", None, SHOWN),
        ("I have seen 12 angry men", "inform", None, ()),
        ("the seventh", "ask", 7, ()),
        ("第二部是谁导演的", "ask", 2, ("b",)),
        ("who directed it?", "ask", 0, ("a",)),
        ("the first film I ever saw was a western", "inform", None, ()),
    ],
)
def test_places(words: str, intent: Intent, reference: int | None, expected: tuple[str, ...]) -> None:
    assert _meant(words, intent, reference) == expected


def test_it_is_what_was_spoken_of_last() -> None:
    assert _meant("who directed it?", "ask", 0, focus=("b", "a")) == ("b",)


def test_that_nolan_one() -> None:
    nolan = Mention("Nolan", "person", "about", "person:Christopher Nolan", 5)
    understanding = Understanding("ask", (nolan,), intents=("ask",))
    assert meant(understanding, "that Nolan one", SHOWN, (), ITEMS.get) == ("c",)


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("2004", "b"),
        ("the 1996 one", "a"),
        ("2004年那部", "b"),
        ("the newer", "b"),
        ("first", "a"),
        ("the last one", "b"),
        ("第一部", "a"),
        ("第2个", "b"),
        ("后者", "b"),
        ("新的那部", "b"),
        ("number 2", "b"),
        ("1", "a"),
        ("Haggis's", "b"),
        ("the cronenberg one", "a"),
        ("I mean the one that Paul Haggis made", "b"),
    ],
)
def test_a_clarification_picks_one(words: str, chosen: str) -> None:
    found = clarified(Understanding("other"), words, ("a", "b"), ITEMS.get)
    assert (found.intent, found.mentions[0].entity, found.mentions[0].attitude) == ("inform", chosen, "like")


@pytest.mark.parametrize("words", ["neither", "1999", "I would rather have a comedy"])
def test_anything_else_is_left_as_it_was(words: str) -> None:
    before = Understanding("other")
    assert clarified(before, words, ("a", "b"), ITEMS.get) is before


def test_the_older_one_is_so_by_its_year_whatever_its_place() -> None:
    found = clarified(Understanding("other"), "the older one", ("b", "a"), ITEMS.get)
    assert found.mentions[0].entity == "a"


PANCAKES = (
    Item("p1", "Pancakes", writers=("Ann Ode", "Will Gray")),
    Item("p2", "Pancakes", writers=("Bea Ode",)),
    Item("p3", "Pancakes", writers=("陈晓",)),
)


@pytest.mark.parametrize(
    ("words", "chosen"),
    [("Ann's", "p1"), ("the one by bea ode", "p2"), ("陈晓那本", "p3"), ("第三本", "p3"), ("2", "p2")],
)
def test_a_maker_or_a_place_picks_one_without_a_year(words: str, chosen: str) -> None:
    found = clarified(Understanding("other"), words, ("p1", "p2", "p3"), {i.id: i for i in PANCAKES}.get)
    assert found.mentions[0].entity == chosen


@pytest.mark.parametrize("words", ["Ode", "I will rather cook something else", "4", "0"])
def test_what_fits_several_or_none_picks_none(words: str) -> None:
    before = Understanding("other")
    assert clarified(before, words, ("p1", "p2", "p3"), {i.id: i for i in PANCAKES}.get) is before


@pytest.mark.parametrize("words", ["Nolan", "2"])
def test_a_name_or_a_number_picks_none_where_no_title_was_asked_about(words: str) -> None:
    before = Understanding("other")
    assert clarified(before, words, ("a", "c"), ITEMS.get) is before
    assert clarified(before, words, (), ITEMS.get) is before


def test_items_are_told_apart_by_what_differs() -> None:
    english, crashes = phrases("en"), (ITEMS["a"], ITEMS["b"])
    assert told_apart(crashes, english) == ["1996", "2004"]
    assert told_apart(PANCAKES, english) == ["Ann Ode and Will Gray", "Bea Ode", "陈晓"]
    assert told_apart([replace(item, year=1996) for item in crashes], english) == ["David Cronenberg", "Paul Haggis"]
    assert told_apart([Item("x", "X"), Item("y", "X")], english) == ["1", "2"]


def test_who_was_named_to_choose_by_is_not_liked_for_it() -> None:
    haggis = Mention("Paul Haggis", "person", "like", "person:Paul Haggis")
    found = clarified(Understanding("inform", (haggis,)), "the Paul Haggis one", ("a", "b"), ITEMS.get)
    assert [mention.entity for mention in found.mentions] == ["b"]
