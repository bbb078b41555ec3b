"""Choosing among candidates: how well the words fit, how well known the thing is, what the talk is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.linking.types import NOTHING, Linked

# A perfect match outweighs a half match of something a thousand times as well known.
FIT_WEIGHT = 6.0
# Within this many decades of fame, and nearly as good a match, two candidates are rivals (Crash 2004 is 14 times as
# well known as Crash 1996, and the question is worth asking; Titanic 1997 is 45 times as well known as that of 1953).
RIVAL_MARGIN = 1.17
RIVAL_FIT = 0.1
# Below this a candidate is a guess that no one should act on.
LEAST_FIT = 0.5
SPOKEN_OF, RELATED = 1.5, 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """`fit` 0 … 1: how well the mention names it. `weight`: fame in decades, with what the context adds."""

    id: str
    fit: float
    weight: float

    @property
    def strength(self) -> float:
        """The sum that decides, in decades."""
        return FIT_WEIGHT * self.fit + self.weight


def best_fits(pairs: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Returns the best fit of each position."""
    fits: dict[int, float] = {}
    for place, fit in pairs:
        if fit > fits.get(place, 0.0):
            fits[place] = fit
    return fits


def choose(candidates: Iterable[Candidate], limit: int) -> Linked:
    """Returns the strongest candidate, and as rivals those that come near it; each score is the fit times its share."""
    distinct: dict[str, Candidate] = {}
    for each in sorted(candidates, key=lambda each: (-each.strength, each.id)):
        if each.fit >= LEAST_FIT:
            distinct.setdefault(each.id, each)
    if not distinct:
        return NOTHING
    best, *others = distinct.values()
    near = [each for each in others if _is_rival(each, best)]
    odds: Mapping[str, float] = {each.id: 10 ** (each.strength - best.strength) for each in (best, *near)}
    total = sum(odds.values())
    rivals = tuple((each.id, round(each.fit * odds[each.id] / total, 3)) for each in near[:limit])
    return Linked(best.id, round(best.fit / total, 3), rivals)


def _is_rival(other: Candidate, best: Candidate) -> bool:
    return other.fit >= best.fit - RIVAL_FIT and other.strength >= best.strength - RIVAL_MARGIN
