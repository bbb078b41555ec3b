"""Examples for training the readers of utterances: gold rows with their spans found in the text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.understanding.reading import Span
from bot.understanding.tagger import labels
from bot.understanding.types import Attitude, Attribute, Context, Intent, MentionKind, Turn
from retrieval.wish import Critique
from training.gold import GoldRow


@dataclass(frozen=True, slots=True)
class Example:
    """One utterance and its labels. `weight` is how much its loss counts; `intents` are empty
    where nothing of the whole sentence is known; `whole` is false where other spans than these may be in it.
    """

    text: str
    context: Context
    spans: tuple[Span, ...]
    intents: tuple[Intent, ...]
    reference: int | None = None
    attribute: Attribute | None = None
    critique: tuple[Critique, ...] = ()
    weight: float = 1.0
    whole: bool = True


def example(row: GoldRow) -> Example:
    """Returns the example of a gold row; a mention that cannot be placed without overlap is left out."""
    spans: list[Span] = []
    for mention in sorted(row.mentions, key=lambda mention: -len(mention.text)):
        for start, end in places(row.utterance, mention.text):
            span = Span(start, end, _kind(mention.kind), _attitude(mention.attitude))
            if not any(span.overlaps(other) for other in spans):
                spans.append(span)
                if len(mention.text) < 4:
                    break
    return Example(
        text=row.utterance,
        context=Context(tuple(Turn(turn.role, turn.text) for turn in row.history), tuple(row.shown)),
        spans=tuple(sorted(spans, key=lambda span: span.start)),
        intents=tuple(name for intent in row.intent for name in labels.INTENTS if name == intent),
        reference=row.reference,
        attribute=next((name for name in labels.ATTRIBUTES if name == row.attribute), None),
        critique=tuple(name for name in labels.CRITIQUES if name in row.critique),
    )


def examples(rows: Iterable[GoldRow]) -> list[Example]:
    """Returns an example for each row."""
    return [example(row) for row in rows]


def places(text: str, part: str) -> list[tuple[int, int]]:
    """Returns where `part` stands in `text` as whole words; where it stands inside a word if it does so only there."""
    quoted = re.escape(part)
    whole = [match.span() for match in re.finditer(rf"(?<!\w){quoted}(?!\w)", text)]
    return whole or [match.span() for match in re.finditer(quoted, text)][:1]


def replaced(item: Example, start: int, end: int, wording: str) -> Example:
    """Returns the example with characters `start`–`end` replaced and its spans moved along.

    A span that the cut touches at one end only is lost.
    """
    shift = len(wording) - (end - start)
    spans = []
    for span in item.spans:
        if span.end <= start:
            spans.append(span)
        elif span.start >= end:
            spans.append(replace(span, start=span.start + shift, end=span.end + shift))
        elif span.start <= start and span.end >= end and span.end + shift > span.start:
            spans.append(replace(span, end=span.end + shift))
    return replace(item, text=item.text[:start] + wording + item.text[end:], spans=tuple(spans))


def _kind(name: str) -> MentionKind:
    return next(kind for kind in labels.KINDS if kind == name)


def _attitude(name: str) -> Attitude:
    return next(attitude for attitude in labels.ATTITUDES if attitude == name)
