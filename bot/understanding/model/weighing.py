"""Asks the tuned model for the attitude to things found by another part: one token each, after the thing's name.

    two shown
    bot: How about Heat (1995) or Ronin (1998)?
    user: heat bored me, more with De Niro
    ? heat
    = hate
    ? De Niro
    = want

The utterance is read once; a thing costs the few tokens of its name.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from bot.language_model import Engine, Pulse
from bot.understanding.model import lines
from bot.understanding.reading import Span
from bot.understanding.tagger import labels
from bot.understanding.types import Attitude, Context
from prompts import load

MOST = 8
"""Things of one utterance that are asked about."""


def prompt(text: str, context: Context) -> str:
    """Returns what the model reads before the first thing; `text` is on one line."""
    turn = next((turn.text for turn in reversed(context.history) if turn.role == "bot"), "")
    many = ("nothing", "one", "two")[len(context.shown)] if len(context.shown) < 3 else "many"
    before = " ".join(turn[-lines.BEFORE :].split())
    return load("understanding_attitude").format(many=many, before=before, utterance=text[: lines.LONGEST])


def question(text: str, span: Span) -> str:
    """Returns what asks for the attitude to a thing named in `text`."""
    return f"\n? {lines.without_year(text[span.start : span.end])}\n="


def answer(attitude: Attitude) -> str:
    """Returns the word, one token, that answers."""
    return f" {lines.ATTITUDE_WORDS[attitude]}"


def asked(text: str, spans: Sequence[Span]) -> list[Span]:
    """Returns the spans that the model can see, each name once."""
    names = {text[span.start : span.end].lower(): span for span in reversed(spans) if span.end <= lines.LONGEST}
    return sorted(names.values(), key=lambda span: span.start)[:MOST]


def weigh(
    engine: Engine, text: str, context: Context, spans: Sequence[Span], pulse: Pulse
) -> Iterator[tuple[Span, tuple[float, ...]]]:
    """Yields spans with the model's probabilities of the attitudes, in the order of `ATTITUDES`.

    Each answer is read before the next question. Raises Stopped when the pulse ends.
    """
    words = [engine.tokenize(answer(attitude))[0] for attitude in labels.ATTITUDES]
    tokens = engine.tokenize(prompt(text, context))
    for span in asked(text, spans):
        pulse.check()
        tokens += engine.tokenize(question(text, span))
        scores = engine.feed(tokens)[words]
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        tokens.append(words[int(chances.argmax())])
        yield span, tuple(map(float, chances))
