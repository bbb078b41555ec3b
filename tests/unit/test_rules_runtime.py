"""Running times, by the labelling rules."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import rules
from bot.understanding.types import Constraints

DURATIONS = {
    "2 hours": 120, "two hours": 120, "2h": 120, "2 h": 120, "2hrs": 120, "2 hrs": 120, "120 minutes": 120, "120 min": 120, "120 mins": 120, "120min": 120, "120m": 120,
    "a couple of hours": 120, "an hour": 60, "one hour": 60, "1 hour": 60, "an hour and a half": 90, "one and a half hours": 90, "1.5 hours": 90, "1,5 hours": 90, "1.5h": 90, "90 minutes": 90,
    "ninety minutes": 90, "1h30": 90, "1h 30m": 90, "1 hour 30 minutes": 90, "1 hour and 30 minutes": 90, "an hour and 45 minutes": 105, "1h45": 105, "1 hr 45 min": 105, "1:45": 105,
    "two and a half hours": 150, "2 and a half hours": 150, "2.5 hours": 150, "2 1/2 hours": 150, "2½ hours": 150, "three hours": 180, "a hundred minutes": 100, "one hundred minutes": 100,
    "an hour and forty minutes": 100, "an hour forty": 100, "100-minute": 100, "ninety five minutes": 95, "three hours and a half": 210,
    "an hour and three quarters": 105, "an hour and a quarter": 75, "two and a quarter hours": 135, "two hours and a quarter": 135, "one and three quarter hours": 105,
}  # fmt: skip
MOST = (
    "under {}", "less than {}", "shorter than {}", "below {}", "no more than {}", "not more than {}", "at most {}", "max {}", "maximum {}", "up to {}", "within {}", "not longer than {}", "no longer than {}",
    "nothing over {}", "nothing longer than {}", "not over {}", "{} tops", "{} max", "{} or less", "{} at most", "{} or shorter", "i have {}", "i've got {}", "i only have {}", "we have about {}", "something that fits in {}",
    "nothing more than {}", "don't want anything longer than {}", "i can't do more than {}", "i hate films over {}", "keep it under {}", "as long as it's under {}", "preferably less than {}",
)  # fmt: skip
LEAST = (
    "over {}", "more than {}", "longer than {}", "at least {}", "above {}", "minimum {}", "no less than {}", "not shorter than {}", "nothing under {}", "nothing shorter than {}", "{} or more", "{} or longer", "{} at least",
    "{} minimum", "no shorter than {}", "{}+",
)  # fmt: skip
NOTHING = (
    "is it over two hours?", "is that one longer than 3 hours", "it was over three hours", "how long is it? 2 hours?", "i fell asleep after 20 minutes", "turned it off after ten minutes", "we start in an hour",
    "it's three hours long", "the first two hours were great", "2 hours ago", "20 minutes in", "does it last more than 2 hours?", "that's over 2 hours, right", "we have a 14 hour flight", "24 years", "90s",
    "gone with the wind is over 3 hours, too long", "something short", "too long", "remove the 90 minute limit",
)  # fmt: skip


@pytest.mark.parametrize(("wording", "minutes"), DURATIONS.items())
def test_durations_in_minutes(wording: str, minutes: int) -> None:
    assert rules.constraints(f"a thriller under {wording} please").stated() == {"runtime_max": minutes}


@pytest.mark.parametrize(("text", "minutes"), [
    ("a sub-two-hour thriller", 120), ("sub 90 minutes", 90), ("is there anything under 90 minutes?", 90), ("is there anything shorter, like 100 mins max", 100), ("was hoping for under 90 minutes", 90), ("an hour and three quarters", 105),
    ("90 minutes.", 90), ("max 1h45", 105),
])  # fmt: skip
def test_limits_in_other_wordings(text: str, minutes: int) -> None:
    assert rules.constraints(text).stated() == {"runtime_max": minutes}


def test_a_length_in_a_question_about_a_named_film_limits_nothing() -> None:
    assert rules.constraints("was Heat longer than two hours?", [(4, 8)]).stated() == {}


@pytest.mark.parametrize("frame", MOST)
@pytest.mark.parametrize(
    ("wording", "minutes"), [("two hours", 120), ("90 minutes", 90), ("1h45", 105), ("an hour and a half", 90)]
)
def test_upper_limits(frame: str, wording: str, minutes: int) -> None:
    assert rules.constraints(frame.format(wording)).stated() == {"runtime_max": minutes}


@pytest.mark.parametrize("frame", LEAST)
@pytest.mark.parametrize(("wording", "minutes"), [("two hours", 120), ("90 minutes", 90), ("3h", 180)])
def test_lower_limits(frame: str, wording: str, minutes: int) -> None:
    assert rules.constraints(frame.format(wording)).stated() == {"runtime_min": minutes}


@pytest.mark.parametrize(
    "wording",
    [
        "between 80 and 95 min",
        "80-95 minutes",
        "80 to 95 minutes",
        "from 80 to 95 min",
        "at least 80 min, max 95 min",
        "over 80 minutes but under 95 minutes",
    ],
)
def test_both_limits(wording: str) -> None:
    assert rules.constraints(wording).stated() == {"runtime_min": 80, "runtime_max": 95}


@pytest.mark.parametrize("wording", NOTHING)
def test_lengths_that_limit_nothing(wording: str) -> None:
    got = rules.constraints(wording)
    assert (got.runtime_min, got.runtime_max) == (None, None)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("2h", 120), ("an hour and a half", 90), ("90", 90), ("maybe 100 minutes", 100), ("two hours", 120)],
)
def test_the_answer_to_how_long(text: str, minutes: int) -> None:
    assert rules.constraints(text, question="How much time do you have?").stated() == {"runtime_max": minutes}
    assert rules.constraints(text, question="How long should it be?").stated() == {"runtime_max": minutes}


def test_over_two_hours_is_too_long() -> None:
    assert rules.constraints("anything over two hours is too long for me").stated() == {"runtime_max": 120}


def test_a_correction_replaces() -> None:
    assert rules.constraints("under 90 min... ok lets say under 2 hours").stated() == {"runtime_max": 120}


def test_numbers_in_titles_are_no_lengths() -> None:
    assert rules.constraints("under 127 Hours", [(6, 15)]) == Constraints()
    assert rules.constraints("have you seen 48 hrs", [(14, 20)]) == Constraints()


def test_years_and_lengths_together() -> None:
    got = rules.constraints("three korean thrillers from 2010 on, under two hours")
    assert got.stated() == {"count": 3, "year_min": 2010, "runtime_max": 120}


@given(st.integers(31, 400))
def test_any_number_of_minutes(minutes: int) -> None:
    assert rules.constraints(f"shorter than {minutes} minutes").runtime_max == minutes
