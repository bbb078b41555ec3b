"""What people did with what they were shown: typed events that a scorer learns from, and what each says of their taste.

Taste events say what holds of a person; these say under which odds it came to be known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from bot.taste import Accepted, Preference, Preferred, Refused, TasteEvent
from bot.understanding.types import Attitude
from kg.errors import TastemakerError
from retrieval.wish import Wish

Verdict = Literal["up", "down", "seen", "dismissed"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
MARKS: dict[Verdict, str] = {"up": "👍", "down": "👎", "seen": "👁", "dismissed": "✕"}
_ATTITUDES: dict[Verdict, Attitude] = {"up": "like", "down": "dislike", "seen": "seen"}
_VERDICTS: dict[str, Verdict] = {attitude: verdict for verdict, attitude in _ATTITUDES.items()}


@dataclass(frozen=True, slots=True)
class Listed:
    """A list was shown: the wish it answers, the items in order, how likely each was to be in it, and who scored it."""

    turn: int
    wish: Wish
    items: tuple[str, ...]
    propensities: tuple[float, ...]
    model: str


@dataclass(frozen=True, slots=True)
class Judged:
    """An item that was shown got a verdict, by a button or in words."""

    turn: int
    item: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Shadowed:
    """What another scorer would have shown instead, and which share of the list is the same."""

    turn: int
    model: str
    items: tuple[str, ...]
    agreement: float


UseEvent = Listed | Judged | Shadowed


def as_verdict(word: str) -> Verdict:
    """Returns the verdict of its word. Raises TastemakerError for another word."""
    for verdict in VERDICTS:
        if word == verdict:
            return verdict
    raise TastemakerError(f"'{word}' is no feedback. It is one of {', '.join(VERDICTS)}.")


def taste_of(verdict: Verdict, item: str, label: str, turn: int) -> TasteEvent:
    """Returns what a verdict says of the person's taste: a like, a dislike, an item seen, or one turned down."""
    if verdict == "dismissed":
        return Refused(turn, (item,))
    return Preferred(turn, Preference(label, "item", _ATTITUDES[verdict], item, MARKS[verdict], turn))


def judged_in(events: Iterable[TasteEvent], shown: Sequence[str], turn: int) -> list[Judged]:
    """Returns the verdicts that a turn's taste events hold on items that were shown before."""
    found: dict[str, Verdict] = {}
    for event in events:
        match event:
            case Accepted(items=items):
                found |= dict.fromkeys(items, "up")
            case Refused(items=items):
                found |= {item: "dismissed" for item in items if item not in found}
            case Preferred(preference=preference) if preference.kind == "item" and preference.entity:
                if preference.attitude in _VERDICTS:
                    found[preference.entity] = _VERDICTS[preference.attitude]
    return [Judged(turn, item, verdict) for item, verdict in found.items() if item in shown]


def agreement(shown: Sequence[str], other: Sequence[str]) -> float:
    """Returns the share of a list that is in another one as well, whatever the order."""
    return len(set(shown) & set(other)) / max(len(set(shown)), 1)
