"""Editing the remembered taste by talking: show, undo, redo, forget, allow, change. Pure: words to taste events."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from bot.deleting import asks_deletion
from bot.emphasis import emphasis
from bot.folding import MOVES_OF_LIMITS, undone_turns
from bot.learning import emphasised, learn
from bot.limits import limit_names, without_limits
from bot.remembering import for_later, remembering
from bot.taste import Forgot, Lifted, Limited, Moved, Preference, Preferred, Refused, Scope, Taste, TasteEvent
from bot.understanding.types import Attitude, Mention, Understanding
from bot.undoing import goes_back, going_back, putting_back, wants_redo, wants_undo
from kg.domain import known_measures
from retrieval.wish import Limits

EditKind = Literal[
    "show", "save", "undo", "redo", "forget", "forget_all", "allow", "lift", "refuse", "stress", "change"
]

_FORGET = re.compile(
    r"\b(forget|remove|delete|drop|clear|erase|wipe|reset|ignore|lift|cancel)\b|忘|删|去掉", re.IGNORECASE
)
_ALLOW = re.compile(
    r"\b(allow|never ?mind|(is|are|'s) (now )?(ok|okay|fine|all right)( again| now| after all| too)?|again after all|"
    r"does(n['’]?t| not) matter|don['’]?t care( about)?|any (year|decade|length|runtime)|"
    r"(do(es)?n['’]?t|do(es)? not) mind|(am|is|are|['’]m|['’]s|['’]re) (ok|okay|fine|cool) with|can live with)\b|"
    r"可以接受|没关系|不介意",
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
_BRIEF = 9  # words
_WEIGHED = re.compile(
    r"\b(only|just|but|no|and|ok|okay|well|for|from|now|on|tonight|this|time|once|evening|today|right|always|in|general|"
    r"generally|future|strictly|strict|absolutely|"
    r"that|that['’]?s|it|it['’]?s|is|a|must|no|exceptions?|deal[- ]?breaker|"
    r"not|necessarily|preferably|ideally|if|possible|you|can|i|mean|please|though|really|as|rule|permanently|good|the|"
    r"moment|at|would|be|nice|big|deal|to|have)\b"
)
_YEARS, _RUNTIMES = ("year_min", "year_max"), ("runtime_min", "runtime_max")
_LIMIT_WORDS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"\b(years?|decades?|when|\d{2,4}'?s|(19|20)\d\d|release)\b|年", re.I), _YEARS),
    (re.compile(r"\b(length|runtime|long|short|hours?|minutes?|duration|time)\b|时长|片长", re.I), _RUNTIMES),
    (re.compile(r"\b(price|prices|cost|costs|budget)\b|价格|预算", re.I), ("amount:price",)),
    *((re.compile(rf"\b{name}\b", re.I), (f"amount:{name}",)) for name in known_measures()),
)


def is_edit(understanding: Understanding, utterance: str, taste: Taste) -> bool:
    """Returns whether an utterance changes what is remembered, whatever act it was taken for.

    "Tom Cruise is fine after all" reads like a taste, and "any year is fine" like small talk; what is remembered tells.
    """
    if understanding.intent == "edit" or remembering(utterance) or asks_deletion(utterance):
        return True
    brief = len(utterance.split()) <= _BRIEF
    if brief and (wants_undo(utterance) or wants_redo(utterance)) and understanding.intent not in ("ask", "compare"):
        return True
    plain = not understanding.mentions and not understanding.constraints.stated()
    known = bool(taste.preferences) or taste.limits != Limits()
    if brief and plain and known and _only_stresses(utterance):
        return True
    limited = _stand(_limits_named(utterance), taste)
    if _ALLOW.search(utterance) or _FORGET.search(utterance):
        banned = {p.entity for p in _bans(taste) if p.entity}
        named = {m.entity for m in understanding.mentions}
        return bool(banned & named) or (limited and _within(understanding, taste))
    return False


def _within(understanding: Understanding, taste: Taste) -> bool:
    """Whether the numbers named are none, or those that hold already: "drop the 90s" asks for no 90s."""
    return all(getattr(taste.limits, name) == value for name, value in understanding.constraints.stated().items())


def naming_bans(understanding: Understanding, utterance: str, taste: Taste) -> Understanding:
    """Returns the meaning with the bans that an edit names by their own words, whatever else those were taken for.

    "Actually mafia is fine" need not read like a taste, and *Mafia!* is a film.
    """
    if len(utterance.split()) > _BRIEF or not (_ALLOW.search(utterance) or _FORGET.search(utterance)):
        return understanding
    called = {p: {p.text.casefold(), (p.entity or "").partition(":")[2].casefold()} - {""} for p in _bans(taste)}
    named = {p: names for p, names in called.items() if any(_says(utterance, name) for name in names)}
    taken = frozenset[str]().union(*named.values())
    others = (mention for mention in understanding.mentions if mention.text.casefold() not in taken)
    bans = (Mention(p.text, p.kind, "about", p.entity, source="history") for p in named)
    return replace(understanding, mentions=(*bans, *others)) if named else understanding


def _bans(taste: Taste) -> tuple[Preference, ...]:
    return taste.having("avoid", "dislike")


def _only_stresses(utterance: str) -> bool:
    """Whether the words do nothing but weigh what was said: "only for tonight", "strictly", "that's a must"."""
    return bool(emphasis(utterance)) and not _WEIGHED.sub("", utterance.lower()).strip(" ,.!?")


def kind_of(understanding: Understanding, utterance: str) -> EditKind:
    """Returns what an edit utterance wants done."""
    named = understanding.mentions
    if kind := remembering(utterance):
        return kind
    if wants_redo(utterance):
        return "redo"
    if wants_undo(utterance) or (goes_back(utterance) and not named and not understanding.constraints.stated()):
        return "undo"
    if _NEVER_AGAIN.search(utterance) and not understanding.mentions:
        return "refuse"
    if not named and _only_stresses(utterance):
        return "stress"
    if asks_deletion(utterance) or (_START_OVER.search(utterance) and not named):
        return "forget_all"  # where several share a log, nothing is deleted but all of one's own forgotten
    if _FORGET.search(utterance) or _ALLOW.search(utterance):
        if not named and (_limits_named(utterance) or _ALL_LIMITS.search(utterance)):
            return "lift"
        if not named and _ALL.search(utterance):
            return "forget_all"
        if named and not _FORGET.search(utterance):
            return "allow"
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
    said: Mapping[int, str] | None = None,
) -> list[TasteEvent]:
    """Returns the events that an edit makes: [] when it only shows, or when there is nothing to undo or forget.

    `said` are the words of the turns of this talk, by number.
    """
    match kind_of(understanding, utterance):
        case "undo":
            return going_back(utterance, turn, log, said or {})
        case "redo":
            return putting_back(turn, log, said or {})
        case "forget_all":
            return [Forgot(turn, ())]
        case "forget":
            keys = _known_keys(understanding, utterance, taste, meant)
            return [Forgot(turn, keys)] if keys else []
        case "allow":
            return _allowed(understanding, turn, taste)
        case "stress":
            return _stressed(utterance, turn, taste, log)
        case "lift":
            return _lifted(utterance, turn, taste)
        case "save":
            return [Preferred(turn, for_later(item, utterance, turn)) for item in meant]
        case "refuse":
            return [Refused(turn, tuple(meant))] if meant else []
        case "change":
            return learn(understanding, utterance, turn, taste, meant)
        case "show":
            return []


def changed(
    known: Preference,
    turn: int,
    *,
    attitude: Attitude | None = None,
    hard: bool | None = None,
    scope: Scope | None = None,
) -> Preference:
    """Returns the preference as a panel sets it; a like or something seen is never hard, a ban is unless told."""
    attitude = attitude or known.attitude
    if hard is None:
        hard = known.hard if attitude == known.attitude else attitude in ("avoid", "dislike")
    strength = 1.0 if hard else known.strength
    return replace(
        known,
        turn=turn,
        attitude=attitude,
        hard=hard and attitude not in ("like", "seen"),
        scope=scope or known.scope,
        strength=strength,
    )


def _allowed(understanding: Understanding, turn: int, taste: Taste) -> list[TasteEvent]:
    """What was kept out may come up again; that it is liked was not said."""
    named = {m.entity for m in understanding.mentions if m.entity}
    keys = tuple(p.key for p in _bans(taste) if p.entity in named)
    return [Forgot(turn, keys)] if keys else []


def _stressed(utterance: str, turn: int, taste: Taste, log: Sequence[TasteEvent]) -> list[TasteEvent]:
    """What was said last in this talk is weighed anew: the preferences and limits of the latest turn that stated any.

    A move ("lighter") is said too, and has no weight. What other talks left has turns below 1, and keeps its weight.
    """
    weight, undone = emphasis(utterance), undone_turns(log)
    said = [event for event in log if isinstance(event, Limited | Moved) and event.turn not in undone]
    latest = max([*(p.turn for p in taste.preferences), *(event.turn for event in said)], default=0)
    if latest < 1:
        return []
    weighed = [emphasised(p, weight) for p in taste.preferences if p.turn == latest]
    named = frozenset[str]().union(
        *(limit_names(event.limits) for event in said if isinstance(event, Limited) and event.turn == latest)
    )
    limits = without_limits(taste.limits, limit_names(taste.limits) - named)
    leaned = weight.hard is not None and limits != Limits()
    return [
        *(Preferred(turn, replace(p, turn=turn)) for p in weighed),
        *([Limited(turn, utterance, limits, soft=not weight.hard)] if leaned else []),
    ]


def _lifted(utterance: str, turn: int, taste: Taste) -> list[TasteEvent]:
    """Named limits are dropped; "all my limits" are the years, the length and the bans of this talk."""
    if fields := _limits_named(utterance):
        return [Lifted(turn, fields)] if _stand(fields, taste) else []
    bans = tuple(p.key for p in taste.having("avoid"))
    return [Lifted(turn, (*_YEARS, *_RUNTIMES, "amounts")), *([Forgot(turn, bans)] if bans else [])]


def _known_keys(understanding: Understanding, utterance: str, taste: Taste, meant: Sequence[str]) -> tuple[str, ...]:
    """Keys of remembered preferences that the utterance names, by entity, or by the same words."""
    entities = {m.entity for m in understanding.mentions if m.entity} | set(meant)
    words = {m.text.casefold() for m in understanding.mentions}
    if not entities and not words:  # "drop the robot": its own word for it will do
        words = {p.text.casefold() for p in taste.preferences if p.text and _says(utterance, p.text)}
    known = tuple(p.key for p in taste.preferences if p.entity in entities or p.text.casefold() in words)
    return (*known, *(item for item in sorted(entities) if item in taste.refused and item not in known))


def _says(utterance: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", utterance, re.IGNORECASE) is not None


def _stand(fields: Sequence[str], taste: Taste) -> bool:
    """Whether any of the limits holds, or a move that would go with them ("shorter" with the length)."""
    moves = {move for field in fields for move in MOVES_OF_LIMITS.get(field, ())}
    held = without_limits(taste.limits, fields) != taste.limits
    return held or any(steer.move in moves for steer in taste.steers)


def _limits_named(utterance: str) -> tuple[str, ...]:
    return tuple(field for pattern, fields in _LIMIT_WORDS if pattern.search(utterance) for field in fields)
