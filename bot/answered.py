"""What an utterance means as the answer to the question just asked, or as the wish not to be asked. Pure."""

import re
from dataclasses import replace
from typing import TypeVar

from bot.references import points_out
from bot.taste import Asked, Topic
from bot.understanding.types import Constraints, Intent, Mention, MentionKind, Understanding
from retrieval.wish import Critique

_JUST = re.compile(
    r"\b(just (recommend|suggest|show|give|pick|choose|tell)|surprise (me|us)|(want|like|love) to be surprised|"
    r"you (choose|pick|decide)|up to you|"
    r"your (choice|pick|call)|(no|any|enough|stop|quit) (more )?(asking|questions?))\b|"
    r"随便|你(来)?(选|定|决定)|直接推荐|别问",
    re.IGNORECASE,
)
_NO_MATTER = re.compile(
    r"^\W*((i |it |really |honestly )*(do(es)?n['’]?t|do(es)? not) (care|mind|matter|know)|no (preference|idea|matter)|"
    r"not sure|any(thing)?\b( goes| is fine| of them)?\W*$|either\b|whatever|all the same|none of (them|those)|idk)|"
    r"^\W*(都行|都可以|无所谓|不知道|不在乎)",
    re.IGNORECASE,
)
_MOVES: tuple[tuple[Critique, re.Pattern[str]], ...] = (
    ("lighter", re.compile(r"\b(light(er|hearted)?|cheerful|happy|fun)\b|轻松", re.IGNORECASE)),
    ("darker", re.compile(r"\b(dark(er)?|heav(y|ier)|serious|grim)\b|沉重|黑暗", re.IGNORECASE)),
)
SHORT_FILM, LONG_FILM = 100, 130  # minutes
_LENGTHS: tuple[tuple[Constraints, re.Pattern[str]], ...] = (
    (Constraints(runtime_max=SHORT_FILM), re.compile(r"\bshort(er|ish)?\b|短", re.IGNORECASE)),
    (Constraints(runtime_min=LONG_FILM), re.compile(r"\blong(er|ish)?\b|长", re.IGNORECASE)),
)
_NODE: dict[Topic, tuple[MentionKind, str]] = {
    "genre": ("genre", "genre"),
    "mood": ("keyword", "mood"),
    "language": ("language", "language"),
    "person": ("person", "person"),
}
_NAMED_BY: dict[Topic, frozenset[MentionKind]] = {
    "genre": frozenset({"genre", "keyword"}),
    "mood": frozenset({"keyword", "genre"}),
    "tone": frozenset({"keyword", "genre"}),
    "language": frozenset({"language", "country"}),
    "person": frozenset({"person"}),
    "decade": frozenset(),
    "length": frozenset(),
}
# An answer may be taken for any of these when it is read without its question.
_BARE: frozenset[Intent] = frozenset({"other", "inform", "recommend", "critique", "reject", "accept"})
_LASTING = re.compile(
    r"\b(i|we) (really |always |usually |do )*(like|love|enjoy|adore|prefer)\b|我(很|最)?(喜欢|爱)", re.IGNORECASE
)
_SHORT = 80  # characters
_T = TypeVar("_T")


def wants_no_question(utterance: str) -> bool:
    """Returns whether the user asks for films rather than questions: "just recommend", "you choose"."""
    return bool(_JUST.search(utterance))


def answered(understanding: Understanding, utterance: str, asked: Asked | None) -> Understanding:
    """Returns the meaning of an utterance that follows the question `asked`, or follows none.

    "Just recommend" and "no preference" ask for suggestions, whatever else they were taken for. A short answer that
    names an option ("comedy", "light") wants it, where without its question it would be a taste or nothing at all.
    """
    if understanding.intent not in _BARE or len(utterance) > _SHORT:
        return understanding
    no_answer = wants_no_question(utterance) or (asked and _NO_MATTER.search(utterance))
    if no_answer and not understanding.mentions and not understanding.constraints.stated():
        return _meaning(understanding, "recommend")
    if asked is None or _LASTING.search(utterance) or points_out(utterance):
        return understanding
    named = _options_named(utterance, asked)
    if not named and understanding.mentions and understanding.intent in ("recommend", "critique"):
        return understanding  # a wish of its own, beside the question
    if not named and understanding.mentions and not _is_of(asked.topic, understanding):
        return understanding  # "Bill Murray is great" is no answer to "which years?"
    mentions = named or tuple(map(_wanted, understanding.mentions))
    if not mentions and asked.topic in ("tone", "mood") and (move := _only(_MOVES, utterance)):
        return replace(_meaning(understanding, "critique"), critique=(move,))
    limits = understanding.constraints
    if asked.topic == "length" and not limits.stated() and (said := _only(_LENGTHS, utterance)):
        limits = said
    if not mentions and not limits.stated():
        return understanding
    return replace(_meaning(understanding, "inform"), mentions=mentions, constraints=limits, critique=())


def _meaning(understanding: Understanding, intent: Intent) -> Understanding:
    """The same utterance with another intent; a refusal of what was shown beside the answer still counts."""
    refusing: tuple[Intent, ...] = ("reject",) if "reject" in understanding.intents and intent != "recommend" else ()
    sources = {**understanding.sources, "intent": "history", "mentions": "history"}
    return replace(understanding, intent=intent, intents=(intent, *refusing), sources=sources)


def _only(choices: tuple[tuple[_T, re.Pattern[str]], ...], utterance: str) -> _T | None:
    found = [meaning for meaning, pattern in choices if pattern.search(utterance)]
    return found[0] if len(found) == 1 else None


def _is_of(topic: Topic, understanding: Understanding) -> bool:
    kinds = {mention.kind for mention in understanding.mentions}
    return bool(kinds & _NAMED_BY[topic]) or understanding.constraints.stated() != {}


def _wanted(mention: Mention) -> Mention:
    """What an answer names is wanted now, unless it is a film or is spoken against."""
    return replace(mention, attitude="want") if mention.kind != "item" and mention.attitude == "like" else mention


def _options_named(utterance: str, asked: Asked) -> tuple[Mention, ...]:
    if asked.topic not in _NODE:
        return ()
    kind, node = _NODE[asked.topic]
    places = [(re.search(rf"(?<!\w){re.escape(o)}(?!\w)", utterance, re.IGNORECASE), o) for o in asked.options]
    return tuple(
        Mention(place.group(), kind, "want", f"{node}:{option}", place.start(), source="history")
        for place, option in places
        if place
    )
