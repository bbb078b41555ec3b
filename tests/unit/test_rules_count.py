"""How many suggestions are wanted."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding import rules

COUNTS = {
    "give me four": 4, "give me 3 movies": 3, "one more": 1, "two more please": 2, "3 more": 3, "just one film": 1, "only one": 1, "just one": 1, "recommend 5 films": 5, "suggest three comedies": 3,
    "top 5 heist movies": 5, "list 10 bollywood movies": 10, "a couple of sci-fi movies": 2, "a couple of suggestions": 2, "couple more": 2, "two or three comedies please": 3, "3-5 suggestions": 5,
    "2 to 4 films": 4, "half a dozen westerns": 6, "a dozen films": 12, "three korean thrillers": 3, "5 disney movies from the 90s": 5, "two 80s slashers": 2, "i need two movies for tonight": 2, "another two": 2,
    "show me six options": 6, "name three good dramas": 3, "gimme 2 horror movies": 2, "can i get four recommendations": 4, "one comedy please": 1, "one romance for me": 1, "yes 3 more please": 3, "looking for 3 films": 3,
    "give me two.. nah three heist films": 3, "4 ideas": 4, "two picks please": 2, "make it three": 3, "i'd like 2 suggestions": 2, "send me 7 titles": 7, "a pair of westerns": 2, "give me two others": 2,
}  # fmt: skip
NOTHING = (
    "a film", "another", "another one", "some films", "a few more", "recommend one", "which one", "that one", "the first one", "one of those", "in 3 sentences", "a 5 star drama", "movie for 3 friends", "we are 2 people",
    "my 8 year old", "the two movies you said", "i've seen two of those", "both", "season 2", "part 3", "i liked the first two", "after 20 minutes", "one day i will see it", "no one likes it", "four of us, one hates sci-fi",
    "i watched it 50 times", "2 hours", "the last two", "all three movies were great", "ive got 5 kids aged 3 to 12", "the other one", "any one", "it has one scene", "number 2", "a couple of hours", "a couple of years ago",
)  # fmt: skip


@pytest.mark.parametrize(("wording", "count"), COUNTS.items())
def test_counts(wording: str, count: int) -> None:
    assert rules.constraints(wording).count == count


@pytest.mark.parametrize("wording", NOTHING)
def test_numbers_that_count_no_suggestions(wording: str) -> None:
    assert rules.constraints(wording).count is None


@pytest.mark.parametrize(("text", "count"), [("three", 3), ("top five pls", 5), ("2 or 3", 3), ("just one", 1)])
def test_the_answer_to_how_many(text: str, count: int) -> None:
    assert rules.constraints(text, question="Plenty! How many would you like?").count == count


@pytest.mark.parametrize(
    "title",
    ["12 Angry Men", "Two Brothers", "3 Idiots", "Seven Samurai", "The 400 Blows", "10 Things I Hate About You"],
)
def test_numbers_in_titles_count_nothing(title: str) -> None:
    text = f"give me {title}"
    assert rules.constraints(text, [(8, len(text))]).count is None


@settings(deadline=None)
@given(st.integers(1, 20))
def test_any_small_number_of_films(number: int) -> None:
    assert rules.constraints(f"give me {number} films").count == number
