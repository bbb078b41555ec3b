"""Weakly labelled examples: turns of the training dialogues as a tagger reads them, corrected by what is known of them.

ReDial marks the films of a turn, and its seekers answered afterwards whether they had seen and liked each. An answer
is not what the utterance says ("liked" of a film yet to be seen), but it makes some attitudes likelier than others.
"""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.understanding import naming
from bot.understanding.links import Links
from bot.understanding.reading import Span
from bot.understanding.tagger import Tagger, labels
from bot.understanding.text import readable
from bot.understanding.types import Context
from bot.understanding.types import Turn as Said
from training.dialogues import Turn, inspired_turns, marked_shown, redial_turns
from training.gold import GoldRow
from training.understanding_examples import Example, places

SHORTEST, LONGEST = 12, 400
SURE_SPAN, SURE_ACT = 0.6, 0.85
"""A turn with a less sure span is left out; a less sure act stays unsaid."""
UNMARKED, UNMARKED_INSPIRED = 0.25, 0.5
"""The share of turns without a marked film that is read."""
WEIGHT = 0.5

Answer = tuple[int, int]
"""Seen and liked: 1 yes, 0 no, 2 not said."""
UNSAID: Answer = (-1, -1)
"""No answer; it makes no attitude likelier."""
Likely = Mapping[Answer, NDArray[np.float64]]


@dataclass(frozen=True)
class Source:
    """One dialogue: its turns, and what its seeker answered about the films in it."""

    group: str
    turns: Sequence[Turn]
    answers: Mapping[str, Answer]
    unmarked: float


def weak_examples(
    data: Path, gold: Iterable[GoldRow], unseen: Iterable[GoldRow], reader: Tagger, links: Links
) -> list[Example]:
    """Returns the examples of the dialogues in `data`.

    `gold` are the rows that train: their turns are left out, and from them is learnt how answers and attitudes go
    together. `unseen` are those that measure: their dialogues are left out.
    """
    known, barred = list(gold), {row.group for row in unseen}
    sources = [source for source in dialogues(data) if source.group not in barred]
    likely = likelihoods(known, sources)
    skipped = {row.id for row in known}
    return [
        example
        for source in sources
        for at, turn in enumerate(source.turns)
        if _worth_reading(source, at, turn) and f"{source.group}:{at}" not in skipped
        for example in _read(source, at, reader, links, likely)
    ]


def dialogues(data: Path) -> Iterator[Source]:
    """Yields the training dialogues of ReDial and INSPIRED that are in `data`."""
    redial, inspired = data / "redial" / "train.jsonl", data / "inspired" / "train.json"
    if redial.exists():
        with redial.open(encoding="utf-8") as lines:
            for dialogue in map(json.loads, lines):
                yield Source(
                    f"redial:{dialogue['conversationId']}", redial_turns(dialogue), _answers(dialogue), UNMARKED
                )
    if inspired.exists():
        for dialogue in json.loads(inspired.read_text("utf-8")):
            yield Source(f"inspired:{dialogue['conv_id']}", inspired_turns(dialogue), {}, UNMARKED_INSPIRED)


def _answers(dialogue: Mapping[str, Any]) -> dict[str, Answer]:
    """Returns the seeker's answers by title; an empty questionnaire is a list there."""
    asked = dialogue.get("initiatorQuestions") or {}
    titles = {key: " ".join(title.split()) for key, title in dict(dialogue["movieMentions"]).items() if title}
    return {titles[key]: (each["seen"], each["liked"]) for key, each in asked.items() if key in titles} if asked else {}


def likelihoods(rows: Iterable[GoldRow], sources: Iterable[Source]) -> Likely:
    """Returns for each answer its probability under each attitude, in the order of `ATTITUDES`, smoothed by 1/2."""
    answers = {source.group: source.answers for source in sources}
    counts: defaultdict[str, Counter[Answer]] = defaultdict(Counter)
    for row in rows:
        for mention in row.mentions:
            answer = answers.get(row.group, {}).get(mention.text)
            if mention.kind == "item" and answer:
                counts[mention.attitude][answer] += 1
    kinds = sorted({answer for counter in counts.values() for answer in counter})
    totals = [sum(counts[attitude].values()) + len(kinds) / 2 for attitude in labels.ATTITUDES]
    return {
        answer: np.array([(counts[a][answer] + 0.5) / total for a, total in zip(labels.ATTITUDES, totals, strict=True)])
        for answer in kinds
    }


def _worth_reading(source: Source, at: int, turn: Turn) -> bool:
    if turn.role != "user" or not SHORTEST < len(turn.text) < LONGEST:
        return False
    return bool(turn.titles) or random.Random(f"{source.group}:{at}").random() < source.unmarked


def _read(source: Source, at: int, reader: Tagger, links: Links, likely: Likely) -> Iterator[Example]:
    """Yields the example of a turn, unless the reader is unsure of what it names."""
    turn, text = source.turns[at], readable(source.turns[at].text)
    before = tuple(Said(earlier.role, earlier.text) for earlier in source.turns[max(0, at - 4) : at])
    context = Context(before, tuple(marked_shown(list(source.turns[:at]))))
    reading = reader.read(text, context)
    marked = list(_marked(text, turn.titles))
    found = naming.mended(text, reading.spans, links.spot(text), links)
    films = {(span.start, span.end): span for span in found if span.kind == "item"}
    others = [span for span in found if not any(span.overlaps(film) for film in marked)]
    if any(span.confidence < SURE_SPAN for span in others):
        return
    missed = reader.weighed(text, context, [film for film in marked if (film.start, film.end) not in films])
    known = [films[film.start, film.end] for film in marked if (film.start, film.end) in films]
    spans = sorted((*others, *known, *missed), key=lambda span: span.start)
    yield Example(
        text,
        context,
        tuple(corrected(span, likely.get(source.answers.get(text[span.start : span.end], UNSAID))) for span in spans),
        reading.intents if reading.confidence >= SURE_ACT else (),
        reading.reference,
        reading.attribute,
        reading.critique,
        weight=WEIGHT,
    )


def _marked(text: str, titles: Iterable[str]) -> Iterator[Span]:
    """Yields the first place of every film that the dialogue marks."""
    taken: list[Span] = []
    for title in dict.fromkeys(titles):
        for start, end in places(text, title)[:1]:
            span = Span(start, end, "item")
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield span


def corrected(span: Span, likely: NDArray[np.float64] | None) -> Span:
    """Returns the span with the attitude that its leanings and the seeker's answer make likeliest (Bayes)."""
    if not span.leanings:
        return replace(span, sure=0.0)
    chances = np.asarray(span.leanings) * (1.0 if likely is None or span.kind != "item" else likely)
    chances = chances / chances.sum()
    best = int(chances.argmax())
    return replace(span, attitude=labels.ATTITUDES[best], sure=float(chances[best]))
