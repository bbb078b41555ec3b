"""Talks of simulated users with the whole conversation, under policies that differ only in the questions asked."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot import Conversation, Recommender
from bot.asking import Asks, Question, best_question, no_question, question_about
from bot.parts import Parts
from bot.store import Mark, Store, TurnRecord
from bot.taste import TasteEvent, Topic
from bot.understanding.types import Context, Understanding
from evaluation.simulated_users import KINDS, Kind, Matter, User, hidden
from kg.catalogue import Catalogue
from kg.errors import CatalogueError
from kg.items import Item
from retrieval.belief import Belief
from retrieval.index import Index
from retrieval.ranking import Retriever
from training.scorer_dialogues import read_lines, title_and_year

TURNS = 5


@dataclass(frozen=True, slots=True)
class Talk:
    """How one talk went. `hit` is the turn (from 1) that suggested the film, or None.

    `seconds` are those of the turns together, without retrieval and scoring.
    """

    kind: Kind
    hit: int | None
    turns: int
    questions: int
    seconds: float


class Told:
    """The fake understander: each utterance means what the simulated user meant by it."""

    def __init__(self) -> None:
        self.meaning = Understanding()

    def understand(self, utterance: str, context: Context, spoken_of: Sequence[str] = ()) -> Understanding:
        """Returns the meaning that was set, whatever the words are."""
        return self.meaning


class _NothingKept(Store):
    """A store that forgets: a simulated talk is over when it ends."""

    def append(
        self,
        talk: str,
        user: str,
        events: Sequence[TasteEvent],
        turns: Sequence[TurnRecord] = (),
        after: Mark | None = None,
    ) -> Mark | None:
        """Keeps nothing; the talk stands where it stood."""
        return after


def random_question(seed: int) -> Asks:
    """Returns the policy that asks about any topic that may be asked about, each as likely, whatever is gained."""
    chance = random.Random(seed)

    def asks(index: Index, belief: Belief, topics: Sequence[Topic]) -> Question | None:
        found = [question for topic in topics if (question := question_about(index, belief, topic))]
        return chance.choice(found) if found else None

    return asks


POLICIES: Mapping[str, Callable[[int], Asks]] = {
    "ours": lambda _: best_question,
    "always_recommend": lambda _: no_question,
    "random_question": random_question,
}


def simulate(
    recommender: Recommender,
    targets: Sequence[Item],
    asks: Asks,
    seed: int,
    words: bool = False,
    tell: Callable[[int], None] = lambda _: None,
) -> list[Talk]:
    """Returns one talk a target; kinds of users take turns. The same seed gives the same users.

    With `words` the real understander reads what they say; else it is told what they mean.
    """
    told = Told()
    # a simulated user reads acts and films, so nobody waits for a model's wording
    parts = replace(recommender.parts, asks=asks, wordings=None)
    if not words:
        parts = replace(parts, understander=told)
    fame = _fame(recommender.catalogue)
    wrong = _values(targets, fame)
    store = _NothingKept("sqlite://")
    talks = []
    for place, target in enumerate(targets):
        user = User(KINDS[place % len(KINDS)], hidden(target, fame), seed * 1_000_003 + place, wrong)
        talks.append(_talk(Conversation(parts, store, f"simulated {place}", str(place)), user, told))
        tell(place + 1)
    store.close()
    return talks


def successes(index: Index, users: int, seed: int = 0) -> Callable[[Retriever], list[bool]]:
    """Returns a way to try a retriever on the same simulated users: which of them found their film."""
    targets = targets_of(index.catalogue, users, seed)

    def tried(retriever: Retriever) -> list[bool]:
        with Recommender(Parts(index.catalogue, index.graph, retriever, Told()), Store("sqlite://")) as recommender:
            talks = simulate(recommender, targets, no_question, seed)
        return [talk.hit is not None for talk in talks]

    return tried


def _talk(chat: Conversation, user: User, told: Told) -> Talk:
    said, asked_in_all, seconds, number = user.opens(), 0, 0.0, 0
    for number in range(1, min(TURNS, user.habit.patience) + 1):
        told.meaning = said.meaning
        started = time.perf_counter()
        reply = chat.say(said.words)
        seconds += time.perf_counter() - started - reply.timings["retrieve"] - reply.timings["score"]
        asked = next((asked for asked in chat.taste.asked if asked.turn == number), None)
        asked_in_all += asked is not None
        if any(pick.item.id == user.target.id for pick in reply.recommendations):
            return Talk(user.kind, number, number, asked_in_all, seconds)
        said = user.goes_on(asked)
    return Talk(user.kind, None, number, asked_in_all, seconds)


def targets_of(catalogue: Catalogue, users: int, seed: int, data: Path | None = None) -> list[Item]:
    """Returns as many films to look for: drawn from those that seekers of ReDial's validation talks say they liked.

    Without `data`, from the catalogue by popularity. Raises CatalogueError when the dialogues cannot be read.
    """
    chance = random.Random(seed)
    if data is None:
        items = list(catalogue)
        return chance.choices(items, weights=[item.popularity**2 for item in items], k=users)
    liked = list(_liked(data / "redial" / "valid.jsonl", catalogue))
    if not liked:
        raise CatalogueError(f"No film that {data}/redial/valid.jsonl says is liked is in the catalogue.")
    return chance.sample(liked, users) if users <= len(liked) else chance.choices(liked, k=users)


def _liked(path: Path, catalogue: Catalogue) -> Iterator[Item]:
    for dialogue in read_lines(path):
        forms = dialogue["initiatorQuestions"]
        names = dialogue["movieMentions"]
        for movie, form in forms.items() if isinstance(forms, dict) else ():
            if form["liked"] != 1 or not names.get(movie):
                continue
            title, year = title_and_year(names[movie])
            if year and (item := catalogue.find(title, year)):
                yield item


def _fame(catalogue: Catalogue) -> Mapping[str, int]:
    fame: dict[str, int] = {}
    for item in catalogue:
        for name in {*item.directors, *item.cast}:
            fame[name] = fame.get(name, 0) + 1
    return fame


def _values(items: Sequence[Item], fame: Mapping[str, int]) -> Mapping[Matter, Sequence[str]]:
    """Values that people have in mind, for those who err."""
    found: dict[Matter, set[str]] = {}
    for item in items:
        for matter in ("genre", "mood", "decade"):
            found.setdefault(matter, set()).update(hidden(item, {}).values[matter])
    return {matter: sorted(values) for matter, values in found.items() if len(values) > 10 or matter == "decade"}
