"""The language model: llama.cpp in this process or an OpenAI-compatible server, as a LangChain chat model."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from langchain_core.language_models.chat_models import BaseChatModel
from pydantic import SecretStr

from bot.language_model.chat import LlamaChat
from bot.language_model.engine import Engine, LlamaEngine
from bot.language_model.fake import FakeLanguageModel
from bot.language_model.files import bundled_file, local_file
from bot.language_model.owner import Owner
from bot.pulse import Pulse, Stopped
from kg.errors import ModelError

__all__ = [
    "SERVER",
    "Engine",
    "FakeLanguageModel",
    "LlamaChat",
    "ModelError",
    "Owner",
    "Pulse",
    "Stopped",
    "bundled_file",
    "chat_model",
    "local_file",
    "open_owner",
    "server_model",
]
SERVER = "openai:"


def open_owner(
    name: str = "bundled",
    *,
    gpu_layers: int = -1,
    adapters: Mapping[str, Path] | None = None,
    threads: int | None = None,
) -> Owner:
    """Returns the owner of a local model: `bundled`, a `.gguf` path or `hf:owner/repo/file.gguf`.

    Nothing is loaded before the first job or `warm()`; the file is checked at once. `adapters`, by name, are used with
    the bundled model only; one whose file is missing is left out. Raises ModelError when there is no such file.
    """
    file = local_file(name)
    fitting = {key: path for key, path in (adapters or {}).items() if path.exists()} if name == "bundled" else {}
    return Owner(partial(LlamaEngine, file, fitting, gpu_layers, threads))


def server_model(
    name: str, base_url: str | None = None, api_key: str | None = None, seconds: float = 20.0
) -> BaseChatModel:
    """Returns a client for `openai:MODEL` on any OpenAI-compatible server. Raises ModelError without a model's name."""
    model = name.removeprefix(SERVER)
    if not model or model == name:
        raise ModelError(f"TASTEMAKER_LLM={name!r} names no model of a server: use openai:MODEL.")
    from langchain_openai import ChatOpenAI  # noqa: PLC0415  # seconds to import, needed with a server alone

    return ChatOpenAI(
        model=model,
        base_url=base_url,
        api_key=SecretStr(api_key or "none"),
        timeout=seconds,
        max_retries=1,
        temperature=0,
    )


def chat_model(
    name: str = "bundled",
    *,
    gpu_layers: int = -1,
    adapters: Mapping[str, Path] | None = None,
    threads: int | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
) -> BaseChatModel:
    """Returns the chat model that a name means; see `open_owner` and `server_model`. Raises ModelError."""
    if name.startswith(SERVER):
        return server_model(name, base_url, api_key)
    return LlamaChat(owner=open_owner(name, gpu_layers=gpu_layers, adapters=adapters, threads=threads))
