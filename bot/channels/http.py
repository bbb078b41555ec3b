"""The HTTP API: OpenAI's chat completions over a recommender, so that any of its clients can talk with it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable
from typing import Annotated, Any, TypeVar

import uvicorn
from fastapi import FastAPI, Header, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from bot import Done, ReplyEvent, TastemakerError
from bot.channels.addresses import in_address, listening_on
from bot.channels.http_answers import Answering
from bot.channels.http_errors import MOST_BYTES, Refused, tell_errors, too_large
from bot.channels.http_limits import BodyLimit
from bot.channels.http_models import MODEL, ChatRequest, Completion, ErrorBody, Health, Model, Models
from bot.channels.http_talks import Place, answered, place_of
from bot.channels.turns import Opening, Talks, Turns, opening_of

_LOOK = 0.2  # seconds between two looks whether the client is still there
_GONE = 499  # nobody reads it; it stands in the access log
_ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": ErrorBody, "description": "The request cannot be used; the message says why."},
    "503": {"model": ErrorBody, "description": "Still opening (with Retry-After), or something it needs is away."},
}
T = TypeVar("T")


def create_app(source: Opening | Talks) -> FastAPI:
    """Returns the app over a recommender that may still be opening. Whoever serves it starts the opening."""
    turns = Turns(source)
    app = FastAPI(title="Tastemaker", summary="Recommendations by talking, each with its evidence.")
    app.add_middleware(BodyLimit, most=MOST_BYTES, refused=too_large)
    tell_errors(app)

    @app.post("/v1/chat/completions", response_model=Completion, responses=_ERRORS, tags=["chat"])
    async def complete(
        request: Request, body: ChatRequest, x_conversation_id: Annotated[str | None, Header(max_length=200)] = None
    ) -> Response:
        """Answers the last user message; with `stream`, as server-sent events of `chat.completion.chunk`."""
        _check(body, turns.opening)
        talks = await turns.talks()
        try:
            place = await asyncio.to_thread(place_of, body, x_conversation_id, talks)
        except ValueError as error:
            raise Refused(400, str(error), param="messages") from error
        events = _remembered(_events(turns, place), body, talks, place)
        return await _respond(request, Answering(body, place.name), events)

    @app.get("/v1/models", tags=["chat"])
    async def models() -> Models:
        """Lists the one model there is."""
        return Models()

    @app.get("/v1/models/{name}", responses=_ERRORS, tags=["chat"])
    async def model(name: str) -> Model:
        """Returns the one model there is."""
        _check_model(name)
        return Model()

    @app.get("/health", response_model=Health, responses={503: {"model": Health}}, tags=["operation"])
    async def health() -> Response:
        """Says whether it is ready (200), still opening or failed (503)."""
        state = _health(turns.opening)
        return JSONResponse(state.model_dump(), 200 if state.status == "ready" else 503)

    return app


def run_http(source: Opening | Talks, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serves the API until interrupted; starts the opening of `source` once the port is held.

    Raises SettingsError when the address or the port cannot be had.
    """
    with listening_on(host, port) as listening:
        app = create_app(source)
        opening_of(source).start()
        address = f"{in_address(host)}:{listening.getsockname()[1]}"
        print(f"Tastemaker's API is on http://{address}/v1 (documented at /docs)", flush=True)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=5))
        server.run(sockets=[listening])


async def _events(turns: Turns, place: Place) -> AsyncIterator[ReplyEvent]:
    """Yields the events of the answer, after the earlier messages were said again where that was needed."""
    for earlier in place.replayed:
        await turns.say(place.user, place.talk, earlier)
    async with contextlib.aclosing(turns.stream(place.user, place.talk, place.utterance)) as events:
        async for event in events:
            yield event


async def _remembered(
    events: AsyncIterator[ReplyEvent], request: ChatRequest, talks: Talks, place: Place
) -> AsyncIterator[ReplyEvent]:
    async for event in events:
        if isinstance(event, Done):
            await asyncio.to_thread(answered, request, place, event.reply.text, talks)
        yield event


async def _respond(request: Request, answering: Answering, events: AsyncIterator[ReplyEvent]) -> Response:
    """Returns the answer, whole or as a stream. What fails before the first event is an ordinary error response."""
    headers = {"X-Conversation-Id": answering.conversation}
    if answering.request.stream:
        first = await _while_connected(request, anext(events))
        if first is None:
            return Response(status_code=_GONE)
        chunks = answering.stream(_after(first, events))
        return StreamingResponse(
            chunks, media_type="text/event-stream", headers={**headers, "Cache-Control": "no-store"}
        )
    done = await _while_connected(request, _last(events))
    if not isinstance(done, Done):
        return Response(status_code=_GONE)
    json = answering.completion(done.reply).model_dump_json()
    return Response(json, media_type="application/json", headers=headers)


async def _while_connected(request: Request, work: Awaitable[T]) -> T | None:
    """Returns what the work returns; stops it and returns None when the client leaves."""
    task = asyncio.ensure_future(work)
    try:
        while not (await asyncio.wait({task}, timeout=_LOOK))[0]:
            if await request.is_disconnected():
                return None
        return await task
    finally:
        task.cancel()


async def _last(events: AsyncIterator[ReplyEvent]) -> ReplyEvent:
    return [event async for event in events][-1]


async def _after(first: ReplyEvent, events: AsyncIterator[ReplyEvent]) -> AsyncIterator[ReplyEvent]:
    yield first
    async for event in events:
        yield event


def _check(request: ChatRequest, opening: Opening) -> None:
    _check_model(request.model)
    if opening.wait(0) is None:
        raise Refused(503, f"Still opening: {opening.words} Try again in a few seconds.", "opening")


def _check_model(name: str) -> None:
    if name != MODEL:
        raise Refused(
            404, f"There is no model {name[:80]!r}; the one there is is {MODEL!r}.", "model_not_found", "model"
        )


def _health(opening: Opening) -> Health:
    try:
        found = opening.wait(0)
    except TastemakerError as error:
        return Health(status="failed", message=str(error))
    return Health(status="ready" if found else "opening", message=opening.words)
