"""Which shown film is meant by its place."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding import rules

PLACES = {
    "number 2: who directed it?": 2, "#3: how long?": 3, "2: who directed it?": 2,
    "the first one": 1, "the first": 1, "first one": 1, "1st one please": 1, "the 1st": 1, "number 1": 1, "number one": 1, "#1": 1, "no. 1": 1, "option 1": 1, "the second one": 2, "the second": 2, "second one": 2, "2nd": 2,
    "the 2nd one": 2, "number two": 2, "nr 2": 2, "#2": 2, "the third": 3, "third one sounds good": 3, "the 3rd film": 3, "number 3": 3, "the fourth movie": 4, "fifth one": 5, "the sixth": 6, "number seven": 7, "the 8th one": 8,
    "the last one": -1, "the last": -1, "last one": -1, "the latter": -1, "the former": 1, "the final one": -1, "i'll take the second": 2, "who directed the third one?": 3, "what's the first one about": 1, "why the second tho": 2,
    "the second one, who directed it?": 2, "not the first, seen it": 1, "the first or the fourth?": 1, "first or fourth?": 1, "1 or 3?": 1, "1 vs 5, go": 1, "2 and 4 for me": 2, "whats the difference between 2 and 4": 2,
    "torn between 1 and 3": 1, "third, cool. how long is it": 3, "3 looks like the one": 3, "more info on 4": 4, "2": 2, "2 please": 2, "the second please": 2, "your first suggestion": 1, "your last pick": -1, "the first movie": 1,
    "that last one": -1, "is the second newer than the third": 2, "second to last": -2, "the second movie you said": 2, "more like the first": 1, "film 3": 3,
}  # fmt: skip
NOTHING = (
    "it", "that one", "yes", "sounds good", "the first time i saw it", "the last movie i watched", "the second half", "the first movie of the series", "the last two", "the first two", "both", "none of these", "give me 3 more", "one more",
    "last night", "last year", "the third act", "the second world war", "2 hours", "for 3 friends", "5 stars", "the last one i really enjoyed was heat", "the latest ones", "in first place", "two or three comedies", "the first film in the trilogy",
)  # fmt: skip


@pytest.mark.parametrize(("wording", "place"), PLACES.items())
def test_places(wording: str, place: int) -> None:
    assert rules.place(wording, shown=9) == place


@pytest.mark.parametrize("wording", NOTHING)
def test_words_that_name_no_place(wording: str) -> None:
    assert rules.place(wording, shown=9) is None


@pytest.mark.parametrize("wording", PLACES)
def test_nothing_shown_no_place(wording: str) -> None:
    assert rules.place(wording, shown=0) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("First Blood was great", "First Blood"),
        ("i liked The Last Samurai", "The Last Samurai"),
        ("The Third Man", "The Third Man"),
        ("50 first dates", "50 first dates"),
        ("the 6th sense", "the 6th sense"),
    ],
)
def test_ordinals_in_titles_are_no_places(text: str, title: str) -> None:
    start = text.index(title)
    assert rules.place(text, [(start, start + len(title))], shown=5) is None


@settings(deadline=None)
@given(st.text(max_size=120), st.integers(0, 9))
def test_any_text(text: str, shown: int) -> None:
    assert rules.place(text, shown=shown) in (None, -2, -1, *range(1, 21))
