"""Talks about a small made-up catalogue, with the store and all acts, where what is kept matters more than the films."""

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
