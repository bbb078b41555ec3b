"""The local model as a LangChain chat model: sync, streamed, and both as coroutines."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import ConfigDict

from bot.language_model.engine import Engine
from bot.language_model.owner import Owner
from bot.pulse import Pulse

_ROLES = {"human": "user", "ai": "assistant", "system": "system"}


class LlamaChat(BaseChatModel):
    """A chat model over the owner thread.

    `seconds` is the deadline of one answer; `lane` keeps turns fair between callers.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    owner: Owner
    max_tokens: int = 200
    temperature: float = 0.0
    seconds: float | None = None
    lane: str = "chat"

    @property
    def _llm_type(self) -> str:
        return "llama.cpp"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        text = "".join(self._pieces(messages, stop, kwargs))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=text))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        for piece in self._pieces(messages, stop, kwargs):
            chunk = ChatGenerationChunk(message=AIMessageChunk(content=piece))
            if run_manager:
                run_manager.on_llm_new_token(piece, chunk=chunk)
            yield chunk

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return await asyncio.to_thread(self._generate, messages, stop, None, **kwargs)

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        pulse = Pulse(self.seconds)
        pieces = self._pieces(messages, stop, kwargs, pulse)
        try:
            while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
                chunk = ChatGenerationChunk(message=AIMessageChunk(content=piece))
                if run_manager:
                    await run_manager.on_llm_new_token(piece, chunk=chunk)
                yield chunk
        finally:
            pulse.cancel()

    def _pieces(
        self, messages: list[BaseMessage], stop: list[str] | None, options: dict[str, Any], pulse: Pulse | None = None
    ) -> Iterator[str]:
        turns = [{"role": _ROLES.get(m.type, "user"), "content": m.text} for m in messages]
        settings = {
            "max_tokens": options.get("max_tokens", self.max_tokens),
            "temperature": options.get("temperature", self.temperature),
            "stop": stop or [],
        }
        if "response_format" in options:
            settings["response_format"] = options["response_format"]

        def work(engine: Engine, _: Pulse) -> Iterator[str]:
            return engine.chat(turns, **settings)

        return self.owner.stream(work, pulse or Pulse(self.seconds), self.lane)
