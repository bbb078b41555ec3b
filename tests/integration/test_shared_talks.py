"""Two recommenders over one database, as two processes have it: either goes on with what the other began."""

from collections.abc import Callable, Iterator
from threading import Barrier, Thread

import pytest

from bot import Done, Recommender, Reply
from bot.parts import Parts
from bot.store import Store
from bot.understanding.merge import Understander
from kg.linking import Linker
from retrieval.encoder import HashEncoder
from retrieval.index import Index
from retrieval.ranking import Retriever
from retrieval.scorer import PlainScorer
from tests.postgres.server import PostgresServer
from tests.retrieval_films import films, index_of

Two = tuple[Recommender, Recommender]


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(films(200))


def opened(index: Index, database: str) -> Recommender:
    retriever = Retriever.open(index, HashEncoder(), PlainScorer())
    understander = Understander(Linker(list(index.catalogue)))
    return Recommender(Parts(index.catalogue, index.graph, retriever, understander), Store(database))


@pytest.fixture
def two(index: Index, database: str) -> Iterator[Two]:
    with opened(index, database) as first, opened(index, database) as second:
        yield first, second


def shown(reply: Reply) -> set[str]:
    return {recommendation.item.id for recommendation in reply.recommendations}


def test_the_other_one_knows_the_taste_and_repeats_nothing(two: Two) -> None:
    here, there = (one.conversation("ann", "talk") for one in two)  # both stay in memory
    here.say("I hate horror")
    first = here.say("recommend me a comedy")
    second = there.say("recommend me something else")
    third = here.say("and something else")
    assert "genre:Horror" in {preference.entity for preference in there.taste if preference.attitude == "dislike"}
    assert shown(first) and shown(second) and shown(third)
    assert not shown(first) & shown(second) and not (shown(first) | shown(second)) & shown(third)
    assert not any("Horror" in r.item.genres for reply in (first, second, third) for r in reply.recommendations)
    assert [turn.number for turn in here.turns] == [1, 2, 3, 4] and here.turns == two[1].conversation(
        "ann", "talk"
    ).turns


def test_a_talk_of_another_day_hears_of_lasting_tastes_at_once(two: Two) -> None:
    here, there = two[0].conversation("ann", "one"), two[1].conversation("ann", "other")
    here.say("hello")
    there.say("I hate horror")
    here.say("recommend me a film")
    assert "genre:Horror" in {preference.entity for preference in here.taste}


def test_a_turn_that_is_overtaken_is_taken_again_on_what_is_then_known(two: Two) -> None:
    here, there = (one.conversation("ann", "talk") for one in two)
    slow = here.stream("recommend me a film")
    next(slow)  # understood, nothing decided
    quick = there.say("recommend me a film")
    done = list(slow)[-1]
    assert isinstance(done, Done)
    assert (quick.turn, done.reply.turn) == (1, 2)
    assert not shown(quick) & shown(done.reply)
    assert [turn.number for turn in here.turns] == [1, 2]


def test_a_panel_and_a_talk_in_two_places(two: Two) -> None:
    here, there = (one.conversation("ann", "talk") for one in two)
    here.say("I hate horror")
    there.say("I love drama")
    assert {liked.entity for liked in here.undo()} == {"genre:Horror"}  # the other one's turn was the last
    assert {liked.entity for liked in there.redo()} == {"genre:Horror", "genre:Drama"}
    assert {liked.entity for liked in here.drop("genre:Horror")} == {"genre:Drama"}


def test_what_is_forgotten_in_one_place_is_forgotten_in_the_other(two: Two) -> None:
    here, there = (one.conversation("ann", "talk") for one in two)
    here.say("I hate horror")
    there.say("hello")
    here.forget()
    there.say("recommend me a film")
    assert not list(there.taste) and [turn.number for turn in there.turns] == [1]


@pytest.mark.parametrize("where", [0, 1])
def test_a_talk_goes_on_afresh_after_a_forgetting_in_another_one(two: Two, where: int) -> None:
    here, other = two[0].conversation("ann", "one"), two[where].conversation("ann", "other")
    here.say("I hate horror")
    other.forget()
    assert here.drop("genre:Horror").preferences == ()
    said = here.say("I love drama")
    assert said.turn == 2 and "saved" not in said.text  # the drop was the first step
    assert [turn.utterance for turn in two[1].conversation("ann", "one").turns] == ["I love drama"]
    other.forget()
    assert here.feedback("f1", "up").of("f1") and here.turns == ()


def test_of_many_turns_at_once_none_is_lost_or_doubled(two: Two) -> None:
    each, together = 4, Barrier(2)
    said: list[str] = []

    def talk(recommender: Recommender, name: str) -> None:
        together.wait()
        for number in range(each):
            utterance = f"recommend me a film, {name} {number}"
            said.append(utterance)
            recommender.conversation("ann", "talk").say(utterance)

    run_all([lambda: talk(two[0], "here"), lambda: talk(two[1], "there")])
    turns = two[0].conversation("ann", "talk").turns
    assert [turn.number for turn in turns] == list(range(1, 2 * each + 1))
    assert sorted(turn.utterance for turn in turns) == sorted(said)
    events = two[1].conversation("ann", "talk").export()["events"]
    ids = [item for event in events if event["type"] == "Shown" for item in event["items"]]
    assert len(ids) == len(set(ids)) > 0


def test_turns_that_the_database_missed_come_behind_the_others(index: Index, postgres: PostgresServer) -> None:
    database = postgres.fresh()
    with opened(index, database) as one, opened(index, database) as other:
        here, there = one.conversation("ann", "talk"), other.conversation("ann", "talk")
        here.say("hello")
        postgres.kill()
        try:
            missed = here.say("I hate horror")
        finally:
            postgres.start()
        assert "nothing said so far is lost" in missed.text
        there.say("I love drama")
        here.say("recommend me a film")
        turns = there.turns if there.say("thanks") else ()
    assert [turn.utterance for turn in turns] == [
        "hello",
        "I love drama",
        "I hate horror",
        "recommend me a film",
        "thanks",
    ]
    assert [turn.number for turn in turns] == [1, 2, 3, 4, 5]


def run_all(jobs: list[Callable[[], None]]) -> None:
    threads = [Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
