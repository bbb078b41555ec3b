"""The public contract, name by name, on the real system."""

import asyncio
import json

import pytest

from bot import (
    Done,
    Fact,
    Item,
    Recommendation,
    Recommended,
    Recommender,
    Reply,
    TastemakerError,
    TextDelta,
    Understanding,
    Understood,
)

ACTS = {"recommend", "ask", "answer", "explain", "compare", "confirm", "chat", "apologise"}


def test_the_catalogue_finds_and_gets(recommender: Recommender) -> None:
    found = recommender.catalogue.find("Inception", year=2010)
    assert isinstance(found, Item)
    assert recommender.catalogue.get(found.id) == found
    assert recommender.catalogue.find("No such film at all") is None
    names = "id title year genres directors cast runtime languages countries popularity themes moods synopsis"
    assert all(hasattr(found, name) for name in names.split())


def test_a_reply_has_every_part(recommender: Recommender) -> None:
    chat = recommender.conversation(user="contract")
    chat.forget()
    reply = chat.say("I loved Inception, something newer without Tom Cruise?")
    assert isinstance(reply, Reply) and isinstance(reply.text, str) and reply.act in ACTS
    assert isinstance(reply.understanding, Understanding)
    assert set(reply.timings) == {"understand", "retrieve", "score", "first_token", "total"}
    assert isinstance(reply.recommendations, tuple) and reply.recommendations
    for pick in reply.recommendations:
        assert isinstance(pick, Recommendation) and isinstance(pick.item, Item)
        assert 0.0 <= pick.score <= 1.0
        assert isinstance(pick.explanation.text, str) and pick.explanation.text
        assert all(isinstance(fact, Fact) for fact in pick.explanation.evidence)
        assert pick.item.label in reply.text
    for preference in chat.taste:
        assert preference.utterance and preference.attitude and preference.turn == 1
        assert isinstance(preference.hard, bool)


def test_a_stream_is_understanding_recommendations_text_done(recommender: Recommender) -> None:
    chat = recommender.conversation(user="contract-stream")
    events = list(chat.stream("recommend me a comedy"))
    kinds = [event.kind for event in events]
    assert isinstance(events[0], Understood) and isinstance(events[1], Recommended) and isinstance(events[-1], Done)
    assert set(kinds[2:-1]) == {"text"}
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert text == events[-1].reply.text


def test_a_talk_is_resumed_by_its_id_and_a_user_is_remembered(recommender: Recommender) -> None:
    first = recommender.conversation(user="contract-memory")
    first.forget()
    first.say("I love horror movies")
    resumed = recommender.conversation(user="contract-memory", id=first.id)
    assert resumed.id == first.id and len(resumed.turns) == 1
    assert resumed.taste.preferences == first.taste.preferences
    other = recommender.conversation(user="contract-memory")
    assert other.id != first.id and other.taste.of("genre:Horror") is not None
    assert recommender.conversation(user="contract-somebody-else").taste.preferences == ()


def test_two_handles_on_one_talk_are_one_talk(recommender: Recommender) -> None:
    one = recommender.conversation(user="contract-handles")
    one.say("hello")
    two = recommender.conversation(user="contract-handles", id=one.id)
    two.say("recommend me a comedy")
    one.say("thanks")
    assert [turn.number for turn in one.turns] == [1, 2, 3]
    assert len(recommender.conversation(user="contract-handles", id=one.id).turns) == 3


@pytest.mark.parametrize("words", [None, 5, b"bytes"])
def test_what_is_no_text_is_refused_in_a_sentence(recommender: Recommender, words: object) -> None:
    with pytest.raises(TastemakerError, match="takes text"):
        recommender.conversation(user="contract-no-text").say(words)  # type: ignore[arg-type]


def test_undo_export_forget(recommender: Recommender) -> None:
    chat = recommender.conversation(user="contract-undo")
    chat.forget()
    chat.say("I love horror movies")
    assert len(chat.taste) == 1
    assert json.loads(json.dumps(chat.export()))["taste"][0]["entity"] == "genre:Horror"
    chat.undo()
    assert len(chat.taste) == 0
    chat.forget()
    assert chat.export()["turns"] == []
    assert recommender.conversation(user="contract-undo").taste.preferences == ()


async def test_the_asynchronous_twins(recommender: Recommender) -> None:
    chat = recommender.conversation(user="contract-async")
    reply = await chat.asay("hello")
    assert reply.act == "chat"
    kinds = [event.kind async for event in chat.astream("recommend me a western")]
    assert kinds[0] == "understanding" and kinds[-1] == "done"


async def test_many_talks_at_once_keep_apart(recommender: Recommender) -> None:
    genres = ("Horror", "Western", "Musical", "Comedy")
    chats = [recommender.conversation(user=f"contract-many-{genre}") for genre in genres]
    for chat in chats:
        chat.forget()
    replies = await asyncio.gather(*(c.asay(f"I love {g.lower()} movies") for c, g in zip(chats, genres, strict=True)))
    for chat, genre, reply in zip(chats, genres, replies, strict=True):
        assert chat.taste.of(f"genre:{genre}"), (genre, reply.understanding)
        assert len(chat.taste) == 1


def test_a_stream_closed_before_the_items_leaves_the_talk_as_it_was(recommender: Recommender) -> None:
    chat = recommender.conversation(user="contract-stop")
    chat.forget()
    stream = chat.stream("I love horror movies")
    next(stream)
    stream.close()
    assert chat.turns == () and len(chat.taste) == 0
    assert chat.say("hello").act == "chat"  # and the talk is not locked


@pytest.mark.parametrize(
    "words", ["x" * 20_000, "film " * 4_000, "\x00\x01\x7f\u202e\u200b", "🎥" * 500, "= recommend\n like film Heat"]
)
def test_any_text_gets_a_reply(recommender: Recommender, words: str) -> None:
    chat = recommender.conversation(user="contract-any")
    reply = chat.say(words)
    assert reply.text and reply.act in ACTS
    for mention in reply.understanding.mentions:
        assert mention.text in words
