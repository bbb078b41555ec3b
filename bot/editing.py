"""Editing the remembered taste by talking: show, undo, forget, change, drop a limit. Pure: words to taste events."""

import re
from collections.abc import Sequence
from typing import Literal

from bot.learning import learn
from bot.taste import Forgot, Lifted, Refused, Taste, TasteEvent, Undone, last_change, words_of
from bot.understanding.types import Understanding

EditKind = Literal["show", "undo", "forget", "forget_all", "lift", "refuse", "change"]

_UNDO = re.compile(
    r"\b(undo|revert|take (that|it) back|go back|never ?mind that|(cancel|scratch|scrap) (that|it|this)\b|"
    r"(forget|ignore) (that|the last thing|what i (just )?said)( i( just)? said)?\W*$)|撤销|取消上",
    re.IGNORECASE,
)
_FORGET = re.compile(
    r"\b(forget|remove|delete|drop|clear|erase|wipe|reset|ignore|lift|cancel)\b|忘|删|去掉", re.IGNORECASE
)
_ALLOW = re.compile(
    r"\b(allow|never ?mind|(is|are|'s) (now )?(ok|okay|fine|all right)( again| now| after all| too)?|again after all|"
    r"does(n['’]?t| not) matter|don['’]?t care( about)?|any (year|decade|length|runtime))\b|可以接受|没关系",
    re.IGNORECASE,
)
_NEVER_AGAIN = re.compile(
    r"\b(never|don['’]?t|do not|stop) (ever )?(show|suggest|recommend)(ing)?( me)? (that|this|it|these|those)( one)?\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(everything|all (of )?(it|that|my|you)|my (whole )?(taste|profile|memory|history|data|preferences|likes)|"
    r"about me|start (over|fresh|again)|clean slate)\b|全部|所有|重新开始",
    re.IGNORECASE,
)
_ALL_LIMITS = re.compile(r"\b(constraints?|limits?|filters?|restrictions?|conditions?)\b|条件|限制", re.IGNORECASE)
_START_OVER = re.compile(r"\b(start (over|fresh|again|afresh)|clean slate|reset)\b|重新开始", re.IGNORECASE)
_YEARS, _RUNTIMES = ("year_min", "year_max"), ("runtime_min", "runtime_max")
_LIMIT_WORDS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"\b(years?|decades?|when|\d{2,4}'?s|(19|20)\d\d|release)\b|年", re.I), _YEARS),
    (re.compile(r"\b(length|runtime|long|short|hours?|minutes?|duration|time)\b|时长|片长", re.I), _RUNTIMES),
)


def is_edit(understanding: Understanding, utterance: str, taste: Taste) -> bool:
    """Returns whether an utterance changes what is remembered, whatever act it was taken for.

    "Tom Cruise is fine after all" reads like a taste, and "any year is fine" like small talk; what is remembered tells.
    """
    if understanding.intent == "edit":
        return True
    limited = any(getattr(taste.limits, field) is not None for field in _limits_named(utterance))
    if _ALLOW.search(utterance) or _FORGET.search(utterance):
        banned = {p.key for p in taste.having("avoid", "dislike")}
        named = {m.entity for m in understanding.mentions}
        return bool(banned & named) or (limited and not understanding.constraints.stated())
    return False


def kind_of(understanding: Understanding, utterance: str) -> EditKind:
    """Returns what an edit utterance wants done."""
    if _UNDO.search(utterance):
        return "undo"
    if _NEVER_AGAIN.search(utterance) and not understanding.mentions:
        return "refuse"
    named = understanding.mentions
    if _START_OVER.search(utterance) and not named:
        return "forget_all"
    if _FORGET.search(utterance) or _ALLOW.search(utterance):
        if not named and (_limits_named(utterance) or _ALL_LIMITS.search(utterance)):
            return "lift"
        if not named and _ALL.search(utterance):
            return "forget_all"
        if named or _FORGET.search(utterance):
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
            return _lifted(utterance, turn, taste)
        case "refuse":
            return [Refused(turn, tuple(meant))] if meant else []
        case "change":
            return learn(understanding, utterance, turn, taste, meant)
        case "show":
            return []


def _lifted(utterance: str, turn: int, taste: Taste) -> list[TasteEvent]:
    """Named limits are dropped; "all my limits" are the years, the length and the bans of this talk."""
    if fields := _limits_named(utterance):
        return [Lifted(turn, fields)]
    bans = tuple(p.key for p in taste.having("avoid"))
    return [Lifted(turn, (*_YEARS, *_RUNTIMES)), *([Forgot(turn, bans)] if bans else [])]


def _known_keys(understanding: Understanding, taste: Taste, meant: Sequence[str]) -> tuple[str, ...]:
    """Keys of remembered preferences that the utterance names, by entity, or by the same words."""
    entities = {m.entity for m in understanding.mentions if m.entity} | set(meant)
    words = {m.text.casefold() for m in understanding.mentions}
    known = tuple(p.key for p in taste.preferences if p.entity in entities or p.text.casefold() in words)
    return (*known, *(item for item in sorted(entities) if item in taste.refused and item not in known))


def _limits_named(utterance: str) -> tuple[str, ...]:
    return tuple(field for pattern, fields in _LIMIT_WORDS if pattern.search(utterance) for field in fields)
