"""From a taste and the latest utterance to a Wish: what retrieval is asked for. Pure."""

from collections.abc import Sequence
from itertools import groupby

from bot.limits import limit_names, without_limits
from bot.moving import moves_said
from bot.taste import Preference, Taste
from bot.understanding.types import Understanding
from retrieval.moves import Move
from retrieval.wish import Critique, Wish

DEFAULT_COUNT = 5
MOST = 20
_REMEMBERED = 12
_MOVE_WORDS: dict[str, Critique] = {
    "newer": "newer",
    "new": "newer",
    "recent": "newer",
    "more recent": "newer",
    "older": "older",
    "shorter": "shorter",
    "short": "shorter",
    "longer": "longer",
    "lighter": "lighter",
    "darker": "darker",
    "famous": "better_known",
    "popular": "better_known",
    "hidden gem": "lesser_known",
    "hidden gems": "lesser_known",
    "obscure": "lesser_known",
    "lesser known": "lesser_known",
    "underrated": "lesser_known",
}
_MAKES_A_REQUEST = ("recommend", "critique")


def wish_of(
    taste: Taste, understanding: Understanding, utterance: str, meant: Sequence[str] = (), novelty: float = 0.2
) -> Wish:
    """Returns the wish that the taste and this turn's critiques make.

    `meant` are the shown items that the utterance refers to; critiques move from them, else from the last ones shown.
    """
    items = [p for p in taste.preferences if p.kind == "item" and p.entity]
    others = [p for p in taste.preferences if p.kind != "item"]
    soft = [p for p in others if _is_soft(p) and p.entity]
    liked = taste.like_these or tuple(p.entity for p in items if p.attitude == "like" and p.entity)[-_REMEMBERED:]
    if "similar" in understanding.critique:
        liked = tuple(meant) or _named(taste, understanding) or taste.last_shown or liked
    moves, base = _moves(taste, understanding, utterance, meant)
    return Wish(
        text=_said(others, understanding, utterance),
        must=_must(others),
        avoid=frozenset(p.entity for p in others if _is_ban(p) and p.hard and p.entity),
        exclude=_known(items) | taste.refused | taste.accepted | set(taste.shown),
        limits=without_limits(taste.limits, taste.leaned),
        ideally=without_limits(taste.limits, limit_names(taste.limits) - taste.leaned),
        prefer=tuple(entity for p in soft if p.strength >= 1 and p.entity for entity in (p.entity, *p.also)),
        leanings=tuple(
            (entity, p.strength) for p in soft if p.strength < 1 and p.entity for entity in (p.entity, *p.also)
        ),
        disprefer=tuple(p.entity for p in others if _is_ban(p) and not p.hard and p.entity),
        liked=liked,
        disliked=tuple(p.entity for p in items if p.attitude == "dislike" and p.entity),
        moves=moves,
        base=base,
        standing=taste.steers,
        count=min(understanding.constraints.count or DEFAULT_COUNT, MOST),
        novelty=novelty,
    )


def _moves(
    taste: Taste, understanding: Understanding, utterance: str, meant: Sequence[str]
) -> tuple[tuple[Move, ...], tuple[str, ...]]:
    """Returns the critiques, and the items they move from.

    They move from the film named ("like X, but lighter"), else from the items meant, else from those last shown.
    Before any suggestion the same words come as keywords ("I loved X, something newer?"). "Like X" is a move as well.
    """
    model = taste.like_these
    now = {m.text.casefold() for m in understanding.mentions if m.kind == "keyword" and m.attitude == "want"}
    words = [p.text.casefold() for p in taste.having("want") if p.kind == "keyword"]
    standing = tuple(move for word in words if (move := _MOVE_WORDS.get(word)))
    worded = tuple(move for word in words if word in now and (move := _MOVE_WORDS.get(word)))
    beyond = moves_said(utterance) if taste.last_shown or model else ()
    said = tuple(dict.fromkeys((*understanding.critique, *worded, *beyond)))
    if model and (_named(taste, understanding) or not said):
        return tuple(dict.fromkeys(("similar", *said, *standing))), model
    liked = tuple(p.entity for p in taste.having("like") if p.kind == "item" and p.entity)
    return said, tuple(meant) or taste.last_shown or liked[-_REMEMBERED:]


def _named(taste: Taste, understanding: Understanding) -> tuple[str, ...]:
    """Returns the films to go by that this very utterance names."""
    named = {m.entity for m in understanding.mentions if m.kind == "item" and m.attitude == "like"}
    return tuple(item for item in taste.like_these if item in named)


def _known(items: Sequence[Preference]) -> frozenset[str]:
    """Returns the items not to suggest; one on a lasting watchlist may be suggested, one just chosen may not."""
    return frozenset(p.entity for p in items if p.entity and not (p.attitude == "want" and p.scope == "always"))


def _must(preferences: Sequence[Preference]) -> tuple[frozenset[str], ...]:
    """Returns one group of ids a wanted thing; things joined by "or" share a group."""
    wanted = [p for p in preferences if p.attitude == "want" and p.hard and p.entity]
    alone = [frozenset({entity}) for p in wanted if not p.either and p.entity for entity in (p.entity, *p.also)]
    joined = sorted((p for p in wanted if p.either), key=lambda p: (p.turn, p.either))
    groups = groupby(joined, key=lambda p: (p.turn, p.either))
    return (*alone, *(frozenset(p.entity for p in members if p.entity) for _, members in groups))


def _is_ban(preference: Preference) -> bool:
    return preference.attitude in ("avoid", "dislike")


def _is_soft(preference: Preference) -> bool:
    return preference.attitude == "like" or (preference.attitude == "want" and not preference.hard)


def _said(preferences: Sequence[Preference], understanding: Understanding, utterance: str) -> str:
    """Returns the words to search by: what is wanted, and the utterance without what it speaks against."""
    wanted = [p.text for p in preferences if p.attitude == "want"]
    spoken = utterance if understanding.intent in _MAKES_A_REQUEST else ""
    for mention in understanding.mentions:
        if mention.attitude in ("avoid", "dislike", "seen") or mention.kind == "item":
            spoken = spoken.replace(mention.text, " ")
    words = dict.fromkeys(w for w in [*wanted, " ".join(spoken.split())] if w)
    return ". ".join(words)[:500]
