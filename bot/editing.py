"""Editing the remembered taste by talking: show, undo, forget, change, drop a limit. Pure: words to taste events."""

import re
from collections.abc import Sequence
from typing import Literal

from bot.learning import learn
from bot.taste import Forgot, Lifted, Taste, TasteEvent, Undone, last_change, words_of
from bot.understanding.types import Understanding

EditKind = Literal["show", "undo", "forget", "forget_all", "lift", "change"]

_UNDO = re.compile(
    r"\b(undo|revert|take (that|it) back|go back|scratch that|never ?mind that)\b|撤销|取消上", re.IGNORECASE
)
_FORGET = re.compile(r"\b(forget|remove|delete|drop|clear|erase|wipe|reset|ignore)\b|忘|删", re.IGNORECASE)
_ALL = re.compile(
    r"\b(everything|all (of )?(it|that|my|you)|my (whole )?(taste|profile|memory|history|data|preferences|likes)|"
    r"about me|start (over|fresh|again)|clean slate)\b|全部|所有|重新开始",
    re.IGNORECASE,
)
_START_OVER = re.compile(r"\b(start (over|fresh|again|afresh)|clean slate|reset)\b|重新开始", re.IGNORECASE)
_LIMIT_WORDS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"\b(years?|decades?|when|\d{2,4}'?s|(19|20)\d\d|release)\b|年", re.I), ("year_min", "year_max")),
    (
        re.compile(r"\b(length|runtime|long|short|hours?|minutes?|duration)\b|时长", re.I),
        ("runtime_min", "runtime_max"),
    ),
)


def kind_of(understanding: Understanding, utterance: str) -> EditKind:
    """Returns what an edit utterance wants done."""
    if _UNDO.search(utterance):
        return "undo"
    named = understanding.mentions
    if _START_OVER.search(utterance) and not named:
        return "forget_all"
    if _FORGET.search(utterance):
        if not named and _ALL.search(utterance):
            return "forget_all"
        if not named and _limits_named(utterance):
            return "lift"
        return "forget"
    states_taste = any(m.attitude != "about" for m in named) or understanding.constraints.stated()
    return "change" if states_taste else "show"


def edit(
    understanding: Understanding,
    utterance: str,
    turn: int,
    taste: Taste,
    log: Sequence[TasteEvent],
    meant: Sequence[str],
) -> list[TasteEvent]:
    """Returns the events that an edit makes: () when it only shows, or when there is nothing to undo or forget."""
    match kind_of(understanding, utterance):
        case "undo":
            of_turn = last_change(log)
            return [] if of_turn is None else [Undone(turn, of_turn, words_of(log, of_turn))]
        case "forget_all":
            return [Forgot(turn, ())]
        case "forget":
            keys = _known_keys(understanding, taste, meant)
            return [Forgot(turn, keys)] if keys else []
        case "lift":
            return [Lifted(turn, _limits_named(utterance))]
        case "change":
            return learn(understanding, utterance, turn, taste, meant)
        case "show":
            return []


def _known_keys(understanding: Understanding, taste: Taste, meant: Sequence[str]) -> tuple[str, ...]:
    """Keys of remembered preferences that the utterance names, by entity, or by the same words."""
    entities = {m.entity for m in understanding.mentions if m.entity} | set(meant)
    words = {m.text.casefold() for m in understanding.mentions}
    known = tuple(p.key for p in taste.preferences if p.entity in entities or p.text.casefold() in words)
    return (*known, *(item for item in sorted(entities) if item in taste.refused and item not in known))


def _limits_named(utterance: str) -> tuple[str, ...]:
    return tuple(field for pattern, fields in _LIMIT_WORDS if pattern.search(utterance) for field in fields)
