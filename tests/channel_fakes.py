"""What the channels' tests talk to: a scripted recommender that yields real reply events."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot import (
    Done,
    Entity,
    Explanation,
    Fact,
    Item,
    Recommendation,
    Recommended,
    Reply,
    ReplyEvent,
    TastemakerError,
    TextDelta,
    Understanding,
    Understood,
)
from bot.replies import Act

HEAT = Item(
    "heat",
    "Heat <& *friends*>",
    1995,
    genres=("Crime", "Drama"),
    directors=("Michael Mann",),
    cast=("Al Pacino", "Robert De Niro"),
    runtime=170,
)
RONIN = Item("ronin", "Ronin", 1998, genres=("Action",), directors=("John Frankenheimer",), cast=("Jean Reno",))


def pick(item: Item, reason: str) -> Recommendation:
    """Returns a recommendation with one fact as its evidence."""
    fact = Fact(Entity.of_item(item), "DIRECTED_BY", Entity.of("person", item.directors[0]))
    return Recommendation(item, 0.5, Explanation(reason, (fact,)))


PICKS = (pick(HEAT, "Michael Mann made it."), pick(RONIN, "It is from 1998."))


@dataclass
class Script:
    """How a scripted recommender answers. `gate`, when given, holds every turn after its first event."""

    picks: tuple[Recommendation, ...] = PICKS
    text: str | None = None
    error: Exception | None = None
    late_error: Exception | None = None
    gate: threading.Event | None = None
    seconds: float = 0.0


@dataclass
class ScriptedTalks:
    """Stands in for a Recommender.

    `said` is every (user, talk id, utterance), `speakers` by whom; `finished` are those answered.
    """

    script: Script = field(default_factory=Script)
    said: list[tuple[str, str, str]] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    at_it: set[str] = field(default_factory=set)
    overlaps: int = 0
    threads: set[str] = field(default_factory=set)
    bookmarks: dict[str, str] = field(default_factory=dict)

    def conversation(self, user: str = "you", id: str | None = None) -> "ScriptedTalk":
        """Returns a talk; refuses one of another user, as the store does."""
        talk = id or "new"
        if self.owners.setdefault(talk, user) != user:
            raise TastemakerError(f"The conversation {talk} belongs to another user; start a new one without an id.")
        return ScriptedTalk(self, user, talk)

    def put_bookmark(self, history: str, talk: str, user: str) -> None:
        """Remembers which talk goes on after a history."""
        self.bookmarks[history] = talk

    def take_bookmark(self, history: str) -> str | None:
        """Returns the talk that goes on after a history, once."""
        return self.bookmarks.pop(history, None)


@dataclass
class ScriptedTalk:
    """Stands in for a Conversation."""

    talks: ScriptedTalks
    user: str
    id: str

    def stream(self, utterance: str, *, speaker: str = "") -> Iterator[ReplyEvent]:
        """Yields what the script says; the reply tells how many turns the talk has had and what was said."""
        script = self.talks.script
        self.talks.threads.add(threading.current_thread().name)
        self.talks.overlaps += self.id in self.talks.at_it
        self.talks.at_it.add(self.id)
        try:
            self.talks.said.append((self.user, self.id, utterance))
            self.talks.speakers.append(speaker)
            turn = sum(talk == self.id for _, talk, _ in self.talks.said)
            if script.error:
                raise script.error
            understanding = Understanding(intent="recommend")
            yield Understood(understanding)
            if script.gate and not script.gate.wait(20):
                raise AssertionError("The gate was never opened.")
            time.sleep(script.seconds)
            if script.picks:
                yield Recommended(script.picks)
            if script.late_error:
                raise script.late_error
            pieces = [script.text] if script.text is not None else self._pieces(turn, utterance)
            for piece in pieces:
                yield TextDelta(piece)
            self.talks.finished.append(utterance)
            act: Act = "recommend" if script.picks else "chat"
            timings = {"total": 0.1}
            yield Done(Reply("".join(pieces), act, understanding, script.picks, (), timings, turn))
        except GeneratorExit:
            self.talks.closed.append(utterance)
            raise
        finally:
            self.talks.at_it.discard(self.id)

    def _pieces(self, turn: int, utterance: str) -> list[str]:
        picks = self.talks.script.picks
        lines = [f"\n{n}. {p.item.label}: {p.explanation.text}" for n, p in enumerate(picks, 1)]
        return [f"Turn {turn}: you said {utterance!r}.", *lines]


@dataclass
class SlowOpening:
    """Stands in for a Background: opens when `opened` is called, or fails with an error."""

    talks: ScriptedTalks
    words: str = "Loading the catalogue …"
    started: bool = False
    error: TastemakerError | None = None
    _open: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Notes that it was asked to open."""
        self.started = True

    def opened(self) -> None:
        """Ends the opening well."""
        self.words = "Ready."
        self._open.set()

    def failed(self, error: TastemakerError) -> None:
        """Ends the opening with an error."""
        self.words, self.error = str(error), error
        self._open.set()

    def wait(self, seconds: float | None = None) -> ScriptedTalks | None:
        """As Background.wait."""
        if not self._open.wait(seconds):
            return None
        if self.error:
            raise self.error
        return self.talks
