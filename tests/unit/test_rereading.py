"""What an utterance means in its talk: indifference, children, people together, pointing."""

import pytest

from bot.acts.measures import axis_asked
from bot.acts.suitability import age_of, verdict_of
from bot.rereading import asks_of_them, is_suitability, is_together, of_them, pointed, reread
from bot.understanding.types import Intent, Mention, Understanding
from kg.items import Axes, Item

DE_NIRO = Mention("De Niro", "person", "want", "person:Robert De Niro", 5)
PACINO = Mention("Pacino", "person", "want", "person:Al Pacino", 17)


def test_not_to_mind_is_not_to_like() -> None:
    words = "I don't mind horror"
    heard = reread(
        Understanding("inform", (Mention("horror", "genre", "like", "genre:Horror", 13),)), words, shown=True
    )
    assert heard.mentions[0].attitude == "about"
    words = "I don't mind horror, I love westerns"
    mentions = (
        Mention("horror", "genre", "like", "genre:Horror", 13),
        Mention("westerns", "genre", "like", "genre:Western", 28),
    )
    assert [m.attitude for m in reread(Understanding("inform", mentions), words, shown=True).mentions] == [
        "about",
        "like",
    ]


@pytest.mark.parametrize(
    "words", ["have De Niro and Pacino worked together?", "any film De Niro and Pacino made together?"]
)
def test_people_together_is_a_question_and_no_wish(words: str) -> None:
    heard = reread(Understanding("recommend", (DE_NIRO, PACINO), intents=("recommend",)), words, shown=False)
    assert heard.intent == "ask" and {m.attitude for m in heard.mentions} == {"about"}
    assert not is_together(Understanding("ask", (DE_NIRO,)), words)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("ok for a five year old?", True),
        ("is it suitable for kids?", True),
        ("is the third one for kids?", True),
        ("is there a film for kids?", False),
        ("can my 8-year-old watch it?", True),
        ("is that too scary for my daughter?", True),
        ("适合小朋友吗？", True),
        ("something suitable for kids", False),
        ("I want a film for my 6 year old", False),
        ("is it good?", False),
    ],
)
def test_children(words: str, asked: bool) -> None:
    assert is_suitability(Understanding("ask"), words, shown=True) is asked


def test_with_nothing_shown_children_are_no_question() -> None:
    assert not is_suitability(Understanding("recommend"), "good for a five year old", shown=False)


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("a five year old", 5),
        ("my 12-year-old", 12),
        ("teenagers", 14),
        ("a toddler", 5),
        ("kids", 8),
        ("8岁", 8),
        ("my 100 year old grandma", 100),
        ("100岁", 100),
        ("a 5000-year-old mummy", 120),
        ("a 5² year old", 8),
    ],
)
def test_ages(words: str, age: int) -> None:
    assert age_of(words) == age


def tame(violence: float, scary: float, *genres: str, estimated: bool = False) -> Item:
    axes = Axes(tone=3, violence=violence, pace=3, scary=scary, romance=0, humour=0, demands=2, estimated=estimated)
    return Item("x", "X", genres=genres, axes=axes)


def test_verdicts_are_no_surer_than_the_measures() -> None:
    assert verdict_of(tame(0, 0, "Family"), 5) == "yes"
    assert verdict_of(tame(2, 0, "Action"), 5) == "no"
    assert verdict_of(tame(2, 0, "Action"), 14) == "yes"
    assert verdict_of(tame(4, 4, "Horror", estimated=True), 100) == "yes"
    assert verdict_of(tame(0, 0, "Horror"), 8) == "no"
    assert verdict_of(tame(0.2, 0, "Family", estimated=True), 5) == "perhaps"
    assert verdict_of(tame(0.8, 0, "Family", estimated=True), 5) == "perhaps"
    assert verdict_of(tame(3, 0, "Action", estimated=True), 5) == "no"


@pytest.mark.parametrize(
    ("words", "intent", "meant", "expected"),
    [
        ("the other two", "inform", ("a", "b"), "compare"),
        ("what about that De Niro one?", "accept", ("a",), "ask"),
        ("that De Niro one", "accept", ("a",), "accept"),
        ("both", "inform", ("a", "b"), "accept"),
        ("the other one", "inform", ("a",), "ask"),
        ("the other two are boring", "reject", ("a", "b"), "reject"),
        ("more like that De Niro one", "critique", ("a",), "critique"),
        ("the other two", "inform", (), "inform"),
    ],
)
def test_pointing(words: str, intent: Intent, meant: tuple[str, ...], expected: str) -> None:
    understanding = Understanding(intent, (DE_NIRO,), intents=(intent,))
    heard = pointed(understanding, words, meant)
    assert heard.intent == expected
    if heard is not understanding:
        assert {m.attitude for m in heard.mentions} == {"about"}


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("what else is he in?", True),
        ("any other films with her?", True),
        ("what did he direct?", True),
        ("what else is there?", False),
        ("which one did they mean", False),
    ],
)
def test_somebody_not_named(words: str, asked: bool) -> None:
    assert asks_of_them(Understanding("ask"), words) is asked
    assert not asks_of_them(Understanding("ask", (DE_NIRO,)), words)


def test_he_is_who_was_spoken_of() -> None:
    asked = Understanding("ask", attribute="cast", reference=0)
    heard = of_them(asked, ["person:Guy Pearce", "person:Carrie-Anne Moss"])
    assert [m.entity for m in heard.mentions] == ["person:Guy Pearce"] and heard.reference is None
    assert of_them(Understanding("ask"), []) == Understanding("ask")


@pytest.mark.parametrize(
    ("words", "axis"),
    [
        ("is it scary?", "scary"),
        ("is it very violent", "violence"),
        ("is it funny?", "humour"),
        ("is it a romantic comedy?", None),
        ("who made it?", None),
    ],
)
def test_questions_for_an_axis(words: str, axis: str | None) -> None:
    assert axis_asked(words) == axis


def test_what_was_meant_is_asked_for() -> None:
    refused = Mention("Pacino", "person", "avoid", "person:Al Pacino", 15)
    heard = reread(Understanding("reject", (refused,), intents=("reject",)), "no I meant just Pacino", shown=True)
    assert (heard.intent, heard.mentions[0].attitude) == ("recommend", "want")
    horror = Mention("horror", "genre", "avoid", "genre:Horror", 10)
    heard = reread(Understanding("reject", (horror,), intents=("reject",)), "I said no horror", shown=True)
    assert (heard.intent, heard.mentions[0].attitude) == ("reject", "avoid")


def test_a_film_that_is_judged_is_not_taken() -> None:
    film = Mention("Scarface", "item", "like", "tt0086250", 9)
    assert (
        reread(Understanding("accept", (film,), intents=("accept",)), "I'd give Scarface 5 stars", shown=True).intent
        == "inform"
    )
    taken = Mention("Scarface", "item", "want", "tt0086250", 0)
    assert (
        reread(Understanding("accept", (taken,), intents=("accept",)), "Scarface it is", shown=True).intent == "accept"
    )
