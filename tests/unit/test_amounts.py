"""Limits on numbers of the catalogue's own, as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.limits import narrowed, without_limits
from bot.own import asked_of, limit_in_words, limits_said
from bot.phrases import Phrases
from bot.understanding import amounts
from kg.domain import Facet, domain_of, measure_of, role_of
from kg.items import Amount, Item
from retrieval.wish import AmountLimit, Limits

GOODS = domain_of("board game").with_own(
    roles=(role_of("designer"),),
    facets=(Facet.of("mechanic"),),
    measures=tuple(measure_of(name, "$") for name in ("pages", "price", "players", "weight", "age")),
    timed=False,
)


@pytest.mark.parametrize(
    ("text", "name", "kept", "left"),
    [
        ("a novel under 400 pages", "pages", 399, 400),
        ("no more than three hundred pages", "pages", 300, 301),
        ("at least 200 pages please", "pages", 200, 199),
        ("between 200 and 300 pages", "pages", 250, 301),
        ("about 300 pages", "pages", 350, 400),
        ("under 1,200 pages", "pages", 1199, 1200),
        ("pages under 300", "pages", 299, 300),
        ("不到300页的小说", "pages", 299, 300),
        ("something cheaper than 20", "price", 19.99, 20),
        ("less than 20 dollars", "price", 19.99, 20),
        ("20 euros or less", "price", 20, 20.01),
        ("$10-15", "price", 12, 16),
        ("20元以下", "price", 20, 21),
        ("for 4 players", "players", 4, 5),
        ("a game for two that is not too long", "players", 2, 3),
        ("4-player games", "players", 4, 3),
        ("适合4个人玩的", "players", 4, 2),
        ("complexity under 2", "weight", 1.9, 2),
        ("for a 6 year old", "age", 6, 8),
    ],
)
def test_a_limit_is_read(text: str, name: str, kept: float, left: float) -> None:
    (limit,) = amounts.read(text, GOODS).limits
    assert limit.name == name
    assert limit.keeps(kept, kept)
    assert not limit.keeps(left, left)


@pytest.mark.parametrize(
    "text",
    [
        "is it under 300 pages?",
        "how many pages",
        "12 Angry Men",
        "The Four Hundred Blows",
        "top 5 please",
        "from 1990 on",
        "it has 300 pages",
        "in the last 2 years",
    ],
)
def test_what_limits_nothing_is_left_alone(text: str) -> None:
    assert not amounts.read(text, GOODS)


@given(st.text(max_size=60))
def test_the_rest_of_the_words_keep_their_places(text: str) -> None:
    said = amounts.read(text, GOODS)
    rest = amounts.without(text, said)
    assert len(rest) == len(text)
    assert all(a in (b, " ") for a, b in zip(rest, text, strict=True))


def test_two_limits_at_once() -> None:
    said = amounts.read("for two players, under 30 bucks", GOODS)
    assert {limit.name for limit in said.limits} == {"players", "price"}
    assert amounts.without("for two players, under 30 bucks", said).strip(" ,") == ""


def test_cheaper_is_below_the_middle_of_what_was_shown() -> None:
    shown = [Item(str(n), str(n), amounts=(Amount("price", n, n, f"${n}"),)) for n in (5, 10, 30)]
    (limit,) = limits_said("something cheaper", GOODS, shown)
    assert limit.keeps(9.99, 9.99) and not limit.keeps(10, 10) and limit.moved
    assert limits_said("something cheaper", GOODS, []) == ()


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("how many pages does it have?", "HAS_PAGES"),
        ("how much is it", "HAS_PRICE"),
        ("who designed the first one?", "DESIGNED_BY"),
        ("what mechanics does it use?", "HAS_MECHANIC"),
        ("多少页？", "HAS_PAGES"),
        ("what is it about?", None),
        ("something with fewer pages", None),
    ],
)
def test_a_question_for_what_is_its_own(text: str, relation: str | None) -> None:
    assert asked_of(text, GOODS) == relation


@pytest.mark.parametrize(
    ("limit", "en", "zh"),
    [
        (AmountLimit.below("pages", 400), "under 400 pages", "不到400页"),
        (AmountLimit("price", most=20), "at most $20", "最多$20"),
        (AmountLimit("players", 4, 4), "4 players", "4人"),
        (AmountLimit("pages", 200, 300), "200 pages to 300 pages", "200页到300页"),
        (AmountLimit("age", most=6), "from age 6", "6岁起"),
    ],
)
def test_a_limit_in_words(limit: AmountLimit, en: str, zh: str) -> None:
    assert limit_in_words(limit, GOODS, Phrases("en", GOODS)) == en
    assert limit_in_words(limit, GOODS, Phrases("zh", GOODS)) == zh


def test_a_new_end_keeps_the_other_one_unless_they_contradict() -> None:
    old = Limits(amounts=(AmountLimit("pages", most=300), AmountLimit("price", most=20)))
    assert narrowed(old, Limits(amounts=(AmountLimit("pages", least=200),))).amounts == (
        AmountLimit("price", most=20),
        AmountLimit("pages", 200, 300),
    )
    assert narrowed(old, Limits(amounts=(AmountLimit("pages", least=500),))).amounts[-1] == AmountLimit("pages", 500)
    assert narrowed(old, Limits(amounts=(AmountLimit("pages"),))).amounts == (AmountLimit("price", most=20),)
    assert without_limits(old, ("amount:price",)).amounts == (AmountLimit("pages", most=300),)
    assert without_limits(old, ("amounts",)).amounts == ()
