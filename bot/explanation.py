"""Why this item, for this person: facts are chosen first, then worded, then the words are checked against the facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.checking import holds
from bot.parts import Parts
from bot.phrases import Phrases
from bot.replies import Explanation
from kg.items import Fact, Item, facts_of
from retrieval.wish import Wish

# These themes give a late turn of the plot away: good to match on, never to be said.
SPOILERS = frozenset(
    f"theme:{name}" for name in ("twist ending", "twins", "ghost", "robot", "incest", "split personality")
)
_SHARED_WEIGHT = {
    "DIRECTED_BY": 6.0,
    "FEATURES": 5.0,
    "WRITTEN_BY": 4.0,
    "HAS_THEME": 3.0,
    "HAS_MOOD": 2.0,
    "HAS_GENRE": 1.0,
}
_MOST_LIKED = 4
_LEADS = 5  # casts stand in the order of how well the players are known
_MOST_REASONS = 2

ReasonKind = Literal["shared", "wanted", "liked_kind", "limit", "plain"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Facts that say one thing for an item. `other` is the liked item that the facts lead to, where there is one."""

    kind: ReasonKind
    facts: tuple[Fact, ...]
    weight: float
    other: Item | None = None


def explain(item: Item, wish: Wish, parts: Parts, phrases: Phrases) -> Explanation:
    """Returns the reason for an item as checked text with its evidence, all of it true in the graph.

    Nothing the person avoids or dislikes is offered as a reason. A wording that claims more than its facts is
    replaced by the plain template, and that one is checked in the tests.
    """
    reasons = choose(item, wish, parts)
    evidence = tuple(dict.fromkeys(fact for reason in reasons for fact in reason.facts))
    text = phrases.say("between_sentences").join(_worded(reason, item, phrases) for reason in reasons)
    if parts.reword:
        names = _names(item, evidence)
        other = parts.reword(text, names)
        text = other if other and holds(other, evidence) else text
    return Explanation(text, evidence)


def choose(item: Item, wish: Wish, parts: Parts) -> tuple[Reason, ...]:
    """Returns one or two reasons, the most telling first; never none: at worst, what kind of item it is."""
    unwelcome = wish.avoid | set(wish.disprefer) | SPOILERS
    facts = tuple(fact for fact in facts_of(item) if fact.object.id not in unwelcome)
    found = [*_shared(item, wish, parts, unwelcome), *_wanted(facts, wish)]
    found.sort(key=lambda reason: -reason.weight)
    chosen: list[Reason] = []
    for reason in found:
        said = {fact.object.id for earlier in chosen for fact in earlier.facts}
        if not said & {fact.object.id for fact in reason.facts}:
            chosen.append(reason)
    if len(chosen) < _MOST_REASONS:
        # one reason alone reads the same on every card of a list: say what this one is about as well
        said = {fact.object.id for reason in chosen for fact in reason.facts}
        rest = [fact for fact in facts if fact.object.id not in said]
        themes = any(fact.relation == "HAS_THEME" for fact in rest)
        chosen += _plain(rest, bare=not chosen) if themes or not chosen else []
    if len(chosen) < _MOST_REASONS:
        chosen += _within_limits(facts, wish)
    return tuple(chosen[:_MOST_REASONS])


def _shared(item: Item, wish: Wish, parts: Parts, unwelcome: frozenset[str] | set[str]) -> list[Reason]:
    """What joins the item to each thing that was liked: the best relation, with both sides' facts."""
    reasons = []
    for recency, liked_id in enumerate(reversed(wish.liked[-_MOST_LIKED:])):
        liked = parts.catalogue.get(liked_id)
        if liked is None:
            continue
        # "directed by X, like Y" needs X to have directed Y too, not only to act in it
        theirs_by = {(fact.relation, fact.object.id): fact for fact in facts_of(liked)}
        common = [
            fact
            for fact in parts.graph.connections(item.id, liked_id)
            if fact.relation in _SHARED_WEIGHT
            and (fact.relation, fact.object.id) in theirs_by
            and fact.object.id not in unwelcome
            and (fact.relation != "FEATURES" or _leads(fact, item, liked))
        ]
        if not common:
            continue
        best = max(common, key=lambda fact: _SHARED_WEIGHT[fact.relation])
        same = tuple(fact for fact in common if fact.relation == best.relation)[:2]
        theirs = tuple(theirs_by[fact.relation, fact.object.id] for fact in same)
        reasons.append(Reason("shared", (*same, *theirs), _SHARED_WEIGHT[best.relation] - 0.2 * recency, liked))
    return reasons


def _leads(fact: Fact, *items: Item) -> bool:
    """Whether the person is among the first of a cast: a bit part in both is no reason to see either."""
    return any(fact.object.name in item.cast[:_LEADS] for item in items)


def _wanted(facts: Sequence[Fact], wish: Wish) -> list[Reason]:
    asked = frozenset().union(*wish.must) if wish.must else frozenset()
    # "directed by X, written by X" says one thing twice: the first relation to a thing stands for all
    first = {fact.object.id: fact for fact in reversed(facts)}
    once = tuple(fact for fact in facts if first[fact.object.id] is fact)
    wanted = tuple(fact for fact in once if fact.object.id in asked)
    liked = tuple(fact for fact in once if fact.object.id in wish.prefer and fact.object.id not in asked)
    reasons = []
    if wanted:
        reasons.append(Reason("wanted", wanted[:3], 4.5))
    if liked:
        reasons.append(Reason("liked_kind", liked[:3], 3.5))
    return reasons


def _within_limits(facts: Sequence[Fact], wish: Wish) -> list[Reason]:
    limits = wish.limits
    year = limits.year_min is not None or limits.year_max is not None or {"newer", "older"} & set(wish.moves)
    runtime = (
        limits.runtime_min is not None or limits.runtime_max is not None or {"shorter", "longer"} & set(wish.moves)
    )
    asked = [relation for relation, said in (("RELEASED_IN", year), ("RUNS_FOR", runtime)) if said]
    kept = tuple(fact for fact in facts if fact.relation in asked)
    return [Reason("limit", kept, 2.5)] if kept else []


def _plain(facts: Sequence[Fact], bare: bool) -> list[Reason]:
    """What it is about; with `bare`, when nothing leads from the person to the item, also its kind and its maker."""
    themes = [fact for fact in facts if fact.relation == "HAS_THEME"][:2]
    makers = [fact for fact in facts if fact.relation == "DIRECTED_BY"][:1]
    genres = [fact for fact in facts if fact.relation == "HAS_GENRE"][:2]
    telling = [*genres, *makers, *themes] if bare else themes or genres
    return [Reason("plain", tuple(telling or facts[:1]), 0.0)] if facts else []


def _worded(reason: Reason, item: Item, phrases: Phrases) -> str:
    """Returns one sentence for a reason: its own wording where one relation tells it all, else its facts in a row."""
    mine = [fact for fact in reason.facts if fact.subject.id == item.id]
    relations = list(dict.fromkeys(fact.relation for fact in mine))
    other = reason.other.label if reason.other else ""
    if len(relations) == 1:
        key = f"{reason.kind}_{relations[0].lower()}"
        text = phrases.say(key, seed=item.id + key, names=_spoken(mine, phrases), other=other)
    else:
        told = [
            phrases.say(f"fact_{relation.lower()}", names=_spoken([f for f in mine if f.relation == relation], phrases))
            for relation in relations
        ]
        text = phrases.say(f"reason_{reason.kind}", seed=item.id, fact=phrases.say("clause_and").join(told))
    return phrases.say("sentence", text=text[:1].upper() + text[1:])


def _spoken(facts: Sequence[Fact], phrases: Phrases) -> str:
    """Returns the objects' names as a list: genres in small letters, themes without an "and" ("father and son")."""
    names = [fact.object.name.lower() if fact.relation == "HAS_GENRE" else fact.object.name for fact in facts]
    themes = all(fact.relation == "HAS_THEME" for fact in facts)
    return phrases.say("comma").join(names) if themes else phrases.join(names)


def _names(item: Item, evidence: Sequence[Fact]) -> list[str]:
    return list(dict.fromkeys([item.label, *(f.subject.name for f in evidence), *(f.object.name for f in evidence)]))
