"""The reader that asks larger models: what it asks for, and what happens when they do not give it."""

from typing import Any

import openai
import pytest
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from bot.understanding import Context
from bot.understanding.model import SchemaReader

ANSWER = '{"intents": ["recommend"], "mentions": [{"text": "heat", "kind": "item", "attitude": "like"}]}'


class Refused(openai.OpenAIError):
    """What a server's client raises for a request that the server does not understand."""

    status_code = 400


class Server(BaseChatModel):
    """A server that knows some ways of asking for a schema and refuses the others."""

    knows: tuple[str, ...] = ("json_schema",)
    answer: str = ANSWER
    asked: list[str]

    @property
    def _llm_type(self) -> str:
        return "fake"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        response_format = kwargs["response_format"]
        self.asked.append(response_format["type"])
        if response_format["type"] not in self.knows:
            raise Refused(response_format["type"])
        return ChatResult(generations=[ChatGeneration(message=AIMessage(self.answer))])


def test_an_answer_in_the_schema_is_a_reading() -> None:
    reading = SchemaReader(Server(asked=[])).read("something like Heat", Context())
    assert reading is not None
    assert reading.intents == ("recommend",)
    assert [(span.start, span.end, span.attitude) for span in reading.spans] == [(15, 19, "like")]


def test_a_server_is_asked_the_other_way_and_remembered() -> None:
    server = Server(knows=("json_object",), asked=[])
    reader = SchemaReader(server)
    assert reader.read("something like Heat", Context()) is not None
    assert reader.read("something like Heat", Context()) is not None
    assert server.asked == ["json_schema", "json_object", "json_object"]


@pytest.mark.parametrize(
    "server",
    [
        Server(knows=(), asked=[]),
        Server(answer="I would recommend Heat.", asked=[]),
        Server(answer='{"intents": ["buy"]}', asked=[]),
    ],
)
def test_no_use_of_an_answer_is_no_reading(server: Server) -> None:
    assert SchemaReader(server).read("something like Heat", Context()) is None
