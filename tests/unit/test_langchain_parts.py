"""Tastemaker's LangChain parts over small catalogues: whose taste they keep, and catalogues that are not of films."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import Recommender
from bot.langchain import ItemRetriever, TalkRunnable, recommend_tool
from bot.parts import Parts
from bot.store import Store
from bot.understanding.merge import Understander
from kg.catalogue import Catalogue
from kg.linking import Linker
from kg.memory_graph import MemoryGraph
from kg.sources.table_source import read_items
from kg.sources.tables import guess, read_table
from kg.sources.tables.guessing import known_names
from retrieval.encoder import HashEncoder
from retrieval.index import Index
from retrieval.ranking import Retriever
from retrieval.scorer import PlainScorer
from tests.retrieval_films import films, index_of

GAMES = Path(__file__).parents[1] / "catalogues" / "board_games.jsonl"
HORROR, KNOWN = "I hate horror", "what do you know about me?"


def opened(index: Index, folder: Path) -> Recommender:
    retriever = Retriever.open(index, HashEncoder(), PlainScorer())
    understander = Understander(Linker(list(index.catalogue)))
    store = Store(f"sqlite:///{folder / 'talks.sqlite3'}")
    return Recommender(Parts(index.catalogue, index.graph, retriever, understander), store)


@pytest.fixture
def recommender(tmp_path: Path) -> Iterator[Recommender]:
    with opened(index_of(films()), tmp_path) as recommender:
        yield recommender


def known_to(talk: TalkRunnable, name: str | None) -> str:
    return talk.invoke(KNOWN, {"configurable": {"talk": name}} if name else None).text


@pytest.mark.parametrize("first", [None, "one"])
@pytest.mark.parametrize("second", [None, "two"])
def test_callers_without_a_name_share_no_taste(recommender: Recommender, first: str | None, second: str | None) -> None:
    talk = TalkRunnable(recommender)
    talk.invoke(HORROR, {"configurable": {"talk": first}} if first else None)
    assert "orror" not in known_to(talk, second)
    assert ("orror" in known_to(talk, first)) is (first is not None)


def test_a_talk_without_a_user_goes_on_by_its_name(recommender: Recommender) -> None:
    talk = TalkRunnable(recommender)
    assert talk.invoke("hello", {"configurable": {"talk": "one"}}).turn == 1
    assert talk.invoke(HORROR, {"configurable": {"talk": "one"}}).turn == 2
    assert talk.invoke("hello").turn == 1


def test_a_user_with_a_name_is_remembered(recommender: Recommender) -> None:
    talk = TalkRunnable(recommender)
    talk.invoke(HORROR, {"configurable": {"user": "alice", "talk": "x" * 64}})
    assert recommender.conversation("alice").taste.of("genre:Horror")


def test_two_tools_without_a_user_share_no_taste(recommender: Recommender) -> None:
    one, other = recommend_tool(recommender), recommend_tool(recommender)
    one.invoke({"utterance": HORROR})
    assert "orror" in one.invoke({"utterance": KNOWN}) and "orror" not in other.invoke({"utterance": KNOWN})


@pytest.fixture(scope="module")
def games() -> Index:
    table = read_table(GAMES, known_names())
    loaded = read_items(table, guess(table, "board_games"), "board_games").loaded
    catalogue = Catalogue(loaded.items)
    return Index.in_memory(catalogue, MemoryGraph(catalogue), HashEncoder(), loaded.domain)


@pytest.mark.parametrize(
    ("query", "name", "kept"),
    [
        ("a trading game under $30", "price", lambda low, high: high < 30),
        ("a game for 6 players", "players", lambda low, high: low <= 6 <= high),
        ("30美元以下的游戏", "price", lambda low, high: high <= 30),
    ],
)
def test_the_retriever_keeps_the_limits_of_another_kind_of_catalogue(
    games: Index, tmp_path: Path, query: str, name: str, kept: Callable[[float, float], bool]
) -> None:
    with opened(games, tmp_path) as recommender:
        found = ItemRetriever(recommender=recommender, count=5).invoke(query)
    ids = {document.metadata["id"] for document in found}
    assert ids and all(document.metadata["reason"] for document in found)
    held = {
        item.id: kept(each.low, each.high) for item in games.catalogue for each in item.amounts if each.name == name
    }
    assert ids <= held.keys() and all(held[id_] for id_ in ids) and not all(held.values())
