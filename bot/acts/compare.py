"""Weighing two or more items: their facts side by side, what they share, and how well each fits this person."""

from collections.abc import Sequence
from dataclasses import replace

from bot.acts.relaxing import broken_in_words
from bot.explanation import explain
from bot.moment import Draft, Moment
from bot.own import asked_of
from bot.parts import Parts
from bot.phrases import Phrases
from kg.domain import Domain
from kg.items import Fact, Item, Relation
from retrieval.ranked import Fit
from retrieval.wish import Wish

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
_CLOSE = 2  # the second place is close up to about twice the first


def compare(moment: Moment, parts: Parts) -> Draft:
    """Returns the facts of each item in a line, what they share, the fit of each by the scorer, and a pick."""
    named = [m.entity for m in moment.understanding.mentions if m.kind == "item" and m.entity]
    ids = list(dict.fromkeys([*named, *moment.meant]))
    if len(ids) < 2:
        ids = list(dict.fromkeys([*ids, *moment.focus]))[:2]
    items = [item for id_ in ids[:_MOST] if (item := parts.catalogue.get(id_))]
    if len(items) < 2:
        return Draft("compare", (moment.phrases.say("compare_need"),))
    own = asked_of(moment.utterance, moment.phrases.domain)
    attribute = moment.understanding.attribute or ""
    relations = (own,) if own else _ONE_ATTRIBUTE.get(attribute) or (*_SIDE_BY_SIDE, *_own(moment.phrases.domain))
    facts = {item.id: [f for f in parts.graph.facts(item.id) if f.relation in relations] for item in items}
    pieces = [_line(moment, item, facts[item.id]) + "\n" for item in items]
    if shared := _shared(items, facts, moment.phrases):
        pieces.append(moment.phrases.say("compare_shared", facts=moment.phrases.join(shared)) + "\n")
    fits = sorted(parts.retriever.weigh([item.id for item in items], _own_wish(moment, items)), key=_placed)
    by_id = {item.id: item for item in items}
    reasons = [explain(by_id[fit.item_id], _without(moment.wish, fit.item_id), parts, moment.phrases) for fit in fits]
    for fit, reason in zip(fits, reasons, strict=True):
        pieces.append(_fit(moment, by_id[fit.item_id], fit, reason.text) + "\n")
    pieces.append(_verdict(moment, [by_id[fit.item_id] for fit in fits], fits))
    told = [fact for item in items for fact in facts[item.id]] + [f for reason in reasons for f in reason.evidence]
    return Draft("compare", tuple(pieces), evidence=tuple(dict.fromkeys(told)), focus=tuple(f.item_id for f in fits))


def _own(domain: Domain) -> tuple[Relation, ...]:
    """Returns the relations that only this kind of catalogue has, and the writer where that is who made the item."""
    writer = () if domain.is_film else ("WRITTEN_BY",)
    names = (*(role.relation for role in domain.roles), *(facet.relation for facet in domain.facets))
    return (*writer, *names, *(measure.relation for measure in domain.measures))


def _own_wish(moment: Moment, items: Sequence[Item]) -> Wish:
    """The wish without what was shown or is compared: a film is not worse for having been seen on a list."""
    ids = {item.id for item in items}
    liked = tuple(id_ for id_ in moment.wish.liked if id_ not in ids)
    return replace(moment.wish, exclude=moment.taste.refused - ids, liked=liked, moves=(), base=())


def _without(wish: Wish, item_id: str) -> Wish:
    return replace(wish, liked=tuple(id_ for id_ in wish.liked if id_ != item_id))


def _placed(fit: Fit) -> tuple[bool, int]:
    return bool(fit.broken), fit.place


def _fit(moment: Moment, item: Item, fit: Fit, reason: str) -> str:
    """How well an item fits this person: its place among the candidates, the wish that it breaks, the reason."""
    say = moment.phrases.say
    if fit.broken:
        broken = moment.phrases.join([broken_in_words(moment.phrases, found, moment.wish) for found in fit.broken])
        return say("compare_breaks", title=item.label, broken=broken)
    return say("compare_fit", title=item.label, place=fit.place, reason=reason)


def _verdict(moment: Moment, ranked: Sequence[Item], fits: Sequence[Fit]) -> str:
    """The pick, and how sure it is: places that lie close together say little."""
    first, second = fits[0], fits[1]
    close = bool(first.broken) == bool(second.broken) and second.place < _CLOSE * first.place + _CLOSE
    return moment.phrases.say("compare_close" if close else "compare_pick", title=ranked[0].label)


def _line(moment: Moment, item: Item, facts: Sequence[Fact]) -> str:
    clauses = [
        moment.phrases.say(f"fact_{relation.lower()}", seed="", names=moment.phrases.join(names[:3]))
        for relation in dict.fromkeys(fact.relation for fact in facts)
        if (names := moment.phrases.names(fact for fact in facts if fact.relation == relation))
    ]
    if not clauses:
        return moment.phrases.say("answer_unknown", title=item.label)
    return moment.phrases.say("compare_line", title=item.label, facts=moment.phrases.say("comma").join(clauses))


def _shared(items: Sequence[Item], facts: dict[str, list[Fact]], phrases: Phrases) -> list[str]:
    first, *others = ({fact.object.id: fact for fact in facts[item.id]} for item in items)
    return phrases.names(fact for id_, fact in first.items() if all(id_ in other for other in others))
