"""A larger model, local or on a server, asked for JSON in a schema."""

import sys
from collections.abc import Sequence
from typing import Any

import structlog
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import HumanMessage
from pydantic import BaseModel, ValidationError

from bot.understanding.reading import Reading, Span, without_overlaps
from bot.understanding.types import Attitude, Attribute, Context, Intent, MentionKind
from kg.errors import ModelError
from prompts import load
from retrieval.wish import Critique

log = structlog.get_logger(__name__)
LONGEST = 1_500


class Named(BaseModel):
    """A thing named in the utterance."""

    text: str
    kind: MentionKind
    attitude: Attitude


class Answer(BaseModel):
    """What the model must return."""

    intents: list[Intent]
    mentions: list[Named] = []
    reference: int | None = None
    attribute: Attribute | None = None
    critique: list[Critique] = []


_RULES = Answer.model_json_schema()
_SCHEMA: dict[str, Any] = {
    "type": "json_schema",
    "json_schema": {"name": "understanding", "schema": _RULES},
    "schema": _RULES,
}
"""What most servers know."""
_OBJECT: dict[str, Any] = {"type": "json_object", "schema": _RULES}
"""What llama-cpp-python's own server knows."""


class SchemaReader:
    """Reads with any LangChain chat model that keeps to a JSON schema."""

    def __init__(self, model: BaseChatModel) -> None:
        self._model = model
        self._format = _SCHEMA

    def read(self, text: str, context: Context) -> Reading | None:
        """Returns a reading of `text`; None when the model does not answer or answers out of schema."""
        asked = load("understanding").format(
            history="\n".join(f"{turn.role}: {turn.text[:400]}" for turn in context.history) or "(none)",
            shown="\n".join(context.shown[-20:]) or "(none)",
            utterance=text[:LONGEST],
        )
        failures: tuple[type[Exception], ...] = (ModelError, OSError, RuntimeError, ValueError, *_server_errors())
        try:
            return reading(Answer.model_validate_json(_braces(self._answer(asked))), text)
        except ValidationError as error:
            log.warning("model.unreadable", faults=error.error_count())
        except failures as error:
            log.warning("model.failed", reason=type(error).__name__)
        return None

    def _answer(self, asked: str) -> str:
        """Returns the model's answer; a server that refuses one way of asking for a schema is asked the other way."""
        try:
            return self._model.invoke([HumanMessage(asked)], response_format=self._format).text
        except _server_errors() as error:
            if self._format is not _SCHEMA or not hasattr(error, "status_code"):
                raise
            answer = self._model.invoke([HumanMessage(asked)], response_format=_OBJECT).text
            self._format = _OBJECT
            return answer


def _server_errors() -> tuple[type[Exception], ...]:
    """Returns what a server's client raises; its package is slow to import, so it counts only where it is in use."""
    client = sys.modules.get("openai")
    return (client.OpenAIError,) if client else ()


def reading(answer: Answer, text: str) -> Reading:
    """Returns the answer as a reading; a mention that is not in the text is dropped."""
    return Reading(
        intents=tuple(dict.fromkeys(answer.intents)),
        spans=without_overlaps(_spans(answer.mentions, text)),
        reference=0 if answer.reference == 0 else None,
        attribute=answer.attribute,
        critique=tuple(dict.fromkeys(answer.critique)),
        confidence=0.8,
    )


def _spans(named: Sequence[Named], text: str) -> list[Span]:
    folded = text.casefold() if len(text.casefold()) == len(text) else text
    spans = []
    for one in named:
        start = folded.find(one.text.strip().casefold())
        if start >= 0 and one.text.strip():
            spans.append(Span(start, start + len(one.text.strip()), one.kind, one.attitude, 0.8))
    return spans


def _braces(text: str) -> str:
    """Returns the outermost JSON object of an answer that may have words around it."""
    return text[text.find("{") : text.rfind("}") + 1]
