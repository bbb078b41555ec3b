"""The Discord bot against a stand-in of Discord's gateway and REST API on loopback, through discord.py itself."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket

from bot import Settings, SettingsError, TastemakerError
from bot.channels.discord import run_discord, serve_discord
from tests import discord_standin as there
from tests.channel_fakes import Script, ScriptedTalks, SlowOpening
from tests.discord_standin import DiscordStandIn, answering, discord_standin, message

NAME = f"<@{there.BOT}>"


@pytest.fixture
def talks() -> ScriptedTalks:
    return ScriptedTalks()


@pytest.fixture
async def standin(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordStandIn]:
    async with discord_standin() as discord_:
        monkeypatch.setattr(discord.http.Route, "BASE", f"{discord_.address}/api")
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(discord_.address.replace("http", "ws")))
        yield discord_


@asynccontextmanager
async def running(source: Any) -> AsyncIterator[None]:
    task = asyncio.create_task(serve_discord(source, Settings(discord_token=there.TOKEN)))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def server(standin: DiscordStandIn, talks: ScriptedTalks) -> AsyncIterator[DiscordStandIn]:
    async with running(talks):
        yield standin


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


async def settled() -> None:
    """Waits long enough for an answer that should not come."""
    await asyncio.sleep(0.3)


async def test_a_mention_is_answered_by_a_reply_with_cards(server: DiscordStandIn, talks: ScriptedTalks) -> None:
    await server.send(message(1, f"{NAME} a heist for <@{there.BOB}>", channel=there.CHANNEL))
    await until(lambda: server.posted)
    channel, body = server.posted[0]
    assert channel == there.CHANNEL
    assert int(body["message_reference"]["message_id"]) == 1
    assert body["message_reference"]["fail_if_not_exists"] is False
    assert body["allowed_mentions"]["parse"] == []
    assert not body["allowed_mentions"].get("replied_user")
    assert body["content"] == "Turn 1: you said 'a heist for user102'."
    first, second = body["embeds"]
    assert first["title"] == r"1. Heat <& \*friends\*> (1995)"
    assert first["description"].splitlines() == [
        "170 min · Crime, Drama",
        "by Michael Mann with Al Pacino, Robert De Niro",
        "Michael Mann made it.",
    ]
    assert second["title"] == "2. Ronin (1998)"
    assert talks.said[0][:2] == ("discord:300", "discord:300:300")


async def test_it_types_while_it_thinks_and_hears_others_meanwhile(
    server: DiscordStandIn, talks: ScriptedTalks
) -> None:
    talks.script.gate = threading.Event()
    await server.send(message(1, "one"), message(2, f"{NAME} two", author=there.BOB, channel=there.CHANNEL))
    await until(lambda: len(talks.said) == 2)
    assert sorted(server.typing) == [there.CHANNEL, there.DIRECT]
    assert not server.posted
    talks.script.gate.set()
    await until(lambda: len(server.posted) == 2)


async def test_direct_messages_are_answered_in_order_once_each(server: DiscordStandIn, talks: ScriptedTalks) -> None:
    talks.script.seconds = 0.05
    await server.send(message(1, "one"), message(2, "two"), message(1, "one"), message(3, "three"))
    await until(lambda: len(server.posted) == 3)
    await settled()
    assert [said for *_, said in talks.said] == ["one", "two", "three"]
    assert len(server.posted) == 3 and talks.overlaps == 0


async def test_those_of_a_channel_have_one_talk_and_are_told_apart_by_name(
    server: DiscordStandIn, talks: ScriptedTalks
) -> None:
    await server.send(
        message(1, f"{NAME} mine", channel=there.CHANNEL),
        message(2, f"<@&{there.ROLE}> and mine", author=there.BOB, channel=there.CHANNEL),
        message(3, "in private", author=there.BOB),
    )
    await until(lambda: len(server.posted) == 3)
    assert sorted(zip(talks.speakers, talks.said, strict=True)) == [
        ("", ("discord:102", "discord:400:102", "in private")),
        ("user101", ("discord:300", "discord:300:300", "mine")),
        ("user102", ("discord:300", "discord:300:300", "and mine")),
    ]


async def test_replies_to_it_and_its_threads_are_answered(server: DiscordStandIn, talks: ScriptedTalks) -> None:
    own = message(900, "Here.", author=there.BOT, channel=there.CHANNEL)
    await server.send(
        answering(1, "the second one", own, channel=there.CHANNEL),
        message(2, "in the thread", channel=there.THREAD),
    )
    await until(lambda: len(server.posted) == 2)
    assert {said for *_, said in talks.said} == {"the second one", "in the thread"}
    assert {channel for channel, _ in server.posted} == {there.CHANNEL, there.THREAD}


async def test_what_is_not_for_it_is_left_alone(server: DiscordStandIn, talks: ScriptedTalks) -> None:
    others = message(901, "Hello.", author=there.BOB, channel=there.THREAD)
    await server.send(
        message(1, "just talk among people", channel=there.CHANNEL),
        message(2, "elsewhere", channel=there.FOREIGN_THREAD),
        message(3, f"<@{there.BOB}> what do you think?", channel=there.THREAD),
        answering(4, "agreed", others, channel=there.THREAD),
        message(5, f"{NAME} beep", author=there.ROBOT, channel=there.CHANNEL),
        message(6, "my own words", author=there.BOT),
        message(7, "hooked", webhook_id="77"),
        message(8, "joined", type=7),
    )
    await settled()
    assert not talks.said and not server.posted and not server.typing


async def test_long_answers_and_many_cards_keep_discords_limits(server: DiscordStandIn, talks: ScriptedTalks) -> None:
    lines = [f"Line {n} says @everyone something_with_marks *here*." for n in range(120)]
    talks.script = Script(picks=talks.script.picks * 12, text="\n".join(lines))
    await server.send(message(1, "all"))
    await until(lambda: sum(len(body.get("embeds") or []) for _, body in server.posted) == 24)
    bodies = [body for _, body in server.posted]
    told = "\n".join(body["content"] for body in bodies if body.get("content"))
    assert told.replace("\\", "").splitlines() == lines
    assert len([body for body in bodies if body.get("content")]) > 2
    assert ["message_reference" in body for body in bodies] == [True, *[False] * (len(bodies) - 1)]
    assert all(body["allowed_mentions"]["parse"] == [] for body in bodies)


async def test_where_embeds_are_forbidden_the_text_says_it_all(server: DiscordStandIn, talks: ScriptedTalks) -> None:
    await server.send(message(1, f"{NAME} a heist", channel=there.PLAIN_CHANNEL))
    await until(lambda: server.posted)
    body = server.posted[0][1]
    assert not body.get("embeds")
    assert body["content"].splitlines()[2] == "2. Ronin (1998): It is from 1998."


async def test_errors_become_a_sentence(server: DiscordStandIn, talks: ScriptedTalks) -> None:
    talks.script.error = TastemakerError("The disk is full.")
    await server.send(message(1, "one"))
    await until(lambda: len(server.posted) == 1)
    talks.script.error = ZeroDivisionError("secret")
    await server.send(message(2, "two"))
    await until(lambda: len(server.posted) == 2)
    first, second = (body["content"] for _, body in server.posted)
    assert first == "The disk is full."
    assert "went wrong" in second and "secret" not in second


async def test_where_it_may_not_write_it_goes_on(server: DiscordStandIn, talks: ScriptedTalks) -> None:
    server.broken = (403, 50013)
    await server.send(message(1, "one"))
    await until(lambda: talks.finished)
    await settled()
    server.broken = None
    await server.send(message(2, "two"))
    await until(lambda: server.posted)


async def test_while_opening_it_types_and_then_answers(standin: DiscordStandIn, talks: ScriptedTalks) -> None:
    opening = SlowOpening(talks)
    async with running(opening):
        await standin.send(message(1, "hi"))
        await until(lambda: standin.typing)
        assert opening.started and not standin.posted
        opening.opened()
        await until(lambda: standin.posted)


async def test_it_asks_for_no_more_than_it_needs(server: DiscordStandIn) -> None:
    await until(lambda: server.intents)
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=True)
    assert server.intents == intents.value


def test_a_missing_token_is_named(talks: ScriptedTalks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    with pytest.raises(SettingsError, match="DISCORD_TOKEN is missing"):
        run_discord(talks, Settings())


async def test_what_discord_refuses_is_told(standin: DiscordStandIn, talks: ScriptedTalks) -> None:
    async with asyncio.timeout(10):
        with pytest.raises(SettingsError, match="refuses DISCORD_TOKEN"):
            await serve_discord(talks, Settings(discord_token="wrong"))
        standin.close_code = 4014
        with pytest.raises(SettingsError, match="Message Content Intent"):
            await serve_discord(talks, Settings(discord_token=there.TOKEN))


async def test_a_discord_that_cannot_be_reached_is_told(talks: ScriptedTalks, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{port}")
    with pytest.raises(TastemakerError, match="Discord cannot be reached"):
        await serve_discord(talks, Settings(discord_token=there.TOKEN))
