"""The bodies of the HTTP API: OpenAI's chat completions, and under `tastemaker` what only a recommender can say."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot import Move, Recommendation, Understanding

MODEL = "tastemaker"
Absent = Field(None, exclude_if=lambda value: value is None)  # left out of the JSON where there is nothing to say
MOST_MESSAGES = 1000


class TextPart(BaseModel):
    """A part of a message's content. Only text is understood."""

    type: Literal["text", "input_text"] = "text"
    text: str


class Message(BaseModel):
    """One message. System, developer and tool messages are accepted and not read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[TextPart] | None = None

    @property
    def words(self) -> str:
        """The text of the content."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    """Options of a streamed answer."""

    include_usage: bool = False


class ChatRequest(BaseModel):
    """OpenAI's request. What steers a language model (temperature, max_tokens …) is accepted and has no effect."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "example": {
                "model": MODEL,
                "messages": [{"role": "user", "content": "I loved Inception, something newer without Tom Cruise?"}],
                "user": "alice",
            }
        },
    )

    model: str = MODEL
    messages: Annotated[list[Message], Field(min_length=1, max_length=MOST_MESSAGES)]
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: Annotated[int, Field(ge=1, le=1, description="One answer is all there is.")] | None = 1
    user: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="Whose taste it is. Without it, the talk is nobody's and its taste ends with it."
    )
    metadata: dict[str, str] | None = Field(
        None, description="`conversation` continues a talk by its id, like the header X-Conversation-Id."
    )


class Usage(BaseModel):
    """How long the request and the answer are, in words: an approximation of tokens."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Extension(BaseModel):
    """What the answer rests on. In a stream each part comes as soon as it is known."""

    conversation: str
    turn: int | None = Absent
    act: str | None = Absent
    understanding: Understanding | None = Absent
    recommendations: tuple[Recommendation, ...] | None = Absent
    timings: Mapping[str, float] | None = Absent
    moves: tuple[Move, ...] | None = Absent


class Answer(BaseModel):
    """The assistant's message, or in a stream a piece of it."""

    role: Literal["assistant"] | None = Absent
    content: str | None = Absent


class Choice(BaseModel):
    """The one choice of a whole answer."""

    index: int = 0
    message: Answer
    finish_reason: Literal["stop"] = "stop"


class Completion(BaseModel):
    """A whole answer."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[Choice]
    usage: Usage
    tastemaker: Extension


class ChunkChoice(BaseModel):
    """The one choice of a streamed piece."""

    index: int = 0
    delta: Answer
    finish_reason: Literal["stop"] | None = None


class Chunk(BaseModel):
    """A piece of a streamed answer."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str = MODEL
    choices: list[ChunkChoice]
    usage: Usage | None = Absent
    tastemaker: Extension | None = Absent


class Model(BaseModel):
    """One entry of the list of models."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = MODEL


class Models(BaseModel):
    """The list of models."""

    object: Literal["list"] = "list"
    data: list[Model] = [Model()]


class Problem(BaseModel):
    """What went wrong, in a sentence."""

    message: str
    type: str
    param: str | None = None
    code: str | None = None


class ErrorBody(BaseModel):
    """OpenAI's shape of an error."""

    error: Problem


class Health(BaseModel):
    """How far the recommender is."""

    status: Literal["ready", "opening", "failed"]
    message: str
