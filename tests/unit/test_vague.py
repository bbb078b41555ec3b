"""Words of years and length without a number."""

import pytest

from bot.understanding.types import Attitude, Mention, Understanding
from bot.vague import is_vague, tells_where, vague_limits
from retrieval.wish import Limits


def said(*words: tuple[str, Attitude], entity: str | None = None) -> Understanding:
    mentions = tuple(Mention(text, "keyword", attitude, entity, start) for start, (text, attitude) in enumerate(words))
    return Understanding("recommend", mentions, intents=("recommend",))


@pytest.mark.parametrize(
    ("word", "attitude", "limits"),
    [
        ("recent", "want", Limits(year_min=2012)),
        ("too old", "avoid", Limits(year_min=1990)),
        ("old", "want", Limits(year_max=1979)),
        ("long", "avoid", Limits(runtime_max=120)),
        ("short", "want", Limits(runtime_max=100)),
        ("cosy", "want", None),
        ("old", "like", None),
    ],
)
def test_what_they_come_to(word: str, attitude: Attitude, limits: Limits | None) -> None:
    assert vague_limits(said((word, attitude))) == limits
    assert is_vague(said((word, attitude)).mentions[0]) is (limits is not None)


def test_several_come_together_and_what_the_catalogue_has_is_not_vague() -> None:
    assert vague_limits(said(("recent", "want"), ("long", "avoid"))) == Limits(year_min=2012, runtime_max=120)
    assert vague_limits(said(("old", "want"), entity="theme:old age")) is None


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        ("Netflix", True),
        ("disney+", True),
        ("streaming", True),
        ("影院", True),
        ("disney", False),
        ("stream of time", False),
    ],
)
def test_where_something_is_shown(words: str, tells: bool) -> None:
    assert tells_where(Mention(words, "keyword", "want", None, 0)) is tells
