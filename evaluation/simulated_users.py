"""Simulated users who look for one film of which they know attributes only: never its title, nor words of it.

Four kinds: cooperative, terse, contradictory and impatient ones. What each does and how often is in `HABITS`; how often
a person has an attribute in mind is in `KNOWS`. Both are our assumptions, the same for every policy that is compared.
"""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from bot.taste import Asked
from bot.understanding.types import Constraints, Intent, Mention, MentionKind, Understanding
from kg.items import Item
from retrieval.wish import Critique

Kind = Literal["cooperative", "terse", "contradictory", "impatient"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Matter = Literal["genre", "mood", "theme", "decade", "tone", "language", "length", "person"]
KNOWS: Mapping[Matter, float] = {
    "genre": 0.95,
    "mood": 0.6,
    "theme": 0.5,
    "decade": 0.6,
    "tone": 0.7,
    "language": 0.7,
    "length": 0.4,
    "person": 0.3,
}
_TAKES_BACK = 0.5  # the chance, each turn, that an untrue attribute is corrected
_OPENERS: tuple[Matter, ...] = ("genre", "genre", "genre", "mood", "theme", "decade", "person")
_VOLUNTEERED: tuple[Matter, ...] = ("genre", "mood", "theme", "decade", "language", "length", "person")


@dataclass(frozen=True, slots=True)
class Habit:
    """`volunteers`: the chance to add an attribute unasked; `answers`: to answer a question; `errs`: to say something
    untrue; `patience`: how many turns they stay."""

    volunteers: float
    answers: float
    errs: float
    patience: int


HABITS: Mapping[Kind, Habit] = {
    "cooperative": Habit(volunteers=0.6, answers=1.0, errs=0.0, patience=5),
    "terse": Habit(volunteers=0.0, answers=0.8, errs=0.0, patience=5),
    "contradictory": Habit(volunteers=0.6, answers=0.8, errs=0.3, patience=5),
    "impatient": Habit(volunteers=0.2, answers=0.2, errs=0.0, patience=3),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a user says: the words, and what they mean."""

    words: str
    meaning: Understanding


@dataclass(frozen=True, slots=True)
class Hidden:
    """The film a user looks for: its id, for the judge, and what the user may say of it."""

    id: str
    values: Mapping[Matter, tuple[str, ...]]


def hidden(item: Item, fame: Mapping[str, int]) -> Hidden:
    """Returns what a user may know of an item. `fame` is how many items each person has: the extras stay unknown.

    A value that holds a word of the title, or is held by it, is left out.
    """
    people = sorted({*item.directors, *item.cast}, key=lambda name: (-fame.get(name, 0), name))[:3]
    values: dict[Matter, Sequence[str]] = {
        "genre": item.genres,
        "mood": item.moods,
        "theme": item.themes,
        "decade": (f"{item.year // 10}0s",) if item.year else (),
        "tone": _tone(item),
        "language": item.languages[:2],
        "length": _length(item),
        "person": people,
    }
    return Hidden(
        item.id, {matter: tuple(v for v in said if not leaks(v, item.title)) for matter, said in values.items()}
    )


def leaks(value: str, title: str) -> bool:
    """Returns whether a value shares a telling word with the title."""
    words = {word for word in re.findall(r"\w+", title.casefold()) if len(word) > 3 or word.isdigit()}
    return bool(words & set(re.findall(r"\w+", value.casefold())))


def _tone(item: Item) -> tuple[str, ...]:
    if item.axes is None or 2.5 < item.axes.tone < 3.5:
        return ()
    return ("darker",) if item.axes.tone <= 2.5 else ("lighter",)


def _length(item: Item) -> tuple[str, ...]:
    if item.runtime is None or 100 < item.runtime < 130:
        return ()
    return ("short",) if item.runtime <= 100 else ("long",)


class User:
    """One talk of one user. The same seed gives the same person, with the same things in mind, under every policy."""

    def __init__(self, kind: Kind, target: Hidden, seed: int, wrong: Mapping[Matter, Sequence[str]]) -> None:
        self.kind = kind
        self.target = target
        self.habit = HABITS[kind]
        self._seed = seed
        self._turn = 0
        self._random = random.Random(seed)
        self._wrong = wrong
        self._known = {m: v for m, v in target.values.items() if v and self._random.random() < KNOWS[m]}
        if not self._known:
            self._known = {m: v for m, v in target.values.items() if v and m != "tone"}
        self._spent: set[Matter] = set()
        self._lie: tuple[Matter, str] | None = None

    def opens(self) -> Said:
        """Returns the first utterance: a request with one attribute."""
        matter = self._pick([m for m in _OPENERS if m in self._known]) or self._pick(sorted(self._known))
        if matter is None or matter == "tone":
            return Said("Recommend me a film.", Understanding("recommend", intents=("recommend",)))
        return said_of(matter, self._value(matter), "recommend")

    def goes_on(self, asked: Asked | None) -> Said:
        """Returns what is said after suggestions that did not hold the film; `asked` is the question beside them.

        Chance is drawn anew for each turn, so that a user does alike under two policies until these differ.
        """
        self._turn += 1
        self._random = random.Random(f"{self._seed}:{self._turn}")
        corrects, answers, volunteers = (self._random.random() for _ in range(3))
        if self._lie and corrects < _TAKES_BACK:
            untrue, told = self._lie
            self._lie = None
            return correction(untrue, told, self._true(untrue))
        answer = self._answer(asked) if asked and answers < self.habit.answers else None
        if answer:
            return answer
        if volunteers < self.habit.volunteers:
            matter = self._pick([m for m in _VOLUNTEERED if m in self._known and m not in self._spent])
            if matter:
                return said_of(matter, self._value(matter), "reject")
        if asked:
            words = "just recommend" if self.kind == "impatient" else "no preference"
            return Said(words, Understanding("recommend", intents=("recommend",)))
        return Said("None of those, something else please.", Understanding("reject", intents=("reject", "recommend")))

    def _answer(self, asked: Asked) -> Said | None:
        """Returns the answer to a question, or None where the user has none; a terse one only picks among options."""
        known = self._known.get(asked.topic, ())
        offered = [value for value in known if value in asked.options]
        if not known or asked.topic in self._spent or (self.kind == "terse" and not offered):
            return None
        self._spent.add(asked.topic)
        value = self._lied(asked.topic) if self._errs(asked.topic) else self._random.choice(offered or list(known))
        return said_of(asked.topic, value, "inform")

    def _value(self, matter: Matter) -> str:
        self._spent.add(matter)
        return self._lied(matter) if self._errs(matter) else self._true(matter)

    def _true(self, matter: Matter) -> str:
        return self._random.choice(list(self._known[matter]))

    def _errs(self, matter: Matter) -> bool:
        return bool(self._wrong.get(matter)) and self._random.random() < self.habit.errs

    def _lied(self, matter: Matter) -> str:
        told = self._random.choice([v for v in self._wrong[matter] if v not in self._known[matter]])
        self._lie = (matter, told)
        return told

    def _pick(self, matters: Sequence[Matter]) -> Matter | None:
        return self._random.choice(matters) if matters else None


_WORDS: Mapping[Matter, str] = {
    "genre": "a {value} film",
    "mood": "something {value}",
    "theme": "a film about {value}",
    "decade": "a film from the {value}",
    "tone": "something {value}",
    "language": "a film in {value}",
    "length": "{value}",
    "person": "a film with {value}",
}
_NODES: Mapping[Matter, tuple[MentionKind, str]] = {
    "genre": ("genre", "genre"),
    "mood": ("keyword", "mood"),
    "theme": ("keyword", "theme"),
    "language": ("language", "language"),
    "person": ("person", "person"),
}
_MOVES: Mapping[str, Critique] = {"lighter": "lighter", "darker": "darker"}
_LENGTHS = {
    "short": ("under 100 minutes", Constraints(runtime_max=100)),
    "long": ("over 130 minutes", Constraints(runtime_min=130)),
}


def said_of(matter: Matter, value: str, manner: Literal["recommend", "reject", "inform"]) -> Said:
    """Returns an attribute as words and meaning: as a request, beside a refusal, or as the answer to a question."""
    mentions, limits, critique, spoken = _meant(matter, value)
    thing = _WORDS[matter].format(value=spoken)
    intents: tuple[Intent, ...] = ("critique",) if critique else ("inform",)
    match manner:
        case "recommend":
            words, intents = f"Can you recommend {thing}?", ("recommend",)
        case "reject":
            words, intents = f"None of those. I would like {thing}.", (*intents, "reject")
        case "inform":
            words = spoken
    return Said(words, Understanding(intents[0], mentions, limits, critique=critique, intents=intents))


def correction(matter: Matter, told: str, value: str) -> Said:
    """Returns the taking back of an untrue attribute: not this, but that."""
    wrong, _, _, wrong_words = _meant(matter, told)
    right, limits, critique, words = _meant(matter, value)
    avoided = tuple(Mention(m.text, m.kind, "avoid", m.entity) for m in wrong)
    meaning = Understanding("inform", (*avoided, *right), limits, critique=critique, intents=("inform", "reject"))
    return Said(f"No, I was wrong: not {wrong_words}, {words}.", meaning)


def _meant(matter: Matter, value: str) -> tuple[tuple[Mention, ...], Constraints, tuple[Critique, ...], str]:
    if matter in _NODES:
        kind, node = _NODES[matter]
        spoken = value.lower() if node == "genre" else value
        return (Mention(spoken, kind, "want", f"{node}:{value}"),), Constraints(), (), spoken
    if matter == "decade":
        first = int(value[:4])
        return (), Constraints(year_min=first, year_max=first + 9), (), value
    if matter == "length":
        words, limits = _LENGTHS[value]
        return (), limits, (), words
    return (), Constraints(), (_MOVES[value],), value
