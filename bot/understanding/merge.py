"""Where an utterance's readings become one Understanding.

    rules    numbers and ordinals                    always, and their word is final
    linker   names of the catalogue, with their ids  always
    tagger   acts, spans, attitudes, the rest        where its weights are there
    model    the same, slower                        asked when the tagger is unsure or the linker contradicts it
    cues     the commonest wordings                  only without the tagger

Each part may be absent. A mention is always a copy of characters of the utterance.
"""

from collections.abc import Sequence
from typing import Protocol

import structlog

from bot.understanding import cues, rules
from bot.understanding.links import Links
from bot.understanding.reading import Reading, Span, without_overlaps
from bot.understanding.text import readable, trimmed
from bot.understanding.types import Context, Mention, Source, Understanding

log = structlog.get_logger(__name__)


class Reads(Protocol):
    """A part that reads an utterance; None when it has no answer (late, busy, unreadable)."""

    def read(self, text: str, context: Context) -> Reading | None:
        """Returns a reading of `text` (made readable), never raises for any text."""
        ...


class Understander:
    """Reads utterances with all the parts there are."""

    def __init__(self, links: Links, tagger: Reads | None = None, model: Reads | None = None) -> None:
        self._links = links
        self._tagger = tagger
        self._model = model

    def understand(self, utterance: str, context: Context, spoken_of: Sequence[str] = ()) -> Understanding:
        """Returns the meaning of any text. `spoken_of` are ids of items lately talked about, the latest first."""
        text = readable(utterance)
        spotted = self._links.spot(text)
        reading, source = self._read(text, context, spotted)
        spans = [_trim(text, span) for span in reading.spans]
        mentions = self._mentions(utterance, [span for span in spans if span.start < span.end], source, spoken_of)
        titles = [(m.start, m.start + len(m.text)) for m in mentions if m.kind == "item"]
        question = context.history[-1].text if context.history and context.history[-1].role == "bot" else ""
        constraints = rules.constraints(text, titles, question)
        place = rules.place(text, titles, len(context.shown))
        best = reading.intents[0] if reading.intents else "other"
        return Understanding(
            intent=best,
            mentions=mentions,
            constraints=constraints,
            reference=reading.reference if place is None else place,
            attribute=reading.attribute,
            critique=reading.critique if "critique" in reading.intents else (),
            intents=reading.intents or ("other",),
            confidence=reading.confidence,
            sources={
                "intent": source,
                "mentions": source,
                "constraints": "rules",
                "reference": source if place is None else "rules",
                "attribute": source,
                "critique": source,
            },
        )

    def _read(self, text: str, context: Context, spotted: tuple[Span, ...]) -> tuple[Reading, Source]:
        reading = self._tagger.read(text, context) if self._tagger else None
        if reading is not None:
            return reading, "tagger"
        return cues.read(text, context, without_overlaps(list(spotted))), "rules"

    def _mentions(
        self, utterance: str, spans: Sequence[Span], source: Source, spoken_of: Sequence[str]
    ) -> tuple[Mention, ...]:
        mentions: dict[str, Mention] = {}
        for span in spans:
            text = utterance[span.start : span.end]
            linked = self._links.link(text, span.kind, spoken_of)
            mention = Mention(text, span.kind, span.attitude, linked.entity, span.start, linked.rivals, source)
            mentions.setdefault(text.lower(), mention)
        return tuple(mentions.values())


def _trim(text: str, span: Span) -> Span:
    start, end = trimmed(text, span.start, span.end)
    return Span(start, end, span.kind, span.attitude, span.confidence)
