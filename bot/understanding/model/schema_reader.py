"""A larger model, local or on a server, asked for JSON in a schema."""

from collections.abc import Sequence

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


class SchemaReader:
    """Reads with any LangChain chat model that keeps to a JSON schema."""

    def __init__(self, model: BaseChatModel) -> None:
        self._model = model

    def read(self, text: str, context: Context) -> Reading | None:
        """Returns a reading of `text`; None when the model does not answer or answers out of schema."""
        asked = load("understanding").format(
            history="\n".join(f"{turn.role}: {turn.text[:400]}" for turn in context.history) or "(none)",
            shown="\n".join(context.shown[-20:]) or "(none)",
            utterance=text[:LONGEST],
        )
        schema = {"name": "understanding", "schema": Answer.model_json_schema()}
        try:
            message = self._model.invoke(
                [HumanMessage(asked)],
                response_format={"type": "json_schema", "json_schema": schema, "schema": schema["schema"]},
            )
            return reading(Answer.model_validate_json(_braces(message.text)), text)
        except ValidationError as error:
            log.warning("model.unreadable", faults=error.error_count())
        except (ModelError, OSError, RuntimeError, ValueError) as error:
            log.warning("model.failed", reason=type(error).__name__)
        return None


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
