"""Ten-card lists for made-up people, and what must be true of every card: claims, bans, limits, repeats, wording."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot import Conversation, Recommendation, Recommender
from bot.parts import Parts
from bot.store import Store
from bot.understanding.types import Attitude, Constraints, Mention, Understanding
from evaluation.conversations_claims import ClaimChecker, Said
from evaluation.simulated_talks import Told
from kg.items import Fact, Item
from kg.names import object_called
from retrieval.columns import entities_of

CARDS = 10
_TURNS = 3
_OF_FIVE = 5  # every fifth talks Chinese
_TALKED = 15  # among so many films that are talked of together, two "often" are
_FIELD = {"genre": "genres", "person": "cast", "theme": "themes"}


@dataclass(slots=True)
class Cards:
    """Counts over all cards. `false` and `broken` hold a sentence for each, the first ones of each kind."""

    explanations: int = 0
    claims: int = 0
    false: list[str] = field(default_factory=list)
    unwelcome: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    repeats: list[str] = field(default_factory=list)
    worded: int = 0
    english: int = 0
    worded_english: int = 0
    lists: int = 0
    distinct_lists: int = 0
    distinct_share: float = 0.0


@dataclass(frozen=True, slots=True)
class _Person:
    """What someone says at first: films they like, a wanted genre, what they cannot stand, years, other likes."""

    liked: tuple[Item, ...]
    wanted: str | None
    disliked: frozenset[str]
    years: tuple[int, int] | None
    chinese: bool
    tastes: frozenset[str] = frozenset()

    @property
    def said(self) -> Said:
        """What a text may claim that they said."""
        asked = {name_of(self.wanted)} if self.wanted else set()
        return Said(
            films=frozenset(film.id for film in self.liked),
            asked=frozenset(asked),
            tastes=frozenset(map(name_of, self.tastes)),
            numbers=self.years is not None,
        )


def evaluate_cards(recommender: Recommender, explanations: int, seed: int) -> Cards:
    """Returns the counts over at least as many explanations, from talks of three turns with ten cards each."""
    parts = recommender.parts
    retriever = parts.retriever
    checker = ClaimChecker(recommender.catalogue, lambda one, two: retriever.talked_of_with(one, two, _TALKED))
    chance = random.Random(seed)
    known = sorted(recommender.catalogue, key=lambda item: -item.popularity)[:2000]
    cards = Cards()
    people = 1
    while cards.explanations < explanations:
        person = replace(_person(known, chance), chinese=people % _OF_FIVE == 0)
        people += 1
        _talk(parts, person, chance, checker, cards)
    cards.distinct_share /= max(cards.lists, 1)
    return cards


def name_of(entity: str) -> str:
    """Returns the name in an entity's id, in small letters."""
    return entity.split(":", 1)[1].lower()


def masked(text: str, evidence: Sequence[Fact]) -> str:
    """Returns a text with every title, name and number of its evidence as "_"."""
    names = {fact.object.name for fact in evidence} | {fact.subject.name for fact in evidence}
    names |= {object_called(fact.object, "zh") for fact in evidence}
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(re.escape(name), "_", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(?:an?|the) _", "_", re.sub(r"\d+", "_", text))
    return re.sub(r"_(?:(?:, |、| and |和| as well as )_)+", "_", text)


def kinds(texts: Sequence[str], evidence: Sequence[Sequence[Fact]]) -> int:
    """Returns how many of the texts differ once names and numbers are masked."""
    return len({masked(text, facts) for text, facts in zip(texts, evidence, strict=True)})


def _talk(parts: Parts, person: _Person, chance: random.Random, checker: ClaimChecker, cards: Cards) -> None:
    told, store = Told(), Store("sqlite://")
    store.begin("cards", "cards")
    chat = Conversation(replace(parts, understander=told), store, "cards", "cards")
    banned, seen = set(person.disliked), {item.id for item in person.liked}
    told.meaning = _opening(person)
    words = "我喜欢这些电影，推荐十部吧" if person.chinese else "Things I loved, ten films please"
    for _ in range(_TURNS):
        picks = chat.say(words).recommendations
        for pick in picks:
            _judge(pick, person, banned, seen, checker, cards)
            cards.worded += pick.explanation.worded
            cards.worded_english += pick.explanation.worded and not person.chinese
            cards.english += not person.chinese
            seen.add(pick.item.id)
        if len(picks) == CARDS:
            reasons = [pick.explanation for pick in picks]
            different = kinds([reason.text for reason in reasons], [reason.evidence for reason in reasons])
            cards.lists += 1
            cards.distinct_lists += different == CARDS
            cards.distinct_share += different / CARDS
        ban = _ban(picks, person, chance)
        banned |= {ban.entity} if ban and ban.entity else set()
        told.meaning = Understanding(
            "reject", (ban,) if ban else (), Constraints(count=CARDS), intents=("reject", "recommend")
        )
        words = "换一批" if person.chinese else "none of these, others please"
    store.close()


def _judge(
    pick: Recommendation, person: _Person, banned: set[str], seen: set[str], checker: ClaimChecker, cards: Cards
) -> None:
    item, text = pick.item, pick.explanation.text
    verdict = checker.check(text, item, person.said)
    cards.explanations += 1
    cards.claims += verdict.claims
    cards.false += [f"{text} · {words}" for words in verdict.false]
    reasons = {fact.object.id for fact in pick.explanation.evidence}
    spoken = {ban for ban in banned if (_FIELD[ban.split(":", 1)[0]], ban.split(":", 1)[1].lower()) in verdict.named}
    cards.unwelcome += [f"{text} · {ban}" for ban in sorted((banned & reasons) | spoken)]
    has = entities_of(item)
    cards.broken += [f"{item.label} has {ban}" for ban in sorted(banned & has)]
    if person.wanted and person.wanted not in has:
        cards.broken.append(f"{item.label} is no {person.wanted}")
    if person.years and not (item.year and person.years[0] <= item.year <= person.years[1]):
        cards.broken.append(f"{item.label} is not from {person.years}")
    if item.id in seen:
        cards.repeats.append(item.label)


def _person(known: Sequence[Item], chance: random.Random) -> _Person:
    liked = tuple(chance.sample(known, chance.randint(0, 3)))
    genres = sorted({genre for item in liked for genre in item.genres}) or ["Comedy", "Drama", "Thriller"]
    wanted = chance.choice(genres) if not liked or chance.random() < 0.5 else None
    others = [genre for genre in ("Horror", "Musical", "War", "Romance", "Animation", "Western") if genre != wanted]
    disliked = {f"genre:{chance.choice(others)}"}
    if liked and chance.random() < 0.5 and liked[0].cast:
        disliked.add(f"person:{chance.choice(liked[0].cast)}")
    first = chance.choice((1980, 1990, 2000))
    others_of = [f"theme:{theme}" for item in liked for theme in item.themes]
    others_of += [f"person:{name}" for item in liked for name in (*item.directors[:1], *item.cast[:2])]
    return _Person(
        liked,
        f"genre:{wanted}" if wanted else None,
        frozenset(disliked),
        (first, first + 19) if chance.random() < 0.3 else None,
        False,
        frozenset(chance.sample(others_of, min(2, len(others_of)))) - disliked,
    )


def _opening(person: _Person) -> Understanding:
    mentions = [Mention(item.title, "item", "like", item.id) for item in person.liked]
    if person.wanted:
        mentions.append(_mention(person.wanted, "want"))
    mentions += [_mention(entity, "like") for entity in sorted(person.tastes)]
    mentions += [_mention(entity, "dislike") for entity in sorted(person.disliked)]
    years = person.years or (None, None)
    limits = Constraints(year_min=years[0], year_max=years[1], count=CARDS)
    return Understanding("recommend", tuple(mentions), limits, intents=("recommend", "inform"))


def _ban(picks: Sequence[Recommendation], person: _Person, chance: random.Random) -> Mention | None:
    """Something of what was just shown that is to be avoided from now on."""
    found = sorted({f"theme:{name}" for pick in picks for name in pick.item.themes})
    found += sorted({f"genre:{name}" for pick in picks for name in pick.item.genres} - {person.wanted})
    return _mention(chance.choice(found), "avoid") if found else None


def _mention(entity: str, attitude: Attitude) -> Mention:
    kind, name = entity.split(":", 1)
    return Mention(name, "genre" if kind == "genre" else "person" if kind == "person" else "keyword", attitude, entity)
