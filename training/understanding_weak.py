"""Weak labels: what ReDial's own annotations say of its utterances, which is where the films stand."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.understanding.reading import Span
from bot.understanding.types import Context, Turn
from training.dialogues import redial_turns
from training.understanding_examples import Example, places


def weak_examples(data: Path, without: frozenset[str] = frozenset(), weight: float = 0.3) -> list[Example]:
    """Returns an example for each user turn of the training dialogues that names a film; only its films are known.

    `without` are conversation ids to leave out (those of gold rows that measure). What the seeker answered about a film
    afterwards is not what the utterance says of it ("liked" of a film yet to be seen), so attitudes stay unknown.
    """
    file = data / "redial" / "train.jsonl"
    examples: list[Example] = []
    if file.exists():
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                dialogue = json.loads(line)
                if str(dialogue["conversationId"]) not in without:
                    examples += _of_dialogue(dialogue, weight)
    return examples


def _of_dialogue(dialogue: dict[str, Any], weight: float) -> Iterator[Example]:
    turns = redial_turns(dialogue)
    for at, turn in enumerate(turns):
        if turn.role != "user" or not turn.titles:
            continue
        spans: list[Span] = []
        for title in dict.fromkeys(turn.titles):
            for start, end in places(turn.text, title)[:1]:
                span = Span(start, end, "item")
                if not any(span.overlaps(other) for other in spans):
                    spans.append(span)
        before = tuple(Turn(earlier.role, earlier.text) for earlier in turns[max(0, at - 4) : at])
        shown = dict.fromkeys(title for earlier in turns[:at] if earlier.role == "bot" for title in earlier.titles)
        yield Example(
            turn.text,
            Context(before, tuple(shown)),
            tuple(sorted(spans, key=lambda span: span.start)),
            (),
            weight=weight,
            whole=False,
        )
