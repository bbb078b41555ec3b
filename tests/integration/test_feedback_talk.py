"""A talk logs what it shows, with its odds, takes verdicts, and asks a shadow that nobody sees."""

from dataclasses import replace

import pytest

from bot import Recommender
from bot.feedback import Judged, Listed, Shadowed, UseEvent
from bot.parts import Parts, Shadow
from bot.store import Store
from bot.understanding.types import Understanding
from evaluation.simulated_talks import Told
from kg.errors import TastemakerError
from retrieval.encoder import HashEncoder
from retrieval.ranking import Retriever
from retrieval.scorer import PlainScorer
from tests.retrieval_films import films, index_of

INDEX = index_of(films(60))
ASKS = Understanding("recommend", intents=("recommend",))


def opened(**changes: object) -> Recommender:
    told = Told()
    told.meaning = ASKS
    retriever = Retriever.open(INDEX, HashEncoder(), PlainScorer())
    parts = replace(Parts(INDEX.catalogue, INDEX.graph, retriever, told), **changes)  # type: ignore[arg-type]
    return Recommender(parts, Store("sqlite://"))


def uses(recommender: Recommender) -> list[UseEvent]:
    return [use.event for use in recommender._store.uses]


def test_a_list_is_logged_with_its_wish_its_odds_and_its_scorer() -> None:
    with opened(model="v3") as recommender:
        reply = recommender.conversation("ann").say("recommend me a film")
        (listed,) = uses(recommender)
    assert isinstance(listed, Listed)
    assert listed.items == tuple(pick.item.id for pick in reply.recommendations)
    assert listed.propensities == (1.0,) * len(listed.items)
    assert (listed.model, listed.turn, listed.wish.count) == ("v3", 1, 5)


def test_a_verdict_is_a_taste_to_be_undone_and_is_logged() -> None:
    with opened() as recommender:
        chat = recommender.conversation("ann")
        first = chat.say("recommend me a film").recommendations[0].item
        taste = chat.feedback(first.id, "up")
        assert [(p.attitude, p.entity) for p in taste] == [("like", first.id)]
        assert isinstance(uses(recommender)[-1], Judged)
        assert len(chat.undo()) == 0
        with pytest.raises(TastemakerError, match="no item 'nothing'"):
            chat.feedback("nothing", "up")
        with pytest.raises(TastemakerError, match="no feedback"):
            chat.feedback(first.id, "splendid")
        chat.forget()
        assert uses(recommender) == []


def test_exploring_changes_the_last_place_alone_and_says_how_likely_it_was() -> None:
    with opened() as plain, opened(explore=0.5) as exploring:
        best = [pick.item.id for pick in plain.conversation("ann").say("recommend me a film").recommendations]
        found = []
        for number in range(12):
            reply = exploring.conversation("ann", f"talk {number}").say("recommend me a film")
            found.append(tuple(pick.item.id for pick in reply.recommendations))
        listed = [event for event in uses(exploring) if isinstance(event, Listed)]
    assert {items[:4] for items in found} == {tuple(best[:4])}
    assert len({items[4] for items in found}) > 1
    for event in listed:
        assert event.propensities[:4] == (1.0,) * 4
        assert event.propensities[4] == 0.5 if event.items[4] == best[4] else event.propensities[4] < 0.5


def test_a_shadow_is_asked_and_not_shown() -> None:
    shadow = Shadow("v9", Retriever.open(INDEX, HashEncoder(), PlainScorer()))
    with opened(shadow=shadow) as recommender:
        recommender.conversation("ann").say("recommend me a film")
        listed, shadowed = uses(recommender)
    assert isinstance(listed, Listed)
    assert shadowed == Shadowed(1, "v9", listed.items, 1.0)
