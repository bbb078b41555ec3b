"""What only this catalogue has, in talk: limits on its numbers, and questions for what is its own. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.phrases import Phrases
from bot.understanding import amounts
from kg.domain import Domain, Measure
from kg.items import Item, Relation
from retrieval.wish import AmountLimit

_ASKS = re.compile(r"\b(how|what|which|who|whose|does|is|are|can)\b|\?|多少|谁|什么|哪|几", re.IGNORECASE)


def limits_said(utterance: str, domain: Domain, base: Sequence[Item]) -> tuple[AmountLimit, ...]:
    """Returns the limits that an utterance states, "cheaper" read as below the middle of the items in `base`."""
    said = amounts.read(utterance, domain)
    moved = (_moved(name, way, base) for name, way in said.moves)
    return (*said.limits, *(limit for limit in moved if limit))


def _moved(name: str, way: amounts.Way, base: Sequence[Item]) -> AmountLimit | None:
    values = sorted(amount.low for item in base for amount in item.amounts if amount.name == name)
    if not values:
        return None
    middle = values[len(values) // 2]
    limit = AmountLimit.below(name, middle) if way == "less" else AmountLimit.above(name, middle)
    return replace(limit, moved=True)


def asked_of(utterance: str, domain: Domain) -> Relation | None:
    """Returns the relation of the catalogue's own that a question is about: "how many pages", "who designed it"."""
    plain = utterance.casefold()
    if not _ASKS.search(plain):
        return None
    named: list[tuple[tuple[str, ...], Relation]] = [(each.asked, each.relation) for each in domain.facets]
    named += [((role.name, f"{role.name}s", role.did), role.relation) for role in domain.roles]
    named += [
        (tuple(word for word in m.asked if not (domain.timed and word == "how long")), m.relation)
        for m in domain.measures
    ]
    found = [(-len(word), relation) for words, relation in named for word in words if word and _has(plain, word)]
    return min(found)[1] if found else None


def _has(plain: str, word: str) -> bool:
    return word in plain if not word.isascii() else re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain) is not None


def limit_in_words(limit: AmountLimit, domain: Domain, phrases: Phrases) -> str:
    """Returns "under 400 pages", "at least $20", "4 players", "200 pages to 300 pages"."""
    measure = domain.measure(limit.name) or Measure(limit.name)
    low, high = _round(limit.least), _round(limit.most)

    def told(value: float) -> str:
        return measure.told(value, value, phrases.language)

    if measure.least and high is not None:
        return told(high)
    if low is not None and high is not None:
        if low == high:
            return phrases.say("limit_amount_exact", value=told(low))
        return phrases.say("limit_amount_between", low=told(low), high=told(high))
    if high is not None:
        return phrases.say("limit_amount_most" if high == limit.most else "limit_amount_below", value=told(high))
    if low is not None:
        return phrases.say("limit_amount_least" if low == limit.least else "limit_amount_above", value=told(low))
    return limit.name


def _round(value: float | None) -> float | None:
    """The number that was said: "under 400" is kept as the largest number below 400."""
    return None if value is None else round(value, 6)
