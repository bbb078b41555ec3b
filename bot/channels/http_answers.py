"""A turn's events as OpenAI's JSON: one whole completion, or a stream of chunks as server-sent events."""

import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from bot import Done, Recommended, Reply, ReplyEvent, TastemakerError, TextDelta, Understood
from bot.channels.http_models import (
    Answer,
    ChatRequest,
    Choice,
    Chunk,
    ChunkChoice,
    Completion,
    ErrorBody,
    Extension,
    Problem,
    Usage,
)


@dataclass(frozen=True, slots=True)
class Answering:
    """One answer being made: its id and time are the same in every chunk."""

    request: ChatRequest
    conversation: str
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def completion(self, reply: Reply) -> Completion:
        """Returns the whole answer."""
        extension = Extension(
            conversation=self.conversation,
            turn=reply.turn,
            act=reply.act,
            understanding=reply.understanding,
            recommendations=reply.recommendations,
            timings=reply.timings,
            moves=reply.moves,
        )
        return Completion(
            id=self.id,
            created=self.created,
            choices=[Choice(message=Answer(role="assistant", content=reply.text))],
            usage=self.usage(reply),
            tastemaker=extension,
        )

    async def stream(self, events: AsyncIterator[ReplyEvent]) -> AsyncIterator[str]:
        """Yields server-sent events, `[DONE]` last. An error in the middle becomes an event of OpenAI's error shape."""
        try:
            async for event in events:
                yield _sent(self._chunk(event))
                if (
                    isinstance(event, Done)
                    and self.request.stream_options
                    and self.request.stream_options.include_usage
                ):
                    usage = self.usage(event.reply)
                    yield _sent(Chunk(id=self.id, created=self.created, choices=[], usage=usage))
        except TastemakerError as error:
            yield _sent(ErrorBody(error=Problem(message=str(error), type="server_error")))
        yield "data: [DONE]\n\n"

    def usage(self, reply: Reply) -> Usage:
        """Returns the lengths in words."""
        asked = sum(len(message.words.split()) for message in self.request.messages)
        answered = len(reply.text.split())
        return Usage(prompt_tokens=asked, completion_tokens=answered, total_tokens=asked + answered)

    def _chunk(self, event: ReplyEvent) -> Chunk:
        delta, about, end = Answer(), Extension(conversation=self.conversation), False
        match event:
            case Understood(understanding=understanding):
                delta = Answer(role="assistant", content="")
                about.understanding = understanding
            case Recommended(recommendations=recommendations):
                about.recommendations = recommendations
            case TextDelta(text=text):
                delta = Answer(content=text)
            case Done(reply=reply):
                about.turn, about.act, about.timings, end = reply.turn, reply.act, reply.timings, True
                about.moves = reply.moves
        return Chunk(
            id=self.id,
            created=self.created,
            choices=[ChunkChoice(delta=delta, finish_reason="stop" if end else None)],
            tastemaker=None if isinstance(event, TextDelta) else about,
        )


def _sent(body: Chunk | ErrorBody) -> str:
    return f"data: {body.model_dump_json()}\n\n"
