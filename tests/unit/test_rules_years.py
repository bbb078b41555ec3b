"""Years and decades, by the labelling rules: hundreds of wordings, one line each."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.understanding import rules
from bot.understanding.types import Constraints

DECADES = {
    "90s": (1990, 1999), "the 90s": (1990, 1999), "90's": (1990, 1999), "'90s": (1990, 1999), "the ’90s": (1990, 1999), "1990s": (1990, 1999),
    "1990's": (1990, 1999), "nineties": (1990, 1999), "the Nineties": (1990, 1999), "80s": (1980, 1989),
    "eighties": (1980, 1989), "the 80's": (1980, 1989), "seventies": (1970, 1979), "70s": (1970, 1979), "sixties": (1960, 1969), "60s": (1960, 1969),
    "fifties": (1950, 1959), "50s": (1950, 1959), "forties": (1940, 1949), "fourties": (1940, 1949), "40s": (1940, 1949), "thirties": (1930, 1939),
    "30s": (1930, 1939), "the 20s": (1920, 1929), "roaring twenties": (1920, 1929), "2000s": (2000, 2009), "00s": (2000, 2009), "noughties": (2000, 2009),
    "2010s": (2010, 2019), "10s": (2010, 2019), "2020s": (2020, 2029), "1920s": (1920, 1929), "80ies": (1980, 1989),
    "early 90s": (1990, 1993), "early nineties": (1990, 1993), "the early 2000s": (2000, 2003), "mid 80s": (1984, 1986), "mid-80s": (1984, 1986),
    "mid seventies": (1974, 1976), "late 80s": (1987, 1989), "late sixties": (1967, 1969), "late '90s": (1997, 1999), "early to mid 90s": (1990, 1996),
    "mid to late 80s": (1984, 1989), "mid-to-late 80s": (1984, 1989), "beginning of the 90s": (1990, 1993), "end of the 70s": (1977, 1979),
    "start of the eighties": (1980, 1983), "middle of the 60s": (1964, 1966), "first half of the 90s": (1990, 1994), "second half of the 90s": (1995, 1999),
    "late 80s or early 90s": (1987, 1993), "late 80s early 90s": (1987, 1993), "late 80s/early 90s": (1987, 1993), "late 70s to mid 80s": (1977, 1986),
    "80s and 90s": (1980, 1999), "80s or 90s": (1980, 1999), "80s/90s": (1980, 1999), "80s, 90s": (1980, 1999), "80s-90s": (1980, 1999), "70s to 90s": (1970, 1999),
    "70s through the 90s": (1970, 1999), "from the 60s to the 80s": (1960, 1989), "between the 60s and the 80s": (1960, 1989), "60s, 70s and 80s": (1960, 1989),
    "40s and 50s": (1940, 1959), "sixties or seventies": (1960, 1979), "70s until the 90s": (1970, 1999),
}  # fmt: skip

YEARS = {
    "movies from 1999": (1999, 1999), "in 1999": (1999, 1999), "a 1999 comedy": (1999, 1999), "best movies of 1999": (1999, 1999), "1999 movies": (1999, 1999),
    "released in 1984": (1984, 1984), "made in 1984": (1984, 1984), "what came out in 2007": (2007, 2007), "films from the year 2000": (2000, 2000), "something from '99": (1999, 1999),
    "after 1999": (2000, None), "newer than 1999": (2000, None), "post 1999": (2000, None), "post-1999": (2000, None), "later than 1999": (2000, None), "more recent than 1999": (2000, None),
    "made after 1999": (2000, None), "newer then 2010": (2011, None), "past 2010": (2011, None), "after '95": (1996, None), "after 95": (1996, None), "younger than 2010": (2011, None),
    "since 1999": (1999, None), "from 1999 on": (1999, None), "from 1999 onwards": (1999, None), "from 1999 onward": (1999, None), "1999 onwards": (1999, None), "1999 or later": (1999, None),
    "1999 or newer": (1999, None), "1999 and up": (1999, None), "1999 and later": (1999, None), "1999+": (1999, None), "starting from 1999": (1999, None), "starting in 1999": (1999, None),
    "not older than 1999": (1999, None), "no older than 1999": (1999, None), "nothing older than 1999": (1999, None), "nothing before 1999": (1999, None), "not before 1999": (1999, None),
    "no earlier than 1999": (1999, None), "nothing made before 1999": (1999, None), "don't show me anything before 1999": (1999, None), "i dont watch anything older than 1999": (1999, None),
    "at least 1999": (1999, None), "1999 at the earliest": (1999, None), "from 1999 to now": (1999, None), "from 1999 to today": (1999, None), "nothing from before 1999": (1999, None),
    "1975, no earlier": (1975, None), "1999 and newer": (1999, None), "since '99": (1999, None),
    "before 1999": (None, 1998), "older than 1999": (None, 1998), "pre-1999": (None, 1998), "pre 1999": (None, 1998), "prior to 1999": (None, 1998), "earlier than 1999": (None, 1998),
    "made before 1999": (None, 1998), "from before 1999": (None, 1998), "older then 1999": (None, 1998),
    "up to 1999": (None, 1999), "until 1999": (None, 1999), "till 1999": (None, 1999), "nothing after 1999": (None, 1999), "not newer than 1999": (None, 1999), "no later than 1999": (None, 1999),
    "1999 or earlier": (None, 1999), "1999 or older": (None, 1999), "1999 and older": (None, 1999), "1999 at the latest": (None, 1999), "nothing newer than 1999": (None, 1999), "not after 1999": (None, 1999),
    "between 1990 and 1999": (1990, 1999), "1990-1999": (1990, 1999), "1990 to 1999": (1990, 1999), "1990–1999": (1990, 1999), "from 1990 to 1999": (1990, 1999), "from 1990 until 1999": (1990, 1999),
    "from 1990 through 1999": (1990, 1999), "1990 till 1999": (1990, 1999), "after 1990 and before 2000": (1991, 1999), "between 1975 and the 90s": (1975, 1999), "newer than 1990 but older than 2000": (1991, 1999),
    "since the 80s": (1980, None), "from the 80s on": (1980, None), "80s onwards": (1980, None), "80s or later": (1980, None), "80s and up": (1980, None), "80s and newer": (1980, None), "after the 80s": (1990, None),
    "newer than the 80s": (1990, None), "post-80s": (1990, None), "before the 80s": (None, 1979), "older than the 80s": (None, 1979), "pre-80s": (None, 1979), "80s or earlier": (None, 1989), "80s or older": (None, 1989),
    "up to the 80s": (None, 1989), "until the eighties": (None, 1989), "nothing after the 80s": (None, 1989), "nothing before the 80s": (1980, None), "not older than the 80s": (1980, None), "from the 60s or before": (None, 1969),
    "two thousand ten or later": (2010, None), "nineteen eighty four or earlier": (None, 1984), "since two thousand": (2000, None), "after nineteen ninety nine": (2000, None),
    "from before i was born, thats 1991": (None, 1990), "from before my birth in 1991": (None, 1990), "i was born in 1987, whats a good film from that year": (1987, 1987),
    "nineteen nineties": (1990, 1999), "10s or 20s": (2010, 2029), "older than me, im from 1984": (None, 1983), "something from the year i was born, 1987": (1987, 1987),
    "from the 80s, no sorry, the 70s": (1970, 1979), "from the 80s... no wait, the 90s": (1990, 1999), "before 1960, i mean after 1960": (1961, None),
    "something from when I was a kid in the 80s": (1980, 1989), "films from my childhood in the nineties": (1990, 1999), "from when we were teens, so late 80s": (1987, 1989),
}  # fmt: skip

NOTHING = (
    "", "something new", "this year", "last year", "the last ten years", "in my 20s", "a woman in her forties", "when he was in his 30s", "i was born in 1985", "watched it in the cinema in 1997",
    "i saw that in the 90s", "grew up in the 80s", "i loved jaws when i was a kid in the 80s", "it came out in 1999", "did it come out in 1999?", "is it from the 90s?", "was it made before 1980?", "is that one older than 1990", "the 1978 one, not the remake",
    "the 90s version", "that one from the 60s", "the original from 1960", "80s music", "with an 80s vibe", "set in the 1920s", "takes place in the 50s", "1984 is on my list", "something like 1917", "2001 put me to sleep",
    "i guess 300 people", "24 hours", "50 times", "nothing from the 80s", "not 2012 though", "no 90s stuff", "90s kid", "it is 2 am", "rated 18", "section 1984.5", "costs $1999", "born in the 80s", "what year is it from",
)  # fmt: skip


def stated(first: int | None, last: int | None) -> dict[str, int]:
    return {name: year for name, year in (("year_min", first), ("year_max", last)) if year is not None}


@pytest.mark.parametrize(("wording", "span"), DECADES.items())
@pytest.mark.parametrize(
    "frame", ["{}", "something from {}, please", "I love {} horror", "any {} films?", "WHAT ABOUT {}"]
)
def test_a_decade_is_read_in_any_sentence(wording: str, span: tuple[int, int], frame: str) -> None:
    assert rules.constraints(frame.format(wording)).stated() == stated(*span)


@pytest.mark.parametrize(("wording", "span"), YEARS.items())
def test_years_bound_on_the_side_that_is_said(wording: str, span: tuple[int | None, int | None]) -> None:
    assert rules.constraints(wording).stated() == stated(*span)


@pytest.mark.parametrize(
    ("wording", "span"),
    [
        (w, s)
        for w, s in YEARS.items()
        if "born" not in w and "birth" not in w and "no " not in w and "than me" not in w
    ],
)
def test_years_bound_among_other_wishes(wording: str, span: tuple[int | None, int | None]) -> None:
    assert rules.constraints(f"a good thriller {wording}").stated() == stated(*span)


@pytest.mark.parametrize("wording", NOTHING)
def test_years_that_limit_nothing(wording: str) -> None:
    got = rules.constraints(wording)
    assert (got.year_min, got.year_max) == (None, None)


@pytest.mark.parametrize(
    "title",
    [
        "2001: A Space Odyssey",
        "Blade Runner 2049",
        "1917",
        "2012",
        "Death Race 2000",
        "1984",
        "Summer of 84",
        "Nineteen Eighty-Four",
        "The Roaring Twenties",
    ],
)
@pytest.mark.parametrize(
    "frame",
    ["loved {}", "something like {}", "{} was great", "after {} i need a comedy", "movies from the people who made {}"],
)
def test_numbers_in_titles_are_not_years(title: str, frame: str) -> None:
    text = frame.format(title)
    start = text.index(title)
    assert rules.constraints(text, [(start, start + len(title))]) == Constraints()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Heat from 1995", "Heat"),
        ("Heat (1995) is great", "Heat"),
        ("Heat, 1995", "Heat"),
        ("the 1998 Godzilla", "Godzilla"),
        ("Psycho, a 60s film", "Psycho"),
        ("Alien is a 70s film", "Alien"),
        ("It from 2017 was awesome", "It"),
    ],
)
def test_a_year_that_only_says_which_film(text: str, title: str) -> None:
    start = text.index(title)
    assert rules.constraints(text, [(start, start + len(title))]) == Constraints()


@pytest.mark.parametrize(("text", "question", "span"), [
    ("1975", "How far back can I go?", (1975, 1975)), ("the 70s", "Any particular era?", (1970, 1979)), ("1985 to 1995", "What year range works for you?", (1985, 1995)),
    ("1999 I guess", "Which year?", (1999, 1999)), ("1984", "What did you watch last?", (None, None)), ("1995", "Which one, that of 1995 or that of 1986?", (None, None)), ("1994.", "How about Heat?", (1994, 1994)), ("1994", "", (1994, 1994)), ("is there something from the 80s?", "", (1980, 1989)), ("the 1920s, flappers", "What time period should it be set in?", (None, None)),
])  # fmt: skip
def test_the_question_settles_a_bare_answer(text: str, question: str, span: tuple[int | None, int | None]) -> None:
    assert rules.constraints(text, question=question).stated() == stated(*span)


@settings(deadline=None)
@given(st.integers(1900, 2029), st.integers(1900, 2029))
def test_between_any_two_years(a: int, b: int) -> None:
    assume(a != b)
    first, last = min(a, b), max(a, b)
    assert rules.constraints(f"between {first} and {last}").stated() == stated(first, last)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_ordered_limits(text: str) -> None:
    got = rules.constraints(text)
    assert got.year_min is None or got.year_max is None or got.year_min <= got.year_max
    assert got.runtime_min is None or got.runtime_max is None or got.runtime_min <= got.runtime_max
