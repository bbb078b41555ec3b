"""Hard constraints in words: what one asks for, and the smallest change that would let more items in."""

from collections.abc import Iterable
from dataclasses import replace

from bot.own import limit_in_words
from bot.phrases import Phrases
from retrieval.constraints import Broken, Relaxation
from retrieval.wish import Wish


def relaxation_in_words(phrases: Phrases, relaxation: Relaxation) -> str:
    """Returns what to change ("allow films from 1985 on", "do without Western")."""
    if relaxation.first:
        both = (relaxation.first, replace(relaxation, first=None))
        return phrases.join([relaxation_in_words(phrases, one) for one in both])
    if relaxation.amount:
        dropped = relaxation.amount.least is None and relaxation.amount.most is None
        words = limit_in_words(relaxation.amount, phrases.domain, phrases)
        return phrases.say("what_amount" if dropped else "what_wider_amount", value=words)
    if relaxation.limit is not None:
        return phrases.say(f"what_wider_{relaxation.constraint}", value=relaxation.limit)
    return phrases.say(f"what_{relaxation.constraint}", names=_names(phrases, relaxation.entities))


def constraint_in_words(phrases: Phrases, constraint: str, entities: Iterable[str], value: int | None) -> str:
    """Returns what a hard constraint asks for ("from 1990 on", "only Western", "nothing with Tom Cruise")."""
    if value is not None:
        return phrases.say(f"limit_{constraint}", value=value)
    return phrases.say(f"kept_{constraint}", names=_names(phrases, entities))


def broken_in_words(phrases: Phrases, broken: Broken, wish: Wish) -> str:
    """Returns the hard constraint of the wish that an item does not keep."""
    if broken.amount:
        return limit_in_words(broken.amount, phrases.domain, phrases)
    return constraint_in_words(
        phrases, broken.constraint, broken.entities, getattr(wish.limits, broken.constraint, None)
    )


def _names(phrases: Phrases, entities: Iterable[str]) -> str:
    return phrases.join([phrases.called(entity) for entity in sorted(entities)])
