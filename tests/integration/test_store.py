"""What is kept of talks: round trips, other users, refusals of the database."""

from pathlib import Path

import pytest

from bot.store import Store, TurnRecord
from bot.taste import (
    Accepted,
    Forgot,
    Lifted,
    Limited,
    Preference,
    Preferred,
    Refused,
    Restarted,
    Shown,
    TasteEvent,
    Undone,
)
from kg.errors import StoreError
from retrieval.wish import Limits

EVENTS: list[TasteEvent] = [
    Preferred(1, Preference("horror", "genre", "like", "genre:Horror", "I like horror 😱", 1, either=3)),
    Limited(1, "u", Limits(1990, None, None, 120)),
    Lifted(2, ("year_min",)),
    Shown(2, ("a", "b")),
    Refused(3, ("a",)),
    Accepted(3, ("b",)),
    Restarted(4, ("genre",), ("b",)),
    Forgot(5, ()),
    Undone(6, 5),
]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'deep' / 'talks.sqlite3'}")


def test_every_kind_of_event_comes_back_as_it_was(store: Store) -> None:
    store.begin("t1", "ann")
    store.append("t1", "ann", EVENTS, [TurnRecord(1, "hi", "hello", "chat", ("a",))])
    assert [logged.event for logged in store.events("ann")] == EVENTS
    assert store.turns("t1") == [TurnRecord(1, "hi", "hello", "chat", ("a",))]


def test_users_do_not_meet(store: Store) -> None:
    store.begin("t1", "ann")
    store.append("t1", "ann", EVENTS)
    assert store.events("bob") == []
    with pytest.raises(StoreError, match="another user"):
        store.begin("t1", "bob")


def test_forgetting_a_user_leaves_nothing_of_them_and_all_of_others(store: Store) -> None:
    for user in ("ann", "bob"):
        store.begin(f"of-{user}", user)
        store.append(f"of-{user}", user, EVENTS, [TurnRecord(1, "hi", "hello", "chat")])
    store.forget("ann")
    assert store.events("ann") == [] and store.turns("of-ann") == [] and store.talks("ann") == []
    assert store.events("bob") and store.turns("of-bob") and store.talks("bob") == ["of-bob"]


def test_a_turn_that_is_refused_keeps_none_of_its_parts(store: Store) -> None:
    store.begin("t1", "ann")
    turn = TurnRecord(1, "hi", "hello", "chat")
    store.append("t1", "ann", [], [turn])
    with pytest.raises(StoreError):
        store.append("t1", "ann", EVENTS, [turn])
    assert store.events("ann") == []


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="TASTEMAKER_HOME"):
        Store(f"sqlite:///{tmp_path / 'file' / 'x' / 'talks.sqlite3'}")
