"""People with likes of their own, some told and some kept back to judge lists by: seekers of ReDial's talks."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.catalogue import Catalogue
from kg.errors import CatalogueError
from kg.items import Item
from training.scorer_dialogues import read_lines, title_and_year

LEAST_LIKED = 4
# Genres that people rule out; one that somebody's own likes have is never ruled out by them.
BANNED = ("Horror", "Musical", "War", "Romance", "Animation", "Western", "Sci-Fi", "Crime", "Action")


@dataclass(frozen=True, slots=True)
class Person:
    """Item ids: `told` likes, `hidden` likes, `disliked`; `ban` is a genre they want nothing of, or None."""

    told: tuple[str, ...]
    hidden: tuple[str, ...]
    disliked: tuple[str, ...] = ()
    ban: str | None = None


def people_of(catalogue: Catalogue, path: Path, seed: int, bans: float = 0.5) -> list[Person]:
    """Returns the seekers of the dialogues in `path` who liked at least four films of the catalogue, in their order.

    Half of the likes are told. A share of `bans` rules out a genre that none of their likes has. Raises CatalogueError
    when the dialogues cannot be read, or when nobody liked enough.
    """
    chance = random.Random(seed)
    found = list(_people(catalogue, path, chance, bans))
    if not found:
        raise CatalogueError(f"Nobody in {path} liked {LEAST_LIKED} films of the catalogue.")
    return found


def _people(catalogue: Catalogue, path: Path, chance: random.Random, bans: float) -> Iterator[Person]:
    for dialogue in read_lines(path):
        liked, disliked = (_items(dialogue, catalogue, answer) for answer in (1, 0))
        if len(liked) < LEAST_LIKED:
            continue
        chance.shuffle(liked)
        half = len(liked) // 2
        own = {genre for item in liked for genre in item.genres}
        others = [genre for genre in BANNED if genre not in own]
        ban = f"genre:{chance.choice(others)}" if others and chance.random() < bans else None
        told, hidden = liked[:half], liked[half:]
        yield Person(_ids(told), _ids(hidden), _ids(disliked), ban)


def _items(dialogue: dict[str, Any], catalogue: Catalogue, answer: int) -> list[Item]:
    forms, names = dialogue["initiatorQuestions"], dialogue["movieMentions"]
    found: dict[str, Item] = {}
    for movie, form in forms.items() if isinstance(forms, dict) else ():
        if form["liked"] == answer and names.get(movie):
            title, year = title_and_year(names[movie])
            if year and (item := catalogue.find(title, year)):
                found[item.id] = item
    return list(found.values())


def _ids(items: list[Item]) -> tuple[str, ...]:
    return tuple(item.id for item in items)
