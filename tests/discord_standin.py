"""Discord's REST API and gateway on loopback: just as much as the bot uses, with the limits that Discord enforces."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

TOKEN = "right"
BOT, ALICE, BOB, ROBOT = 100, 101, 102, 103
GUILD, ROLE, CHANNEL, THREAD, FOREIGN_THREAD, PLAIN_CHANNEL, DIRECT = 200, 201, 300, 301, 302, 303, 400
_PERMISSIONS, _EMBED_LINKS = 274877991936, 1 << 14  # what the invitation in docs/channels.md asks for
_WHEN = "2026-01-01T00:00:00+00:00"
_HELLO, _IDENTIFY, _HEARTBEAT, _HEARTBEAT_ACK = 10, 2, 1, 11


def person(id: int, bot: bool = False) -> dict[str, Any]:
    """Returns a user."""
    return {"id": str(id), "username": f"user{id}", "discriminator": "0", "avatar": None, "bot": bot}


def message(id: int, text: str, author: int = ALICE, channel: int = DIRECT, **more: Any) -> dict[str, Any]:
    """Returns a message as the gateway sends it: a direct one, or one of the server where the channel is there."""
    mentions = [person(who, who == BOT) for who in (BOT, ALICE, BOB) if f"<@{who}>" in text]
    roles = [str(ROLE)] if f"<@&{ROLE}>" in text else []
    member = {"roles": [], "joined_at": _WHEN, "deaf": False, "mute": False, "flags": 0}
    place = {} if channel == DIRECT else {"guild_id": str(GUILD), "member": member}
    said = {
        "id": str(id),
        "channel_id": str(channel),
        "author": person(author, bot=author in (BOT, ROBOT)),
        "content": text,
        "timestamp": _WHEN,
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [{**who, **({"member": member} if place else {})} for who in mentions],
        "mention_roles": roles,
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
    }
    return {**said, **place, **more}


def answering(id: int, text: str, answered: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Returns a reply to a message."""
    reference = {"message_id": answered["id"], "channel_id": answered["channel_id"], "guild_id": str(GUILD)}
    return message(id, text, type=19, message_reference=reference, referenced_message=answered, **more)


@dataclass
class DiscordStandIn:
    """Records what was posted, as (channel, body), and where it was typing. `broken` is an answer's (status, code)."""

    address: str = ""
    posted: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    typing: list[int] = field(default_factory=list)
    intents: int | None = None
    close_code: int | None = None
    broken: tuple[int, int] | None = None
    _socket: web.WebSocketResponse | None = None
    _sequence: int = 0

    async def me(self, request: web.Request) -> web.Response:
        """The bot's own user, which is how a token is tried."""
        if request.headers.get("Authorization") != f"Bot {TOKEN}":
            return _json({"code": 0, "message": "401: Unauthorized"}, status=401)
        return _json(person(BOT, bot=True))

    async def application(self, _: web.Request) -> web.Response:
        """The bot's application."""
        about = {"id": "1", "name": "tastemaker", "description": "", "icon": None, "summary": "", "verify_key": ""}
        more = {"bot_public": True, "bot_require_code_grant": False, "owner": person(ALICE), "flags": 0, "team": None}
        return _json({**about, **more})

    async def type(self, request: web.Request) -> web.Response:
        """The typing indicator."""
        self.typing.append(int(request.match_info["channel"]))
        return web.Response(status=204)

    async def post(self, request: web.Request) -> web.Response:
        """A new message."""
        body, channel = await request.json(), int(request.match_info["channel"])
        if self.broken:
            status, code = self.broken
            return _json({"code": code, "message": "Missing Permissions"}, status=status)
        if reason := refused(body):
            return _json({"code": 50035, "message": reason}, status=400)
        self.posted.append((channel, body))
        return _json(message(1000 + len(self.posted), body.get("content") or "", BOT, channel))

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        """The gateway's connection: greets, takes the identification, answers heartbeats."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": _HELLO, "d": {"heartbeat_interval": 45_000}})
        async for received in socket:
            if received.type is not WSMsgType.TEXT:
                continue
            told = json.loads(received.data)
            if told["op"] == _HEARTBEAT:
                await socket.send_json({"op": _HEARTBEAT_ACK})
            if told["op"] == _IDENTIFY and self.close_code:
                await socket.close(code=self.close_code)
            elif told["op"] == _IDENTIFY:
                self._socket, self.intents = socket, told["d"]["intents"]
                await self._dispatch("READY", self._ready())
                await self._dispatch("GUILD_CREATE", _guild())
        return socket

    async def send(self, *messages: dict[str, Any]) -> None:
        """Sends messages through the gateway."""
        async with asyncio.timeout(10):
            while self._socket is None:
                await asyncio.sleep(0.01)
        for told in messages:
            await self._dispatch("MESSAGE_CREATE", told)

    async def _dispatch(self, event: str, data: dict[str, Any]) -> None:
        assert self._socket
        self._sequence += 1
        await self._socket.send_json({"op": 0, "t": event, "s": self._sequence, "d": data})

    def _ready(self) -> dict[str, Any]:
        return {
            "v": 10,
            "user": person(BOT, bot=True),
            "guilds": [{"id": str(GUILD), "unavailable": True}],
            "session_id": "s",
            "resume_gateway_url": self.address.replace("http", "ws"),
            "application": {"id": "1", "flags": 0},
        }


def _guild() -> dict[str, Any]:
    place = {"guild_id": str(GUILD), "position": 0, "permission_overwrites": [], "nsfw": False, "parent_id": None}
    everyone = {"color": 0, "hoist": False, "managed": False, "mentionable": False, "permissions": "0", "position": 0}
    own = {**everyone, "id": str(ROLE), "name": "tastemaker", "tags": {"bot_id": str(BOT)}}
    own["permissions"] = str(_PERMISSIONS)
    no_embeds = [{"id": str(GUILD), "type": 0, "allow": "0", "deny": str(_EMBED_LINKS)}]
    return {
        "id": str(GUILD),
        "name": "server",
        "owner_id": str(ALICE),
        "member_count": 3,
        "large": False,
        "roles": [{**everyone, "id": str(GUILD), "name": "@everyone"}, own],
        "channels": [
            {**place, "id": str(CHANNEL), "type": 0, "name": "films"},
            {**place, "id": str(PLAIN_CHANNEL), "type": 0, "name": "plain", "permission_overwrites": no_embeds},
        ],
        "threads": [_thread(THREAD, joined=True), _thread(FOREIGN_THREAD, joined=False)],
        "members": [{"user": person(BOT, bot=True), "roles": [str(ROLE)], "joined_at": _WHEN, "flags": 0}],
        "emojis": [],
        "stickers": [],
        "features": [],
        "presences": [],
        "voice_states": [],
    }


def _thread(id: int, joined: bool) -> dict[str, Any]:
    state = {"archived": False, "auto_archive_duration": 60, "archive_timestamp": _WHEN, "locked": False}
    member = {"id": str(id), "user_id": str(BOT), "join_timestamp": _WHEN, "flags": 0}
    return {
        "id": str(id),
        "guild_id": str(GUILD),
        "parent_id": str(CHANNEL),
        "owner_id": str(ALICE),
        "name": "thread",
        "type": 11,
        "message_count": 1,
        "member_count": 1,
        "rate_limit_per_user": 0,
        "thread_metadata": state,
        **({"member": member} if joined else {}),
    }


def _json(body: dict[str, Any], status: int = 200) -> web.Response:
    """The client reads JSON only where the type is exactly Discord's, without a charset."""
    return web.Response(body=json.dumps(body).encode(), status=status, headers={"Content-Type": "application/json"})


def refused(body: dict[str, Any]) -> str | None:
    """Discord's own checks of a message."""
    content, embeds = body.get("content") or "", body.get("embeds") or []
    if not content and not embeds:
        return "Cannot send an empty message"
    if len(content) > 2000 or len(embeds) > 10:
        return "Invalid Form Body"
    parts = [(embed.get("title", ""), embed.get("description", "")) for embed in embeds]
    if any(len(title) > 256 or len(description) > 4096 for title, description in parts):
        return "Invalid Form Body"
    return "Embeds too long" if sum(len(title) + len(text) for title, text in parts) > 6000 else None


@asynccontextmanager
async def discord_standin() -> AsyncIterator[DiscordStandIn]:
    """Serves a stand-in on a free port."""
    discord = DiscordStandIn()
    app = web.Application()
    app.router.add_get("/api/users/@me", discord.me)
    app.router.add_get("/api/oauth2/applications/@me", discord.application)
    app.router.add_post("/api/channels/{channel}/typing", discord.type)
    app.router.add_post("/api/channels/{channel}/messages", discord.post)
    app.router.add_get("/", discord.gateway)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    discord.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield discord
    finally:
        await runner.cleanup()
