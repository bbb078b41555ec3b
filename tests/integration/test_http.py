"""The HTTP API over loopback: the official client, plain requests, and clients that leave."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import openai
import pytest
import uvicorn
from openai import OpenAI

from bot import SettingsError, TastemakerError
from bot.channels.http import create_app, run_http
from tests.channel_fakes import PICKS, Script, ScriptedTalks, SlowOpening


@contextmanager
def serving(source: Any) -> Iterator[str]:
    """Gives the address of the app, served in a thread."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(source), log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


@pytest.fixture
def talks() -> ScriptedTalks:
    return ScriptedTalks()


@pytest.fixture
def address(talks: ScriptedTalks) -> Iterator[str]:
    with serving(talks) as at:
        yield at


@pytest.fixture
def client(address: str) -> Iterator[OpenAI]:
    with openai_at(address) as client:
        yield client


def openai_at(address: str) -> OpenAI:
    plain = openai.DefaultHttpxClient(trust_env=False)  # no proxy of the machine comes between
    return OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0, http_client=plain)


def post(address: str, body: Any, **more: Any) -> httpx.Response:
    with httpx.Client(trust_env=False, timeout=20) as client:
        return client.post(f"{address}/v1/chat/completions", json=body, **more)


def user(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}


def test_the_official_client_gets_an_answer_with_its_evidence(client: OpenAI, talks: ScriptedTalks) -> None:
    answer = client.chat.completions.create(model="tastemaker", messages=[user("a heist film")], user="alice")
    assert answer.choices[0].message.content.startswith("Turn 1: you said 'a heist film'.")
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage.prompt_tokens == 3
    assert answer.usage.total_tokens == 3 + len(answer.choices[0].message.content.split())
    more = answer.model_extra["tastemaker"]
    assert (more["act"], more["turn"], more["timings"]) == ("recommend", 1, {"total": 0.1})
    assert more["understanding"]["intent"] == "recommend"
    first = more["recommendations"][0]
    assert first["item"]["title"] == PICKS[0].item.title
    assert first["explanation"]["text"] == "Michael Mann made it."
    assert first["explanation"]["evidence"][0]["object"]["name"] == "Michael Mann"
    assert talks.said[0][0] == "http:alice"


def test_the_official_client_streams(client: OpenAI) -> None:
    stream = client.chat.completions.create(
        model="tastemaker", messages=[user("hi")], stream=True, stream_options={"include_usage": True}
    )
    chunks = list(stream)
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices).startswith("Turn 1: you said 'hi'.")
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-1] == "stop"
    assert chunks[-1].choices == [] and chunks[-1].usage.prompt_tokens == 1
    assert len({c.id for c in chunks}) == 1
    told = [key for c in chunks for key in (c.model_extra or {}).get("tastemaker", {}) if key != "conversation"]
    assert told == ["understanding", "recommendations", "turn", "act", "timings", "moves"]


def test_a_stream_is_sent_while_the_turn_is_at_work(address: str, talks: ScriptedTalks) -> None:
    talks.script.gate = threading.Event()
    body = {"messages": [user("hi")], "stream": True}
    with (
        httpx.Client(trust_env=False, timeout=10) as client,
        client.stream("POST", f"{address}/v1/chat/completions", json=body) as response,
    ):
        lines = response.iter_lines()
        assert "understanding" in next(lines)
        assert not talks.finished
        talks.script.gate.set()
        rest = [line for line in lines if line]
    assert response.headers["content-type"].startswith("text/event-stream")
    assert rest[-1] == "data: [DONE]"


def test_a_client_that_sends_the_whole_history_goes_on_with_its_talk(client: OpenAI, talks: ScriptedTalks) -> None:
    messages: list[Any] = [{"role": "system", "content": "Be brief."}]
    for said in ("one", "two", "three"):
        messages.append(user(said))
        answer = client.chat.completions.create(model="tastemaker", messages=messages, user="alice")
        messages.append({"role": "assistant", "content": f"{answer.choices[0].message.content} "})
    assert answer.choices[0].message.content.startswith("Turn 3")
    assert [said for *_, said in talks.said] == ["one", "two", "three"]
    assert len(talks.owners) == 1


def test_an_edited_message_starts_from_what_was_said_before_it(client: OpenAI, talks: ScriptedTalks) -> None:
    def ask(*messages: Any) -> str:
        answer = client.chat.completions.create(model="tastemaker", messages=messages, user="alice")
        return answer.choices[0].message.content

    first = ask(user("one"))
    history = (user("one"), {"role": "assistant", "content": first})
    assert ask(*history, user("two")).startswith("Turn 2")
    assert ask(*history, user("another two")).startswith("Turn 2: you said 'another two'")
    assert [said for *_, said in talks.said] == ["one", "two", "one", "another two"]
    assert len(talks.owners) == 2


def test_strangers_with_the_same_words_share_nothing(client: OpenAI, talks: ScriptedTalks) -> None:
    for _ in range(2):
        answer = client.chat.completions.create(model="tastemaker", messages=[user("hi")])
        history = [user("hi"), {"role": "assistant", "content": answer.choices[0].message.content}]
        client.chat.completions.create(model="tastemaker", messages=[*history, user("more")])
    users = [who for who, *_ in talks.said]
    assert users[0] == users[1] != users[2] == users[3]
    assert len(talks.owners) == 2


def test_two_users_with_the_same_history_have_talks_of_their_own(client: OpenAI, talks: ScriptedTalks) -> None:
    for who in ("alice", "bob"):
        answer = client.chat.completions.create(model="tastemaker", messages=[user("hi")], user=who)
    history = [user("hi"), {"role": "assistant", "content": answer.choices[0].message.content}]
    for who in ("alice", "bob"):
        client.chat.completions.create(model="tastemaker", messages=[*history, user("more")], user=who)
    assert [(who, said) for who, _, said in talks.said][2:] == [("http:alice", "more"), ("http:bob", "more")]
    assert len(talks.owners) == 2


def test_a_talk_goes_on_by_its_id_and_only_for_its_user(address: str, talks: ScriptedTalks) -> None:
    first = post(address, {"messages": [user("one")], "user": "alice"})
    id = first.headers["X-Conversation-Id"]
    assert first.json()["tastemaker"]["conversation"] == id
    by_header = post(address, {"messages": [user("two")], "user": "alice"}, headers={"X-Conversation-Id": id})
    by_metadata = post(address, {"messages": [user("three")], "user": "alice", "metadata": {"conversation": id}})
    other = post(address, {"messages": [user("mine?")], "user": "bob"}, headers={"X-Conversation-Id": id})
    turns = [answer.json()["tastemaker"]["turn"] for answer in (first, by_header, by_metadata, other)]
    assert turns == [1, 2, 3, 1]


def test_content_may_come_in_parts(address: str, talks: ScriptedTalks) -> None:
    post(address, {"messages": [{"role": "user", "content": [{"type": "text", "text": "a heist"}]}]})
    assert talks.said[0][2] == "a heist"


def test_models_and_documentation(client: OpenAI, address: str) -> None:
    assert [model.id for model in client.models.list()] == ["tastemaker"]
    assert client.models.retrieve("tastemaker").owned_by == "tastemaker"
    with pytest.raises(openai.NotFoundError, match="There is no model 'gpt'"):
        client.chat.completions.create(model="gpt", messages=[user("hi")])
    described = httpx.get(f"{address}/openapi.json", trust_env=False).json()
    operation = described["paths"]["/v1/chat/completions"]["post"]
    assert operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith("/ChatRequest")
    assert operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith("/Completion")
    assert set(operation["responses"]) == {"200", "4XX", "503"}
    assert "Recommendation" in described["components"]["schemas"]


def test_while_opening_it_says_so_and_when_to_come_back(talks: ScriptedTalks) -> None:
    opening = SlowOpening(talks)
    with serving(opening) as address:
        health = httpx.get(f"{address}/health", trust_env=False)
        assert (health.status_code, health.json()["status"]) == (503, "opening")
        refused = post(address, {"messages": [user("hi")]})
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
        assert "Loading the catalogue" in refused.json()["error"]["message"]
        opening.opened()
        assert httpx.get(f"{address}/health", trust_env=False).json() == {"status": "ready", "message": "Ready."}
        assert post(address, {"messages": [user("hi")]}).status_code == 200


def test_an_opening_that_failed_says_why(talks: ScriptedTalks) -> None:
    opening = SlowOpening(talks)
    opening.failed(TastemakerError("No index has been built yet. Run `tastemaker ingest`."))
    with serving(opening) as address, openai_at(address) as client:
        assert httpx.get(f"{address}/health", trust_env=False).json()["status"] == "failed"
        with pytest.raises(openai.InternalServerError, match="Run `tastemaker ingest`") as caught:
            client.chat.completions.create(model="tastemaker", messages=[user("hi")])
    assert caught.value.status_code == 503


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "messages: Field required"),
        ({"messages": []}, "messages: "),
        ({"messages": [user("hi"), {"role": "assistant", "content": "yes"}]}, "last message must be the user's"),
        ({"messages": [{"role": "system", "content": "x"}]}, "last message must be the user's"),
        ({"messages": [{"role": "king", "content": "x"}]}, "messages.0.role"),
        ({"messages": [user("hi")], "n": 2}, "n: "),
        ({"messages": [user("hi")], "user": "x" * 201}, "user: "),
        ({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]}, "messages.0"),
        ([1], "the body"),
    ],
)
def test_wrong_bodies_get_a_sentence(address: str, talks: ScriptedTalks, body: Any, sentence: str) -> None:
    refused = post(address, body)
    assert refused.status_code == 400
    error = refused.json()["error"]
    assert sentence in error["message"]
    assert (error["type"], set(error)) == ("invalid_request_error", {"message", "type", "param", "code"})
    assert not talks.said


def test_bodies_that_are_not_json_or_too_large_get_a_sentence(address: str, talks: ScriptedTalks) -> None:
    url = f"{address}/v1/chat/completions"
    headers = {"Content-Type": "application/json"}
    with httpx.Client(trust_env=False, headers=headers, timeout=20) as client:
        assert "not valid JSON" in client.post(url, content=b'{"messages": [').json()["error"]["message"]
        assert client.post(url, content=b"\xff\xfe\x00").status_code == 400
        large = json.dumps({"messages": [user("x" * (1 << 20))]}).encode()
        declared = client.post(url, content=large)
        chunked = client.post(url, content=iter([large[: 1 << 19], large[1 << 19 :]]))
    assert (declared.status_code, chunked.status_code) == (413, 413)
    assert "larger than 1 MiB" in declared.json()["error"]["message"]
    missing = httpx.get(f"{address}/v2", trust_env=False)
    assert (missing.status_code, missing.json()["error"]["message"]) == (404, "Not Found.")
    assert not talks.said


def test_errors_of_a_turn_get_their_sentence(address: str, client: OpenAI, talks: ScriptedTalks) -> None:
    talks.script.error = TastemakerError("The disk is full.")
    with pytest.raises(openai.InternalServerError, match="The disk is full"):
        client.chat.completions.create(model="tastemaker", messages=[user("hi")], stream=True)
    talks.script.error = ZeroDivisionError("secret")
    refused = post(address, {"messages": [user("hi")]})
    assert refused.status_code == 500
    assert "secret" not in refused.text and "went wrong" in refused.json()["error"]["message"]


def test_an_error_in_the_middle_of_a_stream_is_told_in_it(client: OpenAI, talks: ScriptedTalks) -> None:
    talks.script.late_error = TastemakerError("The graph is away.")
    stream = client.chat.completions.create(model="tastemaker", messages=[user("hi")], stream=True)
    with pytest.raises(openai.APIError, match="The graph is away"):
        list(stream)


@pytest.mark.parametrize("stream", [True, False])
def test_a_client_that_leaves_stops_the_work(address: str, talks: ScriptedTalks, stream: bool) -> None:
    gate = talks.script.gate = threading.Event()
    with httpx.Client(trust_env=False, timeout=0.6) as leaving, pytest.raises(httpx.ReadTimeout):
        leaving.post(f"{address}/v1/chat/completions", json={"messages": [user("hi")], "stream": stream})
    time.sleep(0.6)  # longer than the server takes to see it
    gate.set()
    for _ in range(100):
        if talks.closed:
            break
        time.sleep(0.05)
    assert (talks.closed, talks.finished) == (["hi"], [])


async def test_many_at_once_do_not_block_the_loop(address: str, talks: ScriptedTalks) -> None:
    talks.script = Script(seconds=0.5)
    async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
        asked = [
            asyncio.create_task(client.post(f"{address}/v1/chat/completions", json={"messages": [user(str(n))]}))
            for n in range(4)
        ]
        await asyncio.sleep(0.2)
        started = time.perf_counter()
        assert (await client.get(f"{address}/health")).status_code == 200
        health = time.perf_counter() - started
        answers = await asyncio.gather(*asked)
    assert health < 0.4
    assert [a.json()["choices"][0]["message"]["content"][:20] for a in answers] == [
        f"Turn 1: you said '{n}'" for n in range(4)
    ]


def test_a_port_in_use_is_told(talks: ScriptedTalks) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SettingsError, match="choose another"):
        run_http(talks, port=taken.getsockname()[1])
