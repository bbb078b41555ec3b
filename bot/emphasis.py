"""How firmly and for how long something is meant: "strictly", "I'd rather not", "only for tonight". Pure."""

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.taste import Scope

_TALK = re.compile(
    r"\b(tonight|for now|this (time|once|evening)|just today|only today|today only|right now|at the moment|"
    r"just this once)\b|今晚|这次|现在",
    re.IGNORECASE,
)
_ALWAYS = re.compile(
    r"\b(always|from now on|in general|generally|as a rule|every time|for good|permanently|in future|"
    r"never( ever)? (show|suggest|recommend|want|watch|give|like|again))\b|一直|总是|永远|以后",
    re.IGNORECASE,
)
_STRICT = re.compile(
    r"\b(strictly|strict|absolutely|under no circumstances|no matter what|deal[- ]?breakers?|non[- ]?negotiable|"
    r"definitely (no|not|nothing)|(it|that)['’]?s a must|must (be|have|not)|no exceptions?)\b|绝对|一定|必须",
    re.IGNORECASE,
)
_SOFT = re.compile(
    r"\b(rather not|prefer(ably|red)?( not)?|if (at all )?possible|if you can|ideally|would be nice|a plus|"
    r"not (too|very|that) keen|not necessarily|not strictly|no big deal|not a must|don['’]?t insist|"
    r"(it|that)(['’]s| is) (still )?(fine|ok|okay))\b|最好|尽量",
    re.IGNORECASE,
)
_FAINT = re.compile(
    r"\b(kind of|kinda|sort of|somewhat|a (bit|little)( of)? (fan|into|partial)|quite like|"
    r"(don['’]?t|do not) (really )?love|not (a )?(big|huge) fan)\b|有点",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[.;!?,]+(?=\s|$)|\bbut\b|，|。|；|但")
SOFT_STRENGTH = 0.5


@dataclass(frozen=True, slots=True)
class Emphasis:
    """What the words say of a preference's scope, hardness and strength; None where they say nothing."""

    scope: Scope | None = None
    hard: bool | None = None
    strength: float | None = None

    def over(self, other: "Emphasis") -> "Emphasis":
        """Returns this emphasis, with the other's where this one says nothing."""
        return Emphasis(
            self.scope or other.scope,
            other.hard if self.hard is None else self.hard,
            self.strength or other.strength,
        )

    def __bool__(self) -> bool:
        return self != Emphasis()


def emphasis(words: str) -> Emphasis:
    """Returns the emphasis that words carry. "Not strictly" is soft, "for tonight" is this talk only."""
    scope: Scope | None = "talk" if _TALK.search(words) else "always" if _ALWAYS.search(words) else None
    if _SOFT.search(words):
        return Emphasis(scope, hard=False, strength=SOFT_STRENGTH)
    if _STRICT.search(words):
        return Emphasis(scope, hard=True, strength=1.0)
    return Emphasis(scope, strength=SOFT_STRENGTH if _FAINT.search(words) else None)


def emphasis_of(utterance: str, places: tuple[int, ...], start: int) -> Emphasis:
    """Returns the emphasis of the thing named at `start`; `places` are the starts of all that is named.

    It is that of its own clause, and of the clauses that name nothing ("…, only for tonight" is about all of it).
    """
    own, general = Emphasis(), Emphasis()
    for begin, end in _clauses(utterance):
        if begin <= start < end:
            own = emphasis(utterance[begin:end])
        elif not any(begin <= place < end for place in places):
            general = emphasis(utterance[begin:end]).over(general)
    return own.over(general)


def _clauses(utterance: str) -> list[tuple[int, int]]:
    cuts = [0, *(cut.end() for cut in _CLAUSES.finditer(utterance)), len(utterance)]
    return list(pairwise(cuts))
