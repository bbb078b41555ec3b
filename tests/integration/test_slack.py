"""The Slack bot against a stand-in of Slack on loopback: signed HTTP, Socket Mode, retries, threads, people."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from bot import Settings, SettingsError, TastemakerError
from bot.channels.slack import run_slack, serve_slack
from tests.channel_fakes import Script, ScriptedTalks, SlowOpening
from tests.slack_standin import APP_TOKEN, BOT, TOKEN, SlackStandIn, event, slack_standin

SECRET = "signing-secret"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing comes between the bot and the stand-in, and nothing of the machine's own Slack leaks in."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def talks() -> ScriptedTalks:
    return ScriptedTalks()


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with slack_standin() as standin:
        yield standin


class Caller:
    """Slack's side of the HTTP mode."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._session = session

    async def post(self, body: dict[str, Any], secret: str = SECRET, retry: int = 0) -> tuple[int, str]:
        """Sends a signed request; returns the answer's status and text."""
        raw, now = json.dumps(body), str(int(time.time()))
        signature = SignatureVerifier(secret).generate_signature(timestamp=now, body=raw) or ""
        headers = {
            "Content-Type": "application/json",
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": signature,
            **({"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}),
        }
        async with self._session.post(self._url, data=raw, headers=headers) as answer:
            return answer.status, await answer.text()


@asynccontextmanager
async def over_http(source: Any, slack: SlackStandIn) -> AsyncIterator[Caller]:
    """Runs the bot in HTTP mode."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = Settings(slack_bot_token=TOKEN, slack_signing_secret=SECRET)
    async with running(serve_slack(source, settings, "127.0.0.1", port, slack.api)), aiohttp.ClientSession() as session:
        async with asyncio.timeout(10):
            while True:
                with suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.close()
                    break
                await asyncio.sleep(0.01)
        yield Caller(f"http://127.0.0.1:{port}/slack/events", session)


@asynccontextmanager
async def running(work: Any) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def caller(talks: ScriptedTalks, slack: SlackStandIn) -> AsyncIterator[Caller]:
    async with over_http(talks, slack) as caller:
        yield caller


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


async def settled() -> None:
    """Waits long enough for an answer that should not come."""
    await asyncio.sleep(0.3)


async def test_a_mention_is_answered_in_its_thread_with_cards(caller: Caller, slack: SlackStandIn) -> None:
    assert await caller.post(event("1.1", f"<@{BOT}> a heist &amp; a twist", type="app_mention")) == (200, "")
    await until(lambda: slack.of("chat.update"))
    placeholder, answer = slack.of("chat.postMessage")[0], slack.of("chat.update")[0]
    assert (placeholder["channel"], placeholder["thread_ts"], placeholder["text"]) == ("C1", "1.1", "Thinking …")
    assert answer["ts"] == "9.000001"
    first, card, second = answer["blocks"]
    assert first["text"]["text"] == "Turn 1: you said 'a heist & a twist'."
    runs = card["elements"][0]["elements"]
    assert runs[0] == {"type": "text", "text": "1. Heat <& *friends*>", "style": {"bold": True}}
    assert [run["text"] for run in runs[1:]] == [
        " (1995)",
        "\n170 min · Crime, Drama",
        "\nby Michael Mann with Al Pacino, Robert De Niro",
        "\nMichael Mann made it.",
    ]
    assert second["elements"][0]["elements"][0]["text"] == "2. Ronin"
    assert "Heat &lt;&amp; *friends*&gt; (1995)" in answer["text"]


async def test_it_is_acknowledged_before_it_is_answered(
    caller: Caller, slack: SlackStandIn, talks: ScriptedTalks
) -> None:
    talks.script.gate = threading.Event()
    assert (await caller.post(event("1.1", "hi", channel="D1", channel_type="im")))[0] == 200
    await until(lambda: talks.said)
    assert not slack.of("chat.update")
    talks.script.gate.set()
    await until(lambda: slack.of("chat.update"))


async def test_retries_and_twins_are_answered_once(caller: Caller, slack: SlackStandIn, talks: ScriptedTalks) -> None:
    twins = [event("1.1", f"<@{BOT}> hi", "EvA", type=kind) for kind in ("app_mention", "message")]
    for retry, body in enumerate([*twins, twins[0], twins[0]]):
        assert (await caller.post(body, retry=retry))[0] == 200
    await until(lambda: slack.of("chat.update"))
    await settled()
    assert len(talks.said) == len(slack.of("chat.postMessage")) == 1


async def test_a_first_delivery_that_was_lost_is_answered_at_its_retry(caller: Caller, slack: SlackStandIn) -> None:
    await caller.post(event("1.1", f"<@{BOT}> hi", type="app_mention"), retry=1)
    await until(lambda: slack.of("chat.update"))


async def test_in_direct_messages_every_message_is_answered_without_a_thread(
    caller: Caller, slack: SlackStandIn, talks: ScriptedTalks
) -> None:
    direct = {"channel": "D1", "channel_type": "im"}
    await caller.post(event("1.1", "one", **direct))
    await until(lambda: len(slack.of("chat.update")) == 1)
    await caller.post(event("1.2", "two", **direct))
    await until(lambda: len(slack.of("chat.update")) == 2)
    await caller.post(event("1.3", "aside", thread_ts="1.1", **direct))
    await until(lambda: len(slack.of("chat.update")) == 3)
    assert [call.get("thread_ts") for call in slack.of("chat.postMessage")] == [None, None, "1.1"]
    assert [(who, talk) for who, talk, _ in talks.said] == [
        ("slack:T1:U1", "slack:T1:D1:D1:U1"),
        ("slack:T1:U1", "slack:T1:D1:D1:U1"),
        ("slack:T1:U1", "slack:T1:D1:1.1:U1"),
    ]
    assert talks.speakers == [""] * 3 and not slack.of("users.info")


async def test_in_a_thread_it_goes_on_without_a_mention_with_everybody_who_speaks_there_by_name(
    caller: Caller, slack: SlackStandIn, talks: ScriptedTalks
) -> None:
    await caller.post(event("1.1", f"<@{BOT}> hi", type="app_mention"))
    await until(lambda: len(slack.of("chat.update")) == 1)
    await caller.post(event("1.2", "more", thread_ts="1.1"))
    await until(lambda: len(slack.of("chat.update")) == 2)
    await caller.post(event("1.3", "and me", thread_ts="1.1", user="U2"))
    await until(lambda: len(slack.of("chat.update")) == 3)
    await caller.post(event("1.4", "<@U2> what do you think?", thread_ts="1.1"))
    await settled()
    assert [(talk, said) for _, talk, said in talks.said] == [
        ("slack:T1:C1:1.1:C1", "hi"),
        ("slack:T1:C1:1.1:C1", "more"),
        ("slack:T1:C1:1.1:C1", "and me"),
    ]
    assert {who for who, *_ in talks.said} == {"slack:T1:C1"}
    assert talks.speakers == ["Ann", "Ann", "Bob"]
    assert len(slack.of("users.info")) == 2
    assert [call["thread_ts"] for call in slack.of("chat.postMessage")] == ["1.1"] * 3
    assert not slack.of("conversations.replies")


async def test_who_may_not_be_named_is_told_apart_by_id(
    caller: Caller, slack: SlackStandIn, talks: ScriptedTalks
) -> None:
    slack.broken = {"users.info": "missing_scope"}
    await caller.post(event("1.1", f"<@{BOT}> hi", type="app_mention"))
    await until(lambda: len(slack.of("chat.update")) == 1)
    assert talks.speakers == ["U1"]


async def test_after_a_restart_it_finds_the_threads_it_was_in(
    caller: Caller, slack: SlackStandIn, talks: ScriptedTalks
) -> None:
    slack.threads = {"1.1": [{"user": "U1"}, {"user": BOT}], "2.1": [{"user": "U1"}]}
    await caller.post(event("1.5", "mine", thread_ts="1.1"))
    await until(lambda: slack.of("chat.update"))
    for stamp in ("2.2", "2.3"):
        await caller.post(event(stamp, "not mine", thread_ts="2.1"))
        await settled()
    assert [said for *_, said in talks.said] == ["mine"]
    assert len(slack.of("conversations.replies")) == 2


@pytest.mark.parametrize(
    "body",
    [
        event("1.1", "just talk among people"),
        event("1.1", f"<@{BOT}> hi", type="app_mention", bot_id="B2"),
        event("1.1", "hi", channel="D1", channel_type="im", subtype="bot_message", bot_id="B2"),
        event("1.1", "hi", channel="D1", channel_type="im", user=BOT),
        event("1.1", "hi", channel="D1", channel_type="im", subtype="message_changed"),
        event("1.1", "", channel="D1", channel_type="im", subtype="channel_join"),
    ],
    ids=["channel", "other bot", "bot message", "itself", "edit", "join"],
)
async def test_what_is_not_for_it_is_left_alone(
    caller: Caller, slack: SlackStandIn, talks: ScriptedTalks, body: dict[str, Any]
) -> None:
    assert (await caller.post(body))[0] == 200  # else Slack would send it again
    await settled()
    assert not talks.said and not slack.of("chat.postMessage")


async def test_a_request_that_slack_did_not_sign_is_refused(caller: Caller, talks: ScriptedTalks) -> None:
    status, _ = await caller.post(event("1.1", "hi", channel="D1", channel_type="im"), secret="guessed")
    assert status == 401
    assert not talks.said


async def test_the_address_is_verified(caller: Caller) -> None:
    status, text = await caller.post({"type": "url_verification", "challenge": "abc"})
    assert (status, json.loads(text)) == (200, {"challenge": "abc"})


async def test_errors_become_a_sentence_in_place_of_the_placeholder(
    caller: Caller, slack: SlackStandIn, talks: ScriptedTalks
) -> None:
    direct = {"channel": "D1", "channel_type": "im"}
    talks.script.error = TastemakerError("The disk is full.")
    await caller.post(event("1.1", "one", **direct))
    await until(lambda: len(slack.of("chat.update")) == 1)
    talks.script.error = ZeroDivisionError("secret")
    await caller.post(event("1.2", "two", **direct))
    await until(lambda: len(slack.of("chat.update")) == 2)
    first, second = (call["text"] for call in slack.of("chat.update"))
    assert first == "The disk is full."
    assert "went wrong" in second and "secret" not in second


async def test_long_answers_and_many_cards_keep_slacks_limits(
    caller: Caller, slack: SlackStandIn, talks: ScriptedTalks
) -> None:
    talks.script = Script(picks=talks.script.picks * 40, text="Word & <!channel> word. " * 600)
    await caller.post(event("1.1", "all", channel="D1", channel_type="im"))
    await until(lambda: len(slack.of("chat.postMessage")) == 2)
    blocks = [*slack.of("chat.update")[0]["blocks"], *slack.of("chat.postMessage")[1]["blocks"]]
    assert sum(block["type"] == "rich_text" for block in blocks) == 80
    assert "<!channel>" not in slack.of("chat.update")[0]["text"]


async def test_while_opening_the_placeholder_says_how_far_it_is(slack: SlackStandIn, talks: ScriptedTalks) -> None:
    opening = SlowOpening(talks)
    async with over_http(opening, slack) as caller:
        assert opening.started
        await caller.post(event("1.1", "hi", channel="D1", channel_type="im"))
        await until(lambda: slack.of("chat.postMessage"))
        assert slack.of("chat.postMessage")[0]["text"] == "Loading the catalogue …"
        opening.opened()
        await until(lambda: slack.of("chat.update"))
        assert slack.of("chat.update")[0]["text"].startswith("Turn 1")


async def test_socket_mode_acknowledges_and_answers(slack: SlackStandIn, talks: ScriptedTalks) -> None:
    talks.script.gate = threading.Event()
    settings = Settings(slack_bot_token=TOKEN, slack_app_token=APP_TOKEN)
    async with running(serve_slack(talks, settings, "127.0.0.1", 0, slack.api)):
        for envelope in ("e1", "e2"):
            await slack.send(envelope, event("1.1", f"<@{BOT}> hi", type="app_mention"))
        await until(lambda: len(slack.acknowledged) == 2)
        assert not slack.of("chat.update")
        talks.script.gate.set()
        await until(lambda: slack.of("chat.update"))
        await settled()
    assert len(slack.of("chat.postMessage")) == 1


@pytest.mark.parametrize(
    ("tokens", "sentence"),
    [
        ({}, "SLACK_BOT_TOKEN is missing"),
        ({"slack_bot_token": "xoxp-user"}, "SLACK_BOT_TOKEN is missing or not a bot token"),
        ({"slack_bot_token": TOKEN}, "Set SLACK_APP_TOKEN .* or SLACK_SIGNING_SECRET"),
        ({"slack_bot_token": TOKEN, "slack_app_token": "xoxb-1"}, "SLACK_APP_TOKEN is not"),
    ],
)
def test_missing_tokens_are_named(talks: ScriptedTalks, tokens: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsError, match=sentence):
        run_slack(talks, Settings(**tokens))


async def test_refused_tokens_are_named(slack: SlackStandIn, talks: ScriptedTalks) -> None:
    async with asyncio.timeout(10):
        with pytest.raises(SettingsError, match=r"SLACK_BOT_TOKEN \(invalid_auth\)"):
            settings = Settings(slack_bot_token="xoxb-wrong", slack_signing_secret=SECRET)
            await serve_slack(talks, settings, "127.0.0.1", 0, slack.api)
        with pytest.raises(SettingsError, match=r"SLACK_APP_TOKEN \(invalid_auth\)"):
            settings = Settings(slack_bot_token=TOKEN, slack_app_token="xapp-wrong")
            await serve_slack(talks, settings, "127.0.0.1", 0, slack.api)


async def test_a_slack_that_cannot_be_reached_is_told(talks: ScriptedTalks) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = Settings(slack_bot_token=TOKEN, slack_signing_secret=SECRET)
    with pytest.raises(TastemakerError, match="Slack cannot be reached"):
        await serve_slack(talks, settings, "127.0.0.1", 0, f"http://127.0.0.1:{port}/api/")


async def test_a_port_in_use_is_told_with_the_option_that_chooses_another(
    slack: SlackStandIn, talks: ScriptedTalks
) -> None:
    settings = Settings(slack_bot_token=TOKEN, slack_signing_secret=SECRET)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"Port {port} .*`--port {port + 1}`"):
            await serve_slack(talks, settings, "127.0.0.1", port, slack.api)
