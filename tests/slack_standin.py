"""Slack's Web API and Socket Mode on loopback: just as much as the bot uses, with the limits that Slack enforces."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

BOT, TEAM, TOKEN, APP_TOKEN = "UBOT", "T1", "xoxb-right", "xapp-right"


@dataclass
class SlackStandIn:
    """Records every call as (method, arguments). `threads` answers conversations.replies; `broken` methods fail."""

    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    threads: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=lambda: {"U1": "Ann", "U2": "Bob"})
    acknowledged: dict[str, float] = field(default_factory=dict)
    address: str = ""
    _socket: web.WebSocketResponse | None = None
    _stamp: int = 0

    @property
    def api(self) -> str:
        """The base address for the client."""
        return f"{self.address}/api/"

    def of(self, method: str) -> list[dict[str, Any]]:
        """Returns the arguments of all calls of a method."""
        return [arguments for name, arguments in self.calls if name == method]

    async def answer(self, request: web.Request) -> web.Response:
        """Answers one call of the Web API."""
        method = request.match_info["method"]
        if request.content_type == "application/json":
            arguments = await request.json()
        else:
            arguments = {**request.query, **await request.post()}
        self.calls.append((method, arguments))
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token != (APP_TOKEN if method == "apps.connections.open" else TOKEN):
            return web.json_response({"ok": False, "error": "invalid_auth"})
        if error := self.broken.get(method) or refused(arguments):
            return web.json_response({"ok": False, "error": error})
        return web.json_response({"ok": True, **self._result(method, arguments)})

    def _result(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        match method:
            case "auth.test":
                return {"user": "tastemaker", "user_id": BOT, "team_id": TEAM, "bot_id": "BBOT", "url": self.address}
            case "apps.connections.open":
                return {"url": f"{self.address.replace('http', 'ws')}/link"}
            case "conversations.replies":
                return {"messages": self.threads.get(arguments["ts"], [])}
            case "users.info":
                name = self.names.get(arguments["user"], "")
                return {"user": {"id": arguments["user"], "name": "handle", "profile": {"display_name": name}}}
            case "chat.postMessage":
                self._stamp += 1
                return {"ts": f"9.{self._stamp:06}", "channel": arguments["channel"]}
            case "chat.update":
                return {"ts": arguments["ts"], "channel": arguments["channel"]}
        raise AssertionError(f"The bot is not expected to call {method}.")

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        """The Socket Mode connection."""
        self._socket = web.WebSocketResponse()
        await self._socket.prepare(request)
        await self._socket.send_json({"type": "hello", "num_connections": 1})
        async for message in self._socket:
            if message.type is WSMsgType.TEXT and "envelope_id" in (told := json.loads(message.data)):
                self.acknowledged[told["envelope_id"]] = asyncio.get_running_loop().time()
        return self._socket

    async def send(self, envelope: str, body: dict[str, Any]) -> None:
        """Sends an event over Socket Mode."""
        async with asyncio.timeout(10):
            while self._socket is None:
                await asyncio.sleep(0.01)
        told = {"type": "events_api", "envelope_id": envelope, "payload": body, "accepts_response_payload": False}
        await self._socket.send_json(told)


def event(stamp: str, text: str, event_id: str = "", **more: Any) -> dict[str, Any]:
    """Returns the body of an event: by default a message of U1 in the channel C1."""
    said = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "ts": stamp, "text": text}
    about = {"type": "event_callback", "team_id": TEAM, "api_app_id": "A1", "event_id": event_id or f"Ev{stamp}"}
    return {**about, "event_time": 1, "event": {**said, **more}}


def refused(arguments: dict[str, Any]) -> str | None:
    """Slack's own checks of a message."""
    blocks = arguments.get("blocks", [])
    if len(blocks) > 50 or len(arguments.get("text", "")) > 4000:
        return "msg_too_long"
    for block in blocks:
        match block:
            case {"type": "section", "text": {"type": "plain_text", "text": str(text)}} if 0 < len(text) <= 3000:
                continue
            case {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [*runs]}]} if runs:
                if all(run["type"] == "text" and run["text"] for run in runs):
                    continue
        return "invalid_blocks"
    return None


@asynccontextmanager
async def slack_standin() -> AsyncIterator[SlackStandIn]:
    """Serves a stand-in on a free port."""
    slack = SlackStandIn()
    app = web.Application()
    app.router.add_route("*", "/api/{method}", slack.answer)
    app.router.add_get("/link", slack.link)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    slack.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield slack
    finally:
        await runner.cleanup()
