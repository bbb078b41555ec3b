"""Weighing two or more items: what they share, where they differ, and which fits this person better."""

import math
from collections.abc import Sequence
from dataclasses import replace

from bot.moment import Draft, Moment
from bot.parts import Parts
from kg.items import Fact, Item, Relation
from retrieval.wish import Limits, Wish

_SIDE_BY_SIDE: tuple[Relation, ...] = ("RELEASED_IN", "DIRECTED_BY", "HAS_GENRE", "RUNS_FOR", "RATED", "HAS_MOOD")
_ONE_ATTRIBUTE: dict[str, tuple[Relation, ...]] = {
    "director": ("DIRECTED_BY",),
    "writer": ("WRITTEN_BY",),
    "cast": ("FEATURES",),
    "year": ("RELEASED_IN",),
    "genre": ("HAS_GENRE",),
    "runtime": ("RUNS_FOR",),
    "language": ("SPOKEN_IN",),
    "country": ("MADE_IN",),
    "rating": ("RATED",),
    "awards": ("WON_OSCARS",),
    "plot": ("HAS_GENRE", "HAS_THEME", "HAS_MOOD"),
}
_MOST = 4


def compare(moment: Moment, parts: Parts) -> Draft:
    """Returns the facts of each item in one line each, what they share, and a pick by the scorer."""
    named = [m.entity for m in moment.understanding.mentions if m.kind == "item" and m.entity]
    ids = list(dict.fromkeys([*named, *moment.meant]))
    if len(ids) < 2:
        ids = list(dict.fromkeys([*ids, *moment.focus[: 2 - len(ids)]]))
    items = [item for id_ in ids[:_MOST] if (item := parts.catalogue.get(id_))]
    if len(items) < 2:
        return Draft("compare", (moment.phrases.say("compare_need"),))
    relations = _ONE_ATTRIBUTE.get(moment.understanding.attribute or "", _SIDE_BY_SIDE)
    facts = {item.id: [f for f in parts.graph.facts(item.id) if f.relation in relations] for item in items}
    pieces = [_line(moment, item, facts[item.id]) + "\n" for item in items]
    if shared := _shared(items, facts):
        pieces.append(moment.phrases.say("compare_shared", facts=moment.phrases.join(shared)) + "\n")
    chosen = min(items, key=lambda item: _rank(item, moment.wish, parts))
    pieces.append(moment.phrases.say("compare_pick", title=chosen.label))
    evidence = tuple(fact for item in items for fact in facts[item.id])
    return Draft("compare", tuple(pieces), evidence=evidence, focus=(chosen.id, *(i for i in ids if i != chosen.id)))


def _rank(item: Item, wish: Wish, parts: Parts) -> float:
    """The item's place for this person's soft wishes; what was shown or limited does not count in a comparison."""
    free = replace(wish, must=(), avoid=frozenset(), exclude=frozenset(), limits=Limits())
    return parts.retriever.explain_exclusion(item.id, free).rank or math.inf


def _line(moment: Moment, item: Item, facts: Sequence[Fact]) -> str:
    clauses = [
        moment.phrases.say(f"fact_{relation.lower()}", seed="", names=moment.phrases.join(names[:3]))
        for relation in dict.fromkeys(fact.relation for fact in facts)
        if (names := [fact.object.name for fact in facts if fact.relation == relation])
    ]
    if not clauses:
        return moment.phrases.say("answer_unknown", title=item.label)
    return moment.phrases.say("compare_line", title=item.label, facts=", ".join(clauses))


def _shared(items: Sequence[Item], facts: dict[str, list[Fact]]) -> list[str]:
    objects = [{fact.object.id: fact.object.name for fact in facts[item.id]} for item in items]
    return [name for id_, name in objects[0].items() if all(id_ in other for other in objects[1:])]
