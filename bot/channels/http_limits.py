"""A limit on the size of a request's body, for any ASGI app: the body is read here, counted, and handed on."""

from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Refuse = Callable[[Scope, Receive, Send], Awaitable[None]]


class BodyLimit:
    """Answers with `refused` where a body has more than `most` bytes, declared or sent."""

    def __init__(self, app: ASGIApp, most: int, refused: Refuse) -> None:
        self._app = app
        self._most = most
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = b"" if _declared(scope) <= self._most else None
        more = body is not None
        while body is not None and more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._most:
                body = None
        if body is None:
            await self._refused(scope, receive, send)
            return
        await self._app(scope, _first({"type": "http.request", "body": body, "more_body": False}, receive), send)


def _declared(scope: Scope) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


def _first(message: Message, receive: Receive) -> Receive:
    """Returns a `receive` that gives one message before the real ones."""
    waiting = [message]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed
