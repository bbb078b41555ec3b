"""The suite that every database passes: an SQLite file, and a PostgreSQL server of its own."""

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest

from bot.store import MovedOnError, Store, TurnRecord
from bot.taste import (
    Accepted,
    Forgot,
    Lifted,
    Limited,
    Offered,
    Preference,
    Preferred,
    Refused,
    Restarted,
    Shown,
    TasteEvent,
    Undone,
)
from kg.errors import SettingsError, StoreError
from retrieval.wish import AmountLimit, Limits
from tests.postgres.server import PostgresServer

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
    Offered(7, Limits(amounts=(AmountLimit("pages", most=330),)), ("year_min",), ("genre:Horror",)),
]


HELLO = TurnRecord(1, "hi", "hello", "chat", ("a",))


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = Store(database)
    yield opened
    opened.close()


def test_every_kind_of_event_comes_back_as_it_was(store: Store) -> None:
    store.begin("t1", "ann")
    store.append("t1", "ann", EVENTS, [HELLO])
    assert [logged.event for logged in store.events("ann")] == EVENTS
    assert store.turns("t1") == [HELLO]


def test_users_do_not_meet(store: Store) -> None:
    store.begin("t1", "ann")
    store.append("t1", "ann", EVENTS)
    assert store.events("bob") == []
    with pytest.raises(StoreError, match="another user"):
        store.begin("t1", "bob")


def test_forgetting_a_user_leaves_nothing_of_them_and_all_of_others(store: Store) -> None:
    for user in ("ann", "bob"):
        store.begin(f"of-{user}", user)
        store.append(f"of-{user}", user, EVENTS, [HELLO])
    store.forget("ann")
    assert store.events("ann") == [] and store.turns("of-ann") == [] and store.talks("ann") == []
    assert store.events("bob") and store.turns("of-bob") and store.talks("bob") == ["of-bob"]


def test_a_turn_that_is_refused_keeps_none_of_its_parts(store: Store) -> None:
    store.begin("t1", "ann")
    store.append("t1", "ann", [], [HELLO])
    with pytest.raises(StoreError):
        store.append("t1", "ann", EVENTS, [HELLO])
    assert store.events("ann") == []


@pytest.mark.parametrize("text", ["nul \0 inside", "half \ud83d a pair", "七武士 😱", "' OR 1=1 --", ""])
def test_any_text_is_kept(store: Store, text: str) -> None:
    store.begin("t1", "ann")
    liked = Preferred(1, Preference(text, "genre", "like", None, text, 1))
    store.append("t1", "ann", [liked], [TurnRecord(1, text, text, "chat")])
    kept = text.replace("\0", "�").replace("\ud83d", "�")
    assert store.turns("t1")[0].utterance == kept
    assert [logged.event for logged in store.events("ann")] == [liked]


def test_a_name_that_is_too_long_is_refused_everywhere(store: Store) -> None:
    store.begin("t" * 64, "u" * 200)
    with pytest.raises(StoreError, match="200"):
        store.begin("t1", "u" * 201)


def test_a_write_after_another_ones_is_refused_and_keeps_nothing(store: Store) -> None:
    store.begin("t1", "ann")
    read = store.mark("t1", "ann")
    mine = store.append("t1", "ann", [], [HELLO], after=read)
    with pytest.raises(MovedOnError):
        store.append("t1", "ann", EVENTS, [TurnRecord(2, "me too", "hello", "chat")], after=read)
    assert store.mark("t1", "ann") == mine and store.turns("t1") == [HELLO] and store.events("ann") == []
    assert store.append("t1", "ann", EVENTS, after=mine) == store.mark("t1", "ann")


def test_a_mark_changes_with_any_of_the_users_talks_and_with_nobody_elses(store: Store) -> None:
    for talk, user in (("t1", "ann"), ("t2", "ann"), ("t3", "bob")):
        store.begin(talk, user)
    before = store.mark("t1", "ann")
    store.append("t3", "bob", EVENTS)
    assert store.mark("t1", "ann") == before
    store.append("t2", "ann", EVENTS[:1])
    assert store.mark("t1", "ann") != before


def test_a_talk_that_was_forgotten_cannot_be_written_by_who_still_remembers_it(store: Store) -> None:
    store.begin("t1", "ann")
    read = store.mark("t1", "ann")
    store.forget("ann")
    store.begin("t1", "ann")
    with pytest.raises(MovedOnError):
        store.append("t1", "ann", EVENTS, after=read)


def test_of_many_that_write_a_talk_at_once_each_turn_is_kept_once(database: str) -> None:
    stores = [Store(database) for _ in range(4)]
    ready = Barrier(len(stores))
    each = 5

    def talk(store: Store) -> None:
        ready.wait()
        store.begin("t1", "ann")  # all at the same moment
        for _ in range(each):
            while True:
                read = store.mark("t1", "ann")
                number = len(store.turns("t1")) + 1
                try:
                    store.append("t1", "ann", EVENTS[:1], [TurnRecord(number, "hi", "hello", "chat")], after=read)
                    break
                except MovedOnError:
                    continue

    threads = [Thread(target=talk, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [turn.number for turn in stores[0].turns("t1")] == list(range(1, len(stores) * each + 1))
    assert len(stores[0].events("ann")) == len(stores) * each
    for store in stores:
        store.close()


def test_a_history_leads_to_its_talk_once(store: Store) -> None:
    store.put_bookmark("digest", "old", "ann")
    store.put_bookmark("digest", "t1", "ann")
    assert store.take_bookmark("digest") == "t1"
    assert store.take_bookmark("digest") is None
    store.put_bookmark("digest", "t1", "ann")
    store.forget("ann")
    assert store.take_bookmark("digest") is None


def test_a_server_that_went_away_and_came_back(postgres: PostgresServer) -> None:
    store = Store(postgres.fresh())
    store.begin("t1", "ann")
    postgres.kill()
    try:
        with pytest.raises(StoreError, match="DATABASE_URL") as refused:
            store.append("t1", "ann", EVENTS)
        assert "only-for-tests" not in str(refused.value)
    finally:
        postgres.start()
    store.append("t1", "ann", EVENTS)
    assert len(store.events("ann")) == len(EVENTS)
    store.close()


@pytest.mark.parametrize("url", ["nonsense", "postgresql://host:port/x", "oracle9://a:hidden@b/c", "http://x"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL") as refused:
        Store(url)
    assert "hidden" not in str(refused.value)


def test_a_server_that_is_away_is_said_in_a_sentence() -> None:
    with pytest.raises(StoreError, match="DATABASE_URL"):
        Store("postgres://ann:hidden@127.0.0.1:9/talks")


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="TASTEMAKER_HOME"):
        Store(f"sqlite:///{tmp_path / 'file' / 'x' / 'talks.sqlite3'}")
