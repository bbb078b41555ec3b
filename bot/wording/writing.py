"""The tuned model's way through the grammar: word by word, each drawn from what it finds likeliest."""

import random
from collections.abc import Sequence

import numpy as np

from bot.language_model import Engine
from bot.pulse import Pulse
from bot.wording.grammar import START, STOP, Grammar, State
from bot.wording.shapes import Shape

_WARMTH = 1.1
_LIKELIEST = 0.95  # of the chance is left to the likeliest tokens; the rest never come
_MOST_WORDS = 24


def written(engine: Engine, grammar: Grammar, shape: Shape, pulse: Pulse, chance: random.Random) -> str:
    """Returns one wording of a shape by the model, "" where its way ended nowhere. Raises Stopped with the pulse.

    Tokens are drawn from the likeliest that the grammar allows (nucleus sampling, Holtzman et al. 2020).
    """
    tokens, text, state = engine.tokenize(shape.asked), "", grammar.start(shape)
    for _ in range(_MOST_WORDS):
        options = _spelled(grammar, shape, state)
        if not options:
            return ""
        spelled = _drawn(engine, tokens, {option: engine.tokenize(option) for option in options}, pulse, chance)
        text += spelled
        for word in options[spelled]:
            if word == STOP:
                return text.strip()
            state = grammar.after(shape, state, word)
    return ""


def _spelled(grammar: Grammar, shape: Shape, state: State) -> dict[str, tuple[str, ...]]:
    """Returns the words that may follow, by how they are spelled; a placeholder with the mark behind it, too.

    Tokenizers join a brace and the mark behind it.
    """
    options: dict[str, tuple[str, ...]] = {}
    last = state[0][-1]
    for word in grammar.next(shape, state):
        if word in ",:;.":
            if not last.startswith("{"):
                options[word] = (word,)
        elif not word.startswith("{"):
            options[f" {word.capitalize() if last == START else word}"] = (word,)
        else:
            following = grammar.next(shape, grammar.after(shape, state, word))
            marks = [mark for mark in following if mark in ",:;."]
            options |= {f" {word}{mark}": (word, mark) for mark in marks}
            if len(marks) < len(following):
                options[f" {word}"] = (word,)
    return options


def _drawn(
    engine: Engine, tokens: list[int], options: dict[str, Sequence[int]], pulse: Pulse, chance: random.Random
) -> str:
    """Returns one of the options, drawn token by token, which are put behind `tokens`."""
    at = 0
    while True:
        allowed = sorted({spelling[at] for spelling in options.values() if len(spelling) > at})
        token = allowed[0] if len(allowed) == 1 else _token(engine, tokens, allowed, pulse, chance)
        tokens.append(token)
        at += 1
        options = {text: spelling for text, spelling in options.items() if spelling[at - 1 : at] == [token]}
        for text, spelling in options.items():
            if len(spelling) == at:
                return text


def _token(engine: Engine, tokens: list[int], allowed: Sequence[int], pulse: Pulse, chance: random.Random) -> int:
    pulse.check()
    logits = engine.feed(tokens)[list(allowed)].astype(np.float64) / _WARMTH
    order = np.argsort(-logits)
    chances = np.exp(logits[order] - logits[order[0]])
    chances /= chances.sum()
    kept = int(np.searchsorted(np.cumsum(chances), _LIKELIEST)) + 1
    return int(allowed[chance.choices(order[:kept].tolist(), chances[:kept].tolist())[0]])
