"""What is known of a person: typed events, which are only ever appended to their log, and what holds after them.

`bot.folding` goes from the log to what holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.understanding.types import Attitude, MentionKind
from retrieval.moves import Steer
from retrieval.wish import Limits

Scope = Literal["talk", "always"]
Topic = Literal["genre", "mood", "decade", "tone", "language", "length", "person"]
"""What a question of the bot may be about."""


@dataclass(frozen=True, slots=True)
class Preference:
    """One thing a person said of something. `entity` is the linked id or None; `strength` is 0–1.

    `hard` means that no suggestion may break it. `scope` is this talk only, or every talk of this user.
    """

    text: str
    kind: MentionKind
    attitude: Attitude
    entity: str | None
    utterance: str
    turn: int
    strength: float = 1.0
    hard: bool = False
    scope: Scope = "always"
    also: tuple[str, ...] = ()  # meant together with the entity: "romcom" is Romance and Comedy
    either: int = 0  # wants with the same number are alternatives ("a comedy or a western"); 0 stands alone
    holder: str = ""  # whose it is: the user's own, or that of "my wife", "Ann" …

    @property
    def key(self) -> str:
        """What the preference is about, and whose it is: the entity, or the words where nothing was linked."""
        about = self.entity or f"text:{self.text.casefold()}"
        return f"{self.holder}|{about}" if self.holder else about


@dataclass(frozen=True, slots=True)
class Preferred:
    """A preference was stated, or set in a panel."""

    turn: int
    preference: Preference


@dataclass(frozen=True, slots=True)
class Limited:
    """Numbers were stated. A stated year (or runtime) end replaces what contradicts it.

    `soft`: "ideally under two hours" is leaned to, and not held to.
    """

    turn: int
    utterance: str
    limits: Limits
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Lifted:
    """Limits were dropped: names of fields of `Limits`."""

    turn: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Items were suggested, in this order."""

    turn: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Suggestions were turned down; they are not shown again in any talk."""

    turn: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A suggestion was taken. What was wanted stays: "good, and another?" means another of the same."""

    turn: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restarted:
    """A fresh request replaces the wants of these kinds; `like` are the items it wants more of ("something like X").

    `holders` are those who ask.
    """

    turn: int
    kinds: tuple[MentionKind, ...]
    like: tuple[str, ...] = ()
    holders: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Forgot:
    """Preferences are to be forgotten, by their keys; () forgets all, limits, seen and refused with them."""

    turn: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """The suggestions shall go a way ("lighter", "newer"): it holds until the opposite is said, or a fresh request."""

    turn: int
    utterance: str
    steers: tuple[Steer, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """The changes of one earlier turn are taken back. `said` are the words of that turn, where they are known."""

    turn: int
    of_turn: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class Redone:
    """What was taken back of an earlier turn holds again."""

    turn: int
    of_turn: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The bot asked about a topic, naming these answers."""

    turn: int
    topic: Topic
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """Nothing fitted, and this change was offered: wider limits, dropped ones, and preferences to be forgotten."""

    turn: int
    limits: Limits = Limits()
    lifted: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """The suggestions are for these people from now on: "" is the user."""

    turn: int
    holders: tuple[str, ...]


TasteEvent = (
    Asked
    | Gathered
    | Preferred
    | Limited
    | Lifted
    | Shown
    | Refused
    | Accepted
    | Restarted
    | Forgot
    | Moved
    | Offered
    | Undone
    | Redone
)


@dataclass(frozen=True, slots=True)
class Taste:
    """The fold of the log: what holds now. Item ids in `shown` are in the order of showing."""

    preferences: tuple[Preference, ...] = ()
    limits: Limits = Limits()
    leaned: frozenset[str] = frozenset()  # names of the limits that are no more than leaned to
    shown: tuple[str, ...] = ()
    last_shown: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()
    last_accepted: str | None = None
    like_these: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    steers: tuple[Steer, ...] = ()
    company: tuple[str, ...] = ("",)  # those whom suggestions are for; whoever's taste is told joins them

    def __iter__(self) -> Iterator[Preference]:
        return iter(self.preferences)

    def __len__(self) -> int:
        return len(self.preferences)

    def having(self, *attitudes: Attitude) -> tuple[Preference, ...]:
        """Returns the preferences with one of these attitudes, oldest first."""
        return tuple(p for p in self.preferences if p.attitude in attitudes)

    @property
    def holders(self) -> tuple[str, ...]:
        """Everybody of whom something is known or who is in company, the one spoken of last coming last."""
        latest = {preference.holder: None for preference in reversed(self.preferences)}
        return (*(holder for holder in self.company if holder not in latest), *reversed(latest))

    @property
    def present(self) -> "Taste":
        """The taste of those whom suggestions are for."""
        return self.of_holders(*self.company)

    def of_holders(self, *holders: str) -> "Taste":
        """Returns the taste with the preferences of these people alone; what was shown and limited is everybody's."""
        if all(preference.holder in holders for preference in self.preferences):
            return self
        kept = tuple(p for p in self.preferences if p.holder in holders)
        others = {p.entity for p in self.preferences} - {p.entity for p in kept}
        like_these = tuple(item for item in self.like_these if item not in others)
        return replace(self, preferences=kept, like_these=like_these)

    def of(self, key: str) -> Preference | None:
        """Returns the preference about an entity id (or `text:words`), or None."""
        return next((p for p in self.preferences if p.key == key), None)
