"""Simulated users: no title leaks, they say only what they know, and the same seed is the same person."""

import re
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.taste import Asked
from evaluation.simulated_users import HABITS, KINDS, Hidden, Kind, Matter, User, correction, hidden, leaks, said_of
from kg.items import Axes, Item

FILM = Item(
    id="tt1",
    title="The Western Heist",
    year=1994,
    genres=("Western", "Comedy"),
    directors=("Ann Heist",),
    cast=("Bo Star", "Cy Extra"),
    runtime=95,
    languages=("English",),
    moods=("funny",),
    themes=("bank heist", "friendship"),
    axes=Axes(4.5, 0, 3, 0, 0, 4, 1),
)
FAME = {"Bo Star": 20, "Cy Extra": 1, "Ann Heist": 9}
WRONG: Mapping[Matter, Sequence[str]] = {"genre": ("Western", "Comedy", "Horror"), "decade": ("1970s", "1990s")}
TARGET = hidden(FILM, FAME)


def talk(kind: Kind, seed: int, target: Hidden = TARGET) -> list[str]:
    user = User(kind, target, seed, WRONG)
    asked = [Asked(1, "mood", ("tense", "funny")), None, Asked(3, "decade", ("1990s",)), None, None]
    return [user.opens().words, *(user.goes_on(question).words for question in asked)]


def test_what_is_hidden_is_known_by_attributes_only() -> None:
    assert TARGET.values == {
        "genre": ("Comedy",),
        "mood": ("funny",),
        "theme": ("friendship",),
        "decade": ("1990s",),
        "tone": ("lighter",),
        "language": ("English",),
        "length": ("short",),
        "person": ("Bo Star", "Cy Extra"),
    }


@given(st.integers(0, 10_000), st.sampled_from(KINDS))
def test_no_word_of_the_title_is_said(seed: int, kind: Kind) -> None:
    for words in talk(kind, seed):
        # a contradictory user may name a wrong genre, which happens to be the title's word
        assert kind == "contradictory" or not leaks(words, FILM.title), words
        assert FILM.title.lower() not in words.lower()


@given(st.integers(0, 10_000), st.sampled_from(KINDS))
def test_the_same_seed_is_the_same_person(seed: int, kind: Kind) -> None:
    assert talk(kind, seed) == talk(kind, seed)


def test_who_does_not_err_says_only_what_is_true() -> None:
    true = {f"{k}:{v}" for k in ("genre", "mood", "theme", "language", "person") for v in TARGET.values[k]}
    for seed in range(200):
        user = User("cooperative", TARGET, seed, WRONG)
        for said in (user.opens(), user.goes_on(Asked(1, "genre", ("Horror", "Comedy"))), user.goes_on(None)):
            assert {m.entity for m in said.meaning.mentions} <= true
            years = said.meaning.constraints
            assert years.year_min in (None, 1990) and years.year_max in (None, 1999)


def test_a_terse_user_adds_nothing_unasked() -> None:
    for seed in range(100):
        user = User("terse", TARGET, seed, WRONG)
        user.opens()
        assert user.goes_on(None).meaning.intents == ("reject", "recommend")


def test_a_terse_user_picks_among_the_options_only() -> None:
    for seed in range(100):
        user = User("terse", TARGET, seed, WRONG)
        user.opens()
        assert user.goes_on(Asked(1, "person", ("Someone Else",))).words == "no preference"


def test_a_contradictory_user_errs_and_takes_it_back() -> None:
    said = [words for seed in range(300) for words in talk("contradictory", seed)]
    assert any(re.search("horror|1970s", words) for words in said)
    assert any(words.startswith("No, I was wrong") for words in said)
    assert not any(words.startswith("No, I was wrong") for seed in range(300) for words in talk("cooperative", seed))


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_never_keeps_a_user_from_what_they_would_have_said(kind: Kind) -> None:
    """Who does not answer behaves as without the question."""
    unknown = Asked(1, "person", ("Nobody",))
    for seed in range(100):
        target = Hidden("x", {"genre": ("Comedy",), "decade": ("1990s",)})
        asked, unasked = User(kind, target, seed, {}), User(kind, target, seed, {})
        assert asked.opens() == unasked.opens()
        with_question, without = asked.goes_on(unknown), unasked.goes_on(None)
        assert bool(with_question.meaning.mentions) == bool(without.meaning.mentions)


def test_meanings_are_those_of_the_words() -> None:
    said = said_of("decade", "1990s", "reject")
    assert "1990s" in said.words and said.meaning.constraints.year_min == 1990
    assert said.meaning.intents == ("inform", "reject")
    taken_back = correction("genre", "Horror", "Comedy")
    assert [(m.attitude, m.entity) for m in taken_back.meaning.mentions] == [
        ("avoid", "genre:Horror"),
        ("want", "genre:Comedy"),
    ]


def test_every_kind_has_its_habit() -> None:
    assert set(HABITS) == set(KINDS)
    assert HABITS["impatient"].patience < HABITS["cooperative"].patience
