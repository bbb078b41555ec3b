"""Whether a film suits a child: from its violence and how scary it is, measured or estimated, and said as that."""

import math
import re

from bot.moment import Draft, Moment
from kg.items import Fact, Item, facts_of
from retrieval.steering import ERROR

_AGE = re.compile(r"(\d+|\w+)[- ]?(?:year|yr)s?[- ]?old|(\d+) ?岁", re.IGNORECASE)
_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen",
)  # fmt: skip
_TEEN = re.compile(r"\bteen", re.IGNORECASE)
_SMALL, _USUAL, _TEENAGER = 5, 8, 14  # years: a toddler, any child, a teenager
_TODDLER = re.compile(r"\b(toddler|little one|small)", re.IGNORECASE)
# Up to this age: the most violence and scariness, of 4, that a film may have. Our judgement, not a rating board's.
_MOST = ((6, 0.5), (9, 1.0), (12, 1.5), (15, 2.5))
_OLDEST = 120  # years: a higher number is a slip or a joke
_GROWN = frozenset({"Horror", "Thriller", "War", "Crime", "Film-Noir"})  # not for those under twelve
_TWELVE = 12


def suitability(moment: Moment, item: Item) -> Draft:
    """Returns the measures and what they come to; the catalogue has no age ratings, and the answer says so."""
    say = moment.phrases.say
    age = age_of(moment.utterance)
    if item.axes is None:
        return Draft("answer", (say("suits_unknown", title=item.label),), focus=(item.id,))
    genres: tuple[Fact, ...] = tuple(fact for fact in facts_of(item) if fact.relation == "HAS_GENRE")
    names = moment.phrases.join(moment.phrases.names(genres)) or "—"
    measured = say(
        "suits_estimated" if item.axes.estimated else "suits_measured",
        title=item.label,
        violence=_number(item.axes.violence),
        scary=_number(item.axes.scary),
        genres=names,
        error=f"{max(ERROR['violence'], ERROR['scary']):.1f}",
    )
    verdict = say(f"suits_{verdict_of(item, age)}", age=age)
    return Draft("answer", (f"{measured} {verdict}",), evidence=genres, focus=(item.id,))


def verdict_of(item: Item, age: int) -> str:
    """Returns `yes`, `no`, or `perhaps` where an estimate lies within its error of the border."""
    assert item.axes is not None
    most = next((most for up_to, most in _MOST if age <= up_to), math.inf)
    worst = max(item.axes.violence, item.axes.scary)
    doubt = max(ERROR["violence"], ERROR["scary"]) if item.axes.estimated else 0.0
    if worst - doubt > most or (age < _TWELVE and _GROWN & set(item.genres)):
        return "no"
    return "perhaps" if worst + doubt > most else "yes"


def age_of(utterance: str) -> int:
    """Returns the age that is named in years, else that of a small child, a teenager, or any child."""
    if found := _AGE.search(utterance):
        word = (found[1] or found[2]).lower()
        if word.isdecimal():
            return min(int(word), _OLDEST)
        if word in _WORDS:
            return _WORDS.index(word)
    if _TEEN.search(utterance):
        return _TEENAGER
    return _SMALL if _TODDLER.search(utterance) else _USUAL


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"
