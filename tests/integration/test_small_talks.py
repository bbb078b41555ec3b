"""Talks about a small made-up catalogue, with the store and all acts: what is kept of them, changed and deleted."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import Recommender
from bot.parts import Parts
from bot.store import Store
from bot.taste import Limited, Preference, Preferred
from bot.understanding.merge import Understander
from kg.linking import Linker
from retrieval.encoder import HashEncoder
from retrieval.index import Index
from retrieval.ranking import Retriever
from retrieval.scorer import PlainScorer
from retrieval.wish import AmountLimit, Limits
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


def elsewhere(folder: Path) -> Store:
    """Returns the same database as another process sees it."""
    return Store(f"sqlite:///{folder / 'talks.sqlite3'}")


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


def test_a_panel_lifts_a_limit_on_a_number_of_the_catalogues_own(recommender: Recommender, tmp_path: Path) -> None:
    limits = Limits(year_min=1990, amounts=(AmountLimit("price", most=9), AmountLimit("pages", most=300)))
    chat = recommender.conversation("ann", "t")
    elsewhere(tmp_path).append("t", "ann", (Limited(0, "cheap", limits),))
    assert chat.lift("amount:price").limits == replace(limits, amounts=limits.amounts[1:])
    assert chat.lift("amount:weight").limits == chat.taste.limits
    assert chat.lift("amount:pages").limits == Limits(year_min=1990)
    assert chat.undo().limits == replace(limits, amounts=limits.amounts[1:])


def test_an_open_talk_knows_what_is_imported_meanwhile_from_its_next_turn_on(
    recommender: Recommender, tmp_path: Path
) -> None:
    chat = recommender.conversation("ann")
    chat.say("I love horror movies")
    imported, loved = elsewhere(tmp_path), Preference("western", "genre", "like", "genre:Western", "imported", 0)
    imported.begin("import", "ann")
    imported.append("import", "ann", (Preferred(0, loved),))
    chat.say("hello")
    assert {preference.entity for preference in chat.taste} == {"genre:Western", "genre:Horror"}


def test_a_yes_takes_what_was_offered_and_leaves_those_who_are_away_their_bans(recommender: Recommender) -> None:
    recommender.conversation("ann").say("my wife hates horror")
    chat = recommender.conversation("ann")
    offer = chat.say("I want a horror film from before 1955")
    assert offer.act == "apologise" and "up to 1964" in offer.text
    reply = chat.say("yes")
    assert reply.recommendations and {"Horror"} <= set(reply.recommendations[0].item.genres)
    assert chat.taste.limits.year_max == 1964
    assert chat.taste.of("my wife|genre:Horror") and chat.taste.of("genre:Horror")
    assert chat.undo().limits.year_max == 1954


def test_what_if_asks_of_those_present(recommender: Recommender) -> None:
    recommender.conversation("ann").say("my wife hates horror")
    chat = recommender.conversation("ann")
    chat.say("I want a thriller")
    assert "(1962)" in chat.say("what if I wanted a horror film from before 1964?").text


def test_what_if_is_settled_among_those_present(recommender: Recommender) -> None:
    chat = recommender.conversation("ann")
    chat.say("my wife hates horror, I love thrillers")
    assert "For your wife: no horror" in chat.say("what if I wanted a comedy from the 90s?").text


def test_deleting_asks_once_and_leaves_nothing_in_any_talk(recommender: Recommender) -> None:
    earlier = recommender.conversation("ann")
    earlier.say("I hate horror")
    recommender.conversation("bob").say("I hate comedies")
    chat = recommender.conversation("ann")
    assert chat.say("delete all you know about me").act == "ask" and len(chat.taste) == 1
    assert chat.say("no").act == "confirm" and len(chat.taste) == 1
    assert chat.say("yes").act != "ask" and len(chat.taste) == 1  # the question was answered already
    chat.say("erase everything you know about me")
    assert chat.say("yes").act == "confirm"
    assert chat.turns == () and len(chat.taste) == 0 and chat.export()["events"] == []
    assert recommender.conversation("ann", earlier.id).turns == ()
    assert chat.say("undo").act == "confirm" and len(chat.taste) == 0
    assert len(recommender.conversation("bob").taste) == 1


def test_forgetting_everything_can_be_undone_and_says_so(recommender: Recommender) -> None:
    chat = recommender.conversation("ann")
    chat.say("I hate horror")
    assert "Undo" in chat.say("clear everything").text and len(chat.taste) == 0
    chat.say("undo")
    assert len(chat.taste) == 1


def test_in_a_channel_nobody_deletes_for_all(recommender: Recommender) -> None:
    chat = recommender.conversation("channel")
    chat.say("I hate horror", speaker="Ann")
    chat.say("I hate comedies", speaker="Bob")
    assert chat.say("delete all you know about me", speaker="Bob").act == "confirm"
    assert [p.holder for p in chat.taste] == ["Ann"]
    chat.say("yes", speaker="Bob")
    assert [p.holder for p in chat.taste] == ["Ann"] and len(chat.turns) == 4
