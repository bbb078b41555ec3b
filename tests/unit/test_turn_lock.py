"""Turns wait for each other, but nobody waits for a stream that is theirs to read on."""

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest

from bot import Conversation, Recommender, TastemakerError
from bot.parts import Parts
from bot.replies import Done
from bot.store import Store
from bot.understanding.merge import Understander
from kg.linking import Linker
from retrieval.encoder import HashEncoder
from retrieval.ranking import Retriever
from retrieval.scorer import PlainScorer
from tests.retrieval_films import films, index_of

LONGEST = 60  # seconds, where a test would otherwise hang


@pytest.fixture(scope="module")
def recommender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recommender]:
    index = index_of(films())
    retriever = Retriever.open(index, HashEncoder(), PlainScorer())
    understander = Understander(Linker(list(index.catalogue)))
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('talks') / 'talks.sqlite3'}")
    with Recommender(Parts(index.catalogue, index.graph, retriever, understander), store) as opened:
        yield opened


@pytest.fixture
def chat(recommender: Recommender, request: pytest.FixtureRequest) -> Conversation:
    return recommender.conversation(user=request.node.name[:50])


def in_time(work: Callable[[], None]) -> None:
    """Does the work in a thread, which may hang; what it raises there is shown and fails here."""
    done: list[bool] = []

    def run() -> None:
        work()
        done.append(True)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(LONGEST)
    assert not thread.is_alive(), "it waits for itself"
    assert done


@pytest.mark.parametrize(
    "call",
    [
        lambda chat: chat.undo(),
        lambda chat: chat.say("hello"),
        lambda chat: chat.forget(),
        lambda chat: next(chat.stream("hello")),
    ],
)
def test_a_call_inside_its_own_stream_is_refused(chat: Conversation, call: Callable[[Conversation], object]) -> None:
    def work() -> None:
        stream = chat.stream("I hate horror")
        next(stream)
        with pytest.raises(TastemakerError, match="close it"):
            call(chat)
        assert isinstance(list(stream)[-1], Done)
        call(chat)

    in_time(work)


def test_a_stream_that_was_closed_is_in_nobodys_way(chat: Conversation) -> None:
    def work() -> None:
        stream = chat.stream("I hate horror")
        next(stream)
        stream.close()
        assert chat.say("hello").turn == 1

    in_time(work)


def test_another_thread_waits_for_a_stream(chat: Conversation) -> None:
    turns: list[int] = []
    stream = chat.stream("I hate horror")
    next(stream)
    other = threading.Thread(target=lambda: turns.append(chat.say("hello").turn))
    other.start()
    other.join(3)  # longer than one's own stream is waited for
    assert other.is_alive() and not turns
    list(stream)
    other.join(LONGEST)
    assert turns == [2]


async def test_a_call_inside_its_own_asynchronous_stream_is_refused(chat: Conversation) -> None:
    async with asyncio.timeout(LONGEST):
        events = chat.astream("I hate horror")
        await anext(events)
        with pytest.raises(TastemakerError, match="close it"):
            await chat.asay("hello")
        assert [event async for event in events]
        assert (await chat.asay("hello")).turn == 2


async def test_a_stream_that_is_dropped_half_way_is_waited_for(chat: Conversation) -> None:
    async with asyncio.timeout(LONGEST):
        async for _ in chat.astream("I hate horror"):
            break
        assert (await chat.asay("hello")).turn == 1


async def test_an_asynchronous_stream_knows_who_speaks(chat: Conversation) -> None:
    assert [event async for event in chat.astream("I hate horror", speaker="Ann")]
    assert {preference.holder for preference in chat.taste} == {"Ann"}
