"""Talks about a small made-up catalogue, with the store and all acts: what is kept of them, changed and deleted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import Recommender
from bot.parts import Parts
from bot.store import Store
from bot.understanding.merge import Understander
from kg.linking import Linker
from retrieval.encoder import HashEncoder
from retrieval.index import Index
from retrieval.ranking import Retriever
from retrieval.scorer import PlainScorer
from tests.retrieval_films import films, index_of


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(films(200))


@pytest.fixture
def recommender(index: Index, tmp_path: Path) -> Iterator[Recommender]:
    retriever = Retriever.open(index, HashEncoder(), PlainScorer())
    understander = Understander(Linker(list(index.catalogue)))
    store = Store(f"sqlite:///{tmp_path / 'talks.sqlite3'}")
    with Recommender(Parts(index.catalogue, index.graph, retriever, understander), store) as opened:
        yield opened


@pytest.mark.parametrize("steps", [1, 0, -1])
def test_an_undo_takes_one_change_back_at_least(recommender: Recommender, steps: int) -> None:
    chat = recommender.conversation("ann")
    for words in ("I love horror movies", "I hate comedies", "I love thrillers"):
        chat.say(words)
    assert {preference.entity for preference in chat.undo(steps)} == {"genre:Horror", "genre:Comedy"}


def test_a_weight_is_of_this_talk_and_softens_no_ban_of_another(recommender: Recommender) -> None:
    earlier = recommender.conversation("ann")
    for words in ("hello", "hello", "I hate horror"):
        earlier.say(words)
    chat = recommender.conversation("ann")
    chat.say("a comedy tonight")
    assert chat.say("if possible").act == "confirm"
    comedy, horror = chat.taste.of("genre:Comedy"), chat.taste.of("genre:Horror")
    assert comedy and not comedy.hard and horror and horror.hard


def test_a_limit_is_leaned_to_where_that_is_said_after_it(recommender: Recommender) -> None:
    chat = recommender.conversation("ann")
    chat.say("something under two hours")
    reply = chat.say("if possible")
    assert chat.taste.leaned == {"runtime_max"} and "ideally" in reply.text
    assert chat.undo().leaned == frozenset()


def test_strictly_is_said_of_the_last_word_whoever_it_was_of(recommender: Recommender) -> None:
    chat = recommender.conversation("ann")
    chat.say("I'd rather not see horror, but it's fine")
    chat.say("my wife would rather not see comedies")
    chat.say("strictly")
    assert [p.key for p in chat.taste if p.hard] == ["my wife|genre:Comedy"]
