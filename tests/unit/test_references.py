"""Which shown items an utterance means."""

import pytest

from bot.clarifying import clarified
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
    ("words", "chosen"), [("2004", "b"), ("the 1996 one", "a"), ("the newer", "b"), ("first", "a")]
)
def test_a_clarification_picks_one(words: str, chosen: str) -> None:
    found = clarified(Understanding("other"), words, ("a", "b"), ITEMS.get)
    assert (found.intent, found.mentions[0].entity, found.mentions[0].attitude) == ("inform", chosen, "like")


@pytest.mark.parametrize("words", ["neither", "1999", "I would rather have a comedy"])
def test_anything_else_is_left_as_it_was(words: str) -> None:
    before = Understanding("other")
    assert clarified(before, words, ("a", "b"), ITEMS.get) is before
