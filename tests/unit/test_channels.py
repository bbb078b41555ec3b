"""The parts that channels share: splitting, memory of what was heard, turns in threads, ids."""

import asyncio
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import Done, Reply, TastemakerError, TextDelta, Understanding, Understood
from bot.channels.recent import Recent
from bot.channels.splitting import beside_cards, shorten, split
from bot.channels.turns import Turns, short_id
from tests.channel_fakes import PICKS, Script, ScriptedTalks, SlowOpening


@given(st.text(alphabet=st.sampled_from("ab .\n!\té😀"), max_size=400), st.integers(1, 60))
def test_pieces_fit_and_lose_only_white_space(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_cuts_are_at_the_best_border() -> None:
    assert split("one two\nthree four\nfive", 19) == ["one two\nthree four", "five"]
    assert split("First one. Second one. Third", 24) == ["First one. Second one.", "Third"]
    assert split("first paragraph\n\nnext line\nanother", 30) == ["first paragraph", "next line\nanother"]
    assert split("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert split("   ", 10) == []


@given(st.text(max_size=60), st.integers(1, 40))
def test_shortened_text_fits(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == text or short.endswith("…")


def test_text_beside_cards_leaves_out_only_what_the_cards_say() -> None:
    text = f"Here:\n1. {PICKS[0].item.label}: {PICKS[0].explanation.text}\n2. Ronin (1998): another reason.\n\nMore?"
    assert beside_cards(text, PICKS) == "Here:\n2. Ronin (1998): another reason.\n\nMore?"
    assert beside_cards(text, ()) == text


def test_recent_forgets_the_oldest() -> None:
    recent: Recent[int] = Recent(2)
    for key in ("a", "b", "a", "c"):
        recent.put(key, 1)
    assert ("a" in recent, "b" in recent, "c" in recent) == (True, False, True)
    assert (recent.get("a"), recent.get("b")) == (1, None)


@given(st.lists(st.text(min_size=1, max_size=50), min_size=1, max_size=5))
def test_ids_fit_the_store(parts: list[str]) -> None:
    assert len(short_id("slack", *parts, most=64)) <= 64


def test_long_ids_stay_different() -> None:
    assert short_id("slack", "T1", "U1", most=64) == "slack:T1:U1"
    assert short_id("a", "x" * 99, "1", most=64) != short_id("a", "x" * 99, "2", most=64)


async def test_a_turn_runs_in_a_thread_and_gives_its_events() -> None:
    talks = ScriptedTalks()
    events = [event async for event in Turns(talks).stream("u", "t", "hi")]
    assert isinstance(events[0], Understood)
    assert isinstance(events[-1], Done)
    assert "".join(e.text for e in events if isinstance(e, TextDelta)) == events[-1].reply.text
    assert talks.threads and threading.main_thread().name not in talks.threads


async def test_turns_of_one_talk_wait_for_each_other_and_keep_their_order() -> None:
    talks = ScriptedTalks(Script(seconds=0.02))
    turns = Turns(talks)
    replies = await asyncio.gather(*(turns.say("u", "t", str(n)) for n in range(6)))
    assert [said for _, _, said in talks.said] == ["0", "1", "2", "3", "4", "5"]
    assert [reply.turn for reply in replies] == [1, 2, 3, 4, 5, 6]
    assert talks.overlaps == 0


async def test_turns_of_different_talks_do_not_wait() -> None:
    gate = threading.Event()
    talks = ScriptedTalks(Script(gate=gate))
    turns = Turns(talks)
    waiting = [asyncio.create_task(turns.say("u", name, "hi")) for name in "abc"]
    async with asyncio.timeout(5):
        while len(talks.said) < 3:
            await asyncio.sleep(0.01)
    gate.set()
    await asyncio.gather(*waiting)


async def test_a_cancelled_turn_stops_at_its_next_event_and_frees_its_talk_only_then() -> None:
    gate = threading.Event()
    talks = ScriptedTalks(Script(gate=gate))
    turns = Turns(talks)
    first = asyncio.create_task(turns.say("u", "t", "first"))
    async with asyncio.timeout(5):
        while not talks.said:
            await asyncio.sleep(0.01)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    second = asyncio.create_task(turns.say("u", "t", "second"))
    await asyncio.sleep(0.05)
    assert [said for *_, said in talks.said] == ["first"]
    gate.set()
    await second
    assert (talks.closed, talks.finished, talks.overlaps) == (["first"], ["second"], 0)


async def test_errors_come_out_and_free_the_talk() -> None:
    talks = ScriptedTalks(Script(error=TastemakerError("The disk is full.")))
    turns = Turns(talks)
    with pytest.raises(TastemakerError, match="disk is full"):
        await turns.say("u", "t", "hi")
    talks.script = Script()
    async with asyncio.timeout(5):
        reply = await turns.say("u", "t", "again")
    assert isinstance(reply, Reply) and reply.understanding == Understanding(intent="recommend")


async def test_a_turn_waits_for_the_opening() -> None:
    opening = SlowOpening(ScriptedTalks())
    waiting = asyncio.create_task(Turns(opening).say("u", "t", "hi"))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    opening.opened()
    async with asyncio.timeout(5):
        assert (await waiting).turn == 1
