"""One turn as values: what is known when the bot decides what to do, and what it then wants to say."""

from dataclasses import dataclass, field

from bot.asking import Question
from bot.deleting import Deletion
from bot.people.gathering import Gathering
from bot.people.voices import Voice
from bot.phrases import Phrases
from bot.pulse import Pulse
from bot.replies import Act, Move, Recommendation
from bot.taste import Offered, Taste, TasteEvent
from bot.understanding.types import Understanding
from kg.items import Fact
from retrieval.wish import Wish


@dataclass(frozen=True, slots=True)
class Supposed:
    """A supposition: its plain words, the taste as it would be, and the events that would make it so."""

    words: str
    taste: Taste
    events: tuple[TasteEvent, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything a decision may look at. `meant` are the shown items referred to; `focus` is what "it" would be.

    `pulse` tells whether the turn may go on: who stops it waits for no more wordings.

    `speaker` is who talks, "" in a talk with one user; `gathering` is what was said about who is there; `voices` are
    the wishes of each where there are several; `deletion` is what was said about deleting all that is kept.

    `before` and `taste` are the taste before and after this utterance; `learnt` are the events between the two.
    """

    number: int
    utterance: str
    understanding: Understanding
    before: Taste
    taste: Taste
    learnt: tuple[TasteEvent, ...]
    wish: Wish
    meant: tuple[str, ...]
    focus: tuple[str, ...]
    phrases: Phrases
    supposed: Supposed | None = None
    speaker: str = ""
    gathering: Gathering | None = None
    voices: tuple[Voice, ...] = ()
    pulse: Pulse | None = None
    talk: str = ""
    deletion: Deletion | None = None

    @property
    def seed(self) -> str:
        """Chooses among variants of a phrase: stable for a turn, different between turns."""
        return f"{self.number}:{self.utterance}"


@dataclass(frozen=True, slots=True)
class Listing:
    """How recommendations came about: the wish that they answer, and how likely each was to be shown."""

    wish: Wish
    propensities: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an act wants to say. `pieces` are streamed in order; `focus` is what the next "it" means.

    `question` is what the last piece asks, if it asks; `moves` are the ways to go on from the recommendations.
    `offered` is the change that a "yes" would make, where nothing fitted. One that `deletes` is not kept itself either.
    """

    act: Act
    pieces: tuple[str, ...]
    recommendations: tuple[Recommendation, ...] = ()
    evidence: tuple[Fact, ...] = ()
    focus: tuple[str, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
    question: Question | None = None
    moves: tuple[Move, ...] = ()
    listing: Listing | None = None
    offered: Offered | None = None
    deletes: bool = False
