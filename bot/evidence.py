"""Which facts are told for which item: what explains most of this person's case, and not the same on every card.

A fact explains more the fewer items have it (its bits) and the more people go by such facts (its care). The first
reason of a card comes from what the person said, if anything does; the second is the most telling of what is left.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.parts import Parts
from bot.wording.filling import is_subject
from bot.wording.shapes import ReasonKind
from kg.items import Fact, Item, Relation, facts_of, relation_of
from retrieval.constraints import allowed
from retrieval.wish import Limits, Wish

# These themes give a late turn of the plot away: good to match on, never to be said.
SPOILERS = frozenset(
    f"theme:{name}" for name in ("twist ending", "twins", "ghost", "robot", "incest", "split personality")
)
# How much people go by a kind of fact, for each bit of it; guesses, held to reading.
_CARE: dict[Relation, float] = {
    "DIRECTED_BY": 0.55,
    "FEATURES": 0.5,
    "WRITTEN_BY": 0.4,
    "HAS_THEME": 0.5,
    "HAS_MOOD": 0.45,
    "HAS_GENRE": 0.4,
    "MADE_IN": 0.25,
    "SPOKEN_IN": 0.25,
}
_OTHER_CARE = 0.4
_BEFORE: dict[ReasonKind, float] = {"shared": 1.2, "wanted": 2.0, "liked_kind": 1.2, "limit": 1.5, "plain": 0.0}
_NO_ONES: tuple[Relation, ...] = ("MADE_IN", "SPOKEN_IN")  # of a thousand films: told where asked for, or alone
_NUMBERS: dict[Relation, tuple[str, ...]] = {"RELEASED_IN": ("newer", "older"), "RUNS_FOR": ("shorter", "longer")}
_MOST_LIKED, _MOST_FACTS, _MOST_REASONS = 4, 2, 2
_LEADS = 5  # casts stand in the order of how well the players are known
_TIRED = 0.6  # what a fact or a kind of reason is worth after each card that told it
_TALKED, _TALK_WEIGHT = 12, 2.5  # places of a film's co-taste that count; what it weighs beside a shared fact


@dataclass(frozen=True, slots=True)
class Reason:
    """Facts of one relation that say one thing for an item: the item's own in `facts`, those of the liked `films` that
    they lead to in `theirs`. A reason of kind `together` has films alone: the same people talk of both.
    """

    kind: ReasonKind
    facts: tuple[Fact, ...]
    weight: float
    films: tuple[Item, ...] = ()
    theirs: tuple[Fact, ...] = ()

    @property
    def relation(self) -> Relation | None:
        """The relation of its facts."""
        return self.facts[0].relation if self.facts else None

    @property
    def evidence(self) -> tuple[Fact, ...]:
        """All its facts."""
        return (*self.facts, *self.theirs)

    @property
    def objects(self) -> frozenset[str]:
        """The ids of what the facts are about."""
        return frozenset(fact.object.id for fact in self.facts)


class Chooser:
    """Chooses for the cards of one list, in their order; what was told tires."""

    def __init__(self, wish: Wish, parts: Parts) -> None:
        self._wish, self._parts = wish, parts
        self._unwelcome = wish.avoid | set(wish.disprefer) | SPOILERS
        self._told: Counter[str] = Counter()
        latest = tuple(reversed(wish.liked[-_MOST_LIKED:]))
        self._liked = [liked for id_ in latest if (liked := parts.catalogue.get(id_))]

    def choose(self, item: Item) -> tuple[Reason, ...]:
        """Returns one or two reasons for an item, never none; what the person avoids or dislikes is in none."""
        facts = [fact for fact in facts_of(item) if fact.object.id not in self._unwelcome]
        theirs = [*self._shared(item), *self._said(facts), *self._limits(item, facts)]
        chosen = [max(theirs, key=self._worth)] if theirs else []
        while len(chosen) < _MOST_REASONS:
            told = frozenset().union(*(reason.objects for reason in chosen))
            rest = [*self._without(theirs, told), *self._plain(facts, told), *self._together(item, chosen)]
            rest = [reason for reason in rest if not any(_alike(reason, other) for other in chosen)]
            if not rest:
                break
            chosen.append(max(rest, key=self._worth))
        for reason in chosen:
            self._told.update([*reason.objects, _sort(reason)])
        return tuple(chosen) or self._bare(item)

    def _worth(self, reason: Reason) -> float:
        tired = max((self._told[id_] for id_ in reason.objects), default=0) + 0.5 * self._told[_sort(reason)]
        return float(reason.weight * _TIRED**tired)

    def _weight(self, kind: ReasonKind, facts: Sequence[Fact]) -> float:
        return _BEFORE[kind] + max(_CARE.get(fact.relation, _OTHER_CARE) * self._bits(fact) for fact in facts)

    def _bits(self, fact: Fact) -> float:
        """How much a fact says: the binary logarithm of how few items have it."""
        columns = self._parts.retriever.index.columns
        return math.log2(max(len(columns), 2) / max(len(columns.having.get(fact.object.id, ())), 1))

    def _telling(self, facts: Sequence[Fact]) -> list[Fact]:
        """Returns the facts, those that say most and were told least first."""
        return sorted(facts, key=lambda fact: (self._told[fact.object.id], -self._bits(fact)))

    def _shared(self, item: Item) -> Iterator[Reason]:
        """What joins the item to what was liked: a reason for each film and relation, and for two films at once."""
        links = [(liked, self._common(item, liked)) for liked in self._liked]
        by_object: defaultdict[tuple[Relation, str], list[tuple[Item, Fact, Fact]]] = defaultdict(list)
        for recency, (liked, common) in enumerate(links):
            for relation in dict.fromkeys(fact.relation for fact in common):
                mine = self._telling([fact for fact in common if fact.relation == relation])[:_MOST_FACTS]
                if mine:
                    weight = self._weight("shared", mine) - 0.2 * recency
                    yield Reason("shared", tuple(mine), weight, (liked,), tuple(common[fact] for fact in mine))
            for fact, other in common.items():
                by_object[fact.relation, fact.object.id].append((liked, fact, other))
        for found in by_object.values():
            if len(found) > 1:
                (one, fact, theirs), (two, _, also) = found[:2]
                yield Reason("shared", (fact,), self._weight("shared", [fact]) + 0.5, (one, two), (theirs, also))

    def _common(self, item: Item, liked: Item) -> dict[Fact, Fact]:
        """Returns the item's facts that the liked item has too, in the same relation, each with the other's fact."""
        theirs = {(fact.relation, fact.object.id): fact for fact in facts_of(liked)}
        return {
            fact: theirs[fact.relation, fact.object.id]
            for fact in self._parts.graph.connections(item.id, liked.id)
            if (fact.relation, fact.object.id) in theirs
            and fact.object.id not in self._unwelcome
            and fact.relation not in _NO_ONES
            and is_subject(fact)
            and (fact.relation != "FEATURES" or _leads(fact, item, liked))
        }

    def _said(self, facts: Sequence[Fact]) -> Iterator[Reason]:
        """What the person asked for, or is known to like, that the item has."""
        asked = frozenset().union(*self._wish.must) if self._wish.must else frozenset()
        # "directed by X, written by X" says one thing twice: the first relation to a thing stands for all
        first = {fact.object.id: fact for fact in reversed(facts)}
        once = [fact for fact in facts if first[fact.object.id] is fact]
        wanted = [fact for fact in once if fact.object.id in asked]
        liked = [fact for fact in once if fact.object.id in self._wish.prefer and fact.object.id not in asked]
        sorts: tuple[tuple[ReasonKind, list[Fact]], ...] = (("wanted", wanted), ("liked_kind", liked))
        for kind, some in sorts:
            for group in _by_relation(some):
                mine = tuple(self._telling(group)[:_MOST_FACTS])
                yield Reason(kind, mine, self._weight(kind, mine))

    def _limited(self, item: Item) -> Iterator[Relation]:
        """Yields the relations of the item's numbers that keep a limit."""
        ideal = self._wish.ideally if allowed(item, Wish(limits=self._wish.ideally)) else Limits()
        for limits in (self._wish.limits, ideal):
            yield from (relation_of(limit.name) for limit in limits.amounts)
            if limits.year_min is not None or limits.year_max is not None:
                yield "RELEASED_IN"
            if limits.runtime_min is not None or limits.runtime_max is not None:
                yield "RUNS_FOR"

    def _limits(self, item: Item, facts: Sequence[Fact]) -> Iterator[Reason]:
        moves, kept = set(self._wish.moves), set(self._limited(item))
        for fact in facts:
            if fact.relation in kept or moves & set(_NUMBERS.get(fact.relation, ())):
                yield Reason("limit", (fact,), _BEFORE["limit"])

    def _plain(self, facts: Sequence[Fact], told: frozenset[str]) -> Iterator[Reason]:
        """What it is about, how it feels, who made it, of what kind it is."""
        rest = [f for f in facts if f.object.id not in told and f.object.kind != "value" and is_subject(f)]
        kinds = [group for group in _by_relation(rest) if group[0].relation not in _NO_ONES]
        for group in kinds or _by_relation(rest) or _by_relation([f for f in facts if f.object.id not in told]):
            mine = tuple(self._telling(group[:_LEADS])[:_MOST_FACTS])
            if mine[0].relation == "FEATURES":
                mine = tuple(group[:_MOST_FACTS])
            # who plays says little of what awaits one, and every name is rare: themes and moods first
            share = 0.25 if mine[0].object.kind == "person" else 0.6
            yield Reason("plain", mine, share * self._weight("plain", mine))

    def _together(self, item: Item, chosen: Sequence[Reason]) -> Iterator[Reason]:
        """That people talk of both, where a reason already names the liked film: "the two" are then clear."""
        for film in (reason.films[0] for reason in chosen if len(reason.films) == 1):
            if self._parts.retriever.talked_of_with(film.id, item.id, _TALKED):
                yield Reason("together", (), _TALK_WEIGHT, (film,))

    def _without(self, reasons: Sequence[Reason], told: frozenset[str]) -> Iterator[Reason]:
        for reason in reasons:
            places = [place for place, fact in enumerate(reason.facts) if fact.object.id not in told]
            if len(places) == len(reason.facts):
                yield reason
            elif places:
                mine = tuple(reason.facts[place] for place in places)
                theirs = tuple(fact for fact in reason.theirs if fact.object.id not in told)
                yield replace(reason, facts=mine, theirs=theirs)

    def _bare(self, item: Item) -> tuple[Reason, ...]:
        facts = [fact for fact in facts_of(item) if fact.object.id not in self._unwelcome][:1]
        return (Reason("plain", tuple(facts), 0.0),) if facts else ()


def _alike(one: Reason, other: Reason) -> bool:
    """Whether two reasons of a card would read as one said twice."""
    same_films = bool(one.films) and one.films == other.films and one.relation == other.relation
    return same_films or (one.kind == other.kind == "limit" and one.relation == other.relation)


def _sort(reason: Reason) -> str:
    return f"{reason.kind} {reason.relation}"


def _by_relation(facts: Sequence[Fact]) -> list[list[Fact]]:
    groups: dict[Relation, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.relation, []).append(fact)
    return list(groups.values())


def _leads(fact: Fact, *items: Item) -> bool:
    """Whether the person is among the first of a cast: a bit part in both is no reason to see either."""
    return any(fact.object.name in item.cast[:_LEADS] for item in items)
